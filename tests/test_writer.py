"""One writer for every file: whole old or whole new at every fault, never over a person's file, nothing left behind."""

from __future__ import annotations

import argparse
import ast
import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from addin.cli.commands import build as build_module
from addin.cli.commands import doctor as doctor_command
from addin.cli.main import main
from addin.install import doctor
from addin.install.disk import Disk
from templates.engine.render import drafts
from templates.files import output_folder
from tests.packages import BOOKS, book
from tests.samples import assessment
from workbooks.building import cached_values, fill
from workbooks.files import writer
from workbooks.files.writer import OURS, Beside, Unwritten
from workbooks.form.layout import PROPOSAL

ROOT = Path(__file__).parents[1]
OLD, NEW = b"a person's work", b"new" * 50_000
QUOTE = ROOT / "workbooks" / "examples" / "wholesale.xlsx"
STEPS = ("_created", "_filled", "_linked", "_forced")  # of a new file, in their order


def left(place: Path) -> list[str]:
    """What of ours lies about."""
    return [p.name for p in place.rglob("*") if OURS.fullmatch(p.name) or p.suffix in (".part", ".new")]


def test_a_new_file_has_its_bytes_and_nothing_lies_about(tmp_path: Path) -> None:
    assert writer.new(tmp_path / "a.xlsx", NEW).read_bytes() == NEW
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_taken_name_is_refused_and_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(OLD)
    with pytest.raises(Unwritten, match=r"「a\.xlsx」は既にあります"):
        writer.new(tmp_path / "a.xlsx", NEW)
    assert (tmp_path / "a.xlsx").read_bytes() == OLD
    assert left(tmp_path) == []


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(OLD)
    (tmp_path / "a(2).xlsx").mkdir()
    assert writer.numbered(tmp_path, "a", ".xlsx", NEW) == tmp_path / "a(3).xlsx"
    assert (tmp_path / "a.xlsx").read_bytes() == OLD


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_are_neither_followed_nor_overwritten(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(OLD)
    for name in ("a.xlsx", "dangling.xlsx"):
        (tmp_path / name).symlink_to(tmp_path / ("elsewhere" if name == "a.xlsx" else "nowhere"))
        with pytest.raises(Unwritten):
            writer.new(tmp_path / name, NEW)
    writer.over(tmp_path / "a.xlsx", NEW)
    assert not (tmp_path / "a.xlsx").is_symlink()
    assert (tmp_path / "elsewhere").read_bytes() == OLD
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO, errno.ENOENT, errno.EDQUOT])
@pytest.mark.parametrize("step", STEPS[:3])
def test_a_fault_at_any_step_leaves_the_old_and_says_why(
    step: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old.xlsx").write_bytes(OLD)

    def faulty(*_: Any) -> None:
        raise OSError(number, os.strerror(number), "hojokin-x.tmp")

    monkeypatch.setattr(writer, step, faulty)
    with pytest.raises(Unwritten) as e:
        writer.new(tmp_path / "a.xlsx", NEW)
    assert str(tmp_path) in str(e.value) and "「a.xlsx」" in str(e.value)
    assert writer.reason(OSError(number, "")) in str(e.value)
    assert ".tmp" not in str(e.value)
    assert [p.name for p in tmp_path.iterdir()] == ["old.xlsx"]
    with pytest.raises(OSError):
        monkeypatch.setattr(Path, "replace", faulty)
        writer.over(tmp_path / "old.xlsx", NEW)
    assert (tmp_path / "old.xlsx").read_bytes() == OLD
    assert left(tmp_path) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from workbooks.files import writer
step, at = sys.argv[1], Path(sys.argv[2])
real = getattr(writer, step)
def killed(*arguments):
    if sys.argv[3] == "after":
        real(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(writer, step, killed)
writer.new(at, b"new" * 50_000) if sys.argv[4] == "new" else writer.over(at, b"new" * 50_000)
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("how", ["new", "over"])
def test_a_kill_at_any_step_leaves_whole_files_and_the_next_run_clears(
    how: str, step: str, when: str, tmp_path: Path
) -> None:
    if how == "over" and step == "_linked":
        step = "patiently"
    target = tmp_path / "a.xlsx"
    if how == "over":
        target.write_bytes(OLD)
    words = [sys.executable, "-c", KILLED, step, str(target), when, how]
    assert subprocess.run(words, cwd=ROOT, timeout=600, check=False).returncode == -signal.SIGKILL
    found = target.read_bytes() if target.exists() else None
    assert found in ((OLD, NEW) if how == "over" else (None, NEW))
    writer.new(tmp_path / "b.xlsx", b"b")
    assert left(tmp_path) == []


def test_a_living_writers_file_is_not_cleared(tmp_path: Path) -> None:
    with Beside(tmp_path, NEW) as one:
        writer.cleared(tmp_path)
        writer.new(tmp_path / "b.xlsx", b"b")
        one.become(tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == NEW


def test_a_persons_file_of_a_like_name_is_not_cleared(tmp_path: Path) -> None:
    for name in ("hojokin-メモ.tmp", "0123456789abcdef.tmp", "hojokin-0123.tmp", "a.xlsx.part", "~a.xlsx"):
        (tmp_path / name).write_bytes(OLD)
    writer.new(tmp_path / "a.xlsx", NEW)
    assert len(list(tmp_path.iterdir())) == 6


def test_many_at_once_lose_nothing(tmp_path: Path) -> None:
    done: list[Path] = []

    def write(n: int) -> None:
        done.append(writer.numbered(tmp_path, "a", ".xlsx", b"%d" % n * 1000))

    threads = [threading.Thread(target=write, args=(n,)) for n in range(12)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(set(done)) == 12
    assert sorted(p.read_bytes() for p in done) == sorted(b"%d" % n * 1000 for n in range(12))


@pytest.mark.skipif(os.name == "nt", reason="nobody can delete an open file there")
def test_what_is_left_over_is_removed_while_it_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let go before it is removed, it could be taken by its maker, who had made it but not held it yet."""
    import fcntl

    path = tmp_path / "hojokin-0123456789abcdef.tmp"
    path.write_bytes(OLD)
    real, seen = Path.unlink, list[str]()

    def noted(at: Path, missing_ok: bool = False) -> None:
        with at.open("rb") as file, pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        seen.append(at.name)
        real(at, missing_ok)

    monkeypatch.setattr(Path, "unlink", noted)
    writer.cleared(tmp_path)
    assert seen == [path.name] and not path.exists()


def test_two_at_once_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = writer._filled

    def slow(*arguments: Any) -> None:
        real(*arguments)
        if not (tmp_path / "a.xlsx").exists():
            (tmp_path / "a.xlsx").write_bytes(OLD)  # somebody else is faster

    monkeypatch.setattr(writer, "_filled", slow)
    with pytest.raises(Unwritten, match="既にあります"):
        writer.new(tmp_path / "a.xlsx", NEW)
    assert (tmp_path / "a.xlsx").read_bytes() == OLD


@pytest.mark.parametrize("number", sorted(writer.NO_LINKS))
def test_a_file_system_without_second_names(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_link(*_: Any) -> None:
        raise OSError(number, "no links")

    monkeypatch.setattr(os, "link", no_link)
    assert writer.new(tmp_path / "a.xlsx", NEW).read_bytes() == NEW
    with pytest.raises(Unwritten, match="既にあります"):
        writer.new(tmp_path / "a.xlsx", OLD)
    assert (tmp_path / "a.xlsx").read_bytes() == NEW
    assert left(tmp_path) == []


def test_a_vanishing_folder_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "usb"
    place.mkdir()
    real = writer._filled

    def pulled(*arguments: Any) -> None:
        real(*arguments)
        for path in place.iterdir():
            path.unlink()
        place.rmdir()

    monkeypatch.setattr(writer, "_filled", pulled)
    with pytest.raises(Unwritten, match="その場所が見つかりません"):
        writer.new(place / "a.xlsx", NEW)


# --- every command goes through it ------------------------------------------------------------------------------------

Write = Callable[[Path], Any]


def _said(*words: str) -> None:
    assert main(words) in (0, 1), words


def _doctor(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "checks", lambda *_: [])
    monkeypatch.setattr("addin.places.here", lambda *_: None)
    doctor_command.run(argparse.Namespace(report=str(place / "報告.json")))


def _new(place: Path, _: pytest.MonkeyPatch) -> None:
    _said("new", "-o", str(place / "見積.xlsx"))


def _migrate(place: Path, _: pytest.MonkeyPatch) -> None:
    _said("migrate", str(QUOTE), "-o", str(place / "新.xlsx"))


def _inject(place: Path, _: pytest.MonkeyPatch) -> None:
    with_names = book(place.parent / "a.xlsx", BOOKS["excel"])
    _said("inject", str(with_names), "-o", str(place / "b.xlsx"))


def _draft(place: Path, _: pytest.MonkeyPatch) -> None:
    _said("draft", str(QUOTE), "-o", str(place))


def _pdf(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("templates.engine.pdf.soffice", lambda: Path("/soffice"))
    monkeypatch.setattr("templates.engine.pdf._converted", lambda _, sources, __: dict.fromkeys(sources, b"%PDF-1.7"))
    _said("draft", "--pdf", str(QUOTE), "-o", str(place))
    assert len(list(place.glob("*.pdf"))) == len(list(place.glob("*.docx"))) + 1


def _button(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """値に固定 and 提案書 of a workbook that is open in Excel."""
    from addin.excel import buttons

    page = SimpleNamespace(Name=PROPOSAL, ExportAsFixedFormat=lambda _, path: Path(path).write_bytes(b"%PDF-1.7"))
    open_book = SimpleNamespace(Worksheets=[page], SaveCopyAs=lambda path: Path(path).write_bytes(QUOTE.read_bytes()))
    monkeypatch.setattr("addin.excel.output_places.folder", lambda _: place)
    monkeypatch.setattr("addin.excel.output_places.stem", lambda _: "見積")
    monkeypatch.setattr("addin.excel.comments.clear", lambda _: SimpleNamespace(bare=()))
    monkeypatch.setattr("addin.excel.open_workbook.assessed", lambda *_: assessment())
    monkeypatch.setattr(buttons, "_bare", lambda _: [])
    buttons.freeze(open_book, "")
    buttons.proposal(open_book, "")
    assert {p.suffix for p in place.iterdir()} == {".xlsx", ".pdf"}


def _export(place: Path, _: pytest.MonkeyPatch) -> None:
    _said("templates", "export", str(place))


def _build(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbooks.building.quote_workbook.built", lambda *_: b"quote")
    monkeypatch.setattr("workbooks.building.build.examples", lambda: {"a": b"example"})
    build_module.build(place)


def _pack(place: Path, _: pytest.MonkeyPatch) -> None:
    _said("pack", "--rules", "2027年版", "--cases", str(ROOT / "tests" / "cases"), "-o", str(place / "p.zip"))


def _settings(place: Path, _: pytest.MonkeyPatch) -> None:
    Disk().write(place / "manifest.json", b"{}")


def _save(place: Path, _: pytest.MonkeyPatch) -> None:
    cached_values.save(fill.filled({"inputs": {}}), place / "x.xlsx")


COMMANDS = {
    f.__name__[1:]: f
    for f in (_doctor, _new, _migrate, _inject, _draft, _pdf, _button, _export, _build, _pack, _settings, _save)
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_goes_through_the_writer(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "out"
    place.mkdir()
    made: list[Path] = []
    real = writer._created

    def noted(at: Path) -> Any:
        path, file = real(at)
        made.append(path)
        return path, file

    monkeypatch.setattr(writer, "_created", noted)
    COMMANDS[command](place, monkeypatch)
    files = [p for p in place.rglob("*") if p.is_file()]
    assert files and len(made) >= len(files)
    assert left(tmp_path) == []


@pytest.mark.parametrize("command", ["new", "migrate", "inject", "draft", "pdf", "export", "pack"])
def test_a_full_disk_is_one_sentence_with_the_place(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "out"
    place.mkdir()

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(writer, "_filled", full)
    with pytest.raises(AssertionError):
        COMMANDS[command](place, monkeypatch)
    said = capsys.readouterr().err
    assert "ディスクの空きが足りません" in said and str(place) in said and said.count("\n") == 1
    assert list(place.rglob("*.xlsx")) == list(place.rglob("*.docx")) == left(tmp_path) == []


def test_build_leaves_a_filled_workbook_and_the_new_one_gets_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _build(tmp_path, monkeypatch)
    for name in ("quote.xlsx", "examples/a.xlsx", "templates/資金繰り表.docx"):
        (tmp_path / name).write_bytes(OLD)
    made = [path for path, _ in build_module.build(tmp_path)]
    for name in ("quote.xlsx", "examples/a.xlsx", "templates/資金繰り表.docx"):
        path = tmp_path / name
        assert path.read_bytes() == OLD
        assert path.with_name(f"{path.stem}(2){path.suffix}") in made


def test_the_report_of_the_doctor_is_written_over_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "報告.json").write_bytes(OLD)
    _doctor(tmp_path, monkeypatch)
    assert (tmp_path / "報告.json").read_bytes() == OLD
    assert (tmp_path / "報告(2).json").exists()


@pytest.mark.parametrize("name", ["x.xlsx.part", "~x.xlsx", "x.xlsx.new"])
def test_neighbours_keep_their_files(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(OLD)
    _said("new", "-o", str(tmp_path / "x.xlsx"))
    _said("inject", str(book(tmp_path / "a.xlsx", BOOKS["excel"])), "-o", str(tmp_path / "y.xlsx"))
    assert (tmp_path / name).read_bytes() == OLD


def test_a_draft_that_appears_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    real = writer._linked

    def slow(made: Path, path: Path) -> None:
        if not names:
            path.write_bytes(OLD)  # somebody saves a draft of this very name
        names.append(path.name)
        real(made, path)

    monkeypatch.setattr(writer, "_linked", slow)
    first, *_ = drafts(assessment(), tmp_path)
    assert (tmp_path / names[0]).read_bytes() == OLD
    assert first.name == names[1] != names[0]


def test_a_long_name_of_rare_letters_fits(tmp_path: Path) -> None:
    made = drafts(assessment(name="𠮷" * 120), tmp_path)
    assert all(path.exists() and len(path.name.encode()) <= 255 for path in made)
    assert output_folder.safe("𠮷" * 120) == "𠮷" * 45


WRITES = {"write_bytes", "write_text", "replace", "rename", "link", "copyfile", "copy2", "copytree", "move", "open"}
SCRATCH = {  # writes into a folder of its own that is gone afterwards, or not at all
    "templates/engine/pdf.py": {"write_bytes"},
    "addin/install/disk.py": {"rename", "open"},  # whole folders; whether a file is held
    "addin/excel/serve.py": {"a file by its name"},  # the null device
    "workbooks/files/writer.py": WRITES,
    "addin/calc/build.py": set[str](),
}


def _writing(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
            yield "a file by its name"
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, count = node.func.attr, len(node.args)
        if (
            name in WRITES
            and not (name in ("replace", "move") and count != 1)
            and not (name == "open" and (not node.args or ast.unparse(node.args[0]) in ("'r'", "'rb'")))
        ):
            yield name


def test_nothing_else_in_the_product_writes() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): names
        for room in ("addin", "workbooks", "templates", "rules")
        for path in (ROOT / room).rglob("*.py")
        if (names := set(_writing(path)))
    }
    wrong = {name: names - SCRATCH.get(name, set()) for name, names in found.items()}
    assert {name: names for name, names in wrong.items() if names} == {}
