"""Programs that are started: from absolute places only, never the folder one happens to be in, and each with a time limit.

Windows looks for a program in the current folder before anywhere else, and a quote's folder may hold anything.
Standard library only.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

GRACE = 5  # seconds for a program that was ended


@dataclass(frozen=True)
class Ran:
    """What a program answered."""

    code: int
    out: bytes
    err: bytes


def found(names: Sequence[str], environ: Mapping[str, str], more: Sequence[str] = ()) -> Path | None:
    """The first program of these names in the absolute folders of PATH, and then of `more`."""
    folders = [*environ.get("PATH", "").split(os.pathsep), *more]
    return next((path for path in _candidates(folders, names) if startable(path)), None)


def startable(path: Path) -> bool:
    """Whether a path is a program by itself, wherever one is."""
    return path.is_absolute() and path.is_file() and os.access(path, os.X_OK)


def run(command: Sequence[str], seconds: int, cwd: Path | None = None, environ: Mapping[str, str] | None = None) -> Ran:
    """Runs a program to its end; after `seconds` it is ended with all that it started: subprocess.TimeoutExpired.

    What it says goes to files, since a pipe that its children hold would keep us waiting.
    """
    with TemporaryFile() as out, TemporaryFile() as err:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=cwd,
            env=environ,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        try:
            child.wait(seconds)
        except BaseException:
            _end(child)
            raise
        for file in (out, err):
            file.seek(0)
        return Ran(child.returncode, out.read(), err.read())


def _candidates(folders: Sequence[str], names: Sequence[str]) -> Iterator[Path]:
    ending = ".exe" if os.name == "nt" else ""
    for folder in folders:
        if Path(folder).is_absolute():
            yield from (Path(folder) / f"{name}{ending}" for name in names)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ends a program and what it started."""
    if os.name == "nt":
        killer = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "taskkill.exe"
        try:
            subprocess.run(
                [str(killer), "/T", "/F", "/PID", str(child.pid)],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=GRACE, check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            child.kill()
    else:
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except OSError:
            child.kill()
    try:
        child.wait(GRACE)
    except subprocess.TimeoutExpired:
        return
