"""公募の回 (rounds): closing dates and the dates that follow from them, as far as they are known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time

from rules.engine.edition import Parameter, editions
from rules.frames import frame as named


@dataclass(frozen=True)
class Round(Parameter):
    """締切分. An unknown date is None; `doubt` is "" or a Japanese sentence."""

    frames: tuple[str, ...]
    number: int
    closing: date  # 締切日
    time: time
    decision: date | None  # 交付決定日
    report: date | None  # 実績報告の期限
    confidence: str  # A, B or C, as in sources.toml
    doubt: str


@dataclass(frozen=True)
class Remark(Parameter):
    """A doubt about every round of one frame."""

    frame: str


@dataclass(frozen=True)
class Lead(Parameter):
    """What an applicant must have before applying, the days that it takes, and what must be had before it."""

    days: int  # of the calendar, as the text says
    business_days: int  # 営業日 of the same length
    after: str
    doubt: str


@dataclass(frozen=True)
class Due(Parameter):
    """What must be done, or will be, at a step whose day is another's to say; `doubt` is a Japanese sentence."""

    doubt: str


@dataclass(frozen=True)
class Edition:
    """One block of schedule.toml."""

    since: date
    document: str
    round: tuple[Round, ...]
    remark: tuple[Remark, ...]
    lead: tuple[Lead, ...]
    finished: Due  # by the time of 実績報告
    income: Due  # 補助金の入金


def rounds(frame: str, today: date) -> tuple[Round, ...]:
    """The rounds of a frame in the edition in force, by closing date; none before the first edition.

    >>> [r.closing.month for r in rounds("複数者連携デジタル化・AI導入枠", date(2026, 4, 1))]
    [6, 8]
    """
    name, page = named(frame).name, in_force(today)
    if page is None:
        return ()
    remarks = [remark.label for remark in page.remark if remark.frame == name]
    own = [replace(r, doubt="".join([r.doubt, *remarks])) for r in page.round if name in r.frames]
    return tuple(sorted(own, key=lambda r: r.closing))


def leads(today: date) -> tuple[Lead, ...]:
    """What takes time before an application; nothing before the first edition.

    >>> [(lead.label, lead.days) for lead in leads(date(2026, 4, 1))]
    [('GビズIDプライム', 14), ('SECURITY ACTION の自己宣言ID', 0)]
    """
    page = in_force(today)
    return page.lead if page else ()


def in_force(today: date) -> Edition | None:
    """The edition in force; None before the first."""
    known: tuple[Edition, ...] = editions(Edition)
    return max((e for e in known if e.since <= today), key=lambda e: e.since, default=None)


def next_round(frame: str, today: date) -> Round | None:
    """The first round that has not closed before today; None when none is known."""
    return next((r for r in rounds(frame, today) if r.closing >= today), None)


def next_deadline(frame: str, today: date) -> date | None:
    """The closing date of the next round; None when none is known.

    >>> next_deadline("通常枠", date(2026, 5, 13))
    datetime.date(2026, 6, 15)
    """
    found = next_round(frame, today)
    return found.closing if found else None
