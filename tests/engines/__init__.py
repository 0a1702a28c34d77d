"""Every engine that calculates a subsidy, asked the same quotes: `python -m tests.engines` (long), a slice in `make test`.

The reference is `rules.engine.evaluate.scalar`, one quote at a time. An engine says which rows it can be given (a typed column
holds no text) and whether it tells one error from another. A further engine is one call of `register`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules.engine.argument import ArgumentError
from rules.engine.evaluate import scalar
from rules.frames.contract import Frame

Row = tuple[Any, ...]  # the values of a frame's arguments, in their order
Answers = list[Any]  # yen, or the Excel error as a text, or None from an engine that does not tell errors apart


@dataclass(frozen=True)
class Engine:
    """One way to calculate many quotes of a frame on one day."""

    name: str
    answers: Callable[[Frame, Sequence[Row], date], Answers]
    takes: Callable[[Frame, Row], bool] = lambda _frame, _row: True
    tells_errors: bool = True
    any_day: bool = True  # also a day before the first edition


ENGINES: list[Engine] = []


def register(engine: Engine) -> None:
    """Adds an engine to those that are compared."""
    ENGINES.append(engine)


def reference(frame: Frame, row: Row, on: date) -> Any:
    """Yen or the Excel error of one quote."""
    try:
        return scalar(frame, dict(zip((a.name for a in frame.arguments), row, strict=True)), on).subsidy
    except ArgumentError as e:
        return e.error


def differences(engine: Engine, frame: Frame, rows: Sequence[Row], on: date) -> tuple[int, list[Any]]:
    """How many rows the engine was given, and those that it answers otherwise: row, its answer, the right one."""
    given = [row for row in rows if engine.takes(frame, row)]
    right = [reference(frame, row, on) for row in given]
    if not engine.tells_errors:
        right = [None if isinstance(answer, str) else answer for answer in right]
    got = engine.answers(frame, given, on)
    return len(given), [found for found in zip(given, got, right, strict=True) if found[1] != found[2]]
