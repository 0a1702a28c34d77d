"""Checks of the lines (明細): contracts, months, services, hardware, and what belongs to which software."""

from __future__ import annotations

from typing import Any

from rules import line_limits
from rules.assess import Assessment, Expense
from rules.checks.codes import rule, yen
from rules.checks.entry import Check
from rules.checks.facts import travel_cost
from rules.engine.condition import among, equal, mentions, negated
from rules.engine.edition import edition
from rules.findings import Finding
from rules.frames import FRAMES, frame
from rules.line_limits import MAJORS, NO_FUNCTION, NOT_HERE, OUTSIDE, PAIRED, PC, SECOND, SOFTWARE

SERVED, EQUIPPED = (
    tuple(f for f in FRAMES if major in f.line_classes) for major in "ⅢⅣ"
)  # that pay for 役務, for hardware
SERVICE, HARDWARE = (MAJORS.index(major) + 1 for major in "ⅢⅣ")
TRAVEL, TILL, LUMP = (rule(code).data for code in ("TRAVEL", "REGISTERPC", "LUMP"))
HOURS = rule("SERVICES").data["words"]


def named(expense: Expense) -> str:
    """A line as a sentence calls it: 3行目「操作研修」."""
    return f"{expense.line.number}行目「{expense.line.item}」"


def _outside(a: Assessment, expense: Expense) -> str:
    less = f"値引（{yen(expense.line.discount)}）が金額を超えています"
    what = less if expense.step("line_listed") < 0 else "金額が大きすぎます"
    return f"{named(expense)}: {what}。単価・数量・月数・値引を確かめてください。"


def _contract(a: Assessment, expense: Expense) -> Finding:
    p = edition(line_limits.Edition, a.on)
    allowed, terms = "・".join(c.name for c in p.contract if c.eligible), p.terms(expense.line.contract)
    message = (
        f"{named(expense)}: 契約「{expense.line.contract}」は対象外です。0円として計算しました。対象は{allowed}です。"
    )
    return rule("CONTRACT")(message, at=terms.at if terms else "")


def _functionless(a: Assessment, expense: Expense) -> Finding:
    message = f"{named(expense)}: {frame(a.frame).missing_function}。この行とその付属は0円として計算しました。有れば入れてください。"
    return rule("NOFUNC")(message, expense.line.cell("processes" if a.frame == "normal" else "functions"))


def _not_here(a: Assessment, expense: Expense) -> Finding:
    message = f"{named(expense)}: {a.label}では対象にならないカテゴリーです。{yen(expense.amount or 0)}は0円として計算しました。"
    return rule("NOTHERE")(message, at=rule("NOTHERE").data.get(a.frame, ""))


def _stranger(a: Assessment, expense: Expense) -> str:
    counted = "対象経費に入れたままです。" if expense.eligible else ""
    return f"{named(expense)}: ツール「{expense.line.tool}」のソフトウェアが見積にありません。{counted}ツールの列をソフトウェアの行と揃えてください。"


def _months(a: Assessment, expense: Expense) -> Finding:
    limit = edition(line_limits.Edition, a.on).months(expense.line.category, frame(a.frame).month_limits)
    cut, most = yen(expense.step("line_amount") - expense.step("line_months")), limit.value if limit else 0
    message = (
        f"{named(expense)}の{expense.line.months}か月のうち、対象は{most}か月までです。{cut}を対象から除きました。"
    )
    return rule("MONTHS")(message, at=limit.at if limit else "")


def _over(a: Assessment, expense: Expense) -> str:
    cut = sum(s.step("line_months") - s.step("line_capped") for s in a.expenses if s.reason == 0)
    most = edition(line_limits.Edition, a.on).services.value
    return f"役務の合計が上限{yen(most)}を超えています。{yen(cut)}を対象から除きました。"


def _unpaired(a: Assessment, expense: Expense) -> str:
    line, wrong = expense.line, f"ツールが空欄です。{'対象経費に入れたままです。' if expense.eligible else ''}"
    if not line_limits.paired(line, a.quote.lines):
        counted = f"{yen(expense.cut)}は0円として計算しました。" if expense.cut else ""
        wrong = f"対になるソフトウェア「{line.tool}」が見積にありません。{counted}"
    return f"{named(expense)}: {wrong}ツールの列をソフトウェアの行と揃えてください。"


def _hour(p: line_limits.Edition, _: str) -> int:
    return p.hourly.value


def _travel(a: Assessment, expense: Expense) -> Finding:
    name, word = travel_cost(expense) or ("", "")
    why = f"「{word}」とあります。2025年の公募要領は、交通費・宿泊費を対象外とします。"
    message = f"{named(expense)}: {why}{yen(expense.eligible)}を対象経費に入れたままです。交通費・宿泊費の分を除いてください。"
    return rule("TRAVEL")(message, expense.line.cell(name), at=TRAVEL["places"][a.frame])


def travelling(a: Assessment, expense: Expense) -> bool:
    """Whether a line counts although it names a travel cost."""
    return expense in TRAVELLING.bad(a)


def _bare(line: Any) -> Any:
    """Whether an eligible contract has no 月数."""
    return line["allowed"] & line.blank("text_months")


NAMED = "{line.number}行目「{line.item}」: "
TRAVELLING = Check(
    "TRAVEL", "lines.item", _travel,
    row=lambda line: line["travel"] & (line["line_eligible"] > 0),
    frames=tuple(f for f in FRAMES if f.name in TRAVEL["places"]),
)  # fmt: skip  # the yen stay: the line may hold more
CHECKS = (
    Check("INPUT.outside", "lines.price", _outside, row=lambda line: equal(line["reason"], OUTSIDE)),  # "INPUT.unread" on チェック
    Check("CONTRACT", "lines.contract", _contract, row=lambda line: negated(line.blank("contract") | line["allowed"])),
    Check(
        "DOUBLE", "lines.other_subsidy",
        NAMED + "国の他の補助金と同じ経費には使えません。0円として計算しました。どちらか一方にしてください。",
        row=lambda line: line["other_subsidy"],
    ),
    Check("NOFUNC", "lines.functions", _functionless, row=lambda line: equal(line["reason"], NO_FUNCTION)),
    Check(
        "NOTHERE", "lines.category", _not_here, lambda f: f["calculated"],
        row=lambda line: equal(line["reason"], NOT_HERE) & (line["line_amount"] > 0),
    ),
    Check(
        "HARDONLY", "lines.category",
        "対象になるソフトウェアが無く、ハードウェアだけでは申請できません。補助額は0円です。ソフトウェアの行を加えてください。",
        lambda f: f["software"] <= 0, row=lambda line: equal(line["major"], HARDWARE), frames=EQUIPPED, first=True,
    ),
    Check(
        "REGISTERPC", "lines.note", NAMED + "レジに使う機器はカテゴリー9（POSレジ等）で登録してください。",
        row=lambda line: equal(line["category"], PC) & mentions(line["note"], TILL["words"]), frames=EQUIPPED,
    ),
    Check(
        "TOOL", "lines.tool", _stranger, lambda f: f["software_lines"] > 0,
        row=lambda line: negated(  # of 役務 SERVICES says it
            among(line["category"], (SOFTWARE, *PAIRED)) | line.blank("tool") | line["named"] | equal(line["reason"], NOT_HERE)
        ),
    ),
    Check("MONTHS", "lines.months", _months, lambda f: f["read"], row=lambda line: equal(line["reason"], 0) & (line["line_months"] < line["line_amount"])),
    Check(
        "SERVICES.cap", "lines.price", _over, lambda f: f["read"], at="{p.services.at}", frames=SERVED, first=True,
        row=lambda line: equal(line["reason"], 0) & (line["line_capped"] < line["line_months"]),
    ),
    Check(
        "SERVICES.single", "lines.price", NAMED + "時間単価が{p.hourly.value:,}円を超えています。単価を見直してください。",
        row=lambda line: equal(line["major"], SERVICE) & among(line["unit"], HOURS) & (line["price"] > line.law(line_limits.Edition, _hour)),
        at="{p.hourly.at}", frames=SERVED,
    ),
    Check(
        "SERVICES.single", "lines.category",
        NAMED + "導入コンサル・活用コンサル（カテゴリー5）は1申請に{p.consulting.value}つまでです。額の大きい方を数え、この行の{row.cut:,}円は0円として計算しました。",
        row=lambda line: equal(line["reason"], SECOND), at="{p.consulting.at}", frames=SERVED,
    ),
    Check(
        "SERVICES.paired", "lines.tool", _unpaired, at="{p.pair.at}", frames=SERVED,
        row=lambda line: among(line["category"], PAIRED) & ((line["paired"] <= 0) | line.blank("tool") & (line["named"] <= 0)),
    ),
    TRAVELLING,
    Check(
        "LUMP.detail", "lines.unit", NAMED + "単位が「{line.unit}」で内訳がありません。行を分けるか、備考に内訳を書いてください。",
        row=lambda line: among(line["unit"], LUMP["words"]) & line.blank("note"),
    ),
    Check(
        "LUMP.months", "lines.months", NAMED + "契約が{line.contract}なのに月数がありません。利用する月数を入れてください。",
        row=lambda line: _bare(line) & line["timed"],
    ),
    Check(
        "LUMP.months", "lines.months", NAMED + "期間で払う契約に見えますが、月数がありません。契約を月額か年額にし、月数を入れてください。",
        row=lambda line: _bare(line) & negated(line["timed"]) & (line["limit"] > 0)
        & (mentions(line["item"], LUMP["periods"]) | mentions(line["unit"], LUMP["periods"])),
    ),
)  # fmt: skip
