"""The .xlam file: an Excel workbook of the add-in kind with sheets of texts, a VBA project and a ribbon tab.

Standard library only, since the installer builds it with a bare Python. The same content gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from addin.excel.settings_sheets import Sheet
from workbooks.files.zip_parts import zipped

THEME = Path(__file__).with_name("theme.xml")
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MICROSOFT = "http://schemas.microsoft.com/office"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TITLE, ABOUT = "補助金（Hojokin）", "デジタル化・AI導入補助金の補助額の関数と、見積のチェック・申請書下書きのボタン"

STYLES = f"""{HEAD}<styleSheet {MAIN}><fonts count="1"><font><sz val="11"/><name val="Yu Gothic"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""
CORE = f"""{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{TITLE}</dc:title><dc:description>{ABOUT}</dc:description>\
</cp:coreProperties>"""


def xlam(sheets: Sequence[Sheet], project: bytes, ribbon: str) -> bytes:
    """The file's bytes. Each sheet's module, and one called ThisWorkbook, are in the VBA project."""
    strings = list(dict.fromkeys(text for s in sheets for row in s.rows for text in row))
    number = {text: i for i, text in enumerate(strings)}
    parts = {
        "_rels/.rels": _relations(
            (f"{OFFICE}/officeDocument", "xl/workbook.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{MICROSOFT}/2007/relationships/ui/extensibility", "customUI/customUI14.xml"),
        ),
        "docProps/core.xml": CORE,
        "customUI/customUI14.xml": ribbon,
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            *((f"{OFFICE}/worksheet", f"worksheets/sheet{i}.xml") for i, _ in enumerate(sheets, 1)),
            (f"{OFFICE}/theme", "theme/theme1.xml"),
            (f"{OFFICE}/styles", "styles.xml"),
            (f"{OFFICE}/sharedStrings", "sharedStrings.xml"),
            (f"{MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin"),
        ),
        **{f"xl/worksheets/sheet{i}.xml": _sheet(s, number) for i, s in enumerate(sheets, 1)},
        "xl/theme/theme1.xml": THEME.read_text("utf-8"),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": _strings(strings, sum(len(row) for s in sheets for row in s.rows)),
    }
    kinds = {"[Content_Types].xml": _kinds(parts)}
    return zipped({**kinds, **{k: v.encode() for k, v in parts.items()}, "xl/vbaProject.bin": project})


def _kinds(parts: Iterable[str]) -> bytes:
    """[Content_Types].xml."""
    known = {
        "xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
        "xl/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "xl/styles.xml": f"{SPREADSHEET}.styles+xml",
        "xl/sharedStrings.xml": f"{SPREADSHEET}.sharedStrings+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **{p: f"{SPREADSHEET}.worksheet+xml" for p in parts if p.startswith("xl/worksheets/")},
    }
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "bin": "application/vnd.ms-office.vbaProject",
    }
    rows = [f'<Default Extension="{k}" ContentType="{v}"/>' for k, v in defaults.items()]
    rows += [f'<Override PartName="/{k}" ContentType="{v}"/>' for k, v in known.items()]
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{"".join(rows)}</Types>'.encode()


def _relations(*targets: tuple[str, str]) -> str:
    rows = (f'<Relationship Id="rId{i}" Type="{kind}" Target="{to}"/>' for i, (kind, to) in enumerate(targets, 1))
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def _workbook(sheets: Sequence[Sheet]) -> str:
    """One sheet at least must not be hidden, in an add-in too; nobody sees it there."""
    states = ["", *[' state="hidden"'] * (len(sheets) - 1)]
    rows = "".join(
        f'<sheet name={quoteattr(s.name)} sheetId="{i}"{state} r:id="rId{i}"/>'
        for i, (s, state) in enumerate(zip(sheets, states, strict=True), 1)
    )
    view = '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="16000" windowHeight="9000"/></bookViews>'
    head = f'<workbookPr codeName="ThisWorkbook"/>{view}'
    return f'{HEAD}<workbook {MAIN} xmlns:r="{OFFICE}">{head}<sheets>{rows}</sheets></workbook>'


def _sheet(sheet: Sheet, number: Mapping[str, int]) -> str:
    rows = "".join(
        f'<row r="{r}">' + "".join(f'<c r="{chr(64 + c)}{r}" t="s"><v>{number[t]}</v></c>' for c, t in cells) + "</row>"
        for r, cells in enumerate((enumerate(row, 1) for row in sheet.rows), 1)
    )
    properties = f'<sheetPr codeName="{sheet.code}"/>'
    return f"{HEAD}<worksheet {MAIN}>{properties}<sheetData>{rows}</sheetData></worksheet>"


def _strings(strings: Sequence[str], count: int) -> str:
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    return f'{HEAD}<sst {MAIN} count="{count}" uniqueCount="{len(strings)}">{items}</sst>'
