"""見積: the quote's own data, and the table of lines with what of each line counts."""

from __future__ import annotations

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from rules.frames import FRAMES
from rules.frames import group as members_frame
from workbooks.building.formula_text import quoted, ref
from workbooks.building.sheets import amount, input_cell, line_columns, line_detail
from workbooks.building.sheets.lists import Lookups
from workbooks.building.style import (
    GREY,
    PALE,
    SCREEN,
    YEN,
    aligned,
    flag,
    heading,
    link,
    printed,
    protect,
    put,
    table,
    title,
    widths,
)
from workbooks.form.layout import GROUPS, LINES, MEMBERS, QUOTE_TOP, UNTOLD_TAX, Column, Group, Input, Size, Table

ACTUAL = (("見積の合計（税抜）", "out_total"), ("消費税", "out_tax"), ("支払総額（税込）", "out_gross"))
AFTER = (("補助額", "out_subsidy"), ("手出し（税込）", "out_out_of_pocket"))


def build(sheet: Worksheet, look: Lookups, size: Size) -> None:
    """Writes the sheet."""
    lines = size.table(LINES)
    title(
        sheet,
        "見積",
        "水色のセルに、見積書のとおりに入れます。白いセルは計算されます。入力は値だけを貼り付けてください。",
    )
    widths(sheet, {"A": 4})
    for c in LINES.columns:
        sheet.column_dimensions[LINES.letter(c.name)].width = c.width
    for group in GROUPS:
        _group(sheet, group, look)
    _summary(sheet)
    _table(sheet, look, lines)
    sheet.freeze_panes = f"C{LINES.first}"
    printed(sheet, f"A1:{LINES.letter('reason')}{lines.last}", landscape=True, titles=f"{LINES.header}:{LINES.header}")
    protect(sheet)


def _group(sheet: Worksheet, group: Group, look: Lookups) -> None:
    """A box of inputs; labels and inputs may reach over several columns."""
    heading(sheet, group.labels[0], group.values[1], group.row, group.title)
    for i in group.inputs:
        row = i.cell[1:]
        put(sheet, f"{group.labels[0]}{row}", f"{i.label}{_aside(i)}", size=9, shrink=True)
        _merge(sheet, group.labels, row)
        _merge(sheet, group.values, row, i, look)


def _aside(i: Input) -> str:
    """What stands behind a label: that it may stay blank, or what a blank then means."""
    if i.name == "tax_mode":
        return f"（{UNTOLD_TAX}）"
    return "" if i.required else "（任意）"


def _merge(sheet: Worksheet, ends: tuple[str, str], row: str, i: object = None, look: Lookups | None = None) -> None:
    cells = f"{ends[0]}{row}:{ends[1]}{row}"
    if i is not None and look is not None:
        input_cell.write(sheet, cells if ends[0] != ends[1] else f"{ends[0]}{row}", i, look.lists)  # type: ignore[arg-type]
        aligned(sheet[f"{ends[0]}{row}"], wrap_text=False, shrink_to_fit=True)
    if ends[0] != ends[1]:
        sheet.merge_cells(cells)


def _summary(sheet: Worksheet) -> None:
    """The result in short, to the right."""
    heading(sheet, "Q", "S", QUOTE_TOP, "計算の結果")
    for row, (label, name) in enumerate((*ACTUAL, *AFTER), QUOTE_TOP + 1):
        strong = name == "out_subsidy"
        put(sheet, f"Q{row}", label, size=9, bold=strong)
        put(sheet, f"S{row}", f"={ref(name)}", form=YEN, bold=strong, align="right", size=12 if strong else 10)
    flag(sheet, f"S{QUOTE_TOP + 1}:S{QUOTE_TOP + 5}", f"ISERROR(S{QUOTE_TOP + 1})", colour="BFBFBF")
    row = QUOTE_TOP + 6
    put(sheet, f"Q{row}", f"={amount.WORDS}", size=9, colour=GREY, wrap=True, top=True)
    flag(sheet, f"Q{row}", f"{amount.STATE}>0", colour="C00000", bold=True)
    sheet.merge_cells(f"Q{row}:S{row + 2}")
    link(sheet, f"Q{row + 3}", "補助額", "A1", "補助額の計算を見る →")
    link(sheet, f"S{row + 3}", "提案書", "A1", "提案書を見る →")


def _table(sheet: Worksheet, look: Lookups, lines: Table) -> None:
    head = LINES.header
    heading(sheet, "A", LINES.letter("reason"), head - 2, "明細")
    put(
        sheet,
        f"C{head - 2}",
        "オプション・役務・ハードウェアは、対になるソフトウェアと同じ名前を「ツール」に入れます。",
        size=9,
        colour=GREY,
    )
    put(sheet, f"A{head}", "行", size=9, back=PALE, box=True, align="center")
    for c in LINES.columns:
        letter = LINES.letter(c.name)
        put(sheet, f"{letter}{head - 1}", UNITS.get(c.name, ""), size=8, colour=GREY, align="center", wrap=True)
        put(
            sheet,
            f"{letter}{head}",
            c.title,
            bold=True,
            size=10,
            back="1F4E79",
            colour="FFFFFF",
            box=True,
            align="center",
        )
        if not c.computed:
            input_cell.write(sheet, f"{letter}{LINES.first}:{letter}{lines.last}", c, look.lists)
            _fit(sheet, c, letter, lines.last)
    sheet.row_dimensions[head - 1].height = 24
    sheet.row_dimensions[head].height = 22
    for number in range(1, lines.rows + 1):
        _line(sheet, number, look)
    table(sheet, LINES.name, lines.ref, [c.title for c in LINES.columns])
    amounts = f"{LINES.letter('amount')}{LINES.first}:{LINES.letter('cut')}{lines.last}"
    flag(sheet, amounts, f"ISERROR({LINES.letter('amount')}{LINES.first})", colour="FFFFFF", back="C00000")
    cuts = f"{LINES.letter('cut')}{LINES.first}"
    flag(
        sheet, f"{cuts}:{LINES.letter('reason')}{lines.last}", f"IF(ISNUMBER(${cuts}),${cuts}>0,FALSE)", colour="C00000"
    )


def _fit(sheet: Worksheet, c: Column, letter: str, last: int) -> None:
    """Choices and short words shrink to their cell; texts wrap."""
    for row in range(LINES.first, last + 1):
        found = sheet[f"{letter}{row}"]
        found.font = Font(name=SCREEN, size=9)
        if c.name not in ("item", "tool", "category", "note"):
            aligned(found, wrap_text=False, shrink_to_fit=True)


ELSEWHERE = f"複数者連携の経費は「{MEMBERS}」に入れます"
CUT = '#,##0;-#,##0;""'  # nothing where nothing is cut
UNITS = {
    "category": "一覧から選ぶ",
    "functions": "カテゴリー1の行",
    "processes": "通常枠で使う",
    "quantity": "整数",
    "price": "円",
    "months": "月額・年額の行",
    "discount": "円（正の数）",
    "amount": "円・税抜",
    "eligible": "円・税抜",
    "cut": "円・税抜",
    "other_subsidy": "使うなら「あり」",
}


def _line(sheet: Worksheet, n: int, look: Lookups) -> None:
    """The computed cells of line n, from its row of working on 明細計算."""
    row = LINES.header + n
    sheet.row_dimensions[row].height = 26
    put(sheet, f"A{row}", n, size=8, colour=GREY, align="center", box=True)
    used, full, counts = (line_columns.cell(name, n) for name in ("used", "line_amount", "line_eligible"))
    elsewhere = f"{ref('out_frame')}={FRAMES.index(members_frame.FRAME) + 1}"  # the costs stand in the table of members
    shown = {
        "major": line_detail.major(n),
        "amount": full,
        "eligible": f"IF({elsewhere},{quoted('')},{counts})",
        "cut": f"IF({elsewhere},{quoted('')},{full}-{counts})",
        "reason": f"IF({elsewhere},{quoted(ELSEWHERE)},{line_detail.reason(n, look)})",
    }
    for name, text in shown.items():
        number = name in ("amount", "eligible", "cut")
        found = put(
            sheet,
            f"{LINES.letter(name)}{row}",
            f"=IF({used}=0,{quoted('')},{text})",
            size=10 if number else 9,
            box=True,
            back=PALE,
        )
        found.number_format = CUT if name == "cut" else YEN if number else "General"
        aligned(found, horizontal={"major": "center", "reason": "left"}.get(name, "right"), wrap_text=name == "reason")
