"""The embeddable Python, and what the installer's own tests say of it (tests/fakewindows.py)."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from addin.install.source import ROOMS
from tests import fakewindows
from tests.windows.desk import Desk, offline
from tests.windows.machine import EMBED, ROOT, run, suite

ABSENT = [f"{name}.support" if name == "test" else name for name in fakewindows.ABSENT]  # pywin32 has a folder `test`
EVERY = """
import importlib, sys
names = [line.strip() for line in sys.stdin if line.strip()]
for name in names:
    importlib.import_module(name)
for name in {absent}:
    try:
        importlib.import_module(name)
    except ImportError:
        continue
    print("has", name)
print(len(names))
"""


def test_the_imitated_package_is_the_genuine_one_without_its_extension_modules() -> None:
    with ZipFile(EMBED) as packed:
        genuine = {name: packed.read(name) for name in packed.namelist()}
    imitated = fakewindows.embedded("python311")
    assert {n for n in genuine if not n.endswith((".pyd",)) and not n.startswith("lib") and n != "sqlite3.dll"} == set(
        imitated
    )
    assert genuine["python311._pth"].replace(b"\r\n", b"\n") == imitated["python311._pth"]


def test_the_imitated_disk_is_the_disk() -> None:
    suite("test_disk.py")


@pytest.mark.windows
@pytest.mark.timeout(1800)
def test_every_module_of_the_program_is_imported_there(tmp_path: Path) -> None:
    desk = Desk("全 部")
    desk.run("cmd /c exit")
    try:
        desk.unpack(offline())
        assert "入りました" in desk.open(desk.unpacked / "install.cmd").out
        modules = [p.relative_to(ROOT).with_suffix("") for room in ROOMS for p in (ROOT / room).rglob("*.py")]
        names = [".".join(m.parts).removesuffix(".__init__") for m in modules]
        (tmp_path / "every.py").write_text(EVERY.format(absent=ABSENT), "utf-8")
        program = desk.root / "app" / "Scripts" / "python.exe"
        ran = run(program, "-I", "-B", tmp_path / "every.py", stdin="\n".join(names))
        assert (ran.code, ran.out) == (0, f"{len(names)}\n")
    finally:
        desk.clear()
