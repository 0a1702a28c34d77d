"""The values of a cell's call: what VBA hands over, and the same in plain Python for the rules."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from pyopenvba.interpreter._values import (
    EMPTY,
    MISSING,
    NULL,
    VBAArray,
    VBACurrency,
    VBADate,
    VBADecimal,
    VBAErrorValue,
    VBAInt,
    VBASingle,
)

from rules.engine.argument import ExcelError
from tests.excel.test_dispatch import CODES
from tests.windows.inside.bridge import array, block

NAMES = {code: name for name, code in CODES.items()}
FIRST = -2146828288
SERIAL = 46_204.0  # 2026-07-01

# name of the type -> what VBA hands over, what it is to the rules
TYPES: dict[str, tuple[Any, Any]] = {
    "Empty": (EMPTY, None),
    "Null": (NULL, None),
    "Boolean": (True, True),
    "Byte": (VBAInt(2, "Byte"), 2),
    "Integer": (VBAInt(1_000, "Integer"), 1_000),
    "Long": (VBAInt(1_000_000), 1_000_000),
    "LongLong": (VBAInt(10**10, "LongLong"), 10**10),
    "Single": (VBASingle(650_000.0), 650_000.0),
    "Double": (700_000.0, 700_000.0),
    "Double, a half": (700_000.5, 700_000.5),
    "Currency": (VBACurrency("800000"), 800_000),
    "Currency, a half": (VBACurrency("800000.5"), 800_000.5),
    "Decimal": (VBADecimal("900000"), 900_000),
    "Date": (VBADate(SERIAL), datetime(2026, 7, 1)),
    "Date and time": (VBADate(SERIAL + 0.75), datetime(2026, 7, 1, 18)),
    "String": ("小規模", "小規模"),
    "String, digits": ("1000000", "1000000"),
    "String, none": ("", ""),
    "String, outside the BMP": ("𠮷\ud800", "𠮷\ud800"),
    "Error 2015": (VBAErrorValue(2015), ExcelError("#VALUE!")),
    "Error 2042": (VBAErrorValue(2042), ExcelError("#N/A")),
    "array of 1 x 1": (block([[700_000.0]]), [[700_000.0]]),
    "row": (block([[700_000.0, True, EMPTY]]), [[700_000.0, True, None]]),
    "column": (block([[700_000.0], [VBAErrorValue(2007)], ["中小"]]), [[700_000.0], [ExcelError("#DIV/0!")], ["中小"]]),
    "block": (block([[1e6, 2e6], [0.0, -1.0]]), [[1e6, 2e6], [0.0, -1.0]]),
    "flat array": (array(1e6, SERIAL), [[1e6, SERIAL]]),
    "array of Long": (array(VBAInt(5), VBAInt(7), kind="Long"), [[5, 7]]),
    "array of Byte": (array(VBAInt(1, "Byte"), VBAInt(2, "Byte"), kind="Byte"), [[1, 2]]),
    "array of Double": (block([[1e6], [2e6]], kind="Double"), [[1e6], [2e6]]),
    "array of Currency": (array(VBACurrency(600_000), kind="Currency"), [[600_000]]),
    "array of Date": (array(VBADate(SERIAL), kind="Date"), [[datetime(2026, 7, 1)]]),
    "array of String": (block([["小規模"], ["製造業"]], kind="String"), [["小規模"], ["製造業"]]),
    "array of Boolean": (array(True, False, kind="Boolean"), [[True, False]]),
    "array with Missing": (array(MISSING, 700_000.0), [[None, 700_000.0]]),
}

# one good call of every function
BASE: dict[str, tuple[Any, ...]] = {
    "INVOICE": (1_000_000.0, True, 2.0, 200_000.0, 100_000.0, SERIAL),
    "NORMAL": (4_000_000.0, 4.0, True, SERIAL),
    "ETRADE": (1_200_000.0, 5.0, 10.0, False, SERIAL),
    "SECURITY": (240_000.0, True, SERIAL),
    "GROUP": ([[1e6, True], [625_000.0, False], [800_000.0, True]], 900_000.0, 90_000.0, 3.0, SERIAL),
    "EXPLAIN": ("invoice", 1_000_000.0, True),
    "WHY": ("invoice", 1_000_000.0, True),
    "REQUIRED_COST": ("invoice", 500_000.0, True),
    "COMPARE": (
        [["会計", "みのり", "Ⅰ", "1 ソフトウェア", "会計", "共P-04", "月額", "契約", 1.0, 20_000.0, 36.0]],
        True,
        False,
        False,
        SERIAL,
    ),
    "IS_SME": ("製造業", 10_000_000.0, 30.0),
    "IS_SMALL": ("製造業", 20.0),
    "DEADLINE": ("invoice", SERIAL),
    "EDITION": (SERIAL,),
}


def to_vba(value: Any) -> Any:
    """A plain value for VBA: None is Empty, rows an array."""
    if isinstance(value, list | tuple):
        cells = [[to_vba(cell) for cell in row] if isinstance(row, list | tuple) else to_vba(row) for row in value]
        return block(cells) if cells and isinstance(cells[0], list) else array(*cells)
    if type(value) is int and value < -2_000_000_000:
        return VBAErrorValue(value - FIRST)
    if isinstance(value, ExcelError):
        return VBAErrorValue(CODES[str(value)])
    if value is None:
        return EMPTY
    return VBAInt(value) if type(value) is int else VBACurrency(value) if isinstance(value, Decimal) else value


def in_cell(value: Any) -> Any:
    """What VBA's answer puts into a cell, as `tests.excel.test_dispatch.shown` says it of the rules' answer."""
    if isinstance(value, VBAErrorValue):
        return "err", value.number
    if isinstance(value, VBAArray):
        assert value.element_type == "Variant"
        (a, b), (c, d) = value.bounds
        height = b - a + 1
        return [[in_cell(value.items[col * height + row]) for col in range(d - c + 1)] for row in range(height)]
    assert type(value) in (bool, float, str), f"{type(value)} in a cell"
    return value


def same(a: Any, b: Any) -> bool:
    """Equal, and TRUE is no 1."""
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b and (isinstance(a, bool) == isinstance(b, bool))
