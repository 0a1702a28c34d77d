"""Edges are true on both sides: the rules alone give what a sentence says of now and of the change, and a yen before it not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import line_limits, payroll
from rules.advice import edges, idle, line_edges
from rules.advice.what_if import Tip
from rules.assess import Assessment, amounts
from rules.engine.edition import edition
from rules.engine.evaluate import scalar
from rules.frames import FRAMES, frame, group, invoice, normal, security
from rules.quote import Line, Quote
from tests import samples
from tests.oracle import obligations as oracle
from tests.quotes import quotes

CLOUD = Line(
    1, "在庫クラウド", "在庫", 1, contract="買取", quantity=1, price=3_000_000, processes=frozenset({"共P-01"})
)
FOUR = frozenset({"共P-01", "共P-02", "共P-03", "製P-06"})
FIRM = {"small_claim": False, **samples.staff(40), "near_min_wage": False}


def all_tips(a: Assessment) -> Iterator[Tip]:
    yield from idle.tips(a)
    yield from edges.tips(a)
    yield from line_edges.tips(a)


def again(a: Assessment, tip: Tip, **change: Any) -> int:
    """The subsidy with a tip's change, by the rules alone: of the arguments, or of the quote."""
    if tip.quote is not None:
        return amounts(tip.quote, frame(a.frame)).subsidy or 0
    assert a.calculation
    values = {**a.calculation.given, **tip.change, **change}
    if a.frame == "group":
        rows = [list(row.values()) for row in values["members"]]
        count = values.pop("count", len(rows))
        values["members"] = rows[:count]
        values["analysis_members"] = min(values["analysis_members"], count)
    return scalar(frame(a.frame), values, a.on).subsidy


def both_sides(a: Assessment) -> Iterator[str]:
    for tip in all_tips(a):
        yield tip.kind
        assert tip.before == a.subsidy
        members = tip.quote is None and tip.change.keys() <= {"cost", "pc_cost", "register_cost"} and a.frame == "group"
        if members or tip.kind == "combined":
            continue  # the members' own costs: their test sums them
        assert again(a, tip) == tip.after, tip
        if tip.kind in ("floor", "upper", "room"):  # a yen of cost less does not reach it
            ((name, cost),) = tip.change.items()
            assert again(a, tip, **{name: cost - 1}) < (tip.after or 0), tip
        if tip.kind in ("floor_below", "upper_below"):  # a yen more does
            assert again(a, tip, cost=tip.change["cost"] + 1) > (tip.after or 0), tip
        if tip.kind in ("processes_below", "functions_below", "floor_below", "members_below"):
            assert (tip.after or 0) < (a.subsidy or 0), tip
        if tip.kind in ("processes", "functions", "near_wage", "months_up", "floor", "members"):
            assert (tip.after or 0) > (a.subsidy or 0), tip
        assert tip.text.count("。") == 1 or tip.kind == "near_wage"


@given(seed=st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_both_sides_of_every_edge_of_random_quotes(seed: int) -> None:
    for quote in quotes(3, seed):
        for module in FRAMES:
            list(both_sides(amounts(quote, module)))


def test_random_quotes_meet_every_kind_of_edge() -> None:
    met = {kind for quote in quotes(800, 5) for module in FRAMES for kind in both_sides(amounts(quote, module))}
    wanted = {
        "idle",
        "room",
        "floor",
        "floor_below",
        "upper",
        "upper_below",
        "processes",
        "processes_below",
        "near_wage",
    }
    wanted |= {"functions", "functions_below", "band", "members_below", "members", "months", "months_up", "services"}
    assert met == wanted


def of(*lines: Line, **inputs: Any) -> Quote:
    return samples.of(normal.FRAME, lines=lines, **{**FIRM, **inputs})


def told(quote: Quote, kind: str, module: Any = normal.FRAME) -> list[str]:
    return [t.text for t in all_tips(amounts(quote, module)) if t.kind == kind]


def test_thirty_months_are_signed_as_twenty_four() -> None:
    line = replace(CLOUD, contract="月額", price=20_000, months=30)
    assert told(of(line), "months") == [
        "「在庫クラウド」は30か月でなく24か月で契約すれば、補助額は同じで支払が120,000円（税抜）減ります。"
    ]


def test_one_yen_less_and_the_duty_falls_away() -> None:
    assert told(of(replace(CLOUD, processes=FOUR)), "upper_below") == [
        "補助額を1円下げて1,499,999円で申請すれば（経費は減らさず自主的に下げられます）、賃上げ計画の義務がなくなり、"
        "未達のときに返す最大1,500,000円の心配もなくなります。"
    ]
    assert told(of(CLOUD), "upper_below") == []  # three processes: no duty


def test_a_little_more_and_the_duty_comes() -> None:
    text = told(of(replace(CLOUD, processes=FOUR, price=2_900_000)), "upper")
    assert text == [
        "経費があと100,000円（計3,000,000円）で補助額が1,500,000円に達し、そこから賃上げ計画の義務（未達なら最大1,500,000円の返還）が付きます。"
    ]


@given(cost=st.integers(0, 9_500_000), count=st.integers(0, 6), past=st.booleans(), small=st.booleans())
@settings(max_examples=100, deadline=None)
def test_the_duty_stands_on_one_side_alone(cost: int, count: int, past: bool, small: bool) -> None:
    processes = frozenset(sorted(FOUR | {"共P-04", "共P-05"})[:count])
    firm = samples.staff(3 if small else 40) | {"small_claim": small}
    a = amounts(of(replace(CLOUD, price=cost, processes=processes), past_grant=past, **firm), normal.FRAME)
    plan = payroll.plan(a)
    for tip in edges.tips(a):
        if tip.kind not in ("upper", "upper_below") or a.subsidy is None or plan is None:
            continue
        now = oracle.wage_plan(a.subsidy, past, small, count)
        then = oracle.wage_plan(tip.after or 0, past, small, count)
        assert now and then
        assert (now[0], then[0]) == ((False, True) if tip.kind == "upper" else (True, False))


def test_the_fourth_process_and_the_second_function() -> None:
    line = replace(CLOUD, price=4_000_000, processes=frozenset(sorted(FOUR)[:3]), functions=frozenset({"会計"}))
    assert told(of(line), "processes") == [
        "実際に使う業務プロセスが4つになれば上限が上がり、補助額は2,000,000円（＋500,000円）になり、賃上げ計画の義務が付きます。"
    ]
    # 500,000 for the first 666,666⅔ and 2/3 of the rest
    assert told(of(line), "functions", invoice.FRAME) == [
        "会計・受発注・決済のうち2つの機能があれば、上限が500,000円から3,500,000円に上がり、補助額は2,722,222円（＋2,222,222円）になります。"
    ]


def test_under_the_floor() -> None:
    assert told(of(replace(CLOUD, price=90_000)), "floor") == [
        "経費があと10,000円（計100,000円）あれば下限に届き、補助額は0円から50,000円になります。"
    ]


def test_the_months_may_be_longer() -> None:
    line = replace(CLOUD, contract="月額", price=20_000, months=12)
    assert told(of(line), "months_up") == [
        "「在庫クラウド」を対象になる月数（24か月）まで延ばすと、支払は240,000円（税抜）増え、補助額は120,000円増えます。"
    ]


def test_services_over_their_limit() -> None:
    setup = Line(2, "設定", "在庫", 6, contract="買取", quantity=1, price=2_100_000)
    assert told(of(CLOUD, setup), "services") == [
        "役務は合計2,000,000円までが対象で、それを超える100,000円には補助がつきません。"
    ]


def test_ten_members() -> None:
    assert told(samples.of(group.FRAME), "members_below", group.FRAME)[0].startswith(
        "構成員が1者抜けると10者を下回り、補助額は0円"
    )
    nine = samples.of(group.FRAME, members=samples.MEMBERS[:9])
    assert told(nine, "members", group.FRAME)[0].startswith("構成員があと1者（計10者）そろえば申請でき")


def test_numbers_of_the_edges_are_the_editions() -> None:
    """An edge follows the page: with the services' limit of another edition the sentence has another number."""
    text = edition(line_limits.Edition, date(2025, 6, 1)).services
    assert (
        f"{text.value:,}円"
        in told(of(CLOUD, Line(2, "設定", "在庫", 6, contract="買取", quantity=1, price=9_000_000)), "services")[0]
    )


@pytest.mark.parametrize("module", FRAMES, ids=lambda f: f.name)
def test_a_quote_without_an_amount_has_no_edges(module: Any) -> None:
    assert list(all_tips(amounts(Quote({}, ()), module))) == []
    assert list(all_tips(amounts(samples.of(security.FRAME, tax_unknown=True), module))) == []


def test_thirty_million_and_what_is_over_it() -> None:
    members = tuple(replace(m, cost=5_166_667, pc_cost=0) for m in samples.MEMBERS)
    a = amounts(samples.of(group.FRAME, members=members, analysis_cost=0, admin_cost=0), group.FRAME)
    # 10 × 3,500,000
    assert [t.text for t in idle.tips(a)] == [
        "(a)+(b) は計算上35,000,000円ですが、上限の30,000,000円で止まり、5,000,000円は補助されません。"
    ]
    assert a.subsidy == 30_000_000
