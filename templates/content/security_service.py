"""セキュリティ対策推進枠: the services of the IPA list as text, with period and price."""

from __future__ import annotations

from rules.assess import Assessment
from rules.frames import security
from templates import japanese
from templates.content.narratives import SOFTWARE, UNKNOWN
from templates.content.words import Service


def services(a: Assessment) -> list[Service]:
    """A row for each お助け隊サービス of the quote."""
    number = a.quote.get("otasuke_number") or UNKNOWN
    return [
        {
            "item": s.line.item or UNKNOWN,
            "number": number,
            "months": f"{s.line.months}か月" if s.line.months else UNKNOWN,
            "amount": UNKNOWN if s.amount is None else japanese.number(s.amount),
            "eligible": UNKNOWN if s.amount is None else japanese.number(s.eligible),
            "note": s.line.note or "―",
        }
        for s in a.expenses
        if s.line.category == SOFTWARE and security.accepts(s.line)
    ]
