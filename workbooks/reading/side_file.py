"""A file beside the quote (CSV, or the sheet of a workbook) as rows: its columns are found by their headings.

Every cell that cannot be read is a finding at its row; columns that the table does not have are named, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from rules.findings import Finding
from rules.names import folded, nearest
from rules.quote import Row
from workbooks.form.side_files import DATE
from workbooks.form.tables import Table
from workbooks.form.vocabulary import TIDY
from workbooks.reading import cell_values, csv_file
from workbooks.reading.columns import READERS
from workbooks.reading.filled import Cell
from workbooks.reading.read import HEADINGS, look
from workbooks.reading.tables import row
from workbooks.reading.xlsx_guard import Unreadable, name

R = TypeVar("R", bound=Row)
LARGEST = 4 << 20  # bytes of a CSV: ten thousand rows have 1 MB
WORKBOOKS = (".xlsx", ".xlsm")
Grid = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Side(Generic[R]):
    """What a file holds, what in it cannot be read, and the headings of columns that were not read."""

    rows: tuple[R, ...]
    findings: tuple[Finding, ...]
    ignored: tuple[str, ...]


def side_file(path: Path, cls: type[R], table: Table) -> Side[R]:
    """The rows of a file; one that cannot be read, or lacks a column, raises Unreadable."""
    grid, top = _headed(path, table)
    rows = [(n, cells) for n, cells in enumerate(grid[top + 1 :], top + 2) if not all(map(cell_values.blank, cells))]
    if len(rows) > table.most:
        told = f"{name(path)}には{len(rows):,}行あります。読めるのは{table.most:,}行までなので、要る行だけを残してください。"
        raise Unreadable(told)
    places, ignored = _places(grid[top], table, name(path))
    found: list[Finding] = []
    made = [
        _row(cls, table, number, _cells(cells, places, f"{path.name} {number}行目"), found)
        for number, cells in rows
        if not _beyond(cells, len(grid[top]), f"{path.name} {number}行目", found)
    ]
    return Side(tuple(one for one in made if one is not None), tuple(found), ignored)


def _row(cls: type[R], table: Table, number: int, cells: Mapping[str, Cell], found: list[Finding]) -> R | None:
    return row(cls, table, number, cells, found, {**READERS, DATE: lambda value, _: cell_values.day(value)})


def _cells(cells: Sequence[Any], places: Mapping[str, int], where: str) -> dict[str, Cell]:
    return {name: Cell(cells[at] if at < len(cells) else None, where) for name, at in places.items()}


def _beyond(cells: Sequence[Any], width: int, where: str, found: list[Finding]) -> bool:
    """Whether a row has a value behind the last heading: 1,280 without quotes is two cells, and the price 1."""
    extra = next((str(cell) for cell in cells[width:] if not cell_values.blank(cell)), "")
    if extra:
        message = f"見出しの列より多い値「{cell_values.short(extra)}」があります。桁区切りのカンマなら消してください。"
        found.append(cell_values.unreadable(message, where))
    return bool(extra)


def _headed(path: Path, table: Table) -> tuple[Grid, int]:
    """The rows, and the first of them that holds a heading that the table must have."""
    wanted = {_folded(c.title) for c in table.columns if c.required}
    for grid in _grids(path):
        for top, cells in enumerate(grid[:HEADINGS]):
            if wanted & {_folded(cell) for cell in cells}:
                return grid, top
    titles = "、".join(c.title for c in table.columns)
    raise Unreadable(f"{name(path)}に見出しの行が見つかりません。1行目に見出し（{titles}）を入れてください。")


def _grids(path: Path) -> Iterator[Grid]:
    if path.suffix.lower() in WORKBOOKS:
        yield from look(path, lambda book: [book.grid(sheet) for sheet in book.sheets])
    else:
        yield csv_file.lines(path, LARGEST)


def _places(header: Sequence[Any], table: Table, called: str) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each column stands, and the headings that name none; a required one that is missing, or a double, raises."""
    at = {_folded(c.title): c.name for c in table.columns}
    places: dict[str, int] = {}
    ignored: list[str] = []
    for n, cell in enumerate(header):
        column = at.get(_folded(cell))
        if column in places:
            raise Unreadable(
                f"{called}に列「{cell}」が二つあります（{places[column] + 1}列目と{n + 1}列目）。一つにしてください。"
            )
        if column:
            places[column] = n
        elif not cell_values.blank(cell):
            ignored.append(cell_values.short(str(cell)))
    for c in table.columns:
        if c.required and c.name not in places:
            near = nearest(c.title, ignored)
            meant = f"「{near[0]}」のことなら、見出しを直してください。" if near else "列を加えてください。"
            raise Unreadable(f"{called}に列「{c.title}」がありません。{meant}")
    return places, tuple(ignored)


def _folded(cell: Any) -> str:
    """A heading without what a spreadsheet or a person adds: 単価（円） and ｶﾃｺﾞﾘｰ are headings, too."""
    return re.sub(r"\(.*?\)", "", folded(TIDY.text(str(cell)))) if isinstance(cell, str) else ""
