"""Each number of each edition matters: changed, a case fails, and law, Excel text, SQL and the draft show it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from addin.cli.commands.law import law
from rules import line_limits as lines
from rules.checks.check import assess
from rules.engine.argument import ArgumentError
from rules.engine.edition import edition
from rules.engine.evaluate import columns, formulas, in_force, scalar
from rules.frames import frame as named
from rules.frames import invoice
from rules.frames.contract import Frame
from rules.quote import Line
from templates.content.context import context
from tests import samples
from tests.cases import Case, cases
from tests.mutation import Value, halved, values
from workbooks.building.quote_workbook import made
from workbooks.form.layout import LISTS
from workbooks.lambdas.frames import frame_lambda

# These decide no amount: they only say when a notice is due.
NOTICES = {("invoice", "form"), ("normal", "upper_tier_from")}
# 2025 holds the strict reading twice; 2026 keeps it beside the flyer's for the notice.
READINGS = {("normal", "lower_tier", "strict")}
ALL = values()


def decides(v: Value) -> bool:
    return (v.name, v.parameter) not in NOTICES and (v.name, v.parameter, v.key) not in READINGS


def outcome(case: Case, frame: Frame) -> Any:
    try:
        c = scalar(frame, case.arguments, case.as_of)
    except ArgumentError as e:
        return e.error
    return c.subsidy, tuple(frame.findings(c, in_force(frame, case.as_of)))


def of_edition(v: Value) -> list[Case]:
    """The frame's cases that this edition answers; of those with thousands of members none is needed."""
    found = [c for c in cases(v.name) if edition(v.law, c.as_of).since == v.since]
    return [c for c in found if len(c.arguments.get("members", ())) < 100]


def sql(frame: Frame, on: date) -> str:
    import ibis

    kinds = {a.name: "boolean" if a.kind == "flag" else "int64" for a in frame.inputs}
    t = ibis.table(kinds, name="t")
    return str(ibis.to_sql(t.select(x=columns(frame, {name: t[name] for name in kinds}, on))))


def excel(frame: Frame, on: date) -> str:
    cells = "\n".join(s.value.text for s in formulas(frame, on))
    return cells + frame_lambda(frame, on)


@pytest.mark.parametrize("v", ALL, ids=str)
def test_a_changed_value_fails_a_case_and_shows_everywhere(v: Value) -> None:
    mine, on = of_edition(v), v.since
    before = [outcome(c, named(v.name)) for c in mine]
    shown = law(named(v.name), on), sql(named(v.name), on), excel(named(v.name), on)
    with halved(v):
        after = [outcome(c, named(v.name)) for c in mine]
        now = law(named(v.name), on), sql(named(v.name), on), excel(named(v.name), on)
    assert now[0] != shown[0], "law"
    if decides(v):
        assert [a[0] for a in after] != [b[0] for b in before], "cases"
        assert now[1] != shown[1], "SQL"
        assert now[2] != shown[2], "Excel"
    elif v.since.year == 2026 or v.parameter != "lower_tier":
        assert after != before, "findings"


@pytest.mark.parametrize(
    "v", [v for v in ALL if v.law is invoice.Edition and v.since.year == 2026 and decides(v)], ids=str
)
def test_a_changed_value_shows_in_the_draft(v: Value) -> None:
    before = drafted()
    with halved(v):
        after = drafted()
    assert before != after


def drafted() -> str:
    """The steps of three drafts: the sample, one with a till, and one with a single function."""
    till = Line(6, "POSレジ", samples.TOOL, 9, contract="買取", unit="台", quantity=1, price=500_000)
    single = replace(samples.LINES[0], functions=frozenset(("会計",)))
    quotes = [samples.LINES, (*samples.LINES, till), (single, *samples.LINES[1:])]
    return str([context(samples.assessment(lines=lines, quoted_gross=None))["steps"] for lines in quotes])


def sheet() -> list[str]:
    """Every formula of the workbook, and the lists that its formulas look into."""
    cells = [(s.title, cell) for s in made() for row in s.iter_rows() for cell in row if cell.value is not None]
    return [str(cell.value) for title, cell in cells if cell.data_type == "f" or title == LISTS]


@cache
def as_shipped() -> list[str]:
    return sheet()


@pytest.mark.parametrize("v", [v for v in ALL if v.law is invoice.Edition and decides(v)], ids=str)
def test_a_changed_value_shows_in_the_sheet(v: Value) -> None:
    before = as_shipped()
    with halved(v):
        assert sheet() != before


LIMITS = [
    v for v in values([lines.Edition]) if v.parameter not in ("otasuke_months",)
]  # お助け隊: the security frame's quotes, not yet


@pytest.mark.parametrize("v", LIMITS, ids=str)
def test_a_changed_limit_on_the_lines_changes_a_quote(v: Value) -> None:
    dear = replace(samples.LINES[2], price=10_000, quantity=200)
    support = replace(samples.LINES[3], months=24)
    consulting = Line(6, "導入コンサル", samples.TOOL, 5, contract="買取", unit="回", quantity=1, price=1_000)
    made_of = (samples.LINES[0], samples.LINES[1], dear, support, consulting)
    quote = replace(samples.quote(quoted_gross=None, application_date=v.since), lines=made_of)
    before, shown = assess(quote, invoice.FRAME), as_shipped()
    with halved(v):
        after, now = assess(quote, invoice.FRAME), sheet()
    assert (after.subsidy, after.findings) != (before.subsidy, before.findings)
    assert now != shown or v.parameter == "hourly"  # which warns in the checks alone


def test_the_values_of_both_editions_are_all_there() -> None:
    counted = {(v.name, v.since.year) for v in ALL}
    assert len(counted) == 10
    assert len(ALL) > 50
