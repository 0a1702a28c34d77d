"""Calendar arithmetic: months that end where the month does."""

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
