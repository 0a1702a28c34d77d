"""A filled quote of any form, carried cell by cell into a workbook of the newest form. The old file is only read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from rules import line_limits
from rules.engine import evaluate
from rules.engine.argument import ArgumentError
from rules.engine.edition import EditionError, edition
from rules.frames import FRAMES
from rules.refusal import Refusal
from workbooks.building import cached_values, fill
from workbooks.building.quote_workbook import made
from workbooks.form import layout
from workbooks.form.layout import LINES, MORE, Size, Table
from workbooks.reading import cell_values
from workbooks.reading.filled import ERRORS, UNCALCULATED, Cell, Filled
from workbooks.reading.read import Book, look

DATE = "application_date"
Rows = Sequence[Mapping[str, Cell]]
Grid = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Old:
    """A filled quote as it stands in its file, and what else the file holds."""

    filled: Filled
    sheets: tuple[str, ...]  # that are no part of the form
    grids: Mapping[str, Grid]  # all values of the sheets that hold inputs, by the sheet's name in the form


@dataclass(frozen=True)
class Carried:
    """What was carried into the new file, and what was not."""

    data: bytes  # the new file
    cells: int
    lost: tuple[str, ...]  # addresses of formulas that no program had calculated: they have no value to carry
    beside: int  # cells with something in them beside the form
    kept_date: bool  # whether the 申請日 is that of the old file


def opened(path: Path) -> Old:
    """The old quote; a file that cannot be read raises Unreadable."""
    return look(path, _look)


def _look(book: Book) -> Old:
    filled = book.filled()
    known = {name: filled.names[name].address for name in filled.names} | {
        name: cell.address for name, cell in filled.results.items()
    }
    homes = {_sheet(address) for address in known.values()} | set(layout.SHEETS)
    inputs = {i.sheet: _sheet(known[i.name]) for i in reversed(layout.INPUTS) if i.name in known}
    grids = {sheet: book.values(home) for sheet, home in inputs.items()}
    return Old(filled, tuple(name for name in book.sheets if name not in homes), grids)


def carry(old: Old, on: date | None = None) -> Carried:
    """The new file; `on` is its 申請日. Without it the old one stays where the newest edition is in force on it."""
    names = dict(old.filled.names)
    kept = on is None and is_newest(names.get(DATE))
    if not kept:
        names[DATE] = Cell(on)
    tables = {name: _used(rows) for name, rows in _tables(old.filled).items()}
    book = made(_size(tables))
    beside = sum(_beside(grid, book[sheet], sheet) for sheet, grid in old.grids.items())
    written = [*_inputs(names), *(cell for table in layout.TABLES for cell in _rows(table, tables[table.name]))]
    for address, cell in written:
        _write(book, address, cell.value)
    lost = tuple(cell.address for _, cell in written if cell.value == UNCALCULATED)
    return Carried(cached_values.saved(book), len(written) - len(lost), lost, beside, kept)


def is_newest(cell: Cell | None) -> bool:
    """Whether a 申請日 may stay: it is blank, cannot be read (that is a finding), or the newest edition is in force."""
    if cell is None or cell_values.blank(cell.value):
        return True
    try:
        on = cell_values.day(cell.value)
    except cell_values.Mistake:
        return True
    try:
        old = [evaluate.in_force(frame, on).since for frame in FRAMES] + [edition(line_limits.Edition, on).since]
    except (ArgumentError, EditionError):
        return False
    return old == [evaluate.in_force(frame, None).since for frame in FRAMES] + [
        edition(line_limits.Edition, None).since
    ]


def _tables(filled: Filled) -> dict[str, Rows]:
    return {LINES.name: filled.rows, **{table.name: filled.tables.get(table.name, ()) for table in MORE}}


def _sheet(address: str) -> str:
    return address.rpartition("!")[0]


def _beside(grid: Grid, form: Worksheet, sheet: str) -> int:
    """How many cells hold something to the right of the form, or below it where no table grows."""
    grows = any(table.grows for table in layout.TABLES if table.sheet == sheet)
    right = sum(not cell_values.blank(value) for row in grid for value in row[form.max_column :])
    below = sum(not cell_values.blank(value) for row in grid[form.max_row :] for value in row[: form.max_column])
    return right if grows else right + below


def _used(rows: Rows) -> Rows:
    """The rows down to the last one in which something stands."""
    last = max(
        (n for n, row in enumerate(rows, 1) if any(not cell_values.blank(c.value) for c in row.values())), default=0
    )
    return rows[:last]


def _size(tables: Mapping[str, Rows]) -> Size:
    for table in layout.TABLES:
        if table.most and len(tables[table.name]) > table.most:
            found = f"シート「{table.sheet}」に{len(tables[table.name]):,}行あり、新しい様式に入る{table.most:,}行を超えています。"
            raise Refusal(found + "空いた行を詰めるか、見積を分けてください。")
    return Size.of(**{name: len(tables[name]) for name in ("lines", "partners", "members")})


def _inputs(names: Mapping[str, Cell]) -> Iterator[tuple[str, Cell]]:
    """The new address of every input that is not blank."""
    for name, cell in names.items():
        if not cell_values.blank(cell.value):
            yield layout.INPUT[name].address, cell


def _rows(table: Table, rows: Rows) -> Iterator[tuple[str, Cell]]:
    """The new address of every cell of a table that is not blank; rows keep their numbers."""
    for number, row in enumerate(rows, 1):
        for name, cell in row.items():
            if not cell_values.blank(cell.value):
                yield table.cell(name, number), cell


def _write(book: Workbook, address: str, value: Any) -> None:
    """One cell with its raw value: a text stays a text, an error value an error."""
    cell = book[_sheet(address)][address.rpartition("!")[2]]
    if value == UNCALCULATED:
        return
    if isinstance(value, str) and value not in ERRORS:
        fill.write(cell, value)
    else:
        cell.value = int(value) if isinstance(value, float) and value.is_integer() else value
