"""A table to fill in: its title cells, its prepared rows, and what is computed in each of them."""

from __future__ import annotations

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from workbooks.building.formula_text import absolute
from workbooks.building.sheets import input_cell
from workbooks.building.sheets.lists import Lists
from workbooks.building.style import ACCENT, GREY, PALE, SCREEN, aligned, heading, put, table, widths
from workbooks.form.layout import Column, Group, Table

CENTRED = ("yesno", "digits")


def build(
    sheet: Worksheet, what: Table, lists: Lists, height: float = 20, count: str = "", narrow: bool = True
) -> None:
    """The titles, the input cells, the numbers of the rows in column A, above them `count`; `narrow` titles shrink."""
    widths(sheet, {"A": 4, **{what.letter(c.name): c.width for c in what.columns}})
    put(sheet, f"A{what.header}", "行", size=9, back=PALE, box=True, align="center")
    for c in what.columns:
        letter = what.letter(c.name)
        above, head = f"{letter}{what.header - 1}", f"{letter}{what.header}"
        put(sheet, above, c.above, size=8, colour=GREY, align="center", wrap=True)
        put(sheet, head, c.title, bold=True, back=ACCENT, colour="FFFFFF", box=True, align="center", shrink=narrow)
        if not c.computed:
            input_cell.write(sheet, f"{letter}{what.first}:{letter}{what.last}", c, lists)
            _fit(sheet, c, letter, what.first, what.last)
    sheet.row_dimensions[what.header - 1].height = 24
    sheet.row_dimensions[what.header].height = 22
    for n in range(1, what.rows + 1):
        put(sheet, f"A{what.header + n}", n, size=8, colour=GREY, align="center", box=True)
        sheet.row_dimensions[what.header + n].height = height
    if count:
        put(
            sheet,
            f"A{what.header - 1}",
            own(sheet, f"={count}"),
            size=8,
            colour=GREY,
            align="center",
            form='0"件"',
        )
    table(sheet, what.name, what.ref, [c.title for c in what.columns])


def _fit(sheet: Worksheet, c: Column, letter: str, first: int, last: int) -> None:
    for row in range(first, last + 1):
        found = sheet[f"{letter}{row}"]
        found.font = Font(name=SCREEN, size=9)
        if c.kind in CENTRED:
            aligned(found, horizontal="center", indent=0, wrap_text=False, shrink_to_fit=True)
        elif c.shrink:
            aligned(found, wrap_text=False, shrink_to_fit=True)


def group(sheet: Worksheet, what: Group, lists: Lists) -> None:
    """The inputs above the table: each its label and its cell."""
    heading(sheet, what.labels[0], what.values[1], what.row, what.title)
    for i in what.inputs:
        row, to = i.cell[1:], what.values[1]
        put(sheet, f"B{row}", i.label, size=9, box=True, shrink=True)
        put(sheet, f"C{row}", None, box=True)
        sheet.merge_cells(f"B{row}:C{row}")
        input_cell.write(sheet, f"{i.cell}:{to}{row}", i, lists)
        aligned(sheet[i.cell], wrap_text=False, shrink_to_fit=True)
        if not i.cell.startswith(to):
            sheet.merge_cells(f"{i.cell}:{to}{row}")
        sheet.row_dimensions[int(row)].height = 20


def shown(
    sheet: Worksheet, cell: str, text: str, form: str = "General", align: str = "right", size: float = 10
) -> None:
    """A computed cell."""
    put(sheet, cell, own(sheet, f"={text}"), size=size, box=True, back=PALE, form=form, align=align, shrink=True)


def own(sheet: Worksheet, text: str) -> str:
    """A formula as it stands on its own sheet: without the sheet's name."""
    return text.replace(f"'{sheet.title}'!", "")


def at(what: Table, name: str, n: int) -> str:
    """The cell of a column in row n."""
    return absolute(what.sheet, what.cell(name, n).partition("!")[2])


def listed(what: Table) -> str:
    """How many rows hold anything: a cell above the numbers of the rows."""
    return absolute(what.sheet, f"A{what.header - 1}")
