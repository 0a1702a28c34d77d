"""公募の回 as formulas: the dates of the round that the application falls into, and what is planned against them.

As `rules.schedule` and `rules.planned_dates` say it, for the frame applied for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rules import schedule
from rules.engine.edition import editions
from rules.planned_dates import ORDERED, PLANNED, REPORTED
from workbooks.building.formula_text import AS_OF, blank, day, ref
from workbooks.building.sheets.amount_working import CLOSING, DECISION, DOUBT, FIRST, LAST, REPORT
from workbooks.building.sheets.lists import Lookups
from workbooks.building.sheets.proposal_cells import of_frame

UNKNOWN = "未公表"
COLUMNS = {  # of a round: the title on 一覧 and the name in the schedule
    CLOSING: ("締切日", "closing"),
    DECISION: ("交付決定日", "decision"),
    REPORT: ("実績報告の期限", "report"),
    DOUBT: ("締切の疑い", "doubt"),
}


def cells(look: Lookups) -> Mapping[str, str]:
    """The dates of the round in the frame applied for, and the first day on which may be ordered, by their places."""
    shown = {place: of_frame(lambda f, d=d: _nth(look, f.name, *d)) for place, d in COLUMNS.items()}
    last = f"IF({AS_OF}<{day(editions(schedule.Edition)[-1].since)},NA(),{of_frame(lambda f: f'MAX({_closings(look, f.name)})')})"
    told = ref("decision_date")
    planned = f"IF(ISERROR({CLOSING}),{AS_OF}+1,IF(ISNUMBER({DECISION}),{DECISION},{CLOSING}+1))"
    unknown = f"IF({undated()},NA(),{planned})"
    return {**shown, LAST: last, FIRST: f"IF({blank(told)},{unknown},{told})"}


def early() -> str:
    """Whether an order or a payment is planned before 交付決定."""
    return f"OR({','.join(_before(name) for name in PLANNED)})"


def expired() -> str:
    """Whether the quote is no longer valid when it may be ordered, or when it shall be."""
    until = ref("valid_until")
    actual, meant = (f"IF({blank(ref(name))},FALSE,{until}<{ref(name)})" for name in ORDERED)
    ordered = f"IF({blank(ref(ORDERED[0]))},{meant},{actual})"
    return f"IF({blank(until)},FALSE,OR({_before('valid_until')},{ordered}))"


def late() -> str:
    """Whether something is paid or reported after the limit for 実績報告."""
    after = [f"IF({blank(ref(name))},FALSE,{ref(name)}>{REPORT})" for name in REPORTED]
    known = f"IF(ISERROR({REPORT}),FALSE,ISNUMBER({REPORT}))"
    return f"IF({undated()},FALSE,IF({known},OR({','.join(after)}),FALSE))"


def beyond() -> str:
    """Whether the application is after the last round that is known."""
    since = day(editions(schedule.Edition)[-1].since)
    return f"IF({undated()},FALSE,IF({AS_OF}<{since},FALSE,ISERROR({CLOSING})))"


def _before(name: str) -> str:
    """Whether a date is before the first day on which may be ordered (`rules.planned_dates.decided`)."""
    return f"IF(OR({blank(ref(name))},ISERROR({FIRST})),FALSE,{ref(name)}<{FIRST})"


def undated() -> str:
    """Whether there is no day of application that can be read."""
    return f"OR({blank(ref('application_date'))},ISERROR({AS_OF}))"


def _nth(look: Lookups, frame_name: str, title: str, name: str) -> str:
    """A date of the round in a frame; an error in an edition whose rounds are not known, and past the last one."""
    newest = editions(schedule.Edition)[-1].since
    rounds = schedule.rounds(frame_name, newest)
    wanted = _column(look, (title, *(_said(r, name) for r in rounds)))
    return f'IF({AS_OF}<{day(newest)},NA(),INDEX({wanted},COUNTIF({_closings(look, frame_name)},"<"&{AS_OF})+1))'


def _said(r: schedule.Round, name: str) -> Any:
    """A date of a round, or that it is not known; its doubt in brackets."""
    if name == "doubt":
        return f"（{r.doubt}）" if r.doubt else " "
    return getattr(r, name) or UNKNOWN


def _closings(look: Lookups, frame_name: str) -> str:
    rounds = schedule.rounds(frame_name, editions(schedule.Edition)[-1].since)
    return _column(look, ("締切日", *(r.closing for r in rounds)))


def _column(look: Lookups, values: tuple[Any, ...]) -> str:
    """A column of 一覧; frames with the same rounds share it."""
    known = look.lists.choices
    if values not in known:
        known[values] = look.lists.add(f"{values[0]}（枠ごと）", values[1:])
    return known[values]
