"""計画, third part: 最低賃金近傍 month by month, as `rules.near_minimum_wage` judges it; what is not answered is not "no"."""

from __future__ import annotations

from types import SimpleNamespace

from openpyxl.worksheet.worksheet import Worksheet

from rules import minimum_wage, near_minimum_wage
from rules.engine.edition import cite, editions
from rules.engine.formula import Formula, renamed
from workbooks.building.formula_text import absolute, blank, dated, day, per_edition, quoted, ref, total
from workbooks.building.sheets import input_table, plan_wage_raise
from workbooks.building.sheets.lists import Lookups
from workbooks.building.style import GREY, PALE, YEN, flag, heading, put
from workbooks.form import entered_cells
from workbooks.form.layout import MONTH_TABLE, PLAN, YES

TOP = MONTH_TABLE.header - 5
LAST = MONTH_TABLE.last + 1
HITS, TOLD, VERDICT = (absolute(PLAN, f"J{MONTH_TABLE.header + n}") for n in (1, 2, 3))
NUMBERS, WORDS = (
    ",".join(entered_cells.spans(MONTH_TABLE, name, letter) for name in ("everyone", "below"))
    for letter in (entered_cells.VALUE, entered_cells.TEXT)
)
FILLED = total(f"SUMPRODUCT(1*({span}<>{quoted('')}))" for span in WORDS.split(","))  # cells that say something


def build(sheet: Worksheet, look: Lookups) -> None:
    """Writes the part."""
    head = MONTH_TABLE.header
    heading(sheet, "A", "K", TOP, "3　最低賃金近傍の事業者の判定（通常枠の補助率）")
    put(sheet, f"B{TOP + 1}", "=" + per_edition(near_minimum_wage.Edition, lambda e: quoted(e.test.title)), size=9)
    put(
        sheet,
        f"K{TOP + 1}",
        "=" + per_edition(near_minimum_wage.Edition, lambda e: quoted("出典: " + cite(e.test.at))),
        size=8,
        colour=GREY,
        wrap=True,
    )
    put(sheet, f"B{TOP + 2}", "境の額（円、時給）", size=9, box=True, back=PALE)
    input_table.shown(sheet, f"C{TOP + 2}", _threshold(look), YEN)
    put(
        sheet,
        f"D{TOP + 2}",
        "=" + per_edition(near_minimum_wage.Edition, lambda e: quoted(_reading(e))),
        size=9,
        colour=GREY,
        indent=1,
    )
    input_table.build(sheet, MONTH_TABLE, look.lists, 19)
    for n in range(1, MONTH_TABLE.rows + 1):
        _month(sheet, n)
    _verdict(sheet)
    put(sheet, f"A{head}", "", back=PALE, box=True)


def _reading(e: near_minimum_wage.Edition) -> str:
    """Who is below the threshold."""
    who = (
        "境の額ちょうどの人も数えます"
        if e.test.inclusive
        else "境の額より低い人だけを数えます（ちょうどの人は数えません）"
    )
    return who if e.test.year else f"その月の地域別最低賃金に{e.test.over}円を足した額が境です。{who}"


def _threshold(look: Lookups) -> str:
    """The hourly wage that every month is held against, where the edition names a year."""

    def text(e: near_minimum_wage.Edition) -> str:
        if e.test.year is None:
            return quoted("月ごと")
        year = max(n for n, y in enumerate(minimum_wage.years()) if e.test.year and y.since <= e.test.year)
        return f"INDEX({look.wages[year][1]},{plan_wage_raise.prefecture(look)})+{e.test.over}"

    return per_edition(near_minimum_wage.Edition, text)


def _month(sheet: Worksheet, n: int) -> None:
    at = {c.name: MONTH_TABLE.cell(c.name, n).partition("!")[2] for c in MONTH_TABLE.columns}
    everyone, below = said("everyone", n), said("below", n)
    found = put(
        sheet,
        at["month"],
        "=" + per_edition(near_minimum_wage.Edition, lambda e: _label(e, n)),
        size=9,
        box=True,
        back=PALE,
    )
    found.number_format = 'yyyy"年"m"月"'
    share = f"IF({answered(n)},{below}/{everyone},{quoted('')})"
    input_table.shown(sheet, at["share"], share, "0.0%")
    input_table.shown(sheet, at["hit"], f"IF({answered(n)},{_hit(everyone, below)},{quoted('')})", "0", "center")
    none = f"AND({blank(everyone)},{blank(below)})"
    over = f"IF(COUNT({everyone},{below})=2,{below}>{everyone},FALSE)"
    wrong = f"IF({over},{quoted('← 全従業員数を超えています')},{quoted('← 二つとも整数で入れてください')})"
    words = f"IF({none},{quoted('')},IF({answered(n)},{quoted('')},{wrong}))"
    put(sheet, f"G{MONTH_TABLE.header + n}", input_table.own(sheet, f"={words}"), size=9, colour="C00000")


def _label(e: near_minimum_wage.Edition, n: int) -> str:
    return (
        f"EDATE({day(e.test.first)},{n - 1})"
        if e.test.first
        else quoted(f"直近{near_minimum_wage.MONTHS}か月の{n}か月目")
    )


def said(name: str, n: int) -> str:
    """What a cell of month n says, as read."""
    return entered_cells.value_of(entered_cells.of_table(MONTH_TABLE, name, n))


def answered(n: int) -> str:
    """`rules.near_minimum_wage.answered`: whether month n says enough to be judged."""
    everyone, below = said("everyone", n), said("below", n)
    whole = f"AND(INT({everyone})={everyone},INT({below})={below})"
    inside = f"IF({everyone}>=1,IF({below}>=0,IF({below}<={everyone},{whole},FALSE),FALSE),FALSE)"
    return f"IF(AND(ISNUMBER({everyone}),ISNUMBER({below})),{inside},FALSE)"


def _hit(everyone: str, below: str) -> str:
    q = SimpleNamespace(everyone=Formula("everyone"), below=Formula("below"))
    texts = [(e.since, near_minimum_wage.hit(q, e).text) for e in editions(near_minimum_wage.Edition)]
    return renamed(dated(texts), {"everyone": everyone, "below": below})


def state() -> str:
    """`rules.near_minimum_wage.of` as a formula: TRUE, FALSE, or #N/A while the unanswered months could still decide."""
    typed = ref("near_min_wage")
    told = f"IF({typed}={quoted('')},NA(),{typed}={quoted(YES)})"

    def judged(e: near_minimum_wage.Edition) -> str:
        open_ = f"SUM({MONTH_TABLE.column('hit')})+{near_minimum_wage.MONTHS}-COUNT({MONTH_TABLE.column('hit')})"
        return f"IF(SUM({MONTH_TABLE.column('hit')})>={e.test.months},TRUE,IF({open_}>={e.test.months},NA(),FALSE))"

    return f"IF({FILLED}=0,{told},{per_edition(near_minimum_wage.Edition, judged)})"


def _verdict(sheet: Worksheet) -> None:
    head = MONTH_TABLE.header
    answer = f"IF(ISERROR({state()}),{quoted('判定不能')},IF({state()},{quoted('該当する')},{quoted('該当しない')}))"
    rows = (
        ("該当した月の数", f"SUM({MONTH_TABLE.column('hit')})", "0"),
        ("答えた月の数", f"COUNT({MONTH_TABLE.column('hit')})", "0"),
        ("最低賃金近傍の事業者に", answer, "General"),
    )
    for row, (label, text, form) in enumerate(rows, head + 1):
        put(sheet, f"H{row}", label, size=9, box=True, bold=row == head + 3)
        put(sheet, f"I{row}", None, box=True)
        sheet.merge_cells(f"H{row}:I{row}")
        input_table.shown(sheet, f"J{row}", text, form, "center")
    typed = quoted("月ごとの人数が無いので、「申請者」の「最低賃金近傍の事業者」の答えを使います（空欄なら判定不能）。")
    words = per_edition(
        near_minimum_wage.Edition,
        lambda e: quoted(
            f"{e.test.months}か月以上該当すれば「該当する」です。月は続いていなくてもかまいません。"
            "答えていない月でまだ変わり得るときは「判定不能」で、補助額は低い補助率で計算します。"
        ),
    )
    put(
        sheet,
        f"H{head + 5}",
        input_table.own(sheet, f"=IF({FILLED}=0,{typed},{words})"),
        size=9,
        colour=GREY,
        wrap=True,
        top=True,
    )
    sheet.merge_cells(f"H{head + 5}:J{head + 10}")
    flag(sheet, f"J{head + 3}", f'J{head + 3}="判定不能"', colour="C00000", bold=True)
    flag(sheet, f"F{head + 1}:F{MONTH_TABLE.last}", f"F{head + 1}=1", back="FFF2CC", bold=True)
