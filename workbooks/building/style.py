"""How the sheets look: one place for fonts, colours and the few ways in which a cell is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

SCREEN, PRINT = "游ゴシック", "BIZ UDPゴシック"
BLUE, PALE, GREY, LINE, ACCENT, AMBER = "DDEBF7", "F2F6FA", "7F7F7F", "BFC9D4", "1F4E79", "FFF2CC"
YEN, COUNT, DATE = "#,##0", "#,##0", "yyyy/m/d"
WAREKI = '[$-411]ggge"年"m"月"d"日"'
FREE = Protection(locked=False)
_THIN = Side(style="thin", color=LINE)
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
BOTTOM = Border(bottom=Side(style="thin", color=ACCENT))


def fill(colour: str) -> PatternFill:
    """A plain background."""
    return PatternFill("solid", fgColor=colour)


def put(
    sheet: Worksheet,
    cell: str,
    value: Any = None,
    *,
    size: float = 10,
    bold: bool = False,
    colour: str = "000000",
    face: str = SCREEN,
    back: str = "",
    box: bool = False,
    form: str = "",
    align: str = "left",
    wrap: bool = False,
    top: bool = False,
    shrink: bool = False,
    indent: int | None = None,
) -> Cell:
    """Writes one cell with its looks; a text that begins with `=` is a formula of ours."""
    found: Cell = sheet[cell]
    found.value = value
    looks = (size, bold, colour, face, back, box, form, align, wrap, top, shrink, indent)
    known = _LOOKS.setdefault(sheet.parent, {})
    if not found.has_style and looks in known:
        found._style = copy(known[looks])  # openpyxl takes long to compare styles, and there are thousands of cells
        return found
    fresh = not found.has_style
    found.font = Font(name=face, size=size, bold=bold, color=colour)
    pad = int(box and align in ("left", "right")) if indent is None else indent
    found.alignment = Alignment(
        horizontal=align or None,
        vertical="top" if top else "center",
        wrap_text=wrap or None,
        shrink_to_fit=shrink or None,
        indent=pad,
    )
    if back:
        found.fill = fill(back)
    if box:
        found.border = BOX
    if form:
        found.number_format = form
    if fresh:
        known[looks] = copy(found._style)
    return found


_LOOKS: WeakKeyDictionary[Any, dict[tuple[Any, ...], Any]] = WeakKeyDictionary()  # by workbook


def aligned(cell: Cell, **changes: Any) -> None:
    """Changes how a cell is aligned, and nothing else."""
    found: Any = copy(cell.alignment)
    for name, value in changes.items():
        setattr(found, name, value)
    cell.alignment = found


def title(sheet: Worksheet, text: str, note: str = "", back_link: bool = True) -> None:
    """The first two rows of a sheet: its title, a sentence on what it is for, the way back."""
    put(sheet, "B1", text, size=16, bold=True, colour=ACCENT)
    sheet.row_dimensions[1].height = 28
    if note:
        put(sheet, "B2", note, colour=GREY, size=9)
    if back_link:
        link(sheet, "B3", "はじめに", "A1", "← はじめに へ戻る")


def heading(sheet: Worksheet, first: str, last: str, row: int, text: str) -> None:
    """A heading over some columns."""
    for letter in letters(first, last):
        sheet[f"{letter}{row}"].border = BOTTOM
    put(sheet, f"{first}{row}", text, size=11, bold=True, colour=ACCENT).border = BOTTOM
    sheet.row_dimensions[row].height = 20


def letters(first: str, last: str) -> Iterable[str]:
    """Column letters from the first to the last."""
    from openpyxl.utils import column_index_from_string, get_column_letter

    return [get_column_letter(i) for i in range(column_index_from_string(first), column_index_from_string(last) + 1)]


def link(
    sheet: Worksheet, cell: str, to_sheet: str, to_cell: str, text: str, *, face: str = SCREEN, box: bool = False
) -> None:
    """A link to a place in the workbook."""
    found = put(sheet, cell, text, size=9, face=face, box=box)
    found.hyperlink = Hyperlink(ref=cell, location=f"'{to_sheet}'!{to_cell}", display=text)
    found.font = Font(name=face, size=9, color="0563C1", underline="single")


def entry(sheet: Worksheet, cell: str, form: str = "", *, wrap: bool = False, align: str = "left") -> Cell:
    """A cell to fill in: light blue and free."""
    found = put(sheet, cell, None, back=BLUE, box=True, form=form, wrap=wrap, align=align)
    found.protection = FREE
    return found


def widths(sheet: Worksheet, sizes: dict[str, float]) -> None:
    """Column widths in characters."""
    for letter, size in sizes.items():
        sheet.column_dimensions[letter].width = size


def flag(
    sheet: Worksheet, cells: str, formula: str, *, colour: str = "", back: str = "", bold: bool | None = None
) -> None:
    """A conditional format."""
    font = Font(color=colour or None, bold=bold) if colour or bold else None
    style = DifferentialStyle(font=font, fill=PatternFill(bgColor=back, fill_type="solid") if back else None)
    rules: Any = sheet.conditional_formatting
    rules.add(cells, Rule(type="expression", formula=[formula], dxf=style))


def table(sheet: Worksheet, name: str, ref: str, titles: Sequence[str]) -> None:
    """An Excel table over cells that have their own looks: no stripes, and no filter buttons over the titles."""
    made = Table(displayName=name, name=name, ref=ref)
    made.tableColumns = [TableColumn(id=number, name=text) for number, text in enumerate(titles, 1)]
    made.tableStyleInfo = TableStyleInfo(showRowStripes=False)
    sheet.add_table(made)


def protect(sheet: Worksheet) -> None:
    """Keeps formulas from being overwritten by accident: no password, looks may be changed."""
    sheet.protection.sheet = True
    sheet.protection.formatCells = False
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


FOOTER = "&A  &P / &N"


def printed(
    sheet: Worksheet, area: str, *, landscape: bool = False, titles: str = "", pages: int = 0, footer: str = FOOTER
) -> None:
    """A4, as wide as the page; `pages` high, or as many as it takes."""
    sheet.print_area = area
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, pages
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.errors = "dash"  # an error value is for the screen; on paper a dash stands for it
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.45
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.55, 0.25, 0.25
    page: Any = sheet
    bottom = page.oddFooter.center
    bottom.text, bottom.size = footer or None, 8
    if titles:
        sheet.print_title_rows = titles
    sheet.sheet_view.showGridLines = False


def paged(sheet: Worksheet, percent: int, before: Iterable[int]) -> None:
    """New pages before these rows, at a fixed size: a sheet that is fitted to its pages knows no breaks."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = None
    sheet.page_setup.scale = percent
    broken(sheet, before)


def broken(sheet: Worksheet, before: Iterable[int]) -> None:
    """New pages before these rows."""
    breaks: Any = sheet.row_breaks
    for row in before:
        breaks.append(Break(row - 1))
