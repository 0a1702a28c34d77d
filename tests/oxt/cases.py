"""The worked examples as one workbook of formulas: with references, with constants, and as one array for each frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula

from rules.engine.evaluate import scalar
from rules.excel_values import serial_of
from rules.frames import frame as named
from tests.cases import FRAMES, Case, cases

MEMBERS = "members"
WIDTH = 5  # columns of a members table
SINGLE = tuple(f for f in FRAMES if f != "group")


def workbook(path: Path) -> dict[str, list[tuple[str, int | str]]]:
    """Writes the workbook; for each sheet its cells with formulas, and what each must show."""
    book, wanted = Workbook(), dict[str, list[tuple[str, int | str]]]()
    table = book.active
    assert table is not None
    table.title = MEMBERS
    for frame in FRAMES:
        sheet = book.create_sheet(frame)
        wanted[frame] = list(_written(sheet, table, frame))
    book.save(path)
    return wanted


def _written(sheet: Any, table: Any, frame: str) -> Iterator[tuple[str, int | str]]:
    """Arguments from A on, as_of last; then a formula with references, one with constants, and the array."""
    known, found = [a.name for a in named(frame).arguments], cases(frame)
    last = len(known) + 1
    for row, case in enumerate(found, 1):
        expected = shown(case)
        values = [*(case.arguments.get(name) for name in known), case.as_of]
        references = [_cell(sheet, table, row, c, value) for c, value in enumerate(values, 1)]
        for at, arguments in enumerate((references, [_constant(v) for v in values]), last + 1):
            if not any(isinstance(a, list) for a in arguments):
                cell = sheet.cell(row, at, f"=SUBSIDY_{frame.upper()}({','.join(arguments)})")
                yield cell.coordinate, expected
    if frame in SINGLE:
        yield from _array(sheet, frame, found, last)


def _cell(sheet: Any, table: Any, row: int, column: int, value: Any) -> str:
    """Puts a value into a cell; its reference, or nothing for an argument left out."""
    if value is None:
        return ""
    if isinstance(value, list):
        return _members(table, value)
    cell = sheet.cell(row, column, '=""' if value == "" else value)
    return cell.coordinate


def _members(table: Any, rows: Sequence[Sequence[Any]]) -> str:
    top = table.max_row + 2
    for r, row in enumerate(rows, top):
        for c, value in enumerate(row, 1):
            table.cell(r, c, value)
    table.cell(top + len(rows), 1).number_format = "0"  # a blank row that max_row counts
    return f"{MEMBERS}!A{top}:{get_column_letter(WIDTH)}{top + max(len(rows), 1) - 1}"


def _constant(value: Any) -> Any:
    """A value as a formula writes it; a list stays one, since blank cells cannot be written so."""
    if isinstance(value, list):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, str):
        return f'"{value}"'
    return "" if value is None else str(serial_of(value)) if isinstance(value, date) else repr(value)


def _array(sheet: Any, frame: str, found: Sequence[Case], last: int) -> Iterator[tuple[str, int | str]]:
    """All cases at once, with a blank cell for an argument left out."""
    letters = [get_column_letter(c) for c in range(1, last + 1)]
    ranges = ",".join(f"{x}1:{x}{len(found)}" for x in letters)
    column = get_column_letter(last + 4)
    whole = f"{column}1:{column}{len(found)}"
    sheet[f"{column}1"] = ArrayFormula(whole, f"=SUBSIDY_{frame.upper()}({ranges})")
    for row, case in enumerate(found, 1):
        yield f"{column}{row}", shown(case)


def shown(case: Case) -> int | str:
    """What Calc shows. It hands a truth value over as the number 1 or 0, so that TRUE yen are 1 yen there."""
    flags = {a.name for a in named(case.frame).arguments if a.kind == "flag"}
    numbers = {n: int(v) for n, v in case.arguments.items() if isinstance(v, bool) and n not in flags}
    if not numbers:
        return case.error or int(case.subsidy or 0)
    return scalar(named(case.frame), {**case.arguments, **numbers}, case.as_of).subsidy
