"""One value of one edition changed, for as long as a `with` lasts."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import ModuleType
from typing import Any

from rules.engine import edition as editions_module
from rules.engine.compiler import compiled
from rules.engine.edition import built, load, page
from rules.frames import FRAMES


@dataclass(frozen=True)
class Value:
    """One number of the law: frame, edition block, parameter and which of its values."""

    frame: ModuleType
    since: date
    parameter: str
    key: str

    def __str__(self) -> str:
        return f"{self.frame.__name__} {self.since.year} {self.parameter}.{self.key}"


def values(pages: Sequence[ModuleType] = FRAMES) -> list[Value]:
    """Every number of every edition of the frames, or of other pages of the law."""
    return [
        Value(frame, block["since"], parameter, key)
        for frame in pages
        for block in load(page(frame.Edition))["edition"]
        for parameter, table in block.items()
        if isinstance(table, dict)
        for key, value in table.items()
        if key not in ("label", "at", "reading") and not key.endswith("_at")
        if isinstance(value, int | str)
    ]


@contextmanager
def halved(v: Value) -> Iterator[None]:
    """The value at half (a whole number stays whole)."""
    changed = copy.deepcopy(load(page(v.frame.Edition)))
    table: dict[str, Any] = next(b for b in changed["edition"] if b["since"] == v.since)[v.parameter]
    old = table[v.key]
    table[v.key] = str(Fraction(old) / 2) if isinstance(old, str) else old // 2
    real = editions_module.load
    editions_module.load = lambda path: changed if path == page(v.frame.Edition) else real(path)  # type: ignore[assignment]
    _forget()
    try:
        yield
    finally:
        editions_module.load = real  # type: ignore[assignment]
        _forget()


def _forget() -> None:
    """What was made of the values that stood there."""
    built.cache_clear()
    compiled.cache_clear()
