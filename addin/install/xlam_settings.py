"""The settings inside Hojokin.xlam: read, and the interpreter's path set where it is not the usual one."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from addin.places import INTERPRETER

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def stamped(xlam: bytes, interpreter: str) -> bytes:
    """The add-in with another interpreter in its settings; the same input gives the same bytes."""
    if interpreter == INTERPRETER:
        return xlam
    old, new = INTERPRETER.encode(), escape(interpreter).encode()
    with zipfile.ZipFile(BytesIO(xlam)) as source:
        parts = [(info, source.read(info)) for info in source.infolist()]
    if sum(data.count(old) for _, data in parts) != 1:
        raise ValueError("Hojokin.xlam does not name its interpreter exactly once")
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for info, data in parts:
            made.writestr(info, data.replace(old, new))
    return out.getvalue()


def settings(xlam: bytes) -> dict[str, str]:
    """Key and value, columns A and B, of the sheet `config`; {} where the file is no add-in of ours."""
    try:
        with zipfile.ZipFile(BytesIO(xlam)) as opened:
            sheet = _sheet(opened)
            shared = _shared(opened)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, StopIteration):
        return {}
    rows = [[_text(cell, shared) for cell in row.iter(f"{SHEET}c")] for row in sheet.iter(f"{SHEET}row")]
    return {row[0]: row[1] for row in rows if len(row) > 1}


def _sheet(opened: zipfile.ZipFile) -> ElementTree.Element:
    book = ElementTree.fromstring(opened.read("xl/workbook.xml"))
    wanted = next(s.get(REL_ID) for s in book.iter(f"{SHEET}sheet") if s.get("name") == "config")
    relations = ElementTree.fromstring(opened.read("xl/_rels/workbook.xml.rels"))
    target = next(r.get("Target", "") for r in relations if r.get("Id") == wanted)
    return ElementTree.fromstring(opened.read("xl/" + re.sub(r"^/?(xl/)?", "", target)))


def _shared(opened: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in opened.namelist():
        return []
    root = ElementTree.fromstring(opened.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in item.iter(f"{SHEET}t")) for item in root.iter(f"{SHEET}si")]


def _text(cell: ElementTree.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(f"{SHEET}t"))
    value = cell.findtext(f"{SHEET}v") or ""
    return shared[int(value)] if cell.get("t") == "s" else value
