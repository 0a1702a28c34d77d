"""The group's cockpit: every member's block is a call of the rules, and no two members leave unseen."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from addin.cli.advice_text import as_text
from addin.cli.main import main
from rules.advice import idle
from rules.advice.advice import advise
from rules.advice.cockpit import Cockpit, cockpit
from rules.advice.what_if import told
from rules.assess import amounts
from rules.engine.evaluate import scalar
from rules.frames import FRAMES, group, invoice
from rules.quote import Member, Quote
from tests import customers, samples
from tests.books import filled_in


def random_group(seed: int) -> Quote:
    """9 to 14 members with costs below and beyond every cap, with and without marks of (b)."""
    dice = random.Random(seed)
    marks = dice.choice([(True,), (None,), (True, False), (True, False, None)])
    members = tuple(
        replace(
            samples.MEMBERS[0],
            number=n,
            name=f"架空{n}号店",
            corporate_number=None,
            small_biz=dice.random() < 0.5,
            cost=dice.choice((0, 90_000, 800_000, 2_000_000, 6_000_000)) + dice.randrange(1_000),
            functions=dice.choice((1, 2)),
            pc_cost=dice.choice((0, 99_999, 302_500)),
            register_cost=dice.choice((0, 500_000)),
            analysis=dice.choice(marks),
        )
        for n in range(1, dice.randint(9, 14) + 1)
    )
    change = {
        "members": members,
        "analysis_cost": dice.choice((0, 3_000_000, 9_000_000)),
        "admin_cost": dice.choice((0, 900_000)),
    }
    typed = dice.choice((None, None, 5, len(members)))
    return customers.street(**change, analysis_members=typed)


def without(quote: Quote, gone: tuple[Member, ...]) -> int:
    """The subsidy by the rules alone, when some members have left."""
    left = tuple(m for m in quote.members if m not in gone)
    typed = quote.get("analysis_members")
    then = told(replace(quote, members=left), analysis_members=None if typed is None else min(typed, len(left)))
    found = amounts(then, group.FRAME).subsidy
    assert found is not None
    return found


def shown(quote: Quote) -> Cockpit:
    found = cockpit(amounts(quote, group.FRAME))
    assert found
    return found


@pytest.mark.parametrize("seed", range(30))
def test_of_all_pairs_none_costs_more_or_less_than_it_is_said(seed: int) -> None:
    quote = random_group(seed)
    found = shown(quote)
    assert found.largest and found.worst and found.least
    every = [without(quote, two) for two in combinations(quote.members, 2)]
    assert (found.worst.after, found.least.after) == (min(every), max(every))
    for said in (found.largest, found.worst, found.least):
        assert said.after == without(quote, tuple(b.member for b in said.members))
        assert said.before == found.assessment.subsidy
    brought = sorted((b.subsidy for b in found.blocks), reverse=True)
    assert [b.subsidy for b in found.largest.members] == brought[:2]


@pytest.mark.parametrize("seed", range(30))
def test_every_block_is_a_call_of_the_rules(seed: int) -> None:
    quote = random_group(seed)
    found, a = shown(quote), amounts(quote, group.FRAME)
    assert a.calculation and [b.member for b in found.blocks] == list(quote.members)
    for b in found.blocks:
        row = {name.name: getattr(b.member, name.name) for name in group.COLUMNS}
        own = scalar(invoice.FRAME, row, a.on)
        assert b.subsidy == own.subsidy == sum(p.subsidy for p in b.parts)
        assert b.net == sum(p.cost for p in b.parts) and b.gross == b.net + b.net // 10
        for over in b.over:  # a yen less changes nothing, below the cap it does
            assert scalar(invoice.FRAME, {**row, over.argument: over.full}, a.on).subsidy == own.subsidy
            assert scalar(invoice.FRAME, {**row, over.argument: over.full - 1}, a.on).subsidy < own.subsidy
    assert sum(b.subsidy for b in found.blocks) == a.calculation.step("base_part")
    bought = sum(b.net for b in found.blocks)
    assert bought + quote.get("analysis_cost", 0) + quote.get("admin_cost", 0) == a.total
    assert {i.argument: i.yen for i in idle.members(a)} == summed(found)


def summed(found: Cockpit) -> dict[str, int]:
    made: dict[str, int] = {}
    for over in (i for b in found.blocks for i in b.over):
        made[over.argument] = made.get(over.argument, 0) + over.yen
    return made


def test_the_shopping_street() -> None:
    """Each shop 800,000: 588,888, and a PC 100,000: 50,000; 990,000 with tax. Of ten none may leave."""
    text = as_text(advise(customers.street(), customers.street().applied_on or customers.DAY))
    assert "どの2者が抜けても、補助額は6,814,805円から0円（−6,814,805円）になります。" in text
    found = shown(customers.street())
    assert found.summed and {b.out_of_pocket for b in found.blocks} == {990_000 - 638_888}


def test_a_thousand_members() -> None:
    """Member n brings (700,000 + n) × 2/3 + 55,555 and its PC: the last two bring the most, the first two the least."""
    members = tuple(
        replace(samples.MEMBERS[0], number=n, cost=700_000 + n, corporate_number=None) for n in range(1, 1001)
    )
    quote = customers.street(members=members, analysis_cost=0)
    found = shown(quote)
    assert found.worst and found.least and not found.summed  # 30,000,000, and 901,110 × 2/3 of (c)
    assert found.worst.after == found.least.after == found.assessment.subsidy
    assert "どの2者が抜けても、補助額は30,600,740円のままです。" in as_text(advise(quote, customers.DAY))
    some = replace(quote, members=members[:40])
    small = shown(some)
    assert small.worst and small.least and small.summed
    assert {b.member.number for b in small.worst.members} == {39, 40}
    assert {b.member.number for b in small.least.members} == {1, 2}


@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_too_few_members_are_shown_too(count: int) -> None:
    quote = customers.street(members=samples.MEMBERS[:count])
    found = advise(quote, customers.DAY).group
    assert (found is None) == (count == 0)
    if found:
        assert len(found.blocks) == count and not found.summed
        assert (found.largest is None) == (count < 2)
        assert "今のままでは0円です" in as_text(advise(quote, customers.DAY))


def test_no_other_frame_has_members() -> None:
    for module in FRAMES:
        a = amounts(samples.of(module), module)
        assert (cockpit(a) is None) == (module is not group.FRAME)


def test_who_is_over_a_cap_is_named() -> None:
    members = tuple(replace(m, pc_cost=302_500) if m.number == 3 else m for m in samples.MEMBERS)
    text = as_text(advise(customers.street(members=members), customers.DAY))
    assert "PC・タブレット等の上限を超えて補助のつかない経費: 「架空3号店」102,500円。" in text


def test_the_command_shows_one_member_or_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = str(filled_in(tmp_path / "street.xlsx", customers.street()))
    main(["advise", book, "--today", "2026-08-20", "--member", "架空通り4番店"])
    text = capsys.readouterr().out
    assert "架空通り4番店: 支払990,000円（税込）、(a)の補助額638,888円、手出し351,112円" in text
    assert "架空通り5番店" not in text
    main(["advise", book, "--today", "2026-08-20", "--json"])
    data: dict[str, Any] = json.loads(capsys.readouterr().out)["group"]
    assert [m["name"] for m in data["members"]] == [f"架空通り{n}番店" for n in range(1, 11)]
    assert data["two_leave"]["worst"]["after"] == 0


@pytest.mark.parametrize("name", ["street", "wholesaler"])
def test_an_unknown_member_is_refused_in_one_line(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = str(filled_in(tmp_path / "quote.xlsx", customers.CUSTOMERS[name]()))
    assert main(["advise", book, "--member", "架空99番店"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
