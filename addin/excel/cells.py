"""The answer to one cell: Array("ok", value), Array("arr", rows, errors) or Array("err", number, reason in Japanese).

Text never stands in a money cell, no Japanese crosses COM as an exception, and our own mistakes become #VALUE!.

>>> answered("SUBSIDY_INVOICE", (1_000_000.0, True)), answered("SUBSIDY_DEADLINE", ("normal", -2146826246))[:2]
(('ok', 750000.0), ('err', 2042))
"""

from __future__ import annotations

from typing import Any

from addin import functions
from addin.catalog import catalog
from addin.excel import mishaps
from addin.excel.answers import CODES, Answer, answer, taken
from addin.excel.quick import FRAMES, amount
from rules.argument import VALUE, ExcelError

REASONS = {
    "#VALUE!": "引数が空欄か、種類（数、文字、日付）が違います。",
    "#NUM!": "引数が範囲の外です。",
    "#N/A": "その日に当てはまる版または締切が分かっていません。",
}
OTHER = "引数のセルがエラー値です。元のセルを直してください。"


def answered(name: str, arguments: tuple[Any, ...] | None) -> Answer:
    """One function of the catalogue on values as COM hands them over; an empty Array may arrive as nothing."""
    try:
        values = arguments or ()
        return amount(name, values) or _called(name, values)
    except Exception as e:
        return "err", CODES[VALUE], mishaps.remember(f"{name}: {mishaps.bug(e)}")


def _called(name: str, arguments: tuple[Any, ...]) -> Answer:
    entry = catalog[name]
    values = [taken(value) for value in arguments]
    for at, a in enumerate(entry.arguments[: len(values)]):
        if a.table and values[at] is not None and not isinstance(values[at], list):
            values[at] = [[values[at]]]  # a range of one cell comes as its value
    return answer(entry.call(*values), lambda error: mishaps.remember(f"{name}: {_why(name, values, error)}"))


def _why(name: str, values: list[Any], error: ExcelError) -> str:
    if message := getattr(error, "message", ""):
        return f"{error}: {message}"
    if name in FRAMES:
        return functions.why(FRAMES[name][0], *values)
    return f"{error}: {REASONS.get(error, OTHER)}"
