"""Quote -> Assessment: what of each line counts, the subsidy with its steps, what the customer pays.

`rules.checks.check.assess` adds what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

from rules import consumption_tax as tax
from rules import headcount, line_limits, total_discount
from rules.engine import evaluate
from rules.engine.argument import ArgumentError, kinds
from rules.engine.edition import Amount, edition
from rules.engine.evaluate import Calculation
from rules.engine.steps import Step, Trace
from rules.findings import Finding
from rules.frames import frame as frame_named
from rules.frames.contract import Frame
from rules.line_limits import CONSULTING
from rules.quote import Line, Quote

# What a quote may still lack: the sheet says the same words
NO_LINES = "見積の明細"
WITHOUT_TAX = "税抜の単価"
YEARLY = "年額"
UNREADABLE = "読めない明細行の訂正"
TOO_MUCH_OFF = "明細の合計以下の「合計からの値引」"
UNDATED = "申請日を日付として読めません。"
UNCHOSEN = "読めない「申請する枠」の訂正"
SIZE = "小規模事業者かどうか（業種と従業員数、または「小規模として申請」）"


@dataclass(frozen=True)
class Expense:
    """経費: one line after the limits, and what of it is 補助対象経費."""

    line: Line
    part: str  # which argument of the frame it goes to: cost, pc_cost, register_cost
    amount: int | None  # 金額（円、税抜）; None where the line cannot be read
    eligible: int  # 補助対象経費（円）
    reason: int  # key of line_limits.REASONS
    steps: tuple[Step, ...] = ()

    @property
    def allotted(self) -> int:
        """合計からの値引のうちこの行の分（円）."""
        return self.step("line_listed") - self.step("line_amount")

    @property
    def cut(self) -> int:
        """減額（円）: what of the amount does not count."""
        return (self.amount or 0) - self.eligible

    def step(self, name: str) -> int:
        """One step of the line, in yen; 0 where there is none."""
        return next((s.value for s in self.steps if s.name == name), 0)


@dataclass(frozen=True)
class Assessment:
    """One frame for one quote. Amounts in whole yen; None where they cannot be known."""

    frame: str
    label: str
    quote: Quote
    on: date | None  # 申請日
    edition: date | None  # the edition in force since
    small_biz: bool | None
    expenses: tuple[Expense, ...]
    calculation: Calculation | None
    needs: str  # what the frame still lacks, in Japanese; "" if nothing
    falls: str = ""  # why the frame cannot be applied for at all: its subsidy is then 0
    findings: tuple[Finding, ...] = ()

    @property
    def subsidy(self) -> int | None:
        """補助額; 0 where the frame falls."""
        return self.calculation.subsidy if self.calculation else 0 if self.falls else None

    @property
    def total(self) -> int | None:
        """All that is bought, 税抜, eligible or not: the lines less 合計からの値引, or the costs of a group."""
        if self.needs in (TOO_MUCH_OFF, UNCHOSEN):
            return None
        if outlay := frame_named(self.frame).outlay:
            return None if self.needs or self.edition is None else outlay(self.quote)
        amounts = [expense.amount for expense in self.expenses]
        return None if self.edition is None or None in amounts else sum(a for a in amounts if a is not None)

    @property
    def eligible(self) -> int:
        """補助対象経費."""
        if frame_named(self.frame).outlay:
            return self.total or 0
        return sum(expense.eligible for expense in self.expenses)

    def part(self, name: str) -> int:
        """補助対象経費 of one part: cost, pc_cost or register_cost."""
        return sum(expense.eligible for expense in self.expenses if expense.part == name)

    @property
    def tax(self) -> int | None:
        """消費税 on all lines."""
        in_lines = not frame_named(self.frame).outlay
        if in_lines and self.quote.unread("reduced_base"):
            return None
        reduced = self.quote.get("reduced_base", 0) if in_lines else 0
        return None if self.total is None else tax.tax(self.total, reduced, self.on)

    @property
    def gross(self) -> int | None:
        """支払総額（税込）."""
        return None if self.total is None or self.tax is None else self.total + self.tax

    @property
    def own_burden(self) -> int | None:
        """自己負担（税抜）."""
        return None if self.total is None or self.subsidy is None else self.total - self.subsidy

    @property
    def out_of_pocket(self) -> int | None:
        """手出し（税込）."""
        return None if self.gross is None or self.subsidy is None else self.gross - self.subsidy


def amounts(quote: Quote, frame: Frame) -> Assessment:
    """One frame for one quote, without its findings."""
    on = quote.applied_on
    make = partial(Assessment, frame.name, frame.label, quote, on)
    if quote.unread("application_date"):
        return make(None, None, (), None, UNDATED)
    try:
        p, rule = evaluate.in_force(frame, on), edition(line_limits.Edition, on)
    except ArgumentError as e:
        return make(None, None, (), None, e.message)
    small = headcount.small(quote)
    expenses = split(quote.lines, frame, rule, quote.get("total_discount", 0)) if frame.line_classes else ()
    needs = _needs(quote, frame, small, expenses) or tax_needs(quote, expenses)
    if not needs and (fallen := frame.ineligible_because(quote, expenses)):
        return make(p.since, small, expenses, None, "", fallen)
    try:
        calculation = None if needs else evaluate.scalar(frame, arguments(frame, quote, expenses, small), on)
    except ArgumentError as e:  # sums beyond the domain
        return make(p.since, small, expenses, None, e.message)
    return make(p.since, small, expenses, calculation, needs)


def split(all_lines: Sequence[Line], frame: Frame, rule: line_limits.Edition, less: int = 0) -> tuple[Expense, ...]:
    """Each line after the limits, in the order of the quote; the cap on services is used up from the top.

    `less`: 合計からの値引, which the lines bear in proportion to their amounts.
    """
    expenses: list[Expense] = []
    used = 0
    borne = _borne(all_lines, rule, less)
    for line, allotted, reason in zip(all_lines, borne, _reasons(all_lines, borne, frame, rule), strict=True):
        expense = _expense(line, reason, used, rule.months(line.category, frame.month_limits), rule, allotted)
        if rule.major(line.category) == "Ⅲ" and reason == 0:
            used += expense.step("line_months")
        expenses.append(expense)
    return tuple(expenses)


def _borne(all_lines: Sequence[Line], rule: line_limits.Edition, less: int) -> list[int]:
    """What each line bears of 合計からの値引; nothing while a line has no amount, or where it is beyond their sum."""
    if not less:
        return [0] * len(all_lines)
    listed = [
        expense.step("line_listed")
        for line in all_lines
        if (expense := _expense(line, 0, 0, None, rule)).amount is not None
    ]
    known = len(listed) == len(all_lines) and total_discount.bearable(listed, less)
    return total_discount.spread(listed, less) if known else [0] * len(all_lines)


def _reasons(all_lines: Sequence[Line], borne: Sequence[int], frame: Frame, rule: line_limits.Edition) -> list[int]:
    """Why each line does not count; of the consulting lines that would, only the largest do."""
    software = [line for line in all_lines if _own_reason(line, frame, rule) == 0 and rule.major(line.category) == "Ⅰ"]
    found = [_own_reason(line, frame, rule) or _company_reason(line, all_lines, software, rule) for line in all_lines]
    consulting = [n for n, line in enumerate(all_lines) if line.category == CONSULTING and found[n] == 0]
    size = {n: _expense(all_lines[n], 0, 0, None, rule, borne[n]).amount or 0 for n in consulting}
    for n in seconds(size, rule):
        found[n] = line_limits.SECOND
    return found


def seconds(sizes: Mapping[int, int], rule: line_limits.Edition) -> list[int]:
    """Which consulting lines do not count: all but the largest of one application（行 -> 円）."""
    return sorted(sizes, key=lambda n: -sizes[n])[rule.consulting.value :]


def _own_reason(line: Line, frame: Frame, rule: line_limits.Edition) -> int:
    """Why a line cannot count by itself; a key of line_limits.REASONS."""
    terms, major = rule.terms(line.contract), rule.major(line.category)
    if not line.readable or not major:
        return line_limits.UNREAD
    if terms is None or not terms.eligible:
        return line_limits.BAD_CONTRACT
    if major not in frame.line_classes:
        return line_limits.NOT_HERE
    if major == "Ⅰ" and not frame.accepts(line):
        return line_limits.NO_FUNCTION
    return line_limits.TWICE if line.other_subsidy else line_limits.COUNTS


def _company_reason(line: Line, all_lines: Sequence[Line], software: Sequence[Line], rule: line_limits.Edition) -> int:
    """Why options, services and hardware cannot count in this company of lines."""
    if rule.major(line.category) == "Ⅰ":
        return line_limits.COUNTS
    if not software:
        return line_limits.ALONE
    own = [s for s in all_lines if rule.major(s.category) == "Ⅰ" and s.tool == line.tool]
    if own and not any(s in software for s in own):
        return line_limits.ALONE
    return line_limits.COUNTS if line_limits.paired(line, all_lines) else line_limits.UNPAIRED


def _expense(
    line: Line, reason: int, used: int, limit: Amount | None, rule: line_limits.Edition, allotted: int = 0
) -> Expense:
    part = line_limits.PARTS.get(line.category or 0, "cost")
    facts = _facts(line, rule)
    if facts is None:
        return Expense(line, part, None, 0, reason or line_limits.UNREAD)
    service = rule.major(line.category) == "Ⅲ"
    known = {"limit": limit.value if limit else 0, "service": service, "before": used, "reason": reason}
    trace = Trace()
    eligible = line_limits.eligible(SimpleNamespace(**facts, **known, allotted=allotted), rule, trace)
    expense = Expense(line, part, None, 0, line_limits.OUTSIDE, tuple(trace))
    if not 0 <= expense.step("line_listed") <= (kinds()["yen"].high or 0):
        return expense  # a discount above the price, or far too much
    return replace(expense, amount=expense.step("line_amount"), eligible=eligible, reason=reason)


def _facts(line: Line, rule: line_limits.Edition) -> dict[str, Any] | None:
    """What the amount of a line follows from; None where a cell of it cannot be read."""
    terms = rule.terms(line.contract)
    allowed = terms is not None and terms.eligible
    # A lease with months costs its price every month, eligible or not: what is paid must not look smaller
    timed = terms.months if terms is not None and allowed else bool(line.months)
    if not line.readable or None in (line.price, line.quantity) or (timed and not line.months):
        return None
    names = ("price", "quantity", "discount")
    return {
        **{name: getattr(line, name) for name in names},
        "months": line.months if timed else 1,
        "monthly": timed and line.contract != YEARLY,
        "yearly": line.contract == YEARLY,
    }


def _needs(quote: Quote, frame: Frame, small: bool | None, expenses: Sequence[Expense]) -> str:
    """What is missing before this frame has an amount."""
    if not frame.line_classes:
        return frame.missing_inputs(quote, expenses)
    unsized = small is None and any(a.name == "small_biz" for a in frame.arguments)
    return lines_need(quote, expenses) or (SIZE if unsized else "") or frame.missing_inputs(quote, expenses)


def lines_need(quote: Quote, expenses: Sequence[Expense]) -> str:
    """What is missing before the lines have amounts, whichever the frame."""
    tests = (
        (not quote.lines, NO_LINES),
        (quote.get("tax_unknown"), WITHOUT_TAX),
        (any(expense.amount is None for expense in expenses), UNREADABLE),
        (quote.unread("total_discount") or not _bearable(quote, expenses), TOO_MUCH_OFF),
    )
    return next((words for lacking, words in tests if lacking), "")


def _bearable(quote: Quote, expenses: Sequence[Expense]) -> bool:
    """Whether the lines can bear 合計からの値引."""
    less = quote.get("total_discount", 0)
    return not less or total_discount.bearable([s.step("line_listed") for s in expenses], less)


def tax_question(quote: Quote, total: int | None) -> str:
    """What is doubtful in the quote's total with tax, in Japanese; "" where it agrees with the lines or is not given."""
    gross, less = quote.get("quoted_gross"), quote.get("total_discount", 0)
    if gross is None or total is None:
        return ""
    nets = (total, total + less)  # after 合計からの値引, or before it
    agreed = [net + tax.tax(net, quote.get("reduced_base", 0), quote.applied_on) for net in nets]
    if gross in agreed:
        return ""
    if gross in nets:
        return "明細の合計が見積書の税込合計と同じです。単価が税込になっています。税抜の単価に直すか、税区分を税込にしてください。"
    return f"明細の合計に消費税を足すと{agreed[0]:,}円で、見積書の税込合計{gross:,}円と合いません。単価か税区分を直してください。"


def tax_needs(quote: Quote, expenses: Sequence[Expense]) -> str:
    """Where the cost cannot be known because of the tax, there is no amount."""
    amounts = [expense.amount or 0 for expense in expenses]
    if not expenses:
        return ""
    gross = ("quoted_gross",) if quote.get("quoted_gross") is None else ("reduced_base",)
    return WITHOUT_TAX if quote.unread(*gross) or tax_question(quote, sum(amounts)) else ""


def arguments(frame: Frame, quote: Quote, expenses: Sequence[Expense], small: bool | None) -> dict[str, Any]:
    """The frame's arguments from the quote."""
    sums = {part: sum(s.eligible for s in expenses if s.part == part) for part in ("cost", "pc_cost", "register_cost")}
    known = {**sums, "small_biz": small, **frame.arguments_from(quote, expenses)}
    return {a.name: known[a.name] for a in frame.arguments if a.name in known}
