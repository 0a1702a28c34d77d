"""Workbooks for the add-in's repair, as Excel would show them to VBA: cells with errors, arrays, spills, links.

An interpreter of ours would only repeat our own beliefs; these objects state them, and the interpreter runs the repair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyopenvba.interpreter._objects import VBAObject, member, method, setter
from pyopenvba.interpreter._values import EMPTY, VBAArray, VBAErrorValue, error

NO_SUCH_MEMBER = 438
NAME_ERROR = 2029


class Object(VBAObject):
    """Says 438 for a member it lacks, as an older Excel does."""

    def vba_no_member(self, name: str) -> Exception:
        return error(NO_SUCH_MEMBER, name)


@dataclass(eq=False)
class Cell(Object):
    """A cell of Excel 2016 or 2019."""

    vba_type_name = "Range"
    formula: str
    error: bool = True
    number_format: str = "General"
    array: Sequence[Cell] = ()  # the cells of its array formula, itself among them
    entered: list[str] = field(default_factory=list)  # what was entered, behind how
    sheet: Any = None

    @member
    def Value2(self) -> Any:
        return VBAErrorValue(NAME_ERROR) if self.error else 1.0

    @member
    def NumberFormat(self) -> str:
        return self.number_format

    @member
    def Worksheet(self) -> Any:
        return self.sheet

    @member
    def Address(self) -> str:
        return f"${id(self)}"

    @member
    def HasArray(self) -> bool:
        return bool(self.array)

    @method
    def CurrentArray(self) -> Any:
        return Cells(self.array)

    @member
    def Formula(self) -> str:
        return self.formula

    @setter("Formula")
    def _formula(self, text: Any) -> None:
        self._enter("Formula", str(text))

    def _enter(self, how: str, text: str) -> None:
        self.formula, self.error = text, False
        self.entered.append(f"{how}: {text}")


class NewCell(Cell):
    """A cell of Excel 365; `array` are the cells into which it spills."""

    @member
    def HasSpill(self) -> bool:
        return bool(self.array)

    @method
    def SpillParent(self) -> Any:
        return self.array[0]

    @member
    def Formula2(self) -> str:
        return self.formula

    @setter("Formula2")
    def _formula2(self, text: Any) -> None:
        self._enter("Formula2", str(text))


@dataclass(eq=False)
class Cells(Object):
    """A range of several cells."""

    vba_type_name = "Range"
    all: Sequence[Cell]

    @method
    def Cells(self, _row: Any = 0, column: Any = 0) -> Any:
        return self.all[0] if column else self

    @member
    def CountLarge(self) -> float:
        return float(len(self.all))

    @setter("FormulaArray")
    def _array(self, text: Any) -> None:
        self.all[0]._enter("FormulaArray", str(text))
        for cell in self.all:
            cell.error = False

    @method
    def SpecialCells(self, _kind: Any, what: Any = None) -> Any:
        found = [c for c in self.all if c.error or not isinstance(what, int | float)]
        if not found:
            raise error(1004, "No cells were found.")
        return Cells(found)

    def vba_iterate(self) -> Iterator[Any]:
        return iter(list(self.all))


@dataclass(eq=False)
class Sheet(Object):
    """A worksheet."""

    vba_type_name = "Worksheet"
    cells: Sequence[Cell]
    protected: bool = False

    @method
    def UsedRange(self) -> Any:
        for cell in self.cells:
            cell.sheet = self
        return Cells(self.cells)

    @member
    def ProtectContents(self) -> bool:
        return self.protected


@dataclass(eq=False)
class Sheets(Object):
    """The worksheets of a workbook."""

    all: Sequence[Sheet]

    def vba_iterate(self) -> Iterator[Any]:
        return iter(self.all)


@dataclass(eq=False)
class Book(Object):
    """A workbook with links to other files."""

    vba_type_name = "Workbook"
    sheets: Sequence[Sheet]
    links: list[str] = field(default_factory=list)
    saved: bool = True
    locked: bool = False  # refuses to change a link
    changed: list[tuple[str, str]] = field(default_factory=list)

    @member
    def IsAddin(self) -> bool:
        return False

    @member
    def Saved(self) -> bool:
        return self.saved

    @setter("Saved")
    def _saved(self, value: Any) -> None:
        self.saved = bool(value)

    @method
    def Worksheets(self) -> Any:
        return Sheets(self.sheets)

    @method
    def LinkSources(self, _kind: Any) -> Any:
        return VBAArray([(1, len(self.links))], items=list(self.links)) if self.links else EMPTY

    @method
    def ChangeLink(self, old: Any, new: Any, _kind: Any) -> None:
        if self.locked:
            raise error(1004, "locked")
        self.changed.append((str(old), str(new)))
        self.links.remove(str(old))
