"""Rounds: the next closing date on, before and after each one; past the last known one there is no answer."""

from datetime import date, time, timedelta

import pytest

from rules.engine.argument import ArgumentError
from rules.schedule import next_deadline, next_round, rounds

DAY = timedelta(days=1)
COMMON = [
    date(2026, 5, 12),
    date(2026, 6, 15),
    date(2026, 7, 21),
    date(2026, 8, 25),
    date(2026, 9, 29),
    date(2026, 10, 30),
]
GROUP = [date(2026, 6, 15), date(2026, 8, 25)]
ALL = [("normal", COMMON), ("invoice", COMMON), ("etrade", COMMON), ("security", COMMON), ("group", GROUP)]


@pytest.mark.parametrize(("frame", "closings"), ALL)
def test_a_round_is_open_on_its_closing_date_and_closed_after_it(frame: str, closings: list[date]) -> None:
    for closing, following in zip(closings, [*closings[1:], None], strict=True):
        assert next_deadline(frame, closing - DAY) == closing
        assert next_deadline(frame, closing) == closing
        assert next_deadline(frame, closing + DAY) == following


def test_every_date_of_a_round() -> None:
    third = next_round("通常枠", date(2026, 7, 1))
    assert third is not None
    assert (third.number, third.closing, third.time) == (3, date(2026, 7, 21), time(17))
    assert (third.decision, third.report) == (date(2026, 9, 2), date(2027, 2, 26))
    assert third.doubt == ""


def test_a_round_leaves_time_for_its_decision_and_its_report() -> None:
    for frame, _ in ALL:
        for r in rounds(frame, date(2026, 4, 1)):
            if r.decision and r.report:
                assert r.closing < r.decision < r.report


def test_the_sixth_round_is_known_from_one_source_only() -> None:
    sixth = next_round("normal", date(2026, 10, 1))
    assert sixth is not None
    assert (sixth.confidence, sixth.decision, sixth.report) == ("C", None, None)
    assert "一つの二次資料" in sixth.doubt


def test_etrade_says_that_its_rounds_are_those_of_the_invoice_frame() -> None:
    etrade, invoice = next_round("電子取引類型", date(2026, 4, 1)), next_round("invoice", date(2026, 4, 1))
    assert etrade is not None and invoice is not None
    assert "電子取引類型も同じ日程" in etrade.doubt
    assert invoice.doubt == ""


@pytest.mark.parametrize("today", [date(2020, 1, 1), date(2025, 6, 1), date(2026, 3, 29), date(2026, 10, 31)])
def test_no_guess_where_no_round_is_known(today: date) -> None:
    assert next_deadline("normal", today) is None


def test_an_unknown_frame_is_told_what_is_allowed() -> None:
    with pytest.raises(ArgumentError, match="通常枠"):
        next_deadline("IT枠", date(2026, 4, 1))
