"""複数者連携枠 member by member: what each pays and brings, who is over which cap, and what if two of them leave.

(a) is a sum over the members, so that a member who leaves takes its own part along; the group's formula does the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement

from rules import consumption_tax
from rules.advice import idle
from rules.advice.idle import PARTS, Idle
from rules.advice.what_if import quoted, told
from rules.assess import Assessment
from rules.engine.evaluate import Calculation, scalar
from rules.frames import group, invoice
from rules.quote import Member

TWO = 2  # how many are thought to leave


@dataclass(frozen=True)
class Part:
    """One kind of cost of a member and what it brings（円、経費は税抜）."""

    argument: str
    what: str
    cost: int
    subsidy: int


@dataclass(frozen=True)
class Block:
    """One member: what it pays（税抜と税込）and its own part of (a)."""

    member: Member
    parts: tuple[Part, ...]
    net: int
    gross: int
    subsidy: int
    over: tuple[Idle, ...]  # its costs beyond their caps

    @property
    def name(self) -> str:
        """Its name, or its row where it has none."""
        return self.member.name or f"{self.member.number}行目"

    @property
    def out_of_pocket(self) -> int:
        """手出し（税込）: what remains to be paid once its part of (a) has come."""
        return self.gross - self.subsidy


@dataclass(frozen=True)
class Leaving:
    """What the group's subsidy（円）becomes when some members leave."""

    members: tuple[Block, ...]
    before: int
    after: int


@dataclass(frozen=True)
class Cockpit:
    """A group that has an amount."""

    assessment: Assessment
    blocks: tuple[Block, ...]  # in the order of the quote
    largest: Leaving | None  # the two that bring the most; None where there are no two
    worst: Leaving | None  # of any two, those whose leaving costs the most
    least: Leaving | None  # and those whose leaving costs the least
    summed: (
        bool  # whether the members' parts are paid as they are: no cap and no lack of members takes anything of them
    )


def cockpit(a: Assessment) -> Cockpit | None:
    """The group of an assessment; None where it is another frame, or has no amount.

    Units: 補助額 and 手出し in 円, costs 税抜, 支払 税込.
    Errors: none.
    Source: rules/frames/group.toml and, for the subsidy of a member, rules/frames/invoice.toml.

    >>> from tests import customers
    >>> from rules.assess import amounts
    >>> found = cockpit(amounts(customers.street(), group.FRAME))
    >>> (len(found.blocks), found.blocks[0].subsidy, found.largest.after) if found and found.largest else None
    (10, 638888, 0)
    """
    c = a.calculation
    if c is None or a.frame != group.FRAME.name:
        return None
    blocks = tuple(_blocks(a, c))
    ranked = sorted(blocks, key=lambda b: -b.subsidy)
    largest = _leave(a, c, ranked[:TWO]) if len(ranked) >= TWO else None
    pairs = [_leave(a, c, two) for two in _extremes(ranked)]
    backwards = [_leave(a, c, two) for two in _extremes(ranked[::-1])]
    summed = c.subsidy > 0 and c.step("together") == c.step("combined")
    return Cockpit(
        a,
        blocks,
        largest,
        min(pairs, key=lambda x: x.after, default=None),
        max(backwards, key=lambda x: x.after, default=None),
        summed,
    )


def _blocks(a: Assessment, c: Calculation) -> Iterator[Block]:
    """Each member that counts, with the row of the calculation that is its own."""
    named = [m for m in a.quote.members if any(getattr(m, column.name) is not None for column in group.COLUMNS)]
    for member, row in zip(named, c.given["members"], strict=True):
        made = scalar(invoice.FRAME, row, a.on)
        paid = bool(made.subsidy)
        parts = tuple(
            Part(name, what, row[name], made.step(step) if paid else 0)
            for name, (step, what) in PARTS[invoice.FRAME.name].items()
        )
        net = sum(p.cost for p in parts)
        gross = net + consumption_tax.tax(net, 0, a.on)
        yield Block(member, parts, net, gross, made.subsidy, tuple(idle.of_member(row, a.on)))


def _extremes(ranked: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    """Of the pairs whose leaving changes the number of those with tools of (b) alike, the first: the rest is (a) alone."""
    kinds = [[b for b in ranked if b.member.analysis is kind][:TWO] for kind in (True, False, None)]
    for one, other in combinations_with_replacement(kinds, TWO):
        two = tuple(one[:TWO]) if one is other else (*one[:1], *other[:1])
        if len(two) == TWO:
            yield two


def _leave(a: Assessment, c: Calculation, gone: Sequence[Block]) -> Leaving:
    """The group without some members, its own costs as they are."""
    away, stay = {b.member.number for b in gone}, len(c.given["members"]) - len(gone)
    typed = a.quote.get("analysis_members")
    quote = told(a.quote, analysis_members=None if typed is None else min(typed, stay))
    members = tuple(m for m in a.quote.members if m.number not in away)
    then = quoted(a, replace(quote, members=members)).calculation
    return Leaving(tuple(gone), c.subsidy, then.subsidy if then else 0)
