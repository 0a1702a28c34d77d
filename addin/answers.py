"""What hosts know of a quote, as data: the command line prints it as JSON, buttons say it in words (addin/messages.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rules import schedule, zero_reasons
from rules.assess import Assessment
from rules.engine.edition import cite
from rules.findings import Finding


def finding(f: Finding) -> dict[str, str]:
    """A finding, its source in words."""
    return {**asdict(f), "source": cite(f.source) if f.source else ""}


def frames(found: Sequence[Assessment]) -> dict[str, Any]:
    """A quote in every frame, in the order given, and whether closing dates have passed."""
    return {"late": "".join(closed(found)[:1]), "frames": [_amounts(a) for a in found]}


def closed(found: Sequence[Assessment]) -> list[str]:
    """That no closing date is left, first of all; nothing where one is, or where the day of application is not given."""
    late = [a.label for a in found if a.on and schedule.next_deadline(a.frame, a.on) is None]
    if not late:
        return []
    day = found[0].on
    which = "どの枠にも" if len(late) == len(found) else "・".join(late) + "に"
    told = f"申請日（{day}）の後に、収録した締切が{which}ありません。その補助額は参考です。事務局の公表で確かめてください。"
    return [told, ""]


def _amounts(a: Assessment) -> Mapping[str, Any]:
    known = {"eligible": a.eligible, "subsidy": a.subsidy, "own_burden": a.own_burden, "out_of_pocket": a.out_of_pocket}
    amounts = dict.fromkeys(known) if a.needs else known
    told = {"needs": a.needs, "falls": a.falls, "why": zero_reasons.why(a)}
    return {"frame": a.frame, "label": a.label, **amounts, **told}
