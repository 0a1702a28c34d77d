"""Values as Excel and Calc hand them over, to every function by both entries, and words to `hojokin calc`."""

from __future__ import annotations

import time
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

from addin import error_messages
from addin.calc import cells as calc_cells
from addin.excel.dispatch import dispatch
from addin.functions.catalog import catalog
from tests.fuzz.outcome import LIMITS, Hang, bounded

BASE = -2146828288  # an error cell of COM: 0x800A0000 and its number
TEXTS = [
    "",
    " ",
    "invoice",
    "normal",
    "group",
    "security",
    "etrade",
    "インボイス",
    "小規模",
    "中小",
    "x",
    "#REF!",
    "1000000",
]
TEXTS += ["小売業", "サービス業", "１２", "9" * 5000, "\ud800", "\0", "TRUE", "123456789018", "あ" * 300]
NUMBERS = [
    0.0,
    1.0,
    -1.0,
    0.5,
    2.0,
    1e5,
    625_000.0,
    1e6,
    1e10,
    1e10 + 1,
    1e15,
    1e16,
    1e300,
    46111.0,
    45810.0,
    2958465.0,
    2958466.0,
]
NUMBERS += [float("inf"), float("-inf"), float("nan"), -0.0, 5e-324, 1.5e6, 46300.75]
OTHERS: list[Any] = [
    True,
    False,
    None,
    BASE + 2042,
    BASE + 2023,
    BASE + 9999,
    -2147352572,
    Decimal("1000000"),
    Decimal("NaN"),
    5,
    10**30,
]
OTHERS += [date(2026, 10, 5), datetime(2026, 10, 5, 12), b"x", 1j]
MISTAKES: list[str] = []


def single(r: Random) -> Any:
    """One value."""
    return r.choice(
        (r.choice(TEXTS), r.choice(NUMBERS), r.choice(NUMBERS), r.choice(OTHERS), float(r.randrange(0, 3_000_000)))
    )


def value(r: Random) -> Any:
    """One value, or a range of some."""
    if r.random() < 0.75:
        return single(r) if r.random() < 0.99 else ()  # an empty array
    height, width = r.choice((1, 1, 2, 5)), r.choice((1, 1, 2, 5, 6, 18))
    grid = tuple(tuple(single(r) for _ in range(width)) for _ in range(height))
    return grid if r.random() < 0.9 else grid[0]


def case(number: int) -> str:
    """One call by each entry; what is wrong with it, or ""."""
    r = Random(f"calls {number}")
    name = r.choice(list(catalog))
    entry = catalog[name]
    count = max(len(entry.arguments) + r.choice((0, 0, 0, 0, -1, 1, -2)), 0)
    values = tuple(value(r) for _ in range(count))
    if entry.arguments and entry.arguments[0].name == "frame" and values and r.random() < 0.8:
        values = (r.choice(TEXTS[2:8]), *values[1:], *(value(r) for _ in range(r.randrange(6))))
    told = f"{name}{values!r}"[:400]
    begun = time.process_time()
    try:
        with bounded(10):
            problem = _excel(name, values) or _calc(name, values)
    except Hang:
        return f"{told}: it did not end"
    except Exception as e:
        return f"{told}: {type(e).__name__}: {e}"[:600]
    if time.process_time() - begun > LIMITS.long:
        return f"{told}: it took too long"
    return f"{told}: {problem}" if problem else ""


def _excel(name: str, values: tuple[Any, ...]) -> str:
    answer = dispatch(name, values)
    if not isinstance(answer, list) or answer[0] not in ("ok", "arr", "err"):
        return f"an odd answer {answer!r}"
    if "プログラムの誤り" in str(answer) or (answer[0] == "err" and "プログラムの誤り" in error_messages.last()):
        return str(answer)[:300]
    if answer[0] == "ok" and name in MONEY and not isinstance(answer[1], float | tuple):
        return f"no amount {answer!r}"
    return ""


MONEY = {
    n
    for n in catalog
    if n.removeprefix("SUBSIDY_") in ("INVOICE", "NORMAL", "ETRADE", "SECURITY", "GROUP", "REQUIRED_COST")
}


def _calc(name: str, values: tuple[Any, ...]) -> str:
    known = tuple(v for v in values if _of_calc(v))
    if len(known) < len(values):
        return ""  # what Calc cannot hand over
    MISTAKES.clear()
    found = calc_cells.method(catalog[name])(None, *_arranged(name, known))
    return (
        f"Calc: {MISTAKES[0]}" if MISTAKES else "" if isinstance(found, tuple) and found else f"an odd answer {found!r}"
    )


def _arranged(name: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments as Calc hands them over: all of them, the repeated ones as one sequence."""
    arguments = catalog[name].arguments
    single = len(arguments) - arguments[-1].repeated
    filled = (*values, *(None,) * single)[:single]
    return (*filled, tuple(values[single:])) if arguments[-1].repeated else filled


def _of_calc(value: Any) -> bool:
    if isinstance(value, tuple):
        return bool(value) and all(isinstance(row, tuple) and row and all(map(_of_calc, row)) for row in value)
    return (
        value is None
        or (isinstance(value, float) and abs(value) < 1e308)
        or (isinstance(value, str) and value.isprintable())
    )


def _note(message: str, *arguments: Any, **_: Any) -> None:
    import sys

    MISTAKES.append(f"{message % arguments}: {sys.exc_info()[1]!r}")


calc_cells.LOG.exception = _note  # type: ignore[method-assign]  # what Calc's own functions would write to a terminal
