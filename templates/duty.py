"""賃上げ計画の義務 in words: whether there is one, and whether the frame, the amount or the size of the firm decides it."""

from __future__ import annotations

from dataclasses import dataclass

from rules import obligations
from rules.assess import Assessment
from rules.edition import cite, edition
from templates import words


@dataclass(frozen=True)
class Duty:
    """Whether a plan is required, why (a sentence without 。), what it must reach, and what is doubtful."""

    required: bool
    ground: str
    least: tuple[str, ...]
    doubt: str


def duty(a: Assessment) -> Duty | None:
    """The duty that the subsidy of a quote brings; None where that is not known.

    >>> from tests.samples import assessment
    >>> found = duty(assessment())
    >>> found.ground.partition("（")[0] if found else None
    'この枠では、賃上げ計画は義務にならない'
    """
    if a.subsidy is None or a.small_biz is None:
        return None
    past = bool(a.quote.get("past_grant"))
    plan = obligations.wage_plan(a.subsidy, past, a.small_biz, a.on, a.frame)
    if plan.required and plan.cagr is not None:
        return Duty(True, _binding(a, past), _least(plan), plan.doubt)
    p = edition(obligations.Edition, a.on)
    applying = [r for r in p.wage if a.frame in r.frames and (past or not r.past)]
    if not applying:
        return Duty(False, f"この枠では、賃上げ計画は義務にならない（根拠: {cite(p.wage[0].at)}）", (), p.wage[0].doubt)
    if plan.source == p.small.at:
        return Duty(
            False, f"小規模事業者として、賃上げ計画は義務にならない（根拠: {cite(plan.source)}）", (), plan.doubt
        )
    return Duty(False, f"この補助額では、賃上げ計画は義務にならない（根拠: {cite(plan.source)}）", (), plan.doubt)


def _binding(a: Assessment, past: bool) -> str:
    """What the duty comes from: an earlier grant at any amount, or the amount."""
    rules = [r for r in edition(obligations.Edition, a.on).wage if a.frame in r.frames]
    any_amount = past and any(r.past for r in rules)
    return "過去に交付決定を受けているため（額によらない）" if any_amount else "この補助額では"


def _least(plan: obligations.WagePlan) -> tuple[str, ...]:
    rate = f"1人当たり給与支給総額 年平均{words.percent(plan.cagr)}以上" if plan.cagr is not None else ""
    plus = plan.minimum_wage_plus
    return (rate,) if plus is None else (rate, f"事業場内最低賃金 地域別最低賃金＋{plus}円以上")
