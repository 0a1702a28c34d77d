"""xlwings' DLL, asked as the add-in's VBA asks it, and the processes that it starts."""

from __future__ import annotations

import ctypes
import os
import sys
from ctypes import POINTER, byref, c_char_p, c_long, wintypes
from typing import Any

from addin.excel.settings_sheets import XLWINGS
from tests.windows.inside.late import ComError, Late
from tests.windows.inside.variants import VARIANT, Pointer, clear, get

BESIDE = os.path.dirname(sys.executable)  # noqa: PTH120 - a text for the DLL
PYTHONW = os.path.join(BESIDE, "pythonw.exe")  # noqa: PTH118
LIBRARY = os.path.join(BESIDE, f"xlwings64-{XLWINGS}.dll")  # noqa: PTH118
COMMAND = f'"{PYTHONW}" -I -B -m addin.excel.serve $(CLSID)'
START, FORGET = 1, -1

kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
kernel.CreateToolhelp32Snapshot.restype = kernel.OpenProcess.restype = wintypes.HANDLE
kernel.TerminateProcess.argtypes, kernel.CloseHandle.argtypes = (wintypes.HANDLE, wintypes.UINT), (wintypes.HANDLE,)


def activate(library: str, result: VARIANT, command: bytes, mode: int) -> int:
    """XLPyDLLActivateAuto(result, command, mode), with the text as VBA hands it over: in the code page."""
    function = ctypes.WinDLL(library).XLPyDLLActivateAuto  # type: ignore[attr-defined]
    function.restype, function.argtypes = c_long, (POINTER(VARIANT), c_char_p, c_long)
    return function(byref(result), command, mode)


def server(command: str = COMMAND, mode: int = START) -> Late:
    """The server that a command starts, or has started."""
    v = VARIANT()
    code = activate(LIBRARY, v, command.encode("mbcs"), mode)
    found = get(v)
    clear(v)
    if code or not isinstance(found, Pointer):
        raise ComError(code, str(found))
    return Late(found)


class ENTRY(ctypes.Structure):
    """PROCESSENTRY32W."""

    _fields_ = [
        ("size", wintypes.DWORD), ("usage", wintypes.DWORD), ("pid", wintypes.DWORD), ("heap", ctypes.c_void_p),
        ("module", wintypes.DWORD), ("threads", wintypes.DWORD), ("parent", wintypes.DWORD), ("priority", c_long),
        ("flags", wintypes.DWORD), ("name", ctypes.c_wchar * 260),
    ]  # fmt: skip


class MEMORY(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS."""

    _fields_ = [("size", wintypes.DWORD), ("faults", wintypes.DWORD), *[(f"n{n}", ctypes.c_size_t) for n in range(8)]]


def children(parent: int | None = None, name: str = "pythonw.exe") -> list[int]:
    """The ids of the programs that a process has started, of this one where none is named."""
    parent = parent or os.getpid()
    snapshot, entry, found = kernel.CreateToolhelp32Snapshot(2, 0), ENTRY(), []
    entry.size = ctypes.sizeof(ENTRY)
    more = kernel.Process32FirstW(wintypes.HANDLE(snapshot), byref(entry))
    while more:
        if entry.name.lower() == name and entry.parent == parent:
            found.append(entry.pid)
        more = kernel.Process32NextW(wintypes.HANDLE(snapshot), byref(entry))
    kernel.CloseHandle(snapshot)
    return found


def alive(pid: int) -> bool:
    """Whether a process still runs."""
    handle = kernel.OpenProcess(0x100000, False, pid)
    if not handle:
        return False
    gone = kernel.WaitForSingleObject(wintypes.HANDLE(handle), 0) == 0
    kernel.CloseHandle(handle)
    return not gone


def end(pid: int) -> None:
    """Ends one process by its id."""
    handle = kernel.OpenProcess(1, False, pid)
    kernel.TerminateProcess(handle, 9)
    kernel.CloseHandle(handle)


def memory(pid: int) -> int:
    """Bytes of a process's working set."""
    handle, found = kernel.OpenProcess(0x0410, False, pid), MEMORY()
    found.size = ctypes.sizeof(MEMORY)
    kernel.K32GetProcessMemoryInfo(wintypes.HANDLE(handle), byref(found), found.size)
    kernel.CloseHandle(handle)
    return found.n1


def called(name: str, values: Any) -> tuple[Any, ...]:
    """CallUDF's arguments for one cell: module, function, Array(name, Array(…)), no workbook, Nothing."""
    from pyopenvba.interpreter._values import NOTHING

    return "addin.excel.dispatch", "dispatch", array(name, array(*values)), NOTHING, NOTHING


def array(*items: Any, kind: str = "Variant") -> Any:
    """VBA's Array(…): one dimension from 0."""
    from pyopenvba.interpreter._values import VBAArray

    return VBAArray([(0, len(items) - 1)], element_type=kind, items=list(items))


def block(rows: Any, base: int = 1, kind: str = "Variant") -> Any:
    """Range.Value2: two dimensions from 1."""
    from pyopenvba.interpreter._values import VBAArray

    height, width = len(rows), len(rows[0])
    items = [row[c] for c in range(width) for row in rows]
    return VBAArray([(base, base + height - 1), (base, base + width - 1)], element_type=kind, items=items)
