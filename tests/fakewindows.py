"""A Windows PC as folders on this machine: a Japanese user, an offline pack of toy packages, and a disk that can fail."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from addin.install import manifest, zip_files
from addin.install.disk import Disk, Ran
from addin.install.probe import KNOWN
from addin.install.source import Source
from addin.install.zip_files import zipped
from addin.places import INTERPRETER, XLAM, Interpreter, Places, here, scripts

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
GOOD: dict[str, Any] = {"version": [3, 12, 4], "bits": 64, "yen": KNOWN[1], "editions": "2026年版", "missing": {}}
PYTHON = Interpreter(Path("C:/Python312/python.exe"), (3, 12), 64)


class Killed(BaseException):
    """The PC lost its power."""


class FakeDisk(Disk):
    """A disk on which files can be locked, programs answer what they are told, and the n-th change fails."""

    def __init__(self, fail_at: int = -1, dead_from: int = -1, wheels: Path | None = None) -> None:
        self.count, self.fail_at, self.dead_from, self.wheels = 0, fail_at, dead_from, wheels
        self.denied: set[Path] = set()  # open in Excel, or not ours to write
        self.answer: str = json.dumps(GOOD)
        self.commands: list[list[str]] = []
        self.keys: dict[tuple[str, str], Any] = {}
        self.disabled: list[Any] = []
        self.icacls = 0
        self.afterwards_told: list[str] = []

    def _tick(self, *paths: Path) -> None:
        self.count += 1
        if 0 <= self.dead_from <= self.count:
            raise Killed
        for path in paths:
            if any(path == d or d.is_relative_to(path) or path.is_relative_to(d) for d in self.denied):
                raise PermissionError(13, "Permission denied", str(path))
        if self.count == self.fail_at:
            raise OSError(5, "Input/output error", str(paths[0]) if paths else None)

    def make(self, folder: Path) -> None:
        self._tick(folder)
        super().make(folder)

    def write(self, path: Path, data: bytes, beside: Path | None = None) -> None:
        self._tick(path)
        super().write(path, data, beside)

    def move(self, source: Path, target: Path) -> None:
        self._tick(source, target)
        assert not target.exists(), "Windows does not rename onto what exists"
        super().move(source, target)

    def delete(self, path: Path) -> None:
        self._tick(path)
        super().delete(path)

    def discard(self, folder: Path) -> None:
        if not folder.exists():
            return
        try:
            self._tick(folder)
        except BaseException:  # half of the files are gone by then
            for path in sorted(p for p in folder.rglob("*") if p.is_file())[::2]:
                if path not in self.denied:
                    path.unlink()
            raise
        super().discard(folder)

    def locked(self, path: Path) -> bool:
        return path in self.denied

    def environment(self, folder: Path, python: Path) -> None:  # noqa: ARG002
        self._tick(folder)
        for name in ("python.exe", "pythonw.exe"):
            scripts(folder).mkdir(parents=True, exist_ok=True)
            (scripts(folder) / name).write_bytes(b"MZ")

    def run(self, command: Sequence[str | Path]) -> Ran:
        self._tick()
        words = [str(word) for word in command]
        self.commands.append(words)
        if "addin.install.probe" in words:
            return Ran(0, "warning of some library\n" + self.answer)
        if "whoami" in words[0]:
            return Ran(0, '"pc\\\x8eR\x93c","S-1-5-21-1-2-3-1001"\r\n')
        if "icacls" in words[0]:
            return Ran(self.icacls, "")
        if "download" in words:
            return self._download(Path(words[words.index("-d") + 1]))
        return super().run([sys.executable, *command[1:]])

    def afterwards(self, line: str) -> None:
        self._tick()
        self.afterwards_told.append(line)

    def _download(self, folder: Path) -> Ran:
        if self.wheels is None:
            return Ran(1, "ERROR: Could not find a version that satisfies the requirement")
        for wheel in self.wheels.glob("*.whl"):
            (folder / wheel.name).write_bytes(wheel.read_bytes())
        return Ran(0, "")

    def registry(self, key: str, value: str) -> Any:
        return self.keys.get((key, value))

    def registry_values(self, key: str) -> list[Any]:  # noqa: ARG002
        return self.disabled


def environ(home: Path, user: str = "山田 太郎") -> dict[str, str]:
    """The variables of a user's desk."""
    profile = home / "Users" / user
    return {
        "LOCALAPPDATA": str(profile / "AppData" / "Local"),
        "APPDATA": str(profile / "AppData" / "Roaming"),
        "PROGRAMDATA": str(home / "ProgramData"),
        "USERPROFILE": str(profile),
        "USERNAME": user,
        "COMPUTERNAME": "KEIRI-PC",
        "USERDOMAIN": "YAMADA",
    }


def places(home: Path, source: Path, user: str = "山田 太郎") -> Places:
    """Where things go on this PC, with 64-bit Python 3.12."""
    found = here(environ(home, user), source)
    found.xlstart.mkdir(parents=True, exist_ok=True)
    (home / "ProgramData").mkdir(exist_ok=True)
    return Places(found.root, found.xlstart, found.menu, found.record, source, PYTHON)


def xlam(version: str, xlwings: str = "0.37.8") -> bytes:
    """The least add-in that has settings."""
    rows = [("INTERPRETER_WIN", INTERPRETER), ("XLWINGS", xlwings), ("VERSION", version)]
    cells = "".join(
        f'<row r="{n}">' + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) + "</row>"
        for n, row in enumerate(rows, 1)
    )
    book = f'<workbook xmlns="{SHEET}" xmlns:r="{REL}"><sheets><sheet name="config" r:id="a"/></sheets></workbook>'
    return zipped(
        {
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": b'<Relationships><Relationship Id="a" Target="sheet1.xml"/></Relationships>',
            "xl/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{cells}</sheetData></worksheet>'.encode(),
        }
    )


def wheel(folder: Path, version: str = "0.37.8") -> str:
    """A toy xlwings with both DLLs; its SHA-256."""
    data = zipped(
        {
            "xlwings/__init__.py": b"",
            "xlwings/addin/xlwings.xlam": b"scanners mistake it",
            "xlwings/pro/__init__.py": b"not BSD",
            f"xlwings-{version}.data/data/xlwings32-{version}.dll": b"MZ32",
            f"xlwings-{version}.data/data/xlwings64-{version}.dll": b"MZ64",
            f"xlwings-{version}.data/scripts/tool.py": b"",
        }
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"xlwings-{version}-cp312-cp312-win_amd64.whl").write_bytes(data)
    return sha256(data).hexdigest()


def embedded(short: str = "python312") -> dict[str, bytes]:
    """python.org's embeddable package without its extension modules; the genuine shape is held against it in
    tests/windows/test_embedded.py."""
    programs = ("python.exe", "pythonw.exe", "python3.dll", f"{short}.dll", "vcruntime140.dll", "vcruntime140_1.dll")
    pth = f"{short}.zip\n.\n\n# Uncomment to run site.main() automatically\n#import site\n"
    parts = dict.fromkeys((*programs, "LICENSE.txt", f"{short}.zip"), b"MZ")
    return parts | {f"{short}._pth": pth.encode()}


# What a whole Python has and an embeddable one has not.
ABSENT = ("venv", "ensurepip", "pip", "tkinter", "turtle", "idlelib", "turtledemo", "test", "lib2to3")


def offline(folder: Path, version: str = "1.0", python: bool = False) -> Source:
    """An offline pack, unpacked."""
    known = wheel(folder / "wheels")
    lock = f"# lock\nxlwings==0.37.8 ; sys_platform == 'win32' \\\n    --hash=sha256:{known}\n"
    parts = {
        "requirements.lock": lock.encode(),
        XLAM: xlam(version),
        "project/rules/__init__.py": b"",
        "project/rules/page.toml": f'version = "{version}"\n'.encode(),
        "project/addin/__init__.py": b"",
    }
    if python:
        parts |= {f"python/{name}": data for name, data in embedded().items()}
    for name, data in parts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    hashes = manifest.listing(folder, folder)
    head = {"version": version, "python": "3.12", "files": hashes}
    (folder / "pack.json").write_text(json.dumps(head), "utf-8")
    return Source(folder)


def state(p: Places) -> tuple[str, ...]:
    """What is installed: ("none",), or the version, complete, with its add-in in XLSTART; anything else is an error."""
    leftovers = sorted(x.name for x in p.root.iterdir()) if p.root.exists() else []
    found = manifest.read(p.app)
    if found is None:
        assert not p.app.exists(), leftovers
        assert not p.xlam.exists()
        return ("none", *leftovers)
    assert manifest.damaged(p.app, found) == []
    assert manifest.digest(p.xlam) == found.xlam
    assert not (p.xlstart / f"{XLAM}.part").exists()
    return (found.version, *leftovers)


LIMITS = zip_files.Limits(members=10_000, each=1 << 28, total=1 << 29)
