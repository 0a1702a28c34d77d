"""Applications beside one another: the optimum is that of every possible division, tried one by one with the rules alone."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import other_applications
from rules.advice import combinations
from rules.advice.advice import short
from rules.advice.what_if import told
from rules.assess import amounts
from rules.frames import FRAMES, group, invoice, normal, security
from rules.quote import Line, Quote
from tests import samples
from tests.quotes import quotes

FREE = ("normal", "invoice", "etrade", "security", "")
NAMED = {f.name: f for f in FRAMES}


def tried(quote: Quote) -> int:
    """The most that any lawful division of the tools brings, each division assessed anew."""
    plain = replace(told(quote, quoted_gross=None), lines=_less(quote))
    tools: dict[str, list[Line]] = {}
    for line in plain.lines:
        tools.setdefault(line.tool or line.item, []).append(line)
    units, known = list(tools.values()), dict[tuple[str, tuple[int, ...]], int]()

    def paid(name: str, numbers: tuple[int, ...]) -> int:
        if (name, numbers) not in known:
            lines = tuple(line for line in plain.lines if line.number in numbers)
            known[name, numbers] = (
                amounts(replace(told(plain, total_discount=None), lines=lines), NAMED[name]).subsidy or 0
            )
        return known[name, numbers]

    most = 0
    for way in product(FREE, repeat=len(units)):
        if _lawful(way, units):
            numbers = {
                f: tuple(x.number for u, w in zip(units, way, strict=True) if w == f for x in u) for f in FREE[:-1]
            }
            most = max(most, sum(paid(f, n) for f, n in numbers.items() if n))
            rest = paid("security", numbers["security"]) if numbers["security"] else 0
            most = max(most, paid("group", ()) + rest)
    return most


def _less(quote: Quote) -> tuple[Line, ...]:
    """The lines, each less its part of 合計からの値引."""
    expenses = amounts(quote, normal.FRAME).expenses
    return tuple(replace(s.line, discount=s.line.discount + s.allotted) for s in expenses)


def _lawful(way: tuple[str, ...], units: list[list[Line]]) -> bool:
    if {"invoice", "etrade"} <= set(way):
        return False
    watched = {w for w, unit in zip(way, units, strict=True) if w and any(security.accepts(line) for line in unit)}
    return watched <= {"security"} or "security" not in watched


def small(quote: Quote) -> bool:
    return 1 <= len({line.tool or line.item for line in quote.lines}) <= 5


def test_the_optimum_is_that_of_all_divisions() -> None:
    several = 0
    for quote in filter(small, quotes(400, 7)):
        found, single = combinations.best(quote), [amounts(quote, f).subsidy or 0 for f in FRAMES]
        subsidy = found.subsidy if found else 0
        unknown = amounts(quote, normal.FRAME).needs in ("読めない明細行の訂正", "明細の合計以下の「合計からの値引」")
        assert subsidy == (single[-1] if unknown else tried(quote)), quote
        assert subsidy >= max(single)
        several += bool(found and len(found.applications) > 1)
    assert several > 30


@pytest.mark.parametrize("seed", range(30))
def test_services_and_consulting_are_shared_out_to_the_yen(seed: int) -> None:
    dice = random.Random(seed)
    lines: list[Line] = []
    for tool in ("甲", "乙", "丙", "丁"):
        functions = frozenset(dice.sample(("会計", "決済"), dice.randint(0, 2)))
        processes = frozenset(dice.sample(("共P-01", "共P-02", "共P-03", "製P-06"), dice.randint(0, 2)))
        price = dice.randrange(100_000, 1_500_000)
        lines.append(line(item=tool, tool=tool, price=price, functions=functions, processes=processes))
        if dice.random() < 0.8:
            lines.append(
                line(item=f"{tool}設定", tool=tool, category=dice.choice((5, 6)), price=dice.randrange(1_500_000))
            )
    lines.append(line(item="相談", category=5, price=dice.randrange(900_000)))
    quote = of(*lines, near_min_wage=dice.random() < 0.5)
    found = combinations.best(quote)
    assert (found.subsidy if found else 0) == tried(quote)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=30, deadline=None)
def test_a_combination_is_never_below_a_single_frame_and_uses_each_cost_once(seed: int) -> None:
    for quote in quotes(2, seed):
        found = combinations.best(quote)
        assert (found.subsidy if found else 0) >= max(amounts(quote, f).subsidy or 0 for f in FRAMES)
        if found:
            used = [s.line.number for a in found.applications for s in a.assessment.expenses]
            assert len(used) == len(set(used))
            assert {a.assessment.frame for a in found.applications} <= set(found.together.frames)


def line(**facts: Any) -> Line:
    made = {
        "category": 1,
        "contract": "買取",
        "quantity": 1,
        "functions": frozenset[str](),
        "processes": frozenset[str](),
    }
    return Line(0, **{**made, **facts})


def of(*lines: Line, **inputs: Any) -> Quote:
    numbered = tuple(replace(x, number=n) for n, x in enumerate(lines, 1))
    return samples.of(normal.FRAME, lines=numbered, small_claim=False, otasuke_number="2024-001-00", **inputs)


BOOKS = line(
    item="会計", tool="会計", price=1_200_000, functions=frozenset({"会計", "決済"}), processes=frozenset({"共P-02"})
)
STOCK = line(item="在庫", tool="在庫", price=2_000_000, processes=frozenset({"共P-03"}))
WATCH = replace(samples.WATCH, price=15_000)


def test_tools_of_two_frames_are_applied_for_in_both() -> None:
    found = combinations.best(of(BOOKS, STOCK, WATCH))
    assert found is not None
    # 2,000,000 × 1/2; 500,000 and (1,200,000 − 666,666⅔) × 2/3; 15,000 × 24 × 1/2
    assert [(a.assessment.frame, a.assessment.subsidy) for a in found.applications] == [
        ("normal", 1_000_000),
        ("invoice", 855_555),
        ("security", 180_000),
    ]
    assert found.subsidy == 2_035_555
    assert found.together.frames == ("normal", "invoice", "security")


def test_a_watch_of_another_application_bars_the_frame_of_its_own() -> None:
    also = replace(WATCH, item="別の見守り", tool="別の見守り", processes=frozenset({"共P-05"}))
    found = combinations.best(of(replace(STOCK, price=200_000), also))
    assert found is not None
    # apart: 100,000 and 180,000; together in 通常枠 the same 280,000, in one application
    assert [(a.assessment.frame, a.assessment.subsidy) for a in found.applications] == [("normal", 280_000)]


def test_members_of_a_group_apply_for_security_beside_it_and_nothing_else() -> None:
    found = combinations.best(replace(of(BOOKS, WATCH), members=samples.MEMBERS))
    assert found is not None
    assert {a.assessment.frame for a in found.applications} == {"group", "security"}
    assert other_applications.once().frame == security.FRAME.name


def test_more_than_ten_tools_are_said_not_to_be_tried_one_by_one() -> None:
    many = [replace(BOOKS, item=f"会計{n}", tool=f"会計{n}", price=100_000 + n) for n in range(12)]
    ten, twelve = combinations.best(of(*many[:10])), combinations.best(of(*many))
    assert ten and twelve
    assert (ten.exact, twelve.exact) == (True, False)
    assert twelve.subsidy >= (amounts(of(*many), invoice.FRAME).subsidy or 0)


@pytest.mark.parametrize(
    "change", [{"total_discount": 99_999}, {"quoted_gross": 4_000_001}, {"application_date": None}]
)
def test_what_concerns_the_whole_quote_holds_for_its_parts(change: dict[str, Any]) -> None:
    quote = of(BOOKS, STOCK, WATCH, **change)
    found = combinations.best(quote)
    if "quoted_gross" in change:  # the unit prices are not known to be without tax
        assert found is None
    else:
        spent = sum(s.amount or 0 for a in found.applications for s in a.assessment.expenses) if found else 0
        assert spent == amounts(quote, normal.FRAME).total


def test_a_total_that_contradicts_the_lines_is_heard_where_a_frame_lacks_something_else() -> None:
    """A price typed anew beside the old total: 通常枠 asks for its processes first, and the parts had an amount."""
    quote = of(*(replace(line, processes=frozenset()) for line in (BOOKS, STOCK)), quoted_gross=4_000_001)
    assert amounts(quote, normal.FRAME).needs == normal.FRAME.missing_inputs(quote, ())
    assert combinations.best(quote) is None
    assert short(amounts(quote, invoice.FRAME)) == ()


def test_a_group_alone_has_no_lines() -> None:
    found = combinations.best(samples.of(group.FRAME))
    assert found and [a.assessment.frame for a in found.applications] == ["group"]
