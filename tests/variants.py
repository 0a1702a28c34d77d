"""The same workbook as other programs would have saved it: one change of its package each."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from defusedxml.ElementTree import fromstring

from tests.books import packed
from workbooks.files.address import number
from workbooks.form import layout

Parts = dict[str, bytes]
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
STRINGS, WORKBOOK, RELATIONS = "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TYPES, KIND = "[Content_Types].xml", "application/vnd.openxmlformats-officedocument.spreadsheetml"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TEXT = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*) t="(s|inlineStr)"([^>]*)><(?:v|is)>(.*?)</(?:v|is)></c>', re.DOTALL)
ROW = re.compile(r'<row r="([0-9]+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
WHOLE_CELL = re.compile(r'<c r="([A-Z]+)[0-9]+"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
EPOCH = datetime(1899, 12, 30)


def parts_of(path: Path) -> Parts:
    """The members of a package."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def strings(parts: Parts) -> list[str]:
    """The shared strings."""
    found = fromstring(parts[STRINGS])
    return ["".join(t.text or "" for t in si.iter(f"{MAIN}t")) for si in found.iterfind(f"{MAIN}si")]


def sheets(parts: Parts, change: Callable[[str], str]) -> Parts:
    """The parts with every sheet changed."""
    return {n: change(data.decode()).encode() if SHEET.fullmatch(n) else data for n, data in parts.items()}


def texts(parts: Parts, cell: Callable[[str, str, str], str]) -> Parts:
    """The parts with every cell that holds a text written anew: its address, its look, its text."""
    known = strings(parts) if STRINGS in parts else []

    def change(m: re.Match[str]) -> str:
        look, text = m[2] + m[4], escape(known[int(m[5])]) if m[3] == "s" else re.sub("<[^>]*>", "", m[5])
        return cell(m[1], look, text)

    return sheets(parts, lambda xml: TEXT.sub(change, xml))


def inline(parts: Parts) -> Parts:
    """Texts inside their cells."""
    cell = '<c r="{}"{} t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>'
    return texts(parts, cell.format)


def inline_rich(parts: Parts) -> Parts:
    """Texts inside their cells, in two runs and with how they are read."""

    def cell(at: str, look: str, text: str) -> str:
        runs = "".join(_run(part) for part in _halves(text))
        return f'<c r="{at}"{look} t="inlineStr"><is>{runs}{_reading(text)}</is></c>'

    return texts(parts, cell)


def calculated(parts: Parts) -> Parts:
    """Texts that are the results of formulas, of an add-in that is not there."""
    return texts(parts, '<c r="{}"{} t="str"><f>_xll.SUBSIDY_TEXT(1)</f><v>{}</v></c>'.format)


def phonetic(parts: Parts) -> Parts:
    """Shared strings with how they are read (ふりがな), which Excel keeps in Japan."""
    return _strings(parts, lambda text: f'<t xml:space="preserve">{text}</t>{_reading(text)}')


def rich(parts: Parts) -> Parts:
    """Shared strings in two runs of different looks."""
    return _strings(parts, lambda text: "".join(_run(part) for part in _halves(text)) + _reading(text))


def _strings(parts: Parts, spell: Callable[[str], str]) -> Parts:
    known: dict[str, int] = {}

    def cell(at: str, look: str, text: str) -> str:
        return f'<c r="{at}"{look} t="s"><v>{known.setdefault(text, len(known))}</v></c>'

    changed = texts(parts, cell)
    made = "".join(f"<si>{spell(text)}</si>" for text in known)
    head = (
        '<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    )
    if STRINGS not in parts:
        override = f'<Override PartName="/{STRINGS}" ContentType="{KIND}.sharedStrings+xml"/></Types>'
        relation = (
            f'<Relationship Id="rIdS" Type="{DOCUMENT}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        )
        changed[TYPES] = changed[TYPES].replace(b"</Types>", override.encode())
        changed[RELATIONS] = changed[RELATIONS].replace(b"</Relationships>", relation.encode())
    return {**changed, STRINGS: f"{head}{made}</sst>".encode()}


def _halves(text: str) -> tuple[str, str]:
    at = 0 if "&" in text else len(text) // 2  # never through an escaped letter
    return text[:at], text[at:]


def _run(text: str) -> str:
    return f'<r><rPr><b/><sz val="11"/></rPr><t xml:space="preserve">{text}</t></r>' if text else ""


def _reading(text: str) -> str:
    return '<rPh sb="0" eb="1"><t>ヨミ</t></rPh><phoneticPr fontId="1"/>' if text else ""


def bare_cells(parts: Parts) -> Parts:
    """Cells that do not say where they stand; empty ones fill the gaps."""
    return sheets(parts, lambda xml: ROW.sub(lambda m: _bare(m[0]), xml))


def bare_rows(parts: Parts) -> Parts:
    """Neither rows nor cells say where they stand."""

    def change(xml: str) -> str:
        found = {int(m[1]): re.sub(r' r="[0-9]+"', "", _bare(m[0]), count=1) for m in ROW.finditer(xml)}
        rows = "".join(found.get(n, "<row/>") for n in range(1, max(found, default=0) + 1))
        return re.sub(r"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{rows}</sheetData>", xml, flags=re.DOTALL)

    return sheets(parts, change)


def _bare(row: str) -> str:
    head = row[: row.index(">") + 1]
    return row if head.endswith("/>") else f"{head}{''.join(_cells(row))}</row>"


def _cells(row: str) -> Iterator[str]:
    at = 0
    for cell in WHOLE_CELL.finditer(row):
        column = number(cell[1])
        yield "<c/>" * (column - at - 1)
        yield f"<c{cell[2]}/>" if cell[3] is None else f"<c{cell[2]}>{cell[3]}</c>"
        at = column


def last_address(parts: Parts) -> Parts:
    """Cells whose address is not their first attribute."""
    return sheets(parts, lambda xml: re.sub(r'<c r="([A-Z]+[0-9]+)"([^>]*?)(/?)>', r'<c\2 r="\1"\3>', xml))


def absolute(parts: Parts) -> Parts:
    """Relations that name their targets from the top of the package, and others that go up and down."""

    def change(name: str, xml: str) -> str:
        folder = name.replace("_rels/", "").rpartition("/")[0]

        def target(m: re.Match[str]) -> str:
            return m[0] if m[1].startswith(("/", "..")) or not folder else f'Target="/{folder}/{m[1]}"'

        return re.sub(r'Target="([^"]+)"', target, xml)

    return {n: change(n, d.decode()).encode() if n.endswith(".rels") else d for n, d in parts.items()}


def strict(parts: Parts) -> Parts:
    """ "Strict Open XML" as Excel saves it: other namespaces, dates as texts of ISO 8601."""
    pairs = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }  # fmt: skip

    def change(data: bytes) -> bytes:
        for old, new in pairs.items():
            data = data.replace(old.encode(), new.encode())
        return data

    return {name: change(data) for name, data in iso_dates(parts).items()}


def iso_dates(parts: Parts) -> Parts:
    """Dates as texts of ISO 8601 instead of numbers."""
    dates = {(i.sheet, i.cell) for i in layout.INPUTS if i.kind == "date"}
    changed = dict(parts)
    for order, sheet in enumerate(layout.SHEETS, 1):
        name = f"xl/worksheets/sheet{order}.xml"
        for cell in (cell for on, cell in dates if on == sheet):
            found = re.compile(rf'(<c r="{cell}"[^>]*?)(?: t="n")?><v>([0-9.]+)</v>'.encode())
            changed[name] = found.sub(lambda m: m[1] + b' t="d"><v>' + _iso(m[2]) + b"</v>", changed[name])
    return changed


def _iso(serial: bytes) -> bytes:
    return (EPOCH + timedelta(float(serial))).isoformat().encode()


def loud_names(parts: Parts) -> Parts:
    """Defined names in capitals, as a person retypes them: Excel does not tell them apart."""
    xml = re.sub(r'(<definedName name=")([^"]+)"', lambda m: f'{m[1]}{m[2].upper()}"', parts[WORKBOOK].decode())
    return {**parts, WORKBOOK: xml.encode()}


def renamed_tables(parts: Parts) -> Parts:
    """Tables under other names."""
    return {
        n: re.sub(rb' (name|displayName)="([^"]+)"', rb' \1="__\2_1"', d, count=2) if "/tables/" in n else d
        for n, d in parts.items()
    }


def no_tables(parts: Parts) -> Parts:
    """Tables turned into plain ranges (範囲に変換), as Google's and Apple's programs do when they save."""
    kept = {n: d for n, d in parts.items() if "/tables/" not in n}
    relation = re.compile(rb'<Relationship [^>]*relationships/table"[^>]*/>')
    override = re.compile(rb"<Override [^>]*/xl/tables/[^>]*/>")
    plain = {n: relation.sub(b"", d) if n.endswith(".rels") else override.sub(b"", d) for n, d in kept.items()}
    return sheets(plain, lambda xml: re.sub(r"<tableParts.*?</tableParts>", "", xml, flags=re.DOTALL))


def main_part(parts: Parts) -> Parts:
    """The workbook's own part under another name, as SharePoint and Excel for the web call it."""
    named = ("[Content_Types].xml", "_rels/.rels")
    found = {n: d.replace(b"workbook.xml", b"workbook22.xml") if n in named else d for n, d in parts.items()}
    return {n.replace("workbook.xml", "workbook22.xml"): d for n, d in found.items()}


def chart_sheet(parts: Parts) -> Parts:
    """A sheet that is a chart (F11) before all the others."""
    part, kind = "xl/chartsheets/sheet1.xml", f"{KIND}.chartsheet+xml"
    sheet = f'<sheets><sheet xmlns:r="{DOCUMENT}" name="Graph1" sheetId="77" r:id="rIdC"/>'
    relation = f'<Relationship Id="rIdC" Type="{DOCUMENT}/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>'
    override = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
    return {
        **parts,
        WORKBOOK: parts[WORKBOOK].replace(b"<sheets>", sheet.encode()),
        RELATIONS: parts[RELATIONS].replace(b"</Relationships>", relation.encode()),
        TYPES: parts[TYPES].replace(b"</Types>", override.encode()),
        part: f'<chartsheet xmlns="{MAIN[1:-1]}"><sheetViews><sheetView workbookViewId="0"/></sheetViews></chartsheet>'.encode(),
    }


def broken_headings(parts: Parts) -> Parts:
    """Headings of the tables broken into two lines (Alt+Enter), which the table's own part spells _x000a_."""
    titles = {c.title for table in layout.TABLES for c in table.columns}

    def cell(at: str, look: str, text: str) -> str:
        shown = f"{text[:1]}\n{text[1:]}" if text in titles else text
        return f'<c r="{at}"{look} t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'

    column = re.compile(r'(<tableColumn [^>]*?name=")(.)')
    return {
        n: column.sub(r"\1\2_x000a_", d.decode()).encode() if "/tables/" in n else d
        for n, d in texts(parts, cell).items()
    }


def read_only(parts: Parts) -> Parts:
    """Opened as read-only by its writer's wish, its sheets protected, with a label of sensitivity."""
    label = "docMetadata/LabelInfo.xml"
    told = "http://schemas.microsoft.com/office/2020"
    wish = re.compile(rb"(<workbook(?: [^>]*)?>)")
    relation = f'<Relationship Id="rIdL" Type="{told}/02/relationships/classificationlabels" Target="{label}"/></Relationships>'
    override = (
        f'<Override PartName="/{label}" ContentType="application/vnd.ms-office.classificationlabels+xml"/></Types>'
    )
    guard = '</sheetData><sheetProtection sheet="1" objects="1" scenarios="1" password="CC1A"/>'
    return {
        **sheets(parts, lambda xml: re.sub("<sheetProtection[^>]*/>", "", xml).replace("</sheetData>", guard)),
        WORKBOOK: wish.sub(rb'\1<fileSharing readOnlyRecommended="1" userName="x"/>', parts[WORKBOOK], count=1),
        "_rels/.rels": parts["_rels/.rels"].replace(b"</Relationships>", relation.encode()),
        TYPES: parts[TYPES].replace(b"</Types>", override.encode()),
        label: f'<clbl:labelList xmlns:clbl="{told}/mipLabelMetadata"/>'.encode(),
    }


CHANGES: dict[str, Callable[[Parts], Parts]] = {
    f.__name__: f
    for f in (
        inline, inline_rich, calculated, phonetic, rich, bare_cells, bare_rows, last_address, absolute, strict,
        iso_dates, loud_names, renamed_tables, no_tables, main_part, chart_sheet, broken_headings, read_only,
    )
}  # fmt: skip


def saved(path: Path, change: str, target: Path) -> Path:
    """A copy of a workbook as that program would have saved it."""
    return packed(target, CHANGES[change](parts_of(path)))
