"""Quotes for the engines: random ones, every boundary, and all that must give an error."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from rules.engine.argument import Argument, ExcelError
from rules.frames.contract import Frame
from tests.engines import Row
from tests.random_rows import EDGES
from tests.test_oracle import random_columns

YEN = tuple(sorted({e + near for e in EDGES for near in (-1, 0, 1) if e + near >= 0} | {10**10 - 1, 10**10}))
SIDE_YEN = (None, 0, 1, 199_999, 200_000, 200_001, 399_999, 400_000, 400_001, 10**10)
COUNTS = (None, 0, 1, 2, 3, 4, 5, 100_000)
TEXTS = ("abc", "2", "１０００", "TRUE", "", "小規模", "中小")
ERRORS = tuple(ExcelError(e) for e in ("#N/A", "#DIV/0!", "#VALUE!", "#NUM!", "#REF!"))
OUTSIDE = (-1, -0.5, 0.5, 1.5, 100_001, 10_000_000_001, 10**15)
WRONG = (None, *TEXTS, *ERRORS, *OUTSIDE, 0, 1, 2, True, False)


def random(frame: Frame, n: int, seed: int) -> list[Row]:
    """Valid quotes, dense around the thresholds."""
    made = random_columns(frame, n, np.random.default_rng(seed))
    return list(zip(*(made[a.name].tolist() for a in frame.arguments), strict=True))


def boundaries(frame: Frame) -> list[Row]:
    """Every cost at a threshold with every count and flag; every further cost at a threshold with some of these."""
    costs = [_edges(a) if a.kind != "yen" or a.name == "cost" else (0,) for a in frame.arguments]
    sides = [SIDE_YEN if a.kind == "yen" and a.name != "cost" else _few(a) for a in frame.arguments]
    return list(dict.fromkeys([*product(*costs), *product(*sides)]))


def _edges(a: Argument) -> tuple[Any, ...]:
    if a.kind == "flag":
        return (True, False, None) if a.optional else (True, False)
    return YEN if a.kind == "yen" else COUNTS


def _few(a: Argument) -> tuple[Any, ...]:
    if a.kind == "flag":
        return (True, False)
    return (0, 624_999, 5_166_667) if a.kind == "yen" else (1, 4)


def invalid(frame: Frame) -> list[Row]:
    """A sound quote with each wrong value in each place, and with two of them."""
    sound = [100_000 if a.kind == "yen" else a.kind == "flag" or 3 for a in frame.arguments]
    one = [_with(sound, {i: v}) for i in range(len(sound)) for v in WRONG]
    return one + list(_pairs(sound))


def _pairs(sound: list[Any]) -> Iterator[Row]:
    for i, j in product(range(len(sound)), repeat=2):
        if i < j:
            for first, second in product((*ERRORS[:2], -1, 10**15, None, "abc"), repeat=2):
                yield _with(sound, {i: first, j: second})


def _with(sound: list[Any], changes: dict[int, Any]) -> Row:
    return tuple(changes.get(i, v) for i, v in enumerate(sound))
