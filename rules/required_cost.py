"""What would be better: the least cost that reaches a target subsidy, and the largest that a buyer's own money allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from rules.engine.argument import NUM, VALUE, Argument, ArgumentError, given, kinds
from rules.engine.evaluate import scalar
from rules.frames.contract import Frame

OWN = Argument("own_burden", "yen", "自己負担（円、税抜）")


def required_cost(frame: Frame, target: Any, values: Mapping[str, Any], on: date | None = None) -> int:
    """The least cost（円、税抜）whose subsidy reaches `target`（円）, the other arguments as given.

    More cost never lowers a subsidy, so halving the interval finds it. `#NUM!` where no cost reaches the target.

    >>> from rules.frames import security
    >>> required_cost(security.FRAME, 50_000, {"small_biz": True})
    75000
    """
    _single(frame)
    goal = given([Argument("target", "yen", "目標の補助額（円）")], {"target": target})["target"]
    high = kinds()["yen"].high or 0
    if _reached(frame, values, high, on) < goal:
        raise ArgumentError(
            "target", NUM, f"補助額は{goal:,}円に届きません。最大は{_reached(frame, values, high, on):,}円です。"
        )
    return least(lambda cost: _reached(frame, values, cost, on) >= goal, high)


def affordable_cost(frame: Frame, own_burden: Any, values: Mapping[str, Any], on: date | None = None) -> int:
    """The largest cost（円、税抜）whose 自己負担 (all costs less the subsidy) stays within so many yen.

    From the first cost that is paid for, a yen more never lowers 自己負担; below it all is borne by the buyer. `#NUM!`
    where hardware alone costs more.

    >>> from rules.frames import security
    >>> affordable_cost(security.FRAME, 60_000, {"small_biz": True})
    180000
    """
    _single(frame)
    money = given([OWN], {"own_burden": own_burden})["own_burden"]
    high = kinds()["yen"].high or 0
    other = sum(v for name, v in values.items() if name in ("pc_cost", "register_cost") and v)
    first = least(lambda cost: _reached(frame, values, cost, on) > 0, high)

    def over(cost: int) -> bool:
        return cost + other - _reached(frame, values, cost, on) > money

    if not over(first):
        return least(lambda more: over(min(first + more, high)), high - first + 1) + first - 1
    if over(0):
        raise ArgumentError("own_burden", NUM, f"自己負担が{money:,}円に収まる経費はありません。")
    return min(least(over, first) - 1, first - 1)


def least(holds: Callable[[int], bool], high: int) -> int:
    """The least whole number from 0 for which something holds that, once it holds, goes on; `high` where none below does.

    >>> least(lambda n: n * n >= 50, 100)
    8
    """
    low = -1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _single(frame: Frame) -> None:
    if frame.members:
        raise ArgumentError("frame", VALUE, "複数者連携は経費が一つではないため、必要な経費を逆算できません。")


def _reached(frame: Frame, values: Mapping[str, Any], cost: int, on: date | None) -> int:
    return scalar(frame, {**values, "cost": cost}, on).subsidy
