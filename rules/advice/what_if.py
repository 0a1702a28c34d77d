"""The rules called again with an input changed: an argument of the frame, or the quote itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rules.assess import Assessment, amounts
from rules.engine.compiler import program
from rules.engine.evaluate import Calculation, scalar
from rules.frames import frame, group
from rules.quote import Quote


@dataclass(frozen=True)
class Tip:
    """One thing to say: a sentence, and what it rests on. Amounts in whole yen."""

    kind: str
    text: str  # Japanese, one sentence
    worth: int = 0  # what heeding it brings, saves or protects（円）; 0: to know
    frame: str = ""
    before: int | None = None  # 補助額 as quoted
    after: int | None = None  # 補助額 with the change
    change: Mapping[str, Any] = field(default_factory=dict[str, Any])  # arguments of the frame, with their new values
    at: str = ""  # "document#place"
    doubt: str = ""
    near: bool = True  # whether to say it unasked
    quote: Quote | None = field(default=None, repr=False)  # the quote with the change, where lines are changed


def steps_if(c: Calculation, **change: Any) -> dict[str, int]:
    """The steps of a calculation with some arguments changed; a group's members stay as their sum.

    >>> from rules.frames import invoice
    >>> c = scalar(invoice.FRAME, {"cost": 1_000_000, "small_biz": True, "functions": 1})
    >>> c.subsidy, steps_if(c, functions=2)["subsidy"]
    (500000, 750000)
    """
    made = program(frame(c.frame), c.edition)
    values = made.run(**{**_totals(c), **change})
    return {step.name: value for step, value in zip(made.steps, values, strict=True)}


def subsidy_if(c: Calculation, **change: Any) -> int:
    """補助額（円）with some arguments changed."""
    return steps_if(c, **change)["subsidy"]


def _totals(c: Calculation) -> Mapping[str, Any]:
    if c.frame != group.FRAME.name:
        return c.given
    rest = {name: value for name, value in c.given.items() if name != "members"}
    return {**rest, "base": c.step("base_part"), "count": len(c.given["members"])}


def argued(a: Assessment, **change: Any) -> Assessment:
    """An assessment whose calculation has some arguments changed; not of a group."""
    given = dict(a.calculation.given) if a.calculation else change
    return replace(a, calculation=scalar(frame(a.frame), {**given, **change}, a.on))


def quoted(a: Assessment, quote: Quote) -> Assessment:
    """The amounts of the same frame for another quote."""
    return amounts(quote, frame(a.frame))


def told(quote: Quote, **inputs: Any) -> Quote:
    """The quote with some inputs changed; None makes one blank."""
    merged = {**quote.inputs, **inputs}
    return replace(quote, inputs={name: value for name, value in merged.items() if value is not None})
