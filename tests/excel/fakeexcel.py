"""A workbook as Excel shows it over COM, fed from a real file: as much of the object model as the buttons use.

Every attribute that is asked for counts as one call; objects are made anew each time, as COM does, and `alive` shows
whether anybody has kept one.
"""

from __future__ import annotations

import re
import shutil
import weakref
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter

from tests.excel.fakecom import FIRST, TimeType, com_error

CODES = {"#NULL!": 2000, "#DIV/0!": 2007, "#VALUE!": 2015, "#REF!": 2023, "#NAME?": 2029, "#NUM!": 2036, "#N/A": 2042}
TEXTS = ("str", "inlineStr")  # a formula's text, a cell's own: of no letters here
EPOCH = datetime(1899, 12, 30)
ALIVE: weakref.WeakSet[Any] = weakref.WeakSet()
Box = tuple[int, int, int, int]  # first row, first column, last row, last column


def alive() -> int:
    """How many COM objects somebody holds, be it in a cycle that Python has not yet taken apart."""
    return len(ALIVE)


def refuse(why: str) -> com_error:
    """Excel's own refusal."""
    return com_error(-2147352567, "例外が発生しました。", (0, "Microsoft Excel", why, "", 0, -2146827284), None)


class File:
    """The state behind the COM objects of one workbook."""

    def __init__(self, path: Path, saved: bool = True) -> None:
        self.path, self.saved = path, saved
        self.book = openpyxl.load_workbook(path, data_only=True)
        self.comments: dict[tuple[str, int, int], str] = {}
        self.passwords: dict[str, str] = {}
        self.exported: list[str] = []
        self.calls = 0
        self.date_1904 = False
        self.folder = str(path.parent) if saved else ""

    def com(self) -> Workbook:
        """The workbook as VBA hands it over."""
        return Workbook(self)


class Com:
    """One COM object: its attributes are calls into Excel."""

    def __init__(self, file: File, *rest: Any) -> None:
        object.__setattr__(self, "_file", file)
        object.__setattr__(self, "_rest", rest)
        ALIVE.add(self)

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_"):
            object.__getattribute__(self, "_file").calls += 1
        return object.__getattribute__(self, name)


class Many(Com):
    """A collection."""

    def __iter__(self) -> Iterator[Any]:
        self._file.calls += len(self._rest[0])
        return iter(list(self._rest[0]))

    def __call__(self, key: Any) -> Any:
        found = self._rest[0]
        if isinstance(key, int):
            return found[key - 1]
        for item in found:
            if item.Name.lower() == key.lower():
                return item
        raise refuse("インデックスが有効範囲にありません。")

    Item = __call__

    @property
    def Count(self) -> int:
        return len(self._rest[0])


class Workbook(Com):
    @property
    def Name(self) -> str:
        return self._file.path.name if self._file.saved else self._file.path.stem + "1"

    @property
    def Path(self) -> str:
        return self._file.folder

    @property
    def Date1904(self) -> bool:
        return self._file.date_1904

    @property
    def Names(self) -> Many:
        names = self._file.book.defined_names.values()
        return Many(self._file, [Name(self._file, n.name, f"={n.attr_text}") for n in names])

    @property
    def Worksheets(self) -> Many:
        return Many(self._file, [Worksheet(self._file, sheet) for sheet in self._file.book.worksheets])

    def SaveCopyAs(self, path: str) -> None:
        shutil.copy(self._file.path, path)


class Name(Com):
    @property
    def Name(self) -> str:
        return self._rest[0]

    @property
    def RefersTo(self) -> str:
        return self._rest[1]


class Worksheet(Com):
    @property
    def _sheet(self) -> Any:
        return self._rest[0]

    @property
    def Name(self) -> str:
        return self._sheet.title

    @property
    def UsedRange(self) -> Range:
        box = self._sheet.calculate_dimension().replace("$", "")
        return self.Range(box)

    def Cells(self, row: int, column: int) -> Range:
        return Range(self._file, self._sheet, (row, column, row, column))

    def Range(self, first: Any, last: Any = None) -> Range:
        if last is not None:
            a, b = first._box, last._box
            return Range(self._file, self._sheet, (a[0], a[1], b[2], b[3]))
        corners = [_corner(text) for text in first.split(":")]
        return Range(self._file, self._sheet, (*corners[0], *corners[-1]))

    @property
    def ListObjects(self) -> Many:
        tables = self._sheet.tables.values()
        return Many(self._file, [ListObject(self._file, self._sheet, table) for table in tables])

    @property
    def Comments(self) -> Many:
        keys = [key for key in self._file.comments if key[0] == self._sheet.title]
        return Many(self._file, [Comment(self._file, key) for key in keys])

    @property
    def ProtectContents(self) -> bool:
        return self._sheet.protection.sheet

    ProtectDrawingObjects = ProtectScenarios = ProtectionMode = False

    @property
    def Protection(self) -> Protection:
        return Protection(self._file)

    def Unprotect(self, password: str) -> None:
        if self._file.passwords.get(self._sheet.title, "") != password:
            raise refuse("入力したパスワードが間違っています。")
        self._sheet.protection.sheet = False

    def Protect(self, password: str, *_: bool) -> None:
        assert password == ""
        self._sheet.protection.sheet = True

    def ExportAsFixedFormat(self, kind: int, path: str) -> None:
        assert kind == 0
        self._file.exported.append(self._sheet.title)
        Path(path).write_bytes(b"%PDF-1.7")


class Protection(Com):
    def __getattr__(self, name: str) -> bool:
        assert name.startswith("Allow")
        return name.startswith("AllowFormatting")


class Range(Com):
    @property
    def _sheet(self) -> Any:
        return self._rest[0]

    @property
    def _box(self) -> Box:
        return self._rest[1]

    @property
    def Row(self) -> int:
        return self._box[0]

    @property
    def Column(self) -> int:
        return self._box[1]

    @property
    def Rows(self) -> Many:
        return Many(self._file, range(self._box[0], self._box[2] + 1))

    @property
    def Columns(self) -> Many:
        return Many(self._file, range(self._box[1], self._box[3] + 1))

    @property
    def Value2(self) -> Any:
        return self._read(_value2)

    @Value2.setter
    def Value2(self, value: Any) -> None:
        self._write(value)

    @property
    def Value(self) -> Any:
        return self._read(_value)

    @property
    def EntireRow(self) -> Range:
        return self

    def AutoFit(self) -> None:
        return None

    def ClearContents(self) -> None:
        top, left, bottom, right = self._box
        self._write(((None,) * (right - left + 1),) * (bottom - top + 1))

    @property
    def Comment(self) -> Comment | None:
        key = self._key
        return Comment(self._file, key) if key in self._file.comments else None

    def AddComment(self, text: str) -> Comment:
        if self._key in self._file.comments:
            raise refuse("アプリケーション定義またはオブジェクト定義のエラーです。")
        self._file.comments[self._key] = text
        return Comment(self._file, self._key)

    @property
    def _key(self) -> tuple[str, int, int]:
        return self._sheet.title, self._box[0], self._box[1]

    def _read(self, convert: Any) -> Any:
        top, left, bottom, right = self._box
        rows = tuple(
            tuple(convert(self._sheet.cell(r, c)) for c in range(left, right + 1)) for r in range(top, bottom + 1)
        )
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows

    def _write(self, value: Any) -> None:
        if self._sheet.protection.sheet:
            raise refuse("変更しようとしているセルは保護されているシート上にあります。")
        top, left, bottom, right = self._box
        assert len(value) == bottom - top + 1
        for r, row in enumerate(value, top):
            assert len(row) == right - left + 1
            for c, cell in enumerate(row, left):
                self._sheet.cell(r, c).value = cell.removeprefix("'") if isinstance(cell, str) else cell

    def __setattr__(self, name: str, value: Any) -> None:
        self._file.calls += 1
        object.__setattr__(self, name, value)


class Comment(Com):
    def Text(self) -> str:
        return self._file.comments[self._rest[0]]

    def Delete(self) -> None:
        del self._file.comments[self._rest[0]]


class ListObject(Com):
    @property
    def _table(self) -> Any:
        return self._rest[1]

    @property
    def Name(self) -> str:
        return self._table.displayName

    @property
    def Range(self) -> Range:
        return Worksheet(self._file, self._rest[0]).Range(self._table.ref)

    @property
    def DataBodyRange(self) -> Range:
        top, left, bottom, right = self.Range._box
        return Range(self._file, self._rest[0], (top + 1, left, bottom, right))

    @property
    def ListColumns(self) -> Many:
        return Many(self._file, [Name(self._file, column.name) for column in self._table.tableColumns])

    ShowHeaders, ShowTotals = True, False

    def Resize(self, area: Range) -> None:
        top, left, bottom, right = area._box
        self._table.ref = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"


def _corner(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"\$?([A-Z]+)\$?([0-9]+)", text)
    assert match
    return int(match[2]), column_index_from_string(match[1])


def _value2(cell: Any) -> Any:
    """Numbers for dates, whole numbers as doubles, errors as their numbers."""
    value = cell.value
    if cell.data_type == "e":
        return FIRST + CODES[value]
    if isinstance(value, timedelta | time | date):
        return _serial(value)
    if value is None:
        return "" if cell.data_type in TEXTS else None
    return float(value) if type(value) is int else value


def _value(cell: Any) -> Any:
    """As Value2, but dates as dates."""
    if isinstance(cell.value, timedelta | time | date):
        found = EPOCH + timedelta(_serial(cell.value))
        return TimeType(*found.timetuple()[:6], tzinfo=UTC)
    return _value2(cell)


def _serial(value: Any) -> float:
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, timedelta):
        return value / timedelta(1)
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    return (moment - EPOCH) / timedelta(1)
