"""Windows programs from Linux: `run` starts one in build/windows, as setup/windows.sh made it.

    run(PYTHON, "-c", "print(1)")        Ran(code=0, out="1\\n")

While a test session lasts one Windows program stays alive: every start is some seconds faster, and the services of Wine
hold nobody's pipe but that program's.
"""

from __future__ import annotations

import atexit
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TOP = ROOT / "build/windows"
WINE = ROOT / "setup/windows/wine.sh"
PYTHON = TOP / "python/python.exe"
EMBED = TOP / "embed.zip"  # like python.org's embeddable package
DRIVE = TOP / "prefix/drive_c"
INSIDE = Path(__file__).parent / "inside"
WAITING = "import sys; print('ready', flush=True); sys.stdin.read()"  # until the session ends


@dataclass(frozen=True)
class Ran:
    """What a program said (both its outputs, as they came) and its exit status."""

    code: int
    out: str


def run(
    *words: str | Path,
    stdin: str = "",
    env: Mapping[str, str] | None = None,
    timeout: float = 600,
    encoding: str = "utf-8",
) -> Ran:
    """Runs a Windows program to its end; paths of this machine are translated. `env` comes on top."""
    assert PYTHON.exists(), "setup/windows.sh makes build/windows; `make test` and `make windows` call it"
    _living()
    with subprocess.Popen(
        _command(*words), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=_environment(env)
    ) as started:
        try:
            out, _ = started.communicate(stdin.encode(encoding), timeout)
        except BaseException:
            started.kill()
            raise
    return Ran(started.returncode, out.decode(encoding, "replace").replace("\r\n", "\n"))


def windows_path(path: str | Path) -> str:
    """A path as Windows programs see it: C: for Wine's own drive, Z: for this machine."""
    full = Path(path).absolute()
    drive, rest = ("C:", full.relative_to(DRIVE)) if full.is_relative_to(DRIVE) else ("Z:", full.relative_to("/"))
    return f"{drive}\\{rest}".replace("/", "\\")


def _command(*words: str | Path) -> list[str]:
    return ["sh", str(WINE), *(windows_path(word) if isinstance(word, Path) else word for word in words)]


def _environment(more: Mapping[str, str] | None) -> dict[str, str]:
    return {**os.environ, **(more or {})}


@cache
def _living() -> subprocess.Popen[bytes]:
    """The program that waits; it ends with its standard input, and so at the latest with this process."""
    made = subprocess.Popen(
        _command(PYTHON, "-I", "-B", "-S", "-c", WAITING),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert made.stdout and made.stdout.readline().strip() == b"ready", "Windows' Python does not start under Wine"
    atexit.register(_ended, made)
    return made


def _ended(made: subprocess.Popen[bytes]) -> None:
    made.communicate(timeout=60)
