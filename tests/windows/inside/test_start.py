"""How the server starts and ends: pywin32's modules of type libraries stay out of it, and it never keeps Excel waiting."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import pythoncom  # type: ignore[import-not-found]
import pywintypes  # type: ignore[import-not-found]
import win32api  # type: ignore[import-not-found]

from addin.excel import serve
from tests.windows import report
from tests.windows.inside import bridge
from tests.windows.inside.late import ComError

SHARED = Path(win32api.GetTempPath()) / "gen_py"  # where pywin32 keeps them, for every program of the user
SYS_WIN64 = 3
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
EXCEL = "{00020813-0000-0000-C000-000000000046}"  # Excel's type library
MADE = "00020813-0000-0000-C000-000000000046x0x1x9"  # its module, as makepy names it
ALONE = "import xlwings; print('imported')"
LATE = f"from addin.late_binding import bind_late; bind_late(); {ALONE}"
SLEEPS = {  # with Python's lock given back, and with it held
    "free": "time.sleep(300)",
    "held": "ctypes.PyDLL('kernel32').Sleep(300_000)",
}
HANGS = "import ctypes, time, addin.excel.serve as s; s.LIMIT = 3; s.bind_late = lambda: {}; s.main(['x'])"
LIVES = """
import os, sys, threading, time, win32api, win32con, pythoncom
from addin.excel import serve
thread = win32api.GetCurrentThreadId()
def work():
    while "xlwings.com_server" not in sys.modules or "addin.excel.macros" not in sys.modules:
        time.sleep(0.1)
    time.sleep(serve.LIMIT + 1)
    from xlwings import _xlwindows, udfs
    _xlwindows.cleanup.__code__ = (lambda: print("ends every Excel", flush=True)).__code__
    path = sys.modules["addin.excel.dispatch"].__file__
    os.utime(path, (1, os.stat(path).st_mtime + 10))
    same = all(udfs.get_udf_module(n, None) is sys.modules[n] for n in serve.ENTRIES)
    print("the same modules" if same else "read anew", flush=True)
    win32api.PostThreadMessage(thread, win32con.WM_QUIT, 0, 0)
threading.Thread(target=work).start()
{}
"""


def python(code: str) -> str:
    """What a fresh Python says."""
    done = subprocess.run([sys.executable, "-B", "-c", code], capture_output=True, text=True, check=False, timeout=200)
    return done.stdout + done.stderr


@pytest.fixture
def shared() -> Iterator[Path]:
    """The folder of made modules, gone before and after."""
    shutil.rmtree(SHARED, ignore_errors=True)
    yield SHARED
    shutil.rmtree(SHARED, ignore_errors=True)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[None]:
    """A type library with Excel's name, registered as Excel's is."""
    path = str(tmp_path / "excel.tlb")
    made: Any = pythoncom.CreateTypeLib2(SYS_WIN64, path)  # type: ignore[call-arg]
    made.SetGuid(pywintypes.IID(EXCEL))
    made.SetVersion(1, 9)
    made.SetName("Excel")
    made.SetLcid(0)
    made.SaveAllChanges()
    pythoncom.RegisterTypeLib(pythoncom.LoadTypeLib(path), path)  # type: ignore[call-arg]
    yield
    pythoncom.UnRegisterTypeLib(pywintypes.IID(EXCEL), 1, 9, 0, SYS_WIN64)


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_xlwings_alone_leaves_made_modules_in_the_shared_folder(shared: Path, library: None) -> None:  # noqa: ARG001
    assert "imported" in python(ALONE)
    assert f"{VERSION}/{MADE}.py" in files(shared)


def test_the_server_makes_none(shared: Path, library: None) -> None:  # noqa: ARG001
    assert python(LATE) == "imported\n"
    answer = bridge.server().call("CallUDF", *bridge.called("SUBSIDY_INVOICE", (1e6, True)))
    probe = python("import json, addin.install.probe as p; print(json.dumps(p.answer()))")
    assert '"missing": {}' in probe and answer.items == ["ok", 750_000.0] and not shared.exists()
    bridge.activate(bridge.LIBRARY, bridge.VARIANT(), bridge.COMMAND.encode("mbcs"), bridge.FORGET)


@pytest.mark.parametrize("bad", ["dicts.dat", f"{MADE}.py"])
def test_damaged_ones_do_not_reach_it(shared: Path, library: None, bad: str) -> None:  # noqa: ARG001
    assert "imported" in python(ALONE)
    (shared / VERSION / bad).write_bytes(b"\x80garbage")
    before = files(shared)
    assert python(LATE) == "imported\n" and files(shared) == before
    if bad == "dicts.dat":
        assert "Error" in python(ALONE)


@pytest.mark.parametrize("sleep", SLEEPS.values(), ids=SLEEPS)
def test_a_server_that_hangs_ends_in_time(sleep: str) -> None:
    """The DLL alone would wait for two minutes, with Excel."""
    command = f'"{bridge.PYTHONW}" -I -B -c "{HANGS.format(sleep)}" $(CLSID)'
    began = time.monotonic()
    with pytest.raises(ComError, match="exited before"):
        bridge.server(command)
    took = time.monotonic() - began
    report.LINES.append(f"{report.MARK}a server that hangs, its limit set to 3 s: given up after {took:.1f} s")
    assert 3 <= took < 60
    assert serve.LIMIT == 30


def test_a_server_lives_beyond_its_limit_when_it_serves() -> None:
    serving = "serve.LIMIT = %d; serve.main(['{00000000-0000-0000-0000-000000000001}'])"
    for limit in (2, 10, 60):  # a slow machine needs more of them to get as far as serving
        if said := python(LIVES.format(serving % limit)):
            break
    assert "the same modules" in said and "ends every Excel" not in said


def test_xlwings_alone_would_end_every_excel_without_a_window() -> None:
    said = python(
        LIVES.format("serve.LIMIT = 2; serve.bind_late(); import xlwings; [serve._entry(n) for n in serve.ENTRIES]")
    )
    assert "ends every Excel" in said
