"""From a wish to a cost: the least cost for a subsidy, the largest that a buyer's own money allows, in each frame with one cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rules.advice.idle import PARTS
from rules.assess import Assessment
from rules.checks.codes import yen
from rules.engine.argument import ArgumentError
from rules.frames import frame, group
from rules.required_cost import affordable_cost, required_cost


@dataclass(frozen=True)
class Wish:
    """What a wish comes to in one frame（円、税抜）; `cost` None: it cannot be had, as the sentence says."""

    frame: str
    wish: str  # subsidy or own_burden
    yen: int
    cost: int | None
    text: str


def inverse(frames: Sequence[Assessment], subsidy: int | None, own_burden: int | None) -> tuple[Wish, ...]:
    """Both wishes in every frame with an amount; everything but the cost stays as quoted.

    Units: wishes in 円, own burden and cost 税抜.
    Errors: none: a wish that cannot be had has no cost, and its text says why.
    Source: the page of the frame in rules/frames/.

    >>> from tests.samples import assessment
    >>> [w.cost for w in inverse([assessment()], 1_000_000, 500_000)]
    [1225000, 1390000]
    """
    found: list[Wish] = []
    for a in frames:
        if a.calculation and a.frame != group.FRAME.name:
            found += _wishes(a, subsidy, own_burden)
    return tuple(found)


def _wishes(a: Assessment, subsidy: int | None, own_burden: int | None) -> Iterator[Wish]:
    if subsidy is not None:
        yield _wish(a, "subsidy", subsidy, required_cost, "補助額{}には、{}の経費が少なくとも{}要ります。")
    if own_burden is not None:
        yield _wish(a, "own_burden", own_burden, affordable_cost, "自己負担{}（税抜）で買える{}は最大{}です。")


def _wish(a: Assessment, wish: str, wanted: int, turned: Callable[..., int], words: str) -> Wish:
    given = a.calculation.given if a.calculation else dict[str, Any]()
    rest = {name: value for name, value in given.items() if name != "cost"}
    try:
        cost = turned(frame(a.frame), wanted, rest, a.on)
    except ArgumentError as e:
        return Wish(a.frame, wish, wanted, None, f"{a.label}: {e.message}")
    return Wish(
        a.frame, wish, wanted, cost, f"{a.label}: {words.format(yen(wanted), PARTS[a.frame]['cost'][1], yen(cost))}"
    )
