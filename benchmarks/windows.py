"""The add-in beside an empty UDF of xlwings, both on Windows' Python under Wine, over genuine COM, in one run.

    python benchmarks/windows.py       a call, 10,000 rows, the first answer; exit status 1 where a goal is missed

Measured is Invoke alone, with its variables made beforehand: the time that VBA would wait. Wine's COM is not Windows', so
the proportions count, not the milliseconds. xlwings' own VBA would hand over the workbook and the calling cell as well,
which costs it more; both are left out here.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
ROUNDS, CALLS, ROWS, STARTS = 15, 100, 10_000, 5
SLOWER, CHEAPER = 1.3, 100  # a call beside an empty UDF's; a row of a range beside a call


def outside() -> int:
    """Starts this file in Windows' Python."""
    sys.path.insert(0, str(ROOT))
    from tests.windows.machine import PYTHON, run

    ran = run(PYTHON, "-X", "utf8", Path(__file__), timeout=1_800)
    print("\n".join(line for line in ran.out.splitlines() if not line.startswith("xlwings server")))
    return ran.code


def inside() -> int:
    """Measures, prints, and says whether the goals are met."""
    import ctypes

    from tests.windows.inside import bridge

    ctypes.OleDLL("ole32").CoInitialize(None)  # type: ignore[attr-defined]
    firsts = first_answers(bridge)
    ours, empty = started(bridge, bridge.COMMAND), started(bridge, stock(bridge))
    calls = {
        "ours": ours.prepared("CallUDF", *bridge.called("SUBSIDY_INVOICE", (1e6, True))),
        "empty": empty.prepared("CallUDF", *plain(bridge)),
    }
    rows = bridge.block([[600_000.0 + n] for n in range(ROWS)])
    mixed = bridge.block([[-1.0 if n % 100 == 0 else 600_000.0 + n] for n in range(ROWS)])
    one = each(calls)
    whole = {
        name: timed(ours.prepared("CallUDF", *bridge.called("SUBSIDY_INVOICE", (data, True))), 1)
        for name, data in {"clean": rows, "1% errors": mixed}.items()
    }
    print(f"a call: ours {one['ours'] * 1e3:.2f} ms, an empty UDF of xlwings {one['empty'] * 1e3:.2f} ms")
    for name, took in whole.items():
        print(
            f"{ROWS:,} rows at once, {name}: {took * 1e3:.0f} ms, {one['ours'] * ROWS / took:.0f} times cheaper a row"
        )
    print(f"first answer: ours {firsts['ours']:.2f} s, an empty server of xlwings {firsts['empty']:.2f} s")
    goals = {
        f"a call at most {SLOWER} times an empty UDF's": one["ours"] <= SLOWER * one["empty"],
        f"a row at least {CHEAPER} times cheaper in a range": one["ours"] * ROWS >= CHEAPER * whole["clean"],
    }
    for goal, met in goals.items():
        print("met:   " if met else "MISSED:", goal)
    return 0 if all(goals.values()) else 1


def stock(bridge: Any) -> str:
    """The command with which xlwings' own VBA starts Python."""
    return f'"{bridge.PYTHONW}" -B -c "import xlwings; xlwings.serve(\'$(CLSID)\')"'


def plain(bridge: Any) -> tuple[Any, ...]:
    """CallUDF's arguments for the empty UDF."""
    from pyopenvba.interpreter._values import NOTHING

    return "tests.windows.inside.empty", "plain", bridge.array(1e6, True), NOTHING, NOTHING


def started(bridge: Any, command: str, word: str = "") -> Any:
    """A server of a command; another word starts another."""
    return bridge.server(f"{command} {word}".strip())


def first_answers(bridge: Any) -> dict[str, float]:
    """Seconds from nothing to the first answer; the middle of several starts by turns."""
    took: dict[str, list[float]] = {"ours": [], "empty": []}
    questions = {
        "ours": (bridge.COMMAND, bridge.called("SUBSIDY_INVOICE", (1e6, True))),
        "empty": (stock(bridge), plain(bridge)),
    }
    for n in range(STARTS + 1):
        for name, (command, question) in questions.items():
            began = time.perf_counter()
            server = started(bridge, command, str(n))
            server.call("CallUDF", *question)
            took[name].append(time.perf_counter() - began)
            del server
            gc.collect()
            with suppress(Exception):  # it answers with nothing, and the process ends
                bridge.server(f"{command} {n}", bridge.FORGET)
            until_gone(bridge)
    return {name: statistics.median(times[1:]) for name, times in took.items()}


def until_gone(bridge: Any) -> None:
    while bridge.children():
        time.sleep(0.05)


def each(calls: dict[str, Callable[[], None]]) -> dict[str, float]:
    """Seconds a call of each, by turns; the middle of the rounds."""
    took: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS + 1):
        for name, call in calls.items():
            took[name].append(timed(call, CALLS))
    return {name: statistics.median(times[1:]) for name, times in took.items()}


def timed(call: Callable[[], None], times: int) -> float:
    """Seconds of one call; of a single one, the middle of seven."""
    if times == 1:
        return statistics.median(timed(call, 2) for _ in range(7))
    began = time.perf_counter()
    for _ in range(times):
        call()
    return (time.perf_counter() - began) / times


if __name__ == "__main__":
    sys.exit(inside() if sys.platform == "win32" else outside())
