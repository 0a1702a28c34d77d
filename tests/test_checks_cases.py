"""Each code of the checks in each frame: a quote that triggers it at the right cell, and the twin that does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rules.assess import Assessment
from rules.checks.check import assess
from rules.checks.codes import codes
from rules.findings import ERROR
from rules.quote import Quote
from tests import books, samples
from tests.mistakes import CASES, Case
from workbooks.reading import quote_file
from workbooks.reading.identifiers import number_findings

ELSEWHERE = {"RESULT", "LOST", "HIDDEN", "LENGTH", "DATES", "LETTERS"}  # tests of the reader and of the entries
ELSEWHERE |= {"PRICE", "REGISTERED", "ACTUAL", "STEPS", "PAID"}  # of a price list, and of what was bought and paid
NAMES = [f"{c.code}-{c.frame.name}-{c.place}-{n}" for n, c in enumerate(CASES)]


def assessed(q: Quote, case: Case) -> Assessment:
    return assess(replace(q, findings=number_findings(q)), case.frame)


def found(a: Assessment, case: Case) -> dict[tuple[str, str], str]:
    """(code, place) -> level, without what the frame's sample always has or the case names besides."""
    besides = {*case.also, *({"FORM"} if case.code != "FORM" else ())}
    return {(f.code, f.cell): f.level for f in a.findings if f.code not in besides}


def level(case: Case) -> str:
    return case.level or codes()[case.code]["level"]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_mistake_is_found_in_its_cell_and_nothing_else_is(case: Case) -> None:
    a = assessed(samples.of(case.frame, **case.change), case)
    assert found(a, case) == {(case.code, case.place): level(case)}
    assert {f.code for f in a.findings} >= set(case.also)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_twin_is_silent(case: Case) -> None:
    """A case without a twin of its own has the sample of its frame."""
    a = assessed(samples.of(case.frame, **case.twin), case)
    assert found(a, case) == {}


@pytest.mark.parametrize("case", [c for c in CASES if c.file], ids=lambda c: f"{c.code}-{c.frame.name}-{c.place}")
def test_so_it_is_through_a_file(case: Case, tmp_path: Path) -> None:
    book = books.filled_in(tmp_path / "quote.xlsx", samples.of(case.frame, **case.change))
    a = quote_file.assess_file(book)
    wanted = (case.code, books.address(case.place))
    assert a.frame == case.frame.name
    assert found(a, case) == {wanted: level(case)}


def test_every_code_has_a_case() -> None:
    assert {c.code for c in CASES} == codes().keys() - ELSEWHERE


def test_where_a_frame_falls_it_pays_nothing() -> None:
    for case in CASES:
        if case.code in ("ETRADE", "OTASUKE", "GENERIC") or (case.code == "GROUP" and level(case) == ERROR):
            assert assessed(samples.of(case.frame, **case.change), case).subsidy == 0, case
