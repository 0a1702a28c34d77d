"""Checks of the lines (明細): contracts, months, services, hardware, and what belongs to which software."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rules import line_limits
from rules.assess import Assessment, Share
from rules.checks.codes import rule, yen
from rules.engine.edition import edition
from rules.findings import Finding
from rules.frames import frame
from rules.line_limits import NO_FUNCTION, NOT_HERE, OUTSIDE, PAIRED, PC, SECOND, SOFTWARE, UNREAD
from rules.quote import Line


def named(share: Share) -> str:
    """A line as a sentence calls it: 3行目「操作研修」."""
    return f"{share.line.number}行目「{share.line.item}」"


def outside(a: Assessment) -> Iterator[Finding]:
    """INPUT: a line whose discount is above its price, or whose amount is beyond every quote."""
    for share in a.shares:
        if share.reason == OUTSIDE:
            amount = share.step("line_listed")
            what = f"値引（{yen(share.line.discount)}）が金額を超えています" if amount < 0 else "金額が大きすぎます"
            message = f"{named(share)}: {what}。単価・数量・月数・値引を確かめてください。"
            yield rule("INPUT")(message, share.line.cell("price"))


def contracts(a: Assessment) -> Iterator[Finding]:
    """CONTRACT and DOUBLE: a line that counts 0 because of how it is bought or paid."""
    p = edition(line_limits.Edition, a.on)
    allowed = "・".join(c.name for c in p.contract if c.eligible)
    for share in a.shares:
        line, terms = share.line, p.terms(share.line.contract)
        if line.contract and (terms is None or not terms.eligible):
            message = (
                f"{named(share)}: 契約「{line.contract}」は対象外です。0円として計算しました。対象は{allowed}です。"
            )
            yield rule("CONTRACT")(message, line.cell("contract"), at=terms.at if terms else "")
        if line.other_subsidy:
            message = f"{named(share)}: 国の他の補助金と同じ経費には使えません。0円として計算しました。どちらか一方にしてください。"
            yield rule("DOUBLE")(message, line.cell("other_subsidy"))


def functionless(a: Assessment) -> Iterator[Finding]:
    """NOFUNC: software without what the frame asks for counts 0, with all that belongs to it."""
    module = frame(a.frame)
    column = "processes" if module.name == "normal" else "functions"
    for share in a.shares:
        if share.reason == NO_FUNCTION:
            message = f"{named(share)}: {module.missing_function}。この行とその付属は0円として計算しました。有れば入れてください。"
            yield rule("NOFUNC")(message, share.line.cell(column))


def not_here(a: Assessment) -> Iterator[Finding]:
    """NOTHERE: a line of a category that this frame does not pay for counts 0."""
    found = rule("NOTHERE")
    for share in a.shares if a.calculation else ():
        if share.reason == NOT_HERE and share.amount:
            message = f"{named(share)}: {a.label}では対象にならないカテゴリーです。{yen(share.amount)}は0円として計算しました。"
            yield found(message, share.line.cell("category"), at=found.data.get(a.frame, ""))


def hardware(a: Assessment) -> Iterator[Finding]:
    """HARDONLY: hardware without software. REGISTERPC: a PC meant as a till."""
    p, till = edition(line_limits.Edition, a.on), rule("REGISTERPC")
    if "Ⅳ" not in frame(a.frame).line_classes:
        return
    mine = _of(a, p, "Ⅳ")
    unsure = any(s.reason in (0, UNREAD, OUTSIDE) for s in _of(a, p, "Ⅰ"))  # the unreadable have findings of their own
    if mine and not unsure:
        message = "対象になるソフトウェアが無く、ハードウェアだけでは申請できません。補助額は0円です。ソフトウェアの行を加えてください。"
        yield rule("HARDONLY")(message, mine[0].line.cell("category"))
    for share in mine:
        if share.line.category == PC and any(word in share.line.note for word in till.data["words"]):
            message = f"{named(share)}: レジに使う機器はカテゴリー9（POSレジ等）で登録してください。"
            yield till(message, share.line.cell("note"))


def strangers(a: Assessment) -> Iterator[Finding]:
    """TOOL: an option or a device whose software is not in the quote."""
    tools = _tools(a)
    for share in a.shares:
        line = share.line
        own = line.category in (None, SOFTWARE, *PAIRED) or not line.tool  # or SERVICES says it
        if tools and not own and line.tool not in tools and share.reason != NOT_HERE:
            counted = "対象経費に入れたままです。" if share.eligible else ""
            message = f"{named(share)}: ツール「{line.tool}」のソフトウェアが見積にありません。{counted}ツールの列をソフトウェアの行と揃えてください。"
            yield rule("TOOL")(message, line.cell("tool"))


def months(a: Assessment) -> Iterator[Finding]:
    """MONTHS: months over the limit of the category, with the yen cut."""
    p = edition(line_limits.Edition, a.on)
    for share in a.shares:
        limit = p.months(share.line.category, frame(a.frame).month_limits)
        cut = share.step("line_amount") - share.step("line_months")
        if share.reason == 0 and limit and cut:
            message = f"{named(share)}の{share.line.months}か月のうち、対象は{limit.value}か月までです。{yen(cut)}を対象から除きました。"
            yield rule("MONTHS")(message, share.line.cell("months"), at=limit.at)


def services(a: Assessment) -> Iterator[Finding]:
    """SERVICES: 役務 over the cap, two consulting lines, a service without its software, a dear hour."""
    p, found = edition(line_limits.Edition, a.on), rule("SERVICES")
    mine = _of(a, p, "Ⅲ") if "Ⅲ" in frame(a.frame).line_classes else ()
    over = [s for s in mine if s.reason == 0 and s.step("line_months") > s.step("line_capped")]
    if over:
        cut = sum(s.step("line_months") - s.step("line_capped") for s in over)
        message = f"役務の合計が上限{yen(p.services.value)}を超えています。{yen(cut)}を対象から除きました。"
        yield found(message, over[0].line.cell("price"), at=p.services.at)
    for share in [s for s in mine if s.reason == SECOND]:
        most = f"導入コンサル・活用コンサル（カテゴリー5）は1申請に{p.consulting.value}つまでです。"
        message = f"{named(share)}: {most}額の大きい方を数え、この行の{yen(share.cut)}は0円として計算しました。"
        yield found(message, share.line.cell("category"), at=p.consulting.at)
    for share in mine:
        if share.line.category in PAIRED and (message := _unpaired(share, a)):
            yield found(f"{named(share)}: {message}", share.line.cell("tool"), at=p.pair.at)
        if share.line.unit in found.data["words"] and (share.line.price or 0) > p.hourly.value:
            message = f"{named(share)}: 時間単価が{yen(p.hourly.value)}を超えています。単価を見直してください。"
            yield found(message, share.line.cell("price"), at=p.hourly.at)


def travel(a: Assessment) -> Iterator[Finding]:
    """TRAVEL: 交通費 and 宿泊費 of a service, which the 公募要領 of 2025 do not pay for. The yen stay: the line may hold more."""
    found = rule("TRAVEL")
    for share in a.shares:
        if said := travelling(a, share):
            name, word = said
            why = f"「{word}」とあります。2025年の公募要領は、交通費・宿泊費を対象外とします。"
            message = f"{named(share)}: {why}{yen(share.eligible)}を対象経費に入れたままです。交通費・宿泊費の分を除いてください。"
            yield found(message, share.line.cell(name), at=found.data["places"][a.frame])


def travelling(a: Assessment, share: Share) -> tuple[str, str] | None:
    """The column of a service that counts and names a travel cost, and the word."""
    data, service = rule("TRAVEL").data, edition(line_limits.Edition, a.on).major(share.line.category) == "Ⅲ"
    if not (service and share.eligible and a.frame in data["places"]):
        return None
    each = ((name, _travel(getattr(share.line, name), data)) for name in ("item", "note"))
    return next((said for said in each if said[1]), None)


def _travel(text: str, data: Mapping[str, Any]) -> str:
    """The first word of 交通費 in a text that means a cost."""
    read = unicodedata.normalize("NFKC", text)
    for word in data["words"]:
        if any(not after.startswith(tuple(data["harmless"])) for after in read.split(word)[1:]):
            return word
    return ""


def _unpaired(share: Share, a: Assessment) -> str:
    """What is wrong with the software that a service belongs to; "" where nothing is."""
    line, todo = share.line, "ツールの列をソフトウェアの行と揃えてください。"
    if not line_limits.paired(line, a.quote.lines):
        counted = f"{yen(share.cut)}は0円として計算しました。" if share.cut else ""
        return f"対になるソフトウェア「{line.tool}」が見積にありません。{counted}{todo}"
    if not line.tool and "" not in _tools(a):
        return f"ツールが空欄です。{'対象経費に入れたままです。' if share.eligible else ''}{todo}"
    return ""


def lumps(a: Assessment) -> Iterator[Finding]:
    """LUMP: 一式 without detail, and a subscription that does not say for how many months."""
    p, found = edition(line_limits.Edition, a.on), rule("LUMP")
    unread = {
        f.cell for f in a.quote.findings if f.cell and "空欄" not in f.message
    }  # such a cell says itself what it is
    for share in a.shares:
        line, terms = share.line, p.terms(share.line.contract)
        if line.unit in found.data["words"] and not line.note:
            message = (
                f"{named(share)}: 単位が「{line.unit}」で内訳がありません。行を分けるか、備考に内訳を書いてください。"
            )
            yield found(message, line.cell("unit"))
        if terms and terms.months and line.months is None and line.cell("months") not in unread:
            message = f"{named(share)}: 契約が{line.contract}なのに月数がありません。利用する月数を入れてください。"
            yield found(message, line.cell("months"))
        elif _lasting(line, p) and any(word in f"{line.item} {line.unit}" for word in found.data["periods"]):
            message = f"{named(share)}: 期間で払う契約に見えますが、月数がありません。契約を月額か年額にし、月数を入れてください。"
            yield found(message, line.cell("months"))


def _lasting(line: Line, p: line_limits.Edition) -> bool:
    """Whether a line is bought once although its category is paid for by months."""
    terms = p.terms(line.contract)
    return bool(terms and terms.eligible and not terms.months and not line.months and p.months(line.category))


def _of(a: Assessment, p: line_limits.Edition, major: str) -> Sequence[Share]:
    return [s for s in a.shares if p.major(s.line.category) == major]


def _tools(a: Assessment) -> set[str]:
    """The names of the software in the quote."""
    return {s.line.tool for s in a.shares if s.line.category == SOFTWARE}


CHECKS = (outside, contracts, functionless, not_here, hardware, strangers, months, services, travel, lumps)
