"""Programs are started from absolute places only, and ended with all their children when their time is up."""

from __future__ import annotations

import ast
import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from addin.calc import cli_bridge
from rules.refusal import Refusal
from templates.engine import pdf
from workbooks.files import programs

ROOT = Path(__file__).parents[1]


def planted(folder: Path, *names: str) -> Path:
    """A folder in which programs of these names lie."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text("#!/bin/sh\necho planted\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.mark.parametrize("path", ["", ".", "bin", "./bin", "..", "::", "bin:."])
def test_a_program_in_the_current_folder_is_never_taken(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("soffice", "libreoffice", "soffice.exe", "libreoffice.exe", "hojokin", "hojokin.exe")
    for folder in (tmp_path, tmp_path / "bin", tmp_path / "inner"):
        planted(folder, *names)
    monkeypatch.chdir(tmp_path / "inner")
    monkeypatch.setenv("PATH", path)
    assert programs.found(["soffice", "soffice.exe"], os.environ) is None
    found = pdf.soffice()
    assert found is None or not found.is_relative_to(tmp_path)
    monkeypatch.setattr(cli_bridge, "USUAL", ())
    with pytest.raises(Refusal):
        cli_bridge.found("", {"PATH": path})
    for told in ("hojokin", "./hojokin", "../hojokin -x", "bin/hojokin"):
        with pytest.raises(Refusal):
            cli_bridge.found(told, {"PATH": path})


@pytest.mark.parametrize("variable", ["PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)", "LOCALAPPDATA"])
def test_a_variable_that_is_no_place_is_passed_over(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted(tmp_path / "x" / "LibreOffice" / "program", "soffice.exe")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv(variable, "x")
    found = pdf.soffice()
    assert found is None or found.is_absolute()


def test_an_absolute_folder_of_the_path_is_searched(tmp_path: Path) -> None:
    folder = planted(tmp_path / "a", "soffice", "soffice.exe")
    wanted = folder / ("soffice.exe" if os.name == "nt" else "soffice")
    assert programs.found(["soffice"], {"PATH": os.pathsep.join([".", str(folder)])}) == wanted


@pytest.mark.skipif(os.name == "nt", reason="uses sh")
def test_a_program_that_takes_too_long_ends_with_its_children(tmp_path: Path) -> None:
    note = tmp_path / "alive"
    script = f"(sleep 4; touch {note}) & sleep 3600"
    with pytest.raises(subprocess.TimeoutExpired):
        programs.run(["/bin/sh", "-c", script], 1)
    time.sleep(5)
    assert not note.exists()


def test_children_that_hold_the_output_do_not_keep_us() -> None:
    code = (
        "import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(3600)']).pid)"
    )
    child = int(programs.run([sys.executable, "-c", code], 500).out)
    with contextlib.suppress(ProcessLookupError):  # where the program's end took it along
        os.kill(child, signal.SIGTERM)


def test_nothing_else_starts_a_program() -> None:
    wrong: list[str] = []
    for room in ("addin", "workbooks", "templates", "rules"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Attribute):
                    told = ast.unparse(node)
                    starts = ("subprocess.run", "subprocess.Popen", "subprocess.call", "subprocess.check_output")
                    if told in (*starts, "os.system", "os.startfile", "os.popen", "shutil.which"):
                        wrong.append(f"{path.relative_to(ROOT).as_posix()}: {told}")
    ours = {
        "workbooks/files/programs.py",
        "addin/install/disk.py",
    }  # the latter: cmd.exe of System32, which outlives us
    assert {line.partition(":")[0] for line in wrong} <= ours, wrong
