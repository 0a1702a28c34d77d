"""チェック: one simple check as a formula, and the pieces that such formulas share."""

from __future__ import annotations

from dataclasses import dataclass

from rules.checks.codes import codes
from rules.findings import NOTICE
from rules.frames import FRAMES
from rules.frames.contract import Frame
from workbooks.building.formula_text import quoted, ref, span, trimmed
from workbooks.building.sheets import amount_working, eligibility
from workbooks.form.layout import INPUT, YES, Table


@dataclass(frozen=True)
class Test:
    """A simple check: `wrong` is TRUE, FALSE, or an error while it cannot be told."""

    code: str
    text: str  # what to do where it is wrong
    wrong: str
    cell: str  # 見積!C5
    level: str = ""  # where it is not the code's own
    bad: str = ""  # of each row in the cell's table, as an array, whether it is wrong; "" where no row is to blame

    @property
    def notice(self) -> bool:
        """Whether there is only something to know."""
        return (self.level or codes()[self.code]["level"]) == NOTICE


def numbers(table: Table) -> str:
    """The numbers of a table's rows as they stand in column A: ROW over a range is no array in every calculator."""
    return span(table.sheet, f"A{table.first}", f"A{table.header + table.most}")


def first(table: Table, bad: str) -> str:
    """The number of the first bad row of a table, 1 where none is; a row that holds an error is not bad."""
    marked = f"(1-ISERROR(1/(({bad})*({numbers(table)}>0))))"
    return f"MOD({table.most}-SUMPRODUCT(MAX({marked}*({table.most + 1}-{numbers(table)}))),{table.most})+1"


def at(name: str) -> str:
    return INPUT[name].address


def said(name: str) -> str:
    return f"{trimmed(ref(name))}={quoted(YES)}"


def applied(*frames: Frame) -> str:
    """Whether one of these frames is applied for."""
    number = ref("out_frame")
    return f"OR({','.join(f'{number}={FRAMES.index(f) + 1}' for f in frames)})"


def where(frame: Frame, wrong: str) -> str:
    """A test that concerns one frame only."""
    return f"IF({applied(frame)},{wrong},FALSE)"


def falls(frame: Frame) -> str:
    """Whether the frame applied for falls, as 補助額 says it."""
    s = amount_working.section(frame)
    at = [number for number, test in enumerate(eligibility.tests(s), 1) if test.falls]
    return where(frame, f"OR({','.join(f'{amount_working.state(s)}={number}' for number in at)})")
