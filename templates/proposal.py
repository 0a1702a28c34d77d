"""The 提案書 page of a quote workbook by itself: a copy in which every other sheet prints an empty cell, that is, no page."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from workbooks.layout import PROPOSAL

WORKBOOK, AREA = "xl/workbook.xml", "_xlnm.Print_Area"
EMPTY = "$ZZ$9999"  # beyond everything on every sheet
LOCAL = "{*}"  # any namespace: strict and transitional files alike


def alone(blob: bytes) -> bytes | None:
    """The workbook with 提案書 as its only sheet to print; None where it has no such sheet. The rest stays as it is."""
    with ZipFile(io.BytesIO(blob)) as package:
        parts = {item: package.read(item) for item in package.infolist()}
    page = next((item for item in parts if item.filename == WORKBOOK), None)
    shown = None if page is None else _shown(parts[page])
    if page is None or shown is None:
        return None
    parts[page] = shown
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for item, data in parts.items():
            made.writestr(item, data)
    return out.getvalue()


def _shown(xml: bytes) -> bytes | None:
    """workbook.xml with the print areas of all sheets but 提案書 moved to an empty cell: empty pages are not printed."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    sheets = root.findall(f"{LOCAL}sheets/{LOCAL}sheet")
    names = [sheet.get("name") for sheet in sheets]
    if PROPOSAL not in names:
        return None
    own = str(names.index(PROPOSAL))
    for name in root.findall(f"{LOCAL}definedNames/{LOCAL}definedName"):
        if name.get("name") == AREA and name.get("localSheetId") != own:
            name.text = f"{name.text.rpartition('!')[0]}!{EMPTY}"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
