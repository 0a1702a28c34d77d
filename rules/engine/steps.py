"""Steps of a calculation: each a whole yen with its name, its Japanese label and its source."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

from rules.engine.formula import Formula

N = TypeVar("N")


class Step(NamedTuple):
    """One line of a calculation."""

    name: str  # identifier in cells, LET, JSON
    label: str  # Japanese, as a form would print it
    value: Any  # yen; a Column or a Formula where the inputs are
    source: str  # "document#place"


class Trace(list[Step]):
    """Collects the steps and hands each value back, so that tracing costs a formula nothing to read."""

    def __call__(self, name: str, label: str, value: N, source: str) -> N:
        """Notes a step and gives its value back."""
        self.append(Step(name, label, value, source))
        return value


class Let(Trace):
    """As Trace, for Formula: from each step on, its name stands for its text (a cell, a LET name)."""

    def __call__(self, name: str, label: str, value: Any, source: str) -> Any:
        """Notes a step and gives its name, over the denominator of its value."""
        self.append(Step(name, label, value, source))
        return Formula(name, value.den)
