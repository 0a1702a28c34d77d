"""By when: which rounds have closed, what must be begun by which day, and the way from the application to the money.

Days are calendar days: the rules know no holidays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rules import planned_dates, schedule
from rules.advice.what_if import Tip
from rules.assess import Assessment
from rules.dates import japanese
from rules.schedule import Lead, Round

PASSED, NEXT, LATER, AIM = "締切済み", "次の締切", "その後", "申請日の後の締切"


@dataclass(frozen=True)
class RoundState:
    """A round and whether it has closed."""

    round: Round
    state: str


@dataclass(frozen=True)
class Start:
    """What must be begun by which day for a round; `possible`: whether that day is still to come."""

    lead: Lead
    by: date
    possible: bool


@dataclass(frozen=True)
class Event:
    """A step on the way to the money; a day that nobody knows is None."""

    label: str
    day: date | None
    note: str = ""


@dataclass(frozen=True)
class Timeline:
    """The dates of one frame as they stand today; `next`: the round to apply in, None where none is known."""

    today: date
    next: Round | None
    rounds: tuple[RoundState, ...]
    starts: tuple[Start, ...]
    events: tuple[Event, ...]
    doubts: tuple[str, ...]


def timeline(a: Assessment, today: date) -> Timeline:
    """The dates of a frame: the round to apply in is the first that closes on the day of application or after it.

    >>> from tests.samples import assessment
    >>> found = timeline(assessment(), date(2026, 9, 1)).next
    >>> found.label if found else None
    '5次締切分'
    """
    day = max(today, a.on) if a.on else today
    known = schedule.rounds(a.frame, day)
    aim = schedule.next_round(a.frame, day)
    first = next((r for r in known if r.closing >= today), None)
    states = tuple(RoundState(r, _state(r, first, aim, today)) for r in known)
    starts = tuple(_starts(aim, today)) if aim else ()
    doubts = tuple(d.message for d in planned_dates.doubts(a.quote, a.frame))
    return Timeline(today, aim, states, starts, tuple(_events(a, aim)), doubts)


def _state(r: Round, first: Round | None, aim: Round | None, today: date) -> str:
    if r.closing < today:
        return PASSED
    return NEXT if r == first else AIM if r == aim else LATER


def _starts(r: Round, day: date) -> Iterator[Start]:
    """Backwards from the closing day: what waits for something else begins when that is there."""
    for lead in schedule.leads(day):
        by = r.closing - timedelta(lead.days)
        yield Start(lead, by, by >= day)


def _events(a: Assessment, r: Round | None) -> Iterator[Event]:
    """Forwards from the application."""
    q = a.quote
    yield Event("申請の締切", r.closing if r else None, r.label if r else "")
    told = q.get("decision_date")
    yield Event("交付決定", told or (r.decision if r else None), "" if told else "予定")
    yield Event("発注・契約", q.get("order_date") or q.get("planned_order"), "交付決定の後に")
    yield Event("支払", q.get("payment_date") or q.get("planned_payment"))
    yield Event("実績報告の期限", r.report if r else None, "支払を終えて報告")
    yield Event("補助金の入金", None, "実績報告と確定の後（後払い）")


def late(a: Assessment, today: date) -> Tip | None:
    """That the last known round has closed: to be said before anything else."""
    found = timeline(a, today)
    if not found.rounds or found.next:
        return None
    last = found.rounds[-1].round
    place = f"収録した最後の締切（{last.label}、{japanese(last.closing)}）"
    planned = (
        f"見積の申請日（{japanese(a.on)}）は{place}より後で"
        if a.on and last.closing >= today
        else f"{place}を過ぎていて"
    )
    text = f"{planned}、次の公募は分かりません。"
    return Tip("late", text, 0, a.frame, at=last.at, doubt=last.doubt)


def tips(a: Assessment, today: date) -> Iterator[Tip]:
    """The next closing day with what must be begun for it."""
    found = timeline(a, today)
    if found.next is None:
        return
    r, own = found.next, planned_dates.round_of(a.quote, a.frame)
    if a.on and own and own.closing < today:
        text = f"見積の申請日（{japanese(a.on)}）の{own.label}は締め切られたので、申請日を改めて計算し直してください。"
        yield Tip("stale", text, 0, a.frame, at=own.at)
    left, state = (r.closing - today).days, next(s.state for s in found.rounds if s.round == r)
    text = f"{state}は{r.label}の{japanese(r.closing)}{r.time.hour}時（あと{left}日）です。"
    yield Tip("deadline", text, 0, a.frame, at=r.at, doubt=r.doubt)
    for start in found.starts:
        if start.lead.days and start.possible:
            text = f"{start.lead.label}が無ければ、おおむね{start.lead.days}日掛かるので、{japanese(start.by)}までに申し込んでください。"
            yield Tip("lead", text, 0, a.frame, at=start.lead.at, doubt=start.lead.doubt)
        elif start.lead.days:
            text = f"{start.lead.label}が無ければ、おおむね{start.lead.days}日掛かるので、{r.label}には間に合わないおそれがあります。"
            yield Tip("lead_late", text, 0, a.frame, at=start.lead.at, doubt=start.lead.doubt)
