"""A template as other programs leave it, made fit for printing: what they add by themselves goes, what they moved goes back.

Word adds parts that no reader sees and that nobody can take out in Word; LibreOffice puts a section break into the paragraph
before it, where a {%p tag would take it away. Comments and instructions go, too: no reader sees them, and docxtpl's searches
would take them for text.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from lxml import etree

from templates.files.docx_guard import RELS, TYPES, Document, inside, parsed, relations, written
from templates.files.docx_structure import WORD, kind_of
from workbooks.files import zip_writer

# The last word of the type of a relation to what Word adds by itself and no reader sees.
DROPPED = {
    "intelligence", "intelligence2", "glossaryDocument", "documenttasks", "webextensiontaskpanes", "printerSettings", "keyMapCustomizations",
}  # fmt: skip


def mended(found: Document) -> Document:
    """The same document where nothing is to be mended."""
    parts = _split(_bare({**found.parts, **_without(found.parts)}))
    gone = {part for part in _reached(found.parts) if part not in _reached(parts)}
    parts = {part: data for part, data in parts.items() if part not in gone and _source(part) not in gone}
    if gone:
        parts[TYPES] = _typed(parts[TYPES], gone)
    return found if parts == found.parts else replace(found, parts=parts, fit=zip_writer.packed(parts))


def _bare(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts without comments and instructions."""
    noted = (p for p in parts if p.endswith((".xml", ".rels")) and (b"<!--" in parts[p] or b"<?" in parts[p][5:]))
    return parts | {part: written(parsed(parts[part])) for part in noted}


def _without(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The lists of relations, and what stands for these in the text, without what Word adds by itself."""
    changed: dict[str, bytes] = {}
    for rels in (part for part in parts if part.endswith(".rels")):
        root = parsed(parts[rels])
        if wrong := [r for r in root if kind_of(r) in DROPPED and r.get("TargetMode") != "External"]:
            for relation in wrong:
                root.remove(relation)
            changed[rels] = written(root)
            changed.update(_unmarked(_source(rels), parts, {r.get("Id") for r in wrong}))
    return changed


def _unmarked(part: str, parts: Mapping[str, bytes], ids: set[str | None]) -> dict[str, bytes]:
    """A part without the marks of its printer's settings, the only thing among these that a text refers to."""
    if b"printerSettings" not in parts.get(part, b""):
        return {}
    root = parsed(parts[part])
    for mark in list(root.iter(f"{WORD}printerSettings")):
        if set(mark.attrib.values()) & ids:
            mark.getparent().remove(mark)
    return {part: written(root)}


def _split(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts with every section break behind a {%p tag in a paragraph of its own, as Word itself writes it."""
    changed = dict(parts)
    for part, data in parts.items():
        if not part.endswith(".xml") or b"sectPr" not in data or b"{%p" not in data.replace(b"</w:t>", b""):
            continue
        root = parsed(data)
        breaks = [
            (p, s)
            for p in root.iter(f"{WORD}p")
            if (s := p.find(f"{WORD}pPr/{WORD}sectPr")) is not None and _tagged(p, s)
        ]
        for paragraph, section in breaks:
            own = etree.Element(f"{WORD}p", nsmap=root.nsmap)
            etree.SubElement(own, f"{WORD}pPr").append(deepcopy(section))
            section.getparent().remove(section)
            paragraph.addnext(own)
        if breaks:
            changed[part] = written(root)
    return changed


def _tagged(paragraph: Any, section: Any) -> bool:
    text = "".join(t.text or "" for t in paragraph.iter(f"{WORD}t"))
    return len(section) > 0 and text.strip().startswith("{%p ")


def _reached(parts: Mapping[str, bytes]) -> set[str]:
    """The parts that the package leads to."""
    found, waiting = set[str](), [RELS]
    while waiting:
        rels = waiting.pop()
        for relation in relations(parts[rels]) if rels in parts else ():
            part = inside(rels, relation.get("Target", ""))
            if relation.get("TargetMode") != "External" and part in parts and part not in found:
                found.add(part)
                folder, _, file = part.rpartition("/")
                waiting.append(f"{folder}/_rels/{file}.rels".lstrip("/"))
    return found


def _source(part: str) -> str:
    """The part whose relations these are; "" for any other part, and for the package's own."""
    return part.replace("_rels/", "", 1).removesuffix(".rels") if part.endswith(".rels") else ""


def _typed(data: bytes, gone: set[str]) -> bytes:
    root = parsed(data)
    for entry in [e for e in root if e.get("PartName", "").lstrip("/") in gone]:
        root.remove(entry)
    return written(root)
