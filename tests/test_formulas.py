"""The formulas as Excel text, recalculated by an engine of somebody else: plain cells of every frame, and LAMBDA."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from rules.engine.edition import edition
from rules.engine.evaluate import formulas, scalar
from rules.engine.formula import renamed
from rules.engine.steps import Trace
from rules.frames import FRAMES, group
from rules.frames.contract import Frame
from tests.engines import differences
from tests.engines.quotes import invalid
from tests.engines.sheets import CELLS, shown, with_names
from tests.random_rows import arguments, cell, rows
from workbooks.building.cached_values import for_formulon
from workbooks.lambdas.frames import frame_lambda
from workbooks.lambdas.names import stored

SINGLE = [f for f in FRAMES if not f.members]
EDITIONS = (date(2025, 6, 1), date(2026, 6, 1))
frames = pytest.mark.parametrize("frame", SINGLE, ids=lambda f: f.name)


@frames
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_one_step_a_cell_gives_the_yen(frame: Frame, data: st.DataObject) -> None:
    table, on = data.draw(rows(frame, cell)), data.draw(st.sampled_from(EDITIONS))
    assert differences(CELLS, frame, table, on) == (len(table), [])


@frames
def test_errors_of_every_kind_come_back_from_every_argument(frame: Frame) -> None:
    count, different = differences(CELLS, frame, invalid(frame), EDITIONS[1])
    assert count > 50 and different == []


@frames
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_a_lambda_of_one_edition_gives_the_yen(frame: Frame, data: st.DataObject) -> None:
    table, on = data.draw(st.lists(arguments(frame), min_size=1, max_size=10)), data.draw(st.sampled_from(EDITIONS))
    words = [",".join(str(row[a.name]).upper() for a in frame.arguments) for row in table]
    with with_names() as engine:
        engine.set_defined_name("FRAME", for_formulon(stored(frame_lambda(frame, on))))
        for r, text in enumerate(words):
            engine.set_formula(0, r, 0, f"=FRAME({text})")
        engine.recalc()
        got = [shown(engine.get_value(0, r, 0)) for r in range(len(words))]
    assert got == [scalar(frame, row, on).subsidy for row in table]


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
    refs = {name: f"{get_column_letter(i)}1" for i, name in enumerate(totals, 1)}
    with with_names() as engine:
        for i, value in enumerate(totals.values()):
            engine.set_number(0, 0, i, value)
        for i, step in enumerate(formulas(group.FRAME, on), 10):
            engine.set_formula(0, 0, i, "=" + renamed(step.value.text, refs))
            refs[step.name] = f"{get_column_letter(i + 1)}1"
        engine.recalc()
        got = [shown(engine.get_value(0, 0, i)) for i in range(10, len(refs) + 5)]
    expected = Trace()
    group.subsidy(SimpleNamespace(**totals), edition(group.Edition, on), expected)
    assert got == [s.value for s in expected]


def test_only_plain_functions_are_used() -> None:
    for frame in FRAMES:
        for step in formulas(frame):
            assert set(re.findall(r"([A-Z]+)\(", step.value.text)) <= {"IF", "INT"}
