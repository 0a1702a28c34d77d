"""The questions that are put to pywin32 and to fakecom alike, and the words for their answers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

SCALARS = """
None; True; False; 0; 1; -1; 2**31 - 1; -2**31; -2**31 - 1; 2**31; 2**32 - 1; 2**32; 2**40; -2**40; 2**63 - 1; 2**63; 2**64; 2**70
1.5; float('inf'); ''; 'あ'; '𠮷'; '\\ud800'; 'x\\0y'; 'あ' * 40_000
Decimal('1.5'); Decimal('1.23456789'); Decimal('-1.99999'); Decimal(10) ** 20
date(2026, 7, 1); datetime(2026, 7, 1, 12, tzinfo=UTC); time(1, 2); timedelta(1); object(); 1j; {}; {1}
"""
ARRAYS = """
[]; [1.0, 2.0]; ['ok', 1.0]; ['ok', ((1.0,),)]; ['ok', ((1.0, 2.0), (3.0, 4.0))]; ['ok', [[1.0, 2.0], [3.0, 4.0]]]
['arr', ((1.0, None),), ((0, 1, 2036),), 'わけ']; ['ok', (1.0, 2.0)]; ['ok', ()]; ['ok', ('a', True, None)]
['ok', ((1.0,), (2.0, 3.0))]; ['ok', ((1.0, 2.0), 3.0)]; [[1.0, 2.0], [3.0, 4.0]]; [['a', 'b']]; [[1.0], [2.0, 3.0]]
('ok', 1.0); (1.0,); ((1.0, 2.0), (3.0, 4.0)); ['ok', ((date(2026, 7, 1),),)]; 1.0; None; 'text'; raise ValueError('x')
"""
SENT = [f"['ok', {s.strip()}]" for line in SCALARS.strip().splitlines() for s in line.split("; ")] + [
    s.strip() for line in ARRAYS.strip().splitlines() for s in line.split("; ")
]
# what VBA hands over -> what fakecom's callers pass in its place
ARRIVES: dict[str, str] = {
    "EMPTY": "None",
    "NULL": "None",
    "MISSING": "None",
    "NOTHING": "None",
    "True": "True",
    "VBAInt(5, 'Byte')": "5",
    "VBAInt(-5, 'Integer')": "-5",
    "VBAInt(5)": "5",
    "VBAInt(2**40, 'LongLong')": "2**40",
    "1.5": "1.5",
    "VBASingle(1.5)": "1.5",
    "VBACurrency('1.5')": "Decimal('1.5')",
    "VBADecimal('1.23456789')": "Decimal('1.23456789')",
    "VBADate(46204.5)": "TimeType(2026, 7, 1, 12, tzinfo=UTC)",
    "'あ'": "'あ'",
    "VBAErrorValue(2015)": "FIRST + 2015",
    "VBAErrorValue(2051)": "FIRST + 2051",
    "array()": "()",
    "array(1.0, EMPTY, MISSING, VBAErrorValue(2042), VBACurrency(2))": "(1.0, None, MISSING, FIRST + 2042, Decimal(2))",
    "block([[1.0]])": "((1.0,),)",
    "block([[1.0, 2.0], [3.0, EMPTY]])": "((1.0, 2.0), (3.0, None))",
    "block([[1.0], [2.0]], kind='Double')": "((1.0,), (2.0,))",
    "array(array(1.0, 2.0), array(3.0))": "((1.0, 2.0), (3.0,))",
    "array(True, False, kind='Boolean')": "(True, False)",
    "array(VBADate(46204.0), kind='Date')": "(TimeType(2026, 7, 1, tzinfo=UTC),)",
    "array('a', '', kind='String')": "('a', '')",
    "array(VBAInt(1, 'Byte'), VBAInt(2, 'Byte'), kind='Byte')": "memoryview(bytearray(b'\\1\\2'))",
}
REFUSED = -2146827284  # 0x800A03EC, with which Excel refuses


def vba_names() -> Any:
    """The interpreter's values, by their names."""
    from pyopenvba.interpreter import _values

    return _values


def described(value: Any) -> str:
    """A value that fakecom says VBA holds."""
    if isinstance(value, tuple):
        return f"array({', '.join(map(described, value))})"
    if isinstance(value, datetime):
        return f"datetime {value.replace(tzinfo=None).isoformat()}"
    if isinstance(value, Decimal):
        return f"Decimal {value:f}"
    return "None" if value is None else f"{type(value).__name__} {value!r}"


def kind_of(args: tuple[Any, ...]) -> str:
    """The shape of a com_error's arguments: number, text, details, argument."""
    number, text, details, argument = args
    flag, program, why, file, context, code = details
    kinds = ", ".join(type(x).__name__ for x in (text, flag, program, why, context))
    return f"{number} {kinds} {program} {why} {not file} {code} {argument}"
