"""The values of a workbook that we wrote, calculated from its own formulas without Excel.

formualizer does the arithmetic. Where our sheets rely on more, as Excel and Calc allow it, that is added here: functions
of single values that are asked of ranges (`SUMPRODUCT(1*(LEN(TRIM(B14:B1013))>0))`), a count by a list or by a range of
criteria, and an error among the cells to be summed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from typing import Any, cast

import formualizer
from openpyxl.utils import datetime as moments

from rules.excel_values import EVERYWHERE
from workbooks.files import reproducible

LISTED = re.compile(r"COUNTIF\(([^(){}]+),\{([^{}]*)\}\)")
RANGED = re.compile(r"COUNTIF\(([^(){},]+),([^(){},]+:[^(){},]+)\)")
HOLDING = "HOLDING"  # our own function, in the formulas that formualizer is given only
At = Callable[[int, int], Any]  # row and column, from 1
ERRORS = {re.sub("[^A-Z]", "", name).capitalize(): name for name in EVERYWHERE}  # formualizer says Div for #DIV/0!


def calculated(raw: bytes) -> Mapping[str, At]:
    """For each sheet, what a cell shows: number, text, truth value, None, or an error as `Error`."""
    engine: Any = formualizer
    book = engine.load_workbook_bytes(reproducible.rewritten(raw, one_by_one))
    for name, (function, count) in ADDED.items():
        book.register_function(name, function, min_args=count, max_args=count, allow_override_builtin=True)
    book.evaluate_all()
    return {name: _sheet(book, name) for name in book.sheet_names}


def one_by_one(formulas: str) -> str:
    """Each count by a list of criteria as the sum of counts by one, and each by a range of patterns as our own.

    >>> one_by_one('SUM(COUNTIF(A$1:A$9,{"*a*","b"}))')
    'SUM((COUNTIF(A$1:A$9,"*a*")+COUNTIF(A$1:A$9,"b")))'
    >>> one_by_one("SUMPRODUCT(COUNTIF($A$1,$C$1:$C$9))")
    'SUMPRODUCT(HOLDING($A$1,$C$1:$C$9))'
    """
    formulas = RANGED.sub(rf"{HOLDING}(\1,\2)", formulas)
    return LISTED.sub(lambda m: f"({'+'.join(f'COUNTIF({m[1]},{one})' for one in m[2].split(','))})", formulas)


def _sheet(book: Any, name: str) -> At:
    return lambda row, column: _plain(book.get_value(name, row, column))


class Error(str):
    """An error value as Excel writes it."""


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return Error(ERRORS[cast("dict[str, str]", value)["kind"]])
    excel: Any = moments
    return excel.to_excel(value) if isinstance(value, date | time) else value


def _lifted(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of single values that takes ranges, too, and then answers with one."""

    def over(*arguments: Any) -> Any:
        shape = next((cast("list[list[Any]]", a) for a in arguments if isinstance(a, list)), None)
        if shape is None:
            return function(*arguments)
        rows, width = len(shape), len(shape[0])
        return [[function(*(_pick(a, r, c) for a in arguments)) for c in range(width)] for r in range(rows)]

    return over


def _pick(argument: Any, row: int, column: int) -> Any:
    if not isinstance(argument, list):
        return argument
    rows = cast("list[list[Any]]", argument)
    return rows[row if len(rows) > 1 else 0][column if len(rows[0]) > 1 else 0]


def _of_text(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of texts, as Excel's: an error is passed on."""

    def of(*arguments: Any) -> Any:
        wrong = next((a for a in arguments if _is_error(a)), None)
        return wrong if wrong is not None else function(*map(_text, arguments))

    return _lifted(of)


def _is_error(value: Any) -> bool:
    return isinstance(value, dict)


def _text(value: Any) -> str:
    """A value as a text function of Excel sees it."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return str(value).upper()
    return format(value, ".15g")


def _trimmed(text: str) -> str:
    return " ".join(part for part in text.split(" ") if part)


def _middle(text: str, first: str, count: str) -> str:
    return text[int(first) - 1 : int(first) - 1 + int(count)]


def _found(wanted: str, text: str) -> Any:
    """Where a text stands in another, from 1; #VALUE! where it does not."""
    return float(text.index(wanted) + 1) if wanted in text else NOWHERE


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _sum_where(values: Any, marks: Any, wanted: float) -> Any:
    """SUMIFS by one number, which is all that our sheets ask."""
    chosen = [v for v, m in zip(_cells(values), _cells(marks), strict=True) if type(m) is float and m == wanted]
    wrong = next(filter(_is_error, chosen), None)
    return wrong if wrong is not None else math.fsum(v for v in chosen if type(v) is float)


def _holding(texts: Any, patterns: Any) -> int:
    """How many times a text fits a pattern, which in our sheets is `*word*`."""
    words = [one.strip("*").casefold() for one in _cells(patterns) if isinstance(one, str)]
    found = [text.casefold() for text in _cells(texts) if isinstance(text, str)]
    return sum(word in text for word in words for text in found)


def _cells(table: Any) -> Iterator[Any]:
    rows = cast("list[list[Any]]", table) if isinstance(table, list) else [[table]]
    return (cell for row in rows for cell in row)


NOWHERE = {"type": "Error", "kind": "Value"}  # an error as formualizer hands it over
ADDED: dict[str, tuple[Callable[..., Any], int]] = {
    "LEN": (_of_text(len), 1),
    "MID": (_of_text(_middle), 3),
    "TRIM": (_of_text(_trimmed), 1),
    "SUBSTITUTE": (_of_text(str.replace), 3),
    "EXACT": (_of_text(str.__eq__), 2),
    "FIND": (_of_text(_found), 2),
    "ISERROR": (_lifted(_is_error), 1),
    "ISNUMBER": (_lifted(_is_number), 1),
    "SUMIFS": (_sum_where, 3),
    HOLDING: (_holding, 2),
}
