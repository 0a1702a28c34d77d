"""A Word template turned into Jinja source: the only place that calls docxtpl, once for each template.

docxtpl renders the template with a language that prints nothing and writes down what it is given: that is what docxtpl's
tags mean. What it saves is every part without tags. So its public `render` and `save` decide, and nothing inside it is
called but `fix_tables`, for a printed table whose rows have more or fewer cells than it has columns.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from docxtpl import DocxTemplate  # pyright: ignore[reportMissingTypeStubs]
from lxml import etree

from templates.engine import integrity
from templates.engine.compiled_template import DECLARATION, Compiled
from templates.files.docx_guard import TYPES, BadDocument, Document, inside, parsed, relations
from templates.files.docx_structure import WORD
from templates.record import room
from workbooks.files import zip_writer

ROOT = re.compile(r"<(w:\w+)")
EMPTY = re.compile(r"<w:body.*?</w:body>")
BODY = re.compile(r"^<w:body[^>]*>")  # with the names that its document declares


class _Writing:
    """A language for docxtpl that prints an empty element for each part and keeps the part's source."""

    def __init__(self, template: Any) -> None:
        self._template = template
        self.pages: dict[str, str] = {}

    def from_string(self, source: str) -> _Printed:
        """Called by docxtpl for each part, and for the document's properties, which hold no tags."""
        root = ROOT.search(source)
        if root is None or "</" not in source:
            return _Printed(source)
        self.pages.setdefault(self._template.current_rendering_part.partname[1:], source)
        return _Printed(
            f'<{root[1]} xmlns:w="{WORD[1:-1]}"><w:sectPr/></{root[1]}>'
        )  # a body without one has no footnotes


class _Printed(str):
    """What docxtpl takes for a template of Jinja."""

    def render(self, _: Any) -> str:
        """Itself."""
        return str(self)


def compiled(document: Document) -> Compiled:
    """A template, which the lint finds sound, as text."""
    template: Any = DocxTemplate(io.BytesIO(document.fit or document.blob))
    language: Any = _Writing(template)
    template.render({}, language)
    raw = io.BytesIO()
    template.save(raw)
    parts = {name: m.data for name, m in zip_writer.members(raw.getvalue()).items()}
    pages = {part: _page(source, parts[part].decode()) for part, source in language.pages.items()}
    for part in parts.keys() - pages.keys():
        if part.endswith((".xml", ".rels")):
            integrity.sound(
                parts[part], f"テンプレートから壊れた文書ができました（{part}）。テンプレートを確かめてください。"
            )
    with_room = room.prepared(parts)
    for every in (parts, with_room):
        _connected(every)
    texts = ({part: _text(part, data, pages, document) for part, data in every.items()} for every in (parts, with_room))
    return Compiled(document.digest, pages, *texts)


def repaired(xml: str) -> str:
    """A printed part with docxtpl's repair of its tables."""
    docxtpl: Any = DocxTemplate(io.BytesIO())
    try:
        tree = docxtpl.fix_tables(xml)
    except (TypeError, ValueError, AttributeError):  # a grid that is missing or has no widths
        raise BadDocument("テンプレートの表に列の幅がありません。Word で開き、表の列の幅を決めてください。") from None
    return etree.tostring(tree, encoding="unicode")


def _page(source: str, empty: str) -> str:
    """A part with the source of its tags; `empty` is what was saved without."""
    if not BODY.match(source):
        return source.removeprefix(DECLARATION)
    head, tail = EMPTY.split(empty)
    return head.removeprefix(DECLARATION) + BODY.sub("<w:body>", source) + tail


def _text(part: str, data: bytes, pages: Mapping[str, str], document: Document) -> str | None:
    """A part as text; None where it is printed, or is what the template's own file holds."""
    own = document.parts.get(part)
    if part in pages or own == data:
        return None
    if own is not None and (not part.endswith((".xml", ".rels")) or _plain(own) == _plain(data)):
        return None
    return data.decode()


def _plain(data: bytes) -> bytes:
    return etree.tostring(parsed(data), method="c14n") if data else data


def _connected(parts: Mapping[str, bytes]) -> None:
    """Every relation leads to a part, and every part has a type."""
    for rels in (p for p in parts if p.endswith(".rels")):
        for relation in relations(parts[rels]):
            outside = relation.get("TargetMode") == "External"
            if not outside and inside(rels, relation.get("Target", "")) not in parts:
                raise AssertionError(f"{rels}: {relation.get('Target')} leads nowhere")
    types = parsed(parts[TYPES])
    named = {t.get("PartName", "").lstrip("/") for t in types}
    endings = {t.get("Extension", "").lower() for t in types}
    for part in parts:
        if part != TYPES and part not in named and part.rpartition(".")[2].lower() not in endings:
            raise AssertionError(f"{part} has no type")
