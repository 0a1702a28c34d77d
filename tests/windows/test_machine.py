"""What build/windows is: a Windows Python of the locked packages, on a Japanese Windows, closed against this machine."""

from __future__ import annotations

import re
import struct
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest

from tests.windows.machine import DRIVE, EMBED, PYTHON, ROOT, run, windows_path

SCRIPTS = ROOT / "setup/windows"


def script(name: str) -> ModuleType:
    """A module of setup/windows, which is no package."""
    loader = SourceFileLoader(name, str(SCRIPTS / f"{name}.py"))
    made = module_from_spec(spec_from_loader(name, loader))  # type: ignore[arg-type]
    loader.exec_module(made)
    return made


def test_it_is_a_japanese_windows_with_the_project_in_its_python() -> None:
    code = "import sys, os, locale, rules; print(sys.platform, locale.getpreferredencoding(False), os.path.dirname(rules.__file__))"
    ran = run(PYTHON, "-c", code)
    assert (ran.code, ran.out.lower()) == (0, f"win32 cp932 {windows_path(ROOT / 'rules')}\n".lower())


def test_the_packages_are_those_of_the_lock() -> None:
    lock = (ROOT / "requirements-dev.lock").read_text("utf-8")
    wanted = dict(re.findall(r"^([\w.-]+)==([^ \\]+)", "".join(script("wheels").wanted(lock)), re.M))
    code = (
        "from importlib.metadata import distributions as d; print(*(f'{x.name}=={x.version}' for x in d()), sep='\\n')"
    )
    found = dict(line.split("==") for line in run(PYTHON, "-c", code).out.split())
    assert {re.sub(r"[-_.]+", "-", n).lower(): v for n, v in found.items() if n != "hojokin"} == wanted
    assert {"pywin32", "xlwings", "pyopenvba", "pytest", "lxml", "comtypes"} <= set(wanted)


def test_a_marker_is_answered_as_windows_answers_it() -> None:
    lock = "a==1 ; sys_platform == 'darwin' \\\n    --hash=sha256:00\nb==2 ; sys_platform == 'win32' \\\n    --hash=sha256:11\n"
    assert list(script("wheels").wanted(lock)) == ["b==2 \\\n    --hash=sha256:11\n"]


def test_nothing_of_a_user_lies_outside_the_drive() -> None:
    links = [p for p in (DRIVE / "users").rglob("*") if p.is_symlink()]
    assert not links
    code = "from win32com.shell import shell as s; print(*(s.SHGetFolderPath(0, n, 0, 0) for n in (0, 5, 26, 28)), sep='\\n')"
    assert [p[:9] for p in run(PYTHON, "-X", "utf8", "-c", code).out.split("\n") if p] == ["C:\\users\\"] * 4


def test_whoami_knows_the_number_of_the_account() -> None:
    ran = run("C:\\windows\\system32\\whoami.exe", "/user", "/fo", "csv", "/nh")
    assert re.fullmatch(r'"[^"]+\\[^"]+","S-1-5-[0-9-]+"\n', ran.out)


def test_an_embeddable_python_has_no_venv(tmp_path: Path) -> None:
    with ZipFile(EMBED) as packed:
        packed.extractall(tmp_path)
    assert "venv" not in str(sorted(p.name for p in tmp_path.iterdir()))
    code = "import json, ctypes, ssl, sqlite3\nfor n in ('venv', 'ensurepip', 'tkinter', 'pip'):\n try: __import__(n)\n except ImportError: print(n)"
    assert run(tmp_path / "python.exe", "-c", code).out.split() == ["venv", "ensurepip", "tkinter", "pip"]


@pytest.mark.parametrize("stream", ["out", "err"])
def test_a_program_s_words_and_status_come_back(stream: str) -> None:
    code = f"import sys; sys.stdin.reconfigure(encoding='utf-8'); print(ascii(sys.stdin.read()), file=sys.std{stream}); sys.exit(7)"
    ran = run(PYTHON, "-c", code, stdin="補助\n")
    assert (ran.code, ran.out) == (7, ascii("補助\n") + "\n")


def test_the_forwarder_is_a_dll_of_64_bits() -> None:
    made = script("forwarder").dll("x.dll", "ProcessPrng", "advapi32.SystemFunction036")
    assert struct.unpack_from("<H", made, 68) == (0x8664,) and b"advapi32.SystemFunction036\0" in made
    code = "import ctypes; b = ctypes.create_string_buffer(64); print(ctypes.WinDLL('bcryptprimitives').ProcessPrng(b, 64) & 1, any(b.raw))"
    assert run(PYTHON, "-c", code).out == "1 True\n"
