"""見積: the quote's own data, and the table of lines with what of each line counts."""

from __future__ import annotations

from dataclasses import replace

from openpyxl.worksheet.worksheet import Worksheet

from rules.frames import FRAMES
from rules.frames import group as members_frame
from workbooks.building.formula_text import quoted, ref
from workbooks.building.sheets import amount, input_cell, input_table, line_columns, line_detail
from workbooks.building.sheets.lists import Lookups
from workbooks.building.style import (
    GREY,
    PALE,
    YEN,
    aligned,
    flag,
    heading,
    link,
    printed,
    protect,
    put,
    title,
)
from workbooks.form.layout import GROUPS, LINES, MEMBERS, Group, Input, Size, Table

TOP = GROUPS[0].row
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
    return f"（{i.blank}）" if i.blank else "" if i.required else "（任意）"


def _merge(
    sheet: Worksheet, ends: tuple[str, str], row: str, i: Input | None = None, look: Lookups | None = None
) -> None:
    cells = f"{ends[0]}{row}:{ends[1]}{row}"
    if i is not None and look is not None:
        free = replace(i, limit=None)  # 法人番号 as a quote prints it may hold hyphens, which the reader drops
        input_cell.write(sheet, cells if ends[0] != ends[1] else f"{ends[0]}{row}", free, look.lists)
        aligned(sheet[f"{ends[0]}{row}"], wrap_text=False, shrink_to_fit=True)
    if ends[0] != ends[1]:
        sheet.merge_cells(cells)


def _summary(sheet: Worksheet) -> None:
    """The result in short, to the right."""
    first, last = LINES.letter("eligible"), LINES.letter("reason")
    heading(sheet, first, last, TOP, "計算の結果")
    for row, (label, name) in enumerate((*ACTUAL, *AFTER), TOP + 1):
        strong = name == "out_subsidy"
        put(sheet, f"{first}{row}", label, size=9, bold=strong)
        put(sheet, f"{last}{row}", f"={ref(name)}", form=YEN, bold=strong, align="right", size=12 if strong else 10)
    flag(sheet, f"{last}{TOP + 1}:{last}{TOP + 5}", f"ISERROR({last}{TOP + 1})", colour="BFBFBF")
    row = TOP + 6
    put(sheet, f"{first}{row}", f"={amount.WORDS}", size=9, colour=GREY, wrap=True, top=True)
    flag(sheet, f"{first}{row}", f"{amount.STATE}>0", colour="C00000", bold=True)
    sheet.merge_cells(f"{first}{row}:{last}{row + 2}")
    link(sheet, f"{first}{row + 3}", "補助額", "A1", "補助額の計算を見る →")
    link(sheet, f"{last}{row + 3}", "提案書", "A1", "提案書を見る →")


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
    input_table.build(sheet, lines, look.lists, 26, narrow=False)
    for number in range(1, lines.rows + 1):
        _line(sheet, number, look)
    amounts = f"{LINES.letter('amount')}{LINES.first}:{LINES.letter('cut')}{lines.last}"
    flag(sheet, amounts, f"ISERROR({LINES.letter('amount')}{LINES.first})", colour="FFFFFF", back="C00000")
    cuts = f"{LINES.letter('cut')}{LINES.first}"
    flag(
        sheet, f"{cuts}:{LINES.letter('reason')}{lines.last}", f"IF(ISNUMBER(${cuts}),${cuts}>0,FALSE)", colour="C00000"
    )


ELSEWHERE = f"複数者連携の経費は「{MEMBERS}」に入れます"
CUT = '#,##0;-#,##0;""'  # nothing where nothing is cut


def _line(sheet: Worksheet, n: int, look: Lookups) -> None:
    """The computed cells of line n, from its row of working on 明細計算."""
    row = LINES.header + n
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
