"""Rows of arguments for the frames: boundaries, ordinary amounts, and everything that must give no amount."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from rules.engine.argument import kinds
from rules.frames.contract import Frame

EDGES = (0, 1, 49_999, 50_000, 74_999, 75_000, 99_999, 100_000, 199_999, 200_000, 400_000, 624_999, 625_000, 625_001)
EDGES += (666_666, 666_667, 666_668, 2_999_998, 3_000_000, 5_124_999, 5_125_000, 5_166_666, 5_166_667, 9_000_000)
OUTSIDE = (-1, 10_000_000_000, 10_000_000_001, 10**15, 10**17)

yen = st.one_of(st.integers(0, 12_000_000), st.sampled_from(EDGES))


def good(kind: str) -> st.SearchStrategy[Any]:
    """Values inside the domain."""
    if kind == "yen":
        return yen
    if kind == "flag":
        return st.booleans()
    return st.integers(kinds()[kind].low, 6)


def cell(kind: str) -> st.SearchStrategy[Any]:
    """Whatever a column may hold: good, blank, out of the domain."""
    if kind == "flag":
        return st.one_of(st.booleans(), st.none())
    return st.one_of(good(kind), st.none(), st.sampled_from(OUTSIDE), st.integers(-3, 3), st.just(100_001))


def rows(frame: Frame, of: Any) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    """Some rows of a frame's arguments."""
    return st.lists(st.tuples(*(of(a.kind) for a in frame.arguments)), min_size=1, max_size=30)


def arguments(frame: Frame) -> st.SearchStrategy[dict[str, Any]]:
    """Valid arguments of a frame with a single cost."""
    drawn = st.fixed_dictionaries({a.name: good(a.kind) for a in frame.arguments})
    return drawn.map(_ordered)


def _ordered(values: dict[str, Any]) -> dict[str, Any]:
    if "sme_accounts" in values:
        low, high = sorted((values["sme_accounts"], values["total_accounts"]))
        values.update(sme_accounts=low, total_accounts=high)
    return values
