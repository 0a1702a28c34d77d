"""補助額's comparison and 見積's 税区分: what is not calculated is not shown as 0, what is blank is not silent."""

from __future__ import annotations

import pytest

from rules.frames import FRAMES, invoice
from rules.frames.contract import Frame
from tests import samples
from tests.sheet import Sheet, shared
from tests.test_check_sheet import typed
from workbooks.building.sheets import compare
from workbooks.form.amount_layout import SECTIONS
from workbooks.form.layout import AMOUNT, INPUT, RESULT, TAX_MODES


@pytest.fixture
def sheet() -> Sheet:
    return shared()


def bars(sheet: Sheet) -> dict[str, float]:
    """The label of each bar and its length."""
    sheet.engine.recalc()
    rows = range(compare.FIRST, compare.END + 1)
    return {sheet.shown(f"{AMOUNT}!{compare.LABEL}{r}"): sheet.shown(f"{AMOUNT}!{compare.SHOWN}{r}") for r in rows}


def test_a_frame_that_cannot_be_calculated_says_so_at_its_bar(sheet: Sheet) -> None:
    sheet.enter({"inputs": {}})
    assert set(bars(sheet)) == {f"{f.label}{compare.NO_BAR}" for f in FRAMES}


@pytest.mark.parametrize("frame", FRAMES, ids=lambda f: f.name)
def test_a_bar_has_the_subsidy_of_its_frame(sheet: Sheet, frame: Frame) -> None:
    sheet.enter(typed(samples.of(frame)))
    shown = bars(sheet)
    amounts = {s.frame.label: sheet.shown(RESULT[f"out_{s.frame.name}_subsidy"].address) for s in SECTIONS}
    assert shown == {f"{label}{compare.NO_BAR if a is None else ''}": a or 0 for label, a in amounts.items()}
    assert frame.label in shown


def test_a_blank_tax_mode_says_what_it_means_and_means_it(sheet: Sheet) -> None:
    where, _, cell = INPUT["tax_mode"].address.partition("!")
    assert sheet.shown(f"{where}!B{cell[1:]}").endswith(f"（空欄は{TAX_MODES[0]}として計算）")
    assert INPUT["tax_mode"].hint.endswith(INPUT["tax_mode"].blank)
    data = typed(samples.of(invoice.FRAME))
    rest = {k: v for k, v in data["inputs"].items() if k != "tax_mode"}
    totals: list[float] = []
    for inputs in (rest, rest | {"tax_mode": TAX_MODES[0]}, rest | {"tax_mode": TAX_MODES[1]}):
        sheet.enter({**data, "inputs": inputs})
        totals.append(sheet.read()["out_gross"])
    assert totals[0] == totals[1] != totals[2]
