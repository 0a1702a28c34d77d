"""Checks of the whole quote: tax, the vendor's own amount, dates before 交付決定, words of 実質的還元, discounts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, cast

from rules import consumption_tax, planned_dates
from rules.assess import TOO_MUCH_OFF, Assessment, amounts, tax_question
from rules.checks.codes import rule, yen
from rules.engine import evaluate
from rules.engine.edition import Rate
from rules.findings import NOTICE, Finding
from rules.frames import frame, group
from rules.quote import Quote


def prices(a: Assessment) -> Iterator[Finding]:
    """TAX: a total with tax that the lines do not give; more at the reduced rate than there is in all."""
    q = a.quote
    if a.frame == group.FRAME.name or a.total is None:  # its costs stand in the table of members, without tax
        return
    reduced = q.get("reduced_base", 0)
    if reduced > a.total:
        message = (
            f"軽減税率の税抜額（{yen(reduced)}）が、明細の合計（{yen(a.total)}）を超えています。金額を直してください。"
        )
        yield rule("TAX")(message, q.cell("reduced_base"))
    elif question := tax_question(q, a.total):
        yield rule("TAX")(question + _mixed(a, a.total), q.cell("quoted_gross"))


def _mixed(a: Assessment, total: int) -> str:
    """A total between those of the two rates: some lines are at the reduced one."""
    least, most = total + consumption_tax.tax(total, total, a.on), total + consumption_tax.tax(total, 0, a.on)
    if not least <= a.quote.get("quoted_gross") < most:
        return ""
    return "軽減税率の品が混ざっているなら、「うち軽減税率の税抜額」を見積書と同じにしてください。"


def flat_rate(a: Assessment) -> Iterator[Finding]:
    """FLATRATE: the vendor's own 補助額 differs from the rules; with the likely cause."""
    theirs = a.quote.get("vendor_subsidy")
    if theirs is None or a.subsidy is None or theirs == a.subsidy:
        return
    mine, cause = yen(a.subsidy), _full_price(a, theirs) or _flat(a, theirs) or _other_size(a, theirs)
    message = f"見積書の補助額{yen(theirs)}は、規則で計算した{mine}と違います。{cause}規則の額に直してください。"
    yield rule("FLATRATE")(message, a.quote.cell("vendor_subsidy"))


def _full_price(a: Assessment, theirs: int) -> str:
    """Whether an amount is that before 合計からの値引."""
    return "合計からの値引を引く前の額です。" if undiscounted(a).subsidy == theirs else ""


def _flat(a: Assessment, theirs: int) -> str:
    """Whether an amount is all of a cost times one of the frame's rates."""
    costs = {"対象経費": a.eligible, "見積の合計": a.total, "税込の支払総額": a.gross}
    if a.quote.get("total_discount"):
        costs["値引の前の対象経費"] = undiscounted(a).eligible
    for name, cost in costs.items():
        for rate in _rates(a):
            if cost and theirs == cost * rate // 1:
                return f"{name}の全額に{rate}を掛けた額です。"
    return ""


def _rates(a: Assessment) -> list[Fraction]:
    """The rates of the frame, the highest first; a group's are those of its members too."""
    mine = frame(a.frame)
    pages = (mine.members.of, mine) if mine.members else (mine,)
    editions: list[dict[str, Any]] = [vars(evaluate.in_force(f, a.on)) for f in pages]
    rates = [vars(x) for e in editions for x in e.values() if isinstance(x, Rate)]
    found = {v for each in rates for name, v in each.items() if isinstance(v, Fraction) and name != "share"}
    return sorted(found, reverse=True)


def _other_size(a: Assessment, theirs: int) -> str:
    """Whether an amount is that of an applicant of another size."""
    sizes = {"small_biz": "小規模事業者", "near_min_wage": "最低賃金近傍の事業者", "large": "大企業"}
    given: dict[str, Any] = dict(a.calculation.given) if a.calculation else {}
    for name, size in sizes.items():
        if name in given:
            other = {**given, name: not given[name]}
            if theirs == evaluate.scalar(frame(a.frame), other, a.on).subsidy:
                return f"{size}{'ではない' if given[name] else ''}として計算した額です。"
    return ""


DATES = {"order_date": "発注日", "contract_date": "契約日", "invoice_date": "請求日", "payment_date": "支払日"}


def order(a: Assessment) -> Iterator[Finding]:
    """ORDER: ordered, contracted, invoiced or paid before 交付決定."""
    decided = a.quote.get("decision_date")
    for name, label in DATES.items():
        day = a.quote.get(name)
        if day and (not decided or day < decided):
            known = f"交付決定日（{decided}）より前です" if decided else "あるのに、交付決定日が空欄です"
            message = f"{label}（{day}）が{known}。交付決定前の発注・契約・支払は補助の対象になりません。"
            yield rule("ORDER")(message, a.quote.cell(name))


def planned(a: Assessment) -> Iterator[Finding]:
    """ORDER and ROUND: planned dates, and the quote's own, that do not fit the round of the application."""
    for d in planned_dates.doubts(a.quote, a.frame):
        yield rule(d.code)(d.message, a.quote.cell(d.name), at=d.at)


def kickback(a: Assessment) -> Iterator[Finding]:
    """KICKBACK: a word of 実質的還元 in any text, or nothing left to pay."""
    q, found = a.quote, rule("KICKBACK")
    for text, cell in texts(q):
        word, refused = _repaid(text, found.data)
        if word and refused:
            message = f"「{word}」の言葉がありますが、しないと書いてあるようです。実質的な還元と読まれないか、文を確かめてください。"
            yield found(message, cell, level=NOTICE)
        elif word:
            message = f"「{word}」とあります。補助事業者への実質的な還元は不正とされます。取りやめてください。"
            yield found(message, cell)
    less, before = q.get("total_discount", 0), undiscounted(a)
    if before.own_burden is not None and before.total and before.own_burden <= less:
        message = (
            "自己負担が0円以下です。"
            if not less
            else f"合計からの値引（{yen(less)}）が、値引の前の自己負担（{yen(before.own_burden)}）以上です。"
        )
        yield found(f"{message}金額と値引を見直してください。", q.cell("total_discount"))


def undiscounted(a: Assessment) -> Assessment:
    """The same without 合計からの値引."""
    if not a.quote.get("total_discount"):
        return a
    rest = {name: value for name, value in a.quote.inputs.items() if name not in ("total_discount", "quoted_gross")}
    return amounts(replace(a.quote, inputs=rest), frame(a.frame))


def _repaid(text: str, data: Mapping[str, Any]) -> tuple[str, bool]:
    """The first word of 実質的還元 in a text, one that is promised before one that is refused; and whether it is refused."""
    read = unicodedata.normalize("NFKC", text)
    for harmless in data["harmless"]:
        read = read.replace(harmless, "")
    refused = ""
    for word in data["words"]:
        for after in read.split(word)[1:]:
            if not after.lstrip().startswith(tuple(data["negated"])):
                return word, False
            refused = refused or word
    return refused, True


def texts(quote: Quote) -> Iterator[tuple[str, str]]:
    """Every text of a quote with its cell."""
    inputs: list[tuple[str, Any]] = [(n, part) for n, v in quote.inputs.items() for part in _parts(v)]
    yield from ((part, quote.cell(name)) for name, part in inputs if isinstance(part, str))
    for row in (*quote.lines, *quote.partners, *quote.members):
        yield from ((value, row.cell(name)) for name, value in vars(row).items() if isinstance(value, str))


def _parts(value: Any) -> tuple[Any, ...]:
    return cast("tuple[Any, ...]", value) if isinstance(value, tuple) else (value,)


def discount(a: Assessment) -> Iterator[Finding]:
    """DISCOUNT: a discount on the total, so that no unit price agrees with the portal's."""
    less, cell = a.quote.get("total_discount"), a.quote.cell("total_discount")
    if not less:
        return
    todo = "実績報告で単価が合わなくなるため、値引は行ごとに入れてください。"
    if a.needs == TOO_MUCH_OFF:
        listed = sum(s.step("line_listed") for s in a.shares)
        message = f"合計からの値引（{yen(less)}）が、明細の合計（{yen(listed)}）を超えています。金額を直してください。"
        yield rule("INPUT")(message, cell)
    elif a.frame == group.FRAME.name:
        yield rule("DISCOUNT")(f"合計から{yen(less)}を値引していますが、構成員の額からは引いていません。{todo}", cell)
    else:
        net = "税抜" if a.quote.get("tax_mode") == "税込" else ""
        spread = "金額の割合で明細の行に割り振り、対象経費から引いて計算しました。"
        yield rule("DISCOUNT")(f"合計から{net}{yen(less)}を値引しています。{spread}{todo}", cell)


CHECKS = (prices, flat_rate, order, planned, kickback, discount)
