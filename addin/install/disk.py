"""Every change to the machine and every program that is started. Tests put faults and fakes here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules.refusal import Refusal
from workbooks.files import programs, writer
from workbooks.files.writer import patiently

LIMIT = 1_800  # seconds for a program: pip over a slow line
SYSTEM32 = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32"
MARK = ":Zone.Identifier"  # the stream in which Windows notes that a file came from the internet


NO_VENV = (
    "この Python（venv の無いもの）からは入れられません。"
    "python.org の 64ビット版を Windows installer で入れるか、Python 入りの配布 ZIP を使ってください。"
)


@dataclass(frozen=True)
class Ran:
    """What a program answered."""

    code: int
    text: str


class Disk:
    """The real machine."""

    def make(self, folder: Path) -> None:
        """A new folder; it must not exist."""
        folder.mkdir(parents=True)

    def write(self, path: Path, data: bytes, beside: Path | None = None) -> None:
        """A file of ours, whole or not at all, written beside or in the folder `beside`. Streams are not kept."""
        for folder in (path.parent, beside or path.parent):
            folder.mkdir(parents=True, exist_ok=True)
        writer.over(path, data, beside)

    def move(self, source: Path, target: Path) -> None:
        """Renames a folder or file; the target must not be a folder."""
        patiently(lambda: source.rename(target))

    def delete(self, path: Path) -> None:
        """Removes a file, or an empty folder."""
        path.rmdir() if path.is_dir() else path.unlink()

    def discard(self, folder: Path) -> None:
        """Removes a folder and all in it, if it is there."""
        if folder.exists():
            patiently(lambda: shutil.rmtree(folder))

    def locked(self, path: Path) -> bool:
        """Whether another program keeps the file from being replaced."""
        try:
            with path.open("r+b"):
                return False
        except FileNotFoundError:
            return False
        except OSError:
            return True

    def environment(self, folder: Path, python: Path) -> None:  # noqa: ARG002 - the running Python is its own maker
        """A bare Python environment."""
        try:
            import venv  # an embeddable Python has none; where it is the installation's own, it needs none
        except ImportError as e:
            raise Refusal(NO_VENV) from e
        venv.EnvBuilder(symlinks=False, with_pip=False).create(folder)

    def run(self, command: Sequence[str | Path]) -> Ran:
        """A program's exit status and what it said, without a window; one that takes too long has failed."""
        try:
            done = programs.run([str(word) for word in command], LIMIT)
        except OSError as e:
            return Ran(-1, str(e))
        except subprocess.TimeoutExpired:
            return Ran(-1, f"{LIMIT // 60}分たっても終わりません。")
        return Ran(done.code, (done.err + done.out).decode("utf-8", "replace"))

    def afterwards(self, line: str) -> None:
        """Starts a line for cmd that goes on when this program has ended, without a window."""
        subprocess.Popen(
            f'"{SYSTEM32 / "cmd.exe"}" /d /s /c "{line}"',
            cwd=SYSTEM32,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def registry(self, key: str, value: str) -> Any:
        """A value of the registry, HKCU or HKLM first in its name; None where there is none."""
        if sys.platform != "win32":
            return None
        import winreg

        hive, _, path = key.partition("\\")
        root = winreg.HKEY_CURRENT_USER if hive == "HKCU" else winreg.HKEY_LOCAL_MACHINE
        try:
            with winreg.OpenKey(root, path, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as opened:
                return winreg.QueryValueEx(opened, value)[0]
        except OSError:
            return None

    def registry_values(self, key: str) -> list[Any]:
        """Every value of a key of the registry."""
        if sys.platform != "win32":
            return []
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key.removeprefix("HKCU\\")) as opened:
                return [winreg.EnumValue(opened, n)[1] for n in range(winreg.QueryInfoKey(opened)[1])]
        except OSError:
            return []


def mark(path: Path) -> Path:
    """The mark of the web of a file, as a path."""
    return path.with_name(path.name + MARK)
