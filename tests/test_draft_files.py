"""The files of drafts: never half written, never over a person's work, and true to any text."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree

from rules.findings import ERROR, Finding
from templates.content.context import TITLES, context
from templates.engine import render
from templates.engine.render import DraftError, drafts
from templates.files import output_folder
from tests.drafted import WORD, texts
from tests.samples import LINES, assessment
from workbooks.files import writer

TORTURE = "A&B <b>\"x\" 'y' 𠮷 髙 ﾊﾝｶｸ ① ㈱ {{ 7*7 }} {% if x %} {_{ }_} %_}"
UNPRINTABLE = "\x00\x0b\x1f\ud83d\ufffe\ufdd0"


def test_any_text_comes_out_as_it_went_in() -> None:
    typed = dict.fromkeys(("name", "business", "subject", "author", "lender", "vendor_name"), TORTURE + UNPRINTABLE)
    odd = assessment(
        Finding(ERROR, "INPUT", TORTURE + UNPRINTABLE),
        lines=(replace(LINES[0], item=TORTURE + UNPRINTABLE, note=TORTURE), *LINES[1:]),
        officer_list=f"取締役\t{TORTURE}\r\n監査役",
        **typed,
    )
    for title, found in texts(odd).items():
        assert TORTURE in found, title
        assert not set(UNPRINTABLE) & set(found), title
    assert f"取締役\t{TORTURE}／監査役" in texts(odd)["入力用下書き"]


def test_every_part_is_well_formed_and_every_cell_ends_in_a_paragraph() -> None:
    for title in TITLES:
        with zipfile.ZipFile(io.BytesIO(render.render(title, context(assessment(name=TORTURE))))) as package:
            for name in package.namelist():
                for cell in ElementTree.fromstring(package.read(name)).iter(f"{WORD}tc"):
                    assert cell[-1].tag == f"{WORD}p"


def test_the_drafts_are_files_named_after_the_firm(tmp_path: Path) -> None:
    names = [path.name for path in drafts(assessment(name='A/B "商店"'), tmp_path)]
    assert names == [f"A／B ”商店”_{title}.docx" for title in TITLES]


def test_an_equal_draft_is_left_and_an_edited_one_is_kept(tmp_path: Path) -> None:
    first, *rest = drafts(assessment(), tmp_path)
    first.write_bytes(b"edited in Word")
    again = drafts(assessment(), tmp_path)
    assert first.read_bytes() == b"edited in Word"
    assert again == [tmp_path / f"{first.stem}(2).docx", *rest]
    assert drafts(assessment(), tmp_path) == again
    assert len(list(tmp_path.iterdir())) == len(TITLES) + 1


def test_a_changed_input_changes_the_hash_and_makes_a_new_file(tmp_path: Path) -> None:
    before = drafts(assessment(), tmp_path)
    for changed in (assessment(capital=1), assessment(lines=(replace(LINES[0], price=1), *LINES[1:]))):
        assert context(changed)["input_hash"] != context(assessment())["input_hash"]
        assert not set(drafts(changed, tmp_path)) & set(before)


def test_a_locked_file_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(made: Path, _: Path) -> None:
        raise PermissionError(13, "locked", str(made))

    monkeypatch.setattr(writer, "_linked", locked)
    with pytest.raises(DraftError, match=r"ほかのソフトが使っています.*何も書いていません"):
        drafts(assessment(), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("below", "reason"),
    [("", "同じ名前のファイルがあります。フォルダーを指定"), ("a/b", "途中にフォルダーではなくファイルがあります")],
)
def test_a_folder_that_cannot_be_made_is_named_with_the_reason(tmp_path: Path, below: str, reason: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DraftError) as e:
        drafts(assessment(), tmp_path / "file" / below)
    assert str(tmp_path / "file") in str(e.value)
    assert reason in str(e.value)
    assert ".tmp" not in str(e.value)


@pytest.mark.parametrize("number", [*writer.REASONS, errno.EIO])
def test_a_fault_while_writing_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    real, calls = writer._filled, count(1)

    def faulty(file: Any, data: bytes) -> None:
        real(file, data)
        if next(calls) == 3:
            raise OSError(number, os.strerror(number), file.name)

    monkeypatch.setattr(writer, "_filled", faulty)
    with pytest.raises(DraftError) as e:
        drafts(assessment(), tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert str(tmp_path) in str(e.value)
    assert str(e.value).endswith("何も書いていません。")
    assert os.strerror(number) not in str(e.value)


def test_a_fault_while_naming_says_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = writer._linked, count(1)

    def faulty(made: Path, target: Path) -> None:
        if next(calls) == 3:
            raise OSError(errno.ENOSPC, "full", str(made))
        real(made, target)

    monkeypatch.setattr(writer, "_linked", faulty)
    with pytest.raises(DraftError, match="空きが足りません") as e:
        drafts(assessment(), tmp_path)
    written = [path.name for path in tmp_path.iterdir()]
    assert len(written) == 2
    assert all(name in str(e.value) for name in written)


def test_an_interruption_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_: Path, __: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writer, "_linked", stopped)
    with pytest.raises(KeyboardInterrupt):
        drafts(assessment(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_a_drafts_name_is_left_and_the_draft_gets_a_number(tmp_path: Path) -> None:
    first, *rest = drafts(assessment(), tmp_path / "a")
    (tmp_path / "b" / first.name).mkdir(parents=True)
    names = [path.name for path in drafts(assessment(), tmp_path / "b")]
    assert names == [f"{first.stem}(2).docx", *(path.name for path in rest)]


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o002, 0o664), (0o077, 0o600)])
def test_a_draft_has_the_rights_of_any_new_file(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        found = drafts(assessment(), tmp_path)
    finally:
        os.umask(before)
    assert [path.stat().st_mode & 0o777 for path in found] == [mode] * len(TITLES)


@pytest.mark.parametrize(
    ("name", "stem"),
    [("CON", "_CON"), ("a:b*c?", "a：b＊c？"), (" . ", "申請者"), ("\ud83d\x00", "申請者"), ("あ" * 99, "あ" * 60)],
)
def test_a_firms_name_is_a_safe_file_name(name: str, stem: str) -> None:
    assert output_folder.safe(name) == stem
