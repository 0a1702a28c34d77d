"""The same facts as the text of the advice, as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from addin.cli import advice_cash, advice_group
from rules.advice.advice import Advice
from rules.advice.cash import Cash
from rules.advice.duties import Duty
from rules.advice.inverse import Wish
from rules.advice.options import uncounted
from rules.advice.timeline import Timeline
from rules.advice.what_if import Tip
from rules.assess import Assessment
from rules.engine.edition import cite
from rules.zero_reasons import why


def as_json(found: Advice, wished: Sequence[Wish] = (), money: Cash | None = None) -> dict[str, Any]:
    """The same facts as data."""
    return {
        "late": found.late.text if found.late else "",
        "frames": [_frame_json(a) for a in found.frames],
        "combination": _combination_json(found),
        "tips": [_tip_json(tip) for tip in found.tips],
        "inverse": [asdict(w) for w in wished],
        "duty": _duty_json(found.duty),
        "timeline": _timeline_json(found.timeline),
        "cash": advice_cash.as_json(money),
        "group": advice_group.as_json(found.group),
    }


def _frame_json(a: Assessment) -> dict[str, Any]:
    lines = [
        {"number": s.line.number, "item": s.line.item, "amount": s.amount, "eligible": s.eligible, "cut": s.cut}
        for s in a.expenses
    ]
    reasons = [{"reason": u.reason, "lines": [x.number for x in u.lines], "yen": u.yen} for u in uncounted(a)]
    return {
        "frame": a.frame,
        "label": a.label,
        "subsidy": a.subsidy,
        "eligible": a.eligible,
        "own_burden": a.own_burden,
        "why": why(a),
        "lines": lines,
        "uncounted": reasons,
    }


def _combination_json(found: Advice) -> dict[str, Any] | None:
    c = found.combination
    if c is None:
        return None
    made = [
        {"frame": x.assessment.frame, "label": x.assessment.label, "subsidy": x.assessment.subsidy, "tools": x.tools}
        for x in c.applications
    ]
    return {
        "subsidy": c.subsidy,
        "applications": made,
        "exact": c.exact,
        "source": cite(c.together.at),
        "doubt": c.together.doubt,
    }


def _tip_json(tip: Tip) -> dict[str, Any]:
    names = ("kind", "text", "worth", "frame", "before", "after", "change", "doubt", "near")
    return {**{name: getattr(tip, name) for name in names}, "source": cite(tip.at) if tip.at else ""}


def _duty_json(duty: Duty | None) -> dict[str, Any] | None:
    if duty is None:
        return None
    plan = {"measure": duty.plan.measure, "cagr": str(duty.plan.cagr), "minimum_wage_plus": duty.plan.minimum_wage_plus}
    return {
        **plan,
        "per_person": duty.person,
        "years": [asdict(y) for y in duty.years],
        "hourly": asdict(duty.hourly) if duty.hourly else None,
        "repaid": [asdict(r) for r in duty.repaid],
        "reliefs": duty.reliefs,
        "source": cite(duty.plan.source),
        "doubt": duty.plan.doubt,
    }


def _timeline_json(found: Timeline) -> dict[str, Any]:
    rounds = [{"label": r.round.label, "closing": f"{r.round.closing}", "state": r.state} for r in found.rounds]
    starts = [
        {
            "label": s.lead.label,
            "days": s.lead.days,
            "business_days": s.lead.business_days,
            "by": f"{s.by}",
            "possible": s.possible,
        }
        for s in found.starts
    ]
    events = [{"label": e.label, "day": f"{e.day}" if e.day else None, "note": e.note} for e in found.events]
    tasks = [
        {
            "todo": t.todo,
            "day": f"{t.day}" if t.day else None,
            "word": t.word,
            "business_days_left": t.left,
            "note": t.note,
        }
        for t in found.tasks
    ]
    dates = {"rounds": rounds, "starts": starts, "events": events, "tasks": tasks}
    return {"today": f"{found.today}", **dates, "doubts": found.doubts}
