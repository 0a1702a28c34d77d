"""Whether a finished document is one that Word opens. What fails here is our mistake, or a template's that got through."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import ParseError

from templates.files.docx_structure import WORD, BadDocument, tree

# Tags of the template's language, which is no XML: whether any was left unprinted. The elements around are cut for the message alone.
HALVES = ("{{", "{%", "%}", "}}")
TAG = re.compile(r"\{[{%]|[%}]\}")
CUT = "テンプレートから壊れた文書ができました。タグが段落や表の途中で切れているので、{%p や {%tr を使ってください。"


def without_tags(name: str, xml: str) -> None:
    """No tag is left (those in values are guarded)."""
    if any(half in xml for half in HALVES) and (found := TAG.search(xml)):
        text = re.sub(r"<[^>]+>", "", xml[max(found.start() - 80, 0) : found.end() + 80])
        raise BadDocument(
            f"テンプレート「{name}」のタグが印字されずに残りました（{text[:60]}）。タグを打ち直してください。"
        )


def sound(xml: str | bytes, why: str = CUT) -> Any:
    """The tree of a part: well-formed, every cell ends in a paragraph."""
    try:
        root = tree(xml)
    except ParseError:
        raise BadDocument(why) from None
    for cell in root.iter(f"{WORD}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{WORD}p":
            raise BadDocument("テンプレートの表に空になるセルがあります。セルの終わりに空の段落を足してください。")
    return root


def even(root: Any) -> bool:
    """Whether every table has as many columns as its rows have cells; docxtpl repairs one that has not."""
    try:
        return all(map(_even, root.iter(f"{WORD}tbl")))
    except (TypeError, ValueError, AttributeError):  # no grid, or a cell over no number of columns
        return False


def _even(table: Any) -> bool:
    columns = len(table.find(f"{WORD}tblGrid").findall(f"{WORD}gridCol"))
    rows = [row.findall(f"{WORD}tc") for row in table.iter(f"{WORD}tr")]
    return max(map(len, rows), default=0) <= columns <= max((sum(map(_columns, row)) for row in rows), default=0)


def _columns(cell: Any) -> int:
    properties = cell.find(f"{WORD}tcPr")
    span = None if properties is None else properties.find(f"{WORD}gridSpan")
    return 1 if span is None else int(span.get(f"{WORD}val"))
