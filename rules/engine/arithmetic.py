"""The verbs of a formula. They work alike on `int`, `Fraction`, `Column` and `Formula`.

A formula of the law never uses `if`, `min`, `and` on its data, only these verbs, so that one statement serves a cell,
a column, SQL and Excel.

>>> minimum(3, 5), floor(Fraction(7, 2)), choose(True, 1, 2)
(3, 3, 1)
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

Number = Any  # int, Fraction, Column or Formula

__all__ = ["Fraction", "Number", "choose", "floor", "minimum", "where"]


def choose(condition: Any, yes: Any, no: Any) -> Any:
    """`yes` where the condition holds, otherwise `no`; NULL where the condition is NULL."""
    if hasattr(condition, "choose"):
        return condition.choose(yes, no)
    return yes if condition else no


def minimum(x: Any, y: Any) -> Any:
    """The smaller (いずれか低い方)."""
    return choose(x < y, x, y)


def floor(x: Any) -> Any:
    """Fractions of a yen cut off (1円未満切り捨て)."""
    return x // 1


def where(x: Any, condition: Any) -> Any:
    """x where the condition holds, otherwise no value: NULL in a column, an error in a cell, None for one number."""
    if hasattr(x, "where"):
        return x.where(condition)
    return x if condition else None
