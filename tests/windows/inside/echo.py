"""A server that shows what pywin32 and xlwings do to values: `answer` sends the value of a text, `seen` tells what came.

It is served as the add-in's own is (echo_server), and asked by the same words; fakecom asks the same functions on Linux.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import xlwings

NAMES = {c.__name__: c for c in (Decimal, Fraction, date, datetime, time, timedelta)} | {"UTC": UTC}


@xlwings.func
@xlwings.arg("text", "raw")
@xlwings.ret("raw")
def answer(text: str) -> Any:
    """The value of a Python expression; `raise …` raises."""
    if text.startswith("raise "):
        raise eval(text.removeprefix("raise "), {**NAMES})
    return eval(text, {**NAMES})


@xlwings.func
@xlwings.arg("values", "raw")
@xlwings.ret("raw")
def seen(values: Any) -> str:
    """What an argument is on Python's side."""
    return described(values)


def described(value: Any) -> str:
    """A value with its type, arrays cell by cell."""
    if isinstance(value, tuple | list):
        return f"{type(value).__name__}({', '.join(map(described, value))})"
    kind = type(value).__name__
    return (
        f"{kind} {value.isoformat()}"
        if isinstance(value, date)
        else f"{kind} {value!r}"
        if value is not None
        else "None"
    )
