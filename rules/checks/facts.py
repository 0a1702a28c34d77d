"""The facts that the conditions of checks name, as values of an assessment; `workbooks.building.sheets.check_facts` has their cells.

A name is an input of the quote, a fact of a table below, or, of a row, a column of its table.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, cast

from rules import headcount, line_limits, minimum_wage, near_minimum_wage, planned_dates
from rules.assess import TOO_MUCH_OFF, Assessment, Expense, tax_question
from rules.checks.codes import rule
from rules.engine.condition import equal
from rules.engine.edition import edition
from rules.frames import etrade, normal
from rules.frames.contract import Frame
from rules.line_limits import MAJORS, OUTSIDE, SERVICES, SOFTWARE, UNREAD
from rules.quote import NO, YES

SERVICE = MAJORS.index("Ⅲ") + 1
TABLES: Mapping[str, Callable[[Assessment], Sequence[Any]]] = {
    "lines": lambda a: a.expenses,
    "partners": lambda a: a.quote.partners,
    "members": lambda a: a.quote.members,
}


class Unknown(Exception):
    """A fact is blank, or cannot be told."""


class Known:
    """What a condition asks of a quote or of a row: facts by name. Here they are values, on the sheet cells."""

    def fact(self, name: str) -> Any:
        """A fact; None where it is blank or cannot be told."""

    def law(self, page: type, value: Callable[[Any, str], Any]) -> Any:
        """A value of the edition in force, for the frame applied for."""

    def steps(self, module: Frame) -> Any:
        """Every argument and step of a frame's calculation by its name."""

    def given(self, name: str, default: Any) -> Any:
        """A fact, or what stands for it where it is not known."""
        return default if (value := self.fact(name)) is None else value

    def blank(self, name: str) -> Any:
        """Whether a cell is blank."""
        return self.fact(name) in (None, "")

    def __getitem__(self, name: str) -> Any:
        if (value := self.fact(name)) is None:
            raise Unknown
        return value

    def says(self, name: str) -> Any:
        """Whether a question is answered はい."""
        return equal(self.fact(name), YES)

    def denies(self, name: str) -> Any:
        """Whether a question is answered いいえ."""
        return equal(self.fact(name), NO)

    def stated(self, module: Frame, condition: Callable[[Any, Any], Any]) -> Any:
        """A condition that a frame states of its own calculation."""
        return self.law(module.parameters, lambda p, _: condition(self.steps(module), p))


class Facts(Known):
    """The facts of an assessment, or with `row` of a line after the limits or a partner."""

    def __init__(self, a: Assessment, row: Any = None) -> None:
        self.a, self.row = a, row

    @property
    def quote(self) -> Facts:
        """The facts of a row's quote."""
        return Facts(self.a)

    def fact(self, name: str) -> Any:
        """A fact; KeyError or AttributeError where a check names one that there is not."""
        if self.row is None:
            found = FACTS[name](self.a) if name in FACTS else self.a.quote.get(name)
        elif name in LINE and isinstance(self.row, Expense):
            found = LINE[name](self.a, self.row)
        else:
            found = getattr(getattr(self.row, "line", self.row), name)
        if isinstance(found, bool) and name not in FACTS and name not in LINE:
            return YES if found else NO
        return "、".join(cast("tuple[str, ...]", found)) if isinstance(found, tuple) else found

    def law(self, page: type, value: Callable[[Any, str], Any]) -> Any:
        """A value of the edition in force on the day of application."""
        return value(edition(page, self.a.on), self.a.frame)


def of_categories(a: Assessment, *categories: int) -> int:
    """補助対象経費 of the lines of some categories（円）."""
    return sum(s.eligible for s in a.expenses if s.line.category in categories)


def wage(a: Assessment, month: bool) -> minimum_wage.Wage | None:
    """The minimum wage of the workplace in the 直近月, or on the day of application; None where it is not known."""
    prefecture = a.quote.get("office_prefecture") or a.quote.get("prefecture")
    if not prefecture or a.on is None:
        return None
    return minimum_wage.in_force(prefecture, minimum_wage.latest_month(a.on) if month else a.on)


def answered(a: Assessment) -> Sequence[Any]:
    """The months of 最低賃金近傍 that say anything."""
    return [m for m in a.quote.months if m.everyone is not None or m.below is not None or not m.readable]


def _near(a: Assessment) -> bool | None:
    return near_minimum_wage.verdict(a.quote.months, a.on) if answered(a) else None


def _size_changes(a: Assessment) -> bool | None:
    everyone = headcount.everyone(a.quote)
    if a.quote.get("employees") is None or everyone is None:
        return None
    return headcount.changes_size(a.quote, everyone)


def _has_process(kind: str, a: Assessment) -> bool:
    """Whether software that counts has a kind of process."""
    return any(kind in normal.processes(s.line) for s in a.expenses if s.line.category == SOFTWARE and s.reason == 0)


FACTS: Mapping[str, Callable[[Assessment], Any]] = {
    "on": lambda a: a.on,  # 申請日
    "read": lambda _: (
        True
    ),  # every line: on the sheet an error beside a line that nobody can read, which the reader names
    "first_day": lambda a: first[0] if (first := planned_dates.decided(a.quote, a.frame)) else None,  # to order on
    "subsidy": lambda a: a.subsidy,
    "total": lambda a: a.total,
    "small_biz": lambda a: a.small_biz,
    "falls": lambda a: bool(a.falls),
    "calculated": lambda a: bool(a.calculation),
    "too_much_off": lambda a: a.needs == TOO_MUCH_OFF and bool(a.quote.get("total_discount")),
    "tax_disagrees": lambda a: bool(tax_question(a.quote, a.total)),
    "everyone": lambda a: headcount.everyone(a.quote),
    "size_changes": _size_changes,  # whether the size hangs on who is counted
    "wage_due": lambda a: w.yen if (w := wage(a, month=True)) else None,
    "wage_now": lambda a: w.yen if (w := wage(a, month=False)) else None,
    "wage_doubt": lambda a: bool((w := wage(a, month=False)) and w.doubt),
    # software that counts or may: what cannot be read has a finding of its own
    "software": lambda a: sum(_major(a, s) == 1 and s.reason in (0, UNREAD, OUTSIDE) for s in a.expenses),
    "software_lines": lambda a: sum(s.line.category == SOFTWARE for s in a.expenses),
    "software_cost": lambda a: of_categories(a, SOFTWARE),
    "services_cost": lambda a: of_categories(a, *SERVICES),
    "accounts": lambda a: etrade.accounts(a.quote),  # of 中小企業等
    "partners": lambda a: len(a.quote.partners),
    "months_told": lambda a: len(answered(a)),
    **{kind: partial(_has_process, kind) for kind in normal.PROCESSES},
    "near": lambda a: bool(_near(a)),  # 最低賃金近傍 by the months
    "near_undecided": lambda a: bool(answered(a)) and _near(a) is None,
}


def travel_cost(expense: Expense) -> tuple[str, str] | None:
    """The column of a line that names a travel cost, and the word: the first that no harmless word follows."""
    data = rule("TRAVEL").data
    for name in ("item", "note"):
        text = unicodedata.normalize("NFKC", getattr(expense.line, name))
        for word in data["words"]:
            if any(not after.startswith(tuple(data["harmless"])) for after in text.split(word)[1:]):
                return name, word
    return None


def _major(a: Assessment, expense: Expense) -> int:
    found = edition(line_limits.Edition, a.on).major(expense.line.category)
    return MAJORS.index(found) + 1 if found else 0


def _months(a: Assessment, expense: Expense) -> str:
    """月数 as it is typed; what could not be read has a finding of its own."""
    unread = any(f.cell == expense.line.cell("months") and f.cell and "空欄" not in f.message for f in a.quote.findings)
    return "?" if unread else str(expense.line.months or "")


LINE: Mapping[str, Callable[[Assessment, Expense], Any]] = {
    "major": _major,  # 大分類 as a number from 1
    "reason": lambda _, s: s.reason,
    "allowed": lambda a, s: bool((t := edition(line_limits.Edition, a.on).terms(s.line.contract)) and t.eligible),
    "timed": lambda a, s: bool((t := edition(line_limits.Edition, a.on).terms(s.line.contract)) and t.months),
    "other_subsidy": lambda _, s: s.line.other_subsidy,
    "travel": lambda a, s: _major(a, s) == SERVICE and travel_cost(s) is not None,
    "paired": lambda a, s: line_limits.paired(s.line, a.quote.lines),
    "text_months": _months,
    "limit": lambda a, s: m.value if (m := edition(line_limits.Edition, a.on).months(s.line.category)) else 0,
    "named": lambda a, s: any(o.line.tool == s.line.tool for o in a.expenses if o.line.category == SOFTWARE),
    "line_amount": lambda _, s: s.step("line_amount"),
    "line_months": lambda _, s: s.step("line_months"),
    "line_capped": lambda _, s: s.step("line_capped"),
    "line_eligible": lambda _, s: s.eligible,
}
