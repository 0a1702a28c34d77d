"""関数: every function of the add-in, its stored value seen without the add-in, and the plain value beside it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from addin.functions.catalog import PREFIX, catalog
from workbooks.building.build import HERE
from workbooks.building.sheets import functions
from workbooks.form.layout import FUNCTIONS


@pytest.fixture(scope="module")
def path() -> Path:
    return HERE / "quote.xlsx"


def test_every_function_has_an_example() -> None:
    assert {PREFIX + e.name for e in functions.EXAMPLES} == set(catalog)
    assert len(functions.EXAMPLES) == functions.COUNT


def test_stored_values_show_without_the_add_in(path: Path) -> None:
    rows: list[list[Any]] = (
        CalamineWorkbook.from_path(path).get_sheet_by_name(FUNCTIONS).to_python(skip_empty_area=False)
    )
    for n, example in enumerate(functions.EXAMPLES):
        live, plain = (_plain(rows[functions.TOP + n * functions.STEP - 1][column]) for column in (5, 6))
        assert live == plain == example.value, example.name


def _plain(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def test_the_live_cells_call_the_functions_by_their_bare_names(path: Path) -> None:
    sheet = load_workbook(path)[FUNCTIONS]
    for n, example in enumerate(functions.EXAMPLES):
        row = functions.TOP + n * functions.STEP
        live = sheet[f"F{row}"]
        assert live.data_type == "f" and str(live.value) == f"={example.formula}"
        assert f"{PREFIX}{example.name}(" in str(live.value)
        assert sheet[f"C{row}"].data_type == "s" and sheet[f"C{row}"].quotePrefix
        assert catalog[PREFIX + example.name].doc in str(sheet[f"B{row + 1}"].value)


def test_the_ranges_of_the_examples_hold_what_was_calculated(path: Path) -> None:
    sheet = load_workbook(path)[FUNCTIONS]
    for found in (functions.MEMBER_RANGE, functions.QUOTE_RANGE):
        cells = [[c.value for c in row] for row in sheet[found.place.replace("$", "")]]
        assert cells == [list(row) for row in found.rows]


def test_examples_are_amounts_and_dates() -> None:
    kinds = {e.name: type(e.value) for e in functions.EXAMPLES}
    assert kinds["INVOICE"] is int and kinds["GROUP"] is int and kinds["DEADLINE"] is date
