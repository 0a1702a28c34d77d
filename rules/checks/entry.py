"""What a check is: one condition on named facts, which Python runs on values and the sheet チェック prints as a formula.

Its words stand in `rules.engine.condition`. A fact is a value here and an Excel expression there; what is blank or cannot
be told is `Unknown` here and an error there, and either way the check is silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from rules import line_limits, near_minimum_wage
from rules.assess import Assessment
from rules.checks.codes import rule
from rules.checks.facts import TABLES, Facts, Unknown
from rules.dates import months_after
from rules.engine.edition import edition
from rules.engine.formula import Formula
from rules.findings import Finding
from rules.frames import frame, normal
from rules.frames.contract import Frame

Condition = Callable[[Any], Any]  # of the facts of the quote, or of a row
Detail = Callable[..., Finding | str]  # of the assessment, and of a row: a sentence, or a finding with more of its own


def later(day: Any, months: int) -> Any:
    """The same day some months on."""
    return Formula(f"EDATE({day.text},{months})") if isinstance(day, Formula) else months_after(day, months)


def always(_: Any) -> Any:
    """No condition."""
    return True


@dataclass(frozen=True)
class Check:
    """One check. Called on an assessment it yields its findings; entries with the same id share a row of チェック.

    A plain sentence may name `{a}` (the assessment), `{q[…]}` (an input), `{row}` and its `{line}`, and of the law in
    force `{p}` (the limits on lines), `{n}` (通常枠) and `{near}` (最低賃金近傍).
    """

    id: str  # the code, and which of its checks: SERVICES.cap
    cell: str  # at which it is said: an input, or table.column
    says: Detail | str | None  # None where another check or the frame itself says it
    condition: Condition = always  # of the facts
    row: Condition | None = None  # of a row of the cell's table, where rows are to blame
    when: Condition = always  # asked first: where it does not hold, nothing else needs to be known
    frames: tuple[Frame, ...] = ()  # that it concerns; all where none is named
    level: str = ""  # where it is not the code's own
    at: str = ""  # the source, where it is not the code's own
    first: bool = False  # whether the first bad row speaks for all

    @property
    def code(self) -> str:
        """The code of its findings."""
        return self.id.partition(".")[0]

    def __call__(self, a: Assessment) -> Iterator[Finding]:
        """Its findings in an assessment: one, or one for each row to blame."""
        if self.says is None or not self._concerns(a):
            return
        if not self.row:
            yield self._finding(a.quote.cell(self.cell), a)
        for row in self.bad(a)[:1] if self.first else self.bad(a):
            yield self._finding(getattr(row, "line", row).cell(self.cell.partition(".")[2]), a, row)

    def bad(self, a: Assessment) -> list[Any]:
        """The rows for which it holds."""
        if not self.row or not self._concerns(a):
            return []
        return [row for row in TABLES[self.cell.partition(".")[0]](a) if _holds(self.row, Facts(a, row))]

    def _concerns(self, a: Assessment) -> bool:
        """Whether it holds, as far as no row decides."""
        facts = Facts(a)
        mine = not self.frames or frame(a.frame) in self.frames
        return mine and _holds(self.when, facts) and _holds(self.condition, facts)

    def _finding(self, cell: str, a: Assessment, *rows: Any) -> Finding:
        said = _filled(self.says, a, *rows) if isinstance(self.says, str) else self.says(a, *rows) if self.says else ""
        if isinstance(said, str):
            said = rule(self.code)(said, level=self.level, at=_filled(self.at, a))
        return replace(said, cell=said.cell or cell)


def _filled(text: str, a: Assessment, row: Any = None) -> str:
    pages = {"p": line_limits.Edition, "n": normal.Edition, "near": near_minimum_wage.Edition}
    law = {name: edition(page, a.on) for name, page in pages.items()}
    return text.format(a=a, q=a.quote.inputs, row=row, line=getattr(row, "line", row), **law)


def _holds(condition: Condition, facts: Facts) -> bool:
    try:
        return bool(condition(facts))
    except Unknown:
        return False
