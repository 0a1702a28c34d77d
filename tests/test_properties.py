"""What must hold of every amount, whatever the numbers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.engine.argument import ArgumentError
from rules.engine.evaluate import scalar
from rules.frames import FRAMES, group, invoice, normal, security
from rules.frames.contract import Frame
from rules.required_cost import affordable_cost, required_cost
from tests.random_rows import arguments, yen

SINGLE = [f for f in FRAMES if not f.members]
frames = pytest.mark.parametrize("frame", SINGLE, ids=lambda f: f.name)


def amount(frame: Frame, values: dict[str, Any]) -> int:
    return scalar(frame, values).subsidy


@frames
@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_more_cost_never_lowers_the_subsidy(frame: Frame, data: st.DataObject) -> None:
    values, more = data.draw(arguments(frame)), data.draw(yen)
    assert amount(frame, values) <= amount(frame, {**values, "cost": values["cost"] + more})


@frames
@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_one_more_yen_adds_nothing_or_one_yen_outside_the_named_cliffs(frame: Frame, data: st.DataObject) -> None:
    values = data.draw(arguments(frame))
    before, after = amount(frame, values), amount(frame, {**values, "cost": values["cost"] + 1})
    if frame.name in ("normal", "security") and before == 0 and after:
        assert after == 50_000  # the lower limit: from nothing to all of it
    elif frame.name == "invoice" and values["cost"] == 0:
        assert after - before <= 1 + 300_000  # the first yen of software brings the hardware in
    else:
        assert after - before in (0, 1)


@frames
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_required_cost_is_the_least_that_reaches_its_target(frame: Frame, data: st.DataObject) -> None:
    values, target = data.draw(arguments(frame)), data.draw(st.integers(0, 4_600_000))
    rest = {k: v for k, v in values.items() if k != "cost"}
    try:
        cost = required_cost(frame, target, rest)
    except ArgumentError as e:
        assert e.error == "#NUM!"
        assert amount(frame, {**values, "cost": 10_000_000_000}) < target
        return
    assert amount(frame, {**values, "cost": cost}) >= target
    assert cost == 0 or amount(frame, {**values, "cost": cost - 1}) < target


@pytest.mark.parametrize(
    ("frame", "flag"), [(invoice.FRAME, "small_biz"), (security.FRAME, "small_biz"), (normal.FRAME, "near_min_wage")]
)
@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_a_favoured_applicant_never_gets_less(frame: Frame, flag: str, data: st.DataObject) -> None:
    values = data.draw(arguments(frame))
    assert amount(frame, {**values, flag: False}) <= amount(frame, {**values, flag: True})


@frames
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_subsidy_is_a_whole_yen_below_its_costs(frame: Frame, data: st.DataObject) -> None:
    values = data.draw(arguments(frame))
    got = amount(frame, values)
    assert type(got) is int
    assert 0 <= got <= values["cost"] + values.get("pc_cost", 0) + values.get("register_cost", 0)


member = st.tuples(yen, st.booleans(), st.integers(1, 3), st.integers(0, 400_000), st.integers(0, 600_000))


@given(st.lists(member, min_size=8, max_size=14), st.integers(0, 12_000_000), st.integers(0, 6_000_000), st.randoms())
@settings(max_examples=100, deadline=None)
def test_a_group_counts_members_in_any_order_and_no_blank_rows(members: Any, b: int, c: int, shuffle: Any) -> None:
    costs = {"analysis_cost": b, "admin_cost": c}
    expected = amount(group.FRAME, {"members": members, **costs})
    mixed = [*members, [None] * 5, ["", "", "", "", ""]]
    shuffle.shuffle(mixed)
    assert amount(group.FRAME, {"members": mixed, **costs}) == expected


@given(st.lists(member, min_size=9, max_size=14), st.integers(0, 20_000_000), st.integers(0, 6_000_000))
@settings(max_examples=100, deadline=None)
def test_a_group_stays_within_its_bounds(members: Any, b: int, c: int) -> None:
    done = scalar(group.FRAME, {"members": members, "analysis_cost": b, "admin_cost": c})
    if len(members) < 10:
        assert done.subsidy == 0
        return
    assert done.step("analysis_part") <= 500_000 * len(members)
    assert done.step("combined") <= 30_000_000
    assert done.step("admin_part") <= min(2_000_000, done.step("combined") // 15)
    assert done.subsidy == done.step("combined") + done.step("admin_part")


@frames
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_affordable_cost_is_the_largest_that_own_money_allows(frame: Frame, data: st.DataObject) -> None:
    values, money = data.draw(arguments(frame)), data.draw(st.integers(0, 4_600_000))
    rest = {k: v for k, v in values.items() if k != "cost"}
    other = sum(rest.get(name, 0) for name in ("pc_cost", "register_cost"))

    def own(cost: int) -> int:
        return cost + other - amount(frame, {**rest, "cost": cost})

    try:
        cost = affordable_cost(frame, money, rest)
    except ArgumentError as e:
        assert e.error == "#NUM!"
        assert own(0) > money
        return
    assert own(cost) <= money < own(cost + 1)
    assert all(own(cost + more) > money for more in data.draw(st.lists(st.integers(1, 3_000_000), max_size=20)))
    assert affordable_cost(frame, own(cost), rest) == cost  # there and back
    assert affordable_cost(frame, own(values["cost"]), rest) >= values["cost"]
