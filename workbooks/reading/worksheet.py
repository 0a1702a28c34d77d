"""The cells of one sheet, from its XML: values, and the flaws of those that have none (an error, no result yet).

One reader decides over both, so that no cell is blank to the one and wrong to the other. What is not as OOXML has it
counts as the error #VALUE! at its cell; a sheet that hides cells elsewhere than in its rows is damaged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isfinite
from sys import intern
from typing import Any

from workbooks.files.address import letters, number
from workbooks.files.markup import MAX_ELEMENTS, SPACES, Damaged, local, walk
from workbooks.reading.filled import UNCALCULATED, known
from workbooks.reading.number_formats import shown
from workbooks.reading.shared_strings import Runs, unescaped

ROWS, COLUMNS = 9_999, 208  # a sheet lies within A1:GZ9999
MOST_MERGED = 1_000
TRUE = ("1", "true")
ADDRESS = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
ROW = re.compile("[1-9][0-9]{0,6}")
INDEX = re.compile("[0-9]{1,9}")
NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?")
MOST_DIGITS = 400  # letters of a number: Excel writes up to 24
WRONG = "#VALUE!"
At = tuple[int, int]  # row and column from 1
Merged = tuple[int, int, int, int]  # row and column of the first cell, and of the last
BOOLS = {"1": True, "true": True, "0": False, "false": False}


class Far(Exception):
    """A cell outside of A1:GZ9999: a reader that lays a sheet out as a rectangle would need it all."""


ROOTS = [f"{space} worksheet" for space in SPACES]
AROUND_ROW = ["worksheet", "sheetData"]
AROUND_CELL = [*AROUND_ROW, "row"]
COLUMN = {letters(n): n for n in range(1, COLUMNS + 1)}


@dataclass(frozen=True)
class Cells:
    """What stands in a sheet; blank cells are in neither."""

    values: Mapping[At, Any]
    flaws: Mapping[At, str]  # an error value (#N/A …), or UNCALCULATED where a formula has no result
    hidden: frozenset[int] = frozenset()  # rows that nobody sees: filtered away, or hidden by hand
    narrow: frozenset[int] = frozenset()  # and columns
    merged: Sequence[Merged] = ()  # cells made one over several rows

    def covered(self, row: int, column: int) -> bool:
        """Whether a cell is a lower one of several made one: what shows in it is the uppermost's value."""
        tops = ((top, left) for top, left, last, right in self.merged if top < row <= last and left <= column <= right)
        return any(top in self.values for top in tops)


def cells(data: bytes, shared: Callable[[], Sequence[str]], looks: Callable[[], Sequence[str]]) -> Cells:
    """The cells of a sheet; `shared` and `looks` are asked for only where a cell needs them."""
    reader = _Reader(shared, looks)
    walk(data, reader.start, reader.end, reader.text)
    return Cells(reader.values, reader.flaws, frozenset(reader.hidden), frozenset(reader.narrow), tuple(reader.merged))


@dataclass(slots=True)
class _Cell:
    """A cell in which something stands, until it ends."""

    at: At
    kind: str
    look: str
    formula: bool = False
    wrong: bool = False
    value: list[str] | None = None  # the letters of <v>
    runs: Runs | None = None  # of <is>

    def flaw(self) -> str:
        """Why the cell has no value; "" where it may have one."""
        text = "" if self.value is None else "".join(self.value)
        if self.kind == "e":
            return known(text.strip())
        if self.formula and self.runs is None and not text and (self.kind != "str" or self.value is None):
            return UNCALCULATED  # an empty text has kind str and an empty <v>
        return WRONG if self.wrong else ""


@dataclass(slots=True)
class _Reader:
    """What expat calls back; `path` names the elements around, without the root's namespace."""

    shared: Callable[[], Sequence[str]]
    looks: Callable[[], Sequence[str]]
    values: dict[At, Any] = field(default_factory=dict[At, Any])
    flaws: dict[At, str] = field(default_factory=dict[At, str])
    hidden: set[int] = field(default_factory=set[int])
    narrow: set[int] = field(default_factory=set[int])
    merged: list[Merged] = field(default_factory=list[Merged])
    path: list[str] = field(default_factory=list[str])
    space: str = ""  # the root's own namespace, with a blank behind
    names: dict[str, str] = field(default_factory=dict[str, str])  # without it
    row: int = 0
    digits: str = ""  # of the row
    column: int = 0
    count: int = 0
    bare: dict[str, str] | None = None  # the attributes of a cell in which nothing stands yet
    cell: _Cell | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A start tag."""
        name = self.names.get(tag) or self._named(tag)
        if self.bare is not None:
            self.cell = self._opened(self.bare)
            self.bare = None
        if self.cell is not None:
            self._within(self.cell, name)
        elif name == "c":
            self._place(attributes)
            self.bare = attributes
        elif name == "row":
            self._row(attributes)
        elif name == "col":
            self.narrow |= _narrow(attributes)
        elif name == "mergeCell" and len(self.merged) < MOST_MERGED:
            self.merged += _merged(attributes.get("ref", ""))
        self.path.append(name)

    def _named(self, tag: str) -> str:
        if not self.path:
            if tag not in ROOTS:
                raise Damaged(f"{tag} is no sheet")
            self.space = tag[: -len(local(tag))]
        self.names[tag] = intern(tag.removeprefix(self.space))
        return self.names[tag]

    def end(self, _: str) -> None:
        """An end tag."""
        name = self.path.pop()
        if self.bare is not None:
            if self.bare.get("t") == "e":
                self.flaws[self.row, self.column] = WRONG
            self.bare = None
        elif self.cell is not None:
            if name == "c":
                self._done(self.cell)
                self.cell = None
            elif self.cell.runs is not None and "is" in self.path:
                self.cell.runs.end()

    def text(self, data: str) -> None:
        """Letters."""
        if self.cell is None:
            return
        if self.path[-1] == "v" and self.cell.value is not None:
            self.cell.value.append(data)
        elif self.cell.runs is not None:
            self.cell.runs.text(data)

    def _row(self, attributes: dict[str, str]) -> None:
        if self.path != AROUND_ROW:
            raise Damaged("a row elsewhere")
        told = attributes.get("r")
        if told is not None and not ROW.fullmatch(told):
            raise Damaged("a row without a number")
        before, self.row = self.row, self.row + 1 if told is None else int(told)
        self.digits, self.column = str(self.row), 0
        if self.row > ROWS:
            raise Far
        if self.row <= before:
            raise Damaged("rows in no order")
        if attributes.get("hidden") in TRUE:
            self.hidden.add(self.row)

    def _place(self, attributes: dict[str, str]) -> None:
        """Where a cell stands: as it says, or behind the one before."""
        if self.path != AROUND_CELL:
            raise Damaged("a cell elsewhere")
        told, before = attributes.get("r"), self.column
        self.column = before + 1 if told is None else COLUMN.get(told.removesuffix(self.digits)) or self._column(told)
        if self.column > COLUMNS:
            raise Far
        self.count += 1
        if self.column <= before or self.count > MAX_ELEMENTS:
            raise Damaged("cells in no order, or too many")

    def _column(self, told: str) -> int:
        """The column of an address that is not simply one of this row within the limits."""
        match = ADDRESS.fullmatch(told)
        if match and (int(match[2]) > ROWS or number(match[1]) > COLUMNS):
            raise Far
        raise Damaged("a cell without an address in its row")

    def _opened(self, attributes: dict[str, str]) -> _Cell:
        return _Cell((self.row, self.column), attributes.get("t", "n"), attributes.get("s", ""))

    def _within(self, cell: _Cell, name: str) -> None:
        """An element inside a cell."""
        parent = self.path[-1]
        if name in ("c", "row"):
            raise Damaged("a cell in a cell")
        if parent == "c" and name == "v":
            cell.wrong |= cell.value is not None
            cell.value = []
        elif parent == "c" and name == "f":
            cell.formula = True
        elif parent == "c" and name == "is":
            cell.wrong |= cell.runs is not None
            cell.runs = Runs()
        elif parent == "v":
            cell.wrong = True
        elif cell.runs is not None and "is" in self.path:
            cell.runs.start(name)

    def _done(self, cell: _Cell) -> None:
        if flaw := cell.flaw():
            self.flaws[cell.at] = flaw
            return
        try:
            value = self._value(cell)
        except (ValueError, LookupError):
            self.flaws[cell.at] = WRONG
            return
        if value not in (None, ""):
            self.values[cell.at] = value

    def _value(self, cell: _Cell) -> Any:
        kind, text = cell.kind, "" if cell.value is None else "".join(cell.value)
        if kind == "inlineStr" and cell.runs is not None:
            return cell.runs.whole
        if kind in ("str", "inlineStr"):
            return unescaped(text)
        if not text:
            return None
        text = text.strip()
        if kind == "n":
            return shown(_number(text), self._look(cell.look))
        if kind == "s":
            return self._shared(text)
        return READ[kind](text)

    def _shared(self, text: str) -> str:
        if not INDEX.fullmatch(text):
            raise ValueError(text)
        return self.shared()[int(text)]

    def _look(self, told: str) -> str:
        looks = self.looks() if INDEX.fullmatch(told) else ()
        return looks[int(told)] if looks and int(told) < len(looks) else ""


def _narrow(attributes: Mapping[str, str]) -> set[int]:
    """The columns that a <col> hides."""
    first, last = attributes.get("min", ""), attributes.get("max", "")
    if attributes.get("hidden") in TRUE and INDEX.fullmatch(first) and INDEX.fullmatch(last):
        return set(range(int(first), min(int(last), COLUMNS) + 1))
    return set[int]()


def _merged(told: str) -> Iterator[Merged]:
    """The corners of cells made one, where they are of several rows."""
    first, _, last = told.partition(":")
    top, end = ADDRESS.fullmatch(first), ADDRESS.fullmatch(last)
    if top and end and int(top[2]) < int(end[2]):
        yield int(top[2]), number(top[1]), int(end[2]), number(end[1])


def _number(text: str) -> float:
    if len(text) > MOST_DIGITS or not NUMBER.fullmatch(text) or not isfinite(found := float(text)):
        raise ValueError(text[:9])
    return found


def _bool(text: str) -> bool:
    if text not in BOOLS:
        raise ValueError(text)
    return BOOLS[text]


def _day(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


READ: dict[str, Callable[[str], Any]] = {"b": _bool, "d": _day}  # the kinds besides numbers and texts
