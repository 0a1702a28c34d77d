"""The answer to one cell: Array("ok", value), Array("arr", rows, errors, reason) or Array("err", number, reason).

A reason is a Japanese sentence for 最後のエラー; that of an array is its first error's, with its place.

Text never stands in a money cell, no Japanese crosses COM as an exception, and our own mistakes become #VALUE!.

>>> answered("SUBSIDY_INVOICE", (1_000_000.0, True)), answered("SUBSIDY_DEADLINE", ("normal", -2146826246))[:2]
(('ok', 750000.0), ('err', 2042))
"""

from __future__ import annotations

from itertools import chain, repeat
from typing import Any

from addin import error_messages, functions
from addin.excel.com_values import CODES, FIRST, Answer, Row, answer, arrays, cell_at, error_name, taken, uneven
from addin.excel.quick_amounts import FRAMES, amount
from addin.functions.catalog import catalog
from rules.engine.argument import NUM, VALUE, ExcelError
from rules.excel_values import NA

REASONS = {
    VALUE: "引数が空欄か、種類（数、文字、日付）が違います。",
    NUM: "引数が範囲の外です。",
    NA: "その日に当てはまる版または締切が分かっていません。",
}
ANY = 10_000  # repeated arguments: Excel itself allows 255
COUNTS = {  # the fewest and the most arguments
    name: (sum(not a.optional for a in f.arguments), ANY if any(a.repeated for a in f.arguments) else len(f.arguments))
    for name, f in catalog.items()
}
OTHER = "引数のセルがエラー値です。元のセルを直してください。"
UNEVEN = "配列の形が表になっていません。行と列のそろった範囲か配列を渡してください。"
SIZES = "範囲の大きさがそろっていません。行数と列数を同じにするか、1行、1列、一つの値にしてください。"


def answered(name: str, arguments: tuple[Any, ...] | None) -> Answer:
    """One function of the catalogue on values as COM hands them over; an empty Array may arrive as nothing."""
    try:
        values = arrays(arguments or ())
        if () in values:  # an empty array holds nothing
            values = tuple(None if value == () else value for value in values)
        least, most = COUNTS.get(name, (1, 0))
        if not least <= len(values) <= most:
            return "err", CODES[VALUE], error_messages.remember(_uncounted(name))
        if any(type(value) is tuple and uneven(value) for value in values):
            return "err", CODES[VALUE], error_messages.remember(f"{name}: {VALUE}: {UNEVEN}")
        found = amount(name, values) or _called(name, values)
        return (
            found if found[0] != "arr" else (*found, error_messages.remember(f"{name}: {_first(name, values, found)}"))
        )
    except Exception as e:
        return "err", CODES[VALUE], error_messages.remember(f"{name}: {error_messages.bug(e)}")


def _uncounted(name: str) -> str:
    shown = catalog[name].signature if name in catalog else f"{name}（この版にはありません）"
    return f"{VALUE}: 引数の数が違います。{shown} の形で入れてください。"


def _called(name: str, arguments: tuple[Any, ...]) -> Answer:
    entry = catalog[name]
    values = [taken(value) for value in arguments]
    for at, a in enumerate(entry.arguments[: len(values)]):
        if a.table and values[at] is not None and not isinstance(values[at], list):
            values[at] = [[values[at]]]  # a range of one cell comes as its value
    return answer(entry.call(*values), lambda error: error_messages.remember(f"{name}: {_why(name, values, error)}"))


def _first(name: str, arguments: Row, found: Answer) -> str:
    """Where the first error of an array stands, and why."""
    _, cells, errors = found
    (r, c, number), more = errors[0], len(errors) - 1
    place = f"{r + 1}行目" + (f"の{c + 1}列目" if len(cells[0]) > 1 else "")
    tables = chain((a.table for a in catalog[name].arguments), repeat(False))
    try:
        picked = [value if table else cell_at(value, r, c) for value, table in zip(arguments, tables, strict=False)]
        why = _why(name, [taken(value) for value in picked], ExcelError(error_name(FIRST + number)))
    except IndexError:
        why = f"{error_name(FIRST + number)}: {SIZES}"
    return f"{place}: {why}" + (f"（ほかに{more:,}セル）" if more else "")


def _why(name: str, values: list[Any], error: ExcelError) -> str:
    if message := getattr(error, "message", ""):
        return f"{error}: {message}"
    if name in FRAMES:
        return functions.why(FRAMES[name][0], *values)
    return f"{error}: {REASONS.get(error, OTHER)}"
