"""締切 on 提案書: the round that the application falls into in one line, or that none is left."""

from __future__ import annotations

from workbooks.building.formula_text import AS_OF, quoted
from workbooks.building.sheets.amount_working import CLOSING, DECISION, DOUBT, LAST, REPORT
from workbooks.building.sheets.rounds import UNKNOWN, undated

NONE = "収録した締切は残っていません"
LATER = "申請日を入れると出ます"


def late() -> str:
    """Whether no closing date is left on the day of application; FALSE while that day is not given."""
    return f"IF({undated()},FALSE,ISERROR({CLOSING}))"


def told() -> str:
    """What the customer must know first where none is left."""
    known = f'IF(ISERROR({LAST}),"","知られている最後の締切は"&TEXT({LAST},"yyyy/m/d")&"です。")'
    return (
        f'"申請日（"&TEXT({AS_OF},"yyyy/m/d")&"）の後に、収録した締切が残っていません。"&{known}'
        f"&{quoted('下の補助額は参考です。次の回の有無と条件を、事務局の公表で確かめてください。')}"
    )


def shown() -> str:
    """Closing date, decision and report in one line; with the doubt of the round."""
    known = (
        f'TEXT({CLOSING},"yyyy/m/d")&"（17時）　交付決定の予定: "&{_day(DECISION)}'
        f'&"　実績報告の期限: "&{_day(REPORT)}&TRIM({DOUBT})'
    )
    return f"IF({undated()},{quoted(LATER)},IF(ISERROR({CLOSING}),{quoted(NONE)},{known}))"


def _day(place: str) -> str:
    return f'IF(ISNUMBER({place}),TEXT({place},"yyyy/m/d"),{quoted(UNKNOWN)})'
