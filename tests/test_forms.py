"""Every change of the form keeps every filled quote: of each form a filled one is kept in tests/forms, and arrives whole.

A form is what portal_fields.toml and tables.toml ask for. Whoever adds a field or a column says `since` of the next form, and keeps a filled
quote of it here as well; until then the first two tests fail.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from addin.cli.main import main
from rules.quote import Quote
from tests.books import packed
from tests.variants import CHANGES, parts_of
from workbooks.building import migrate
from workbooks.form import layout
from workbooks.reading.quote_file import open_checked
from workbooks.reading.read import open_quote

FORMS = Path(__file__).parent / "forms"
KEPT = sorted(FORMS.glob("*.xlsx"))
FIRST_OF_EACH = {int(path.stem.rpartition("-")[2]): path for path in reversed(KEPT)}
LOST = "contact_department"  # a cell of words, in every form
WHICH = f"シート「申請者」の「{layout.INPUT[LOST].label}」のセル（名前 {LOST}）"
PHONES = (
    "inline",
    "no_tables",
    "bare_cells",
    "bare_rows",
    "renamed_tables",
)  # how writers of phones and the web differ
EACH = pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
OLDEST = pytest.mark.parametrize("form", sorted(FIRST_OF_EACH))


def number(path: Path) -> int:
    """The form that a kept file says it is of."""
    book = load_workbook(path)
    return book[layout.START][layout.FORM_CELL].value if layout.FORM_NAME in book.defined_names else 1


def migrated(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, dict[str, Any]]:
    """The quote in the newest form, and what the command says of it."""
    capsys.readouterr()
    assert main(["migrate", str(path), "-o", str(path.with_name("new.xlsx")), "--json"]) in (0, 1)
    told = json.loads(capsys.readouterr().out)
    return Path(told["file"]), told


def bare(quote: Quote) -> Quote:
    """A quote without the places of its cells."""
    tables = {t.name: tuple(replace(r, cells={}) for r in getattr(quote, t.name)) for t in layout.TABLES}
    return replace(quote, cells={}, findings=tuple(replace(f, cell="") for f in quote.findings), **tables)


def copied(path: Path, folder: Path) -> Path:
    """A copy that a test may leave files beside."""
    target = folder / "old.xlsx"
    target.write_bytes(path.read_bytes())
    return target


def without_a_name(path: Path, folder: Path) -> Path:
    """A copy whose cell LOST has no name any more."""
    book = load_workbook(path)
    del book.defined_names[LOST]
    book.save(folder / "old.xlsx")
    return folder / "old.xlsx"


def test_of_every_form_a_filled_quote_is_kept() -> None:
    assert sorted(FIRST_OF_EACH) == list(range(1, layout.FORM + 1))
    assert {path.stem: number(path) for path in KEPT} == {p.stem: int(p.stem.rpartition("-")[2]) for p in KEPT}


@EACH
def test_a_form_asks_for_what_since_says(path: Path) -> None:
    """Fails where a field or a column came, went or changed its name without a new form."""
    book, form = load_workbook(path), number(path)
    assert {i.name for i in layout.INPUTS if i.since <= form} == {n for n in book.defined_names if n in layout.INPUT}
    unknown = {n for n in book.defined_names if not n.startswith(("out_", "_xlnm", "SUBSIDY_"))} - {
        *layout.INPUT,
        layout.FORM_NAME,
    }
    assert not unknown
    tables = {t.name: [c.name for c in t.tableColumns] for sheet in book for t in sheet.tables.values()}
    for table in layout.TABLES:
        wanted = [c.title for c in table.columns if c.since <= form] if table.since <= form else None
        assert tables.get(table.name) == wanted, table.name


@EACH
def test_a_kept_quote_arrives_whole(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = copied(path, tmp_path)
    new, told = migrated(old, capsys)
    assert bare(open_checked(new)[1]) == bare(open_checked(old)[1])
    before, after = open_quote(old), open_quote(new)
    for name, cell in before.names.items():
        assert after.names[name].value == cell.value, name
    assert told["frames"]
    assert all(f["held"] == f["old"] == f["new"] and not f["reasons"] for f in told["frames"]), told["frames"]
    assert (told["not_carried"], told["lost"]) == ({"sheets": [], "cells": 0, "uncalculated": []}, [])


@OLDEST
@pytest.mark.parametrize("change", PHONES)
def test_a_kept_quote_saved_by_a_phones_writer(
    form: int, change: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = FIRST_OF_EACH[form]
    old = packed(tmp_path / "old.xlsx", CHANGES[change](parts_of(path)))
    new, _ = migrated(old, capsys)
    assert bare(open_checked(new)[1]) == bare(open_checked(path)[1])


@OLDEST
def test_a_kept_quote_that_lost_a_name(form: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new, told = migrated(without_a_name(FIRST_OF_EACH[form], tmp_path), capsys)
    assert told["lost"] == [WHICH]
    whole = open_checked(FIRST_OF_EACH[form])[1]
    wanted = {name: value for name, value in whole.inputs.items() if name != LOST}
    assert open_checked(new)[1].inputs == wanted
    assert open_checked(tmp_path / "old.xlsx")[1].inputs == wanted


def test_every_command_names_the_lost_cell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = without_a_name(FIRST_OF_EACH[1], tmp_path)
    assert main(["migrate", str(old)]) in (0, 1)
    assert f"もとのファイルに無いので空欄のもの: {WHICH}" in capsys.readouterr().out
    for words in (["check"], ["draft", "-o", str(tmp_path / "out")]):
        assert main([words[0], str(old), *words[1:]]) in (0, 1)
        assert f"{WHICH}が見つからないので、空欄として扱いました。" in capsys.readouterr().out


@pytest.mark.office
@OLDEST
def test_a_kept_quote_saved_by_calc(form: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    path = copied(FIRST_OF_EACH[form], tmp_path / "in")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    kind = "xlsx:Calc MS Excel 2007 XML"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    new, _ = migrated(tmp_path / "out" / path.name, capsys)
    assert bare(open_checked(new)[1]) == bare(open_checked(path)[1])


def test_a_field_without_since_leaves_older_quotes_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a colleague forgets must not shut out a customer: the new field is a warning, the yen stay."""
    added = replace(layout.INPUT["url"], name="added", label="足した項目", since=1)
    monkeypatch.setattr(layout, "INPUTS", (*layout.INPUTS, added))
    for path in KEPT:
        filled, quote = open_checked(path)
        assert [w for w in filled.lost if "足した項目" in w]
        assert quote.lines or quote.members


@OLDEST
@pytest.mark.parametrize("change", ["inline", "no_tables"])
def test_a_column_of_a_later_form_is_not_missed(
    form: int, change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed(tmp_path / "old.xlsx", CHANGES[change](parts_of(FIRST_OF_EACH[form])))
    before = open_quote(path)
    later = replace(layout.LINES.of("price"), name="later", title="後の様式の列", since=layout.FORM + 1)
    monkeypatch.setattr(layout, "LINES", replace(layout.LINES, columns=(*layout.LINES.columns, later)))
    assert (open_quote(path).rows, open_quote(path).lost) == (before.rows, before.lost)


def test_migrate_is_the_same_for_the_newest_form(tmp_path: Path) -> None:
    path = FIRST_OF_EACH[layout.FORM]
    tmp_path.joinpath("new.xlsx").write_bytes(migrate.carry(migrate.opened(path)).data)
    assert open_quote(tmp_path / "new.xlsx").names == open_quote(path).names
