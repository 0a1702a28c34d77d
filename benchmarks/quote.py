"""The largest quote workbook, 500 lines and 1,000 members: built, calculated in LibreOffice, checked.

PYTHONPATH=. python benchmarks/quote.py      exit status 1 where a goal is missed
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.office import run
from workbooks.building import quote_workbook
from workbooks.building.fill import fill
from workbooks.form.layout import LINES, MOST_LINES, MOST_MEMBERS, RESULT

ROOT = Path(__file__).parent.parent
INPUTS = {"industry": "製造業", "employees": 30, "small_claim": False, "tax_mode": "税抜"}


def largest() -> dict[str, Any]:
    """50 tools with software, options, services and hardware each, and a group of the most members."""
    kinds = [(1, ["会計", "決済"]), *((c, []) for c in (2, 3, 4, 5, 6, 7, 8, 9)), (1, ["受発注"])]
    lines = []
    for n in range(MOST_LINES):
        category, functions = kinds[n % len(kinds)]
        line = {"item": f"品目{n}", "tool": f"ツール{n // 10}", "category": category, "contract": "月額", "months": 24}
        line |= {"quantity": 1, "price": 10 + n % 7}
        lines.append({**line, **({"functions": functions, "processes": "共P-01"} if functions else {})})
    members = [{"name": f"構成員{n}", "small_biz": n % 2 == 0, "cost": 20_000 + n} for n in range(MOST_MEMBERS)]
    return {"inputs": INPUTS, "lines": lines, "members": members}


def seconds(command: list[str]) -> float:
    """What a whole process takes."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main() -> int:
    """Prints the table; exit status 1 where a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        path, empty = Path(folder) / "large.xlsx", Path(folder) / "empty.xlsx"
        start = time.perf_counter()
        quote_workbook.build(empty)
        built = time.perf_counter() - start
        fill(largest(), path)
        calc = json.loads(
            run(
                "tests.office.timing",
                f"{folder}/profile",
                str(path),
                LINES.cell("price", 1),
                RESULT["out_subsidy"].address,
            )
        )
        checked = min(seconds([sys.executable, "-m", "addin.cli", "check", str(path)]) for _ in range(3))
        rows = [
            ("build the empty workbook", built, 2.5),
            ("Calc opens the largest", calc["open"], 60.0),
            ("Calc calculates all of it", calc["all"], 10.0),
            ("Calc, after one changed price", calc["one"], 1.0),
            ("hojokin check", checked, 3.0),
        ]
        print(
            f"{MOST_LINES} lines, {MOST_MEMBERS} members: {path.stat().st_size:,} bytes; empty: {empty.stat().st_size:,}"
        )
    for name, took, goal in rows:
        print(f"{name:<32} {took:7.2f} s  goal {goal:5.1f} s {'' if took < goal else 'MISSED'}")
    return int(any(took >= goal for _, took, goal in rows))


if __name__ == "__main__":
    sys.exit(main())
