"""The edges near a calculation, in both directions, and what crossing one brings: amounts, processes, functions, members."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from rules import near_minimum_wage, obligations, payroll
from rules.advice.what_if import Tip, argued, quoted, steps_if, subsidy_if
from rules.assess import Assessment
from rules.checks.codes import yen
from rules.engine.argument import kinds
from rules.engine.edition import Amount, cite, edition
from rules.engine.evaluate import Calculation
from rules.frames import group, invoice, normal, security
from rules.required_cost import least

WAGE = "minimum_wage"  # the promise whose 返還 is the largest in its first year


def tips(a: Assessment) -> Iterator[Tip]:
    """Every edge of a frame that has an amount."""
    c = a.calculation
    for find in FINDERS.get(a.frame, ()) if c else ():
        if c:
            yield from find(a, c)


def cost_for(c: Calculation, target: int, step: str = "subsidy") -> int | None:
    """The least cost with which a step reaches a target（円）; None where none does."""
    high = kinds()["yen"].high or 0
    found = least(lambda cost: steps_if(c, cost=cost)[step] >= target, high)
    return found if steps_if(c, cost=found)[step] >= target else None


def _tip(
    a: Assessment, kind: str, text: str, change: dict[str, Any], worth: int = 0, at: str = "", near: bool = True
) -> Tip:
    """An edge that an argument crosses."""
    after = subsidy_if(a.calculation, **change) if a.calculation else None
    return Tip(kind, text, worth, a.frame, a.subsidy, after, change, at, near=near)


def _floor(a: Assessment, c: Calculation, lowest: Amount) -> Iterator[Tip]:
    """The least amount that is paid at all."""
    need, cost = cost_for(c, lowest.value), c.given["cost"]
    if need is None:
        return
    after = subsidy_if(c, cost=need)
    if cost < need:
        text = f"経費があと{yen(need - cost)}（計{yen(need)}）あれば下限に届き、補助額は0円から{yen(after)}になります。"
        yield _tip(a, "floor", text, {"cost": need}, after, lowest.at)
    else:
        largest = max((s.eligible for s in a.expenses), default=0)
        text = f"経費が{yen(cost - need + 1)}減ると下限の{yen(lowest.value)}に届かず、補助額は0円になります。"
        yield _tip(a, "floor_below", text, {"cost": need - 1}, 0, lowest.at, near=cost - need < largest < cost)


def _floor_normal(a: Assessment, c: Calculation) -> Iterator[Tip]:
    return _floor(a, c, edition(normal.Edition, a.on).floor_amount)


def _floor_security(a: Assessment, c: Calculation) -> Iterator[Tip]:
    return _floor(a, c, edition(security.Edition, a.on).floor_amount)


def _upper(a: Assessment, c: Calculation) -> Iterator[Tip]:
    """The upper bracket of 通常枠, whose subsidy brings 賃上げ計画: a yen below it the duty falls away."""
    p = edition(normal.Edition, a.on)
    need = cost_for(c, p.upper_tier_from.value)
    if need is None or c.given["processes"] < p.tier_from.value:
        return
    if c.subsidy >= p.upper_tier_from.value:
        yield from _below_upper(a, argued(a, cost=need - 1), p)
        return
    plan = payroll.plan(argued(a, cost=need))
    now = payroll.plan(a)
    if plan and plan.required and now and not now.required:
        more, risk = need - c.given["cost"], obligations.repayment(subsidy_if(c, cost=need), WAGE, 1, a.on)
        text = f"経費があと{yen(more)}（計{yen(need)}）で補助額が{yen(p.upper_tier_from.value)}に達し、そこから賃上げ計画の義務（未達なら最大{yen(risk)}の返還）が付きます。"
        yield _tip(a, "upper", text, {"cost": need}, 0, p.upper_tier_from.at, near=False)


def _below_upper(a: Assessment, lower: Assessment, p: normal.Edition) -> Iterator[Tip]:
    plan, then = payroll.plan(a), payroll.plan(lower)
    if a.subsidy is None or lower.subsidy is None or not (plan and then and plan.required and not then.required):
        return
    less, risk = a.subsidy - lower.subsidy, obligations.repayment(a.subsidy, WAGE, 1, a.on)
    text = (
        f"補助額を{yen(less)}下げて{yen(lower.subsidy)}で申請すれば（経費は減らさず自主的に下げられます）、賃上げ計画の義務がなくなり、"
        f"未達のときに返す最大{yen(risk)}の心配もなくなります。"
    )
    cost = lower.calculation.given["cost"] if lower.calculation else 0
    near = less <= obligations.repayment(
        a.subsidy, WAGE, payroll.YEARS, a.on
    )  # not more than the least that a miss costs
    tip = _tip(a, "upper_below", text, {"cost": cost}, max(risk - less, 0), p.upper_tier_from.at, near=near)
    doubt = f"補助額を自主的に下げられることは、{cite(p.upper_tier_from.at)}によります。この版の原文では未確認です。"
    yield tip if p.upper_tier_from.at.partition("#")[0] == p.document else replace(tip, doubt=doubt)


def _processes(a: Assessment, c: Calculation) -> Iterator[Tip]:
    """1 process, without which nothing is paid, and the number from which the higher cap holds."""
    p, count = edition(normal.Edition, a.on), c.given["processes"]
    for wanted in (1, p.tier_from.value):
        after = subsidy_if(c, processes=wanted)
        if count < wanted and after > subsidy_if(c, processes=max(count, wanted - 1)):
            plan = payroll.plan(argued(a, processes=wanted))
            duty = "、賃上げ計画の義務が付きます" if plan and plan.required else "ます"
            text = f"実際に使う業務プロセスが{wanted}つになれば上限が上がり、補助額は{yen(after)}（＋{yen(after - c.subsidy)}）になり{duty}。"
            yield _tip(a, "processes", text, {"processes": wanted}, after - c.subsidy, p.tier_from.at)
    after = subsidy_if(c, processes=p.tier_from.value - 1)
    if count == p.tier_from.value and after < c.subsidy:
        text = f"業務プロセスが1つでも認められず{p.tier_from.value - 1}つになると、補助額は{yen(after)}（−{yen(c.subsidy - after)}）になります。"
        yield _tip(a, "processes_below", text, {"processes": p.tier_from.value - 1}, 0, p.tier_from.at)


def _near_wage(a: Assessment, c: Calculation) -> Iterator[Tip]:
    """最低賃金近傍, where nobody has said whether the firm is."""
    after = subsidy_if(c, near_min_wage=True)
    if near_minimum_wage.of(a.quote) is None and after > c.subsidy:
        p, test = edition(normal.Edition, a.on), edition(near_minimum_wage.Edition, a.on).test
        text = f"最低賃金近傍の事業者（{test.title}）に当たりませんか。当たれば補助率が{p.rate.near}になり、補助額は{yen(after)}（＋{yen(after - c.subsidy)}）です。"
        yield _tip(a, "near_wage", text, {"near_min_wage": True}, after - c.subsidy, test.at)


def _functions(a: Assessment, c: Calculation) -> Iterator[Tip]:
    """The number of functions from which the higher cap holds."""
    cap, count = edition(invoice.Edition, a.on).cap, c.given["functions"]
    more, fewer = subsidy_if(c, functions=cap.multiple_from), subsidy_if(c, functions=cap.multiple_from - 1)
    if count < cap.multiple_from and more > c.subsidy:
        text = (
            f"会計・受発注・決済のうち{cap.multiple_from}つの機能があれば、上限が{yen(cap.single)}から{yen(cap.multiple)}に上がり、"
            f"補助額は{yen(more)}（＋{yen(more - c.subsidy)}）になります。"
        )
        yield _tip(a, "functions", text, {"functions": cap.multiple_from}, more - c.subsidy, cap.at)
    elif count == cap.multiple_from and fewer < c.subsidy:
        text = f"{cap.multiple_from}つの機能のうち1つが認められないと上限が{yen(cap.single)}に下がり、補助額は{yen(fewer)}（−{yen(c.subsidy - fewer)}）になります。"
        yield _tip(a, "functions_below", text, {"functions": cap.multiple_from - 1}, 0, cap.at)


def _band(a: Assessment, c: Calculation) -> Iterator[Tip]:
    """The end of the first band of インボイス対応類型, after which the rate is lower."""
    p = edition(invoice.Edition, a.on)
    need = cost_for(c, p.band_1.up_to, "software")
    if need is not None and 0 < c.given["cost"] < need:
        rate = p.band_1.small if c.given["small_biz"] else p.band_1.rate
        text = f"ソフトウェア等の補助率は、経費があと{yen(need - c.given['cost'])}（計{yen(need)}）までは{rate}、その先は{p.band_2.rate}です。"
        yield _tip(a, "band", text, {"cost": need}, 0, p.band_2.at, near=False)


def _members(a: Assessment, c: Calculation) -> Iterator[Tip]:
    """The least number of members."""
    least_of, members = edition(group.Edition, a.on).members, a.quote.members
    need, count = least_of.value, len(c.given["members"])
    if count >= need:
        text = f"構成員が{count - need + 1}者抜けると{need}者を下回り、補助額は0円（−{yen(c.subsidy)}）になります。"
        yield _tip(a, "members_below", text, {"count": need - 1}, 0, least_of.at)
        return
    smallest = min(members, key=lambda m: (m.cost or 0, m.pc_cost or 0, m.register_cost or 0))
    more = [replace(smallest, number=len(members) + n, corporate_number=None) for n in range(1, need - count + 1)]
    quote = replace(a.quote, members=(*members, *more))
    after = quoted(a, quote).subsidy
    if after:
        text = f"構成員があと{need - count}者（計{need}者）そろえば申請でき、今の最も小さい構成員と同じ額なら補助額は{yen(after)}です。"
        yield Tip("members", text, after, a.frame, a.subsidy, after, at=least_of.at, quote=quote)


Finder = Callable[[Assessment, Calculation], Iterator[Tip]]
FINDERS: dict[str, tuple[Finder, ...]] = {
    normal.FRAME.name: (_floor_normal, _upper, _processes, _near_wage),
    invoice.FRAME.name: (_functions, _band),
    security.FRAME.name: (_floor_security,),
    group.FRAME.name: (_members,),
}
