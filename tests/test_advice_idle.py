"""What earns nothing: a yen less of it changes nothing, and below the cap every cost counts."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from rules.advice import idle, options
from rules.advice.what_if import Tip
from rules.assess import Assessment, amounts
from rules.engine.evaluate import scalar
from rules.frames import FRAMES, frame, group, invoice
from rules.quote import Line
from tests import samples
from tests.quotes import quotes


def idle_tips(a: Assessment) -> list[Tip]:
    return [tip for tip in idle.tips(a) if tip.kind == "idle"]


def test_every_cost_of_every_frame_has_its_part() -> None:
    costs = {f.name: {a.name for a in f.arguments if a.kind == "yen"} for f in FRAMES}
    assert {name: set(parts) for name, parts in idle.PARTS.items()} == costs


def paid(a: Assessment, **change: int) -> int:
    """The subsidy by the rules alone, with some arguments changed."""
    assert a.calculation
    given = {**a.calculation.given, **change}
    if a.frame == "group":
        given["members"] = [list(row.values()) for row in given["members"]]
    return scalar(frame(a.frame), given, a.on).subsidy


def test_what_is_idle_earns_nothing_and_what_is_not_earns() -> None:
    seen: set[tuple[str, str]] = set()
    for quote in quotes(300, 3):
        for module in FRAMES:
            a = amounts(quote, module)
            if a.calculation is None or not a.subsidy:
                continue
            found = {i.argument: i for i in idle.idle(a)}
            for name in idle.PARTS[module.name]:
                given = dict(a.calculation.given)
                most = paid(a, **{name: 10**10})
                if name not in found:  # more would earn more, or less would earn less
                    capped = given[name] and most == a.subsidy
                    assert not capped or paid(a, **{name: given[name] - 1}) < a.subsidy
                    continue
                i = found[name]
                seen.add((module.name, name))
                assert i.full + i.yen == given[name]
                assert paid(a, **{name: i.full}) == a.subsidy == most
                assert not i.full or paid(a, **{name: i.full - 1}) < a.subsidy
    assert seen >= {("normal", "cost"), ("invoice", "pc_cost"), ("invoice", "register_cost"), ("group", "admin_cost")}


@pytest.mark.parametrize("seed", range(5))
def test_the_idle_costs_of_members_are_those_of_each(seed: int) -> None:
    dice = random.Random(seed)
    members = tuple(
        replace(
            m,
            cost=dice.choice((0, 1, 700_000, 6_000_000)),
            pc_cost=dice.choice((0, 1, 302_500)),
            functions=dice.choice((1, 2)),
        )
        for m in samples.MEMBERS
    )
    a = amounts(samples.of(group.FRAME, members=members), group.FRAME)
    assert a.calculation
    told = {i.argument: i.yen for i in idle.members(a)}
    for name in idle.PARTS["invoice"]:
        most = 0
        for row in a.calculation.given["members"]:
            over = [i for i in idle.idle(amounts_of(row)) if i.argument == name]
            most += sum(i.yen for i in over)
        assert told.get(name, 0) == most


def amounts_of(row: dict[str, int]) -> Assessment:
    base = amounts(samples.of(invoice.FRAME), invoice.FRAME)
    return replace(base, calculation=scalar(invoice.FRAME, row, base.on))


def test_three_hundred_and_two_thousand_five_hundred_yen_of_a_pc() -> None:
    lines = (*samples.LINES[:4], replace(samples.LINES[4], quantity=1, price=302_500))
    told = [t.text for t in idle_tips(amounts(samples.of(invoice.FRAME, lines=lines), invoice.FRAME))]
    assert told == ["PC・タブレット等は経費200,000円まで補助が増え、それを超える102,500円には補助がつきません。"]


def test_the_tenth_of_the_group() -> None:
    # (a) 10 × (588,888 + 50,000) = 6,388,880; its tenth × 2/3 = 425,925, which 638,888 yen of (c) reach
    a = amounts(samples.of(group.FRAME, analysis_cost=0, admin_cost=901_110), group.FRAME)
    told = [t.text for t in idle_tips(a)]
    assert told == ["(c) 事務費・専門家経費は経費638,888円まで補助が増え、それを超える262,222円には補助がつきません。"]


def test_every_line_that_does_not_count_is_told_with_its_yen() -> None:
    for quote in quotes(100, 11):
        for module in FRAMES:
            a = amounts(quote, module)
            told = options.uncounted(a)
            assert sum(u.yen for u in told) == sum(s.cut for s in a.expenses)
            assert {x.number for u in told for x in u.lines} == {s.line.number for s in a.expenses if s.cut or s.reason}


def test_the_best_frame_comes_first() -> None:
    found = options.ranked(samples.of(frame("normal"), lines=samples.LINES))
    assert [a.frame for a in found[:2]] == ["invoice", "normal"]
    assert isinstance(found[0].expenses[0].line, Line)
