"""補助額: all frames for this quote, the largest subsidy first, and their subsidies as bars."""

from __future__ import annotations

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from workbooks.building.formula_text import absolute, quoted, ref, span
from workbooks.building.sheets import amount_working, chart
from workbooks.building.sheets.amount_frame import LAST, hidden, own
from workbooks.building.style import ACCENT, GREY, PALE, SCREEN, YEN, flag, heading, put
from workbooks.form.amount_layout import AMOUNT, AMOUNTS, CHART, COMPARISON, SECTIONS

FIRST = COMPARISON + 2
END = FIRST + len(SECTIONS) - 1
SCORE, RANK, FRAME, SHOWN, LABEL = "J", "K", "L", "M", "N"  # of a frame; which frame stands on a rank, its bar
TITLES = ("枠（押すと計算へ）", "補助額", "対象経費（税抜）", "自己負担（税抜）", "手出し（税込）", "状態")
MINE = quoted("【申請する枠】")
NO_BAR = "（計算できません）"  # behind the name of a frame whose bar would look like 0 yen


def build(sheet: Worksheet) -> None:
    """Writes the comparison and its chart."""
    heading(sheet, "B", LAST, COMPARISON, "枠の比較（補助額の大きい順）")
    for letter, words in zip("BCDEFG", TITLES, strict=True):
        put(sheet, f"{letter}{COMPARISON + 1}", words, size=9, back=PALE, box=True, align="center")
    for at, s in enumerate(SECTIONS):
        row = FIRST + at
        subsidy = ref(f"out_{s.frame.name}_subsidy")
        hidden(sheet, f"{SCORE}{row}", f"IF(ISERROR({subsidy}),-1,{subsidy})")
        hidden(sheet, f"{RANK}{row}", _rank(row))
        hidden(sheet, f"{FRAME}{row}", f"MATCH({at + 1},{_column(RANK)},0)")
        _row(sheet, row, at + 1)
    flag(
        sheet,
        f"B{FIRST}:{LAST}{END}",
        f"${FRAME}{FIRST}={ref('out_frame')}".replace(f"'{AMOUNT}'!", ""),
        back="FFF2CC",
        bold=True,
    )
    flag(sheet, f"G{FIRST}:G{END}", f'$C{FIRST}=""', colour=GREY)
    chart.frames(sheet, FIRST, END, f"B{CHART}")


def _column(letter: str) -> str:
    return span(AMOUNT, f"{letter}{FIRST}", f"{letter}{END}")


def _rank(row: int) -> str:
    """The rank of a frame: those with more, then those with as much that stand before it."""
    mine = absolute(AMOUNT, f"{SCORE}{row}")
    text = f"1+COUNTIF({_column(SCORE)},{quoted('>')}&{mine})"
    if row == FIRST:
        return text
    return f"{text}+COUNTIF({span(AMOUNT, f'{SCORE}{FIRST}', f'{SCORE}{row - 1}')},{mine})"


def _row(sheet: Worksheet, row: int, rank: int) -> None:
    """The frame on one rank."""
    which = absolute(AMOUNT, f"{FRAME}{row}")
    place = ",".join(f"\"#'{AMOUNT}'!B{s.top}\"" for s in SECTIONS)
    label = f"CHOOSE({which},{','.join(quoted(s.frame.label) for s in SECTIONS)})"
    put(sheet, f"A{row}", rank, size=8, colour=GREY, align="center")
    found = put(
        sheet,
        f"B{row}",
        f"=HYPERLINK(CHOOSE({own(which)},{place}),{own(label)})",
        size=9,
        box=True,
        shrink=True,
        colour=ACCENT,
    )
    found.font = Font(name=SCREEN, size=9, color=ACCENT, underline="single")
    for letter, name in zip("CDEF", AMOUNTS, strict=True):
        text = f"CHOOSE({which},{','.join(ref(f'out_{s.frame.name}_{name}') for s in SECTIONS)})"
        shown = own(f"=IF(ISERROR({text}),{quoted('')},{text})")
        put(sheet, f"{letter}{row}", shown, box=True, form=YEN, align="right", bold=name == "subsidy")
    said = f"CHOOSE({which},{','.join(amount_working.words(s) for s in SECTIONS)})"
    mine = f"IF({which}={ref('out_frame')},{MINE},{quoted('')})"
    put(sheet, f"G{row}", own(f"={mine}&{said}"), size=8, box=True, wrap=True)
    sheet.row_dimensions[row].height = 28
    bar = f"CHOOSE({which},{','.join(ref(f'out_{s.frame.name}_subsidy') for s in SECTIONS)})"
    hidden(sheet, f"{SHOWN}{row}", f"IF(ISERROR({bar}),0,{bar})")
    sheet[f"{SHOWN}{row}"].number_format = chart.BARE
    hidden(sheet, f"{LABEL}{row}", f"{label}&IF(ISERROR({bar}),{quoted(NO_BAR)},{quoted('')})")
