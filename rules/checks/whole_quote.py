"""Checks of the whole quote: tax, the vendor's own amount, dates before 交付決定, words of 実質的還元, discounts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any, cast

from rules import consumption_tax, planned_dates
from rules.assess import Assessment, amounts, tax_question
from rules.checks.codes import rule, yen
from rules.checks.entry import Check
from rules.engine import evaluate
from rules.engine.argument import kinds
from rules.engine.condition import equal, negated
from rules.engine.edition import Rate
from rules.findings import NOTICE, Finding
from rules.frames import FRAMES, frame, group
from rules.quote import Quote

IN_LINES = tuple(f for f in FRAMES if f.line_classes)  # whose costs stand in the lines; the members' are without tax
MOST = kinds()["yen"].high


def _gross(a: Assessment) -> str:
    return tax_question(a.quote, a.total) + _mixed(a, a.total or 0)


def _mixed(a: Assessment, total: int) -> str:
    """A total between those of the two rates: some lines are at the reduced one."""
    least, most = total + consumption_tax.tax(total, total, a.on), total + consumption_tax.tax(total, 0, a.on)
    if not least <= a.quote.get("quoted_gross") < most:
        return ""
    return "軽減税率の品が混ざっているなら、「うち軽減税率の税抜額」を見積書と同じにしてください。"


def _flat_rate(a: Assessment) -> str:
    """With the likely cause."""
    theirs, mine = a.quote.get("vendor_subsidy"), yen(a.subsidy or 0)
    cause = _full_price(a, theirs) or _flat(a, theirs) or _other_size(a, theirs)
    return f"見積書の補助額{yen(theirs)}は、規則で計算した{mine}と違います。{cause}規則の額に直してください。"


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


def _order(name: str, label: str) -> Check:
    """ORDER: ordered, contracted, invoiced or paid before 交付決定."""

    def message(a: Assessment) -> str:
        decided = a.quote.get("decision_date")
        known = f"交付決定日（{decided}）より前です" if decided else "あるのに、交付決定日が空欄です"
        return f"{label}（{a.quote.get(name)}）が{known}。交付決定前の発注・契約・支払は補助の対象になりません。"

    return Check("ORDER", name, message, lambda f: f.given(name, date.max) < f.given("decision_date", date.max))


def _planned(name: str) -> Check:
    """ORDER: planned before 交付決定; `planned` says it."""
    return Check("ORDER", name, None, lambda f: f.given(name, date.max) < f.given("first_day", date.min))


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


def _unbearable(a: Assessment) -> str:
    less, listed = a.quote.get("total_discount"), sum(s.step("line_listed") for s in a.expenses)
    return f"合計からの値引（{yen(less)}）が、明細の合計（{yen(listed)}）を超えています。金額を直してください。"


def _discount(a: Assessment) -> str:
    """No unit price agrees with the portal's."""
    less, todo = yen(a.quote.get("total_discount")), "実績報告で単価が合わなくなるため、値引は行ごとに入れてください。"
    if a.frame == group.FRAME.name:
        return f"合計から{less}を値引していますが、構成員の額からは引いていません。{todo}"
    net = "税抜" if a.quote.get("tax_mode") == "税込" else ""
    return (
        f"合計から{net}{less}を値引しています。金額の割合で明細の行に割り振り、対象経費から引いて計算しました。{todo}"
    )


CHECKS = (
    Check(
        "TAX", "quoted_gross", _gross,
        lambda f: f["tax_disagrees"] & (f.given("reduced_base", 0) <= f.given("total", MOST)), frames=IN_LINES,
    ),
    Check(
        "TAX", "reduced_base", "軽減税率の税抜額（{q[reduced_base]:,}円）が、明細の合計（{a.total:,}円）を超えています。金額を直してください。",
        lambda f: f.given("reduced_base", 0) > f.given("total", MOST), frames=IN_LINES,
    ),
    Check(
        "FLATRATE", "vendor_subsidy", _flat_rate, lambda f: negated(equal(f["vendor_subsidy"], f["subsidy"])),
        when=lambda f: negated(f.blank("vendor_subsidy")),
    ),
    *(_order(*of) for of in DATES.items()),
    *(_planned(name) for name in planned_dates.PLANNED),
    planned,
    kickback,
    Check("INPUT.discount", "total_discount", _unbearable, lambda f: f["too_much_off"]),
    Check(
        "DISCOUNT", "total_discount", _discount, lambda f: f.given("total_discount", 0) > 0,
        when=lambda f: negated(f["too_much_off"]),
    ),
)  # fmt: skip
