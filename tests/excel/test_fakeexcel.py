"""The stand-in for Excel's objects held against an Excel that is not ours (pyOpenVBA's), by the same calls on both.

On Windows' Python the add-in's buttons ask that one over real COM (tests/windows/inside/test_ribbon.py).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.exceptions import VBARuntimeError
from pyopenvba.interpreter._objects import VBAObject
from pyopenvba.interpreter._values import EMPTY, NOTHING, VBAArray, VBACurrency, VBADate, VBAErrorValue, VBAInt

from addin.excel import buttons, comments
from addin.excel.open_workbook import OpenPackage
from tests.excel import fakecom, fakeexcel
from workbooks.reading.package import Package

EXAMPLES = [buttons.BOOK.parent / "examples" / f"{name}.xlsx" for name in ("gaps", "group")]
NEED_ARGUMENTS = ("Worksheet", "Range")
Both = tuple[Any, Any]


class Model:
    """An object of the model, asked as Python asks a late bound COM object."""

    def __init__(self, inner: Any) -> None:
        self.__dict__["inner"] = inner

    def __getattr__(self, name: str) -> Any:
        spec = self.inner.vba_member(name)
        if spec is None:
            raise AttributeError(name)
        if spec.kind == "method" or (self.inner.vba_type_name, name) == NEED_ARGUMENTS:
            return lambda *given: plain(self.inner.vba_get(name, [inner(g) for g in given]))
        return plain(self.inner.vba_get(name))

    def __setattr__(self, name: str, value: Any) -> None:
        self.inner.vba_set(name, inner(value))

    def __call__(self, *given: Any) -> Any:
        return plain(self.inner.vba_get("Item", list(given)))

    def __iter__(self) -> Iterator[Any]:
        return map(plain, self.inner.vba_iterate())


def rows(array: VBAArray) -> tuple[tuple[Any, ...], ...]:
    (top, bottom), (left, right) = array.bounds
    return tuple(tuple(plain(array.get([r, c])) for c in range(left, right + 1)) for r in range(top, bottom + 1))


PLAIN: dict[type, Callable[[Any], Any]] = {
    VBAErrorValue: lambda e: fakecom.FIRST + e.number,
    VBADate: lambda d: d.to_datetime().replace(tzinfo=UTC),
    VBACurrency: Decimal,
    VBAArray: rows,
    VBAInt: int,
}


def plain(value: Any) -> Any:
    """A value as pywin32 hands it over."""
    if value is EMPTY or value is NOTHING:
        return None
    return Model(value) if isinstance(value, VBAObject) else PLAIN.get(type(value), lambda same: same)(value)


def inner(value: Any) -> Any:
    """A value as VBA has it."""
    if isinstance(value, Model):
        return value.inner
    if isinstance(value, tuple):
        height, width = len(value), len(value[0])
        items = [inner(value[r][c]) for c in range(width) for r in range(height)]
        return VBAArray([(1, height), (1, width)], items=items)
    return EMPTY if value is None else VBAInt(value, "Long") if type(value) is int else value


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.stem)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Both:
    """The same workbook in the stand-in and in the model."""
    path = Path(shutil.copy(request.param, tmp_path_factory.mktemp("both")))
    return fakeexcel.File(path).com(), Model(ExcelApplication.open(path, with_vba=False).workbooks()[0])


def same(both: Both, call: Callable[[Any], Any]) -> Any:
    """What a call gives on both."""
    ours, theirs = map(call, both)
    assert ours == theirs
    return ours


def area(range_: Any) -> tuple[int, int, int, int]:
    return range_.Row, range_.Column, range_.Rows.Count, range_.Columns.Count


def test_names_and_places(both: Both) -> None:
    assert len(same(both, lambda book: {n.Name.lower(): n.RefersTo.replace("$", "") for n in book.Names})) > 200
    same(both, lambda book: [sheet.Name for sheet in book.Worksheets])
    same(both, lambda book: book.Name)


def test_values(both: Both) -> None:
    for name in [sheet.Name for sheet in both[0].Worksheets]:
        for ask in ("Value2", "Value"):
            ours, theirs = (cells(book.Worksheets(name), ask) for book in both)
            assert ours == theirs, (name, ask)


def cells(sheet: Any, ask: str) -> dict[tuple[int, int], Any]:
    """The cells that hold something, by row and column."""
    used = sheet.UsedRange
    last = sheet.Cells(used.Row + used.Rows.Count - 1, used.Column + used.Columns.Count - 1)
    rows = getattr(sheet.Range(sheet.Cells(1, 1), last), ask)
    found = {(r, c): cell for r, row in enumerate(rows, 1) for c, cell in enumerate(row, 1) if cell is not None}
    return {at: cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell for at, cell in found.items()}


def test_tables(both: Both) -> None:
    def tables(book: Any) -> dict[str, Any]:
        found = [(sheet, table) for sheet in book.Worksheets for table in sheet.ListObjects]
        return {
            table.Name: (
                sheet.Name,
                area(table.Range),
                [column.Name for column in table.ListColumns],
                bool(table.ShowHeaders),
                bool(table.ShowTotals),
                table.DataBodyRange is not None and area(table.DataBodyRange),
            )
            for sheet, table in found
        }

    assert len(same(both, tables)) >= 4


def test_protection(both: Both) -> None:
    def protection(sheet: Any) -> list[bool]:
        flags = sheet.ProtectContents, sheet.ProtectDrawingObjects, sheet.ProtectScenarios, sheet.ProtectionMode
        return [*map(bool, flags), *(bool(getattr(sheet.Protection, f"Allow{name}")) for name in comments.ALLOWED)]

    same(both, lambda book: {sheet.Name: protection(sheet) for sheet in book.Worksheets if sheet.ProtectContents})


def test_comments(both: Both) -> None:
    def written(book: Any) -> list[Any]:
        sheet = next(sheet for sheet in book.Worksheets if sheet.Name == "見積")
        sheet.Unprotect("")
        cell = sheet.Range("C9")
        before = cell.Comment is None
        cell.AddComment("一行目\n二行目")
        again = refused(lambda: cell.AddComment("もう一つ"))
        texts = [c.Text() for c in sheet.Comments]
        for comment in list(sheet.Comments):
            comment.Delete()
        return [before, again, texts, len(list(sheet.Comments)), cell.Comment is None]

    assert same(both, written) == [True, True, ["一行目\n二行目"], 0, True]


def refused(call: Callable[[], Any]) -> bool:
    try:
        call()
    except (fakecom.com_error, VBARuntimeError):
        return True
    return False


def test_what_excel_refuses(both: Both) -> None:
    def wrong(book: Any) -> list[bool]:
        sheet = next(iter(book.Worksheets))
        return [refused(lambda: book.Worksheets("ありません")), refused(lambda: sheet.ListObjects("ありません"))]

    assert same(both, wrong) == [True, True]


def test_what_a_check_writes(both: Both) -> None:
    rows = (("誤り", "X", "'=何か", "", "出典"), ("警告", "Y", "二行\n目", "見積!C5", "")) + ((None,) * 5,) * 10

    def written(book: Any) -> list[Any]:
        sheet, table = next(
            (s, t) for s in book.Worksheets for t in s.ListObjects if t.Name.lower() == comments.FINDINGS
        )
        sheet.Unprotect("")
        top, left = table.Range.Row, table.Range.Column
        if table.DataBodyRange is not None:
            table.DataBodyRange.ClearContents()
        table.Resize(sheet.Range(sheet.Cells(top, left), sheet.Cells(top + len(rows), left + 4)))
        sheet.Range(sheet.Cells(top + 1, left), sheet.Cells(top + len(rows), left + 4)).Value2 = rows
        body: Any = table.DataBodyRange
        shown = [[cell or None for cell in row] for row in body.Value2]
        return [area(table.Range), shown]

    assert same(both, written)[1][0][2] == "=何か"


def test_an_open_workbook_answers_everything_that_the_reader_asks_of_a_file() -> None:
    """A method that it inherited would look for the parts of a zip."""
    asked = {name for name in vars(Package) if not name.startswith("_")} - {"main"}
    assert asked <= vars(OpenPackage).keys()
