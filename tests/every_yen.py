"""Long proof (`python -m tests.every_yen`): every yen from 0 to 10,000,000 of the frames with one cost, against the oracle."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import Pool
from typing import Any

import numpy as np
from rich.progress import track

from rules.engine.evaluate import columns
from tests.test_oracle import PAIRS, YEARS

TOP, CHUNK = 10_000_000, 250_000
MODULES = {frame.name: (frame, theirs) for frame, theirs in PAIRS}
OTHERS: dict[str, list[dict[str, Any]]] = {  # what a frame asks beside its cost
    "security": [{"small_biz": small} for small in (True, False)],
    "normal": [{"processes": n, "near_min_wage": near} for n in (1, 4) for near in (True, False)],
    "etrade": [{"sme_accounts": 5, "total_accounts": 7, "large": large} for large in (True, False)],
    "invoice": [{"small_biz": small, "functions": n} for small in (True, False) for n in (1, 2)],
}


@dataclass(frozen=True)
class Stretch:
    """Some costs of one frame and edition, with what else it asks."""

    frame: str
    year: int
    others: tuple[tuple[str, Any], ...]
    first: int
    last: int


def stretches(frame: str, year: int, top: int = TOP) -> Iterator[Stretch]:
    """Every cost from 0 to `top`, in pieces."""
    for others in OTHERS[frame]:
        for first in range(0, top + 1, CHUNK):
            yield Stretch(frame, year, tuple(others.items()), first, min(first + CHUNK, top + 1))


def differences(part: Stretch) -> int:
    """For how many yen the two do not agree."""
    frame, theirs = MODULES[part.frame]
    others = dict(part.others)
    costs = range(part.first, part.last)
    ours = columns(frame, {"cost": np.arange(part.first, part.last), **others}, YEARS[part.year]).tolist()
    return sum(theirs.subsidy(c, **others, year=part.year) != got for c, got in zip(costs, ours, strict=True))


def main() -> int:
    """Prints what was compared and how many yen differ; exit status 1 if any does."""
    wrong = 0
    with Pool() as pool:
        for frame in OTHERS:
            for year in YEARS:
                parts = list(stretches(frame, year))
                found = track(pool.imap_unordered(differences, parts), f"{frame} {year}", len(parts), transient=True)
                different = sum(found)
                print(
                    f"{MODULES[frame][0].label} {year}: {sum(p.last - p.first for p in parts):,} 件、違い {different}",
                    flush=True,
                )
                wrong += different
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
