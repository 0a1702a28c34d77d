"""The words of a condition. They work alike on values and on `Formula`, as the verbs of `arithmetic` do.

A condition is written with comparisons, `&`, `|` and these words, never with `if`, `and` or `not`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Any

from rules.engine.formula import Formula, formula


def equal(x: Any, y: Any) -> Any:
    """Whether two facts are the same."""
    return formula(x).equals(y) if isinstance(x, Formula) or isinstance(y, Formula) else x == y


def either(conditions: Iterable[Any]) -> Any:
    """Whether one of these holds."""
    return reduce(lambda x, y: x | y, conditions)


def among(x: Any, values: Iterable[Any]) -> Any:
    """Whether a fact is one of these.

    >>> among("式", ("一式", "式")), among(Formula("A1"), (5, 6)).text
    (True, '((A1=5)+(A1=6)>0)')
    """
    return either(equal(x, value) for value in values)


def negated(x: Any) -> Any:
    """Whether a condition does not hold."""
    return 1 - x


def begins(text: Any, start: str) -> Any:
    """Whether a text begins so."""
    size = len(start)
    return equal(Formula(f"LEFT({text.text},{size})") if isinstance(text, Formula) else text[:size], start)


def mentions(text: Any, words: Iterable[Any]) -> Any:
    """Whether one of these words stands in a text."""
    if not isinstance(text, Formula):
        return any(word in text for word in words)
    return either(Formula(f"(1-ISERROR(FIND({formula(word).text},{text.text})))") for word in words)
