"""Whole commands, timed as processes beside a bare Python start: seconds and peak memory, and whether the goals hold."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXAMPLE = str(ROOT / "workbooks" / "examples" / "wholesale.xlsx")
RUNS = 7
HOJOKIN = [sys.executable, "-m", "addin.cli"]
# what, command, goal in seconds, goal in MB
COMMANDS: list[tuple[str, list[str], float, float]] = [
    ("bare python", [sys.executable, "-c", "pass"], 9.0, 999.0),
    ("calc", [*HOJOKIN, "calc", "invoice", "cost=1000000", "small_biz=true"], 0.3, 60.0),
    ("law", [*HOJOKIN, "law", "invoice"], 0.3, 60.0),
    ("check", [*HOJOKIN, "check", EXAMPLE], 0.3, 60.0),
    ("compare", [*HOJOKIN, "compare", EXAMPLE], 0.3, 60.0),
]


def measure(command: list[str]) -> tuple[float, float]:
    """Seconds and peak MB of one run."""
    start = time.perf_counter()
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    took = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command} failed with {child.returncode}")
    return took, usage.ru_maxrss / 1024


def main() -> int:
    """Prints the table; exit status 1 where a goal is missed."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        drafts = ("draft", [*HOJOKIN, "draft", EXAMPLE, "-o", folder], 2.0, 250.0)
        print(f"{'command':<12} {'min s':>7} {'median s':>9} {'peak MB':>8}  {'goal':>14}")
        for name, command, seconds, megabytes in [*COMMANDS, drafts]:
            runs = [measure(command) for _ in range(RUNS)]
            median, peak = statistics.median(t for t, _ in runs), max(m for _, m in runs)
            good = median < seconds and peak < megabytes
            missed += not good
            goal = f"{seconds} s, {megabytes:.0f} MB" if name != "bare python" else ""
            print(
                f"{name:<12} {min(t for t, _ in runs):7.3f} {median:9.3f} {peak:8.1f}  {goal:>14} {'' if good else 'MISSED'}"
            )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
