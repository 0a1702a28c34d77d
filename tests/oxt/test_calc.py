"""The functions and the menu in LibreOffice Calc itself, one office for all tests of this module."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from addin import functions
from addin.calc import menu
from addin.functions.catalog import catalog
from rules.frames import invoice
from tests.cases import FRAMES, cases
from tests.oxt import bundled, worked
from tests.oxt.cases import workbook
from tests.oxt.formulas import ARRAYS, CELLS, FORMULAS
from tests.ranges import LINES
from workbooks.form import layout

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "examples" / "wholesale.xlsx"
PRICE = layout.LINES.cell("price", 1)
TOTAL = layout.INPUT["quoted_gross"].address  # the printed total, which a changed price contradicts

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Everything that this module asks of LibreOffice, in one run."""
    folder = tmp_path_factory.mktemp("calc")
    written = {"wanted": workbook(folder / "cases.xlsx"), "folder": folder}
    typed = [*CELLS, *((f"K{r}", f"={f}") for r, (f, _) in enumerate(FORMULAS, 1))]
    jobs = {
        "cells": {
            "set": typed,
            "array": [(at, f"={f}") for at, f, _ in ARRAYS],
            "read": [f"K1:K{len(FORMULAS)}", *(at for at, _, _ in ARRAYS)],
            "choose": ["check", "nonsense"],
        },
        "cases": {"open": str(folder / "cases.xlsx"), "calculate": True, "save": str(folder / "calculated.xlsx")},
        "compare": {"open": str(_lines(folder / "lines.xlsx")), "calculate": True, "read": ["lines!P1:S5"]},
        "linked": {
            "open": str(_linked(folder / "linked.xlsx")),
            "read": ["Sheet!B1:B5", "locked!B1"],
            "formulas": ["Sheet!B1", "Sheet!B4"],
            "choose": ["repair"],
        },
        "quote": _changed(folder),
        "reopened": {"open": str(folder / "changed.xlsx"), "read": ["試し!A1:A3"], "formulas": ["試し!A1"], "calculate": True},
        "menu": {"open": str(shutil.copy(EXAMPLE, folder / "見積 山田&100%.xlsx")), "choose": ["check", "compare", "draft"]},
        "unsaved": {"open": str(folder / "見積 山田&100%.xlsx"), "set": [("A1", 1)], "choose": ["compare", "repair"]},
    }  # fmt: skip
    yield written | dict(zip(jobs, worked(list(jobs.values()), folder, bundled(folder)), strict=True))


def _lines(path: Path) -> Path:
    """Lines of a quote, and their comparison."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "lines"
    for row in LINES:
        sheet.append(row)
    sheet["P1"] = ArrayFormula("P1:S5", f"=SUBSIDY_COMPARE(A1:M{len(LINES)},TRUE)")
    book.save(path)
    return path


def _linked(path: Path) -> Path:
    """A workbook that calls the functions as Excel stores them beside another add-in."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = 1_000_000
    sheet["B1"] = "=[1]!SUBSIDY_INVOICE(A1,TRUE)"
    sheet["B2"] = "=IF(A1>0,[1]!SUBSIDY_INVOICE(A1,FALSE),0)+'C:\\山田 太郎\\Hojokin.xlam'!SUBSIDY_INVOICE(0,TRUE)"
    sheet["B3"] = "=_xludf.SUBSIDY_SECURITY(240000,TRUE)"
    sheet["B4"] = ArrayFormula("B4:B5", "=[1]!SUBSIDY_INVOICE({625000;1000000},TRUE)")
    locked = book.create_sheet("locked")
    locked["B1"] = "=[1]!SUBSIDY_INVOICE(1000000,TRUE)"
    locked.protection.sheet = True
    book.save(path)
    return path


def _changed(folder: Path) -> dict[str, Any]:
    """A quote with our functions beside its own formulas; a price is changed in Calc."""
    book = load_workbook(EXAMPLE)
    arguments = ";".join([*(_name(book, a.name) for a in invoice.ARGUMENTS), "application_date"])
    formulas = [f"SUBSIDY_INVOICE({arguments})", "out_invoice_subsidy", f'SUBSIDY_WHY("invoice";{arguments})']
    return {
        "open": str(shutil.copy(EXAMPLE, folder / "quote.xlsx")),
        "sheet": "試し",
        "set": [*((f"試し!A{r}", f"={f}") for r, f in enumerate(formulas, 1)), (PRICE, 9_980), (TOTAL, "")],
        "read": ["試し!A1:A3", PRICE],
        "formulas": ["試し!A1"],
        "save": str(folder / "changed.xlsx"),
    }


def _name(book: Any, argument: str) -> str:
    return next(n for n in (f"out_invoice_{argument}", f"out_{argument}") if n in book.defined_names)


def test_values_and_errors(office: dict[str, Any]) -> None:
    shown = [row[0] for row in office["cells"]["read"][f"K1:K{len(FORMULAS)}"]]
    assert dict(zip([f for f, _ in FORMULAS], shown, strict=True)) == dict(FORMULAS)
    assert {name for name in catalog if any(f.startswith(name) for f, _ in FORMULAS)} == set(catalog)


def test_ranges_give_their_own_shape(office: dict[str, Any]) -> None:
    for at, formula, expected in ARRAYS:
        assert _plain(office["cells"]["read"][at]) == _plain(expected), formula


def _plain(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [["" if cell is None else cell for cell in row] for row in rows]


def test_every_worked_example(office: dict[str, Any]) -> None:
    book = load_workbook(office["folder"] / "calculated.xlsx", data_only=True)
    wanted = {f"{sheet}!{cell}": value for sheet, cells in office["wanted"].items() for cell, value in cells}
    shown = {at: book[at.split("!")[0]][at.split("!")[1]].value for at in wanted}
    assert shown == wanted
    assert len(wanted) > 2 * sum(len(cases(frame)) for frame in FRAMES)


def test_names_in_the_file_stay_plain(office: dict[str, Any]) -> None:
    book = load_workbook(office["folder"] / "calculated.xlsx")
    texts = [getattr(cell.value, "text", cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    calls = [text for text in texts if isinstance(text, str) and "SUBSIDY_" in text]
    assert len(calls) > sum(len(cases(frame)) for frame in FRAMES)
    assert {text.split("(")[0] for text in calls} == {f"=SUBSIDY_{frame.upper()}" for frame in FRAMES}


def test_compare_reads_lines_as_the_workbook_does(office: dict[str, Any]) -> None:
    assert _plain(office["compare"]["read"]["lines!P1:S5"]) == _plain(functions.compare(LINES, True))


def test_a_changed_price_is_followed_and_survives_saving(office: dict[str, Any]) -> None:
    (amount,), (own,), (why,) = office["quote"]["read"]["試し!A1:A3"]
    assert office["quote"]["read"][PRICE] == [[9_980]]
    assert amount == own != _shipped("out_invoice_subsidy")
    assert f"{int(amount):,}円" in why
    assert office["reopened"]["read"]["試し!A1:A3"] == office["quote"]["read"]["試し!A1:A3"]
    assert office["reopened"]["formulas"] == office["quote"]["formulas"]
    saved = load_workbook(office["folder"] / "changed.xlsx")["試し"]["A1"].value
    assert saved.startswith("=SUBSIDY_INVOICE(out_invoice_cost,")


def _shipped(name: str) -> Any:
    """A result as the shipped example holds it."""
    book = load_workbook(EXAMPLE, data_only=True)
    ((sheet, cell),) = book.defined_names[name].destinations
    found: Any = book[sheet][cell]
    return found.value


def test_links_to_another_add_in_are_mended_on_load(office: dict[str, Any]) -> None:
    linked = office["linked"]
    assert linked["read"]["Sheet!B1:B5"] == [[750_000], [722_222], [160_000], [500_000], [750_000]]
    assert linked["formulas"] == {
        "Sheet!B1": "=SUBSIDY_INVOICE(A1,TRUE())",
        "Sheet!B4": "{=SUBSIDY_INVOICE({625000;1000000},TRUE())}",
    }
    assert linked["read"]["locked!B1"][0][0].startswith("error")
    assert linked["said"] == [
        [1, "つなぎ直すセルはありません。\n1個のセルは保護されたシートにあるため、そのままです。保護を外してください。"]
    ]


def test_the_menu_asks_the_command_line(office: dict[str, Any]) -> None:
    (well, check), (better, compare), (best, draft) = office["menu"]["said"]
    assert well == better == best == 1, office["menu"]["said"]
    assert check.startswith("インボイス枠 インボイス対応類型として調べました。")
    late, _, head, first, *_ = compare.splitlines()
    assert late.startswith("申請日（2026-10-05）の後に、収録した締切が複数者連携デジタル化・AI導入枠にありません。")
    assert head.startswith("補助額の大きい順です")
    assert first.startswith("・インボイス枠 インボイス対応類型: 補助額 ")
    said, *names = draft.splitlines()
    names = [name for name in names if name.endswith(".docx")]
    assert said == f"下書きを{len(names)}つ、{office['folder']} に作りました。"
    assert names and all((office["folder"] / name).exists() for name in names)


def test_what_the_menu_refuses(office: dict[str, Any]) -> None:
    (failed, save), (odd, unknown) = office["cells"]["said"]
    assert failed == odd == 0
    assert save == menu.SAVE
    assert unknown.startswith("プログラムの誤りで「nonsense」ができませんでした") or unknown == menu.SAVE
    assert office["unsaved"]["said"] == [[0, menu.UNSAVED], [1, "つなぎ直すセルはありません。"]]
