"""PDFs of drafts: one call of LibreOffice, nothing overwritten, and one sentence where it cannot be done."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from addin.cli.main import main
from rules.refusal import Refusal
from templates.engine import pdf
from templates.engine.proposal_pdf import alone
from templates.engine.render import drafts
from tests.samples import assessment
from workbooks.building import fill
from workbooks.files import programs

EXAMPLES = Path(fill.__file__).parents[1] / "examples"
MADE = b"%PDF-1.7 /CreationDate (D:2026) /ID [ <A> ] text"


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """A LibreOffice that writes the same PDF at another time in every call."""
    calls: list[Sequence[str]] = []

    def run(command: Sequence[str], *_: Any) -> programs.Ran:
        calls.append(command)
        target = Path(command[command.index("--outdir") + 1])
        target.mkdir()
        for file in command[command.index("--outdir") + 2 :]:
            now = str(len(calls)).encode()
            (target / f"{Path(file).stem}.pdf").write_bytes(MADE.replace(b"D:2026", b"D:" + now).replace(b"<A>", now))
        return programs.Ran(0, b"", b"")

    monkeypatch.setattr(programs, "run", run)
    monkeypatch.setattr(pdf, "soffice", lambda: Path("soffice"))
    return calls


def test_all_drafts_are_one_call_with_its_own_profile(tmp_path: Path, office: list[Sequence[str]]) -> None:
    found = pdf.pdfs(drafts(assessment(), tmp_path))
    assert len(office) == 1
    assert any(word.startswith("-env:UserInstallation=file:") for word in office[0])
    assert [path.suffix for path in found] == [".pdf"] * len(found)
    assert sorted(p.stem for p in found) == sorted(p.stem for p in tmp_path.glob("*.docx"))


def test_the_same_pdf_is_left_and_a_changed_one_is_kept(tmp_path: Path, office: list[Sequence[str]]) -> None:
    made = drafts(assessment(), tmp_path)
    first = pdf.pdfs(made)
    assert pdf.pdfs(made) == first
    first[0].write_bytes(b"%PDF signed by hand")
    again = pdf.pdfs(made)
    assert first[0].read_bytes() == b"%PDF signed by hand"
    assert again[0].name == f"{first[0].stem}(2).pdf"
    assert len(office) == 3


def test_without_libreoffice_the_way_by_word_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "soffice", lambda: None)
    with pytest.raises(Refusal, match=r"LibreOffice が要ります.*Word で下書きを開き"):
        pdf.pdfs([tmp_path / "a.docx"])


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (subprocess.TimeoutExpired("soffice", 1), "秒たっても終わりません"),
        (programs.Ran(1, b"", b""), "LibreOffice が動きません"),
        (FileNotFoundError(2, "soffice"), "LibreOffice が動きません"),
        (programs.Ran(0, b"", b""), "LibreOffice が下書きを開けません"),
    ],
)
def test_a_failure_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Any, said: str) -> None:
    def run(*_: Any) -> programs.Ran:
        if isinstance(fault, Exception):
            raise fault
        return fault

    monkeypatch.setattr(programs, "run", run)
    monkeypatch.setattr(pdf, "soffice", lambda: Path("soffice"))
    made = drafts(assessment(), tmp_path)
    with pytest.raises(Refusal, match=said):
        pdf.pdfs(made)
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize(
    ("variable", "place"),
    [
        ("PROGRAMFILES", "LibreOffice/program/soffice.exe"),
        ("LOCALAPPDATA", "Programs/LibreOffice 25/program/soffice.exe"),
    ],
)
def test_libreoffice_is_found_where_windows_puts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, place: str
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv(variable, str(tmp_path))
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).write_bytes(b"")
    assert pdf.soffice() == tmp_path / place


@pytest.mark.office
def test_libreoffice_makes_the_pdfs_and_the_second_time_nothing_new(tmp_path: Path) -> None:
    made = drafts(assessment(), tmp_path)
    found = pdf.pdfs(made)
    assert "株式会社あおば食材" in PdfReader(found[0]).pages[0].extract_text()
    assert pdf.pdfs(made) == found


@pytest.mark.office
def test_the_proposal_is_one_page_for_the_customer(tmp_path: Path) -> None:
    quote = EXAMPLES / "security.xlsx"
    assert main(["draft", str(quote), "-o", str(tmp_path), "--pdf"]) == 0
    (page,) = PdfReader(next(tmp_path.glob("*_提案書.pdf"))).pages
    assert "249,600" in page.extract_text()
    assert len(list(tmp_path.glob("*.pdf"))) == len(list(tmp_path.glob("*.docx"))) + 1


def test_a_workbook_without_that_page_has_none() -> None:
    assert alone((Path(fill.__file__).parents[2] / "tests/forms/wholesale-1.xlsx").read_bytes()) is not None
    book = openpyxl.Workbook()
    out = io.BytesIO()
    book.save(out)
    assert alone(out.getvalue()) is None
