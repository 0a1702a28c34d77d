"""A Windows user's desk on drive C:, and the offline ZIP that lies there unpacked."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from time import monotonic, sleep
from zipfile import ZipFile

from addin.excel.build import built
from addin.install import pack
from addin.install.disk import Disk, Ran
from addin.install.source import Source
from addin.places import running
from tests.windows import machine
from tests.windows.machine import DRIVE, EMBED, INSIDE, PYTHON, ROOT, TOP, windows_path

LONG = 60  # seconds: only a fault takes them


class Wheels(Disk):
    """The real disk, on which pip finds what setup/windows.sh fetched."""

    def run(self, command: Sequence[str | Path]) -> Ran:
        words = [str(word) for word in command]
        folder = Path(words[words.index("-d") + 1])
        for wheel in (TOP / "wheels").iterdir():
            shutil.copy(wheel, folder)
        return Ran(0, "")


@cache
def offline(python: bool = True) -> bytes:
    """The offline ZIP of this project, with its own Python or without."""
    return pack.pack(Source(ROOT, built), Wheels(), running(), EMBED if python else None, "3.11")


@dataclass(frozen=True)
class Desk:
    """A user's folders, as this machine and as Windows sees them."""

    user: str

    @property
    def home(self) -> Path:
        """C:\\users\\<name>."""
        return DRIVE / "users" / self.user

    @property
    def local(self) -> Path:
        """%LOCALAPPDATA%."""
        return self.home / "AppData" / "Local"

    @property
    def temporary(self) -> Path:
        """%TEMP%."""
        return self.local / "Temp"

    @property
    def xlam(self) -> Path:
        """The add-in where Excel finds it."""
        return self.home / "AppData" / "Roaming" / "Microsoft" / "Excel" / "XLSTART" / "Hojokin.xlam"

    @property
    def menu(self) -> Path:
        """Our folder of the Start menu."""
        return self.home.joinpath("AppData", "Roaming", "Microsoft", "Windows", "Start Menu", "Programs", "Hojokin")

    @property
    def unpacked(self) -> Path:
        """Where a person unpacks what was downloaded twice."""
        return self.home / "ダウンロード" / "hojokin-offline (1)"

    @property
    def root(self) -> Path:
        """The private folder."""
        own = self.local / "Hojokin"
        note = own / "root.txt"
        return DRIVE / "ProgramData" / note.read_text("utf-8") if note.exists() else own

    def unpack(self, data: bytes) -> None:
        """As Explorer does it."""
        with ZipFile(BytesIO(data)) as opened:
            opened.extractall(self.unpacked)

    def clear(self) -> None:
        """Nothing of the user is left."""
        if self.root.name.startswith("Hojokin"):
            shutil.rmtree(self.root, ignore_errors=True)
        shutil.rmtree(self.home, ignore_errors=True)

    def run(self, line: str, stdin: str = "\n") -> machine.Ran:
        """A command line, as this user gives it."""
        words = (PYTHON, "-X", "utf8", INSIDE / "as_user.py", self.user, line)
        return machine.run(*words, stdin=stdin, env={"USER": self.user})  # of whom Wine asks for the folders

    def open(self, file: Path, words: str = "") -> machine.Ran:
        """A .cmd file, as a double click runs it."""
        return self.run(f'cmd.exe /c ""{windows_path(file)}" {words}"')

    def hojokin(self, words: str) -> machine.Ran:
        """The installed command."""
        return self.open(self.root / "app" / "hojokin.cmd", words)

    def files(self) -> dict[str, str]:
        """Every file and folder of the desk and of ProgramData with its SHA-256, but for what was unpacked, and Windows'
        own caches."""
        found = [p for top in (self.home, DRIVE / "ProgramData") for p in top.rglob("*")]
        out = (self.home / "ダウンロード", self.local / "Microsoft")
        wanted = [p for p in found if not any(p.is_relative_to(top) for top in out)]
        return {str(p.relative_to(DRIVE)): sha256(p.read_bytes()).hexdigest() if p.is_file() else "" for p in wanted}


def gone(path: Path) -> bool:
    """Whether a path goes: what removes the last of it works on when `uninstall` has answered."""
    end = monotonic() + LONG
    while path.exists() and monotonic() < end:
        sleep(0.1)
    return not path.exists()
