"""合計からの値引 spread over the lines: by hand, against the oracle, as a formula on numbers beyond 2^53."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import total_discount
from rules.assess import TOO_MUCH_OFF, Assessment
from rules.checks.check import assess
from rules.engine.steps import Trace
from rules.findings import Finding
from rules.frames import group, invoice
from rules.quote import Line, Quote
from rules.total_discount import spread
from templates.content import costs
from tests import samples
from tests.books import lines_of
from tests.oracle import lines as oracle

SOFT = Line(1, "会計・受発注", "T", 1, frozenset(("会計", "受発注")), contract="買取", quantity=1, price=1_000_000)
PC = Line(2, "PC", "T", 8, contract="買取", quantity=1, price=200_000)


def assessed(*lines: Line, less: int = 0, **inputs: Any) -> Assessment:
    return assess(Quote({"small_claim": False, "total_discount": less, **inputs}, lines), invoice.FRAME)


def codes(a: Assessment) -> list[tuple[str, str]]:
    return [(f.level, f.code) for f in a.findings if f.code in ("DISCOUNT", "INPUT", "KICKBACK", "TAX", "FLATRATE")]


@pytest.mark.parametrize(
    ("lines", "less", "eligible", "subsidy"),
    [
        # 500,000 + (1,000,000 − 666,666⅔) × 2/3 = 500,000 + 222,222.2
        ((SOFT,), 0, [1_000_000], 722_222),
        # 500,000 + (900,000 − 666,666⅔) × 2/3 = 500,000 + 155,555.5
        ((SOFT,), 100_000, [900_000], 655_555),
        # 100,000 × 10/12 = 83,333⅓, × 2/12 = 16,666⅔; the yen left goes to the larger fraction, the PC: 916,667 and 183,333.
        # 500,000 + (916,667 − 666,666⅔) × 2/3 = 666,666.8; 183,333 / 2 = 91,666.5
        ((SOFT, PC), 100_000, [916_667, 183_333], 666_666 + 91_666),
        # 36 months, of which 24 count: (3,600,000 − 300,000) × 24/36 = 2,200,000; 500,000 + 1,533,333⅓ × 2/3 = 1,522,222.2
        ((replace(SOFT, contract="月額", price=100_000, months=36),), 300_000, [2_200_000], 1_522_222),
        # a lease bears its part, 100,000 × 1/2, and counts nothing; 950,000: 500,000 + 283,333⅓ × 2/3 = 688,888.8
        ((SOFT, replace(SOFT, number=2, contract="リース")), 100_000, [950_000, 0], 688_888),
    ],
)
def test_a_discount_on_the_total_lowers_what_counts(
    lines: tuple[Line, ...], less: int, eligible: list[int], subsidy: int
) -> None:
    a = assessed(*lines, less=less)
    assert [s.eligible for s in a.expenses] == eligible
    assert a.subsidy == subsidy
    full = assessed(*lines).total
    assert full is not None
    assert a.total == full - less  # which is what the customer pays, with the tax on it
    assert a.own_burden == full - less - subsidy
    assert codes(a) == ([("warning", "DISCOUNT")] if less else [])


def test_the_yen_left_go_to_the_largest_remainders_and_then_to_the_first() -> None:
    assert spread([1, 1, 1], 1) == [1, 0, 0]  # a third each
    assert spread([333_333] * 3, 100_000) == [33_334, 33_333, 33_333]
    assert spread([100, 250, 650], 5) == [1, 1, 3]  # 0.5, 1.25, 3.25: 0 + 1 + 3, and one yen to the largest remainder
    assert spread([650, 250, 100], 5) == [3, 1, 1]
    assert spread([0, 7, 0], 7) == [0, 7, 0]


@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=12), st.integers(0, 10**9))
def test_every_spread_agrees_with_the_oracle_and_adds_up(listed: list[int], less: int) -> None:
    if not total_discount.bearable(listed, less):
        assert less > sum(listed)
        assert oracle.spread(listed, less) is None
        return
    borne = spread(listed, less)
    assert borne == oracle.spread(listed, less)
    assert sum(borne) == less
    assert all(0 <= part <= amount for part, amount in zip(borne, listed, strict=True))


@given(st.integers(0, 10**10), st.integers(0, 10**10), st.integers(1, 10**10))
def test_no_step_of_the_formula_passes_what_a_cell_holds_exactly(one: int, two: int, three: int) -> None:
    total, listed, less = sorted((one, two, three))[::-1]
    for amount in (listed, total):
        steps = Trace()
        high, low = total_discount.parts(less)
        whole = total_discount.share(SimpleNamespace(listed=amount, high=high, low=low, total=total), steps)
        assert (whole, steps[-1].value) == divmod(amount * less, total)
        assert all(0 <= s.value < 2**53 for s in steps)
        assert max(amount * high, steps[0].value * total, steps[2].value * total) < 2**53


@pytest.mark.parametrize(
    ("mode", "price", "typed", "less", "subsidy"),
    [
        # (1,000,000 − 100,000): 500,000 + (900,000 − 666,666⅔) × 2/3 = 655,555.5
        ("税抜", 1_000_000, 100_000, 100_000, 655_555),
        # typed with tax, as the prices are: 1,100,000 / 1.1 and 110,000 / 1.1 are the same two
        ("税込", 1_100_000, 110_000, 100_000, 655_555),
        ("税込", 1_100_000, 11, 10, 722_215),  # 500,000 + (999,990 − 666,666⅔) × 2/3 = 722,215.5
        ("税込", 1_100_000, 0, 0, 722_222),
        ("税込", 1_100_000, 100_000, None, None),  # 90,909.09…: no whole yen
        ("税込", 1_100_000, 10, None, None),
    ],
)
def test_a_discount_is_typed_with_tax_where_the_prices_are(
    mode: str, price: int, typed: int, less: int | None, subsidy: int | None
) -> None:
    row = {"category": "1", "functions": "会計・受発注", "contract": "買取", "quantity": 1, "price": price}
    read = lines_of(row, small_claim="いいえ", tax_mode=mode, total_discount=typed)
    a = assess(read, invoice.FRAME)
    assert (read.get("total_discount"), a.subsidy) == (less, subsidy)
    told = [f.message for f in a.findings if f.cell == "申請者!total_discount"]
    if less is None:
        assert a.needs == TOO_MUCH_OFF
        assert f"税込{typed:,}円は、税抜にすると1円未満の端数が出ます" in told[0]
    else:
        assert any(f"合計から{'税抜' if mode == '税込' else ''}{less:,}円を値引" in m for m in told) == (less > 0)


def test_a_discount_above_the_total_is_refused() -> None:
    assert assessed(SOFT, less=1_000_000).subsidy == 0
    a = assessed(SOFT, less=1_000_001)
    assert (a.subsidy, a.total, a.needs) == (None, None, TOO_MUCH_OFF)
    assert ("error", "INPUT") in codes(a)


def test_a_discount_that_cannot_be_read_gives_no_amount() -> None:
    unread = Finding("error", "INPUT", "「合計からの値引」を数として読めません。", "見積!C12")
    a = assess(Quote({"small_claim": False}, (SOFT,), {"total_discount": "見積!C12"}, (unread,)), invoice.FRAME)
    assert (a.subsidy, a.needs) == (None, TOO_MUCH_OFF)


def test_the_quotes_own_total_may_stand_before_or_after_the_discount() -> None:
    for gross in (1_100_000, 990_000):
        assert codes(assessed(SOFT, less=100_000, quoted_gross=gross)) == [("warning", "DISCOUNT")]
    assert ("error", "TAX") in codes(assessed(SOFT, less=100_000, quoted_gross=1_000_000))


def test_the_vendors_subsidy_before_the_discount_is_told_as_that() -> None:
    a = assessed(SOFT, less=100_000, vendor_subsidy=722_222)
    (found,) = [f for f in a.findings if f.code == "FLATRATE"]
    assert "655,555円と違います。合計からの値引を引く前の額です" in found.message


def test_the_draft_shows_what_each_line_bears() -> None:
    rows = costs.table(assessed(SOFT, PC, less=100_000))
    assert [(row["discount"], row["amount"], row["eligible"]) for row in rows] == [
        ("83,333", "916,667", "916,667"),
        ("16,667", "183,333", "183,333"),
    ]
    assert "値引のうち 16,667 円は合計からの値引の分" in rows[1]["reason"]


def test_a_group_s_costs_stand_elsewhere_and_bear_nothing() -> None:
    plain, less = (assess(samples.of(group.FRAME, total_discount=d), group.FRAME) for d in (0, 10_000))
    assert (less.subsidy, less.total) == (plain.subsidy, plain.total)
    (found,) = [f for f in less.findings if f.code == "DISCOUNT"]
    assert "構成員の額からは引いていません" in found.message
