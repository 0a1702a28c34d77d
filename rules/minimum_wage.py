"""地域別最低賃金: the hourly minimum of a prefecture on a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from rules.engine.argument import VALUE, ArgumentError
from rules.engine.edition import Parameter, editions

SUFFIXES = "都府県"  # 東京 is accepted for 東京都; 道 is not here, since 北海 is no name


@dataclass(frozen=True)
class Figure:
    """The amount of one prefecture (円、時間額) and the day from which it is in force (発効日)."""

    prefecture: str
    yen: int
    since: date


@dataclass(frozen=True)
class Edition(Parameter):
    """One block of minimum_wage.toml: a year's revision (年度)."""

    since: date
    document: str
    doubt_from: date | None
    doubt: str
    planned: tuple[str, ...]
    planned_doubt: str
    wage: tuple[Figure, ...]


@dataclass(frozen=True)
class Wage(Figure):
    """A figure with its source and year (令和8年度); `doubt` is "" or a Japanese sentence."""

    source: str
    doubt: str
    year: str


def years() -> tuple[Edition, ...]:
    """The years recorded, oldest first."""
    return editions(Edition)


def prefectures() -> tuple[str, ...]:
    """The 47 prefectures by their official names, in the official order."""
    return tuple(figure.prefecture for figure in years()[-1].wage)


def official(prefecture: str) -> str:
    """The official name of a prefecture.

    >>> official("東京"), official("京都"), official("北海道")
    ('東京都', '京都府', '北海道')
    """
    for name in prefectures():
        if prefecture == name or (name[-1] in SUFFIXES and prefecture == name[:-1]):
            return name
    known = "、".join(prefectures())
    raise ArgumentError("prefecture", VALUE, f"{prefecture} という都道府県はありません。使えるのは {known} です。")


def in_force(prefecture: str, on: date) -> Wage | None:
    """The minimum wage of a prefecture on a date; None before the first year recorded.

    >>> [wage.yen for day in (30, 31) if (wage := in_force("秋田", date(2026, 3, day)))]
    [951, 1031]
    """
    name = official(prefecture)
    known = [(e, f) for e in years() for f in e.wage if f.prefecture == name and f.since <= on]
    if not known:
        return None
    e, figure = known[-1]
    return Wage(name, figure.yen, figure.since, f"{e.at} {e.label} {name}", _doubt(name, on), e.label.split()[0])


def coming(prefecture: str, on: date) -> Wage | None:
    """The next figure recorded that is not in force yet on a date; None where none is.

    >>> [(wage.yen, wage.year) for day in (1, 9) if (wage := coming("秋田", date(2026, 10, day)))]
    [(1090, '令和8年度'), (1090, '令和8年度')]
    """
    name = official(prefecture)
    later = [f.since for e in years() for f in e.wage if f.prefecture == name and f.since > on]
    return in_force(name, min(later)) if later else None


def latest_month(on: date) -> date:
    """The day whose figure the 直近月 of an application is held to: the last of the month before it (2-1-1(2)(イ)).

    >>> latest_month(date(2026, 10, 15)), latest_month(date(2027, 1, 1))
    (datetime.date(2026, 9, 30), datetime.date(2026, 12, 31))
    """
    return on - timedelta(days=on.day)


def _doubt(name: str, on: date) -> str:
    """What is not known of the figure of a prefecture: a later revision, or a day that was only planned."""
    begun = [e for e in years() if e.since <= on][-1]
    later = begun.doubt if begun.doubt_from is not None and on >= begun.doubt_from else ""
    return later or (begun.planned_doubt if name in begun.planned else "")
