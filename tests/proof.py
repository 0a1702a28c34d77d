"""Long proofs (`make proof`): a million random rows per frame and edition against the oracle."""

from __future__ import annotations

import sys

from rich.progress import track

from tests.test_oracle import PAIRS, YEARS, differences, group_differences

ROWS, GROUPS, CHUNK = 1_000_000, 100_000, 50_000


def main() -> int:
    """Prints what was compared and how many rows differ; exit status 1 if any does."""
    wrong = 0
    for frame, theirs in PAIRS:
        for year in YEARS:
            chunks = track(range(ROWS // CHUNK), description=f"{frame.name} {year}", transient=True)
            found = sum(len(differences(frame, theirs, year, CHUNK, seed=1_000 * year + i)) for i in chunks)
            print(f"{frame.label} {year}: {ROWS:,} 行、違い {found}")
            wrong += found
    for year in YEARS:
        chunks = track(range(GROUPS // 1_000), description=f"group {year}", transient=True)
        found = sum(len(group_differences(year, 1_000, seed=1_000 * year + i)) for i in chunks)
        print(f"複数者連携 {year}: {GROUPS:,} グループ、違い {found}")
        wrong += found
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
