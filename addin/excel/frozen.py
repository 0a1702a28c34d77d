"""A workbook file with its formulas replaced by the values that they had: looks, names and protection stay.

Works on the package that Excel has just saved, so no second workbook opens, nothing is calculated anew, and what a cell
showed is what the copy shows.
"""

from __future__ import annotations

import io
import re
import zipfile

from rules.refusal import Refusal

SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
CHAIN = "xl/calcChain.xml"
CELL_DATA = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
FORMULA = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)")
ARRAY_MARK = re.compile(rb'(<c\s[^>]*?)\s+cm="[0-9]+"')  # of a formula that spills
CHAIN_MENTIONS = re.compile(rb"<(?:Override|Relationship)\s[^>]*calcChain[^>]*/>")
KINDS = {b"spreadsheetml.sheet.main+xml": ".xlsx", b"sheet.macroEnabled.main+xml": ".xlsm"}
REFUSED = (
    "この形式のブックからは値の写しを作れません（パスワード付き、または .xls など）。"
    "Excel ブック（.xlsx）で保存し直してから、もう一度押してください。"
)


def frozen(data: bytes) -> tuple[bytes, str]:
    """The package without formulas, and the ending of its name."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {info.filename: package.read(info) for info in package.infolist()}
    except zipfile.BadZipFile as e:
        raise Refusal(REFUSED) from e
    types = parts.get("[Content_Types].xml", b"")
    suffix = next((ending for kind, ending in KINDS.items() if kind in types), None)
    if suffix is None:
        raise Refusal(REFUSED)
    return _packed({name: _part(name, part) for name, part in parts.items() if name != CHAIN}), suffix


def _part(name: str, data: bytes) -> bytes:
    if SHEET.fullmatch(name):
        return CELL_DATA.sub(lambda m: ARRAY_MARK.sub(rb"\1", FORMULA.sub(b"", m[0])), data)
    if name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        return CHAIN_MENTIONS.sub(b"", data)
    return data


def _packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return made.getvalue()
