"""A workbook file with its formulas replaced by the values that they had: looks, names and protection stay.

Works on the package that Excel has just saved, so no second workbook opens, nothing is calculated anew, and what a cell
showed is what the copy shows.
"""

# pyright: basic

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from rules.refusal import Refusal
from workbooks.files import zip_parts
from workbooks.files.zip_guard import BROKEN

SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
CHAIN = "xl/calcChain.xml"
KINDS = {b"spreadsheetml.sheet.main+xml": ".xlsx", b"sheet.macroEnabled.main+xml": ".xlsm"}
REFUSED = (
    "この形式のブックからは値の写しを作れません（パスワード付き、または .xls など）。"
    "Excel ブック（.xlsx）で保存し直してから、もう一度押してください。"
)


def frozen(data: bytes) -> tuple[bytes, str]:
    """The package without formulas, and the ending of its name."""
    try:
        parts = zip_parts.parts(data)  # as Excel has just saved it
    except BROKEN as e:
        raise Refusal(REFUSED) from e
    types = parts.get("[Content_Types].xml", b"")
    suffix = next((ending for kind, ending in KINDS.items() if kind in types), None)
    if suffix is None:
        raise Refusal(REFUSED)
    return zip_parts.zipped({name: _part(name, part) for name, part in parts.items() if name != CHAIN}), suffix


def _part(name: str, data: bytes) -> bytes:
    if SHEET.fullmatch(name):
        return _changed(data, _still)
    if name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        return _changed(data, _without_chain)
    return data


def _changed(data: bytes, change: Callable[[Any], None]) -> bytes:
    """Some XML after a change of its tree."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    change(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _still(root: Any) -> None:
    """A sheet whose cells hold values only; the mark of a formula that spills goes, too."""
    for cell in root.iterfind("{*}sheetData/{*}row/{*}c"):
        cell.attrib.pop("cm", None)
        for formula in cell.findall("{*}f"):
            cell.remove(formula)


def _without_chain(root: Any) -> None:
    for entry in list(root):
        if CHAIN.rpartition("/")[2] in f"{entry.get('PartName')} {entry.get('Target')}":
            root.remove(entry)
