"""The long proof: every engine on random, boundary and invalid quotes, in two processes or as many as there are."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from multiprocessing import get_context
from typing import Any, NamedTuple

from rules.frames import FRAMES, frame
from tests.engines import ENGINES, Row, differences
from tests.engines.extension import CALLS
from tests.engines.groups import differences as group_differences
from tests.engines.known import KNOWN
from tests.engines.quotes import boundaries, invalid, random
from tests.engines.sheets import NAMES

RANDOM, GROUPS, PART = 20_000, 2_000, 5_000
DAYS = {"2025年版": date(2025, 6, 1), "2026年版": date(2026, 6, 1)}
BEFORE = {"版の前": date(2024, 6, 1)}


class Task(NamedTuple):
    """Some rows for one engine."""

    frame: str
    edition: str
    engine: str
    part: int  # number of the rows' part; -1: a day before the first edition

    @property
    def title(self) -> str:
        """What is compared, without the part."""
        return f"{frame(self.frame).label} | {self.edition} | {self.engine}"


def tasks() -> Iterator[Task]:
    """Everything that is compared, in pieces."""
    for f in FRAMES:
        if f.members:
            yield from (Task(f.name, edition, e.name, 0) for edition in {**DAYS, **BEFORE} for e in (NAMES, CALLS))
            continue
        parts = range(-(-len(quotes(f.name, DAYS["2025年版"])) // PART))
        yield from (Task(f.name, edition, e.name, part) for edition in DAYS for e in ENGINES for part in parts)
        yield from (Task(f.name, edition, e.name, -1) for edition in BEFORE for e in ENGINES if e.any_day)


def quotes(name: str, on: date) -> list[Row]:
    """The quotes of a frame."""
    return [*random(frame(name), RANDOM, seed=on.year), *boundaries(frame(name)), *invalid(frame(name))]


def compared(task: Task) -> tuple[Task, int, list[Any]]:
    """One task: how many rows, and those that differ."""
    on, f = {**DAYS, **BEFORE}[task.edition], frame(task.frame)
    if f.members:
        return task, *group_differences(GROUPS, on, task.engine == CALLS.name)
    rows = invalid(f) if task.part < 0 else quotes(f.name, on)[task.part * PART : (task.part + 1) * PART]
    return task, *differences(KNOWN[task.engine], f, rows, on)


def main() -> int:
    """Prints what was compared and how many rows differ; exit status 1 if any does."""
    found: dict[str, list[Any]] = {}
    counts: dict[str, int] = {}
    with get_context("spawn").Pool() as pool:
        for task, count, different in pool.imap(compared, tasks()):
            found.setdefault(task.title, []).extend(different)
            counts[task.title] = counts.get(task.title, 0) + count
            print(task.title, task.part, len(different), *different[:3], file=sys.stderr, flush=True)
    for title, different in found.items():
        print(f"{title} | {counts[title]:,} 件 | 違い {len(different)}")
    return 1 if any(found.values()) else 0
