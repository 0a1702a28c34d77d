"""A quote workbook becomes its cells, and these a Quote: only inputs are read, and every mistake is a finding.

Cells are found by the defined names and the table that the file itself has, so sheets may be renamed or moved and
columns put in another order. Formulas are never run, nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from string import ascii_uppercase
from typing import Any, TypeVar

from rules.quote import Quote
from workbooks.files.address import number
from workbooks.files.markup import Damaged
from workbooks.files.zip_guard import BROKEN
from workbooks.form import layout
from workbooks.reading import cell_values
from workbooks.reading.cached_results import compare_results
from workbooks.reading.filled import Cell, Filled
from workbooks.reading.inputs import quote
from workbooks.reading.package import Package, Place, Table
from workbooks.reading.worksheet import At, Far
from workbooks.reading.xlsx_guard import DAMAGED, FAR, Unreadable, inspect, name

T = TypeVar("T")
Rows = Sequence[Mapping[str, Cell]]
Sheet = tuple[list[list[Any]], Mapping[At, str]]  # values from A1 on, and flaws by row and column from 1
RESTORE = "消した行・列・シートを元に戻すか、配布のブックに入力し直してください。"
NAMELESS = (
    "入力欄の名前が一つも残っていないブックです（ほかのプログラムで書き出すと失われます）。"
    "もとの見積のブックを使うか、配布のブックに入力し直してください。"
)
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
    except Far:
        raise Unreadable(name(Path(path)) + FAR) from None
    except (Damaged, *BROKEN):
        raise Unreadable(name(Path(path)) + DAMAGED) from None


class Book:
    """One open workbook."""

    def __init__(self, blob: bytes) -> None:
        self._package = Package(blob)
        self._sheets: dict[str, Sheet] = {}

    def filled(self) -> Filled:
        """Everything that the reader takes."""
        if self._package.since_1904:
            raise Unreadable(MAC_DATES)
        self._lost_columns: list[str] = []
        places = self._package.names()
        if not places.keys() & layout.INPUT.keys():
            raise Unreadable(NAMELESS)
        form = self._form(places)
        wanted = [i for i in layout.INPUTS if i.name in places or i.since <= form]
        names = {i.name: self._cell(places[i.name]) for i in wanted if i.name in places}
        lost = [_lost(i) for i in wanted if i.name not in places]
        results = {r.name: self._cell(places[r.name]) for r in layout.RESULTS if r.name in places}
        tables = {
            table.name: tuple(self._rows(found, table.grows))
            for table in layout.MORE
            if (found := self._table(table, form))
        }
        lines = self._table(layout.LINES, form)
        rows = tuple(self._rows(lines)) if lines else ()
        unseen = self._unseen((rows, *tables.values()))
        return Filled(names, rows, tables, results, **unseen, lost=(*lost, *self._lost_columns))

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets of the file, in its order."""
        return tuple(self._package.sheets)

    def values(self, sheet: str) -> list[list[Any]]:
        """A sheet's values from A1 on."""
        return self._sheet(sheet)[0]

    def grid(self, sheet: str) -> list[list[Any]]:
        """The same with the text of an error where a cell has no value."""
        values, flaws = self._sheet(sheet)
        rows = [list(row) for row in values]
        for (row, column), flaw in flaws.items():
            rows += [[] for _ in range(row - len(rows))]
            rows[row - 1] += [None] * (column - len(rows[row - 1]))
            rows[row - 1][column - 1] = flaw
        return rows

    def _form(self, places: Mapping[str, Place]) -> int:
        """The version of the form that the file is written in; the first one did not say, and a name may be lost."""
        shown = max((i.since for i in layout.INPUTS if i.name in places), default=1)
        found = self._cell(places[layout.FORM_NAME]).value if layout.FORM_NAME in places else shown
        return max(int(found), shown) if isinstance(found, int | float) else layout.FORM

    def _cell(self, place: Place) -> Cell:
        """A cell's value; an error value as its text."""
        values, flaws = self._sheet(place.sheet)
        if flaw := flaws.get((place.row, place.column)):
            return Cell(flaw, place.address)
        row = values[place.row - 1] if place.row <= len(values) else []
        value = row[place.column - 1] if place.column <= len(row) else None
        return Cell(None if value == "" else value, place.address)

    def _sheet(self, name: str) -> Sheet:
        """A sheet's values from A1 on, and its flaws; read once."""
        if name not in self._sheets:
            found = self._package.cells(name)
            self._sheets[name] = _grid(found.values), found.flaws
        return self._sheets[name]

    def _table(self, wanted: layout.Table, form: int) -> Table | None:
        """A table with only the columns that are read, by their Python names; None where the form had none yet."""
        if wanted.since > form:
            return None
        table = self._package.table(wanted.name) or self._headed(wanted, form)
        if table is None:
            raise Unreadable(f"シート「{wanted.sheet}」に表（テーブル {wanted.name}）が見つからないので、{RESTORE}")
        typed_in = [c for c in wanted.typed if c.since <= form]
        columns = {c.name: _column(table, c) for c in typed_in}
        self._lost_columns += [
            f"シート「{table.sheet}」の表の「{c.title}」の列" for c in typed_in if not columns[c.name]
        ]
        return replace(table, columns={name: at for name, at in columns.items() if at})

    def _unseen(self, tables: Iterable[Rows]) -> Mapping[str, tuple[str, ...]]:
        """Cells of the tables that nobody sees as they are: in hidden rows or columns, or under another row's value."""
        hidden, narrow, merged = dict[At, str](), dict[At, str](), list[str]()
        for table, rows in enumerate(tables):
            for cell, blank in _cells_of_filled(rows):
                sheet, row, column = _place(cell.address)
                seen = self._package.cells(sheet)
                if blank:
                    merged += [cell.address] if seen.covered(row, column) else []
                    continue
                if row in seen.hidden:
                    hidden.setdefault((table, row), cell.address)
                if column in seen.narrow:
                    narrow.setdefault((table, column), cell.address)
        return {"hidden": tuple(hidden.values()), "narrow": tuple(narrow.values()), "merged": tuple(merged)}

    def _headed(self, wanted: layout.Table, form: int) -> Table | None:
        """The same where the table was turned into a plain range（範囲に変換）: found by its row of headings."""
        titles = {c.title for c in wanted.columns if c.since <= form}
        for sheet in sorted(self._package.sheets, key=lambda name: name != wanted.sheet):
            for row, cells in enumerate(self._sheet(sheet)[0][:HEADINGS], 1):
                texts = {"".join(cell.split()): at for at, cell in enumerate(cells, 1) if isinstance(cell, str)}
                columns = {title: texts[title] for title in titles if title in texts}
                if len(columns) == len(titles):
                    return Table(sheet, columns, row + 1, row + wanted.rows, False)
        return None

    def _rows(self, table: Table, grows: bool = True) -> Iterator[dict[str, Cell]]:
        """The rows of the table and, where nothing else stands there, all below it: nothing typed must get lost."""
        values, flaws = self._sheet(table.sheet)
        used = max([len(values), *(row for row, _ in flaws)])
        closed = table.totals or not grows
        for row in range(table.first, (min(table.last, used) if closed else used) + 1):
            yield {name: self._cell(Place(table.sheet, row, at)) for name, at in table.columns.items()}


def _column(table: Table, wanted: layout.Column) -> int:
    """The place of a column by its header; 0 for one that is not there and on which no amount depends."""
    for header, at in table.columns.items():
        if cell_values.same(header, wanted.title):
            return at
    if not wanted.decides:
        return 0
    raise Unreadable(
        f"シート「{table.sheet}」の表に「{wanted.title}」の列が見つからないので、見出しを「{wanted.title}」に戻してください。"
    )


def _cells_of_filled(rows: Rows) -> Iterator[tuple[Cell, bool]]:
    """The cells of every row in which something stands, and whether each is blank."""
    for row in rows:
        blank = {of: cell_values.blank(cell.value) for of, cell in row.items()}
        yield from ((cell, blank[of]) for of, cell in row.items() if not all(blank.values()))


def _place(address: str) -> tuple[str, int, int]:
    """The sheet, the row and the column of a cell's address."""
    sheet, _, at = address.rpartition("!")
    digits = at.lstrip(ascii_uppercase)
    return sheet, int(digits), number(at.removesuffix(digits))


def _grid(values: Mapping[At, Any]) -> list[list[Any]]:
    """The rows from 1 on, each as long as it needs to be."""
    rows: list[list[Any]] = [[] for _ in range(max((row for row, _ in values), default=0))]
    for (row, column), value in values.items():
        cells = rows[row - 1]
        cells += [None] * (column - len(cells))
        cells[column - 1] = value
    return rows


def _lost(i: layout.Input) -> str:
    """An input whose cell the file does not have, in words; where an amount depends on it, the file is refused."""
    which = f"シート「{i.sheet}」の「{i.label}」のセル（名前 {i.name}）"
    if i.decides:
        raise Unreadable(f"{which}が見つからないので、{RESTORE}")
    return which


__all__ = ["Cell", "Filled", "Unreadable", "compare_results", "open_quote", "quote", "read"]
