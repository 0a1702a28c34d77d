"""By when: which rounds have closed, what must be begun by which day, and the way from the application to the money.

What takes others' time is counted in business days (rules/business_days.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rules import business_days, planned_dates, schedule
from rules.advice.what_if import Tip
from rules.assess import Assessment
from rules.dates import japanese, with_weekday
from rules.quote import Quote
from rules.schedule import Lead, Round

PASSED, NEXT, LATER, AIM = "締切済み", "次の締切", "その後", "申請日の後の締切"
BY, FROM, EXPECTED = "までに", "から", "予定"


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
    todo: str = ""  # what the applicant does then
    word: str = BY


@dataclass(frozen=True)
class Task:
    """What to do by when; `left`: the business days from today to that day, None where it is unknown or has passed."""

    todo: str
    day: date | None
    word: str  # までに, から or 予定
    left: int | None
    note: str


@dataclass(frozen=True)
class Timeline:
    """The dates of one frame as they stand today; `next`: the round to apply in, None where none is known."""

    today: date
    next: Round | None
    rounds: tuple[RoundState, ...]
    starts: tuple[Start, ...]
    events: tuple[Event, ...]
    tasks: tuple[Task, ...]  # in the order of their days, those without a day where they belong
    doubts: tuple[str, ...]


def timeline(a: Assessment, today: date) -> Timeline:
    """The dates of a frame: the round to apply in is the first that closes on the day of application or after it.

    >>> from tests.samples import assessment
    >>> found = timeline(assessment(), date(2026, 9, 1))
    >>> found.next.label if found.next else None
    '5次締切分'
    >>> [(task.todo, f"{task.day}", task.left) for task in found.tasks if task.left and task.left < 10]
    [('GビズIDプライムを申し込む（まだなら）', '2026-09-10', 7)]
    """
    day = max(today, a.on) if a.on else today
    known = schedule.rounds(a.frame, day)
    aim = schedule.next_round(a.frame, day)
    first = next((r for r in known if r.closing >= today), None)
    states = tuple(RoundState(r, _state(r, first, aim, today)) for r in known)
    granted = a.quote.get("decision_date") is not None
    starts = tuple(_starts(aim, today)) if aim and not granted else ()
    events = tuple(_events(a, planned_dates.round_of(a.quote, a.frame) if granted else aim, today))
    tasks = tuple(_tasks(starts, events, today))
    doubts = [d.message for d in planned_dates.doubts(a.quote, a.frame)]
    unknown = business_days.unrecorded(today, *(t.day for t in tasks if t.day))
    return Timeline(today, aim, states, starts, events, tasks, (*doubts, *([unknown] if unknown else [])))


def _state(r: Round, first: Round | None, aim: Round | None, today: date) -> str:
    if r.closing < today:
        return PASSED
    return NEXT if r == first else AIM if r == aim else LATER


def _starts(r: Round, day: date) -> Iterator[Start]:
    """Backwards from the closing day: what waits for something else begins when that is there."""
    for lead in schedule.leads(day):
        weeks = business_days.latest(r.closing - timedelta(lead.days))
        by = min(weeks, business_days.before(r.closing, lead.business_days))  # the earlier, to be on the safe side
        yield Start(lead, by, by >= day)


def _events(a: Assessment, r: Round | None, today: date) -> Iterator[Event]:
    """Forwards from the application."""
    q, page = a.quote, schedule.in_force(a.on or today)
    told = q.get("decision_date")
    decided = told or (r.decision if r else None)
    yield Event("申請の締切", r.closing if r else None, f"{r.label}、{r.time.hour}時" if r else "", "交付申請を出す")
    yield Event(
        "交付決定",
        decided,
        "通知の日" if told else "",
        "交付決定の通知を受ける（それまで発注・契約・支払をしない）",
        EXPECTED,
    )
    yield Event("発注できる日", decided, _planned(q, "order_date", "planned_order"), "発注・契約する", FROM)
    paid = _planned(q, "payment_date", "planned_payment")
    finish = "納品と請求を受け、支払を終える"
    yield Event("納品・支払", business_days.latest(r.report) if r and r.report else None, paid, finish)
    yield Event("実績報告の期限", r.report if r else None, _planned(q, "", "planned_report"), "実績報告を出す")
    yield Event("補助金の入金", None, page.income.label if page else "", "入金を受ける", EXPECTED)


def _planned(quote: Quote, done: str, planned: str) -> str:
    """What the quote says of a step: the day on which it was done, or is to be."""
    if day := quote.get(done):
        return f"{japanese(day)}に済み"
    return f"予定は{japanese(day)}" if (day := quote.get(planned)) else ""


def _tasks(starts: tuple[Start, ...], events: tuple[Event, ...], today: date) -> Iterator[Task]:
    """Everything to do, in the order of the days; what has no day stays after what it follows."""
    made = [Event("", s.by, _waits(s.lead), f"{s.lead.label}を申し込む（まだなら）") for s in starts]
    latest = date.min
    dated: list[tuple[date, Event]] = []
    for event in (*made, *events):
        latest = event.day or latest
        dated.append((latest, event))
    for _, e in sorted(dated, key=lambda pair: pair[0]):
        left = business_days.between(today, e.day) if e.day and e.day >= today else None
        yield Task(e.todo, e.day, e.word, left, e.note)


def _waits(lead: Lead) -> str:
    """How long it takes and what it waits for."""
    return f"{lead.after}を得てから。{_takes(lead)}" if lead.after else _takes(lead)


def _takes(lead: Lead) -> str:
    return f"おおむね{lead.days}日（営業日で{lead.business_days}日）掛かる" if lead.days else "すぐに出る"


def late(a: Assessment, found: Timeline) -> Tip | None:
    """That the last known round has closed: to be said before anything else."""
    if not found.rounds or found.next:
        return None
    last = found.rounds[-1].round
    place = f"収録した最後の締切（{last.label}、{japanese(last.closing)}）"
    planned = (
        f"見積の申請日（{japanese(a.on)}）は{place}より後で"
        if a.on and last.closing >= found.today
        else f"{place}を過ぎていて"
    )
    text = f"{planned}、次の公募は分かりません。"
    return Tip("late", text, 0, a.frame, at=last.at, doubt=last.doubt)


def tips(a: Assessment, found: Timeline) -> Iterator[Tip]:
    """The next closing day with what must be begun for it."""
    if found.next is None:
        return
    r, own, today = found.next, planned_dates.round_of(a.quote, a.frame), found.today
    if a.on and own and own.closing < today:
        text = f"見積の申請日（{japanese(a.on)}）の{own.label}は締め切られたので、申請日を改めて計算し直してください。"
        yield Tip("stale", text, 0, a.frame, at=own.at)
    left, state = (r.closing - today).days, next(s.state for s in found.rounds if s.round == r)
    open_days = business_days.between(today, r.closing)
    text = f"{state}は{r.label}の{japanese(r.closing)}{r.time.hour}時（あと{left}日、営業日で{open_days}日）です。"
    yield Tip("deadline", text, 0, a.frame, at=r.at, doubt=r.doubt)
    for start in found.starts:
        if start.lead.days and start.possible:
            text = f"{start.lead.label}が無ければ、{_takes(start.lead)}ので、{with_weekday(start.by)}までに申し込んでください。"
            yield Tip("lead", text, 0, a.frame, at=start.lead.at, doubt=start.lead.doubt)
        elif start.lead.days:
            text = (
                f"{start.lead.label}が無ければ、{_takes(start.lead)}ので、{r.label}には間に合わないおそれがあります。"
            )
            yield Tip("lead_late", text, 0, a.frame, at=start.lead.at, doubt=start.lead.doubt)
