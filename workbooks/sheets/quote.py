"""見積: the quote's own data, and the table of lines with what of each line counts."""

from __future__ import annotations

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from rules import lines
from rules.edition import spoken
from workbooks.layout import GROUPS, LINES, QUOTE_TOP, Column, Group
from workbooks.sheets import entry, working
from workbooks.sheets.lists import MAJORS, Lookups
from workbooks.style import (
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
from workbooks.text import per_edition, quoted, ref

ACTUAL = (("見積の合計（税抜）", "out_total"), ("消費税", "out_tax"), ("支払総額（税込）", "out_gross"))
AFTER = (("補助額", "out_invoice_subsidy"), ("手出し（税込）", "out_out_of_pocket"))


def build(sheet: Worksheet, look: Lookups) -> None:
    """Writes the sheet."""
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
    _table(sheet, look)
    sheet.freeze_panes = f"C{LINES.first}"
    printed(sheet, f"A1:{LINES.letter('reason')}{LINES.last}", landscape=True, pages=1)
    protect(sheet)


def _group(sheet: Worksheet, group: Group, look: Lookups) -> None:
    """A box of inputs; labels and inputs may reach over several columns."""
    heading(sheet, group.labels[0], group.values[1], group.row, group.title)
    for i in group.inputs:
        row = i.cell[1:]
        put(sheet, f"{group.labels[0]}{row}", i.label + ("" if i.required else "（任意）"), size=9, shrink=True)
        _merge(sheet, group.labels, row)
        _merge(sheet, group.values, row, i, look)


def _merge(sheet: Worksheet, ends: tuple[str, str], row: str, i: object = None, look: Lookups | None = None) -> None:
    cells = f"{ends[0]}{row}:{ends[1]}{row}"
    if i is not None and look is not None:
        entry.write(sheet, cells if ends[0] != ends[1] else f"{ends[0]}{row}", i, look.lists)  # type: ignore[arg-type]
        aligned(sheet[f"{ends[0]}{row}"], wrap_text=False, shrink_to_fit=True)
    if ends[0] != ends[1]:
        sheet.merge_cells(cells)


def _summary(sheet: Worksheet) -> None:
    """The result in short, to the right."""
    heading(sheet, "Q", "S", QUOTE_TOP, "計算の結果")
    for row, (label, name) in enumerate((*ACTUAL, *AFTER), QUOTE_TOP + 1):
        strong = name == "out_invoice_subsidy"
        put(sheet, f"Q{row}", label, size=9, bold=strong)
        put(sheet, f"S{row}", f"={ref(name)}", form=YEN, bold=strong, align="right", size=12 if strong else 10)
    flag(sheet, f"S{QUOTE_TOP + 1}:S{QUOTE_TOP + 5}", f"ISERROR(S{QUOTE_TOP + 1})", colour="BFBFBF")
    row = QUOTE_TOP + 6
    put(sheet, f"Q{row}", "='補助額'!$D$12", size=9, colour=GREY, wrap=True, top=True)
    flag(sheet, f"Q{row}", "'補助額'!$E$12>0", colour="C00000", bold=True)
    sheet.merge_cells(f"Q{row}:S{row + 2}")
    link(sheet, f"Q{row + 3}", "補助額", "A1", "補助額の計算を見る →")
    link(sheet, f"S{row + 3}", "提案書", "A1", "提案書を見る →")


def _table(sheet: Worksheet, look: Lookups) -> None:
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
            entry.write(sheet, f"{letter}{LINES.first}:{letter}{LINES.last}", c, look.lists)
            _fit(sheet, c, letter)
    sheet.row_dimensions[head - 1].height = 24
    sheet.row_dimensions[head].height = 22
    for number in range(1, LINES.rows + 1):
        _line(sheet, number, look)
    table(sheet, LINES.name, LINES.ref, [c.title for c in LINES.columns])
    amounts = f"{LINES.letter('amount')}{LINES.first}:{LINES.letter('cut')}{LINES.last}"
    flag(sheet, amounts, f"ISERROR({LINES.letter('amount')}{LINES.first})", colour="FFFFFF", back="C00000")
    cuts = f"{LINES.letter('cut')}{LINES.first}"
    flag(
        sheet, f"{cuts}:{LINES.letter('reason')}{LINES.last}", f"IF(ISNUMBER(${cuts}),${cuts}>0,FALSE)", colour="C00000"
    )


def _fit(sheet: Worksheet, c: Column, letter: str) -> None:
    """Choices and short words shrink to their cell; texts wrap."""
    for row in range(LINES.first, LINES.last + 1):
        found = sheet[f"{letter}{row}"]
        found.font = Font(name=SCREEN, size=9)
        if c.name not in ("item", "tool", "category", "note"):
            aligned(found, wrap_text=False, shrink_to_fit=True)


CUT = '#,##0;-#,##0;""'  # nothing where nothing is cut
UNITS = {
    "category": "一覧から選ぶ",
    "functions": "カテゴリー1の行",
    "processes": "任意",
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
    """The computed cells of line n, from its row of working on 補助額."""
    row = LINES.header + n
    sheet.row_dimensions[row].height = 26
    put(sheet, f"A{row}", n, size=8, colour=GREY, align="center", box=True)
    used, amount, counts = working.cell("used", n), working.cell("line_amount", n), working.cell("line_eligible", n)
    shown = {
        "major": f"IF({working.cell('major', n)}=0,{quoted('')},MID({quoted(MAJORS)},{working.cell('major', n)},1))",
        "amount": f"IF({used}=0,{quoted('')},{amount})",
        "eligible": f"IF({used}=0,{quoted('')},{counts})",
        "cut": f"IF({used}=0,{quoted('')},{amount}-{counts})",
        "reason": _reason(n, look),
    }
    for name, text in shown.items():
        number = name in ("amount", "eligible", "cut")
        found = put(sheet, f"{LINES.letter(name)}{row}", f"={text}", size=10 if number else 9, box=True, back=PALE)
        found.number_format = CUT if name == "cut" else YEN if number else "General"
        aligned(found, horizontal={"major": "center", "reason": "left"}.get(name, "right"), wrap_text=name == "reason")


def _reason(n: int, look: Lookups) -> str:
    """Why a line counts less than its amount, in words."""
    me = {name: working.cell(name, n) for name in working.NAMES}
    months = f'IF({me["line_months"]}<{me["line_amount"]},"対象は"&{me["limit"]}&"か月まで。",{quoted("")})'
    over = per_edition(lines.Edition, lambda e: quoted(f"役務の上限{spoken(e.services.value)}を超えた分。"))
    services = f"IF({me['line_capped']}<{me['line_months']},{over},{quoted('')})"
    counted = f"IF({me['reason']}>0,INDEX({look.reasons},{me['reason']}),{months}&{services})"
    unread = quoted("読めないセルか空欄があります")
    return f"IF({me['used']}=0,{quoted('')},IF(ISERROR({me['line_eligible']}),{unread},{counted}))"
