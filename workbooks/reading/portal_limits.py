"""What 申請マイページ would refuse or a reader doubt: texts over their limit, dates out of order, blanks."""

from __future__ import annotations

from collections.abc import Iterator

from rules.checks.codes import rule
from rules.checks.whole_quote import texts
from rules.findings import Finding
from rules.quote import Quote
from workbooks.form import layout, portal_fields
from workbooks.form.vocabulary import private, usual

# The first may not be later than the second.
ORDER = (
    ("started_on", "application_date"),
    ("wage_when", "application_date"),
    ("issued_on", "valid_until"),
    ("planned_order", "planned_payment"),
    ("planned_payment", "planned_report"),
)


def entry_findings(quote: Quote) -> tuple[Finding, ...]:
    """LENGTH, DATES and LETTERS."""
    return (*_lengths(quote), *_dates(quote), *_letters(quote))


def blanks(quote: Quote) -> tuple[layout.Input, ...]:
    """The required inputs that are blank and concern this applicant, in the order of the sheets, as チェック counts them."""
    other = {f.name for f in portal_fields.fields() if not f.asked(quote.inputs)}
    blank = (i for i in layout.INPUTS if i.required and quote.inputs.get(i.name) is None)
    return tuple(i for i in blank if i.name not in other)


def _lengths(quote: Quote) -> Iterator[Finding]:
    for f in portal_fields.fields():
        value = quote.get(f.name)
        if f.kind in ("long", "text") and f.limit and isinstance(value, str) and len(value) > f.limit:
            message = f"「{f.label}」が{len(value)}字あり、上限の{f.limit}字を{len(value) - f.limit}字超えています。短くしてください。"
            yield rule("LENGTH")(message, quote.cell(f.name))


def _letters(quote: Quote) -> Iterator[Finding]:
    """外字, which another machine shows as another letter or not at all, and radicals, which only look like letters."""
    for text, cell in texts(quote):
        if own := private(text):
            todo = "ほかのパソコンや申請マイページでは別の字になるか、消えます。ふつうの字に直してください。"
            yield rule("LETTERS")(f"外字（U+{ord(own):04X}）が入っています。{todo}", cell)
        odd = dict.fromkeys(c for c in text if usual(c) != c)
        if odd:
            pairs = "、".join(f"「{c}」を「{usual(c)}」に" for c in odd)
            todo = f"{pairs}直してください。"
            yield rule("LETTERS")(f"部首の文字が入っています（PDF からの写しに多い、見た目だけ同じ字）。{todo}", cell)


def _dates(quote: Quote) -> Iterator[Finding]:
    for first, second in ORDER:
        one, other = quote.get(first), quote.get(second)
        if one and other and one > other:
            labels = f"「{layout.INPUT[first].label}」（{one}）が「{layout.INPUT[second].label}」（{other}）"
            yield rule("DATES")(f"{labels}より後になっています。日付を確かめてください。", quote.cell(first))
