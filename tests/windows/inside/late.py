"""COM objects late bound, as VBA holds them: GetIDsOfNames, then Invoke, with variables handed over ByRef."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, byref, c_long, c_uint, c_ulong, c_ushort, c_void_p, c_wchar_p
from typing import Any

from pyopenvba.interpreter._objects import VBAObject
from pyopenvba.interpreter._values import MISSING, NOTHING, error
from tests.windows.inside.variants import (
    PARAM_NOT_FOUND,
    VARIANT,
    VT_BYREF,
    VT_EMPTY,
    VT_ERROR,
    VT_NULL,
    VT_VARIANT,
    Pointer,
    clear,
    get,
    oleaut,
    put,
)

GET_IDS, INVOKE = 5, 6  # their places in the table of an IDispatch
METHOD_OR_GET, EXCEPTION = 3, -2147352567  # DISP_E_EXCEPTION: the server's own words are in EXCEPINFO

__all__ = ["PARAM_NOT_FOUND", "ComError", "Late"]


class PARAMS(ctypes.Structure):
    """DISPPARAMS."""

    _fields_ = [("args", POINTER(VARIANT)), ("named", POINTER(c_long)), ("count", c_uint), ("named_count", c_uint)]


class EXCEPINFO(ctypes.Structure):
    """What a server says of its failure."""

    _fields_ = [
        ("code", c_ushort), ("reserved", c_ushort), ("source", c_void_p), ("description", c_void_p), ("help", c_void_p),
        ("context", c_ulong), ("unused", c_void_p), ("deferred", c_void_p), ("scode", c_long),
    ]  # fmt: skip


class ComError(Exception):
    """A call that failed."""

    def __init__(self, hresult: int, description: str = "") -> None:
        super().__init__(f"0x{hresult & 0xFFFFFFFF:08X} {description}".strip())
        self.hresult = hresult


class Late(VBAObject):
    """A COM object in VBA's hands."""

    vba_type_name = "Object"

    def __init__(self, pointer: Pointer) -> None:
        self.pointer = pointer
        self._ids: dict[str, int] = {}

    def vba_get(self, name: str, args: Any = (), _named: Any = None) -> Any:
        """A call or a property, as the interpreter asks for it."""
        try:
            return self.call(name, *args)
        except ComError as e:
            raise error(e.hresult, str(e)) from e

    def call(self, name: str, *values: Any, by: str = "ref", back: list[Any] | None = None) -> Any:
        """A call. by="ref": arguments are variables of their own type, "variant": Variant variables, "val": values.
        `back` receives what stands in the variables after it."""
        count = len(values)
        kept, passed = (VARIANT * count)(), (VARIANT * count)()
        for n, value in enumerate(values):
            put(kept[n], value.pointer if isinstance(value, Late) else value)
            _pass(passed[count - 1 - n], kept[n], "val" if value is NOTHING or value is MISSING else by)
        result, info = VARIANT(), EXCEPINFO()
        try:
            code = self._invoke(self.id(name), PARAMS(passed, None, count, 0), result, info)
            if code < 0:
                raise ComError(code, _text(info.description) if code == EXCEPTION else "")
            if back is not None:
                back[:] = [_held(get(v)) for v in kept]
            return _held(get(result))
        finally:
            for v in (*kept, result):
                clear(v)

    def id(self, name: str) -> int:
        """The number of a member."""
        if name not in self._ids:
            words, found, nothing = c_wchar_p(name), c_long(), (ctypes.c_ubyte * 16)()
            ask = self.pointer.method(GET_IDS, c_void_p, POINTER(c_wchar_p), c_uint, c_ulong, POINTER(c_long))
            if (code := ask(self.pointer.address, nothing, byref(words), 1, 0, byref(found))) < 0:
                raise ComError(code)
            self._ids[name] = found.value
        return self._ids[name]

    def _invoke(self, member: int, params: PARAMS, result: VARIANT, info: EXCEPINFO) -> int:
        types = (c_long, c_void_p, c_ulong, c_ushort, POINTER(PARAMS), POINTER(VARIANT), POINTER(EXCEPINFO), c_void_p)
        invoke, nothing = self.pointer.method(INVOKE, *types), (ctypes.c_ubyte * 16)()
        address = self.pointer.address
        return invoke(address, member, nothing, 0, METHOD_OR_GET, byref(params), byref(result), byref(info), None)


def _held(value: Any) -> Any:
    """An object that came back, as VBA holds it."""
    return Late(value) if isinstance(value, Pointer) else value


def _pass(to: VARIANT, kept: VARIANT, by: str) -> None:
    """Hands a variable over: as a copy of its bytes, or by its address."""
    if by == "val":
        ctypes.memmove(byref(to), byref(kept), ctypes.sizeof(VARIANT))
    elif by == "variant" or kept.vt in (VT_EMPTY, VT_NULL, VT_ERROR) or kept.vt & 0x2000:
        to.vt, to.value = VT_BYREF | VT_VARIANT, ctypes.addressof(kept)
    else:
        to.vt, to.value = VT_BYREF | kept.vt, ctypes.addressof(kept) + 8


def _text(address: int | None) -> str:
    return ctypes.wstring_at(address, oleaut.SysStringLen(address)) if address else ""
