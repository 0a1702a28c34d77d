"""計画: 労働生産性 with the target of each frame, the raise that the chosen frame asks for, 最低賃金近傍 month by month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from rules import obligations
from rules.engine.edition import cite, editions
from rules.frames import FRAMES
from workbooks.building.formula_text import dated, per_edition, quoted, ref, trimmed
from workbooks.building.sheets import input_table, plan_near_minimum_wage, plan_wage_raise
from workbooks.building.sheets.lists import Lookups
from workbooks.building.sheets.plan_common import BLANK, MET, MISSED, NONE, PERCENT, YEARS, growth, share
from workbooks.building.style import GREY, PALE, YEN, flag, heading, paged, printed, protect, put, title, widths
from workbooks.form import entered_cells
from workbooks.form.layout import PLAN_TABLE, YES, Size

TOP = 16  # row of the first frame's target
RATE = "#,##0.00"


def build(sheet: Worksheet, look: Lookups, _: Size) -> None:
    """Writes the sheet; its tables have one size."""
    title(
        sheet,
        "計画",
        "労働生産性と賃上げの計画、最低賃金近傍の判定です。水色のセルに入れます。入れた分だけ判定が出ます。",
    )
    _productivity(sheet, look)
    _targets(sheet)
    plan_wage_raise.build(sheet, look)
    plan_near_minimum_wage.build(sheet, look)
    widths(sheet, {"B": 20, "K": 46})
    flag(sheet, f"B{TOP}:J{plan_wage_raise.LAST}", f'B{TOP}="{MISSED}"', colour="C00000", bold=True)
    flag(sheet, f"B{TOP}:J{plan_wage_raise.LAST}", f'LEFT(B{TOP},2)="あと"', colour="7F6000")
    flag(sheet, f"B{TOP}:J{plan_wage_raise.LAST}", f'B{TOP}="{MET}"', colour="548235", bold=True)
    flag(sheet, f"B{TOP}:J{plan_wage_raise.LAST}", f'OR(B{TOP}="{NONE}",B{TOP}="{BLANK}")', colour="A6A6A6")
    sheet.freeze_panes = "A4"
    printed(sheet, f"A1:K{plan_near_minimum_wage.LAST}", landscape=True)
    paged(sheet, 62, [plan_near_minimum_wage.TOP])
    protect(sheet)


def cell(name: str, n: int) -> str:
    """A cell of the plan, as read or computed; 1 is the base year."""
    entry = entered_cells.of_table(PLAN_TABLE, name, n)
    return entered_cells.value_of(entry) if entry in entered_cells.ENTRIES else input_table.at(PLAN_TABLE, name, n)


def _productivity(sheet: Worksheet, look: Lookups) -> None:
    heading(sheet, "A", "K", 4, "1　労働生産性の計画")
    text = "付加価値額 ＝ 営業利益 ＋ 人件費 ＋ 減価償却費。労働生産性 ＝ 付加価値額 ÷（従業員数 × 1人当たりの年間平均労働時間）。"
    put(sheet, "B5", text, size=9, colour=GREY)
    cut = per_edition(obligations.Edition, lambda e: quoted(f"{e.digits.title}。出典: {cite(e.digits.at)}"))
    put(sheet, "B6", f"={cut}", size=8, colour=GREY)
    input_table.build(sheet, PLAN_TABLE, look.lists)
    for n, label in enumerate(YEARS, 1):
        row = {c.name: PLAN_TABLE.cell(c.name, n).partition("!")[2] for c in PLAN_TABLE.columns}
        put(sheet, row["year"], label, size=9, box=True, back=PALE)
        money = ("operating", "personnel", "depreciation")
        filled = f"COUNT({','.join(cell(name, n) for name in money)})"
        added = "+".join(cell(name, n) for name in money)
        hours = f"{cell('employees', n)}*{cell('hours', n)}"
        input_table.shown(sheet, row["added"], f"IF({filled}<{len(money)},{quoted('')},{added})", YEN)
        ready = f"AND(ISNUMBER({cell('added', n)}),COUNT({cell('employees', n)},{cell('hours', n)})=2)"
        value = f"IF({hours}>0,{cell('added', n)}/({hours}),#NUM!)"
        input_table.shown(sheet, row["productivity"], f"IF({ready},{value},{quoted('')})", RATE)
        input_table.shown(sheet, row["growth"], grown(n - 1) if n > 1 else quoted("―"), PERCENT, "center")


def grown(years: int) -> str:
    """年平均成長率 of labour productivity from the base year; nothing while a year is blank."""
    base, after = cell("productivity", 1), cell("productivity", years + 1)
    known = f"AND(ISNUMBER({base}),ISNUMBER({after}))"
    return f"IF(OR(ISERROR({base}),ISERROR({after})),#NUM!,IF({known},{growth(base, after, years)},{quoted('')}))"


def _targets(sheet: Worksheet) -> None:
    """One row per frame: the target in force, the plan, whether it is met."""
    heading(sheet, "A", "K", TOP - 2, "労働生産性の目標と判定")
    titles = ("枠", "", "1年後の目標", "計画", "判定", "年平均の目標", "計画", "年数", "判定", "出典")
    for letter, text in zip("BCDEFGHIJK", titles, strict=True):
        put(sheet, f"{letter}{TOP - 1}", text, size=9, back=PALE, box=True, align="center")
    sheet.merge_cells(f"B{TOP - 1}:C{TOP - 1}")
    for row, f in enumerate(FRAMES, TOP):
        put(sheet, f"B{row}", f.label, size=9, box=True, shrink=True)
        put(sheet, f"C{row}", None, box=True)
        sheet.merge_cells(f"B{row}:C{row}")
        _target(sheet, row, f.name)
        sheet.row_dimensions[row].height = 24
    put(sheet, f"B{TOP + len(FRAMES)}", "=" + _past(), size=9, colour=GREY)


def _past() -> str:
    yes, no = (
        quoted("過去の交付決定: あり（「申請者」の答え）"),
        quoted("過去の交付決定: なし（「申請者」の答え。空欄も「なし」とします）"),
    )
    return f"IF({trimmed(ref('past_grant'))}={quoted(YES)},{yes},{no})"


def _target(sheet: Worksheet, row: int, frame: str) -> None:
    def of(make: Callable[[obligations.Target | None], str]) -> str:
        """A text for the frame's target, with and without an earlier grant, in each edition."""
        texts = list[tuple[date, str]]()
        for e in editions(obligations.Edition):
            past, new = (obligations.target(frame, flag_, e.since) for flag_ in (True, False))
            a, b = make(past), make(new)
            texts.append((e.since, a if a == b else f"IF({trimmed(ref('past_grant'))}={quoted(YES)},{a},{b})"))
        return dated(texts)

    first = of(lambda t: quoted("―") if t is None or t.first_year is None else share(t.first_year))
    most = of(lambda t: quoted("―") if t is None else share(t.cagr))
    years = of(lambda t: quoted("―") if t is None else str(t.years))
    after = f"IF(ISNUMBER($I{row}),CHOOSE($I{row},{','.join(cell('growth', n) for n in (2, 3, 4))}),{quoted('―')})"
    source = of(lambda t: quoted("目標の定めはありません") if t is None else quoted(cite(t.at)))
    shown = (
        ("D", first), ("E", f"IF(ISNUMBER($D{row}),{cell('growth', 2)},{quoted('―')})"), ("F", _verdict("D", "E", row)),
        ("G", most), ("H", after), ("I", years), ("J", _verdict("G", "H", row)),
    )  # fmt: skip
    for letter, text in shown:
        form = "General" if letter == "I" else PERCENT
        put(sheet, f"{letter}{row}", input_table.own(sheet, f"={text}"), size=9, box=True, form=form, align="center")
    put(sheet, f"K{row}", f"={source}", size=8, colour=GREY, box=True, wrap=True)


def _verdict(target: str, planned: str, row: int) -> str:
    """Whether the plan reaches the target; both are shares cut to the same digits, so halves of a unit part them."""
    goal, mine = f"${target}{row}", f"${planned}{row}"

    def text(e: obligations.Edition) -> str:
        scale = 10**e.digits.value
        return f"IF(ROUND({mine}*{scale},0)>=ROUND({goal}*{scale},0),{quoted(MET)},{quoted(MISSED)})"

    met = per_edition(obligations.Edition, text)
    return f"IF(ISNUMBER({goal}),IF(ISERROR({mine}),{quoted('計算できません')},IF(ISNUMBER({mine}),{met},{quoted(BLANK)})),{quoted(NONE)})"
