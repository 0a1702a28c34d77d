"""Why a frame pays nothing for a quote, in the words that the comparison, the sheet and the drafts say."""

from __future__ import annotations

from rules import line_limits
from rules.assess import Assessment
from rules.findings import WARNING
from rules.frames import etrade, group, invoice, normal
from rules.frames.contract import BELOW, NO_COST

SAYING = {
    "GROUP": group.FEW,
    "HARDONLY": invoice.ONLY_HARDWARE,
    "GENERIC": normal.NO_PROCESS,
    "ACCOUNTS": etrade.NO_ACCOUNTS,
    "FLOOR": BELOW,
}


def why(a: Assessment) -> str:
    """The reason for a subsidy of 0 or for none; "" where something is paid.

    >>> from tests.samples import assessment
    >>> why(assessment())
    ''
    """
    if a.needs or a.falls or a.subsidy:
        return a.needs or a.falls
    said = short(a)
    if not a.eligible:
        return "。".join([said, *_reasons(a)])
    return next((told for told in _with_yen(a) if said in (BELOW, group.FEW)), said)


def short(a: Assessment) -> str:
    """The kind of reason for a subsidy of 0, as the sheet says it beside the frame."""
    if not a.eligible:
        return NO_COST
    codes = {f.code for f in a.findings if (f.code, f.level) != ("GROUP", WARNING)}  # a warning there is of names
    return next((words for code, words in SAYING.items() if code in codes), NO_COST)


def _reasons(a: Assessment) -> list[str]:
    """Why the lines do not count, each once."""
    return list(dict.fromkeys(line_limits.REASONS[expense.reason] for expense in a.expenses if expense.reason))


def _with_yen(a: Assessment) -> list[str]:
    """The findings' own sentences, which have the yen or the number of members."""
    return [f.message.rstrip("。") for f in a.findings if f.code in ("FLOOR", "GROUP")]
