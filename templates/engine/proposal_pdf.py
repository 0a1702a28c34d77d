"""The 提案書 of a quote workbook by itself, with its 別紙 where the page is too small: a copy in which every other sheet
prints an empty cell, that is, no page.

What it was made from goes with it into the PDF, as its keywords: the same record that a Word draft carries.
"""

from __future__ import annotations

import binascii
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from pathlib import Path

from lxml import etree

from rules.assess import Assessment
from rules.frames import group
from templates.files.docx_guard import BadDocument, parsed
from templates.record import embedding
from templates.record.comparison import HEADLINE
from templates.record.provenance import Provenance, provenance, seen
from workbooks.files import zip_parts
from workbooks.form.layout import ANNEX, ANNEX_FIRST, ANNEX_LAST, PROPOSAL, PROPOSAL_LINES
from workbooks.reading.package import Package
from workbooks.reading.read import look

AREA = "_xlnm.Print_Area"
EMPTY = "$ZZ$9999"  # beyond everything on every sheet
LOCAL = "{*}"  # any namespace: strict and transitional files alike
CORE, KEYWORDS = (
    "docProps/core.xml",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords",
)
MARK = "hojokin1"  # begins the keyword that holds the record
LARGEST = 30 << 20  # bytes: ours has 0.1 MB
KEYWORD = re.compile(rb"/Keywords\s*<FEFF([0-9A-F]+)>")
MOST = 1 << 20  # bytes of a record: ours have 10 kB
NONE = (
    "には作成の記録がありません。hojokin draft --pdf で作った提案書か、hojokin draft で作った下書きを指定してください。"
)


def annexed(a: Assessment) -> int:
    """The rows of 別紙 that are printed with the page: those of a group's members, of lines that the page cannot hold."""
    if a.frame == group.FRAME.name:
        return max((m.number for m in a.quote.members), default=0)
    return len(a.quote.lines) if len(a.quote.lines) > PROPOSAL_LINES else 0


def made_from(a: Assessment, quote: Path) -> Provenance:
    """What a 提案書 is made from, knowing which numbers the page shows."""
    values = look(quote, lambda book: book.values(PROPOSAL) if PROPOSAL in book.sheets else [])
    text = "\n".join(str(int(v)) if isinstance(v, float) and v.is_integer() else str(v) for row in values for v in row)
    found = seen(replace(provenance(a), template=PROPOSAL), text)
    numbers = {key: replace(n, printed=n.printed or key in HEADLINE) for key, n in found.numbers.items()}
    return replace(found, numbers=numbers)


def read(path: Path) -> Provenance:
    """What a 提案書（PDF）says of its making; one that says nothing is refused."""
    if path.stat().st_size > LARGEST:
        raise BadDocument(
            f"「{path.name}」は大きすぎる（上限{LARGEST >> 20}MB）ので、提案書の PDF を指定してください。"
        )
    for found in KEYWORD.finditer(path.read_bytes()):
        words = bytes.fromhex(found[1][: len(found[1]) // 4 * 4].decode()).decode("utf-16-be", "replace").split(", ")
        record = next((word.removeprefix(MARK) for word in words if word.startswith(MARK)), None)
        if record is not None:
            try:
                return embedding.recorded(parsed(zlib.decompressobj().decompress(urlsafe_b64decode(record), MOST)))
            except (ValueError, binascii.Error, zlib.error, etree.XMLSyntaxError):
                break
    raise BadDocument(f"「{path.name}」{NONE}")


def alone(blob: bytes, record: Provenance | None = None, rows: int = 0) -> bytes | None:
    """The workbook with 提案書, and so many rows of its 別紙, to print; None where it has no such sheet.

    The rest stays as it is. `record`: what it is made from, for the properties of the PDF.
    """
    main = Package(blob).main
    parts = zip_parts.parts(blob)
    shown = _shown(parts[main], rows) if main in parts else None
    if shown is None:
        return None
    new = {main: shown}
    if record is not None and CORE in parts:
        new[CORE] = _keyed(parts[CORE], record)
    return zip_parts.changed(blob, new.get)


def _keyed(core: bytes, record: Provenance) -> bytes:
    """The properties with the record as their only keyword: LibreOffice takes spaces and colons for ends of one."""
    root = parsed(core)
    for old in root.findall(KEYWORDS):
        root.remove(old)
    etree.SubElement(root, KEYWORDS).text = MARK + urlsafe_b64encode(zlib.compress(embedding.item(record), 9)).decode()
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _shown(xml: bytes, rows: int) -> bytes | None:
    """workbook.xml with the print areas of all other sheets moved to an empty cell: empty pages are not printed."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    sheets = root.findall(f"{LOCAL}sheets/{LOCAL}sheet")
    names = [sheet.get("name") for sheet in sheets]
    if PROPOSAL not in names:
        return None
    printed = {str(names.index(PROPOSAL)): ""}
    if rows and ANNEX in names:
        printed[str(names.index(ANNEX))] = f"$A$1:${ANNEX_LAST}${ANNEX_FIRST + rows - 1}"
    for name in root.findall(f"{LOCAL}definedNames/{LOCAL}definedName"):
        area = printed.get(name.get("localSheetId", ""), EMPTY)
        if name.get("name") == AREA and area:
            name.text = f"{(name.text or '').rpartition('!')[0]}!{area}"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
