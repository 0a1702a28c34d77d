"""計画, second part: the raise that the chosen frame asks for at its subsidy, and the lowest wage of the workplace."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from openpyxl.worksheet.worksheet import Worksheet

from rules import minimum_wage, obligations
from rules.engine.edition import cite
from rules.frames import normal
from rules.frames.contract import Frame
from rules.payroll import HEADS
from rules.payroll import PAYROLL as NAMES
from workbooks.building.formula_text import AS_OF, absolute, blank, day, per_edition, quoted, ref, trimmed
from workbooks.building.sheets import input_table, plan_common
from workbooks.building.sheets.input_cell import cut
from workbooks.building.sheets.lists import Lookups
from workbooks.building.sheets.proposal_cells import of_frame
from workbooks.building.style import GREY, PALE, YEN, flag, heading, put
from workbooks.form.entered_cells import text_of
from workbooks.form.layout import PLAN, YES

TOP = 23  # row of the heading
LAST = TOP + 8  # its last row
SPAN = 3  # years of the plan
LONGEST = 200  # letters of a doubt that are shown here; Excel takes 255 in a literal
HALF = 10**6  # amounts are multiplied in two halves, so that no product passes 2^53
NOT_ASKED = "求められません"
SUBSIDY, NEED, PLANNED, VERDICT, OWN, REGION, PLUS, ENOUGH = (absolute(PLAN, f"I{TOP + n}") for n in range(1, 9))
YEAR = absolute(PLAN, f"L{TOP + 6}")  # of which year REGION is, beside the printed part


def build(sheet: Worksheet, look: Lookups) -> None:
    """Writes the part."""
    heading(sheet, "A", "K", TOP, "2　賃上げの計画（「申請者」に入れた額から）")
    _payroll(sheet)
    _asked(sheet, look)
    _notes(sheet, look)


def _payroll(sheet: Worksheet) -> None:
    measure = per_edition(
        obligations.Edition, lambda e: quoted("1人当たり成長率" if e.payroll.per_head else "年平均成長率")
    )
    for letter, text in zip("BCDE", ("年度", "給与支給総額（円）", f"={measure}", "従業員数（人）"), strict=True):
        put(sheet, f"{letter}{TOP + 1}", text, size=9, back=PALE, box=True, align="center", shrink=True)
    for n, (label, name) in enumerate(zip(plan_common.YEARS, NAMES, strict=True)):
        row = TOP + 2 + n
        put(sheet, f"B{row}", label, size=9, box=True)
        value = ref(name)
        input_table.shown(sheet, f"C{row}", f"IF({blank(value)},{quoted('')},{value})", YEN)
        known = f"AND(ISNUMBER({ref(NAMES[0])}),ISNUMBER({value}))"
        after = f"({value}*{_share_of_heads(n)})"
        rate = f"IF({known},{plan_common.growth(ref(NAMES[0]), after, n)},{quoted('')})" if n else quoted("―")
        input_table.shown(sheet, f"D{row}", rate, plan_common.PERCENT, "center")
        count = ref(HEADS[n])
        given = f"IF(ISNUMBER({count}),IF({count}>0,{count},{quoted('')}),{quoted('') if n == 0 else head_count(0)})"
        input_table.shown(sheet, f"E{row}", given, "#,##0.##", "center")
        sheet.row_dimensions[row].height = 20


def head_count(n: int) -> str:
    """The cell of a year's head-count; a blank year has the base year's."""
    return absolute(PLAN, f"E{TOP + 2 + n}")


def _share_of_heads(n: int) -> str:
    """Heads of the base year for one of year n, where the edition counts per head (`rules.payroll.growth`)."""
    first, after = head_count(0), head_count(n)
    share = f"IF(AND(ISNUMBER({first}),ISNUMBER({after})),{first}/{after},1)"
    return per_edition(obligations.Edition, lambda e: share if e.payroll.per_head else "1")


def _asked(sheet: Worksheet, look: Lookups) -> None:
    """What is asked for, what is planned, whether it is enough."""
    last = absolute(PLAN, f"D{TOP + 2 + SPAN}")
    need = per_edition(obligations.Edition, lambda e: _strictest(e, lambda r: plan_common.share(r.cagr)))
    more = per_edition(obligations.Edition, _plus)
    own = ref("office_min_wage")
    rows = (
        ("申請する枠の補助額", ref("out_subsidy"), YEN),
        ("求められる年平均成長率（3年）", f"IF({need}=0,{quoted(NOT_ASKED)},{need})", plan_common.PERCENT),
        ("計画の年平均成長率（3年）", last, plan_common.PERCENT),
        ("判定", _verdict(), "General"),
        ("事業場内最低賃金（円、入力）", f"IF({blank(own)},{quoted('')},{own})", YEN),
        ("地域別最低賃金（円、申請日に発効している額）", on_date(look, AS_OF), YEN),
        ("求められる事業場内最低賃金（円）", f"IF({more}=0,{quoted(NOT_ASKED)},{REGION}+{more})", YEN),
        ("判定", _floor(), "General"),
    )
    for row, (label, text, form) in enumerate(rows, TOP + 1):
        put(sheet, f"F{row}", label, size=9, box=True, bold=label == "判定", shrink=True)
        for letter in "GHJ":
            put(sheet, f"{letter}{row}", None, box=True)
        sheet.merge_cells(f"F{row}:H{row}")
        input_table.shown(sheet, f"I{row}", text, form)
        sheet.merge_cells(f"I{row}:J{row}")
        sheet.row_dimensions[row].height = 20
    flag(sheet, f"I{TOP + 1}:J{TOP + 8}", f"ISERROR(I{TOP + 1})", colour="BFBFBF")


def _notes(sheet: Worksheet, look: Lookups) -> None:
    doubts = per_edition(
        obligations.Edition,
        lambda e: quoted(cut(e.small.doubt or "小規模事業者は賃上げ計画の要件の適用外です。", LONGEST)),
    )
    sources = per_edition(
        obligations.Edition, lambda e: quoted("出典: " + "／".join(dict.fromkeys(cite(r.at) for r in e.wage)))
    )
    texts = (
        (TOP + 1, TOP + 3, sources),
        (TOP + 4, TOP + 6, doubts),
        (TOP + 7, LAST, _region(look)),
    )
    for first, last, text in texts:
        put(sheet, f"K{first}", f"={text}", size=8, colour=GREY, wrap=True, top=True)
        sheet.merge_cells(f"K{first}:K{last}")
    put(sheet, YEAR.partition("!")[2].replace("$", ""), input_table.own(sheet, f"={_year(look)}"), size=8, colour=GREY)


def _region(look: Lookups) -> str:
    """What is not known of the regional wage on that day; otherwise what the payroll holds."""
    text = quoted("役員報酬を含めるかは年で違います（入力用下書きの注）。1人当たりは総額÷従業員数です。")
    newest = minimum_wage.years()[-1]
    if newest.planned:
        at, row = [minimum_wage.prefectures().index(name) + 1 for name in newest.planned], prefecture(look)
        among = f"IF(ISERROR({row}),FALSE,OR({','.join(f'{row}={n}' for n in at)}))"
        text = f"IF(AND({AS_OF}>={day(newest.since)},{among}),{quoted(newest.planned_doubt)},{text})"
    return f"IF({AS_OF}>={day(newest.doubt_from)},{quoted(newest.doubt)},{text})" if newest.doubt_from else text


def _year(look: Lookups) -> str:
    """Of which year's revision (令和8年度) the figure on the day of application is; "" where it is not known."""
    row, text = prefecture(look), quoted("")
    for e, (since, _) in zip(minimum_wage.years(), look.wages, strict=True):
        text = f"IF(INDEX({since},{row})<={AS_OF},{quoted(e.label.split()[0])},{text})"
    return f"IF(ISERROR({REGION}),{quoted('')},{text})"


def _strictest(e: obligations.Edition, make: Callable[[obligations.Raise], str], none: str = "0") -> str:
    """A text for the strictest raise that `rules.obligations.wage_plan` asks for, in each frame."""

    def of(f: Frame) -> str:
        text = none
        for r in sorted((r for r in e.wage if f.name in r.frames), key=lambda r: r.cagr):
            text = f"IF({condition(r, f)},{make(r)},{text})"
        return text

    return _exempt(e, of_frame(of), none)


def _plus(e: obligations.Edition) -> str:
    """The most yen above the regional wage among the raises asked for."""

    def of(f: Frame) -> str:
        text = "0"
        mine = [r for r in e.wage if f.name in r.frames and r.minimum_wage_plus is not None]
        for r in sorted(mine, key=lambda r: r.minimum_wage_plus or 0):
            text = f"IF({condition(r, f)},{r.minimum_wage_plus},{text})"
        return text

    return _exempt(e, of_frame(of), "0")


def condition(r: obligations.Raise, frame: Frame) -> str:
    """Whether a raise is asked for; one of the upper bracket of 通常枠 needs its processes, too."""
    enough = f"{ref('out_subsidy')}>={r.from_yen}"
    if r.upper and frame is normal.FRAME:
        many = per_edition(normal.Edition, lambda e: str(e.tier_from.value))
        enough = f"AND({enough},{ref('out_normal_processes')}>={many})"
    return f"AND({trimmed(ref('past_grant'))}={quoted(YES)},{enough})" if r.past else enough


def _exempt(e: obligations.Edition, text: str, none: str) -> str:
    """Nothing for a 小規模事業者, where the edition exempts it, and for an exempt trade.

    Before its size is known, as if it were none.
    """
    small, trade = ref("out_small_biz"), text_of("wage_exempt")
    free = [f"IF(ISERROR({small}),FALSE,{small})"] if e.small.exempt else []
    free += [f"{trade}={quoted(x.name)}" for x in e.exempt]
    return f"IF(OR({','.join(free)}),{none},{text})" if free else text


def _verdict() -> str:
    """Whether the third year pays enough: in whole yen while the heads stay, by the growth per head where they change."""
    base, last = ref(NAMES[0]), ref(NAMES[-1])
    mine, share = absolute(PLAN, f"D{TOP + 2 + SPAN}"), _share_of_heads(SPAN)

    def reached(r: obligations.Raise) -> str:
        return f"IF({at_least(base, last, r.cagr, SPAN)},{quoted(plan_common.MET)},{quoted(plan_common.MISSED)})"

    def grown(e: obligations.Edition) -> str:
        scale = 10**e.digits.value
        return f"IF(ROUND({mine}*{scale},0)>=ROUND({NEED}*{scale},0),{quoted(plan_common.MET)},{quoted(plan_common.MISSED)})"

    whole = per_edition(obligations.Edition, lambda e: _strictest(e, reached, quoted(NOT_ASKED)))
    verdict = f"IF({share}=1,{whole},{per_edition(obligations.Edition, grown)})"
    known = f"IF(AND(ISNUMBER({base}),ISNUMBER({last})),IF({base}>0,{verdict},#NUM!),{quoted(plan_common.BLANK)})"
    return f"IF(ISERROR({NEED}),{NEED},IF(ISNUMBER({NEED}),{known},{quoted(NOT_ASKED)}))"


def at_least(base: str, after: str, rate: Fraction, years: int) -> str:
    """Whether after ≥ base × (1 + rate)^years, exactly: whole numbers only, none beyond 2^53 for amounts up to 10^12.

    Both sides are multiplied out; an amount is split into millions and the rest.
    """
    whole, grown = rate.denominator**years, (rate.denominator + rate.numerator) ** years
    high = f"INT({after}/{HALF})*{whole}-INT({base}/{HALF})*{grown}"
    low = f"({after}-INT({after}/{HALF})*{HALF})*{whole}-({base}-INT({base}/{HALF})*{HALF})*{grown}"
    return f"{high}+INT(({low})/{HALF})>=0"


def prefecture(look: Lookups) -> str:
    """The row of the workplace's prefecture: its own, or that of the head office."""
    office, head = ref("office_prefecture"), ref("prefecture")
    return f"MATCH(IF({blank(office)},{trimmed(head)},{trimmed(office)}),{look.prefectures},0)"


def on_date(look: Lookups, on: str) -> str:
    """`rules.minimum_wage.in_force` in the workplace's prefecture; #N/A where it is not known."""
    row, text = prefecture(look), "NA()"
    for since, yen in look.wages:
        text = f"IF(INDEX({since},{row})<={on},INDEX({yen},{row}),{text})"
    return text


def _floor() -> str:
    lacks = f'"あと"&({PLUS}-{OWN})&"円（計画のうちに）"'  # what the plan raises, no mistake today
    known = f"IF(ISNUMBER({OWN}),IF({OWN}>={PLUS},{quoted(plan_common.MET)},{lacks}),{quoted(plan_common.BLANK)})"
    return f"IF(ISERROR({PLUS}),{PLUS},IF(ISNUMBER({PLUS}),{known},{quoted(NOT_ASKED)}))"
