"""予定の日付: what is planned, against the dates of the 公募の回 that an application falls into.

Nothing may be ordered before 交付決定; what is reported after the round's limit is not paid for; a quote must still be
valid when it is ordered; and past the last round that is known nothing can be said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rules import schedule
from rules.quote import Quote
from rules.schedule import Round

DAY = timedelta(days=1)
PLANNED = {"planned_order": "発注の予定日", "planned_payment": "支払の予定日"}
REPORTED = {"planned_report": "実績報告の予定日", "planned_payment": "支払の予定日", "payment_date": "支払日"}
ORDERED = ("order_date", "planned_order")


@dataclass(frozen=True)
class Doubt:
    """A date that does not fit: the input, the code of the finding, what is wrong (a clause) and what follows."""

    name: str
    code: str
    wrong: str
    then: str
    at: str = ""

    @property
    def message(self) -> str:
        """Both as sentences."""
        return f"{self.wrong}。{self.then}"


def round_of(quote: Quote, frame: str) -> Round | None:
    """The round that the application date falls into, if it is known."""
    return schedule.next_round(frame, quote.applied_on) if quote.applied_on else None


def decided(quote: Quote, frame: str) -> tuple[date, str] | None:
    """The first day on which may be ordered, and in words what it follows from; None where nothing tells."""
    told, found, on = quote.get("decision_date"), round_of(quote, frame), quote.applied_on
    if told:
        return told, f"交付決定日（{told}）より前です"
    if found and found.decision:
        return found.decision, f"{found.label}の交付決定の予定日（{found.decision}）より前です"
    if found:
        return found.closing + DAY, f"{found.label}の締切（{found.closing}）以前で、交付決定より前になります"
    return (on + DAY, f"申請日（{on}）以前で、交付決定より前になります") if on else None


def doubts(quote: Quote, frame: str) -> Iterator[Doubt]:
    """Every date that does not fit, in the order of the procedure."""
    yield from _unknown(quote, frame)
    first, found = decided(quote, frame), round_of(quote, frame)
    for name, label in PLANNED.items() if first else ():
        day = quote.get(name)
        if first and day and day < first[0]:
            then = "交付決定前の発注・契約・支払は補助の対象になりません。"
            yield Doubt(name, "ORDER", f"{label}（{day}）が{first[1]}", then)
    yield from _expired(quote, first)
    limit = found.report if found else None
    for name, label in REPORTED.items() if found and limit else ():
        day = quote.get(name)
        if found and limit and day and day > limit:
            then = "期限までに支払を終えて報告しないと、補助金は支払われません。予定を早めてください。"
            yield Doubt(
                name, "ROUND", f"{label}（{day}）が、{found.label}の実績報告の期限（{limit}）より後です", then, found.at
            )


def _unknown(quote: Quote, frame: str) -> Iterator[Doubt]:
    """An application after the last round that is known."""
    on = quote.applied_on
    known = schedule.rounds(frame, on) if on else ()
    if on and known and round_of(quote, frame) is None:
        last = known[-1]
        wrong = f"申請日（{on}）が、収録した最後の公募（{last.label}、締切{last.closing}）より後です"
        then = (
            "締切・交付決定・実績報告の日は分かりません。公募が続いているか、公式の事業スケジュールで確かめてください。"
        )
        yield Doubt("application_date", "ROUND", wrong, then, last.at)


def _expired(quote: Quote, first: tuple[date, str] | None) -> Iterator[Doubt]:
    """A quote that is no longer valid when it may be ordered, or when it shall be."""
    until = quote.get("valid_until")
    ordered = next((day for name in ORDERED if (day := quote.get(name))), None)
    then = "発注の時に切れていない見積をもらってください。"
    if until and first and until < first[0]:
        yield Doubt("valid_until", "ROUND", f"見積の有効期限（{until}）が{first[1]}", then)
    elif until and ordered and until < ordered:
        yield Doubt("valid_until", "ROUND", f"見積の有効期限（{until}）が、発注の日（{ordered}）より前です", then)
