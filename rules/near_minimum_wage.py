"""最低賃金近傍の事業者: judged month by month; the months need not follow one another. Unanswered is not "no"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from rules.engine.argument import Argument
from rules.engine.arithmetic import choose
from rules.engine.edition import Parameter, edition
from rules.quote import Month, Quote

ARGUMENTS = (
    Argument("everyone", "positive", "全従業員数（人）"),
    Argument("below", "count", "うち境の額に満たない従業員数（人）"),
)
MONTHS = 12  # a year's months are asked for


@dataclass(frozen=True)
class Test(Parameter):
    """From which share of employees, in how many months, against which wage."""

    months: int
    share: Fraction
    over: int  # yen above 地域別最低賃金
    inclusive: bool  # whether an employee at exactly that wage counts
    first: date | None  # the first month looked at
    year: date | None  # the year's revision that every month is held against


@dataclass(frozen=True)
class Edition:
    """One block of near_minimum_wage.toml."""

    since: date
    document: str
    test: Test


def hit(q: Any, p: Edition) -> Any:
    """1 where a month counts, else 0. q has the names of ARGUMENTS.

    >>> from types import SimpleNamespace as Q
    >>> [hit(Q(everyone=10, below=n), edition(Edition)) for n in (2, 3)]
    [0, 1]
    """
    return choose(q.below >= q.everyone * p.test.share, 1, 0)


def answered(month: Month) -> bool:
    """Whether a month says enough to be judged."""
    return bool(month.readable and month.everyone and month.below is not None and month.below <= month.everyone)


def verdict(months: Iterable[Month], on: date | None = None) -> bool | None:
    """Whether the months show it: True, False, or None while the unanswered months could still decide.

    >>> full = [Month(n, everyone=10, below=3) for n in (1, 5, 9)]
    >>> verdict(full), verdict(full[:2]), verdict([Month(n, everyone=10, below=0) for n in range(1, 13)])
    (True, None, False)
    """
    p = edition(Edition, on)
    told = [m for m in months if answered(m)]
    hits = sum(hit(m, p) for m in told)
    if hits >= p.test.months:
        return True
    return None if hits + MONTHS - len(told) >= p.test.months else False


def _typed(quote: Quote) -> bool:
    return any(m.everyone is not None or m.below is not None or not m.readable for m in quote.months)


def unread(quote: Quote) -> bool:
    """Whether a cell that decides cannot be read: of the months, or of the answer where they are all blank."""
    return not all(m.readable for m in quote.months) if _typed(quote) else quote.unread("near_min_wage")


def of(quote: Quote) -> bool | None:
    """最低賃金近傍 of a quote: what its months show; the answer typed where they are all blank; None: undecided."""
    if not _typed(quote):
        return quote.get("near_min_wage")
    return verdict(quote.months, quote.applied_on)
