"""Checks of the plan (計画): the growth of 労働生産性 and of 給与支給総額 against what the frame asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from rules import obligations, payroll
from rules.assess import Assessment
from rules.checks.codes import rule
from rules.engine.argument import ArgumentError
from rules.findings import Finding
from rules.quote import Year


def productivity(a: Assessment) -> Iterator[Finding]:
    """GROWTH: 労働生産性 grows less than the frame's target, in the first year or on average."""
    goal = obligations.target(a.frame, bool(a.quote.get("past_grant")), a.on)
    if goal is None:
        return
    values = {year.number: (year, value) for year in a.quote.plan if (value := _value(year)) is not None}
    for after, least in ((1, goal.first_year), (goal.years, goal.cagr)):
        if least is None or not {1, 1 + after} <= values.keys():
            continue
        year, value = values[1 + after]
        grown = _growth(values[1][1], value, after, a)
        if grown is None or grown < least:
            much = (
                "計算できません" if grown is None else f"{_percent(grown)}で、求められる{_percent(least)}に届きません"
            )
            period = "1年後の伸び" if after == 1 else f"{after}年間の年平均成長率"
            message = f"労働生産性の{period}が{much}。計画を見直してください。{goal.doubt}"
            yield rule("GROWTH")(message, year.cell("operating"), at=goal.at)


def _value(year: Year) -> Fraction | None:
    """労働生産性 of a year; None while a cell is blank."""
    cells = (year.operating, year.personnel, year.depreciation, year.employees, year.hours)
    if None in cells or not year.readable:
        return None
    try:
        return obligations.productivity(*(c for c in cells if c is not None))
    except ArgumentError:
        return None


def _growth(base: Fraction | int, after: Fraction | int, years: int, a: Assessment) -> Fraction | None:
    try:
        return obligations.growth(base, after, years, a.on)
    except ArgumentError:
        return None


def wage_plan(a: Assessment) -> Iterator[Finding]:
    """WAGEPLAN: a 賃上げ計画 is asked for, and the plan promises less."""
    q, found = a.quote, rule("WAGEPLAN")
    if not a.subsidy:
        return
    plan = payroll.plan(a)
    if plan is None or not plan.required or plan.cagr is None:
        return
    if q.get("wage_raise") is False:
        message = (
            f"この補助額では年平均{_percent(plan.cagr)}以上の賃上げの計画が要りますが、賃上げを行わないと答えています。"
        )
        yield found(message + plan.doubt, q.cell("wage_raise"), at=plan.source)
    grown = payroll.growth(a)
    if grown is not None and grown.rate < plan.cagr:
        heads = "（従業員数が変わらないとして）" if grown.unchanged else ""
        message = f"{grown.measure}の{payroll.YEARS}年間の年平均成長率が{_percent(grown.rate)}で、求められる{_percent(plan.cagr)}に届きません{heads}。"
        yield found(message + plan.doubt, q.cell(payroll.PAYROLL[-1]), at=plan.source)
    yield from _margin(a, plan)


def _margin(a: Assessment, plan: obligations.WagePlan) -> Iterator[Finding]:
    """The promised distance from the prefecture's minimum wage against what is asked for."""
    chosen, asked = a.quote.get("wage_margin"), plan.minimum_wage_plus
    if chosen is None or asked is None:
        return
    digits = re.search(r"[0-9]{1,9}", chosen)
    if (int(digits.group()) if digits else 0) < asked:
        message = (
            f"賃上げ幅が「{chosen}」ですが、この補助額では地域別最低賃金＋{asked}円以上が要ります。選び直してください。"
        )
        yield rule("WAGEPLAN")(message + plan.doubt, a.quote.cell("wage_margin"), at=plan.source)


def _percent(rate: Fraction) -> str:
    return f"{float(rate):.1%}"


CHECKS = (productivity, wage_plan)
