"""Whether a finished document is one that Word opens. What fails here is our mistake, or a template's that got through."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from templates.files.docx_guard import TYPES as TYPES_PART
from templates.files.docx_guard import BadDocument, inside, parsed, relations
from templates.files.docx_structure import WORD

# Tags of the template's language, which is no XML: whether any was left unprinted. The elements around are cut for the message alone.
TAG = re.compile(r"\{[{%]|[%}]\}")


def without_tags(name: str, xml: str) -> None:
    """No tag is left (those in values are guarded)."""
    if found := TAG.search(xml):
        text = re.sub(r"<[^>]+>", "", xml[max(found.start() - 80, 0) : found.end() + 80])
        raise BadDocument(
            f"テンプレート「{name}」のタグが印字されずに残りました（{text[:60]}）。タグを打ち直してください。"
        )


def whole(xml: str) -> None:
    """Well-formed."""
    try:
        parsed(xml.encode())
    except etree.XMLSyntaxError:
        why = "タグが段落や表の途中で切れているので、{%p や {%tr を使ってください。"
        raise BadDocument(f"テンプレートから壊れた文書ができました。{why}") from None


def sound(part: str, data: bytes) -> None:
    """Well-formed, and every cell ends in a paragraph."""
    if not part.endswith((".xml", ".rels")):
        return
    try:
        root = parsed(data)
    except etree.XMLSyntaxError:
        raise BadDocument(
            f"テンプレートから壊れた文書ができました（{part}）。テンプレートを確かめてください。"
        ) from None
    cells(root)


def cells(root: Any) -> None:
    """Every cell ends in a paragraph."""
    for cell in root.iter(f"{WORD}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{WORD}p":
            raise BadDocument("テンプレートの表に空になるセルがあります。セルの終わりに空の段落を足してください。")


def connected(parts: Mapping[str, bytes]) -> None:
    """Every relation leads to a part, and every part has a type."""
    for rels in (p for p in parts if p.endswith(".rels")):
        for relation in relations(parts[rels]):
            outside = relation.get("TargetMode") == "External"
            if not outside and inside(rels, relation.get("Target", "")) not in parts:
                raise AssertionError(f"{rels}: {relation.get('Target')} leads nowhere")
    types = parsed(parts[TYPES_PART])
    named = {t.get("PartName", "").lstrip("/") for t in types}
    endings = {t.get("Extension", "").lower() for t in types}
    for part in parts:
        if part != TYPES_PART and part not in named and part.rpartition(".")[2].lower() not in endings:
            raise AssertionError(f"{part} has no type")
