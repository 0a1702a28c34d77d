"""A frame's formula as a Python function of plain numbers, so that a cell pays for its call and not for the law's prose.

The steps' text is that of `rules.engine.compiler`, run on doubles, which are exact: the domain keeps numerators below 2^53.
Only clean values are taken. Whatever else comes (a text, an error, a number out of its domain) gives None, and the
rules themselves decide: nothing of the law is stated here.

>>> found = plan("invoice", None)
>>> found.one(1_000_000.0, True), found.many([[625_000.0, 1_000_000.0], True, None, None, None])
(750000.0, [500000.0, 750000.0])
>>> found.one(-1.0, True) is None
True
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from itertools import repeat
from typing import Any, cast

from addin.functions.arguments import day
from rules.engine.argument import SIZES, Argument, ArgumentError, kinds
from rules.engine.compiler import program
from rules.engine.edition import EditionError, edition
from rules.frames import FRAMES
from rules.frames.contract import Frame

NAMES: dict[str, Frame] = {frame.name: frame for frame in FRAMES}
NAME = re.compile(r"[A-Za-z_]\w*")
WHOLE = re.compile(r"\b\d+\b")  # a number of the rules; Excel takes and gives doubles
BOTH = frozenset({float, type(None)})


@dataclass(frozen=True)
class Plan:
    """One edition of one frame. Arguments are floats and truth values, None for blank, in the frame's order."""

    arguments: tuple[Argument, ...]
    within: tuple[tuple[int, int], ...]  # pairs of which the first may not exceed the second
    steps: Mapping[str, str]  # name -> Python text, of those that the result needs
    one: Callable[..., float | None]  # single values -> yen, or None where the rules must decide

    def many(self, values: Sequence[Any]) -> list[float] | None:
        """A column of yen, some of the values being columns (lists); None where any of them is not clean."""
        taken = [_taken(a, value) for a, value in zip(self.arguments, values, strict=True)]
        if None in taken or any(_exceeds(taken[low], taken[high]) for low, high in self.within):
            return None
        names = tuple(a.name for a in self.arguments)
        varying = tuple(n for n, v in zip(names, taken, strict=True) if isinstance(v, list))
        return _loop(names, varying, tuple(self.steps.items()))(*taken)


@lru_cache(512)
def plan(name: str, as_of: Any) -> Plan | None:
    """A frame on a day, as a cell gives it; None where there is no such day or no edition."""
    frame = NAMES[name]
    try:
        return _plan(name, edition(frame.parameters, day(as_of)).since)
    except (ArgumentError, EditionError):
        return None


@cache
def _plan(name: str, since: date) -> Plan:
    frame = NAMES[name]
    arguments = tuple(_free(a, frame) for a in frame.inputs)
    order = {a.name: n for n, a in enumerate(arguments)}
    within = tuple((order[low], order[high]) for low, high in frame.ordered)
    steps = _needed([(s.name, WHOLE.sub(r"\g<0>.0", s.value)) for s in program(frame, since).steps])
    return Plan(arguments, within, steps, _one(arguments, within, steps))


def _free(a: Argument, frame: Frame) -> Argument:
    """What the engine itself counts and sums (a group's members) has no upper bound."""
    return a if a in frame.arguments else replace(a, kind="count")


def _needed(steps: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The steps that the last one rests on, in order."""
    wanted, kept = {steps[-1][0]}, list[tuple[str, str]]()
    for name, text in reversed(steps):
        if name in wanted:
            wanted.update(NAME.findall(text))
            kept.append((name, text))
    return dict(reversed(kept))


def _one(
    arguments: Sequence[Argument], within: Iterable[tuple[int, int]], steps: Mapping[str, str]
) -> Callable[..., float | None]:
    """The function of single values."""
    names = [a.name for a in arguments]
    lines = [f"def one({', '.join(f'{n}=None' for n in names)}):"]
    for a in arguments:
        lines += [f" {line}" for line in (_flag_check(a) if a.kind == "flag" else _whole_check(a))]
    lines += [f" if {names[low]} > {names[high]}: return None" for low, high in within]
    lines += [f" {name} = {text}" for name, text in steps.items()]
    lines += [f" return {[*steps][-1]}"]
    return _made("one", lines, {f"_{a.name}": _flags(a).get for a in arguments if a.kind == "flag"})


def _whole_check(a: Argument) -> list[str]:
    low, high = _bounds(a)
    blank = f"{a.name} = {float(a.default)}" if a.optional and a.default is not None else "return None"
    return [
        f"if {a.name}.__class__ is float:",
        f" if not ({low} <= {a.name} <= {high} and {a.name}.is_integer()): return None",
        f"elif {a.name} is None: {blank}",
        "else: return None",
    ]


def _flag_check(a: Argument) -> list[str]:
    return [f"{a.name} = _{a.name}({a.name})", f"if {a.name} is None: return None"]


@cache
def _loop(
    names: tuple[str, ...], varying: tuple[str, ...], steps: tuple[tuple[str, str], ...]
) -> Callable[..., list[float]]:
    """The function of columns; a step that rests on single values alone stands before the loop."""
    moving, before, inside = set(varying), list[str](), list[str]()
    for name, text in steps:
        if moving.isdisjoint(NAME.findall(text)):
            before.append(f" {name} = {text}")
        else:
            moving.add(name)
            inside.append(f"  {name} = {text}")
    over = varying[0] if len(varying) == 1 else f"zip({', '.join(varying)})"
    lines = [f"def many({', '.join(names)}):", " _found = []", " _add = _found.append", *before]
    lines += [f" for {', '.join(varying)} in {over}:", *inside, f"  _add({steps[-1][0]})", " return _found"]
    return _made("many", lines, {})


def _made(name: str, lines: Iterable[str], known: dict[str, Any]) -> Callable[..., Any]:
    """A function from its text, which is made of nothing but the names and numbers of the rules."""
    exec(compile("\n".join(lines), f"<{name}>", "exec"), known)
    return known[name]


def _column(a: Argument, values: list[Any]) -> list[Any] | None:
    """A column as the loop takes it, or None where a value is not clean."""
    if a.kind == "flag":
        flags = list(map(_flags(a).get, values))
        return None if None in flags else flags
    types = set(map(type, values))
    if a.optional and a.default is not None and types <= BOTH:
        values = [float(a.default) if v is None else v for v in values]
    elif types != {float}:
        return None
    low, high = _bounds(a)
    clean = all(map(float.is_integer, values)) and low <= min(values) and max(values) <= high
    return values if clean else None


def _taken(a: Argument, value: Any) -> Any:
    """A column or a single value as the loop takes it; None where it is not clean."""
    if isinstance(value, list):
        return _column(a, cast(list[Any], value))
    found = _column(a, [value])
    return None if found is None else found[0]


def _bounds(a: Argument) -> tuple[float, float]:
    kind = kinds()[a.kind]
    return float(kind.low), 1e300 if kind.high is None else float(kind.high)


@cache
def _flags(a: Argument) -> dict[Any, bool]:
    """What a flag may be given as (1.0 equals True)."""
    blank = {None: bool(a.default), "": bool(a.default)} if a.optional else {}
    return {True: True, False: False, **(SIZES if a.name == "small_biz" else {}), **blank}


def _exceeds(low: Any, high: Any) -> bool:
    lows, highs = (cast(list[float], v) if isinstance(v, list) else repeat(v) for v in (low, high))
    pairs = zip(lows, highs, strict=False) if isinstance(low, list) or isinstance(high, list) else [(low, high)]
    return any(a > b for a, b in pairs)
