"""Calendar arithmetic, with months that end where the month does, and days as people write them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

YEAR = 12


def months_after(day: date, months: int) -> date:
    """The same day some months on, or the last of a shorter month.

    >>> months_after(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * YEAR + day.month - 1 + months, YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def japanese(day: date) -> str:
    """A day as a sentence has it. strftime has no such thing: %-m is not known on Windows, and 年 not in every locale.

    >>> japanese(date(2026, 3, 30))
    '2026年3月30日'
    """
    return f"{japanese_month(day)}{day.day}日"


def with_weekday(day: date) -> str:
    """A day as a plan has it.

    >>> with_weekday(date(2026, 3, 30))
    '2026年3月30日（月）'
    """
    return f"{japanese(day)}（{'月火水木金土日'[day.weekday()]}）"


def japanese_month(day: date) -> str:
    """The month of a day.

    >>> japanese_month(date(2026, 3, 30))
    '2026年3月'
    """
    return f"{day.year}年{day.month}月"


def slashed(day: date) -> str:
    """A day as a table has it.

    >>> slashed(date(2026, 3, 30))
    '2026/3/30'
    """
    return f"{day.year}/{day.month}/{day.day}"
