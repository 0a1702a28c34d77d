"""What the drafts of one frame print beyond the common ones, and everything that is still owed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rules.assess import Assessment
from templates import members, partners, plan, portal, screens, service, story
from workbooks import layout

NORMAL, ETRADE, SECURITY, GROUP, REASONS = (
    "課題・労働生産性計画", "取引先アカウント按分計算書", "セキュリティ対策計画", "事業計画書", "選定理由書",
)  # fmt: skip
NOWHERE, DIRECT = "―", "Wordに直接記入"  # no value; no cell of the workbook


def words(a: Assessment) -> dict[str, Any]:
    """The frame's own words; the others' are empty, so that a common draft may look at any of them."""
    common = {"members": [], "member_sums": members.sums(a), "group_totals": [], "group_steps": []}
    return {**common, **OWN[a.frame](a)}


def places(title: str, a: Assessment) -> list[str]:
    """What a draft of one frame cites."""
    told = [s.at for s in story.stories() if s.draft == title]
    more = CITED.get(title)
    return [*told, *(more(a) if more and a.edition else ())]


def owed(known: Mapping[str, Any], a: Assessment) -> dict[str, Any]:
    """Everything that a person still has to fill in, in the order of the drafts: as many rows as there are controls."""
    fields = [_row(f.label, "入力用下書き", _cell(f.name, a)) for f in portal.missing(a)]
    quoted = [_row(r["label"], "経費内訳・補助額計算書", _cell(r["name"], a)) for r in known["quoted"] if r["ask"]]
    rows = [*fields, *quoted, *_asked(known, a)]
    return {"missing_count": len(fields), "owed": rows, "owed_count": len(rows)}


def _asked(known: Mapping[str, Any], a: Assessment) -> Iterator[dict[str, str]]:
    """What the texts of the frame's drafts ask for."""
    if a.frame == "group":
        yield _row("グループの名", GROUP, DIRECT)
    for title, lists in LISTS.get(a.frame, {}).items():
        for name, labels in lists.items():
            blanks = HEADS.get(name, ()) if known[name] else ()
            yield from (_row(label, title, DIRECT) for label in blanks)
            for row in known[name]:
                yield from (_row(row[label], title, DIRECT) for label in labels)
        if title == GROUP:
            yield from (_row(r["label"], title, r["cell"] or DIRECT) for r in known["roles"] if r["ask"])


def _row(label: str, where: str, cell: str) -> dict[str, str]:
    return {"label": label, "where": where, "cell": cell}


def _cell(name: str, a: Assessment) -> str:
    """Where the quote workbook has it."""
    found = layout.INPUT.get(name)
    return a.quote.cell(name) or (found.address if found else DIRECT)


def _normal(a: Assessment) -> dict[str, Any]:
    return {
        "stories": story.tell(NORMAL, a),
        "chain": plan.chain(a),
        "productivity": plan.productivity(a),
        "near": plan.nearness(a),
    }


def _invoice(_: Assessment) -> dict[str, Any]:
    return {}


def _etrade(a: Assessment) -> dict[str, Any]:
    return {
        "stories": story.tell(ETRADE, a),
        "shares": partners.shares(a),
        "partners": partners.partners(a),
        "partner_totals": partners.totals(a),
        "consents": partners.consents(a),
        "excluded": partners.excluded(),
    }


def _security(a: Assessment) -> dict[str, Any]:
    return {
        "stories": story.tell(SECURITY, a),
        "services": service.services(a),
        "productivity": plan.productivity(a),
    }


def _group(a: Assessment) -> dict[str, Any]:
    return {
        "stories": story.tell(GROUP, a),
        "reasons": story.tell(REASONS, a),
        "expert_reasons": story.tell(REASONS, a, "expert") if a.quote.get("expert_name") else [],
        "vendor": a.quote.get("vendor_name") or screens.UNKNOWN,
        "vendor_number": a.quote.get("vendor_corporate_number") or screens.UNKNOWN,
        "expert": a.quote.get("expert_name") or "",
        "expert_number": a.quote.get("expert_corporate_number") or NOWHERE,
        "members": members.rows(a),
        "leading": members.leading(a),
        "member_count": len(a.quote.members),
        "roles": members.roles(a),
        "group_totals": members.totals(a),
        "group_steps": members.analysis(a),
        "productivity": plan.productivity(a),
    }


OWN: dict[str, Callable[[Assessment], dict[str, Any]]] = {
    "normal": _normal,
    "invoice": _invoice,
    "etrade": _etrade,
    "security": _security,
    "group": _group,
}
LISTS: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {
    "normal": {NORMAL: {"stories": ("label",), "chain": ("label", "effect_label")}},
    "etrade": {ETRADE: {"stories": ("label",)}},
    "security": {SECURITY: {"stories": ("label",)}},
    "group": {GROUP: {"stories": ("label",)}, REASONS: {"reasons": ("label",), "expert_reasons": ("label",)}},
}  # by frame, draft and list: the labels of what its rows ask for
VENDOR = ("代表者（ふりがな）", "担当者・所属・役職")
EXPERT = ("社名・所属・役職", "専門分野")
HEADS = {"reasons": VENDOR, "expert_reasons": EXPERT}  # the entries at the head of a 選定理由書
CITED: dict[str, Callable[[Assessment], list[str]]] = {
    NORMAL: plan.places,
    ETRADE: lambda _: partners.places(),
    "取引先同意書": lambda _: partners.places(),
    SECURITY: lambda a: [plan.productivity(a)["source"]],
    GROUP: lambda a: [plan.productivity(a)["source"]],
}  # what a draft cites beyond its texts
