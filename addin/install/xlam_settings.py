"""The settings inside Hojokin.xlam: read, and the interpreter's path set where it is not the usual one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from addin.places import INTERPRETER
from workbooks.files import zip_parts
from workbooks.files.zip_guard import BROKEN

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def stamped(xlam: bytes, interpreter: str) -> bytes:
    """The add-in with another interpreter in its settings; the same input gives the same bytes."""
    if interpreter == INTERPRETER:
        return xlam
    old, new = INTERPRETER.encode(), escape(interpreter).encode()
    if sum(data.count(old) for data in zip_parts.parts(xlam).values()) != 1:
        raise ValueError("Hojokin.xlam does not name its interpreter exactly once")
    return zip_parts.changed(xlam, lambda _, data: data.replace(old, new))


def settings(xlam: bytes) -> dict[str, str]:
    """Key and value, columns A and B, of the sheet `config`; {} where the file is no add-in of ours."""
    try:
        parts = zip_parts.parts(xlam)
        sheet, shared = _sheet(parts), _shared(parts)
    except (*BROKEN, ElementTree.ParseError, StopIteration):
        return {}
    rows = [[_text(cell, shared) for cell in row.iter(f"{SHEET}c")] for row in sheet.iter(f"{SHEET}row")]
    return {row[0]: row[1] for row in rows if len(row) > 1}


def _sheet(parts: Mapping[str, bytes]) -> ElementTree.Element:
    book = ElementTree.fromstring(parts["xl/workbook.xml"])
    wanted = next(s.get(REL_ID) for s in book.iter(f"{SHEET}sheet") if s.get("name") == "config")
    relations = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    target = next(r.get("Target", "") for r in relations if r.get("Id") == wanted)
    return ElementTree.fromstring(parts["xl/" + re.sub(r"^/?(xl/)?", "", target)])


def _shared(parts: Mapping[str, bytes]) -> list[str]:
    if "xl/sharedStrings.xml" not in parts:
        return []
    root = ElementTree.fromstring(parts["xl/sharedStrings.xml"])
    return ["".join(t.text or "" for t in item.iter(f"{SHEET}t")) for item in root.iter(f"{SHEET}si")]


def _text(cell: ElementTree.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(f"{SHEET}t"))
    value = cell.findtext(f"{SHEET}v") or ""
    return shared[int(value)] if cell.get("t") == "s" else value
