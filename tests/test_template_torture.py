"""Whatever people type comes out of every template as it went in, in files that Word, LibreOffice and a validator take."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openxml_audit import FileFormat, OpenXmlValidator

from rules.assess import Assessment
from rules.findings import ERROR, Finding
from templates.engine import pdf
from templates.engine.render import drafts
from tests.samples import LINES, assessment

TEXTS = (
    "A&B <b>\"x\" 'y' &amp; ]]> <!-- -->",
    "𠮷野家 㐂寿 髙島屋 ﾊﾝｶｸ ① ㈱ ㍿ 葛󠄀城",
    "{{ 7*7 }} {% if x %} {# a #} {_{ }_} %} }}",
    "السلام עברית \u202eab\u202c",
    "a\u200bb\u2028c \u00a0 é e\u0301",
    "あ" * 3_000,
)
BREAKS = "一行目\n二行目\r\n三行目\rタブ\t後"
LOST = "\x00\x07\x0b\x0c\x1f\ud83d\ufffe\uffff\ufdd0"  # what XML cannot carry, and a lone surrogate
TYPED = ("name", "business", "subject", "author", "lender", "vendor_name", "officer_list", "hardware_use")


def tortured(text: str) -> Assessment:
    """The text in every box and line that takes one."""
    typed: dict[str, Any] = dict.fromkeys(TYPED, text)
    lines = (replace(LINES[0], item=text, tool=text, note=text, unit=text), *LINES[1:-1], replace(LINES[-1], note=text))
    return assessment(Finding(ERROR, "INPUT", text), lines=lines, **typed)


CASES: dict[str, Assessment] = {
    **{f"text {n}": tortured(text) for n, text in enumerate(TEXTS)},
    "breaks": tortured(BREAKS),
    "lost": tortured(f"前{LOST}後"),
    "200 lines": assessment(lines=tuple(replace(LINES[n % 5], number=n + 1) for n in range(200)), quoted_gross=None),
    "no lines": assessment(lines=()),
    "nothing": assessment(lines=(), **dict.fromkeys(TYPED)),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """The drafts of every case."""
    folder = tmp_path_factory.mktemp("drafts")
    return {name: drafts(a, folder / name) for name, a in CASES.items()}


def shown(path: Path) -> str:
    """All the text of a draft."""
    document = Document(io.BytesIO(path.read_bytes()))
    cells = [cell.text for table in document.tables for cell in table._cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_a_text_stands_in_every_draft_as_it_was_typed(made: dict[str, list[Path]], number: int) -> None:
    for path in made[f"text {number}"]:
        assert " ".join(TEXTS[number].split()) in " ".join(shown(path).split()), path.name


def test_breaks_are_breaks_and_what_xml_cannot_carry_is_gone(made: dict[str, list[Path]]) -> None:
    text = shown(made["breaks"][0])
    assert "一行目\n二行目\n三行目\nタブ\t後" in text
    for path in made["lost"]:
        assert "前後" in shown(path)
        assert not set(LOST) & set(shown(path))


@pytest.mark.parametrize("name", CASES)
def test_a_validator_finds_nothing(made: dict[str, list[Path]], name: str) -> None:
    for path in made[name]:
        errors = OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(path).errors
        assert [str(e.description) for e in errors] == [], path.name


@pytest.mark.office
@pytest.mark.timeout(900)
def test_libreoffice_reads_every_one_in_one_batch(made: dict[str, list[Path]]) -> None:
    every = [path for paths in made.values() for path in paths]
    found = pdf.pdfs(every)
    assert len(found) == len(every)
    assert all(path.read_bytes().startswith(b"%PDF") for path in found)
