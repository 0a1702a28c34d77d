"""A quote workbook becomes its cells, and these a Quote: only inputs are read, and every mistake is a finding.

Cells are found by the defined names and the table that the file itself has, so sheets may be renamed or moved and
columns put in another order. Formulas are never run, nothing is written.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from defusedxml import DefusedXmlException
from python_calamine import CalamineError, CalamineWorkbook

from rules.quote import Quote
from workbooks import layout, typed
from workbooks.filled import Cell, Filled
from workbooks.guard import DAMAGED, Unreadable, inspect, name
from workbooks.inputs import quote
from workbooks.package import Package, Place, Table
from workbooks.results import compare_results

T = TypeVar("T")
RESTORE = "消した行・列・シートを元に戻すか、配布のブックに入力し直してください。"
HEADINGS = 100  # rows from the top among which headings are looked for
MAC_DATES = (
    "日付を1904年から数えるブックなので、Excel のオプション「1904年から計算する」を外し、日付を入れ直してください。"
)


def read(path: Path | str) -> Quote:
    """The quote in a file; a file that cannot be read raises Unreadable, with one Japanese sentence."""
    return quote(open_quote(path))


def open_quote(path: Path | str) -> Filled:
    """The input cells and the cached results of a quote workbook."""
    return look(path, lambda book: book.filled())


def look(path: Path | str, at: Callable[[Book], T]) -> T:
    """What `at` finds in a workbook; a file that cannot be read raises Unreadable."""
    blob = inspect(path)
    try:
        return at(Book(blob))
    except Unreadable:
        raise
    except (CalamineError, ParseError, DefusedXmlException, BadZipFile, ValueError, LookupError):
        raise Unreadable(name(Path(path)) + DAMAGED) from None
    except BaseException as e:
        if type(e).__name__ == "PanicException":  # calamine gave up on a package that is not what it says
            raise Unreadable(name(Path(path)) + DAMAGED) from None
        raise


class Book:
    """One open workbook: values from calamine, the rest from its parts."""

    def __init__(self, blob: bytes) -> None:
        self._package = Package(blob)
        self._values = CalamineWorkbook.from_filelike(io.BytesIO(blob))
        self._sheets: dict[str, tuple[list[list[Any]], dict[tuple[int, int], str]]] = {}

    def filled(self) -> Filled:
        """Everything that the reader takes."""
        if self._package.since_1904:
            raise Unreadable(MAC_DATES)
        places = self._package.names()
        form = self._form(places)
        wanted = [i for i in layout.INPUTS if i.name in places or i.since <= form]
        names = {i.name: self._cell(places.get(i.name) or _lost(i)) for i in wanted}
        results = {r.name: self._cell(places[r.name]) for r in layout.RESULTS if r.name in places}
        tables = {
            table.name: tuple(self._rows(found, table.grows))
            for table in layout.MORE
            if (found := self._table(table, form))
        }
        lines = self._table(layout.LINES, form)
        return Filled(names, tuple(self._rows(lines)) if lines else (), tables, results)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets of the file, in its order."""
        return tuple(self._package.sheets)

    def values(self, sheet: str) -> list[list[Any]]:
        """A sheet's values from A1 on."""
        return self._sheet(sheet)[0]

    def _form(self, places: Mapping[str, Place]) -> int:
        """The version of the form that the file is written in; the first one did not say."""
        found = self._cell(places[layout.FORM_NAME]).value if layout.FORM_NAME in places else 1
        return int(found) if isinstance(found, int | float) else layout.FORM

    def _cell(self, place: Place) -> Cell:
        """A cell's value; an error value as its text, since calamine shows it as blank."""
        values, flaws = self._sheet(place.sheet)
        if flaw := flaws.get((place.row, place.column)):
            return Cell(flaw, place.address)
        row = values[place.row - 1] if place.row <= len(values) else []
        value = row[place.column - 1] if place.column <= len(row) else None
        return Cell(None if value == "" else value, place.address)

    def _sheet(self, name: str) -> tuple[list[list[Any]], dict[tuple[int, int], str]]:
        """A sheet's values from A1 on, and its flaws; read once."""
        if name not in self._sheets:
            values = self._values.get_sheet_by_name(name).to_python(skip_empty_area=False)
            self._sheets[name] = values, self._package.flaws(name)
        return self._sheets[name]

    def _table(self, wanted: layout.Table, form: int) -> Table | None:
        """A table with only the columns that are read, by their Python names; None where the form had none yet."""
        if wanted.since > form:
            return None
        table = self._package.table(wanted.name) or self._headed(wanted)
        if table is None:
            raise Unreadable(f"シート「{wanted.sheet}」に表（テーブル {wanted.name}）が見つからないので、{RESTORE}")
        columns = {c.name: _column(table, c.title) for c in wanted.columns if not c.computed}
        return replace(table, columns=columns)

    def _headed(self, wanted: layout.Table) -> Table | None:
        """The same where the table was turned into a plain range（範囲に変換）: found by its row of headings."""
        titles = {c.title for c in wanted.columns}
        for sheet in sorted(self._package.sheets, key=lambda name: name != wanted.sheet):
            for row, cells in enumerate(self._sheet(sheet)[0][:HEADINGS], 1):
                columns = {cell: at for at, cell in enumerate(cells, 1) if isinstance(cell, str) and cell in titles}
                if len(columns) == len(titles):
                    return Table(sheet, columns, row + 1, row + wanted.rows, False)
        return None

    def _rows(self, table: Table, grows: bool = True) -> Iterator[dict[str, Cell]]:
        """The rows of the table and, where nothing else stands there, all below it: nothing typed must get lost."""
        values, flaws = self._sheet(table.sheet)
        used = max([len(values), *(row for row, _ in flaws)])
        closed = table.totals or not grows
        for row in range(table.first, (table.last if closed else used) + 1):
            yield {name: self._cell(Place(table.sheet, row, at)) for name, at in table.columns.items()}


def _column(table: Table, title: str) -> int:
    """The place of a column by its header."""
    for header, at in table.columns.items():
        if typed.same(header, title):
            return at
    raise Unreadable(
        f"シート「{table.sheet}」の表に「{title}」の列が見つからないので、見出しを「{title}」に戻してください。"
    )


def _lost(i: layout.Input) -> NoReturn:
    raise Unreadable(f"シート「{i.sheet}」の「{i.label}」のセル（名前 {i.name}）が見つからないので、{RESTORE}")


__all__ = ["Cell", "Filled", "Unreadable", "compare_results", "open_quote", "quote", "read"]
