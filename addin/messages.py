"""What hosts say of a quote alike."""

from __future__ import annotations

from collections.abc import Sequence

from rules import schedule
from rules.assess import Assessment


def closed(found: Sequence[Assessment]) -> list[str]:
    """That no closing date is left, first of all; nothing where one is, or where the day of application is not given."""
    late = [a.label for a in found if a.on and schedule.next_deadline(a.frame, a.on) is None]
    if not late:
        return []
    day = found[0].on
    which = "どの枠にも" if len(late) == len(found) else "・".join(late) + "に"
    told = f"申請日（{day}）の後に、収録した締切が{which}ありません。その補助額は参考です。事務局の公表で確かめてください。"
    return [told, ""]
