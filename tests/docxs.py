"""Word documents for the tests, part by part: no library, so that anything can be wrong with them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DOCUMENT = "word/document.xml"
TYPES, RELS, STYLES, BODY_RELS = (
    "[Content_Types].xml",
    "_rels/.rels",
    "word/styles.xml",
    "word/_rels/document.xml.rels",
)
FONTS = '<w:rFonts w:ascii="游明朝" w:hAnsi="游明朝" w:eastAsia="游明朝"/>'
DEFAULTS = f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{FONTS}</w:rPr></w:rPrDefault></w:docDefaults></w:styles>'


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str) -> str:
    """A paragraph; a text that is no XML becomes a run."""
    return f"<w:p>{''.join(r if r.startswith('<') else run(r) for r in runs)}</w:p>"


def table(*rows: Sequence[str]) -> str:
    """A table of cells; a text that is no XML becomes a paragraph."""
    grid = "<w:gridCol w:w='900'/>" * max(map(len, rows))
    cells = [
        "".join(f"<w:tc><w:tcPr><w:vAlign w:val='top'/></w:tcPr>{c if c.startswith('<') else p(c)}</w:tc>" for c in row)
        for row in rows
    ]
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{c}</w:tr>' for c in cells)}</w:tbl>"


def body(*blocks: str) -> bytes:
    """The main part."""
    return f'<w:document xmlns:w="{W}"><w:body>{"".join(blocks)}<w:sectPr/></w:body></w:document>'.encode()


def relations(*entries: tuple[str, str, bool]) -> bytes:
    """(last word of the type, target, external) of each."""
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if out else ""}/>'
        for n, (kind, target, out) in enumerate(entries, 1)
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{rows}</Relationships>'.encode()


def types(main: str = f"{WORDML}.document.main+xml", **more: str) -> bytes:
    """The content types; keywords are the last words of a part's name and type."""
    rows = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{WORDML}.{kind}+xml"/>' for part, kind in more.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="x/bin"/>'
        f'<Override PartName="/{DOCUMENT}" ContentType="{main}"/>'
        f'<Override PartName="/{STYLES}" ContentType="{WORDML}.styles+xml"/>{rows}</Types>'
    ).encode()


def parts(*blocks: str) -> dict[str, bytes]:
    """The parts of a small document with these blocks."""
    return {
        TYPES: types(),
        RELS: relations(("officeDocument", DOCUMENT, False)),
        DOCUMENT: body(*blocks),
        BODY_RELS: relations(("styles", "styles.xml", False)),
        STYLES: DEFAULTS.encode(),
    }


def packed(path: Path, members: Mapping[str, bytes]) -> Path:
    """A zip of the members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return path


def docx(path: Path, *blocks: str, **more: bytes) -> Path:
    """A small document; keywords replace parts by name, with __ for / and no ending for .xml."""
    return packed(path, {**parts(*blocks), **{f"{name.replace('__', '/')}.xml": data for name, data in more.items()}})
