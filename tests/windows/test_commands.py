"""The whole command line on Windows' Python, on a system of code page 932: it says what it says on Linux, and the files
that it makes are those of Linux byte for byte."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.windows.machine import PYTHON, ROOT, run
from tests.windows.report import LINES, MARK

MODULE = "tests.windows.inside.commands"


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.windows
@pytest.mark.timeout(1800)
def test_every_command_says_and_makes_what_it_does_on_linux(tmp_path: Path) -> None:
    here, there = tmp_path / "linux", tmp_path / "windows"
    told = subprocess.run(
        [sys.executable, "-m", MODULE, here], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    ran = run(PYTHON, "-m", MODULE, there, timeout=1500)
    assert ran.code == 0, ran.out
    assert ran.out.splitlines() == told.splitlines()
    assert files(there) == files(here)
    LINES.append(f"{MARK}command line: {told.count('$ hojokin ')} calls, {len(files(here))} files, 0 differences")
