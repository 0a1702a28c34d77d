"""資金繰り by month: what is paid when, with tax, and how much lies out until the subsidy comes (補助金は後払い).

How a line is paid is the customer's to say; what nobody says is paid at delivery, all of it at once. The months of a
line bear its amount evenly, the tax what it is on all that is paid so far: together they are 支払総額 to the yen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate

from rules import consumption_tax, line_limits, planned_dates, schedule
from rules.advice.what_if import quoted, told
from rules.assess import Assessment, Expense
from rules.dates import YEAR, months_after
from rules.engine.argument import VALUE, ArgumentError
from rules.engine.edition import edition
from rules.quote import Line, Quote
from rules.schedule import Due

ONCE, YEARLY, MONTHLY = WAYS = ("一括", "年払", "月払")
EVERY = {YEARLY: YEAR, MONTHLY: 1}  # months between two payments
LONGEST = 1_200  # months of a calendar


@dataclass(frozen=True)
class Month:
    """One month in which money moves（円、税込）."""

    number: int | None  # months after delivery; None: the month of the subsidy, which nobody knows
    day: date | None  # of the payment or of the subsidy, where the quote tells when it is paid
    out: int
    income: int
    balance: int  # received less paid, so far


@dataclass(frozen=True)
class Unpaid:
    """What is paid only after 実績報告, and so perhaps not subsidised."""

    gross: int  # 円、税込
    lines: tuple[Line, ...]
    subsidy: int | None  # 補助額 if the months paid by then alone count; None where there is no amount any more
    due: Due | None  # what the text says of it
    quote: Quote = field(repr=False)  # with the months paid by then alone


@dataclass(frozen=True)
class Cash:
    """The calendar of one frame; its months add up to 支払総額 and 補助額."""

    frame: str
    ways: tuple[tuple[Line, str], ...]  # how each line is paid
    told: bool  # whether anybody said how
    months: tuple[Month, ...]
    paid_on: date | None  # 支払日, or the planned one
    received: date | None  # 入金の日, as told
    report: date | None  # 実績報告, as planned or its limit
    unpaid: Unpaid | None  # None where all is paid by then, or one of the days is not known

    @property
    def peak(self) -> int:
        """立替の最大額（円、税込）: the most that is paid and not yet received."""
        return max(-m.balance for m in self.months)


def cash(a: Assessment, ways: Mapping[int, str], received: date | None = None) -> Cash | None:
    """The calendar of an assessment; None where 支払総額 or 補助額 is not known or is wrong. `ways`: 行の番号 -> 一括, 年払 or 月払.

    A subsidy whose day is not told comes after all payments.

    Units: 円, 税込; months of a line か月.
    Errors: ArgumentError (#VALUE!) where a line cannot be paid so, or the subsidy would come before the payment.
    Source: rules/consumption_tax.toml and, for the day of 実績報告, rules/schedule.toml.

    >>> from tests.samples import assessment
    >>> found = cash(assessment(), {4: "月払"})
    >>> [(m.out, m.balance) for m in found.months[:3]] if found else None
    [(1545500, -1545500), (5500, -1551000), (5500, -1556500)]
    """
    _checked(a, ways)
    start, report = a.quote.get("payment_date") or a.quote.get("planned_payment"), _report(a)
    if received and (start is None or received < start):
        message = f"入金の日（{received}）は、見積にある支払日（予定日）以後にしてください。補助金は後払いです。"
        raise ArgumentError("received", VALUE, message)
    if a.gross is None or a.total is None or a.subsidy is None or _reduced(a) > a.total:
        return None
    told_ways = tuple((s.line, ways.get(s.line.number, ONCE)) for s in a.expenses)
    unpaid = _unpaid(a, ways, start, report) if start and report else None
    months = tuple(_months(a, ways, start, received))
    return Cash(a.frame, told_ways, bool(ways), months, start, received, report, unpaid)


def _report(a: Assessment) -> date | None:
    """The day of 実績報告: the planned one, or the limit of the round."""
    r = planned_dates.round_of(a.quote, a.frame)
    return a.quote.get("planned_report") or (r.report if r else None)


def _months(a: Assessment, ways: Mapping[int, str], start: date | None, received: date | None) -> Iterator[Month]:
    """Every month in which money moves, in their order, and the subsidy."""
    paid = _grosses(a, _nets(a, ways))
    outs = [Month(n, months_after(start, n) if start else None, out, 0, 0) for n, out in paid.items()]
    rows = [*outs, Month(None, received, 0, a.subsidy or 0, 0)]
    if received:
        rows.sort(key=lambda m: m.day or received)
    balances = accumulate(m.income - m.out for m in rows)
    yield from (replace(m, balance=balance) for m, balance in zip(rows, balances, strict=True))


def _checked(a: Assessment, ways: Mapping[int, str]) -> None:
    """Every line that is named has months to be paid by."""
    lines = {s.line.number: s.line for s in a.expenses}
    for number, way in ways.items():
        line = lines.get(number)
        if line is None:
            raise ArgumentError("pay", VALUE, f"払い方を言われた{number}行目は、見積の明細にありません。")
        if way in EVERY and not _timed(a, line):
            message = f"{number}行目「{line.item}」は月数の無い契約なので、{way}にはできません（{ONCE}だけです）。"
            raise ArgumentError("pay", VALUE, message)
        if way in EVERY and (line.months or 0) > LONGEST:
            message = f"{number}行目「{line.item}」の月数が{LONGEST:,}を超えているので、{way}にはできません。"
            raise ArgumentError("pay", VALUE, message)


def _timed(a: Assessment, line: Line) -> bool:
    terms = edition(line_limits.Edition, a.on).terms(line.contract) if a.edition else None
    return bool(line.months) and terms is not None and (terms.months or not terms.eligible)


def _paid(expense: Expense, way: str, month: int) -> int:
    """What of a line（円、税抜）is paid up to so many months after delivery."""
    length, every = expense.line.months or 1, EVERY.get(way)
    done = length if every is None else min((month // every + 1) * every, length)
    return (expense.amount or 0) * done // length


def _nets(a: Assessment, ways: Mapping[int, str]) -> dict[int, int]:
    """What is paid up to each month in which anything is（月 -> 円、税抜）."""
    if not a.expenses:
        return {0: a.total or 0}
    moments = {0}
    for s in a.expenses:
        every = EVERY.get(ways.get(s.line.number, ONCE))
        moments.update(range(0, s.line.months or 1, every) if every else ())
    return {n: sum(_paid(s, ways.get(s.line.number, ONCE), n) for s in a.expenses) for n in sorted(moments)}


def _grosses(a: Assessment, nets: Mapping[int, int]) -> dict[int, int]:
    """What is paid in each month（円、税込）: what all until then comes to, less all before."""
    paid, found = 0, dict[int, int]()
    for month, net in nets.items():
        until = _gross(a, net)
        found[month] = until - paid
        paid = until
    return found


def _gross(a: Assessment, net: int) -> int:
    """A part of the total with its tax; the goods of the reduced rate are spread over all."""
    part = _reduced(a) * net // a.total if a.total else 0
    return net + consumption_tax.tax(net, part, a.on)


def _reduced(a: Assessment) -> int:
    """What of the lines bears the reduced rate（円、税抜）."""
    return a.quote.get("reduced_base", 0) if a.expenses else 0


def _unpaid(a: Assessment, ways: Mapping[int, str], start: date, report: date) -> Unpaid | None:
    """What is still to be paid when 実績報告 is made."""
    last = max((n for n in _nets(a, ways) if months_after(start, n) <= report), default=-1)
    paid = {s.line.number: _paid(s, ways.get(s.line.number, ONCE), last) if last >= 0 else 0 for s in a.expenses}
    lines = tuple(s.line for s in a.expenses if paid[s.line.number] < (s.amount or 0))
    if not lines:
        return None
    page = schedule.in_force(a.on) if a.on else None
    gross, only = (a.gross or 0) - _gross(a, sum(paid.values())), _only(a, ways, paid, last)
    return Unpaid(gross, lines, quoted(a, only).subsidy, page.finished if page else None, only)


def _only(a: Assessment, ways: Mapping[int, str], paid: Mapping[int, int], last: int) -> Quote:
    """The quote with the months that are paid by then, each line with exactly what is paid of it."""
    kept = [
        replace(s.line, months=_months_paid(s.line, ways, last), discount=0) for s in a.expenses if paid[s.line.number]
    ]
    quote = replace(told(a.quote, total_discount=None, quoted_gross=None), lines=tuple(kept))
    listed = {s.line.number: s.step("line_listed") for s in quoted(a, quote).expenses}
    lines = (replace(line, discount=listed[line.number] - paid[line.number]) for line in kept)
    return replace(quote, lines=tuple(lines))


def _months_paid(line: Line, ways: Mapping[int, str], last: int) -> int | None:
    """The months of a line that are paid so many months after delivery; all of them where it is paid at once."""
    every = EVERY.get(ways.get(line.number, ONCE))
    return min((last // every + 1) * every, line.months) if every and line.months else line.months
