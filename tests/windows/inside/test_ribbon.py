"""The ribbon's ten buttons on every example: the built add-in's VBA, xlwings' DLL, pythonw, and the objects of a small
Excel that the server asks over COM. What a button says, writes and makes is held against the rules and Linux's drafts.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pyopenvba.apps.excel import _model
from pyopenvba.interpreter._values import EMPTY

from addin.excel import comments as marks
from addin.excel.buttons import BOOK
from addin.excel.settings_sheets import texts
from addin.functions import comparison
from addin.functions.catalog import catalog
from rules.assess import Assessment
from rules.engine.edition import editions
from rules.findings import ERROR, LEVELS
from rules.frames import FRAMES
from templates.engine.proposal_pdf import annexed
from tests.windows import report
from tests.windows.inside import excel, office
from workbooks.form.layout import ANNEX, FUNCTIONS, PROPOSAL
from workbooks.reading.quote_file import assess_file, open_checked

EXAMPLES = sorted((BOOK.parent / "examples").glob("*.xlsx"))
SOON = "beginner"  # the example of the compact suite
ON_FUNCTIONS = 13  # formulas on 関数, which the small Excel does not calculate: it shows #NAME? there
LINUX = Path(os.environ.get("HOJOKIN_DRAFTS", "."))  # a folder of drafts for each example, made there
GOOD, BAD = 64, 48  # vbInformation, vbExclamation
TEXT = dict(texts()[1:])
counts: Counter[tuple[str, str]] = Counter()


@dataclass(frozen=True)
class Quote:
    """An example that is open in Excel, in a folder of its own, and what the reader of files makes of it."""

    app: Any
    book: Any
    path: Path
    plain: Assessment

    def press(self, button: str) -> list[tuple[str, int]]:
        """Presses a button with this workbook in front: what was said, and how."""
        office.said.clear()
        excel.asked.clear()
        self.book.vba_get("Activate")
        self.app.run("Press", f"hj_{button}")
        assert all(title == "補助金" for title, *_ in office.said)
        counts[button, self.path.stem] += 1
        return [(text, style) for _, text, style in office.said]

    def said(self, button: str) -> str:
        """What a button says that goes well."""
        ((text, style),) = self.press(button)
        assert style == GOOD, text
        return text


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    yield excel.load(office.built(tmp_path_factory.mktemp("xlstart") / "Hojokin.xlam"))
    report.table("buttons on examples, over COM", counts)


@pytest.fixture(
    scope="module",
    params=[pytest.param(path, id=path.stem, marks=[pytest.mark.windows] * (path.stem != SOON)) for path in EXAMPLES],
)
def quote(app: Any, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Quote:
    path = tmp_path_factory.mktemp("見積 書類 ") / request.param.name
    shutil.copy(request.param, path)
    return Quote(app, excel.opened(app, path), path, assess_file(path))


def comments(book: Any) -> dict[tuple[str, str], str]:
    """Every comment by sheet and cell."""
    found = ((page, note) for page in pages(book) for note in page.vba_get("Comments").vba_iterate())
    return {
        (page.name, str(note.vba_get("Parent").vba_get("Address")).replace("$", "")): str(note.vba_get("Text"))
        for page, note in found
    }


def place(cell: str) -> tuple[str, str]:
    """見積!C5 as sheet and cell."""
    sheet, _, address = cell.rpartition("!")
    return sheet, address


def listed(book: Any) -> list[tuple[Any, ...]]:
    """The rows of the table of findings."""
    tables = (table for page in pages(book) for table in page.vba_get("ListObjects").vba_iterate())
    (table,) = (t for t in tables if str(t.vba_get("Name")) == marks.FINDINGS)
    area = excel.sent(table.vba_get("DataBodyRange").vba_get("Value2"))
    return [tuple(cell or "" for cell in row) for row in area if any(row)]


def pages(book: Any) -> list[Any]:
    return [sheet for sheet in book.sheets_ if isinstance(sheet, _model.Worksheet)]


@pytest.mark.parametrize("time", ["first", pytest.param("again", marks=pytest.mark.windows)])
def test_check(quote: Quote, time: str) -> None:
    before = comments(quote.book)
    said, findings = quote.said("check"), quote.plain.findings
    assert said.startswith(f"{quote.plain.label}として調べました。") and time
    for level, label in LEVELS.items():
        number = sum(f.level == level for f in findings)
        assert (f"{label} {number}件" in said) is bool(number)
    assert listed(quote.book) == [marks._row(f) for f in findings]
    wanted = {place(f.cell) for f in findings if "!" in f.cell}
    ours = {at: text for at, text in comments(quote.book).items() if marks._ours(text)}
    assert set(ours) == {at for at in wanted if at not in before or marks._ours(before[at])}
    for f in findings:
        assert "!" not in f.cell or f.message in ours.get(place(f.cell), f.message)
    assert (f"{len(ours)}個のセルにコメント" in said) is bool(ours) and "保護" not in said


def test_draft(quote: Quote) -> None:
    said = quote.said("draft")
    made = {path.name: path.read_bytes() for path in quote.path.parent.glob("*.docx")}
    there = {path.name: path.read_bytes() for path in (LINUX / quote.path.stem).iterdir()}
    assert made and made == there
    assert all(name in said for name in made) and str(quote.path.parent) in said
    assert_warned(said, quote.plain)
    assert excel.asked == [("open", str(quote.path.parent))]


def assert_warned(said: str, a: Assessment) -> None:
    errors = sum(f.level == ERROR for f in a.findings)
    assert (f"誤りが{errors}件あります" in said) is bool(errors)


@pytest.mark.windows
def test_compare(quote: Quote) -> None:
    said = quote.said("compare")
    _, plain = open_checked(quote.path)
    starts = ("\n・", "\n－ ")  # what is calculated, what is not
    places = [max(said.find(f"{mark}{a.label}: ") for mark in starts) for a in comparison.ranked(plain)]
    assert places == sorted(places) and min(places) > 0
    for a in comparison.ranked(plain):
        assert a.subsidy is None or f"{a.label}: 補助額 {a.subsidy:,}（対象経費 {a.eligible:,}" in said


@pytest.mark.windows
def test_proposal(quote: Quote) -> None:
    said = quote.said("proposal")
    target = quote.path.with_name(f"{quote.path.stem}_{PROPOSAL}.pdf")
    assert target.read_bytes().startswith(b"%PDF") and target.name in said and str(target.parent) in said
    assert_warned(said, quote.plain)
    assert excel.asked == [
        *(("pdf", page) for page in [PROPOSAL, ANNEX][: 1 + bool(annexed(quote.plain))]),
        ("open", str(target)),
    ]


@pytest.mark.windows
def test_freeze(quote: Quote, tmp_path: Path) -> None:
    quote.said("check")
    said = quote.said("freeze")
    target = quote.path.with_name(f"{quote.path.stem}_値のみ.xlsx")
    quote.book.vba_get("SaveCopyAs", [str(tmp_path / "copy.xlsx")])
    frozen, shown = openpyxl.load_workbook(target), openpyxl.load_workbook(tmp_path / "copy.xlsx", data_only=True)
    assert [sheet.title for sheet in frozen] == [sheet.title for sheet in shown]
    for sheet in frozen:
        cells = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row}
        assert cells == {at: shown[sheet.title][at].value for at in cells}
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    assert not any(marks._ours(text) for text in comments(quote.book).values()) and not listed(quote.book)
    assert target.name in said and excel.asked == [("open", str(target.parent))]


@pytest.mark.windows
def test_relink(quote: Quote) -> None:
    (sheet,) = (page for page in pages(quote.book) if page.name == FUNCTIONS)
    ((said, style),) = quote.press("relink")
    left = TEXT["mended_partly"].replace("%1", "0").replace("%2", str(ON_FUNCTIONS))
    assert (said, style) in ((left, BAD), (TEXT["mended"].replace("%1", "0"), GOOD))
    sheet.vba_get("Unprotect", [""])
    ((said, style),) = quote.press("relink")
    assert style == GOOD
    sheet.vba_get("Protect", [""])


@pytest.mark.windows
def test_new_quote(quote: Quote) -> None:
    assert quote.press("new_quote") == []
    ((what, path),) = excel.asked
    assert what == "new" and Path(path).name == "見積.xlsx" and Path(path).read_bytes() == BOOK.read_bytes()
    assert quote.app.application.vba_get("ActiveWorkbook") is not quote.book


@pytest.mark.windows
def test_edition(quote: Quote) -> None:
    said = quote.said("edition")
    for frame in FRAMES:
        assert f"{frame.label}: " in said and all(f"{e.since}以降" in said for e in editions(frame.parameters))


@pytest.mark.windows
def test_help(quote: Quote) -> None:
    said = quote.said("help")
    assert len(catalog) == 13 and all(f"・{f.signature}" in said for f in catalog.values())


@pytest.mark.windows
def test_last_error(quote: Quote) -> None:
    assert str(quote.app.run("SUBSIDY_INVOICE", -1.0, True)) == "Error 2015"
    assert quote.said("last_error").startswith("SUBSIDY_INVOICE: #VALUE!: cost")


@pytest.mark.windows
def test_a_workbook_that_is_no_quote_is_refused_in_a_sentence(app: Any) -> None:
    app.application.vba_get("Workbooks").vba_get("Add")
    for button in ("check", "compare", "draft", "proposal"):
        office.said.clear()
        app.run("Press", f"hj_{button}")
        ((_, text, style),) = office.said
        assert style == BAD and "見積のブックではないようです" in text
        assert app.application.vba_get("StatusBar") is not EMPTY and app.run("LastMessage") == text
    office.said.clear()


def test_the_server_asked_for_nothing_that_this_excel_lacks() -> None:
    assert excel.unknown <= {"TextFrame.AutoSize"}  # only looks, and Excel 2010 has it
    assert excel.calls["Range.Value2"] and excel.calls.total() > 500
