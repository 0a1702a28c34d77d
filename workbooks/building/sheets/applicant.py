"""申請者: every field of the portal in its order, with what is required, and how it is to be typed."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from workbooks.building.formula_text import asked, quoted, unfilled
from workbooks.building.sheets import input_cell
from workbooks.building.sheets.lists import Lists
from workbooks.building.style import AMBER, GREY, flag, heading, printed, protect, put, title, widths
from workbooks.form import portal_fields
from workbooks.form.layout import APPLICANT, APPLICANT_TOP, INPUTS, Input

TODO, DONE, FREE_, OFF = "未記入", "済", "任意", "対象外"
LONG_ROW, LIST_ROW, ROW = 108, 48, 21


def build(sheet: Worksheet, lists: Lists) -> None:
    """Writes the sheet."""
    note = "水色のセルに入れます。申請マイページの入力の順です。「未記入」が無くなれば、この枠に要る入力はそろいます。"
    title(sheet, "申請者", note)
    widths(sheet, {"A": 3, "B": 36, "C": 48, "D": 9, "E": 52, "F": 9})
    for letter, text in (("B", "項目"), ("C", "入力"), ("D", "状態"), ("E", "入れ方"), ("F", "字数")):
        put(sheet, f"{letter}4", text, size=9, colour=GREY, align="center")
    mine = [i for i in INPUTS if i.sheet == APPLICANT]
    row = APPLICANT_TOP
    for block in portal_fields.blocks():
        heading(sheet, "B", "F", row, f"{block.title}　［{block.who}］")
        if block.note:
            put(sheet, f"E{row}", block.note, size=8, colour=GREY, wrap=True)
            sheet.row_dimensions[row].height = 24
        row += len(block.fields) + 2
    for i in mine:
        _field(sheet, i, lists)
    last = int(mine[-1].cell[1:])
    flag(sheet, f"D5:D{last}", f'D5="{TODO}"', colour="C00000", back=AMBER, bold=True)
    flag(sheet, f"D5:D{last}", f'D5="{DONE}"', colour="548235")
    flag(sheet, f"B5:E{last}", f'$D5="{OFF}"', colour="BFBFBF")
    sheet.freeze_panes = "C5"
    printed(sheet, f"A1:F{last}", titles="4:4")
    protect(sheet)


def _field(sheet: Worksheet, i: Input, lists: Lists) -> None:
    row = int(i.cell[1:])
    sheet.row_dimensions[row].height = (LONG_ROW if i.limit else LIST_ROW) if i.kind == "long" else ROW
    put(sheet, f"B{row}", i.label, wrap=True, box=True)
    input_cell.write(sheet, i.cell, i, lists)
    put(sheet, f"D{row}", f"={state(i)}", size=9, align="center", box=True)
    words = "　".join(part for part in (i.hint, f"（{i.only}のみ）" if i.only else "") if part)
    if i.kind == "multi":
        words = f"{words}\n{'／'.join(i.choices)}"
        sheet.row_dimensions[row].height = max(ROW, 13 * (2 + sum(len(c) + 1 for c in i.choices) // 27))
    put(sheet, f"E{row}", words, size=9, colour=GREY, wrap=True, box=True)
    if i.kind == "long":
        cell = i.cell
        limit = f'&"/{i.limit}"' if i.limit else ""
        put(sheet, f"F{row}", f"=IF(ISERROR({cell}),0,LEN({cell})){limit}", size=9, align="center")
        if i.limit:
            flag(sheet, f"F{row}", f"LEN({cell})>{i.limit}", colour="C00000", bold=True)


def state(i: Input) -> str:
    """Whether an input is filled, still to fill, free to leave, or not asked, as a formula."""
    wanted = f"IF({asked(i)},{quoted(TODO if i.required else FREE_)},{quoted(OFF)})".replace(f"'{APPLICANT}'!", "")
    return f"IF({unfilled(i)},{wanted},{quoted(DONE)})"
