"""What a spreadsheet hands over, in the rules' own terms: dates from serial numbers, errors as values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from rules.engine.argument import NUM, VALUE, ArgumentError, ExcelError
from rules.excel_values import LAST_SERIAL, day_of


def day(value: Any, name: str = "as_of") -> date | None:
    """A date from a cell: a date, a serial number, or None for blank.

    >>> day(46111)
    datetime.date(2026, 3, 30)
    """
    if value is None or value == "":
        return None
    if isinstance(value, ExcelError):
        raise ArgumentError(name, str(value), f"{name} がエラー値 {value} です。元のセルを直してください。")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ArgumentError(name, VALUE, f"{name} は日付で入れてください（2026/4/1 など）。")
    if not 0 < value <= LAST_SERIAL:
        raise ArgumentError(name, NUM, f"{name} の日付が範囲の外です。")
    return day_of(value)


def or_error(call: Callable[..., Any]) -> Callable[..., Any]:
    """`call`, with an ArgumentError turned into the Excel error that belongs into the cell."""

    def wrapped(*arguments: Any) -> Any:
        try:
            return call(*arguments)
        except ArgumentError as e:
            return ExcelError(e.error)

    return wrapped
