"""通常枠: 課題 → プロセス → 機能 → 効果, 労働生産性 over three years, 最低賃金近傍 month by month."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from rules import near_minimum_wage, obligations
from rules.assess import Assessment
from rules.dates import months_after
from rules.engine.argument import ArgumentError
from rules.engine.edition import edition
from rules.quote import Month, Year
from templates import japanese
from templates.content.narratives import SOFTWARE, UNKNOWN, answer, processes
from templates.content.words import Link, Near, NearMonth, Productivity
from workbooks.form import layout

FORMULA = "労働生産性 ＝（営業利益＋人件費＋減価償却費）÷（従業員数×年間平均労働時間）"
BASE = 1  # the number of the base year
OTHER = "other"  # the cell of a process without one of its own
ROWS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("営業利益", "operating", japanese.number),
    ("人件費", "personnel", japanese.number),
    ("減価償却費", "depreciation", japanese.number),
    ("従業員数（人）", "employees", japanese.decimal),
    ("年間平均労働時間", "hours", japanese.decimal),
)


def chain(a: Assessment) -> list[Link]:
    """A row for each process of the software: what to ask, which tool, how to measure."""
    if a.edition is None:
        return []
    rows = [(code, s.line) for s in a.expenses if s.line.category == SOFTWARE for code in sorted(s.line.processes)]
    tools: dict[str, list[str]] = {}
    for code, line in rows:
        tools.setdefault(code, []).append(line.tool or line.item)
    cells = _cells(sorted(tools))
    return [_link(code, list(dict.fromkeys(named)), cells[code], a) for code, named in sorted(tools.items())]


def _cells(codes: Sequence[str]) -> dict[str, str]:
    """The cells of each process by its number: p01 of 共P-01; what has none of its own shares the one of the others."""
    taken: dict[str, str] = {}
    for code in codes:
        cell = f"p{code.rpartition('-')[2]}"
        free = f"{cell}_issue" in layout.INPUT and cell not in taken.values()
        taken[code] = cell if free else OTHER
    return taken


def _link(code: str, tools: list[str], cell: str, a: Assessment) -> Link:
    known = processes().get(code)
    ask = known.ask if known else "課題と月何時間か"
    measured = f"現状値→目標値、測る時期、担当。測り方の例: {known.measure}" if known else "現状値→目標値"
    effect = answer(a, f"{cell}_effect", measured)
    return {
        "code": code,
        "name": known.name if known else "別紙1に無いコード",
        "tool": "・".join(tools),
        "functions": f"別紙1の例: {known.functions}" if known else "",
        "label": f"{code} の課題",
        **answer(a, f"{cell}_issue", ask),
        "effect_label": f"{code} の効果",
        "effect_field": effect["field"],
        "effect_value": effect["value"],
        "effect_ask": effect["ask"],
        "source": known.at if known else "",
    }


def productivity(a: Assessment) -> Productivity:
    """The table of 労働生産性: a column for each year, and whether the target is reached."""
    goal = obligations.target(a.frame, bool(a.quote.get("past_grant")), a.on) if a.edition else None
    years = {year.number: year for year in a.quote.plan}
    newest = obligations.target(a.frame, bool(a.quote.get("past_grant")))  # its columns, where no edition is in force
    count = goal.years if goal else newest.years if newest else 0
    wanted = [years.get(n, Year(n)) for n in range(BASE, BASE + count + 1)]
    ratios = [_ratio(year) for year in wanted]
    return {
        "heads": [_head(n) for n in range(count + 1)],
        "rows": [
            *(
                {"label": label, "values": [_cell(getattr(y, name), show) for y in wanted]}
                for label, name, show in ROWS
            ),
            {"label": "付加価値額", "values": [_cell(_added(y), japanese.number) for y in wanted]},
            {"label": "労働生産性（円／時間）", "values": [_cell(r, _hourly) for r in ratios]},
            {"label": "実績年からの伸び", "values": [_growth(ratios, n, a.on) for n in range(count + 1)]},
        ],
        "formula": FORMULA,
        "target": _target(goal),
        "verdict": _verdict(goal, ratios, a.on),
        "doubt": goal.doubt if goal else "",
        "source": goal.at if goal else "",
    }


def typed(a: Assessment) -> Iterator[tuple[str, str, str, str]]:
    """Every figure of the plan: what it is, its year, as it is typed, as it is read."""
    goal = obligations.target(a.frame, bool(a.quote.get("past_grant")), a.on) if a.edition else None
    years = {year.number: year for year in a.quote.plan}
    for number in range(goal.years + 1 if goal else 0):
        for label, name, show in ROWS:
            value = getattr(years.get(number + BASE, Year(0)), name)
            plain = UNKNOWN if value is None else japanese.typed(value)
            reading = "" if value is None or show(value) == plain else show(value)
            yield label.partition("（")[0], _head(number), plain, reading


def nearness(a: Assessment) -> Near:
    """The months of 最低賃金近傍 and what they show."""
    if a.edition is None:
        return {"label": "", "rows": [], "verdict": "", "source": ""}
    p = edition(near_minimum_wage.Edition, a.on)
    told = {month.number: month for month in a.quote.months}
    shown, claimed = (
        near_minimum_wage.of(a.quote),
        a.quote.get("near_min_wage"),
    )  # a firm that never asked needs no table
    verdict = {
        True: "該当する（補助率の引上げの対象）",
        False: "該当しない",
        None: "答えが足りず、まだ判定できない" if told else "人数も答えも未記入（補助率は引き上げていない）",
    }
    return {
        "label": p.test.title,
        "rows": [_month(n, told.get(n), p) for n in range(1, near_minimum_wage.MONTHS + 1)] if told or claimed else [],
        "verdict": verdict[shown],
        "source": p.test.at,
    }


def places(a: Assessment) -> list[str]:
    """What this draft cites."""
    cited = [productivity(a)["source"], nearness(a)["source"], *(row["source"] for row in chain(a))]
    return [place for place in cited if place]


def _month(number: int, month: Month | None, p: near_minimum_wage.Edition) -> NearMonth:
    when = japanese.month(months_after(p.test.first, number - 1)) if p.test.first else f"{number}か月目"
    if month is None or not near_minimum_wage.answered(month):
        return {"month": when, "everyone": "", "below": "", "share": "", "hit": ""}
    share = Fraction(month.below or 0, month.everyone or 1)
    return {
        "month": when,
        "everyone": japanese.number(month.everyone or 0),
        "below": japanese.number(month.below or 0),
        "share": japanese.percent(Fraction(int(share * 1000), 1000)),  # cut, so that 29.97% does not read as 30.0%
        "hit": "該当" if near_minimum_wage.hit(month, p) else "―",
    }


def _head(number: int) -> str:
    return "実績" if number == 0 else f"計画{number}年目"


def _cell(value: Any, show: Callable[[Any], str]) -> str:
    return UNKNOWN if value is None else show(value)


def _added(year: Year) -> int | None:
    parts = (year.operating, year.personnel, year.depreciation)
    return None if None in parts else sum(part for part in parts if part is not None)


def _ratio(year: Year) -> Fraction | None:
    known = (year.operating, year.personnel, year.depreciation, year.employees, year.hours)
    if None in known or not year.readable:
        return None
    try:
        return obligations.productivity(*(Fraction(value) for value in known if value is not None))
    except ArgumentError:
        return None


def _hourly(value: Fraction) -> str:
    """Yen per hour, cut to whole yen."""
    return japanese.number(int(value))


def _rate(ratios: list[Fraction | None], years: int, on: date | None) -> Fraction | None:
    """年平均成長率 from the base year; None where it is not defined."""
    first, last = ratios[0], ratios[years]
    if not first or last is None or first < 0 or last < 0:
        return None
    return obligations.growth(first, last, years, on)


def _growth(ratios: list[Fraction | None], year: int, on: date | None) -> str:
    if year == 0:
        return "―"
    rate = _rate(ratios, year, on)
    return UNKNOWN if rate is None else f"年平均 {japanese.percent(rate)}"


def _target(goal: obligations.Target | None) -> str:
    if goal is None:
        return "この枠に労働生産性の目標はない。"
    first = f"1年後 {japanese.percent(goal.first_year)}以上、" if goal.first_year is not None else ""
    return f"目標: {first}{goal.years}年間の年平均成長率 {japanese.percent(goal.cagr)}以上（{goal.label}）。"


def _verdict(goal: obligations.Target | None, ratios: list[Fraction | None], on: date | None) -> str:
    """Whether the plan reaches the target, as far as it is filled."""
    if goal is None:
        return ""
    first, last = _rate(ratios, 1, on), _rate(ratios, goal.years, on)
    if last is None or (goal.first_year is not None and first is None):
        return "計画の数字が足りず、目標に届くか分からない。シート「計画」に記入する。"
    early = goal.first_year is None or (first is not None and first >= goal.first_year)
    return "この計画は目標に届いている。" if early and last >= goal.cagr else "この計画は目標に届いていない。"
