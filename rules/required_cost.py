"""What would be better: the least cost that reaches a target subsidy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rules.engine.argument import NUM, VALUE, Argument, ArgumentError, given, kinds
from rules.engine.evaluate import scalar
from rules.frames.contract import Frame


def required_cost(frame: Frame, target: Any, values: Mapping[str, Any], on: date | None = None) -> int:
    """The least cost（円、税抜）whose subsidy reaches `target`（円）, the other arguments as given.

    More cost never lowers a subsidy, so halving the interval finds it. `#NUM!` where no cost reaches the target.

    >>> from rules.frames import security
    >>> required_cost(security.FRAME, 50_000, {"small_biz": True})
    75000
    """
    if frame.members:
        raise ArgumentError("frame", VALUE, "複数者連携は経費が一つではないため、必要な経費を逆算できません。")
    goal = given([Argument("target", "yen", "目標の補助額（円）")], {"target": target})["target"]
    high = kinds()["yen"].high or 0
    if _reached(frame, values, high, on) < goal:
        raise ArgumentError(
            "target", NUM, f"補助額は{goal:,}円に届きません。最大は{_reached(frame, values, high, on):,}円です。"
        )
    low = -1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _reached(frame, values, middle, on) >= goal else (middle, high)
    return high


def _reached(frame: Frame, values: Mapping[str, Any], cost: int, on: date | None) -> int:
    return scalar(frame, {**values, "cost": cost}, on).subsidy
