"""Workbooks of other programs, built by hand: packages with the parts that a program might leave in them."""

from __future__ import annotations

from pathlib import Path

from tests.books import packed

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'

EXCEL = (  # as Excel writes it: alternate content and revision marks between the elements
    f'<workbook xmlns="{MAIN}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'mc:Ignorable="x15 xr" xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" '
    'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"><fileVersion appName="xl"/>'
    '<workbookPr codeName="ThisWorkbook"/><mc:AlternateContent><mc:Choice Requires="x15"><x15:absPath url="C:\\"/>'
    '</mc:Choice></mc:AlternateContent><xr:revisionPtr revIDLastSave="0" documentId="13_ncr:1_{{0}}"/>'
    '<sheets><sheet name="表 1" sheetId="1" r:id="rId1"/></sheets>{names}<calcPr calcId="191029"/>'
    '<pivotCaches><pivotCache cacheId="1" r:id="rId9"/></pivotCaches><extLst><ext uri="{{7}}"/></extLst></workbook>'
)
PREFIXED = (  # as the Open XML SDK and some servers write it
    f'<x:workbook xmlns:x="{MAIN}" xmlns:r="{R}"><x:sheets><x:sheet name="表 1" sheetId="1" r:id="rId1"/></x:sheets>'
    '<x:functionGroups/><x:externalReferences><x:externalReference r:id="rId5"/></x:externalReferences>{names}</x:workbook>'
)
PLAIN = (  # as small writers write it: no names, single quotes, comments
    f"<workbook xmlns='{MAIN}' xmlns:r='{R}'>\n <!-- <definedNames/> -->\n <sheets>\n  <sheet name='表 1' sheetId='1' r:id='rId1'/>\n </sheets>\n{{names}}"
    " <calcPr calcId='124519' fullCalcOnLoad='1'/>\n</workbook>\n"
)
STRICT_BOOK = PLAIN.replace(MAIN, STRICT)
BOOKS = {"excel": EXCEL, "prefixed": PREFIXED, "plain": PLAIN, "strict": STRICT_BOOK}


def book(path: Path, text: str, names: str = "") -> Path:
    """A package with charts, pictures, validations, pivots, a VBA project and a custom part around this workbook.xml."""
    macro = path.suffix == ".xlsm"
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">'
        '<c r="XFD1048576"><v>2</v></c></row></sheetData><dataValidations count="1"><dataValidation type="list" sqref="A1">'
        "<formula1>&quot;はい,いいえ&quot;</formula1></dataValidation></dataValidations></worksheet>"
    )
    types = (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{MACRO_TYPE if macro else BOOK_TYPE}"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEET_TYPE}"/></Types>'
    )
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": text.replace("{names}", names).replace("{{", "{").replace("}}", "}"),
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/charts/chart1.xml": "<c:chartSpace xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart'/>",
        "xl/pivotTables/pivotTable1.xml": f"<pivotTableDefinition xmlns='{MAIN}' name='集計'/>",
        "xl/pivotCache/pivotCacheDefinition1.xml": f"<pivotCacheDefinition xmlns='{MAIN}'/>",
        "customXml/item1.xml": "<a>１</a>",
    }
    blobs = {name: data.encode() for name, data in parts.items()}
    blobs["xl/media/image1.png"] = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    if macro:
        blobs["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0" + bytes(range(256)) * 8
    return packed(path, blobs)


def _relation(kind: str, target: str) -> str:
    relation = f'<Relationship Id="rId1" Type="{R}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>'
