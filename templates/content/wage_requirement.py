"""賃上げ計画の義務 in words: whether there is one, and whether the frame, the amount or the size of the firm decides it."""

from __future__ import annotations

from dataclasses import dataclass

from rules import obligations, payroll
from rules.assess import Assessment
from rules.engine.edition import cite, edition
from rules.frames import normal
from templates import japanese


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
    'この枠では、賃上げ計画は義務になりません'
    """
    plan = payroll.plan(a)
    if plan is None:
        return None
    past = bool(a.quote.get("past_grant"))
    if plan.required and plan.cagr is not None:
        return Duty(True, _binding(a, past), _least(plan), plan.doubt)
    p = edition(obligations.Edition, a.on)
    applying = [r for r in p.wage if a.frame in r.frames and (past or not r.past)]
    trade = next((e for e in p.exempt if e.at == plan.source), None)
    if trade or plan.source == p.small.at:
        who = trade.name if trade else "小規模事業者"
        return Duty(False, f"{who}として、賃上げ計画は義務になりません（根拠: {cite(plan.source)}）", (), plan.doubt)
    if not payroll.in_upper(a) and any((a.subsidy or 0) >= r.from_yen for r in applying if r.upper):
        most = edition(normal.Edition, a.on).tier_from.value - 1
        ground = (
            f"1～{most}プロセスの区分では、補助額によらず、賃上げ計画は義務になりません（根拠: {cite(plan.source)}）"
        )
        return Duty(False, ground, (), plan.doubt)
    where = "この補助額" if applying else "この枠"
    return Duty(False, f"{where}では、賃上げ計画は義務になりません（根拠: {cite(plan.source)}）", (), plan.doubt)


def wish(a: Assessment) -> str:
    """The 加点 that the firm may wish for, as a sentence; "" where the frame has none or the amount is not known."""
    found = None if a.subsidy is None or a.edition is None else obligations.bonus(a.subsidy, a.on, a.frame)
    return f"加点の希望は任意です（{found.label}。{cite(found.at)}）。{found.doubt}" if found else ""


def _binding(a: Assessment, past: bool) -> str:
    """What the duty comes from: an earlier grant at any amount, or the amount."""
    rules = [r for r in edition(obligations.Edition, a.on).wage if a.frame in r.frames]
    any_amount = past and any(r.past for r in rules)
    return "過去に交付決定を受けているため（額によらない）" if any_amount else "この補助額では"


def _least(plan: obligations.WagePlan) -> tuple[str, ...]:
    rate = f"{plan.measure} 年平均{japanese.percent(plan.cagr)}以上" if plan.cagr is not None else ""
    plus = plan.minimum_wage_plus
    return (rate,) if plus is None else (rate, f"事業場内最低賃金 地域別最低賃金＋{plus}円以上")
