"""Several applications in the same period: which tools go to which frame, so that the subsidies together are the most.

A tool goes with all lines that belong to it, and each cost is used once. Exact up to MOST tools; beyond, the smallest
are kept together. More lines never lower a subsidy but that of 電子取引類型, which takes one software alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import SimpleNamespace

from rules import line_limits, other_applications
from rules.advice.what_if import told
from rules.assess import Assessment, Expense, amounts, arguments, lines_need, seconds, split, tax_needs
from rules.engine.argument import kinds
from rules.engine.compiler import program
from rules.engine.edition import edition
from rules.engine.steps import Trace
from rules.frames import etrade, frame
from rules.frames.contract import Frame
from rules.line_limits import CONSULTING, COUNTS, SECOND, SOFTWARE
from rules.other_applications import Together
from rules.quote import Line, Quote

MOST = 10
FREELY = ("normal", "invoice")  # frames whose tools may be any: nothing but the lines themselves stands against a part


@dataclass(frozen=True)
class Application:
    """One application of a combination: the frame's amounts for the tools that go to it."""

    assessment: Assessment
    tools: tuple[str, ...]


@dataclass(frozen=True)
class Combination:
    """Applications that may stand beside one another, and where that is permitted."""

    applications: tuple[Application, ...]
    together: Together
    exact: bool  # whether every tool was tried by itself

    @property
    def subsidy(self) -> int:
        """補助額 of all together（円）."""
        return sum(a.assessment.subsidy or 0 for a in self.applications)


def best(quote: Quote) -> Combination | None:
    """The applications that bring the most together, of equal ones the fewest; None where no frame pays anything.

    >>> from rules.frames import security
    >>> from tests import samples
    >>> found = best(samples.of(security.FRAME, lines=(*samples.LINES, samples.WATCH)))
    >>> [(a.assessment.frame, a.assessment.subsidy, a.tools) for a in found.applications] if found else None
    [('invoice', 1050000, ('みのり受発注',)), ('security', 160000, ('見守り隊',))]
    """
    tools = Tools(*_units(quote))
    found = (_applied(tools, t, sets) for t in other_applications.together() for sets in _most(tools, t))
    paid = [c for c in found if c.subsidy]
    return max(paid, key=lambda c: (c.subsidy, -len(c.applications)), default=None)


def _most(tools: Tools, t: Together) -> Iterator[Mapping[str, int]]:
    """The best sets of tools for the frames of one permitted set, with and without the frame that stands alone."""
    once = other_applications.once().frame
    others = sorted((frame(name) for name in t.frames if name != once), key=lambda f: f is not etrade.FRAME)
    for own in {0, tools.counting(frame(once)) if once in t.frames else 0}:
        left = tools.everything & ~tools.watched if own else tools.everything
        ways = _ways(tools, others, left)
        yield {**max(ways, key=lambda w: sum(tools.subsidy(frame(f), n) for f, n in w.items())), once: own}


def _ways(tools: Tools, modules: Sequence[Frame], left: int) -> Iterator[dict[str, int]]:
    """Every way to give the tools that are left to some frames; the last takes all that it can."""
    if not modules:
        yield {}
        return
    module, *later = modules
    wanted = tools.counting(module) & left
    shared = wanted & (tools.everything if module is etrade.FRAME else _any(tools.counting(f) for f in later))
    for part in _parts(shared):
        if module is etrade.FRAME and part & (part - 1):
            continue  # one software alone
        mine = part if module is etrade.FRAME else wanted & ~shared | part
        yield from ({module.name: mine, **rest} for rest in _ways(tools, later, left & ~mine))


def _any(sets: Iterator[int]) -> int:
    found = 0
    for one in sets:
        found |= one
    return found


def _parts(tools: int) -> Iterator[int]:
    """Every part of a set of tools, from all to none."""
    part = tools
    while part:
        yield part
        part = (part - 1) & tools
    yield 0


def _applied(tools: Tools, t: Together, sets: Mapping[str, int]) -> Combination:
    made = [(tools.assess(frame(name), sets.get(name, 0)), sets.get(name, 0)) for name in t.frames]
    paid = [Application(a, tools.names(n)) for a, n in made if a.subsidy]
    ordered = sorted(paid, key=lambda a: -(a.assessment.subsidy or 0))
    return Combination(tuple(ordered), t, tools.exact)


# --- the tools of a quote; a set of them is the bits of a number ------------------------------------------------------


@dataclass(frozen=True)
class Tools:
    """The tools of a quote, and what each counts in each frame."""

    quote: Quote  # its discounts stand on its lines, so that any part of them can be assessed
    units: tuple[tuple[str, tuple[Line, ...]], ...]
    exact: bool

    @property
    def everything(self) -> int:
        """All tools."""
        return (1 << len(self.units)) - 1

    @cached_property
    def watched(self) -> int:
        """The tools that stand in one frame or in others, never in both."""
        serves = frame(other_applications.once().frame).accepts
        return _set(any(serves(line) for line in lines) for _, lines in self.units)

    @cached_property
    def _known(self) -> dict[tuple[str, int], int]:
        return {}

    @cached_property
    def _service_limit(self) -> int:
        return _most_of_services(edition(line_limits.Edition, self.quote.applied_on))

    @cached_property
    def _wholes(self) -> dict[str, Assessment]:
        return {}

    @cached_property
    def _expenses(self) -> dict[str, tuple[tuple[Expense, ...], ...]]:
        return {}

    def names(self, tools: int) -> tuple[str, ...]:
        """What the tools are called, in the order of the quote."""
        return tuple(name for n, (name, _) in enumerate(self.units) if tools >> n & 1)

    def counting(self, module: Frame) -> int:
        """The tools of which anything may count in a frame."""
        return _set(bool(expenses) for expenses in self._counting(module)) if module.line_classes else 0

    def assess(self, module: Frame, tools: int) -> Assessment:
        """A frame's amounts for some tools."""
        lines = [line for n, (_, unit) in enumerate(self.units) if tools >> n & 1 for line in unit]
        return amounts(replace(self.quote, lines=tuple(sorted(lines, key=lambda line: line.number))), module)

    def subsidy(self, module: Frame, tools: int) -> int:
        """補助額 of a frame for some tools（円）; 0 for none."""
        key = module.name, tools
        if key not in self._known:
            self._known[key] = self._subsidy(module, tools)
        return self._known[key]

    def _subsidy(self, module: Frame, tools: int) -> int:
        """As `assess`; from what each line counts in the whole quote, where many sets are tried."""
        if module.name not in FREELY:
            return self.assess(module, tools).subsidy or 0
        chosen = [s for n, expenses in enumerate(self._counting(module)) if tools >> n & 1 for s in expenses]
        calculation = self._whole(module).calculation
        if calculation is None or not any(s.line.category == SOFTWARE for s in chosen):
            return 0
        expenses = _company(chosen, edition(line_limits.Edition, self.quote.applied_on), self._service_limit)
        given = arguments(module, self.quote, expenses, self._whole(module).small_biz)
        return program(module, calculation.edition).run(**given)[-1]

    def _whole(self, module: Frame) -> Assessment:
        """A frame's amounts for all tools: without them, no part has any."""
        if module.name not in self._wholes:
            self._wholes[module.name] = self.assess(module, self.everything)
        return self._wholes[module.name]

    def _counting(self, module: Frame) -> tuple[tuple[Expense, ...], ...]:
        """What of each tool counts in a frame, where nothing but another consulting line would stand against it."""
        if module.name not in self._expenses:
            found = split(self.quote.lines, module, edition(line_limits.Edition, self.quote.applied_on))
            own = {s.line.number: s for s in found if s.reason in (COUNTS, SECOND)}
            kept = (tuple(own[x.number] for x in lines if x.number in own) for _, lines in self.units)
            self._expenses[module.name] = tuple(kept)
        return self._expenses[module.name]


def _set(members: Iterator[bool]) -> int:
    return sum(1 << n for n, member in enumerate(members) if member)


def _company(expenses: Sequence[Expense], rule: line_limits.Edition, most: int) -> list[Expense]:
    """What of some lines counts together: the services as one, of the consulting lines the largest alone."""
    less = set(seconds({s.line.number: s.amount or 0 for s in expenses if s.line.category == CONSULTING}, rule))
    served = {c.number for c in rule.category if c.major == "Ⅲ"}
    services = [s for s in expenses if s.line.category in served]
    rest = [s for s in expenses if s.line.category not in served]
    if not services:
        return rest
    total = sum(s.step("line_months") for s in services if s.line.number not in less)
    return [*rest, replace(services[0], amount=total, eligible=min(total, most), reason=COUNTS)]


def _most_of_services(rule: line_limits.Edition) -> int:
    """What counts of services without end, in one application（円）."""
    facts = dict.fromkeys(("discount", "allotted", "limit", "before", "monthly", "yearly"), 0)
    endless = SimpleNamespace(**facts, price=kinds()["yen"].high, quantity=1, months=1, service=True, reason=COUNTS)
    return line_limits.eligible(endless, rule, Trace())


def _units(quote: Quote) -> tuple[Quote, tuple[tuple[str, tuple[Line, ...]], ...], bool]:
    """The quote with its discounts on its lines, and its lines by their tools; none where the lines have no amount."""
    rule = edition(line_limits.Edition, quote.applied_on)
    expenses = split(quote.lines, frame("normal"), rule, quote.get("total_discount", 0))
    lines = tuple(replace(s.line, discount=s.line.discount + s.allotted) for s in expenses)
    plain = replace(told(quote, total_discount=None, quoted_gross=None), lines=lines)
    if lines_need(quote, expenses) or tax_needs(quote, expenses):  # also where a frame first lacks something else
        return plain, (), True
    named: dict[str, list[Line]] = {}
    for line in lines:
        named.setdefault(line.tool or line.item or f"{line.number}行目", []).append(line)
    size = {s.line.number: s.amount or 0 for s in expenses}
    largest = sorted(named.items(), key=lambda unit: -sum(size[line.number] for line in unit[1]))
    kept, rest = largest[: MOST - 1], largest[MOST - 1 :]
    if len(rest) > 1:
        kept.append((f"ほか{len(rest)}ツール", [line for _, own in rest for line in own]))
    else:
        kept += rest
    return plain, tuple((name, tuple(own)) for name, own in kept), len(rest) <= 1
