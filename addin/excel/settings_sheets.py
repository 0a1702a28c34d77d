"""The sheets inside the add-in: settings, the texts that VBA shows, and the help of the function wizard."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from addin.functions.catalog import CATEGORY, LONGEST, Function
from addin.places import INTERPRETER
from rules import VERSION

XLWINGS = "0.37.8"  # the DLLs carry their version in their names
TEXTS = Path(__file__).with_name("texts.toml")

Rows = tuple[tuple[str, ...], ...]
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet of texts; `code` is the name of its module in the VBA project."""

    name: str
    code: str
    rows: Rows


def sheets(functions: Iterable[Function]) -> tuple[Sheet, ...]:
    """All sheets, in their order; the first one is shown where Excel is told to show an add-in's sheets."""
    return (
        Sheet("config", "Sheet1", config()),
        Sheet("texts", "Sheet2", texts()),
        Sheet("functions", "Sheet3", tuple(_help(functions))),
    )


def config() -> Pairs:
    """Settings. VBA reads them from here alone."""
    return (("key", "value"), ("INTERPRETER_WIN", INTERPRETER), ("XLWINGS", XLWINGS))


def texts() -> Pairs:
    """What VBA says, by key."""
    found = tomllib.loads(TEXTS.read_text("utf-8")) | {"version": f"Hojokin {VERSION}"}
    return (("key", "text"), *found.items())


def _help(functions: Iterable[Function]) -> Iterable[tuple[str, ...]]:
    """One row a function: name, description, category, then one text for each argument."""
    yield "name", "description", "category", "arguments"
    for f in functions:
        row = (f.name, f.doc, CATEGORY, *(a.doc for a in f.arguments))
        if wrong := [text for text in row if not 0 < len(text) <= LONGEST]:
            raise ValueError(f"{f.name}: the wizard shows 1 to {LONGEST} letters: {wrong}")
        yield row
