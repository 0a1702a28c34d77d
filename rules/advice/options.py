"""Every frame for one quote, best first, and what of each line does not count there, for which reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules import line_limits
from rules.assess import Assessment, Expense
from rules.checks.check import assess
from rules.engine.edition import edition
from rules.frames import FRAMES, frame
from rules.quote import Line, Quote


@dataclass(frozen=True)
class Uncounted:
    """Lines of one frame that do not count, or not in full, for one reason. Yen are 税抜."""

    reason: str
    lines: tuple[Line, ...]
    yen: int


def ranked(quote: Quote) -> list[Assessment]:
    """Every frame for one quote, the largest subsidy first; then those that fall, then those that lack inputs.

    Units: amounts in whole 円; costs and own burden 税抜, contracts in か月.
    Errors: none: a frame that cannot be calculated has no subsidy and says in `needs` why.
    Source: each step has its own; the pages of rules/frames/.

    >>> from tests import samples
    >>> [(a.frame, a.subsidy) for a in ranked(samples.quote())][:2]
    [('invoice', 1050000), ('normal', 650000)]
    """
    found = [assess(quote, frame) for frame in FRAMES]
    return sorted(found, key=lambda a: (a.subsidy is None, -(a.subsidy or 0), bool(a.falls)))


def uncounted(a: Assessment) -> tuple[Uncounted, ...]:
    """What does not count by its reason, the most yen first.

    Units: 円、税抜.
    Errors: none: nothing is left out of a quote whose lines were not read.
    Source: rules/line_limits.toml.

    >>> from rules.frames import normal
    >>> from tests import samples
    >>> [(u.reason, u.yen) for u in uncounted(assess(samples.of(normal.FRAME, lines=samples.LINES), normal.FRAME))]
    [('この枠では対象にならないカテゴリーです', 220000)]
    """
    why: dict[str, list[tuple[Line, int]]] = {}
    for expense in a.expenses:
        for reason, cut in _reasons(a, expense):
            why.setdefault(reason, []).append((expense.line, cut))
    found = [Uncounted(r, tuple(line for line, _ in cut), sum(yen for _, yen in cut)) for r, cut in why.items()]
    return tuple(sorted(found, key=lambda u: -u.yen))


def _reasons(a: Assessment, expense: Expense) -> Iterator[tuple[str, int]]:
    """Why a line does not count and with how many yen, or what cuts it by how many."""
    if expense.reason:
        yield line_limits.REASONS[expense.reason], expense.cut
        return
    p = edition(line_limits.Edition, a.on)
    limit = p.months(expense.line.category, frame(a.frame).month_limits)
    for over, title in ((months_cut(expense), limit.title if limit else ""), (service_cut(expense), p.services.title)):
        if over:
            yield f"{title}を超えています", over


def months_cut(expense: Expense) -> int:
    """What of a line that counts is beyond its limit of months（円）."""
    return 0 if expense.reason else expense.step("line_amount") - expense.step("line_months")


def service_cut(expense: Expense) -> int:
    """What of a service that counts is beyond the limit of all services（円）."""
    return 0 if expense.reason else expense.step("line_months") - expense.step("line_capped")
