"""What the 提案書 is made of: merged cells in the printing face, amounts with a dash where there is none, bars, frames."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from rules.frames import FRAMES, group
from rules.frames.contract import Frame
from workbooks.building.formula_text import blank, quoted, ref
from workbooks.building.sheets import line_columns, members
from workbooks.building.style import ACCENT, BOX, PRINT, letters
from workbooks.building.style import put as plain

LAST = "J"  # the last printed column
MONEY = '#,##0"円"'
GROUP = f"{ref('out_frame')}={FRAMES.index(group.FRAME) + 1}"  # whether the group's frame is applied for
NOTHING = f"IF({GROUP},{members.HEADS}=0,SUM({line_columns.column('used')})=0)"  # nothing is quoted yet


def put(sheet: Worksheet, cell: str, value: Any = None, *, to: str = "", **looks: Any) -> None:
    """A cell of the page, merged up to the column or cell `to`."""
    plain(sheet, cell, value, face=PRINT, **looks)
    if to:
        row = cell.lstrip("ABCDEFGHIJK")
        sheet.merge_cells(f"{cell}:{to}" if to[-1].isdigit() else f"{cell}:{to}{row}")


def show(name: str, otherwise: str = "―") -> str:
    """A result for the page: a dash where it cannot be calculated yet."""
    cell, dash = ref(name), quoted(otherwise)
    return f"=IF(ISERROR({NOTHING}),{dash},IF({NOTHING},{dash},IF(ISERROR({cell}),{dash},{cell})))"


def of_frame(make: Callable[[Frame], str]) -> str:
    """A text for the frame applied for; one text where all frames share it."""
    texts = [make(f) for f in FRAMES]
    return texts[0] if len(set(texts)) == 1 else f"CHOOSE({ref('out_frame')},{','.join(texts)})"


def said(cell: str) -> str:
    """An input for the page: nothing where it is blank."""
    return f"=IF({blank(cell)},{quoted('')},{cell})"


def frame(sheet: Worksheet, first: str, last: str, row: int) -> None:
    """Lines around each cell of a row's part."""
    for letter in letters(first, last):
        sheet[f"{letter}{row}"].border = BOX


def bar(sheet: Worksheet, row: int, text: str) -> None:
    """A dark heading over the whole page."""
    put(sheet, f"A{row}", text, size=10, bold=True, colour="FFFFFF", back=ACCENT, to=LAST, indent=1)
    sheet.row_dimensions[row].height = 16
