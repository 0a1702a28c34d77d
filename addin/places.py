"""Where the add-in lives on a PC.

The program that starts Python from Excel (xlwings' DLL) knows paths only in the code page of the system, so the path of
the private folder is ASCII on every PC:

* `%LOCALAPPDATA%\\Hojokin` where that is ASCII. Only the user may write there; the .xlam is the same for everybody.
* otherwise (a Japanese user name) `%ProgramData%\\Hojokin-<8 random digits>`. Anybody may make folders in ProgramData,
  so ours has a name that cannot be guessed, must not exist yet, and is closed to others (icacls) before anything is
  written to it. Where it is stands in `%LOCALAPPDATA%\\Hojokin\\root.txt`, which only the user may write; its path is
  written into the settings of the installed .xlam (`xlam_settings.py`).

Python from the Microsoft Store sees a private copy of AppData, which Excel does not; it is refused.
"""

from __future__ import annotations

import re
import secrets
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rules.refusal import Refusal
from workbooks.files import cache

INTERPRETER = r"%LOCALAPPDATA%\Hojokin\app\Scripts\pythonw.exe"  # as the published .xlam names it
XLAM = "Hojokin.xlam"
LEAST = (3, 11)
BITS = 64  # of Python, whatever Excel has: only this wheel of xlwings carries the DLLs, both of them
ROOT_NAME = re.compile(r"Hojokin-[0-9a-f]{8}")


@dataclass(frozen=True)
class Interpreter:
    """The Python that runs the command."""

    path: Path
    version: tuple[int, int]
    bits: int

    @property
    def short(self) -> str:
        """3.12."""
        return ".".join(map(str, self.version))


@dataclass(frozen=True)
class Places:
    """The folders that install uses; nothing else is written."""

    root: Path  # private, ASCII
    xlstart: Path  # Excel opens what is in here
    menu: Path | None  # a folder of the Start menu for the user's own commands
    record: Path | None  # names the root where it is not in LOCALAPPDATA
    source: Path  # the project's folder, or an offline pack that is unpacked
    python: Interpreter

    @property
    def app(self) -> Path:
        """The installation."""
        return self.root / "app"

    @property
    def stage(self) -> Path:
        """The next installation, until it answers."""
        return self.root / "new"

    @property
    def old(self) -> Path:
        """The last installation, while the next takes its place."""
        return self.root / "old"

    @property
    def trash(self) -> Path:
        """What is no longer needed."""
        return self.root / "trash"

    @property
    def pending(self) -> Path:
        """There while an installation takes another's place; says what was there before."""
        return self.root / "pending"

    @property
    def cache(self) -> Path:
        """What the program keeps and can make anew."""
        return (self.record.parent if self.record else self.root) / cache.WINDOWS[1]

    @property
    def xlam(self) -> Path:
        """The add-in where Excel finds it."""
        return self.xlstart / XLAM

    @property
    def interpreter(self) -> str:
        """The Python that Excel starts, as the .xlam names it."""
        return str(scripts(self.app) / "pythonw.exe") if self.record else INTERPRETER


def scripts(app: Path) -> Path:
    """The folder of pythonw.exe and the DLLs."""
    return app / "Scripts"


def site_packages(app: Path) -> Path:
    """The folder of the Python packages: beside an unpacked Python its own, otherwise the environment's."""
    own = any(scripts(app).glob("python*._pth"))
    return (scripts(app) if own else app) / "Lib" / "site-packages"


def here(environ: Mapping[str, str], source: Path) -> Places:
    """The places of the user who runs the command."""
    local, roaming = environ.get("LOCALAPPDATA"), environ.get("APPDATA")
    if not (local and roaming):
        raise Refusal("このコマンドは Windows でだけ使えます（Linux では make setup で足ります）。")
    own = Path(local) / "Hojokin"
    record = None if str(own).isascii() else own / "root.txt"
    return Places(
        root=own if record is None else _shared(record, Path(environ.get("PROGRAMDATA", r"C:\ProgramData"))),
        xlstart=Path(roaming) / "Microsoft" / "Excel" / "XLSTART",
        menu=Path(roaming) / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Hojokin",
        record=record,
        source=source,
        python=running(),
    )


def _shared(record: Path, data: Path) -> Path:
    """The folder in ProgramData: the recorded one, or a new name."""
    try:
        known = data / record.read_text("utf-8").strip()
    except OSError:
        known = data
    return known if ROOT_NAME.fullmatch(known.name) and known.is_dir() else data / f"Hojokin-{secrets.token_hex(4)}"


def running() -> Interpreter:
    """The Python that runs this, or the one that its environment was made from."""
    path = Path(getattr(sys, "_base_executable", sys.executable))
    return Interpreter(path, sys.version_info[:2], struct.calcsize("P") * 8)


def usable(python: Interpreter) -> None:
    """Refuses a Python that Excel cannot work with."""
    if "WindowsApps" in python.path.parts:
        raise Refusal(
            "Microsoft Store の Python では Excel から見える場所に入れられません。"
            "python.org の 64ビット版を入れるか、Python 入りの配布 ZIP を使ってください。"
        )
    if python.bits != BITS or python.version < LEAST:
        raise Refusal(
            f"Python {python.short}（{python.bits}ビット）は使えません。"
            "Excel が32ビットでも、Python は64ビットの 3.11 以降を使ってください。"
        )
