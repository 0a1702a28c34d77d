"""What the tests on Windows programs counted; shown below the tests' own summary."""

from __future__ import annotations

from collections import Counter

LINES: list[str] = []
MARK = "| "  # what a suite inside Windows' Python says to the one outside


def table(title: str, counts: Counter[tuple[str, str]]) -> None:
    """Adds how many calls there were of each kind and of each name in pairs (name, kind)."""
    LINES.append(f"{MARK}{title}: {counts.total():,}")
    for n in (0, 1):
        sums: Counter[str] = Counter()
        for pair, count in counts.items():
            sums[pair[n]] += count
        LINES.append(f"{MARK}  " + ", ".join(f"{key} {count:,}" for key, count in sums.items()))
