"""VARIANT and SAFEARRAY as VBA fills and reads them, by ctypes alone: pywin32, whose rules are under test, has no part.

`put` writes a value of the VBA interpreter (pyOpenVBA) into a VARIANT, `get` reads one back: every type keeps its own
(Integer is no Long, a Date no Double), arrays their type and bounds.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, byref, c_double, c_float, c_int64, c_long, c_short, c_ubyte, c_uint, c_ulong, c_ushort, c_void_p
from decimal import Decimal
from typing import Any

from pyopenvba.interpreter._values import (
    EMPTY,
    MISSING,
    NOTHING,
    NULL,
    VBAArray,
    VBACurrency,
    VBADate,
    VBADecimal,
    VBAErrorValue,
    VBAInt,
    VBASingle,
)

VT_EMPTY, VT_NULL, VT_I2, VT_I4, VT_R4, VT_R8, VT_CY, VT_DATE, VT_BSTR, VT_DISPATCH, VT_ERROR, VT_BOOL = range(12)
VT_VARIANT, VT_UNKNOWN, VT_DECIMAL, VT_I1, VT_UI1, VT_I8 = 12, 13, 14, 16, 17, 20
VT_ARRAY, VT_BYREF = 0x2000, 0x4000
PARAM_NOT_FOUND, EXCEL_ERROR = -2147352572, -2146828288  # an omitted argument; 0x800A0000, to which CVErr adds a number
WIDTHS = {"Byte": VT_UI1, "Integer": VT_I2, "Long": VT_I4, "LongLong": VT_I8}
TYPES = {  # VBA's name of an array's type, and ctypes' of a cell
    VT_I2: ("Integer", c_short), VT_I4: ("Long", c_long), VT_R4: ("Single", c_float), VT_R8: ("Double", c_double),
    VT_CY: ("Currency", c_int64), VT_DATE: ("Date", c_double), VT_BSTR: ("String", c_void_p),
    VT_DISPATCH: ("Object", c_void_p), VT_ERROR: ("Error", c_long), VT_BOOL: ("Boolean", c_short),
    VT_UNKNOWN: ("Unknown", c_void_p), VT_UI1: ("Byte", c_ubyte), VT_I8: ("LongLong", c_int64),
}  # fmt: skip
BY_NAME = {name: vt for vt, (name, _) in TYPES.items()}
SINGLES = {VT_EMPTY: EMPTY, VT_NULL: NULL}


class VARIANT(ctypes.Structure):
    """16 bytes of head and value, 8 that only a DECIMAL uses."""

    _fields_ = [("vt", c_ushort), ("r", c_ushort * 3), ("value", c_int64), ("more", c_int64)]


class BOUND(ctypes.Structure):
    """One dimension of a SAFEARRAY."""

    _fields_ = [("count", c_ulong), ("low", c_long)]


oleaut = ctypes.WinDLL("oleaut32")  # type: ignore[attr-defined]
for _name, _result, *_arguments in (
    ("SysAllocStringLen", c_void_p, ctypes.c_wchar_p, c_uint),
    ("SysStringLen", c_uint, c_void_p),
    ("VariantClear", c_long, POINTER(VARIANT)),
    ("SafeArrayCreate", c_void_p, c_ushort, c_uint, POINTER(BOUND)),
    ("SafeArrayAccessData", c_long, c_void_p, POINTER(c_void_p)),
    ("SafeArrayUnaccessData", c_long, c_void_p),
    ("SafeArrayGetDim", c_uint, c_void_p),
    ("SafeArrayGetLBound", c_long, c_void_p, c_uint, POINTER(c_long)),
    ("SafeArrayGetUBound", c_long, c_void_p, c_uint, POINTER(c_long)),
    ("SafeArrayGetVartype", c_long, c_void_p, POINTER(c_ushort)),
):
    getattr(oleaut, _name).restype, getattr(oleaut, _name).argtypes = _result, _arguments


class Pointer:
    """A COM object's address, counted while somebody holds it."""

    def __init__(self, address: int) -> None:
        self.address = address
        self.method(1)(address)

    def method(self, slot: int, *types: Any) -> Any:
        """A method by its place in the object's table."""
        table = c_void_p.from_address(self.address).value or 0
        made = ctypes.WINFUNCTYPE(c_long, c_void_p, *types)  # type: ignore[attr-defined]
        return made(c_void_p.from_address(table + slot * 8).value)

    def __del__(self) -> None:
        self.method(2)(self.address)


def put(v: VARIANT, value: Any) -> None:
    """Writes a value into an empty VARIANT, which owns it."""
    v.vt, at = _type(value), ctypes.addressof(v) + 8
    v.value = 0
    if v.vt & VT_ARRAY:
        v.value = _made(value)
    elif v.vt == VT_DECIMAL:
        sign, digits, exponent = Decimal(value).as_tuple()
        number = int("".join(map(str, digits)))
        v.r[0] = -int(exponent) | (0x8000 if sign else 0)
        v.r[1], v.r[2] = (number >> 64) & 0xFFFF, number >> 80
        ctypes.c_uint64.from_address(at).value = number & (1 << 64) - 1
    elif v.vt not in SINGLES:
        _write(v.vt, at, value)


def get(v: VARIANT) -> Any:
    """What a VARIANT holds."""
    return _read(v.vt, ctypes.addressof(v) + 8)


def clear(v: VARIANT) -> None:
    """Gives back what a VARIANT owns."""
    oleaut.VariantClear(byref(v))


def _type(value: Any) -> int:
    """The type that VBA gives a value."""
    if isinstance(value, VBAArray):
        return VT_ARRAY | BY_NAME.get(value.element_type, VT_VARIANT)
    if isinstance(value, VBAInt):
        return WIDTHS[value.kind]
    kinds = ((bool, VT_BOOL), (VBASingle, VT_R4), (float, VT_R8), (VBACurrency, VT_CY), (VBADecimal, VT_DECIMAL))
    more = ((VBADate, VT_DATE), (str, VT_BSTR), (VBAErrorValue, VT_ERROR), (Pointer, VT_DISPATCH))
    for kind, vt in (*kinds, *more):
        if isinstance(value, kind):
            return vt
    return {EMPTY: VT_EMPTY, NULL: VT_NULL, NOTHING: VT_DISPATCH, MISSING: VT_ERROR}[value]


def _write(vt: int, at: int, value: Any) -> None:
    """A value of one type at an address."""
    if vt == VT_BSTR:
        value = oleaut.SysAllocStringLen(value, len(value.encode("utf-16-le", "surrogatepass")) // 2)
    elif vt == VT_BOOL:
        value = -1 if value else 0
    elif vt == VT_CY:
        value = int(value * 10_000)
    elif vt == VT_DATE:
        value = value.serial
    elif vt == VT_ERROR:
        value = PARAM_NOT_FOUND if value is MISSING else EXCEL_ERROR + value.number
    elif vt == VT_DISPATCH:
        if isinstance(value, Pointer):
            value.method(1)(value.address)
        value = value.address if isinstance(value, Pointer) else None
    TYPES[vt][1].from_address(at).value = value


def _read(vt: int, at: int) -> Any:
    """A value of one type at an address."""
    if vt & VT_BYREF:
        inner = c_void_p.from_address(at).value or 0
        return get(VARIANT.from_address(inner)) if vt == VT_BYREF | VT_VARIANT else _read(vt & ~VT_BYREF, inner)
    if vt & VT_ARRAY:
        return _taken(c_void_p.from_address(at).value or 0)
    if vt in SINGLES:
        return SINGLES[vt]
    if vt == VT_DECIMAL:
        return _decimal(at - 8)
    value = TYPES[vt][1].from_address(at).value
    if vt in (VT_UI1, VT_I2, VT_I4, VT_I8):
        return VBAInt(value, TYPES[vt][0])
    if vt in (VT_DISPATCH, VT_UNKNOWN):
        return Pointer(value) if value else NOTHING
    if vt == VT_ERROR:
        return MISSING if value == PARAM_NOT_FOUND else VBAErrorValue(value - EXCEL_ERROR)
    reads: dict[int, Any] = {
        VT_BOOL: bool, VT_CY: lambda x: VBACurrency(Decimal(x) / 10_000), VT_DATE: VBADate, VT_R4: VBASingle,
        VT_BSTR: lambda x: ctypes.wstring_at(x, oleaut.SysStringLen(x)) if x else "",
    }  # fmt: skip
    return reads[vt](value) if vt in reads else value


def _decimal(at: int) -> VBADecimal:
    scale, sign = c_ubyte.from_address(at + 2).value, c_ubyte.from_address(at + 3).value
    number = (c_ulong.from_address(at + 4).value << 64) + ctypes.c_uint64.from_address(at + 8).value
    return VBADecimal(Decimal(-number if sign else number).scaleb(-scale))


def _made(a: VBAArray) -> int:
    """A SAFEARRAY of an array; both keep the first index running fastest."""
    vt = BY_NAME.get(a.element_type, VT_VARIANT)
    bounds = (BOUND * len(a.bounds))(*(BOUND(high - low + 1, low) for low, high in a.bounds))
    made, data = oleaut.SafeArrayCreate(vt, len(a.bounds), bounds), c_void_p()
    oleaut.SafeArrayAccessData(made, byref(data))
    start = data.value or 0
    if a.items and vt == VT_VARIANT:
        for cell, item in zip((VARIANT * len(a.items)).from_address(start), a.items, strict=True):
            put(cell, item)
    elif a.items:
        size = ctypes.sizeof(TYPES[vt][1])
        for n, item in enumerate(a.items):
            _write(vt, start + n * size, item)
    oleaut.SafeArrayUnaccessData(made)
    return made


def _taken(array: int) -> VBAArray:
    """An array of a SAFEARRAY."""
    low, high, vt, data, bounds = c_long(), c_long(), c_ushort(), c_void_p(), []
    for d in range(1, oleaut.SafeArrayGetDim(array) + 1):
        oleaut.SafeArrayGetLBound(array, d, byref(low))
        oleaut.SafeArrayGetUBound(array, d, byref(high))
        bounds.append((low.value, high.value))
    oleaut.SafeArrayGetVartype(array, byref(vt))
    count = 1
    for a, b in bounds:
        count *= b - a + 1
    oleaut.SafeArrayAccessData(array, byref(data))
    start, items = data.value or 0, []
    if count and vt.value == VT_VARIANT:
        items = [get(cell) for cell in (VARIANT * count).from_address(start)]
    elif count:
        size = ctypes.sizeof(TYPES[vt.value][1])
        items = [_read(vt.value, start + n * size) for n in range(count)]
    oleaut.SafeArrayUnaccessData(array)
    return VBAArray(bounds, element_type=TYPES[vt.value][0] if vt.value in TYPES else "Variant", items=items)
