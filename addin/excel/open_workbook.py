"""A workbook that is open in Excel, read by the reader of files: saved or not, read-only or not, nothing is written.

A sheet's cells come over in two calls, Value2 for the numbers and Value to tell which of them are dates.
`book`, `sheet` and the like are Excel's own objects, late or early bound; they are asked for nothing newer than 2010.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from addin.excel.com_values import FIRST, NUMBERS, Row, error_name, rows
from rules.assess import Assessment
from rules.excel_values import VALUE, moment
from rules.frames import frame as frame_named
from rules.refusal import Refusal
from workbooks.files.address import number
from workbooks.form import layout
from workbooks.reading.filled import ERRORS, Filled
from workbooks.reading.package import ADDRESS, Package, Place, Table
from workbooks.reading.quote_file import assess_filled
from workbooks.reading.read import Book, Sheet
from workbooks.reading.worksheet import COLUMNS, ROWS, Cells

FOREIGN = (
    "いま開いているブックは見積のブックではないようです。見積のブックを前に出してから、もう一度押してください。"
    "新しく作るときは「新しい見積」を押します。"
)


def filled(book: Any) -> Filled:
    """The input cells and results of an open quote workbook."""
    return OpenBook(book).filled()


def assessed(book: Any, frame: str) -> Assessment:
    """One frame, or "" for the one it applies for, of an open workbook: as workbooks.reading.quote_file.assess_file for a file."""
    return assess_filled(filled(book), frame_named(frame) if frame else None)


class OpenBook(Book):
    """The reader's Book over an open workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._package = OpenPackage(book)
        self._sheets = {}

    def filled(self) -> Filled:
        """Everything that the reader takes."""
        if self._package.names().keys().isdisjoint(i.name for i in layout.INPUTS):
            raise Refusal(FOREIGN)
        return super().filled()

    def _sheet(self, name: str) -> Sheet:
        if name not in self._sheets:
            self._sheets[name] = block(self._book.Worksheets(name))
        return self._sheets[name]


class OpenPackage(Package):
    """What the reader asks of a file's parts, answered by Excel."""

    def __init__(self, book: Any) -> None:
        self._book = book

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The sheets by name; they have no part."""
        return {sheet.Name: "" for sheet in self._book.Worksheets}

    @property
    def since_1904(self) -> bool:
        """Whether dates count from 1904."""
        return bool(self._book.Date1904)

    def names(self) -> dict[str, Place]:
        """The workbook's defined names that lead to a cell."""
        return self._names

    @cached_property
    def _names(self) -> dict[str, Place]:
        found = ((name.Name, place(name.RefersTo)) for name in self._book.Names)
        return {name.lower(): at for name, at in found if at and at.sheet in self.sheets and "!" not in name}

    def cells(self, sheet: str) -> Cells:  # noqa: ARG002
        """No hidden rows and no merged cells are told: asking Excel for each takes seconds, and the person sees the sheet."""
        return Cells({}, {})

    def table(self, name: str) -> Table | None:
        """A table by its name, on whichever sheet it stands."""
        found = find_table(self._book, name)
        return None if found is None else _table(*found)


def place(refers_to: str) -> Place | None:
    """The cell that a defined name leads to.

    >>> place("='見積 (2)'!$C$5")
    Place(sheet='見積 (2)', row=5, column=3)
    """
    match = ADDRESS.fullmatch(refers_to.removeprefix("=").strip())
    return match and Place((match[1] or match[2]).replace("''", "'"), int(match[4]), number(match[3]))


def find_table(book: Any, name: str) -> tuple[Any, Any] | None:
    """A table by its name, with its sheet."""
    for sheet in book.Worksheets:
        for table in sheet.ListObjects:
            if table.Name.lower() == name.lower():
                return sheet, table
    return None


def _table(sheet: Any, table: Any) -> Table:
    area = table.Range
    columns = {column.Name: area.Column + n for n, column in enumerate(table.ListColumns)}
    first = area.Row + bool(table.ShowHeaders)
    last = area.Row + area.Rows.Count - 1 - bool(table.ShowTotals)
    return Table(sheet.Name, columns, first, last, bool(table.ShowTotals))


def block(sheet: Any) -> Sheet:
    """A sheet's values from A1 on as the reader of files has them, and its error cells by row and column."""
    used = sheet.UsedRange
    last = min(used.Row + used.Rows.Count - 1, ROWS), min(used.Column + used.Columns.Count - 1, COLUMNS)
    area = sheet.Range(sheet.Cells(1, 1), sheet.Cells(*last))
    cells = [list(row) for row in _rows(area.Value2)]
    for r, c in _dates(area):
        cells[r][c] = _dated(cells[r][c])
    errors = {(r, c): cell for r, row in enumerate(cells) for c, cell in enumerate(row) if type(cell) is int}
    for r, c in errors:
        cells[r][c] = None
    return cells, {(r + 1, c + 1): _error(cell) for (r, c), cell in errors.items()}


def _rows(value: Any) -> Sequence[Row]:
    """Value2 of an area: a single cell comes without its rows."""
    return rows(value) or ((value,),)


def _dates(area: Any) -> Iterator[tuple[int, int]]:
    """Where Excel shows a date or a time; nowhere when one of them is no date that COM can carry."""
    try:
        shown = _rows(area.Value)
    except (ValueError, OverflowError):
        return iter(())
    return ((r, c) for r, row in enumerate(shown) for c, cell in enumerate(row) if isinstance(cell, datetime))


def _dated(serial: Any) -> Any:
    """A serial number as the date, time or both that the reader of files would see."""
    return moment(serial) if isinstance(serial, float) else serial


def _error(value: int) -> str:
    known = FIRST <= value < FIRST + NUMBERS and error_name(value) in ERRORS
    return error_name(value) if known else VALUE
