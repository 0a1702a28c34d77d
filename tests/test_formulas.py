"""The formulas as Excel text, recalculated by an engine of somebody else: plain cells of every frame, and LAMBDA."""

from __future__ import annotations

import io
import re
from datetime import date
from types import ModuleType, SimpleNamespace
from typing import Any

import formulon
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from rules import group
from rules.argument import ArgumentError, ExcelError
from rules.edition import edition
from rules.evaluate import formulas, guard, guarded, lambda_text, scalar
from rules.formula import renamed
from rules.frames import FRAMES
from rules.trace import Trace
from tests.random_rows import arguments, cell, rows

SINGLE = [f for f in FRAMES if f is not group]
EDITIONS = (date(2025, 6, 1), date(2026, 6, 1))
frames = pytest.mark.parametrize("frame", SINGLE, ids=lambda f: f.NAME)
ODD = ("abc", 0.5, -1, ExcelError("#N/A"), ExcelError("#DIV/0!"), None, 10_000_000_001, 0, True)


def recalculated(cells: dict[str, Any], names: dict[str, str] | None = None) -> dict[str, Any]:
    """The values of the formula cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for address, value in cells.items():
        sheet[address] = value
    for name, text in (names or {}).items():
        book.defined_names[name] = DefinedName(name, attr_text=text)
    file = io.BytesIO()
    book.save(file)
    engine = formulon.Workbook.load(file.getvalue())
    engine.recalc()
    wanted = [a for a, v in cells.items() if isinstance(v, str) and v.startswith("=")]
    return {a: shown(engine, a) for a in wanted}


def shown(engine: Any, address: str) -> Any:
    letters, number = re.fullmatch(r"([A-Z]+)(\d+)", address).groups()  # type: ignore[union-attr]
    value = engine.get_value(0, int(number) - 1, column_index_from_string(letters) - 1).to_python()
    return formulon.error_display_name(value.error_code) if hasattr(value, "error_code") else value


def outcome(frame: ModuleType, row: tuple[Any, ...], on: date) -> Any:
    try:
        return scalar(frame, dict(zip((a.name for a in frame.ARGUMENTS), row, strict=True)), on).subsidy
    except ArgumentError as e:
        return e.error


def sheet_of(frame: ModuleType, table: list[tuple[Any, ...]], on: date) -> tuple[dict[str, Any], list[str]]:
    """One row of cells per quote: inputs, guarded inputs, one cell a step; and the addresses of the results."""
    steps, given_to = formulas(frame, on), [a.name for a in frame.ARGUMENTS]
    width = len(given_to)
    cells: dict[str, Any] = {}
    results: list[str] = []
    for r, row in enumerate(table, 1):
        refs = {name: f"{get_column_letter(width + i)}{r}" for i, name in enumerate(given_to, 1)}
        for i, (a, value) in enumerate(zip(frame.ARGUMENTS, row, strict=True), 1):
            cells[f"{get_column_letter(i)}{r}"] = value
            cells[refs[a.name]] = "=" + guard(a, f"{get_column_letter(i)}{r}")
        for low, high in getattr(frame, "WITHIN", ()):
            cells[refs[low]] = f"=IF(({guard_of(frame, low, r)})<={refs[high]},{guard_of(frame, low, r)},#NUM!)"
        for i, step in enumerate(steps, 2 * width + 1):
            cells[f"{get_column_letter(i)}{r}"] = "=" + renamed(step.value.text, refs)
            refs[step.name] = f"{get_column_letter(i)}{r}"
        result = f"{get_column_letter(2 * width + len(steps) + 1)}{r}"
        cells[result] = "=" + guarded(refs[steps[-1].name], [refs[name] for name in given_to])
        results.append(result)
    return cells, results


def guard_of(frame: ModuleType, name: str, r: int) -> str:
    i = [a.name for a in frame.ARGUMENTS].index(name)
    return guard(frame.ARGUMENTS[i], f"{get_column_letter(i + 1)}{r}")


@frames
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_one_step_a_cell_gives_the_yen(frame: ModuleType, data: st.DataObject) -> None:
    table, on = data.draw(rows(frame, cell)), data.draw(st.sampled_from(EDITIONS))
    cells, results = sheet_of(frame, table, on)
    got = recalculated(cells)
    assert [got[a] for a in results] == [outcome(frame, row, on) for row in table]


@frames
def test_errors_of_every_kind_come_back_from_every_argument(frame: ModuleType) -> None:
    on = EDITIONS[1]
    sound: list[Any] = [100_000 if a.kind == "yen" else a.kind == "flag" or 3 for a in frame.ARGUMENTS]
    table = [tuple(odd if i == j else v for j, v in enumerate(sound)) for i in range(len(sound)) for odd in ODD]
    cells, results = sheet_of(frame, table, on)
    got = recalculated(cells)
    assert [got[a] for a in results] == [outcome(frame, row, on) for row in table]


@frames
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_a_lambda_gives_the_yen(frame: ModuleType, data: st.DataObject) -> None:
    table, on = data.draw(st.lists(arguments(frame), min_size=1, max_size=10)), data.draw(st.sampled_from(EDITIONS))
    words = [",".join(str(row[a.name]).upper() for a in frame.ARGUMENTS) for row in table]
    calls = {f"A{i}": f"=FRAME({text})" for i, text in enumerate(words, 1)}
    got = recalculated(calls, {"FRAME": in_file(lambda_text(frame, on))})
    assert list(got.values()) == [scalar(frame, row, on).subsidy for row in table]


def in_file(text: str) -> str:
    """A LAMBDA as the file holds it, in the form that the engine of this test accepts."""
    for name in ("LAMBDA", "LET", "ISOMITTED"):
        text = re.sub(rf"\b{name}\(", f"_xlfn.{name}(", text)
    return text.removeprefix("=")


@given(st.lists(st.integers(0, 9_000_000), min_size=6, max_size=6), st.sampled_from(EDITIONS))
@settings(max_examples=40, deadline=None)
def test_the_groups_formula_gives_the_yen(drawn: list[int], on: date) -> None:
    base, b, c, heads, count, _ = drawn
    totals = {
        "base": base * 5,
        "count": count % 14,
        "analysis_cost": b,
        "admin_cost": c,
        "analysis_members": heads % 10,
    }
    cells: dict[str, Any] = {f"{get_column_letter(i)}1": v for i, v in enumerate(totals.values(), 1)}
    refs = {name: f"{get_column_letter(i)}1" for i, name in enumerate(totals, 1)}
    for i, step in enumerate(formulas(group, on), 10):
        cells[f"{get_column_letter(i)}1"] = "=" + renamed(step.value.text, refs)
        refs[step.name] = f"{get_column_letter(i)}1"
    expected = Trace()
    group.subsidy(SimpleNamespace(**totals), edition(group.Edition, on), expected)
    got = recalculated(cells)
    assert [got[refs[s.name]] for s in expected] == [s.value for s in expected]


def test_only_plain_functions_are_used() -> None:
    for frame in FRAMES:
        for step in formulas(frame):
            assert set(re.findall(r"([A-Z]+)\(", step.value.text)) <= {"IF", "INT"}


@frames
def test_a_lambda_is_short_enough_for_a_cell(frame: ModuleType) -> None:
    assert len(lambda_text(frame)) < 8192
