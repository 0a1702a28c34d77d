"""Business days: the recorded holidays against a library that computes them, and each function against plain counting."""

from __future__ import annotations

from datetime import date, timedelta

import jpholiday
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import business_days, schedule
from rules.engine.edition import cite, editions

DAY = timedelta(days=1)
FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)
DAYS = [FIRST + n * DAY for n in range((LAST - FIRST).days + 1)]
days = st.dates(FIRST, LAST)
(PAGE,) = editions(business_days.Edition)


def is_open(day: date) -> bool:
    """The law in plain branches, the holidays by the library."""
    if day.isoweekday() in (6, 7):
        return False
    if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3):
        return False
    return not jpholiday.is_holiday(day)


def test_every_day_of_the_recorded_years() -> None:
    assert [day for day in DAYS if business_days.is_business_day(day) != is_open(day)] == []


def test_every_holiday_of_the_library_is_recorded_with_its_name() -> None:
    for year in PAGE.year:
        named = {h.day: h.name for h in year.holiday}
        computed = dict(jpholiday.year_holidays(year.year))
        assert named.keys() == computed.keys()
        for day, name in named.items():
            assert name == computed[day] or (name == "休日" and "休" in computed[day])


def test_the_years_follow_one_another_and_cover_every_round() -> None:
    assert [y.year for y in PAGE.year] == [PAGE.since.year + n for n in range(len(PAGE.year))]
    for page in editions(schedule.Edition):
        known = [day for r in page.round for day in (r.closing, r.decision, r.report) if day]
        assert not business_days.unrecorded(page.since, *known)


@given(first=days, span=st.integers(-30, 200))
def test_business_days_between_are_those_counted_one_by_one(first: date, span: int) -> None:
    last = first + span * DAY
    if last <= LAST:
        assert business_days.between(first, last) == sum(is_open(d) for d in DAYS if first < d <= last)


@given(day=days.filter(lambda d: d.year > FIRST.year), count=st.integers(0, 40))
def test_so_many_business_days_before_a_day(day: date, count: int) -> None:
    found = business_days.before(day, count)
    assert count == 0 or business_days.is_business_day(found)
    assert sum(is_open(d) for d in DAYS if found <= d < day) == count


@given(day=days.filter(lambda d: d.year > FIRST.year))
def test_the_latest_business_day_is_open_and_none_after_it_is(day: date) -> None:
    found = business_days.latest(day)
    assert is_open(found) and found <= day
    assert not any(is_open(d) for d in DAYS if found < d <= day)


def test_ten_business_days_before_a_business_day_are_never_less_than_two_weeks() -> None:
    for page in editions(schedule.Edition):
        for lead in page.lead:
            for day in filter(is_open, DAYS[30:]):
                assert business_days.before(day, lead.business_days) <= day - lead.days * DAY


@pytest.mark.parametrize("year", [2024, 2028])
def test_a_year_that_is_not_recorded_is_said_to_be_so(year: int) -> None:
    assert "だけを収録している" in business_days.unrecorded(date(2026, 1, 1), date(year, 6, 1))


def test_the_sources_of_the_holidays_are_named() -> None:
    assert [cite(at)[:8] for at in business_days.sources()] == ["内閣府「国民の祝", "行政機関の休日に"]
