"""A filled quote carried into the newest form: nothing typed is lost, nothing is overwritten, every yen is explained."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from addin.cli.main import main
from rules.quote import Quote
from tests.books import LINE, book, patched
from workbooks.building import fill, migrate
from workbooks.files import zip_parts
from workbooks.form import layout
from workbooks.reading.filled import Cell
from workbooks.reading.quote_file import open_checked
from workbooks.reading.read import open_quote

FIRST = Path(__file__).parent / "forms" / "wholesale-1.xlsx"  # as the first form was shipped
PAGES = sorted((Path(fill.__file__).parents[1] / "examples").glob("*.toml"))
DATE_CELL = ("xl/worksheets/sheet2.xml", "<v>46300</v>")  # 申請日 2026-10-05 in it


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A filled quote of the first form."""
    path = tmp_path / "みつもり.xlsx"
    path.write_bytes(FIRST.read_bytes())
    return path


@pytest.fixture
def of_2025(old: Path) -> Path:
    """The same, applied for on 2025-06-02 (45,810 days after 1899-12-30)."""
    return patched(old, *DATE_CELL, "<v>45810</v>")


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    """Exit status and answer of one migration."""
    status = main(["migrate", *words, "--json"])
    return status, json.loads(capsys.readouterr().out)


def bare(quote: Quote) -> Quote:
    """A quote without the places of its cells, which differ from form to form."""
    lines = tuple(replace(line, cells={}) for line in quote.lines)
    tables = {n: tuple(replace(r, cells={}) for r in getattr(quote, n)) for n in ("partners", "members", "months", "plan")}  # fmt: skip
    findings = tuple(replace(f, cell="") for f in quote.findings)
    return replace(quote, lines=lines, cells={}, findings=findings, **tables)


def test_a_quote_of_the_first_form_arrives_whole(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = old.read_bytes()
    status, told = answer(capsys, str(old))
    target = old.with_name("みつもり_新様式.xlsx")
    assert (status, told["file"], told["application_date"]) == (0, str(target), "2026-10-05")
    assert bare(open_checked(target)[1]) == bare(open_checked(old)[1])
    assert old.read_bytes() == before
    assert open_quote(target).tables.keys() == {t.name for t in layout.MORE}  # it is of the newest form
    (frame,) = told["frames"]
    assert (frame["held"], frame["old"], frame["new"], frame["reasons"]) == (609_680, 609_680, 609_680, [])
    assert told["not_carried"] == {"sheets": [], "cells": 0, "uncalculated": []}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_quote_of_the_newest_form_comes_out_as_it_was(page: Path) -> None:
    shipped = page.with_suffix(".xlsx")
    carried = migrate.carry(migrate.opened(shipped))
    assert (carried.lost, carried.beside, carried.kept_date) == ((), 0, True)
    assert zip_parts.parts(carried.data) == zip_parts.parts(shipped.read_bytes())


def test_nothing_is_overwritten(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [Path(answer(capsys, str(old))[1]["file"]).name for _ in range(3)]
    assert names == ["みつもり_新様式.xlsx", "みつもり_新様式(2).xlsx", "みつもり_新様式(3).xlsx"]
    before = old.read_bytes()
    assert main(["migrate", str(old), "-o", str(old)]) == 2
    assert main(["new", "-o", str(old)]) == 2
    assert "上書きはしない" in capsys.readouterr().err
    assert old.read_bytes() == before
    assert sorted(p.name for p in old.parent.iterdir()) == sorted([old.name, *names])


def test_a_date_of_an_old_edition_is_left_blank_and_said(of_2025: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate", str(of_2025), "-o", str(of_2025.with_name("n.xlsx"))]) == 0
    told = capsys.readouterr().out
    assert "もとの申請日は古い版のものなので空欄にしました" in told
    assert open_checked(of_2025.with_name("n.xlsx"))[1].applied_on is None


def test_a_date_may_be_given(of_2025: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(capsys, str(of_2025), "--on", "2026-10-20")[1]
    assert (told["application_date"], told["kept_date"]) == ("2026-10-20", False)
    assert open_checked(told["file"])[1].applied_on == date(2026, 10, 20)
    assert main(["migrate", str(of_2025), "--on", "soon"]) == 2


def test_a_change_of_yen_has_its_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """1,500,000 or more from three processes: 2025 it stops at 1,499,999 (150万円未満), 2026 at 1,500,000."""
    line = LINE | {"price": 4_000_000, "processes": "共P-01、共P-02、共P-03"}
    inputs = {"application_date": date(2025, 6, 2), "small_claim": "いいえ", "frame": "通常枠"}
    path = book(tmp_path / "q.xlsx", inputs, [line], {"out_normal_subsidy": 2_000_000})
    frames = {f["frame"]: f for f in answer(capsys, str(path))[1]["frames"]}
    assert [frames["normal"][name] for name in ("held", "old", "new")] == [2_000_000, 1_499_999, 1_500_000]
    reasons = frames["normal"]["reasons"]
    assert "計算した額と違いました" in reasons[0]
    assert "版が変わりました: 2025-03-31以降の版 → 2026-03-30以降の版" in reasons
    assert any("プロセス数による補助上限額: 1,499,999円 → 1,500,000円" in reason for reason in reasons)


def test_what_cannot_be_read_is_carried_as_typed_and_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs = {"capital": "千万円", "rep_name": "=1+1", "name": "#N/A", "zip": 600001, "application_date": "来月"}
    path = book(tmp_path / "q.xlsx", inputs, [LINE | {"price": "二万"}, {}, LINE])
    status, told = answer(capsys, str(path))
    now, before = open_quote(told["file"]), open_quote(path)
    assert status == 1
    for name in ("capital", "name", "zip", "application_date"):
        assert now.names[name].value == before.names[name].value, name
    assert [row["price"].value for row in now.rows[:3]] == ["二万", None, 100_000]
    assert told["not_carried"]["uncalculated"] == [layout.INPUT["rep_name"].address]
    cells = {f["cell"] for f in told["findings"] if f["code"] == "INPUT"}
    assert {layout.INPUT["capital"].address, layout.LINES.cell("price", 1)} <= cells


def test_what_the_user_added_is_named(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = load_workbook(old)
    made.create_sheet("社内メモ")["A1"] = "稟議"
    made[layout.APPLICANT]["Z5"] = "電話済み"
    made[layout.QUOTE]["AC19"] = "原価"
    made.save(old)
    told = answer(capsys, str(old))[1]
    assert told["not_carried"]["sheets"] == ["社内メモ"]
    assert told["not_carried"]["cells"] == 2


def test_many_rows_get_as_many_prepared_rows(tmp_path: Path) -> None:
    path = book(tmp_path / "q.xlsx", rows=[LINE] * 120)
    (tmp_path / "n.xlsx").write_bytes(migrate.carry(migrate.opened(path)).data)
    assert len(open_checked(tmp_path / "n.xlsx")[1].lines) == 120
    made = load_workbook(tmp_path / "n.xlsx")[layout.QUOTE].tables[layout.LINES.name]
    assert made.ref == layout.Size.of(lines=120).table(layout.LINES).ref


def test_more_rows_than_the_formulas_reach_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book(tmp_path / "q.xlsx", rows=[LINE] * (layout.MOST_LINES + 1))
    assert main(["migrate", str(path)]) == 2
    assert f"{layout.MOST_LINES + 1}行" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["q.xlsx"]


def test_the_newest_edition_decides_whether_a_date_stays() -> None:
    stays = {date(2026, 3, 29): False, date(2026, 3, 30): True, date(2020, 1, 1): False, None: True, "来月": True}
    assert {on: migrate.is_newest(Cell(on)) for on in stays} == stays


def test_an_empty_quote_of_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(["new"]) == main(["new", "--lines", "70", "--members", "80"]) == 0
    assert capsys.readouterr().out.split() == ["見積.xlsx", "見積(2).xlsx"]
    made = load_workbook("見積(2).xlsx")
    assert made[layout.QUOTE].tables["lines"].ref.endswith(str(layout.LINES.header + 70))
    assert made[layout.MEMBERS].tables["members"].ref.endswith(str(layout.MEMBER_TABLE.header + 80))
    for words in (["--lines", "501"], ["--members", "-1"], ["--lines", "x"], ["-o", "a.txt"]):
        assert main(["new", *words]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 4
