"""One value of one edition changed, for as long as a `with` lasts."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from rules.engine import edition as editions_module
from rules.engine.compiler import program
from rules.engine.edition import built, load, page
from rules.frames import FRAMES


@dataclass(frozen=True)
class Value:
    """One number of the law: its page, edition block, parameter and which of its values."""

    law: type[Any]  # one [[edition]] block of the page
    since: date
    parameter: str
    key: str

    @property
    def name(self) -> str:
        """The name of the page: normal, line_limits …"""
        return self.law.__module__.rpartition(".")[2]

    def __str__(self) -> str:
        return f"{self.law.__module__} {self.since.year} {self.parameter}.{self.key}"


def values(pages: Sequence[type[Any]] = tuple(f.parameters for f in FRAMES)) -> list[Value]:
    """Every number of every edition of the frames, or of other pages of the law."""
    return [
        Value(law, block["since"], parameter, key)
        for law in pages
        for block in load(page(law))["edition"]
        for parameter, table in block.items()
        if isinstance(table, dict)
        for key, value in table.items()
        if key not in ("label", "at", "reading") and not key.endswith("_at")
        if isinstance(value, int | str)
    ]


@contextmanager
def halved(v: Value) -> Iterator[None]:
    """The value at half (a whole number stays whole)."""
    changed = copy.deepcopy(load(page(v.law)))
    table: dict[str, Any] = next(b for b in changed["edition"] if b["since"] == v.since)[v.parameter]
    old = table[v.key]
    table[v.key] = str(Fraction(old) / 2) if isinstance(old, str) else old // 2
    real = editions_module.load
    editions_module.load = lambda path: changed if path == page(v.law) else real(path)  # type: ignore[assignment]
    _forget()
    try:
        yield
    finally:
        editions_module.load = real  # type: ignore[assignment]
        _forget()


def _forget() -> None:
    """What was made of the values that stood there."""
    built.cache_clear()
    program.cache_clear()
