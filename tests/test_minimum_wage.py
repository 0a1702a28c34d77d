"""地域別最低賃金: the day before a revision, the day itself, and beyond what is recorded."""

from datetime import date, timedelta

import pytest

from rules.argument import ArgumentError
from rules.minimum_wage import Wage, in_force, official, prefectures, years

DAY = timedelta(days=1)


def wage(prefecture: str, on: date) -> Wage:
    found = in_force(prefecture, on)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("prefecture", "r6", "r7", "since"),
    [
        ("東京都", 1163, 1226, date(2025, 10, 3)),
        ("北海道", 1010, 1075, date(2025, 10, 4)),
        ("群馬県", 985, 1063, date(2026, 3, 1)),  # after the new year
        ("秋田県", 951, 1031, date(2026, 3, 31)),  # the last of all
        ("沖縄県", 952, 1023, date(2025, 12, 1)),
    ],
)
def test_a_revision_holds_from_its_day(prefecture: str, r6: int, r7: int, since: date) -> None:
    assert wage(prefecture, since - DAY).yen == r6
    assert (wage(prefecture, since).yen, wage(prefecture, since).since) == (r7, since)


def test_both_years_name_the_same_47_prefectures() -> None:
    r6, r7 = years()
    assert len(prefectures()) == len(set(prefectures())) == 47
    assert [f.prefecture for f in r6.wage] == [f.prefecture for f in r7.wage]


def test_every_revision_raises_the_wage() -> None:
    r6, r7 = years()
    for old, new in zip(r6.wage, r7.wage, strict=True):
        assert old.yen < new.yen
        assert r6.since <= old.since < r7.since <= new.since


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
    last, first = wage("東京", date(2026, 9, 30)), wage("東京", date(2026, 10, 1))
    assert last.doubt == ""
    assert first.yen == 1226
    assert first.doubt.startswith("令和8年度の額は未収録")


def test_the_source_names_the_year() -> None:
    assert "令和7年度" in wage("大阪", date(2026, 6, 1)).source
    assert "令和6年度" in wage("大阪", date(2025, 10, 15)).source


def test_nothing_before_the_first_year() -> None:
    assert in_force("徳島県", date(2024, 10, 31)) is None  # from 2024-11-01
    assert wage("徳島県", date(2024, 11, 1)).yen == 980
