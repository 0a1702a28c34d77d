"""What the drafts of one frame print beyond the common ones, and everything that is still owed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rules.assess import Assessment
from templates.content import members, narratives, partners, plan, portal_entries, portal_screens, security_service
from workbooks.form import layout

NORMAL, ETRADE, SECURITY, GROUP, REASONS = (
    "課題・労働生産性計画", "取引先アカウント按分計算書", "セキュリティ対策計画", "事業計画書", "選定理由書",
)  # fmt: skip
NOWHERE = "―"  # no value


def words(a: Assessment) -> dict[str, Any]:
    """The frame's own words; the others' are empty, so that a common draft may look at any of them."""
    common = {"members": [], "member_sums": members.sums(a), "group_totals": [], "group_steps": []}
    own = OWN.get(a.frame)
    return {**common, **(own(a) if own else {})}


def places(title: str, a: Assessment) -> list[str]:
    """What a draft of one frame cites."""
    told = [s.at for s in narratives.stories() if s.draft == title]
    more = CITED.get(title)
    return [*told, *(more(a) if more and a.edition else ())]


def owed(known: Mapping[str, Any], a: Assessment) -> dict[str, Any]:
    """Everything that a person still has to fill in, in the order of the drafts: as many rows as there are controls."""
    fields = [_row(f.label, "入力用下書き", _cell(f.name, a), f.name) for f in portal_screens.missing(a)]
    asked = [r for r in known["quoted"] if r["ask"]]
    quoted = [_row(r["label"], "経費内訳・補助額計算書", _cell(r["name"], a), r["name"]) for r in asked]
    rows = [*fields, *quoted, *_asked(known, a)]
    return {"missing_count": len(fields), "owed": rows, "owed_count": len(rows)}


def _asked(known: Mapping[str, Any], a: Assessment) -> Iterator[dict[str, str]]:
    """What the texts of the frame's drafts ask for."""
    for title, lists in LISTS.get(a.frame, {}).items():
        rows = [(row, part) for name, parts in lists.items() for row in known[name] for part in parts]
        for row, part in rows:
            if row[f"{part}ask"]:
                name = row[f"{part}field"]
                yield _row(row[f"{part}label"], title, _cell(name, a), name)
        if title == GROUP:
            yield from (_row(r["label"], title, r["cell"], f"role:{r['name']}") for r in known["roles"] if r["ask"])


def _head(name: str, a: Assessment) -> dict[str, Any]:
    """An entry at the head of a draft."""
    label = layout.INPUT[name].label.removeprefix("IT提供事業者の").removeprefix("外部専門家の")
    return {"label": label, "tail": "", "control": "text", **narratives.answer(a, name)}


def _row(label: str, where: str, cell: str, name: str) -> dict[str, str]:
    return {"label": label, "where": where, "cell": cell, "name": name}


def _cell(name: str, a: Assessment) -> str:
    """Where the quote workbook has it."""
    found = layout.INPUT.get(name)
    return a.quote.cell(name) or (found.address if found else NOWHERE)


def _normal(a: Assessment) -> dict[str, Any]:
    return {
        "stories": narratives.tell(NORMAL, a),
        "chain": plan.chain(a),
        "productivity": plan.productivity(a),
        "near": plan.nearness(a),
    }


def _etrade(a: Assessment) -> dict[str, Any]:
    return {
        "stories": narratives.tell(ETRADE, a),
        "shares": partners.shares(a),
        "partners": partners.partners(a),
        "partner_totals": partners.totals(a),
        "consents": partners.consents(a),
        "excluded": partners.excluded(),
    }


def _security(a: Assessment) -> dict[str, Any]:
    return {
        "stories": narratives.tell(SECURITY, a),
        "services": security_service.services(a),
        "productivity": plan.productivity(a),
    }


def _group(a: Assessment) -> dict[str, Any]:
    return {
        "stories": narratives.tell(GROUP, a),
        "reasons": narratives.tell(REASONS, a),
        "expert_reasons": narratives.tell(REASONS, a, "expert") if a.quote.get("expert_name") else [],
        "vendor": a.quote.get("vendor_name") or portal_entries.UNKNOWN,
        "vendor_head": [_head(name, a) for name in VENDOR],
        "vendor_number": a.quote.get("vendor_corporate_number") or portal_entries.UNKNOWN,
        "expert": a.quote.get("expert_name") or "",
        "expert_head": [_head(name, a) for name in EXPERT] if a.quote.get("expert_name") else [],
        "expert_number": a.quote.get("expert_corporate_number") or NOWHERE,
        "members": members.rows(a),
        "leading": members.leading(a),
        "named": [_head("group_name", a)],
        "member_count": len(a.quote.members),
        "roles": members.roles(a),
        "group_totals": members.totals(a),
        "group_steps": members.analysis(a),
        "productivity": plan.productivity(a),
    }


OWN: dict[str, Callable[[Assessment], dict[str, Any]]] = {
    "normal": _normal,
    "etrade": _etrade,
    "security": _security,
    "group": _group,
}
ONE = ("",)
LISTS: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {
    "normal": {NORMAL: {"stories": ONE, "chain": ("", "effect_")}},
    "etrade": {ETRADE: {"stories": ONE}},
    "security": {SECURITY: {"stories": ONE}},
    "group": {
        GROUP: {"named": ONE, "stories": ONE},
        REASONS: {"vendor_head": ONE, "reasons": ONE, "expert_head": ONE, "expert_reasons": ONE},
    },
}  # by frame, draft and list: how the names of what its rows ask for begin
VENDOR, EXPERT = ("vendor_representative", "vendor_person"), ("expert_affiliation", "expert_field")  # 選定理由書
CITED: dict[str, Callable[[Assessment], list[str]]] = {
    NORMAL: plan.places,
    ETRADE: lambda _: partners.places(),
    "取引先同意書": lambda _: partners.places(),
    SECURITY: lambda a: [plan.productivity(a)["source"]],
    GROUP: lambda a: [plan.productivity(a)["source"]],
}  # what a draft cites beyond its texts
