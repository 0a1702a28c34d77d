"""An input that cannot be read is no blank one: no default stands for it, and no yen is shown that it would decide."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document

from rules.assess import UNCHOSEN
from rules.checks.check import assess
from rules.frames import FRAMES, etrade, group, invoice, normal, security
from rules.frames.contract import Frame
from rules.quote import UNREAD, Quote
from templates.engine.render import drafts
from tests import quotes, samples
from tests.sheet import TOTALS, Sheet, differences, shared, typed
from workbooks.form.layout import INPUT, INPUTS, MONTH_TABLE
from workbooks.reading.filled import Cell, Filled
from workbooks.reading.quote_file import assess_filled

TEXT = "約600万円"
EVERY = ("application_date", "quoted_gross")
SIZE = ("industry", "employees", "staff_regular", "small_claim")
DECIDING: dict[Frame, tuple[str, ...]] = {  # what the amounts of a frame follow from
    normal.FRAME: (*EVERY, "near_min_wage", "months"),
    invoice.FRAME: (*EVERY, *SIZE),
    etrade.FRAME: (*EVERY, "large", "accounts_unlimited", "total_accounts"),
    security.FRAME: (*EVERY, *SIZE, "otasuke_granted"),
    group.FRAME: (
        "application_date", "analysis_cost", "admin_cost", "analysis_members", "vendor_corporate_number",
        "expert_corporate_number",
    ),
}  # fmt: skip
CASES = [(frame, name) for frame, names in DECIDING.items() for name in names]


def at(name: str) -> str:
    return MONTH_TABLE.cell("below", 1) if name == "months" else INPUT[name].address


def filled(frame: Frame, name: str, value: Any = TEXT) -> dict[str, Any]:
    """The sample of a frame as typed, with something unreadable in one cell."""
    return {**dict(typed(quotes.data(samples.of(frame)))), at(name): value}


def read(frame: Frame, name: str) -> Quote:
    found = quotes.read(filled(frame, name))
    assert any(f.code == "INPUT" and f.cell == at(name) for f in found.findings), name
    return found


@pytest.fixture
def sheet() -> Sheet:
    return shared()


@pytest.mark.parametrize(("frame", "name"), CASES, ids=lambda v: getattr(v, "NAME", v))
def test_the_command_shows_no_yen_where_the_sheet_shows_none(frame: Frame, name: str, sheet: Sheet) -> None:
    sheet.fill(filled(frame, name))
    quote, shown = read(frame, name), sheet.read()
    own = {f"out_{name}" for name in TOTALS} | {f"out_{f.name}_subsidy" for f in FRAMES}
    assert {n: v for n, v in differences(quote, shown).items() if n in own} == {}
    a = assess(quote, frame)
    assert (a.subsidy, a.out_of_pocket) == (None, None)
    assert a.needs


@pytest.mark.parametrize("frame", FRAMES, ids=lambda f: f.name)
def test_no_unreadable_input_gives_another_amount(frame: Frame) -> None:
    """Each either has no part in an amount, or there is none."""
    good = assess(samples.of(frame), frame)
    for name in (i.name for i in INPUTS):
        quote = quotes.read(filled(frame, name))
        if quote.unread(name):
            a = assess(quote, frame)
            for amount in TOTALS:
                assert getattr(a, amount) in (None, getattr(good, amount)), (name, amount)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda f: f.name)
def test_a_frame_that_cannot_be_read_is_none(frame: Frame) -> None:
    cells = filled(frame, "frame")
    names = {i.name: Cell(cells.get(i.address), i.address) for i in INPUTS}
    a = assess_filled(Filled(names, ()))
    assert (a.subsidy, a.total, a.gross, a.needs) == (None, None, None, UNCHOSEN)
    assert assess_filled(Filled(names, ()), frame).needs != UNCHOSEN  # the call names it


@pytest.mark.parametrize("name", ["analysis_cost", "admin_cost"])
def test_no_draft_of_a_group_counts_an_unreadable_cost_as_nothing(name: str, tmp_path: Path) -> None:
    a = assess(read(group.FRAME, name), group.FRAME)
    good = assess(samples.of(group.FRAME), group.FRAME)
    assert a.needs == UNREAD
    made = drafts(a, tmp_path)
    assert len(made) > 3
    for path in made:
        document: Any = Document(str(path))
        text = "\n".join(t.text or "" for t in document.element.body.iter() if t.tag.endswith("}t"))
        amounts = (good.subsidy, good.total, good.gross, good.own_burden, good.out_of_pocket)
        assert not [v for v in amounts if f"{v:,}" in text], path.name
        assert "経費は0 円" not in text


@pytest.mark.parametrize("frame", FRAMES, ids=lambda f: f.name)
def test_drafts_are_made_without_a_date(frame: Frame, tmp_path: Path) -> None:
    assert drafts(assess(read(frame, "application_date"), frame), tmp_path)
