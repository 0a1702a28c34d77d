"""Values as they cross COM: Excel's errors as numbers, dates as serial numbers, everything else as Value2 has it.

>>> taken(-2146826246), taken(((1.0, None), ("a", True))), taken((1.0, 2.0))
('#N/A', [[1.0, None], ['a', True]], [[1.0, 2.0]])
>>> answer(7, str), answer([[1, ExcelError("#NUM!")]], str)
(('ok', 7.0), ('arr', ((1.0, None),), ((0, 1, 2036),)))
>>> cell_at(((1.0,), (2.0,)), 1, 0), cell_at(((1.0, 2.0),), 5, 1), cell_at(3.0, 5, 5), uneven(((1.0, 2.0), (3.0,)))
(2.0, 2.0, 3.0, True)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from rules import excel_values
from rules.engine.argument import VALUE, ExcelError
from rules.excel_values import serial_of

Row = tuple[Any, ...]
Answer = tuple[Any, ...]
FIRST = -2146828288  # 0x800A0000: an error cell arrives as this and its number
NUMBERS = 0x10000  # numbers that an error may have
MISSING = -2147352572  # an argument that VBA left out
CODES = {e.name: e.excel for e in excel_values.ERRORS}
ERRORS = {code: name for name, code in CODES.items()}
PLAIN = frozenset({float, str, bool, type(None)})
LONGEST = 255  # UTF-16 units of a text in a returned array; one more, and Excel shows #VALUE! everywhere
MOST = 32_767  # of a text in a cell


def taken(value: Any) -> Any:
    """A value from Excel in the terms of addin.functions."""
    if type(value) in PLAIN:
        return value
    if isinstance(value, tuple):
        return [[taken(cell) for cell in row] for row in rows(value)]
    if isinstance(value, Decimal):  # currency, where VBA hands over Value instead of Value2
        return int(value) if value.is_finite() and value == int(value) else float(value)
    if isinstance(value, int) and FIRST <= value < FIRST + NUMBERS:
        return ExcelError(error_name(value))
    if value == MISSING:
        return None
    return value if isinstance(value, int | date) else ExcelError(VALUE)  # no kind that a cell has


def rows(value: Any) -> Sequence[Row]:
    """The rows of a range, a flat array being one row as Excel means it; none of a single value."""
    if not isinstance(value, tuple) or not value:
        return ()
    found = cast(Row, value)
    return found if isinstance(found[0], tuple) else (found,)


def uneven(value: Any) -> bool:
    """Whether an array is no table: one of arrays of several lengths, or of more than two dimensions."""
    found = rows(value)
    if not found or set(map(type, found)) != {tuple}:
        return bool(found)
    return len(set(map(len, found))) > 1 or tuple in map(type, found[0])


def cell_at(value: Any, r: int, c: int) -> Any:
    """The cell that stands at a place of the result; what is single, a row or a column stretches. IndexError outside."""
    found = rows(value)
    if not found:
        return value
    row = found[0 if len(found) == 1 else r]
    return row[0 if len(row) == 1 else c]


def arrays(values: Row) -> Row:
    """A call's arguments, VBA's arrays of Byte, which arrive as memory, like all other arrays."""
    return tuple(_numbers(cast("memoryview[int]", v)) if isinstance(v, memoryview) else v for v in values)


def _numbers(value: memoryview[int]) -> Row:
    found = cast(list[Any], value.tolist())
    return tuple(tuple(cast(list[Any], row)) for row in found) if value.ndim > 1 else tuple(found)


def error_name(value: int) -> str:
    """The text of an error cell: #N/A; for an error newer than our list # and its number."""
    code = value - FIRST
    return ERRORS.get(code, f"#{code}")


def code(error: str) -> int:
    """The number of an error's text."""
    return CODES[error] if error in CODES else int(error[1:])


def answer(value: Any, why: Callable[[ExcelError], str]) -> Answer:
    """A result for VBA: ok and a value, arr with rows and the places of their errors, or err with number and reason."""
    if isinstance(value, ExcelError):
        return "err", code(value), why(value)
    return grid(cast(list[list[Any]], value)) if isinstance(value, list) else ("ok", _sent(value))


def grid(table: Sequence[Sequence[Any]]) -> Answer:
    """Rows for VBA. Error cells are left empty and named by row, column and number."""
    errors = tuple(
        (r, c, code(cell)) for r, row in enumerate(table) for c, cell in enumerate(row) if isinstance(cell, ExcelError)
    )
    cells = tuple(tuple(_cell(cell) for cell in row) for row in table)
    return ("arr", cells, errors) if errors else ("ok", cells)


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return None if isinstance(value, ExcelError) else _cut(value, LONGEST)
    return _sent(value)


def _cut(text: str, most: int) -> str:
    """A text of at most so many UTF-16 units, as Excel counts; no letter is cut in two."""
    units = text.encode("utf-16-le", "surrogatepass")
    return text if len(units) <= 2 * most else units[: 2 * most].decode("utf-16-le", "ignore")


def _sent(value: Any) -> Any:
    """A value as Excel takes it. Whole numbers leave as doubles; an unknown amount as "", since Excel shows nothing as 0."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _cut(value, MOST)
    if isinstance(value, bool | float):
        return value
    if isinstance(value, date):
        return float(serial_of(value))
    return float(value)
