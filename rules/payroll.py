"""給与支給総額 of a quote: how fast it grows, per head where the edition counts it so, and the plan that is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rules import obligations
from rules.assess import Assessment
from rules.engine.argument import ArgumentError
from rules.engine.edition import edition
from rules.frames import normal

PAYROLL = ("wage_base", "wage_y1", "wage_y2", "wage_y3")  # 給与支給総額（円）: the base year, then year by year
HEADS = ("wage_heads", "wage_heads_y1", "wage_heads_y2", "wage_heads_y3")  # 従業員数 of the same years
YEARS = len(PAYROLL) - 1


@dataclass(frozen=True)
class Growth:
    """年平均成長率 from the base year, what it is the growth of, and whether the head-count was taken as unchanged."""

    rate: Fraction
    measure: str
    unchanged: bool


def heads(inputs: Mapping[str, Any], year: int) -> Fraction | None:
    """The head-count of a year; a blank year has the base year's. None where that is not given or not above 0."""
    base = inputs.get(HEADS[0])
    later = inputs.get(HEADS[year])
    found = base if later is None else later
    return Fraction(found) if base and base > 0 and found and found > 0 else None


def per_head(inputs: Mapping[str, Any], year: int) -> Fraction | None:
    """1人当たり給与支給総額 of a year; None where the payroll or the head-count is not given."""
    total, count = inputs.get(PAYROLL[year]), heads(inputs, year)
    return None if total is None or count is None else total / count


def growth(a: Assessment, years: int = YEARS) -> Growth | None:
    """The growth over so many years; None where it has no meaning."""
    inputs = a.quote.inputs
    base, last = inputs.get(PAYROLL[0]), inputs.get(PAYROLL[years])
    if a.edition is None or base is None or last is None:
        return None
    measure = edition(obligations.Edition, a.on).payroll
    first, after = heads(inputs, 0), heads(inputs, years)
    counted = measure.per_head and first is not None and after is not None
    share = first / after if counted and first and after else Fraction(1)
    try:
        rate = obligations.growth(Fraction(base), last * share, years, a.on)
    except ArgumentError:
        return None
    return Growth(rate, measure.label, measure.per_head and not any(inputs.get(name) for name in HEADS[1:]))


def plan(a: Assessment) -> obligations.WagePlan | None:
    """The 賃上げ計画 that the subsidy asks for; None where the subsidy, the size of the firm or the edition is not known."""
    if a.subsidy is None or a.small_biz is None or a.edition is None:
        return None
    past, exempt = bool(a.quote.get("past_grant")), a.quote.get("wage_exempt")
    return obligations.wage_plan(a.subsidy, past, a.small_biz, a.on, a.frame, exempt, in_upper(a))


def in_upper(a: Assessment) -> bool:
    """Whether an assessment stands in the upper bracket of 通常枠; True in the other frames, which have none."""
    if a.frame != normal.FRAME.name or a.calculation is None:
        return True
    return normal.in_upper_tier(a.calculation, edition(normal.Edition, a.on))
