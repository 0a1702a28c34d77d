"""Values as they cross between Calc and Python.

Calc hands over numbers and truth values as float, texts as str, a range as a tuple of rows with "" for its blank cells,
an argument left out as None; a single blank cell comes as 0.0 and cannot be told from a zero. An error in a single
argument never reaches us: Calc gives it back itself. What Calc takes is float and str; an error is a NaN with the
error's number in it.

>>> taken(((1.0, ""), ("a", 2.0))), answer(7), answer([["補助額", None], [True, "x"]])
([[1.0, None], ['a', 2.0]], ((7.0,),), (('補助額', ''), (1.0, 'x')))
"""

from __future__ import annotations

import struct
from datetime import date
from typing import Any, cast

from rules import excel_values
from rules.engine.argument import VALUE, ExcelError
from rules.excel_values import serial_of

Table = tuple[tuple[float | str, ...], ...]  # what Calc takes: one value is a table of one cell
NAN = 0x7FF8000000000000


def taken(value: Any) -> Any:
    """A value from Calc in the terms of addin.functions."""
    if isinstance(value, tuple):
        return [[None if cell == "" else cell for cell in row] for row in cast("tuple[tuple[Any, ...], ...]", value)]
    return value


def answer(value: Any) -> Table:
    """A result as Calc takes it."""
    if isinstance(value, list):
        return tuple(tuple(given(cell) for cell in row) for row in cast(list[list[Any]], value))
    return ((given(value),),)


def given(value: Any) -> float | str:
    """One value as Calc takes it; an unknown amount as "", since Calc would show nothing as 0."""
    if isinstance(value, ExcelError):
        return ERRORS.get(value, ERRORS[VALUE])
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, date):
        return float(serial_of(value))
    return float(value)


def _nan(code: int) -> float:
    return struct.unpack("<d", struct.pack("<Q", NAN | code))[0]


ERRORS = {e.name: _nan(e.calc) for e in excel_values.ERRORS if e.calc}
