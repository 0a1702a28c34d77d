"""What a cell holds besides numbers and texts: an error, or a day as a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

VALUE, NUM, NA = "#VALUE!", "#NUM!", "#N/A"


@dataclass(frozen=True)
class Error:
    """An error value, with its number in Excel (CVErr) and in Calc; 0 where Calc has no such error."""

    name: str
    excel: int
    calc: int = 0


ERRORS = (  # first those that every spreadsheet has
    Error("#NULL!", 2000, 521),
    Error("#DIV/0!", 2007, 532),
    Error(VALUE, 2015, 519),
    Error("#REF!", 2023, 524),
    Error("#NAME?", 2029, 525),
    Error(NUM, 2036, 503),
    Error(NA, 2042, 0x7FFF),
    Error("#GETTING_DATA", 2043),
    Error("#SPILL!", 2045),
    Error("#CONNECT!", 2046),
    Error("#BLOCKED!", 2047),
    Error("#UNKNOWN!", 2048),
    Error("#FIELD!", 2049),
    Error("#CALC!", 2050),
)
NAMES = tuple(e.name for e in ERRORS)
EVERYWHERE = tuple(e.name for e in ERRORS if e.calc)

FORMULA = ("=", "+", "-", "@")  # a text that begins so is taken for a formula

EPOCH = datetime(1899, 12, 30)  # day 0, for every day from LEAP on
LEAP = 60  # the day 1900-02-29, which Excel counts and which never was
LAST_SERIAL = (date.max - EPOCH.date()).days  # 9999-12-31


def day_of(serial: float) -> date:
    """The day that a number is, from 1900-03-01 on.

    >>> day_of(46111.5)
    datetime.date(2026, 3, 30)
    """
    return EPOCH.date() + timedelta(int(serial))


def serial_of(day: date) -> int:
    """The number of a day; its time of day does not count.

    >>> serial_of(datetime(2026, 3, 30, 12))
    46111
    """
    return (date(day.year, day.month, day.day) - EPOCH.date()).days


def moment(serial: float) -> date | time:
    """The day, the day with its time, or below 1 the time of day that a number is.

    >>> moment(1.0), moment(46111.5), moment(0.25)
    (datetime.date(1900, 1, 1), datetime.datetime(2026, 3, 30, 12, 0), datetime.time(6, 0))
    """
    if 0 <= serial < 1:
        return (EPOCH + timedelta(serial)).time()
    found = EPOCH + timedelta(serial + (serial < LEAP))
    return found.date() if serial == int(serial) else found
