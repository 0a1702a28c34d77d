"""What the installer's tests say of Windows' disk (tests/fakewindows.py), held against the disk itself: the same calls on
both, with a file that another program has open, and what came of them side by side."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from addin.install.disk import Disk
from addin.places import scripts
from tests.fakewindows import FakeDisk

HOLD = Path(__file__).with_name("hold.py")
Case = Callable[[Disk, Path, Path], object]  # a disk, a folder to work in, a file in it that is open elsewhere


@contextmanager
def opened(path: Path) -> Iterator[None]:
    """Another program has a file open, as Excel an add-in."""
    with subprocess.Popen([sys.executable, HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout and other.stdout.readline()
        yield
        other.communicate()


CASES: dict[str, Case] = {
    "is it locked": lambda disk, _, held: disk.locked(held),
    "is a free one": lambda disk, folder, _: disk.locked(folder / "a" / "free.txt"),
    "is one that is not there": lambda disk, folder, _: disk.locked(folder / "absent"),
    "delete it": lambda disk, _, held: disk.delete(held),
    "delete a free one": lambda disk, folder, _: disk.delete(folder / "a" / "free.txt"),
    "write over it": lambda disk, _, held: disk.write(held, b"new"),
    "write beside it": lambda disk, folder, _: disk.write(folder / "a" / "new.txt", b"new"),
    "rename it": lambda disk, folder, held: disk.move(held, folder / "other.txt"),
    "rename a free folder": lambda disk, folder, _: disk.move(folder / "b", folder / "c"),
    "make a folder that is there": lambda disk, folder, _: disk.make(folder / "b"),
    "discard a free folder": lambda disk, folder, _: disk.discard(folder / "b"),
    "discard what is not there": lambda disk, folder, _: disk.discard(folder / "absent"),
}


def outcome(disk: Disk, folder: Path, held: Path, case: Case) -> tuple[object, ...]:
    """What a call gave or raised, and the files after it."""
    try:
        came: object = case(disk, folder, held)
    except OSError as e:
        came = type(e).__name__
    left = {p.relative_to(folder).as_posix(): p.read_bytes() if p.is_file() else b"" for p in folder.rglob("*")}
    return came, left


def prepared(folder: Path) -> Path:
    for name in ("a/free.txt", "a/held.txt", "b/x.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"old")
    return folder / "a" / "held.txt"


@pytest.mark.parametrize("name", CASES)
def test_the_imitated_disk_does_what_the_disk_does(tmp_path: Path, name: str) -> None:
    real, fake, imitation = tmp_path / "real", tmp_path / "fake", FakeDisk()
    held = prepared(fake)
    imitation.denied.add(held)
    imitated = outcome(imitation, fake, held, CASES[name])
    held = prepared(real)
    with opened(held):
        assert outcome(Disk(), real, held, CASES[name]) == imitated


def test_a_folder_goes_but_for_what_is_open(tmp_path: Path) -> None:
    held = prepared(tmp_path)
    with opened(held), pytest.raises(PermissionError):
        Disk().discard(tmp_path / "a")
    assert held.exists()


def test_nothing_is_renamed_onto_a_folder(tmp_path: Path) -> None:
    prepared(tmp_path)
    with pytest.raises(OSError, match="b"):
        Disk().move(tmp_path / "a", tmp_path / "b")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pc") / "app"
    Disk().environment(folder, Path(sys.executable))
    return folder


def test_an_environment_has_what_the_imitated_one_has(environment: Path, tmp_path: Path) -> None:
    FakeDisk().environment(tmp_path, Path())
    assert {p.name for p in scripts(tmp_path).iterdir()} <= {p.name for p in scripts(environment).iterdir()}
    assert Disk().run([scripts(environment) / "python.exe", "-I", "-c", "print(1)"]).text.strip() == "1"


def test_a_running_program_is_locked_and_stays(environment: Path) -> None:
    program = scripts(environment) / "pythonw.exe"
    with subprocess.Popen([program, "-c", "input()"], stdin=subprocess.PIPE) as other:
        assert Disk().locked(program)
        with pytest.raises(PermissionError):
            Disk().delete(program)
        other.communicate()
    assert not Disk().locked(program)


def test_a_line_goes_on_when_the_program_has_ended(tmp_path: Path) -> None:
    target = tmp_path / "後で 残る.txt"
    line = f'(for /l %n in (1,1,9) do if not exist "{target}" copy nul "{target}") & (for /l %n in (1,1,9) do rmdir "{tmp_path}")'
    code = f"from addin.install.disk import Disk; Disk().afterwards({line!r})"
    assert subprocess.run([sys.executable, "-c", code], check=True).returncode == 0
    end = monotonic() + 60
    while not target.exists() and monotonic() < end:
        sleep(0.1)
    assert target.read_bytes() == b""
