"""Python's half of the Excel add-in, measured through the genuine xlwings code over the fake COM layer of the tests.

    python benchmarks/excel.py          one call, 10,000 rows, start, memory; exit status 1 where a goal is missed
    python benchmarks/excel.py --long   100,000 calls and buttons: memory stays flat

What only Windows has is missing here: VBA, marshalling, pywin32's own start. A call from another process stands for the
former, with the two questions that VBA's late binding asks (GetIDsOfNames, then Invoke) over a pipe; it is a floor.
"""

from __future__ import annotations

import gc
import marshal
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
ABSENT = ("numpy", "pandas", "polars", "pyarrow", "PIL", "matplotlib", "plotly")  # not in requirements.lock
ROWS, ROUNDS, CALLS, STARTS = 10_000, 15, 2_000, 15
LONG, BUTTON_EVERY, REST = 100_000, 500, 5_000
NOOP = """
import xlwings
@xlwings.func
def plain(cost, small_biz):
    return 0.0
@xlwings.func
@xlwings.arg("name", "raw")
@xlwings.arg("arguments", "raw")
@xlwings.ret("raw")
def raw(name, arguments):
    return "ok", 0.0
"""
START = """
import sys, time
sys.path.insert(0, {root!r})
for name in {absent!r}:
    sys.modules[name] = None
began = time.perf_counter()
from tests.excel import fakecom
fakecom.install()
{code}
took = time.perf_counter() - began
pages = int(open("/proc/self/statm").read().split()[1])
print(took * 1e3, pages * 4096 / 1e6)
"""
STARTING = {
    "xlwings alone": "import xlwings",
    "our entries": "import addin.excel.serve, addin.excel.dispatch, addin.excel.macros",
    "and first cell": "import addin.excel.serve as s; s._warm()",
}
SERIAL = 46_204.0
ASKED: dict[str, tuple[Any, ...]] = {
    "INVOICE": (1_000_000.0, True, 2.0, 250_000.0, None, SERIAL),
    "NORMAL": (4_000_000.0, 4.0, True),
    "ETRADE": (1_200_000.0, 5.0, 10.0),
    "SECURITY": (240_000.0, True),
    "GROUP": (((1e6, True), (625_000.0, False)) * 5, 900_000.0),
    "IS_SME": ("製造業", 1e7, 30.0),
    "EDITION": (SERIAL,),
    "DEADLINE": ("invoice", SERIAL),
    "WHY": ("invoice", 1e6, True),
    "EXPLAIN": ("invoice", 1e6, True),
    "REQUIRED_COST": ("invoice", 500_000.0, None, True),
}


def prepared() -> Any:
    """The fake COM layer, with the libraries of an installed add-in alone."""
    sys.modules.update(dict.fromkeys(ABSENT))  # type: ignore[arg-type]
    from tests.excel import fakecom

    fakecom.install()
    from addin.excel.serve import MANY

    gc.set_threshold(MANY)  # as in the server
    folder = tempfile.mkdtemp()
    (Path(folder) / "noop.py").write_text(NOOP)
    sys.path.insert(0, folder)
    return fakecom


def each(calls: dict[str, Callable[[], Any]], rounds: int, repeat: int) -> dict[str, float]:
    """Microseconds of each call: the median over rounds in which they take turns."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            began = time.perf_counter()
            for _ in range(repeat):
                call()
            times[name].append((time.perf_counter() - began) / repeat * 1e6)
    return {name: statistics.median(found) for name, found in times.items()}


def dispatch(com: Any, name: str, *arguments: Any) -> Any:
    """One cell."""
    return com.call("addin.excel.dispatch", "dispatch", (f"SUBSIDY_{name}", arguments))


def goal(text: str, value: float, limit: float, above: bool = False) -> bool:
    """Prints a measured ratio beside its goal."""
    met = value >= limit if above else value <= limit
    print(f"  {text:<58} {value:7.2f}  goal {'≥' if above else '≤'} {limit:g} {'' if met else 'MISSED'}")
    return met


def one_call(com: Any) -> bool:
    """Python's share of one cell against xlwings functions that do nothing."""
    calls: dict[str, Callable[[], Any]] = {
        "plain no-op": lambda: com.call("noop", "plain", (1e6, True)),
        "raw no-op": lambda: com.call("noop", "raw", ("SUBSIDY_INVOICE", (1e6, True))),
    }
    calls |= {name: lambda n=name, a=a: dispatch(com, n, *a) for name, a in ASKED.items()}
    found = each(calls, ROUNDS, CALLS // 10)
    print("one cell, µs in Python")
    print("  " + ", ".join(f"{name} {took:.1f}" for name, took in found.items()))
    money = statistics.mean(found[name] for name in ("INVOICE", "NORMAL", "ETRADE", "SECURITY"))
    first = goal("amounts / plain no-op function", money / found["plain no-op"], 1.3)
    return goal("amounts / no-op function without conversions", money / found["raw no-op"], 1.3) and first


def many_rows(com: Any) -> bool:
    """10,000 rows as one range against 10,000 cells, in this process and from another one."""
    costs = [float(600_000 + 7 * n) for n in range(ROWS)]
    rows, small = tuple((c,) for c in costs), tuple((n % 2 == 0,) for n in range(ROWS))
    here = _rows(lambda *a: dispatch(com, "INVOICE", *a), rows, small)
    with subprocess.Popen(
        [sys.executable, __file__, "--answer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        with _apart(server.pid):
            away = _rows(lambda *a: _across(server, a), rows, small)
        assert server.stdin
        server.stdin.close()
    print(f"{ROWS:,} rows, µs per row: as cells, as one range")
    print(f"  in one process {here[0]:.1f}, {here[1]:.2f} ({here[0] / here[1]:.0f} times)")
    print(f"  from another process {away[0]:.1f}, {away[1]:.2f}")
    return goal("single cells / one range, from another process", away[0] / away[1], 100, above=True)


def _rows(ask: Callable[..., Any], rows: Any, small: Any) -> tuple[float, float]:
    """Microseconds per row as single cells and as one range."""
    cells = iter(zip(rows, small, strict=True))

    def some_cells() -> None:
        for _ in range(ROWS // ROUNDS):
            (cost,), (flag,) = next(cells)
            ask(cost, flag)

    found = each({"cells": some_cells, "range": lambda: ask(rows, small)}, ROUNDS, 1)
    return found["cells"] / (ROWS // ROUNDS), found["range"] / ROWS


@contextmanager
def _apart(other: int) -> Generator[None]:
    """Two processes on two processors, as Excel and Python are; left to itself Linux may put both on one."""
    mine = os.sched_getaffinity(0)
    first, *rest = sorted(mine)
    os.sched_setaffinity(0, {first})
    os.sched_setaffinity(other, {rest[-1]} if rest else {first})
    try:
        yield
    finally:
        os.sched_setaffinity(0, mine)


def _across(server: subprocess.Popen[bytes], arguments: tuple[Any, ...]) -> Any:
    """GetIDsOfNames and Invoke."""
    assert server.stdin and server.stdout
    answer = None
    for question in ("CallUDF", ("addin.excel.dispatch", "dispatch", ("SUBSIDY_INVOICE", arguments))):
        data = marshal.dumps(question)
        server.stdin.write(len(data).to_bytes(4, "little") + data)
        server.stdin.flush()
        answer = marshal.loads(server.stdout.read(int.from_bytes(server.stdout.read(4), "little")))
    return answer


def answer() -> int:
    """The other process."""
    com = prepared()
    read, write = sys.stdin.buffer, sys.stdout.buffer
    while head := read.read(4):
        question = marshal.loads(read.read(int.from_bytes(head, "little")))
        data = marshal.dumps(1 if isinstance(question, str) else com.call(*question))
        write.write(len(data).to_bytes(4, "little") + data)
        write.flush()
    return 0


def start() -> bool:
    """Milliseconds and megabytes of a fresh process, as pywin32 would add to each alike."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in STARTING}
    for _ in range(STARTS):
        for name, code in STARTING.items():
            text = START.format(root=str(ROOT), absent=ABSENT, code=code)
            run = subprocess.run([sys.executable, "-I", "-c", text], capture_output=True, text=True, check=True)
            took, size = map(float, run.stdout.split())
            found[name].append((took, size))
    middle = {n: (statistics.median(t for t, _ in f), statistics.median(s for _, s in f)) for n, f in found.items()}
    print("start of the process, ms and MB")
    print("  " + "; ".join(f"{name} {took:.0f} ms, {size:.1f} MB" for name, (took, size) in middle.items()))
    alone, ours, warm = (middle[name] for name in STARTING)
    goals = [
        goal("time until Excel finds the server / xlwings alone", ours[0] / alone[0], 1.2),
        goal("memory after the first cell / xlwings alone", warm[1] / alone[1], 1.3),
    ]
    print(
        f"  {'time until the first answer / xlwings alone':<58} {warm[0] / alone[0]:7.2f}  (the law is read meanwhile)"
    )
    return all(goals)


def long_run() -> int:
    """Mixed cells and buttons; resident memory is that of the first tenth."""
    com = prepared()
    from tests.excel import fakeexcel

    with tempfile.TemporaryDirectory() as folder:
        example = ROOT / "workbooks" / "examples" / "wholesale.xlsx"
        file = fakeexcel.File(Path(shutil.copy(example, folder)))
        dice, sizes, buttons = (
            random.Random(1),
            list[float](),
            ("check", "compare", "draft", "freeze", "edition", "help"),
        )
        for n in range(LONG):
            if n % BUTTON_EVERY == 0:
                com.call("addin.excel.macros", "macro", (buttons[n // BUTTON_EVERY % len(buttons)], ""), file.com())
                for made in Path(folder).glob("*値のみ*"):
                    made.unlink()
            _any_cell(com, dice)
            if n % REST == REST - 1:
                gc.collect()
                sizes.append(_resident())
        kept = fakeexcel.alive()
    print(f"{LONG:,} cells, {LONG // BUTTON_EVERY} buttons: MB every {REST:,}: {' '.join(f'{s:.1f}' for s in sizes)}")
    print(f"COM objects kept: {kept}")
    flat = goal("memory at the end / after a tenth", sizes[-1] / sizes[LONG // REST // 10 - 1], 1.03)
    return 0 if flat and kept == 0 else 1


def _any_cell(com: Any, dice: random.Random) -> None:
    """One cell with ordinary, odd or wrong arguments, now and then a range."""
    name = dice.choice(list(ASKED))
    arguments = list(ASKED[name])
    kind = dice.random()
    if kind < 0.2:
        arguments[dice.randrange(len(arguments))] = dice.choice(
            [None, "", "約", -1.0, -2146826246, dice.random() * 1e6]
        )
    elif kind < 0.3 and name not in ("GROUP", "WHY", "EXPLAIN"):
        arguments[0] = tuple((arguments[0],) for _ in range(dice.randrange(1, 30)))
    else:
        arguments = [v + float(dice.randrange(1000)) if isinstance(v, float) and v > 1e5 else v for v in arguments]
    dispatch(com, name, *arguments)


def _resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def main() -> int:
    """The whole table."""
    com = prepared()
    met = [one_call(com), many_rows(com), start()]
    return 0 if all(met) else 1


if __name__ == "__main__":
    ways = {"--long": long_run, "--answer": answer}
    sys.exit(ways.get(sys.argv[-1], main)())
