"""An Assessment as the plain words of the drafts: str, int, bool, list and dict only, every number formatted here.

>>> from tests.samples import assessment
>>> context(assessment())["amounts"][1]["value"]
'1,050,000 円'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from rules import line_limits, planned_dates
from rules.assess import Assessment
from rules.dates import months_after
from rules.engine import edition as editions
from rules.engine.edition import cite
from rules.frames import frame
from templates import japanese as words
from templates.content import (
    by_frame,
    cash_flow,
    citations,
    costs,
    documents,
    hardware,
    narratives,
    portal_entries,
    portal_screens,
    wage_statement,
)
from templates.content.documents import Document
from templates.content.words import Common, Draft, Paper, Papers
from templates.record.provenance import digest
from workbooks.form import portal_fields

HASH = 12  # letters of the input hash that stand in the foot of a page
STAGES = ("apply", "wish", "report")  # 交付申請, 該当・希望するとき, 実績報告
MAIN, COSTS, PAPERS, PLEDGE, CASH = TITLES = documents.titles()  # the drafts that every frame has


def context(a: Assessment) -> dict[str, Any]:
    """What the templates print. `drafts`: the titles of each in order; the renderer adds its own as `draft`."""
    words = {**_common(a), **by_frame.words(a)}
    return {**words, **by_frame.owed(words, a)}


def _common(a: Assessment) -> Common:
    """What the drafts of every frame print."""
    return {
        "programme": documents.programme(a.edition),
        "frame": a.label,
        "frame_name": a.frame,
        "firm": _line(a.quote.get("name")),
        "subject": _line(a.quote.get("subject")),
        "role": _line(a.quote.get("role")),
        "kind": a.quote.get("kind") or "法人・個人が未記入のため両方",
        "sign": portal_entries.sign(a),
        "drafts": {title: _titles(title, a) for title in documents.titles(a.frame)},
        "edition": _edition(a),
        "input_hash": input_hash(a),
        "portal": {"checked": words.day(portal_fields.checked()), "unseen": portal_screens.unseen(a)},
        "errors": costs.errors(a),
        "findings": costs.findings(a),
        "blocks": portal_screens.blocks(a),
        "lines": costs.table(a),
        "sums": costs.sums(a),
        "amounts": costs.amounts(a),
        "refusal": costs.refusal(a),
        "premises": costs.premises(a),
        "steps": costs.steps(a),
        "software": costs.software(a),
        "hardware": hardware.rows(a),
        "hardware_use": a.quote.get(hardware.USE) or "",
        "quoted": costs.quoted(a),
        "quoted_rows": costs.beside(costs.quoted(a)),
        "cost_sources": citations.listed(costs.marks(a)),
        **_documents(a),
        "we": narratives.selves(a)[0],
        "you": narratives.selves(a)[1],
        "apportioned": costs.apportioned(a),
        "pledge": wage_statement.pledge(a),
        "pledge_sources": citations.listed(citations.marks(wage_statement.places(a))),
        "security_action": a.quote.get("security_action_id") or portal_entries.UNKNOWN,
        "funds": cash_flow.funds(a),
        "months": cash_flow.months(a),
        "peak": cash_flow.peak(a),
        "origin": cash_flow.origin(a),
        "schedule": cash_flow.schedule_rows(a),
    }


def input_hash(a: Assessment) -> str:
    """The first letters of the hash of every input: equal inputs, equal hash.

    >>> from tests.samples import assessment
    >>> input_hash(assessment()) == input_hash(assessment(capital=1))
    False
    """
    return digest(a)[:HASH]


def earliest(applied: date, months: int) -> date:
    """The oldest day of issue that is still within so many months on the day of application.

    >>> earliest(date(2026, 9, 15), 3), earliest(date(2026, 5, 31), 3)
    (datetime.date(2026, 6, 15), datetime.date(2026, 3, 1))
    """
    day = months_after(applied, -months)
    while months_after(day, months) < applied:
        day += timedelta(days=1)
    return day


def _documents(a: Assessment) -> Papers:
    """The documents of each stage, and what they are cited from."""
    found = papers(a)
    known = citations.marks(d.at for group in found.values() for d in group)
    apply, wish, report = ([_document(d, a, known) for d in found[stage]] for stage in STAGES)
    return {
        "apply_documents": apply,
        "wish_documents": wish,
        "report_documents": report,
        "document_sources": citations.listed(known),
    }


def papers(a: Assessment, stages: Sequence[str] = STAGES) -> dict[str, tuple[Document, ...]]:
    """The documents that concern an applicant, by stage: to attach, or with `keep` those to keep."""
    kind, facts = a.quote.get("kind", ""), _facts(a)
    return {stage: documents.documents(stage, kind, facts, a.edition, a.frame) for stage in stages}


def _document(d: Document, a: Assessment, known: Mapping[str, str]) -> Paper:
    """A document; one that is `young` is at hand already, its day of issue known."""
    issued = a.quote.get("certificate_date")
    young = bool(d.months and issued and a.on and a.on <= months_after(issued, d.months))
    source = citations.short(d.at, known)
    return {"name": d.name, "terms": d.terms, "period": _period(d, a), "source": source, "young": young}


def _facts(a: Assessment) -> Mapping[str, bool]:
    """The conditions that drafts.toml names."""
    get, majors = a.quote.get, _majors(a)
    return {
        "small": a.small_biz is True or any(m.small_biz for m in a.quote.members),
        "near": bool(a.calculation and a.calculation.given.get("near_min_wage")),
        "itnavi": get("itnavi") is True,
        "bonus1": get("bonus_wage1") is True,
        "bonus2": get("bonus_wage2") is True,
        "services": "Ⅲ" in majors,
        "hardware": "Ⅳ" in majors or any(m.pc_cost or m.register_cost for m in a.quote.members),
        "unregistered": str(get("inv_status", "")).startswith("未登録・実績報告までに登録"),
    }


def _majors(a: Assessment) -> set[str]:
    if a.edition is None:
        return set()
    p = editions.edition(line_limits.Edition, a.on)
    return {p.major(expense.line.category) for expense in a.expenses}


def _period(d: Document, a: Assessment) -> str:
    """Until when a document of limited age is young enough, in days of this application."""
    if d.months is None:
        return ""
    if a.on is None:
        return f"発行から{d.months}か月以内（申請日が未記入のため日を計算できない）"
    said = f"{words.day(earliest(a.on, d.months))}以後に発行されたもの（申請日から{d.months}か月以内）"
    issued = a.quote.get("certificate_date")
    if issued is None:
        return said
    state = "期限切れ。取り直す" if a.on > months_after(issued, d.months) else "期限内"
    until = words.day(months_after(issued, d.months))
    return f"{said}\n発行日 {words.day(issued)}: {state}（{until}の申請まで使える）"


def _titles(title: str, a: Assessment) -> Draft:
    role, draft = documents.role(a.quote.get("role", "")), documents.draft(title)
    main = title == MAIN
    return {
        "title": title,
        "heading": role.heading if main else title,
        "mark": role.mark,
        "subtitle": role.subtitle.format(use=draft.use),
        "author": role.author,
        "reviewer": role.reviewer,
        "seal": role.seal,
        "notes": [n for n in (role.note, draft.note, _basis(title, a), citations.unread(a.frame, a.edition)) if n],
        "official": documents.official(a.frame),
        "sources": [{"title": cite(place)} for place in dict.fromkeys(by_frame.places(title, a))],
        "main": main,
    }


def _basis(title: str, a: Assessment) -> str:
    """The documents that a draft was made from."""
    found = planned_dates.round_of(a.quote, a.frame)
    common = {
        MAIN: [portal_fields.source(), *_rules(a)],
        PAPERS: [d.at for group in papers(a).values() for d in group],
        PLEDGE: wage_statement.places(a),
        CASH: [*([found.at] if found else []), *_rules(a)],
    }
    return citations.basis(common.get(title) or [*_rules(a), *by_frame.places(title, a)])


def _rules(a: Assessment) -> list[str]:
    """What the amounts were computed from."""
    if a.edition is None:
        return []
    steps = a.calculation.steps if a.calculation else ()
    pages = (frame(a.frame).parameters, line_limits.Edition)
    return [*(editions.edition(page, a.on).document for page in pages), *(s.source for s in steps)]


def _edition(a: Assessment) -> str:
    return f"{words.day(a.edition)}から" if a.edition else "なし"


def _line(value: Any) -> str:
    """A text for one line of a title."""
    return " ".join(str(value).split()) if value else portal_entries.UNKNOWN
