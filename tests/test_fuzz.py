"""The bench of tests/fuzz, small: a few cases of each kind, every kept find, and that the bench sees what it is for."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from tests.fuzz import calls, files, mutate, words
from tests.fuzz.__main__ import KINDS
from tests.fuzz.outcome import LIMITS, Said, said
from workbooks.reading import worksheet

FINDS = sorted((Path(__file__).parent / "fuzz" / "finds").glob("*.txt"))  # "kind number" a line, with what it was


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(LIMITS, "long", 300)
    monkeypatch.setattr(LIMITS, "end", 300)


def test_values_of_cells() -> None:
    assert [problem for n in range(4_000) if (problem := calls.case(n))] == []


def test_files() -> None:
    assert [problem for n in range(2_000_000, 2_000_030) if (problem := files.run(files.made(n)))] == []


def test_files_beside_a_quote() -> None:
    assert [problem for n in range(2_000_000, 2_000_020) if (problem := files.run(files.beside(n)))] == []


def test_whole_processes() -> None:
    assert [problem for n in range(3) if (problem := words.case(n))] == []


@pytest.mark.parametrize("path", FINDS, ids=lambda path: path.stem)
def test_a_kept_find(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        kind, number, *_ = line.split()
        assert KINDS[kind](int(number)) == "", line


def test_a_case_follows_from_its_number() -> None:
    assert files.made(7) == files.made(7) != files.made(8)


def test_what_is_respelt_is_the_same_to_another_reader() -> None:
    from random import Random

    for n in range(5):
        parts = mutate.parts_of(files.small())
        parts["xl/worksheets/sheet3.xml"] = mutate.respelt(parts["xl/worksheets/sheet3.xml"], Random(n))
        blob = mutate.packed(parts)
        one, other = (openpyxl.load_workbook(io.BytesIO(b))["見積"] for b in (files.small(), blob))
        assert [[c.value for c in row] for row in one.rows] == [[c.value for c in row] for row in other.rows]


def test_the_bench_sees_a_hidden_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that takes an error for a blank is found out."""
    parts = mutate.parts_of(files.small())
    name = "xl/worksheets/sheet3.xml"
    at = mutate.re.search(rb'<c r="(K19)"[^>]*>.*?</c>', parts[name])
    assert at
    parts[name] = parts[name].replace(at[0], b"<c r='K19' t='e'><v>#REF!</v></c>")
    blob = mutate.packed(parts)
    case = files.Made({"q.xlsx": blob}, ["check", "q.xlsx"], blob)
    assert files.run(case) == ""
    monkeypatch.setattr(worksheet._Cell, "flaw", lambda _: "")
    monkeypatch.setitem(worksheet.READ, "e", lambda _: 0)
    assert "#REF! is read as" in files.run(case)


def test_the_bench_sees_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("addin.cli.commands.check.run", broken)
    assert "KeyError" in said(["check", "q.xlsx"])[1]
    assert files.amounts(b"", Said(2, "", "")) == ""
