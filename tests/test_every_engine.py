"""A slice of `python -m tests.engines` and `python -m tests.every_yen`: every engine gives the same, errors included."""

from __future__ import annotations

from datetime import date

import pytest

from rules.engine.argument import ExcelError
from rules.frames import FRAMES, invoice, security
from rules.frames.contract import Frame
from tests import every_yen
from tests.engines import ENGINES, Engine, Row, differences, groups, reference
from tests.engines.known import ARRAY, CALC, CALLS, COLUMN, KNOWN, NAMES, NUMPY
from tests.engines.quotes import boundaries, invalid, random

SINGLE = [f for f in FRAMES if not f.members]
DAYS = (date(2025, 6, 1), date(2026, 6, 1))
frames = pytest.mark.parametrize("frame", SINGLE, ids=lambda f: f.name)
IN_CALC = (CALC, CALLS, ARRAY)
IN_PROCESS = [pytest.param(e, id=e.name) for e in ENGINES if e not in IN_CALC]


def some(frame: Frame, on: date) -> list[Row]:
    """Some random quotes, some boundaries, every third invalid one."""
    edges = boundaries(frame)
    return [*random(frame, 100, seed=on.year), *edges[:: len(edges) // 60], *invalid(frame)[::3]]


@frames
@pytest.mark.parametrize("engine", IN_PROCESS)
def test_an_engine_gives_what_each_quote_gives_by_itself(engine: Engine, frame: Frame) -> None:
    for on in DAYS:
        count, different = differences(engine, frame, some(frame, on), on)
        assert count > 100 and different == []


@pytest.mark.office
@frames
@pytest.mark.parametrize("engine", IN_CALC, ids=lambda e: e.name)
def test_calc_gives_what_each_quote_gives_by_itself(engine: Engine, frame: Frame) -> None:
    count, different = differences(engine, frame, [*some(frame, DAYS[1]), *invalid(frame)], DAYS[1])
    assert count > 100 and different == []


@pytest.mark.office
def test_the_extension_in_calc_gives_what_each_group_gives_by_itself() -> None:
    count, different = groups.differences(100, DAYS[1], in_calc=True)
    assert count > 50 and different == []


@frames
@pytest.mark.parametrize("engine", [NAMES, COLUMN], ids=lambda e: e.name)
def test_a_day_before_the_first_edition_is_an_error_after_those_of_the_arguments(engine: Engine, frame: Frame) -> None:
    assert differences(engine, frame, invalid(frame), date(2024, 6, 1))[1] == []


def test_an_engine_that_is_wrong_is_found() -> None:
    off = Engine("off by one", lambda frame, rows, on: [_one_more(reference(frame, row, on)) for row in rows])
    rows = [(100_000, True), (None, True)]
    assert differences(off, security.FRAME, rows, DAYS[1]) == (2, [((100_000, True), 66_667, 66_666)])


def _one_more(answer: int | str) -> int | str:
    return answer + 1 if isinstance(answer, int) else answer


def test_an_engine_is_asked_only_what_it_takes() -> None:
    rows = [(100_000, True), ("abc", True), (ExcelError("#N/A"), False), (-1, True)]
    assert differences(NUMPY, security.FRAME, rows, DAYS[1]) == (2, [])
    assert set(KNOWN) == {e.name for e in ENGINES}


@pytest.mark.parametrize("year", [2025, 2026])
@pytest.mark.parametrize("name", every_yen.OTHERS)
def test_every_yen_of_a_stretch_agrees_with_the_oracle(name: str, year: int) -> None:
    parts = list(every_yen.stretches(name, year, top=9_999))
    assert [every_yen.differences(p) for p in parts] == [0] * len(every_yen.OTHERS[name])
    assert sum(p.last - p.first for p in every_yen.stretches(invoice.FRAME.name, year)) == 4 * 10_000_001
