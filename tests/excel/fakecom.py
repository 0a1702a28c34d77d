"""Just enough of pywin32 for the genuine, unmodified xlwings code of Windows to run here: decorators, com_server, udfs,
conversion. What COM does to values is pywin32's own rule: tests/windows asks the same of both and compares. What this
layer does not imitate it refuses.

    xlwings = fakecom.install()
    fakecom.call("addin.excel.dispatch", "dispatch", ("SUBSIDY_INVOICE", (1e6, True)))
"""

from __future__ import annotations

import asyncio
import atexit
import ctypes
import importlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import ROUND_DOWN, Decimal
from types import ModuleType, SimpleNamespace
from typing import Any

OURS = ("addin.excel.dispatch", "addin.excel.macros", "addin.excel.serve")
RANGE = "{00020846-0000-0000-C000-000000000046}"
FIRST = -2146828288  # an error cell arrives as this and its number
MISSING = -2147352572  # an optional argument that VBA left out
EXCEPTION = -2147352567  # DISP_E_EXCEPTION

assert asyncio  # what looks at sys.platform is imported before it is changed
assert subprocess


class Anything:
    """Stands for what xlwings only touches while it is imported."""

    def __getattr__(self, _: str) -> Anything:
        return self

    def __call__(self, *_: Any, **__: Any) -> Anything:
        return self


class com_error(Exception):
    """pywintypes.com_error: hresult, text, details, argument."""

    @property
    def hresult(self) -> int:
        """The number of the error."""
        return self.args[0] if self.args else 0


class TimeType(datetime):
    """pywintypes.TimeType: a date as VT_DATE arrives, with a time zone."""


class Interface:
    """A PyIDispatch: what a COM object is before pywin32 gives it attributes."""

    def __init__(self, target: Any, iid: str = "") -> None:
        self.target, self.iid = target, iid

    def GetTypeInfo(self) -> Interface:
        return self

    def GetTypeAttr(self) -> Interface:
        return self

    def GetDocumentation(self, _: int) -> tuple[str]:
        return (type(self.target).__name__,)


class Wrapped:
    """A Python object inside a COM object."""

    def __init__(self, inner: Any, iid: Any = None) -> None:
        self.inner, self.iid = inner, iid


def unwrap(value: Any) -> Any:
    """win32com.server.util.unwrap."""
    if isinstance(value, Wrapped):
        return value.inner
    raise TypeError("The object is not a wrapped Python object")


def dispatched(value: Any, *_: Any, **__: Any) -> Any:
    """win32com.client.Dispatch."""
    return value.target if isinstance(value, Interface) else value


ARRIVING = (type(None), bool, int, float, str, Decimal, datetime, memoryview, Interface, Wrapped)


def install() -> Any:
    """xlwings as it is on Windows; our own modules that use it are imported anew."""
    if "pythoncom" in sys.modules:
        return importlib.import_module("xlwings")
    for name in [n for n in sys.modules if n == "xlwings" or n.startswith("xlwings.") or n in OURS]:
        parent, _, last = name.rpartition(".")
        vars(sys.modules.get(parent, sys)).pop(last, None)
        del sys.modules[name]
    sys.modules.update(_modules())
    with _windows():
        xlwings = importlib.import_module("xlwings")
    atexit.unregister(xlwings._xlwindows.cleanup)
    return xlwings


@contextmanager
def _windows() -> Iterator[None]:
    """While xlwings is imported, this is Windows."""
    kept = sys.platform, ctypes.PyDLL
    sys.platform, ctypes.PyDLL = "win32", Anything()  # type: ignore[misc,assignment]
    ctypes.oledll = ctypes.windll = Anything()  # type: ignore[attr-defined]
    try:
        yield
    finally:
        sys.platform, ctypes.PyDLL = kept  # type: ignore[misc]
        del ctypes.oledll, ctypes.windll  # type: ignore[attr-defined]


def _modules() -> dict[str, ModuleType]:
    """pywin32, by the names of its modules."""
    iids = {"IID_IDispatch": "dispatch", "IID_IEnumVARIANT": "enum", "TypeIIDs": {"dispatch": Interface}}
    errors = {"com_error": com_error, "ole_error": com_error, "error": com_error}
    classes = {name: type(name, (), {}) for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass")}
    return {
        "pywintypes": _module("pywintypes", TimeType=TimeType, IID=str, Time=lambda x: x, **errors),
        "pythoncom": _module("pythoncom", __file__="pythoncom.dll", CoInitialize=None, **iids, **errors),
        "win32event": _module("win32event"),
        "win32timezone": _module("win32timezone", TimeZoneInfo=SimpleNamespace(utc=lambda: UTC)),
        **{name: _module(name) for name in ("win32con", "win32gui", "win32process")},
        "win32api": _module("win32api", GetCurrentThreadId=lambda: 1),
        "win32com": (top := _module("win32com")),
        "win32com.client": _under(
            top, "client", Dispatch=dispatched, DispatchEx=dispatched, gencache=_gencache, **classes
        ),
        "win32com.server": (server_module := _under(top, "server")),
        "win32com.server.util": _under(server_module, "util", wrap=Wrapped, unwrap=unwrap),
        "win32com.server.policy": _under(server_module, "policy"),
        "win32com.server.dispatcher": _under(server_module, "dispatcher"),
        "win32com.server.exception": _under(server_module, "exception", COMException=com_error),
    }


_gencache = SimpleNamespace(EnsureModule=lambda *_, **__: None)


def _module(name: str, **attributes: Any) -> ModuleType:
    made = ModuleType(name)
    made.__dict__.update(__path__=[], **attributes)
    return made


def _under(parent: ModuleType, name: str, **attributes: Any) -> ModuleType:
    made = _module(f"{parent.__name__}.{name}", **attributes)
    setattr(parent, name, made)
    return made


def call(module: str, name: str, arguments: tuple[Any, ...], book: Any = None) -> Any:
    """XLPy().CallUDF(module, name, Array(…), book, Nothing), as the VBA says it; arrays come back as tuples."""
    from xlwings.com_server import XLPython

    for value in arguments:
        arriving(value)
    try:
        found = XLPython().CallUDF(module, name, arguments, None if book is None else Interface(book), None)
    except Exception as e:
        raise com_error(EXCEPTION, "", (0, "Python COM Server Internal Error", f"{type(e).__name__}: {e}"), None) from e
    if isinstance(found, tuple):
        raise NotImplementedError("of a tuple pywin32 answers the first item and writes the others into the arguments")
    return sent(found)


def arriving(value: Any) -> None:
    """Refuses what pywin32 never hands to Python."""
    if isinstance(value, tuple):
        for item in value:
            arriving(item)
    elif isinstance(value, datetime) and not value.tzinfo:
        raise NotImplementedError("a date arrives with a time zone")
    elif not isinstance(value, ARRIVING):
        raise NotImplementedError(f"{type(value).__name__} never arrives")


def sent(value: Any) -> Any:
    """What VBA holds of a value that Python sends: None is Null, an array a tuple, Currency a Decimal."""
    if isinstance(value, list | tuple):
        return tuple(map(sent, value))
    if type(value) in (type(None), bool, float, str):
        return value
    if type(value) is int:
        return _whole(value)
    if isinstance(value, Decimal):
        if abs(value) >= Decimal(2**63) / 10_000:
            raise com_error(EXCEPTION, "", (0, "", "OverflowError: int too big to convert"), None)
        return value.quantize(Decimal("0.0001"), ROUND_DOWN)
    if isinstance(value, datetime):
        return value
    raise com_error(EXCEPTION, "", (0, "", f"TypeError: {type(value).__name__} is no VARIANT"), None)


def _whole(value: int) -> int | float:
    """A Long or a LongLong; beyond 64 bits a Double; between them types that VBA does not know."""
    if -(2**31) <= value < 2**31 or 2**32 <= value < 2**63 or -(2**63) <= value < -(2**31):
        return value
    if -(2**63) <= value < 2**64:
        raise NotImplementedError("an unsigned number, which VBA cannot hold")
    return float(value)
