"""地域別最低賃金: the day before a revision, the day itself, and beyond what is recorded."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from rules import near_minimum_wage
from rules.checks.check import assess
from rules.engine.argument import ArgumentError
from rules.engine.edition import edition
from rules.frames import invoice
from rules.minimum_wage import Wage, coming, in_force, latest_month, official, prefectures, years
from tests import samples

DAY = timedelta(days=1)


def wage(prefecture: str, on: date) -> Wage:
    found = in_force(prefecture, on)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("prefecture", "before", "yen", "since"),
    [
        ("東京都", 1163, 1226, date(2025, 10, 3)),
        ("北海道", 1010, 1075, date(2025, 10, 4)),
        ("群馬県", 985, 1063, date(2026, 3, 1)),  # after the new year
        ("秋田県", 951, 1031, date(2026, 3, 31)),  # the last of all
        ("沖縄県", 952, 1023, date(2025, 12, 1)),
        ("東京都", 1226, 1280, date(2026, 10, 1)),
        ("新潟県", 1050, 1108, date(2026, 10, 1)),
        ("京都府", 1122, 1180, date(2026, 11, 16)),
        ("宮崎県", 1023, 1085, date(2026, 10, 24)),  # planned
        ("岩手県", 1031, 1090, date(2026, 12, 1)),
        ("沖縄県", 1023, 1086, date(2026, 12, 2)),  # the last of all
    ],
)
def test_a_revision_holds_from_its_day(prefecture: str, before: int, yen: int, since: date) -> None:
    assert wage(prefecture, since - DAY).yen == before
    assert (wage(prefecture, since).yen, wage(prefecture, since).since) == (yen, since)


def test_all_years_name_the_same_47_prefectures() -> None:
    assert len(prefectures()) == len(set(prefectures())) == 47
    assert {tuple(f.prefecture for f in e.wage) for e in years()} == {prefectures()}


def test_every_revision_raises_the_wage() -> None:
    assert [e.label[:5] for e in years()] == ["令和6年度", "令和7年度", "令和8年度"]
    for earlier, later in pairwise(years()):
        for old, new in zip(earlier.wage, later.wage, strict=True):
            assert old.yen < new.yen
            assert earlier.since <= old.since < later.since <= new.since


def test_the_revision_of_2026_is_written_off_rightly() -> None:
    """Its lowest, its highest and the sum of all 47, as counted on the lists."""
    yen = [f.yen for f in years()[-1].wage]
    assert (min(yen), max(yen), sum(yen)) == (1085, 1280, 52_885)
    assert [f.prefecture for f in years()[-1].wage if f.yen == 1085] == ["宮崎県"]


@pytest.mark.parametrize("name", prefectures())
def test_the_short_name_is_accepted(name: str) -> None:
    assert official(name) == name
    assert official(name if name == "北海道" else name[:-1]) == name


@pytest.mark.parametrize("name", ["東京府", "北海", "江戸", ""])
def test_an_unknown_prefecture_is_told_what_is_allowed(name: str) -> None:
    with pytest.raises(ArgumentError, match="北海道、青森県") as raised:
        in_force(name, date(2026, 6, 1))
    assert raised.value.error == "#VALUE!"


def test_a_year_that_is_not_recorded_is_said() -> None:
    last, first = wage("東京", date(2027, 9, 30)), wage("東京", date(2027, 10, 1))
    assert last.doubt == ""
    assert first.yen == 1280
    assert first.doubt.startswith("令和9年度の額は未収録")


@pytest.mark.parametrize(("name", "planned"), [("宮崎", date(2026, 10, 24)), ("鹿児島", date(2026, 10, 25))])
def test_a_day_that_was_only_planned_is_said_on_either_side_of_it(name: str, planned: date) -> None:
    assert wage(name, date(2026, 9, 30)).doubt == ""
    for on in (date(2026, 10, 1), planned - DAY, planned):
        assert "2026年9月16日の時点で予定" in wage(name, on).doubt
    assert wage("大分", planned).doubt == ""


def test_the_month_before_the_application_is_the_latest() -> None:
    assert latest_month(date(2026, 10, 1)) == latest_month(date(2026, 10, 31)) == date(2026, 9, 30)
    assert latest_month(date(2027, 3, 15)) == date(2027, 2, 28)


def test_the_coming_revision() -> None:
    found = coming("京都", date(2026, 11, 15))
    assert found is not None
    assert (found.yen, found.year, found.since) == (1180, "令和8年度", date(2026, 11, 16))
    assert coming("京都", date(2026, 11, 16)) is None


# 2-1-1(2)(イ): in the 直近月. 新潟県: 1,050 yen until 2026-09-30, 1,108 yen from 2026-10-01.
@pytest.mark.parametrize(
    ("on", "paid", "level"),
    [
        (date(2026, 9, 30), 1_049, "error"),
        (date(2026, 9, 30), 1_050, ""),
        (date(2026, 10, 1), 1_049, "error"),  # less than in September
        (date(2026, 10, 1), 1_050, "warning"),  # enough in September, too little by now
        (date(2026, 10, 31), 1_107, "warning"),
        (date(2026, 10, 31), 1_108, ""),
        (date(2026, 11, 1), 1_107, "error"),  # October is the latest month
        (date(2026, 11, 1), 1_108, ""),
        (date(2027, 11, 1), 1_108, "notice"),  # the revision of 2027 is not recorded
    ],
)
def test_the_lowest_wage_is_held_to_the_latest_month(on: date, paid: int, level: str) -> None:
    a = assess(samples.of(invoice.FRAME, application_date=on, office_min_wage=paid), invoice.FRAME)
    assert [f.level for f in a.findings if f.code == "MINWAGE"] == ([level] if level else [])


def test_near_the_minimum_wage_keeps_the_figure_of_2025() -> None:
    """The flyer's ※2 names 令和7年度改定, whatever is in force on the day of application."""
    test = edition(near_minimum_wage.Edition, date(2026, 10, 15)).test
    assert test.year == date(2025, 10, 1)
    assert "令和7年度改定" in test.title


def test_the_source_names_the_year() -> None:
    assert "令和7年度" in wage("大阪", date(2026, 6, 1)).source
    assert "令和6年度" in wage("大阪", date(2025, 10, 15)).source


def test_nothing_before_the_first_year() -> None:
    assert in_force("徳島県", date(2024, 10, 31)) is None  # from 2024-11-01
    assert wage("徳島県", date(2024, 11, 1)).yen == 980
