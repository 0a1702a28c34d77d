"""What a quote must be checked for (見積の検査). Each check reads an assessment and yields findings, all at once.

Levels, titles, sources and word lists stand in `checks.toml`; a check (`entry.Check`) supplies the condition, the cell
and the sentence. The checks stand by what they look at: the lines, the frame, the whole quote, the firm, its plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from rules.assess import UNCHOSEN, Assessment, amounts
from rules.checks import firm, lines, past, plan, whole_quote
from rules.checks import frame as of_frame
from rules.checks.codes import rule
from rules.findings import ERROR, NOTICE, Finding, worst_first
from rules.frames.contract import Frame
from rules.quote import Quote

MOST_NOTICES = 3
CHECKS: tuple[
    Callable[[Assessment], Iterator[Finding]], ...
] = (  # of the notices the first ones stay: those that change the amount
    *lines.CHECKS,
    *of_frame.CHECKS,
    *whole_quote.CHECKS,
    *firm.CHECKS,
    *plan.CHECKS,
    *past.CHECKS,
)


def assess(quote: Quote, frame: Frame, named: bool = True) -> Assessment:
    """One frame for one quote, with every finding that concerns it; `named`: the call names it, not the quote."""
    found = amounts(quote, frame)
    if not named and quote.unread("frame"):  # no amount of a frame that nobody chose
        found = replace(found, calculation=None, needs=UNCHOSEN, falls="")
    return replace(found, findings=worst_first((*quote.findings, *check(found))))


def check(a: Assessment) -> tuple[Finding, ...]:
    """Every finding of every check; of the notices, at most three."""
    if a.edition is None:
        return (rule("EDITION")(f"{a.needs}申請日を確かめてください。", a.quote.cell("application_date")),)
    found = [f for one in CHECKS for f in one(a)]
    if a.subsidy is None and not any(f.level == ERROR for f in (*a.quote.findings, *found)):
        message = f"補助額を計算できません。足りないもの: {a.needs}"
        found.append(rule("INPUT")(message, of_frame.missing(a)))
    notices = [f for f in found if f.level == NOTICE][:MOST_NOTICES]
    return tuple(f for f in found if f.level != NOTICE or f in notices)
