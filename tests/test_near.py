"""最低賃金近傍 by months, and the frames that fall: below, at and above every threshold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import line_limits, near_minimum_wage
from rules.assess import amounts
from rules.engine.edition import cite, edition, editions
from rules.frames import etrade, group, normal, security
from rules.quote import Line, Member, Month, Partner, Quote
from tests.mutation import halved, values

ON = date(2026, 9, 1)
FEE = Line(
    1,
    "受発注クラウド",
    "みほん受発注",
    1,
    frozenset(("受発注",)),
    contract="月額",
    quantity=1,
    price=100_000,
    months=24,
)
WATCH = Line(
    1,
    "お助け隊",
    "みほん見守り",
    1,
    frozenset((security.SERVICE,)),
    contract="月額",
    quantity=1,
    price=10_000,
    months=24,
)
LISTED = {"application_date": ON, "otasuke_number": "見本-01", "small_claim": True}


def months(*below: int, everyone: int = 10) -> tuple[Month, ...]:
    return tuple(Month(n, everyone=everyone, below=b) for n, b in enumerate(below, 1))


@pytest.mark.parametrize(
    ("below", "found"),
    [
        ((3, 3, 3), True),  # three months at exactly 30%
        ((3, 0, 3, 0, 3), True),  # they need not follow one another
        ((3, 3, 2), None),  # nine months unanswered may still decide
        ((3, 3) + (2,) * 9, None),  # one is unanswered
        ((3, 3) + (2,) * 10, False),
        ((2,) * 12, False),
        ((2,) * 10, False),  # two unanswered months cannot make three
        ((2,) * 9, None),
        ((), None),
    ],
)
def test_the_verdict_by_months(below: tuple[int, ...], found: bool | None) -> None:
    assert near_minimum_wage.verdict(months(*below), ON) is found


@given(st.lists(st.tuples(st.integers(1, 300), st.integers(0, 300)), max_size=12))
def test_the_verdict_against_plain_counting(pairs: list[tuple[int, int]]) -> None:
    told = [(e, b) for e, b in pairs if b <= e]
    hits = sum(10 * b >= 3 * e for e, b in told)
    expected = True if hits >= 3 else None if hits + 12 - len(told) >= 3 else False
    assert (
        near_minimum_wage.verdict([Month(n, everyone=e, below=b) for n, (e, b) in enumerate(pairs, 1)], ON) is expected
    )


def test_months_come_before_the_typed_answer() -> None:
    assert near_minimum_wage.of(Quote({"near_min_wage": True}, ())) is True
    assert near_minimum_wage.of(Quote({"near_min_wage": True}, (), months=months(*(0,) * 12))) is False
    assert near_minimum_wage.of(Quote({"near_min_wage": True}, (), months=months(3))) is None
    assert near_minimum_wage.of(Quote({}, ())) is None


def test_the_months_move_the_rate() -> None:
    line = replace(FEE, processes=frozenset(("共P-02",)))
    told = Quote({"application_date": ON}, (line,), months=months(3, 3, 3))
    assert (amounts(told, normal.FRAME).subsidy, amounts(replace(told, months=()), normal.FRAME).subsidy) == (
        1_500_000,
        1_200_000,
    )


def test_each_value_decides_and_every_edition_has_its_source() -> None:
    for v in values([near_minimum_wage.Edition]):
        if v.key in ("months", "share"):
            told = months(3, 3, 2) if v.key == "months" else months(2, 2, 2)
            before = near_minimum_wage.verdict(told, v.since)
            with halved(v):
                assert near_minimum_wage.verdict(told, v.since) is not before
    assert all("最低賃金" in e.test.label and cite(e.test.at) for e in editions(near_minimum_wage.Edition))
    assert edition(near_minimum_wage.Edition, ON).test.first == date(2024, 10, 1)


def ordered(accounts: int | None, rows: tuple[Line, ...] = (FEE,), **inputs: Any) -> Quote:
    listed = (
        ()
        if accounts is None
        else (Partner(1, name="甲", sme=True, accounts=accounts), Partner(2, sme=False, accounts=5))
    )
    return Quote({"application_date": ON, "total_accounts": 10, **inputs}, rows, partners=listed)


@pytest.mark.parametrize(
    ("quote", "amount"),
    [
        (ordered(5), 800_000),  # 2,400,000 × 5/10 × 2/3
        (ordered(10), 1_600_000),
        (ordered(11), 0),
        (ordered(5, accounts_unlimited=True), 0),
        (ordered(None), None),  # nothing tells the accounts of 中小企業等
        (ordered(None, sme_accounts=5), 800_000),
        (ordered(5, (FEE, replace(FEE, number=2, tool="別の受発注"))), 0),
        (ordered(5, (FEE, replace(FEE, number=2))), 1_600_000),  # two lines of one software
        (ordered(5, (FEE, replace(FEE, number=2, category=6, functions=frozenset(), contract="買取"))), 800_000),
    ],
)
def test_etrade_from_a_quote(quote: Quote, amount: int | None) -> None:
    found = amounts(quote, etrade.FRAME)
    assert found.subsidy == amount
    assert bool(found.falls) is (amount == 0)


def test_a_blank_total_means_no_limit_on_accounts() -> None:
    quote = ordered(5)
    blank = replace(quote, inputs={"application_date": ON})
    assert (amounts(blank, etrade.FRAME).subsidy, amounts(blank, etrade.FRAME).own_burden) == (0, 2_400_000)


def test_the_watch_service_counts_24_months_with_a_number() -> None:
    assert amounts(Quote(LISTED, (WATCH,)), security.FRAME).subsidy == 160_000
    longer = replace(WATCH, months=36)
    assert amounts(Quote(LISTED, (longer,)), security.FRAME).subsidy == 160_000
    (limit,) = [v for v in values([line_limits.Edition]) if v.parameter == "otasuke_months" and v.since.year == 2026]
    with halved(limit):
        assert amounts(Quote(LISTED, (longer,)), security.FRAME).subsidy == 80_000
    without = {name: value for name, value in LISTED.items() if name != "otasuke_number"}
    assert amounts(Quote(without, (WATCH,)), security.FRAME).subsidy == 0
    assert amounts(Quote({**LISTED, "otasuke_granted": True}, (WATCH,)), security.FRAME).subsidy == 0


def grouped(count: int, **change: Any) -> Quote:
    made = [Member(n, name=f"構成員{n}", small_biz=False, cost=800_000, pc_cost=199_999) for n in range(1, count + 1)]
    if change:
        made[0] = replace(made[0], **change)
    return Quote(
        {"application_date": ON, "analysis_cost": 9_000_000, "admin_cost": 1_200_000}, (FEE,), members=tuple(made)
    )


def test_the_group_counts_its_members_and_not_the_lines() -> None:
    found = amounts(grouped(10), group.FRAME)
    # (a) 688,887 × 10; (b) 6,000,000 over 500,000 × 10; (c) 800,000 under (6,888,870 + 5,000,000) / 10 × 2/3 = 792,591
    assert found.subsidy == 6_888_870 + 5_000_000 + 792_591
    assert found.total == 10 * 999_999 + 9_000_000 + 1_200_000
    assert found.own_burden == found.total - (found.subsidy or 0)
    assert amounts(grouped(9), group.FRAME).subsidy == 0
    assert amounts(grouped(0), group.FRAME).needs == "構成員の表"


def test_members_who_introduce_the_tools_of_b() -> None:
    marked = grouped(10, analysis=True)
    assert amounts(marked, group.FRAME).calculation.step("analysis_cap") == 500_000  # type: ignore[union-attr]


@pytest.mark.parametrize("number", ["corporate_number", "vendor_corporate_number", "expert_corporate_number"])
def test_a_member_twice_or_one_who_may_not_be(number: str) -> None:
    quote = grouped(10, corporate_number="5999990000301")
    assert amounts(quote, group.FRAME).subsidy
    if number == "corporate_number":
        other = replace(quote.members[1], corporate_number="5999990000301")
        fallen = replace(quote, members=(quote.members[0], other, *quote.members[2:]))
    else:
        fallen = replace(quote, inputs={**quote.inputs, number: "5999990000301"})
    found = amounts(fallen, group.FRAME)
    assert (found.subsidy, bool(found.falls)) == (0, True)
