"""What 申請マイページ would refuse or a reader doubt: texts over their limit, dates out of order, blanks."""

from __future__ import annotations

from collections.abc import Iterator

from rules.codes import rule
from rules.findings import Finding
from rules.quote import Quote
from workbooks import fields, layout

# The first may not be later than the second.
ORDER = (
    ("started_on", "application_date"),
    ("wage_when", "application_date"),
    ("issued_on", "valid_until"),
    ("planned_order", "planned_payment"),
    ("planned_payment", "planned_report"),
)


def entry_findings(quote: Quote) -> tuple[Finding, ...]:
    """LENGTH and DATES."""
    return (*_lengths(quote), *_dates(quote))


def blanks(quote: Quote) -> tuple[layout.Input, ...]:
    """The required inputs of 申請者 that are blank and concern this applicant, in the order of the sheet."""
    return tuple(layout.INPUT[f.name] for f in fields.missing(quote.inputs))


def _lengths(quote: Quote) -> Iterator[Finding]:
    for f in fields.fields():
        value = quote.get(f.name)
        if f.kind in ("long", "text") and f.limit and isinstance(value, str) and len(value) > f.limit:
            message = f"「{f.label}」が{len(value)}字あり、上限の{f.limit}字を{len(value) - f.limit}字超えています。短くしてください。"
            yield rule("LENGTH")(message, quote.cell(f.name))


def _dates(quote: Quote) -> Iterator[Finding]:
    for first, second in ORDER:
        one, other = quote.get(first), quote.get(second)
        if one and other and one > other:
            labels = f"「{layout.INPUT[first].label}」（{one}）が「{layout.INPUT[second].label}」（{other}）"
            yield rule("DATES")(f"{labels}より後になっています。日付を確かめてください。", quote.cell(first))
