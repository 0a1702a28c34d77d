"""What the 提案書 is made of: merged cells in the printing face, amounts with a dash where there is none, bars, frames."""

from __future__ import annotations

from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from workbooks.sheets import working
from workbooks.style import ACCENT, BOX, PRINT, letters
from workbooks.style import put as plain
from workbooks.text import blank, quoted, ref

MONEY = '#,##0"円"'


def put(sheet: Worksheet, cell: str, value: Any = None, *, to: str = "", **looks: Any) -> None:
    """A cell of the page, merged up to the column or cell `to`."""
    plain(sheet, cell, value, face=PRINT, **looks)
    if to:
        row = cell.lstrip("ABCDEFGHI")
        sheet.merge_cells(f"{cell}:{to}" if to[-1].isdigit() else f"{cell}:{to}{row}")


def show(name: str, otherwise: str = "―") -> str:
    """A result for the page: a dash where it cannot be calculated yet."""
    cell = ref(name)
    return f"=IF(SUM({working.column('used')})=0,{quoted(otherwise)},IF(ISERROR({cell}),{quoted(otherwise)},{cell}))"


def said(cell: str) -> str:
    """An input for the page: nothing where it is blank."""
    return f"=IF({blank(cell)},{quoted('')},{cell})"


def frame(sheet: Worksheet, first: str, last: str, row: int) -> None:
    """Lines around each cell of a row's part."""
    for letter in letters(first, last):
        sheet[f"{letter}{row}"].border = BOX


def bar(sheet: Worksheet, row: int, text: str) -> None:
    """A dark heading over the whole page."""
    put(sheet, f"A{row}", text, size=10, bold=True, colour="FFFFFF", back=ACCENT, to="I", indent=1)
    sheet.row_dimensions[row].height = 16
