"""The built add-in's own VBA, run by pyOpenVBA in Windows' Python: its Declares reach the real DLLs, and what they give
back is held late bound over real COM. No line of the add-in is replaced; Excel itself is the interpreter's.

    excel = load(path_of_Hojokin_xlam)
    excel.run("SUBSIDY_INVOICE", 1e6, True)
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Any

from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.excel import ExcelFile
from pyopenvba.interpreter import _ast, _intrinsics, _runtime
from pyopenvba.interpreter._values import VBAInt
from pyopenvba.vba import VBAModuleKind

from addin.excel import build
from addin.install.xlam_settings import stamped
from tests.windows.inside import bridge
from tests.windows.inside.late import Late
from tests.windows.inside.variants import VARIANT, Pointer, clear, get

DRIVER = """Option Explicit
Public Function LastMessage() As String
    LastMessage = hjLastMessage
End Function
Public Sub Release()
    hjRelease
End Sub
"""
said: list[tuple[str, str, int]] = []  # title, text and style of each message box
asked: list[str] = []  # the command line of each server that the DLL was asked for

kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
kernel.LoadLibraryW.restype, kernel.LoadLibraryW.argtypes = ctypes.c_void_p, (ctypes.c_void_p,)
_texts: dict[int, Any] = {}  # what StrPtr has given an address of


def built(path: Path, interpreter: str = bridge.PYTHONW) -> Path:
    """Hojokin.xlam as an installer leaves it, with the interpreter in its settings."""
    path.write_bytes(stamped(build.xlam_bytes(build.modules()), interpreter))
    return path


def load(xlam: Path, driver: str = DRIVER) -> Any:
    """An Excel that has the add-in and an empty workbook open."""
    ctypes.OleDLL("ole32").CoInitialize(None)  # type: ignore[attr-defined]
    app = ExcelApplication.open(xlam, with_vba=False)
    with ExcelFile(xlam) as file:
        for module in file.vba_project().modules:
            kind = "standard" if module.kind is VBAModuleKind.standard else "class"
            app.add_module(module.source.replace("Private WithEvents", "Private"), name=module.name, kind=kind)
    app.add_module(driver, name="Driver", kind="standard")
    app.add_workbook()
    return app


# Declare: what a module declares is called in its library


def _load_library(_library: str, path: Any) -> VBAInt:
    return VBAInt(kernel.LoadLibraryW(int(path)) or 0, "LongLong")


def _message(_library: str, _owner: Any, text: Any, caption: Any, style: Any) -> VBAInt:
    """MessageBoxW; nobody is there to press its button."""
    said.append((ctypes.wstring_at(int(caption)), ctypes.wstring_at(int(text)), int(style)))
    return VBAInt(1)


def _activate(library: str, result: Any, command: Any, mode: Any) -> VBAInt:
    v = VARIANT()
    if int(mode) == bridge.START:
        asked.append(str(command))
    code = bridge.activate(library, v, str(command).encode("mbcs"), int(mode))
    found = get(v)
    result.set(Late(found) if isinstance(found, Pointer) else found)
    clear(v)
    return VBAInt(code)


DECLARED = {"loadlibraryw": _load_library, "messageboxw": _message, "xlpydllactivateauto": _activate}
_call_name = _runtime.Interpreter._call_name


def _declared(self: Any, callee: Any, args: Any, frame: Any, **more: Any) -> Any:
    """A call by name; the interpreter refuses one of a Declare, so it is made here."""
    key = _runtime._bare(callee.name)
    for module in self.modules.values():
        if key in module.declares and key in DECLARED:
            found = module.declares[key]
            like = _ast.Procedure(name=found.name, kind="function", params=found.params)
            given, _ = self._arguments(args, frame, procedure=like)
            return DECLARED[key](found.library, *(_value(g) if p.by_val else g for g, p in zip(given, found.params)))  # noqa: B905
    return _call_name(self, callee, args, frame, **more)


def _value(given: Any) -> Any:
    return given.get() if isinstance(given, _runtime.Slot) else given


def _address(text: str) -> VBAInt:
    """StrPtr."""
    buffer = ctypes.create_unicode_buffer(text)
    _texts[ctypes.addressof(buffer)] = buffer
    return VBAInt(ctypes.addressof(buffer), "LongLong")


_runtime.Interpreter._call_name = _declared
_intrinsics.INTRINSICS["strptr"] = lambda _interpreter, args, _named: _address(str(args[0]))
_intrinsics.INTRINSICS["environ"] = lambda _interpreter, args, _named: os.environ.get(str(args[0]), "")
