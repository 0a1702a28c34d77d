"""Cost above a cap: what is bought and earns nothing, and where the cap begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from rules.advice.what_if import Tip, subsidy_if
from rules.assess import Assessment
from rules.checks.codes import yen
from rules.engine.argument import kinds
from rules.engine.compiler import in_force, program
from rules.engine.evaluate import Calculation, scalar
from rules.frames import group, invoice
from rules.required_cost import least

# The step that a cost's own part ends in, and what a sentence calls that cost
PARTS = {
    "normal": {"cost": ("capped", "ソフトウェア等")},
    "invoice": {
        "cost": ("software", "ソフトウェア等"),
        "pc_cost": ("pc_part", "PC・タブレット等"),
        "register_cost": ("register_part", "レジ・券売機"),
    },
    "etrade": {"cost": ("subsidy", "クラウド利用費")},
    "security": {"cost": ("capped", "お助け隊サービス")},
    "group": {
        "analysis_cost": ("analysis_part", "(b) 消費動向等分析経費"),
        "admin_cost": ("admin_part", "(c) 事務費・専門家経費"),
    },
}


@dataclass(frozen=True)
class Idle:
    """A cost beyond the point from which more of it earns nothing. Amounts in whole yen, 税抜."""

    argument: str
    what: str
    full: int  # the cost from which on nothing is added
    yen: int  # the cost above it
    at: str


def idle(a: Assessment) -> tuple[Idle, ...]:
    """Every cost of an assessment that goes beyond its cap; the members' own are in `members`.

    >>> from tests.samples import assessment
    >>> [(i.argument, i.full, i.yen) for i in idle(assessment())]
    [('pc_cost', 200000, 20000)]
    """
    c = a.calculation
    found = (_idle(c, name) for name in PARTS[a.frame]) if c and c.subsidy else ()
    return tuple(i for i in found if i)


def _idle(c: Calculation, name: str) -> Idle | None:
    high, now = kinds()["yen"].high or 0, c.given[name]
    if not now or subsidy_if(c, **{name: high}) > c.subsidy:
        return None
    full = least(lambda cost: subsidy_if(c, **{name: cost}) >= c.subsidy, now)
    step, what = PARTS[c.frame][name]
    source = next(s.source for s in c.steps if s.name == step)
    return Idle(name, what, full, now - full, source) if now > full else None


def members(a: Assessment) -> tuple[Idle, ...]:
    """What the members of a group buy beyond the caps of their own parts, summed over them."""
    rows: list[dict[str, Any]] = a.calculation.given["members"] if a.calculation and a.frame == group.FRAME.name else []
    over, found = [i for row in rows for i in of_member(row, a.on)], list[Idle]()
    for name, (_, what) in PARTS[invoice.FRAME.name].items():
        own = [i for i in over if i.argument == name]
        if own:
            spent, full = sum(i.full + i.yen for i in own), sum(i.full for i in own)
            who = f"構成員{len(own)}者の{what}{'（計）' if len(own) > 1 else ''}"
            found.append(Idle(name, who, full, spent - full, own[0].at))
    return tuple(found)


def of_member(row: dict[str, Any], on: date | None) -> Iterator[Idle]:
    """What one member of a group buys beyond the caps of its own parts; `row`: the arguments of インボイス対応類型."""
    for name, (step, what) in PARTS[invoice.FRAME.name].items():
        full = _full(name, row, on) if row["cost"] else row[name]
        if full < row[name]:
            yield Idle(name, what, full, row[name] - full, _source(step, on))


@cache
def _source(step: str, on: date | None) -> str:
    made = program(invoice.FRAME, in_force(invoice.FRAME, on).since)
    return next(s.source for s in made.steps if s.name == step)


def _full(name: str, row: dict[str, Any], on: date | None) -> int:
    return _full_of(name, row["small_biz"], row["functions"], on)


@cache
def _full_of(name: str, small_biz: bool, functions: int, on: date | None) -> int:
    """The least cost of one kind that brings as much as any: the parts of a member do not touch one another."""
    high = kinds()["yen"].high or 0
    only = {"cost": 1, "small_biz": small_biz, "functions": functions}

    def paid(cost: int) -> int:
        return scalar(invoice.FRAME, {**only, name: cost}, on).subsidy

    most = paid(high)
    return least(lambda cost: paid(cost) >= most, high)


def tips(a: Assessment) -> Iterator[Tip]:
    """Each of these as a sentence, and how far the other costs are from their caps."""
    for i in (*idle(a), *members(a)):
        text = f"{i.what}は経費{yen(i.full)}まで補助が増え、それを超える{yen(i.yen)}には補助がつきません。"
        yield Tip("idle", text, i.yen, a.frame, a.subsidy, a.subsidy, {i.argument: i.full}, i.at)
    yield from _combined(a)
    yield from _rooms(a)


def _combined(a: Assessment) -> Iterator[Tip]:
    """(a)+(b) of a group over their common cap."""
    c = a.calculation
    lost = c.step("together") - c.step("combined") if c and a.frame == group.FRAME.name and c.subsidy else 0
    if c and lost:
        step = next(s for s in c.steps if s.name == "combined")
        text = f"(a)+(b) は計算上{yen(c.step('together'))}ですが、上限の{yen(step.value)}で止まり、{yen(lost)}は補助されません。"
        yield Tip("combined", text, lost, a.frame, a.subsidy, a.subsidy, at=step.source)


def _rooms(a: Assessment) -> Iterator[Tip]:
    """Costs that are quoted and not at their cap: what the rest up to it would bring."""
    c, high = a.calculation, kinds()["yen"].high or 0
    for name, (step, what) in PARTS[a.frame].items() if c and c.subsidy else ():
        most = subsidy_if(c, **{name: high}) if c and c.given[name] else 0
        if c and most > c.subsidy:
            full = least(lambda cost, name=name, most=most: subsidy_if(c, **{name: cost}) >= most, high)
            more = full - c.given[name]
            text = f"{what}は経費があと{yen(more)}（計{yen(full)}）まで補助が増え、補助額は最大{yen(most)}になります。"
            source = next(s.source for s in c.steps if s.name == step)
            yield Tip("room", text, 0, a.frame, c.subsidy, most, {name: full}, source, near=False)
