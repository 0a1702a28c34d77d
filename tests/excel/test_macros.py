"""The ribbon's buttons on open workbooks, through the genuine xlwings code, against the command line on the same files."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from addin import messages
from addin.cli import main as cli
from addin.excel import buttons, comments, open_workbook, output_places, values_only_copy
from tests.books import filled_in
from tests.excel import fakecom, fakeexcel
from tests.samples import APPLICANT
from workbooks.building import fill
from workbooks.files import writer
from workbooks.form import layout
from workbooks.reading.filled import Filled
from workbooks.reading.read import open_quote

PAGES = Path(fill.__file__).parents[1] / "examples"
EXAMPLES = sorted(PAGES.glob("*.xlsx"))
BLANK_QUOTE = buttons.BOOK
FEW_CALLS = 1_500  # into Excel for one button; each takes about 0.1 ms there


@pytest.fixture(scope="module", autouse=True)
def com() -> None:
    fakecom.install()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the user's own, so that no test writes into ours."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    return tmp_path / "home"


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., fakeexcel.File]:
    def open_copy(path: Path, **how: Any) -> fakeexcel.File:
        folder = tmp_path / "見積 書類"
        folder.mkdir(exist_ok=True)
        return fakeexcel.File(Path(shutil.copy(path, folder)), **how)

    return open_copy


def press(name: str, file: fakeexcel.File | None = None, argument: str = "") -> tuple[str, str, str]:
    """A button of the ribbon; whatever it does, nothing of Excel is kept."""
    answer = fakecom.call("addin.excel.macros", "macro", (name, argument), file and file.com())
    assert fakeexcel.alive() == 0
    assert all(type(part) is str for part in answer)
    return answer


def command(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    cli.main([*words, "--json"])
    return json.loads(capsys.readouterr().out)


def listed(file: fakeexcel.File) -> list[list[Any]]:
    """The findings on チェック."""
    sheet: Any = file.book[layout.CHECK]
    rows = [[cell.value for cell in row] for row in sheet[sheet.tables["findings"].ref]]
    return [row for row in rows[1:] if any(row)]


def spoilt(file: fakeexcel.File) -> fakeexcel.File:
    """Many mistakes, one of them in a text that looks like a formula."""
    for name in (
        "application_date",
        "capital",
        "employees",
        "issued_on",
        "valid_until",
        "tax_mode",
        "fiscal_month",
        "zip",
    ):
        at = layout.INPUT[name]
        file.book[at.sheet][at.cell] = "=何か"
        file.book[at.sheet][at.cell].data_type = "s"
    for number in range(1, 8):
        file.book[layout.QUOTE][layout.LINES.cell("price", number).partition("!")[2]] = "約1万"
    file.book.save(file.path)
    return fakeexcel.File(file.path)


def as_filled(cells: Filled) -> tuple[Any, ...]:
    tables = {name: [dict(row) for row in rows] for name, rows in cells.tables.items()}
    return dict(cells.names), [dict(row) for row in cells.rows], tables, dict(cells.results)


@pytest.mark.parametrize("path", [*EXAMPLES, BLANK_QUOTE], ids=lambda p: p.stem)
def test_an_open_workbook_reads_as_its_file(path: Path) -> None:
    assert as_filled(open_workbook.filled(fakeexcel.File(path).com())) == as_filled(open_quote(path))


@pytest.mark.parametrize("name", ["normal", "etrade", "security", "group"])
def test_the_buttons_work_in_the_frame_that_the_workbook_applies_for(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"{name}.xlsx"
    fill.fill(fill.load(PAGES / f"{name}.toml"), path)
    file = fakeexcel.File(path)
    cells, of_file = open_workbook.filled(file.com()), open_quote(path)
    assert as_filled(cells)[:3] == as_filled(of_file)[:3]  # nothing has calculated the results yet
    assert {n for n, rows in cells.tables.items() if any(c.value for row in rows for c in row.values())} >= {"plan"}
    label = command(capsys, "check", str(path))["label"]
    assert press("check", file)[1].startswith(f"{label}として調べました。")
    assert f"円。自己負担は税抜）。\n・{label}: 補助額 " in press("compare", file)[1]


@pytest.mark.parametrize("path", [*EXAMPLES, BLANK_QUOTE], ids=lambda p: p.stem)
def test_the_findings_are_those_of_the_command_line(
    path: Path, opened: Callable[..., fakeexcel.File], capsys: pytest.CaptureFixture[str]
) -> None:
    file = opened(path)
    kind, message, _ = press("check", file)
    assert kind == "ok"
    found = command(capsys, "check", str(path))["findings"]
    levels = {"error": "誤り", "warning": "警告", "notice": "お知らせ"}
    want = [[levels[f["level"]], f["code"], f["message"], f["cell"] or None, f["source"] or None] for f in found]
    assert [[cell or None for cell in row] for row in listed(file)] == want
    for f in found:
        sheet = f["cell"].rpartition("!")[0]
        if sheet:
            at = open_workbook.place(f"={f['cell']}")
            assert at and f["message"] in file.comments[(sheet, at.row, at.column)]
    assert all(f"{levels[f['level']]} " in message for f in found)
    assert file.calls < FEW_CALLS + 20 * len(found)


def test_mistakes_of_every_kind_are_found_alike(
    opened: Callable[..., fakeexcel.File], capsys: pytest.CaptureFixture[str]
) -> None:
    file = spoilt(opened(EXAMPLES[0]))
    press("check", file)
    found = command(capsys, "check", str(file.path))["findings"]
    assert len(found) > comments.ROWS
    assert [row[2] for row in listed(file)] == [f["message"] for f in found]
    assert not any(str(cell).startswith("=") for row in listed(file) for cell in row)


def test_a_second_run_replaces_the_first(opened: Callable[..., fakeexcel.File]) -> None:
    file = spoilt(opened(EXAMPLES[0]))
    press("check", file)
    many, first = len(listed(file)), dict(file.comments)
    good = layout.INPUT["capital"]
    file.book[good.sheet][good.cell] = 1_000_000
    press("check", file)
    assert len(listed(file)) == many - 1
    place = _place("capital")
    assert first.keys() - file.comments.keys() == {(place.sheet, place.row, place.column)}
    again = dict(file.comments)
    press("check", file)
    assert file.comments == again


def test_nobody_elses_comment_is_touched(opened: Callable[..., fakeexcel.File]) -> None:
    file = spoilt(opened(EXAMPLES[0]))
    cells = ["capital", "employees", "zip"]
    keys = [(c.sheet, c.row, c.column) for c in (_place(name) for name in cells)]
    file.comments |= dict.fromkeys(keys[:2], "自分のメモ")
    press("check", file)
    assert [file.comments[key] for key in keys[:2]] == ["自分のメモ"] * 2
    added = file.comments[keys[2]] + "\n（青葉）確認済み"
    file.comments[keys[2]] = added
    press("check", file)
    assert [file.comments[key] for key in keys] == ["自分のメモ", "自分のメモ", added]


def _place(name: str) -> Any:
    found = open_workbook.place(f"={layout.INPUT[name].address}")
    assert found
    return found


def test_protection_is_as_before(opened: Callable[..., fakeexcel.File]) -> None:
    file = spoilt(opened(EXAMPLES[0]))
    before = [sheet.protection.sheet for sheet in file.book]
    press("check", file)
    assert [sheet.protection.sheet for sheet in file.book] == before
    assert any(before)


@pytest.mark.parametrize("button", ["check", "freeze"])
def test_what_was_written_stands_where_excel_does_not_protect_again(
    button: str, opened: Callable[..., fakeexcel.File], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any) -> None:
        raise fakeexcel.refuse("Protect メソッドが失敗しました。")

    file = spoilt(opened(EXAMPLES[0]))
    monkeypatch.setattr(fakeexcel.Worksheet, "Protect", refused)
    kind, message, _ = press(button, file)
    assert kind == "ok" and f"「{layout.CHECK}」の保護を元に戻せませんでした" in message
    assert button == "freeze" or (listed(file) and file.comments and "コメントを付けられません" not in message)


def test_looks_that_excel_refuses_are_no_failure(
    opened: Callable[..., fakeexcel.File], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any) -> None:
        raise fakeexcel.refuse("AutoFit メソッドが失敗しました。")

    file = spoilt(opened(EXAMPLES[0]))
    monkeypatch.setattr(fakeexcel.Range, "AutoFit", refused)
    kind, message, _ = press("check", file)
    assert kind == "ok" and "一覧を書きました" in message and listed(file)


def test_a_password_is_respected_and_said(opened: Callable[..., fakeexcel.File]) -> None:
    file = spoilt(opened(EXAMPLES[0]))
    file.passwords = dict.fromkeys([layout.APPLICANT, layout.CHECK], "secret")
    kind, message, _ = press("check", file)
    assert kind == "ok" and layout.APPLICANT in message and "・誤り" in message
    assert layout.APPLICANT not in {sheet for sheet, _, _ in file.comments}
    assert file.comments
    assert listed(file) == []


def test_a_workbook_without_the_table_of_findings_still_tells_them(opened: Callable[..., fakeexcel.File]) -> None:
    file = spoilt(opened(EXAMPLES[0]))
    del file.book[layout.CHECK]
    message = press("check", file)[1]
    assert message.count("・誤り") == messages.SHOWN and "ほか" in message


def test_unsaved_changes_count(opened: Callable[..., fakeexcel.File]) -> None:
    """What is checked is what stands on the screen, not the file."""
    file = opened(EXAMPLES[0])
    press("check", file)
    before = len(listed(file))
    ((sheet, cell),) = file.book.defined_names["capital"].destinations
    file.book[sheet][cell] = "千万円"
    press("check", file)
    assert len(listed(file)) == before + 1


def test_dates_errors_and_numbers_arrive_as_from_a_file(tmp_path: Path) -> None:
    file = fakeexcel.File(filled_in(tmp_path / "a.xlsx", _quote()))
    for name, value in {"name": "#N/A", "rep_name": 46_111, "capital": "#DIV/0!", "zip": True}.items():
        at = layout.INPUT[name]
        file.book[at.sheet][at.cell] = value
    at = layout.INPUT["address"]
    file.book[at.sheet][at.cell] = 46_111.5
    file.book[at.sheet][at.cell].number_format = "yyyy/m/d h:mm"
    file.book.save(file.path)
    again = fakeexcel.File(file.path)
    assert as_filled(open_workbook.filled(again.com())) == as_filled(open_quote(file.path))


def _quote() -> Any:
    from rules.quote import Quote

    return Quote(APPLICANT, ())


def test_a_workbook_of_1904_is_refused_in_words(opened: Callable[..., fakeexcel.File]) -> None:
    file = opened(EXAMPLES[0])
    file.date_1904 = True
    kind, message, _ = press("check", file)
    assert kind == "err" and "1904" in message


@pytest.mark.parametrize("name", ["check", "compare", "draft", "proposal"])
def test_any_other_workbook_is_told_so(name: str, tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "other.xlsx")
    kind, message, instruction = press(name, fakeexcel.File(tmp_path / "other.xlsx"))
    assert (kind, instruction) == ("err", "") and "新しい見積" in message


@pytest.mark.parametrize("name", list(buttons.WITH_BOOK))
def test_without_a_workbook_a_button_says_so(name: str) -> None:
    kind, message, _ = press(name)
    assert kind == "err" and "ブックが開いていません" in message


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_the_comparison_is_that_of_the_command_line(
    path: Path, opened: Callable[..., fakeexcel.File], capsys: pytest.CaptureFixture[str]
) -> None:
    kind, message, _ = press("compare", opened(path))
    assert kind == "ok"
    lines = message.splitlines()
    lines = lines[next(n for n, line in enumerate(lines, 1) if line.startswith("補助額の大きい順")) :]
    for line, frame in zip(lines, command(capsys, "compare", str(path))["frames"], strict=True):
        assert frame["label"] in line
        assert (f"補助額 {frame['subsidy']:,}" if not frame["needs"] else frame["needs"]) in line


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_the_drafts_are_those_of_the_command_line(
    path: Path, opened: Callable[..., fakeexcel.File], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = opened(path)
    kind, message, instruction = press("draft", file)
    assert (kind, instruction) == ("ok", f"explorer:{file.path.parent}")
    made = {p.name: p.read_bytes() for p in file.path.parent.glob("*.docx")}
    want = [Path(p) for p in command(capsys, "draft", str(path), "-o", str(tmp_path / "cli"))["files"]]
    assert made == {p.name: p.read_bytes() for p in want}
    assert all(name in message for name in made)


def test_drafts_of_an_unsaved_workbook_go_to_the_documents(opened: Callable[..., fakeexcel.File], home: Path) -> None:
    kind, _, instruction = press("draft", opened(EXAMPLES[0], saved=False))
    assert (kind, instruction) == ("ok", f"explorer:{home / 'Documents'}")
    assert len(list((home / "Documents").glob("*.docx"))) == 8


@pytest.mark.parametrize("folder", ["https://d.docs.live.net/0123/書類", "/nowhere/at/all"])
def test_drafts_of_a_workbook_on_the_web_go_to_the_documents(
    folder: str, opened: Callable[..., fakeexcel.File], home: Path
) -> None:
    file = opened(EXAMPLES[0])
    file.folder = folder
    assert press("draft", file)[2] == f"explorer:{home / 'Documents'}"


def test_the_proposal_is_a_pdf_beside_the_workbook(opened: Callable[..., fakeexcel.File]) -> None:
    file = opened(EXAMPLES[0])
    first, second = (press("proposal", file)[2] for _ in range(2))
    stem = file.path.with_name(f"{file.path.stem}_提案書")
    assert (first, second) == (f"open:{stem}.pdf", f"open:{stem}(2).pdf")
    assert file.exported == [layout.PROPOSAL, layout.ANNEX] * 2  # of a group the members stand on 別紙
    assert not list(file.path.parent.glob("~*"))


def test_a_proposal_that_excel_refuses_leaves_nothing(
    opened: Callable[..., fakeexcel.File], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise fakeexcel.refuse("文書は保存されませんでした。")

    monkeypatch.setattr(fakeexcel.Worksheet, "ExportAsFixedFormat", refuse)
    file = opened(EXAMPLES[0])
    kind, message, _ = press("proposal", file)
    assert kind == "err" and "文書は保存されませんでした" in message
    assert list(file.path.parent.iterdir()) == [file.path]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_the_copy_has_values_and_no_formula(path: Path, opened: Callable[..., fakeexcel.File]) -> None:
    file = opened(path)
    press("check", file)
    kind, _, instruction = press("freeze", file)
    copy = file.path.with_name(f"{file.path.stem}_値のみ.xlsx")
    assert (kind, instruction) == ("ok", f"explorer:{file.path.parent}")
    before, after = load_workbook(path, data_only=True), load_workbook(copy)
    for sheet in before:
        assert [[c.value for c in row] for row in sheet.rows] == [
            [c.value for c in row] for row in after[sheet.title].rows
        ]
    assert not any(c.data_type == "f" for sheet in after for row in sheet.rows for c in row)
    assert file.comments == {} and listed(file) == []
    assert as_filled(open_quote(copy)) == as_filled(open_quote(path))


def test_what_excel_adds_for_formulas_goes_with_them() -> None:
    sheet = (
        b'<worksheet><sheetData><row r="1"><c r="A1" s="3" cm="1"><f t="array" ref="A1:A2">SEQ(2)&lt;3</f><v>1</v></c>'
        b'<c r="B1"><f t="shared" si="0"/><v>2</v></c><c r="C1" t="str"><f>"a"</f><v>a</v></c></row></sheetData>'
        b"<x><formula>A1</formula><f>kept</f></x></worksheet>"
    )
    parts = {
        "[Content_Types].xml": b'<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/calcChain.xml" ContentType="c"/></Types>',
        "xl/_rels/workbook.xml.rels": b'<R><Relationship Id="a" Target="calcChain.xml"/><Relationship Id="b" Target="s"/></R>',
        "xl/calcChain.xml": b"<calcChain/>",
        "xl/worksheets/sheet1.xml": sheet,
    }
    data, suffix = values_only_copy.frozen(_packed(parts))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        got = {name: package.read(name) for name in package.namelist()}
    assert suffix == ".xlsx" and "xl/calcChain.xml" not in got
    assert b"calcChain" not in b"".join(got.values())
    assert got["xl/worksheets/sheet1.xml"] == (
        b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        b'<worksheet><sheetData><row r="1"><c r="A1" s="3"><v>1</v></c><c r="B1"><v>2</v></c>'
        b'<c r="C1" t="str"><v>a</v></c></row></sheetData><x><formula>A1</formula><f>kept</f></x></worksheet>'
    )


def _packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0", b"", _packed({"a": b"b"})])
def test_a_workbook_of_another_kind_gives_no_copy(data: bytes, opened: Callable[..., fakeexcel.File]) -> None:
    file = opened(EXAMPLES[0])
    file.path.write_bytes(data)
    kind, message, _ = press("freeze", file)
    assert kind == "err" and ".xlsx" in message
    assert list(file.path.parent.iterdir()) == [file.path]


def test_a_new_quote_is_the_shipped_workbook(tmp_path: Path) -> None:
    for _ in range(2):
        kind, message, instruction = press("new_quote")
        path = Path(instruction.removeprefix("newbook:"))
        assert (kind, message, path.name) == ("ok", "", "見積.xlsx")
        assert path.read_bytes() == BLANK_QUOTE.read_bytes()
        assert path.is_relative_to(tmp_path)


def test_the_editions_of_every_frame_are_named() -> None:
    message = press("edition")[1]
    assert message.count("・") >= 5 and "2026-03-30以降、2025-03-31以降" in message


def test_help_names_every_function() -> None:
    assert press("help")[1].count("SUBSIDY_") >= 13


@pytest.mark.parametrize("name", ["nope", ""])
def test_an_unknown_button_is_our_mistake(name: str, opened: Callable[..., fakeexcel.File]) -> None:
    kind, message, _ = press(name, opened(EXAMPLES[0]))
    assert kind == "err" and "プログラムの誤り" in message
    assert press("last_error")[1] == message


def test_a_full_disk_is_said_in_japanese(
    opened: Callable[..., fakeexcel.File], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "空き領域がありません", "写し.xlsx")

    monkeypatch.setattr(fakeexcel.Workbook, "SaveCopyAs", full)
    kind, message, _ = press("freeze", opened(EXAMPLES[0]))
    assert kind == "err" and "写し.xlsx" in message and os.sep not in message


def test_a_date_that_com_cannot_carry_spoils_nothing(
    opened: Callable[..., fakeexcel.File], monkeypatch: pytest.MonkeyPatch
) -> None:
    def value(_: Any) -> Any:
        raise ValueError("year is out of range")

    monkeypatch.setattr(fakeexcel.Range, "Value", property(value))
    assert press("check", opened(EXAMPLES[0]))[0] == "ok"


def test_the_name_of_a_file_never_replaces_another(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    assert writer.numbered(tmp_path, "a", ".pdf", b"%PDF").name == "a(2).pdf"
    assert output_places.stem(fakeexcel.File(EXAMPLES[0], saved=False).com()) == f"{EXAMPLES[0].stem}1"


def test_memory_stays_flat_over_many_buttons(opened: Callable[..., fakeexcel.File]) -> None:
    import gc
    import tracemalloc

    file = spoilt(opened(EXAMPLES[0]))

    def all_buttons() -> None:
        for name in ("check", "compare", "freeze", "edition", "help", "nope"):
            press(name, file)

    all_buttons()
    all_buttons()
    gc.collect()
    tracemalloc.start()
    all_buttons()
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(3):
        all_buttons()
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 100_000
