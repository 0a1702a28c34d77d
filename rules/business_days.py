"""営業日: days that are no 土日, no 国民の祝日・休日 and not 年末年始, as far as they are recorded."""

from __future__ import annotations

from calendar import SATURDAY, SUNDAY
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from rules.engine.edition import Parameter, editions

DAY = timedelta(days=1)
JANUARY, DECEMBER = 1, 12


@dataclass(frozen=True)
class Holiday:
    """One 国民の祝日 or 休日."""

    day: date
    name: str


@dataclass(frozen=True)
class NewYear(Parameter):
    """年末年始: from a day of December to a day of January."""

    december_from: int
    january_to: int
    doubt: str


@dataclass(frozen=True)
class Year(Parameter):
    """The holidays of a year."""

    year: int
    holiday: tuple[Holiday, ...]


@dataclass(frozen=True)
class Edition:
    """One block of business_days.toml."""

    since: date
    document: str
    new_year: NewYear
    year: tuple[Year, ...]


def is_business_day(day: date) -> bool:
    """Whether offices are open; of a year that is not recorded, 土日 and 年末年始 alone are known.

    >>> [is_business_day(date(2026, 9, day)) for day in (18, 19, 21, 22, 23, 24)]
    [True, False, False, False, False, True]
    """
    new_year = _page().new_year
    closed = (day.month == DECEMBER and day.day >= new_year.december_from) or (
        day.month == JANUARY and day.day <= new_year.january_to
    )
    return day.weekday() not in (SATURDAY, SUNDAY) and not closed and day not in _holidays()


def latest(day: date) -> date:
    """A day itself, or the last business day before it.

    >>> latest(date(2027, 1, 3))
    datetime.date(2026, 12, 28)
    """
    return day if is_business_day(day) else latest(day - DAY)


def before(day: date, days: int) -> date:
    """The business day so many business days before a day.

    >>> before(date(2026, 9, 29), 10)
    datetime.date(2026, 9, 10)
    """
    for _ in range(days):
        day = latest(day - DAY)
    return day


def between(first: date, last: date) -> int:
    """The business days after the first day up to the last one; 0 where the last is no later.

    >>> between(date(2026, 9, 18), date(2026, 9, 24))
    1
    """
    return sum(is_business_day(first + n * DAY) for n in range(1, (last - first).days + 1))


def unrecorded(*days: date) -> str:
    """What is not known of the holidays up to some days, in Japanese; "" where their years are recorded.

    >>> unrecorded(date(2027, 12, 31)), unrecorded(date(2028, 1, 4))
    ('', '2027年までの祝日だけを収録しているので、その後は土日と年末年始だけを除いて営業日を数えました。')
    """
    first, last = _page().year[0].year, _page().year[-1].year
    if any(day.year > last for day in days):
        return f"{last}年までの祝日だけを収録しているので、その後は土日と年末年始だけを除いて営業日を数えました。"
    if any(day.year < first for day in days):
        return f"{first}年からの祝日だけを収録しているので、その前は土日と年末年始だけを除いて営業日を数えました。"
    return ""


def sources() -> tuple[str, ...]:
    """Where the holidays and 年末年始 stand, `document#place`."""
    return _page().year[-1].at, _page().new_year.at


def doubt() -> str:
    """What is not known of 年末年始, in Japanese."""
    return _page().new_year.doubt


def _page() -> Edition:
    return editions(Edition)[-1]


@cache
def _holidays() -> frozenset[date]:
    return frozenset(h.day for year in _page().year for h in year.holiday)
