"""quote-365.xlsx: the quote workbook with the functions as LAMBDA names, and a sheet that shows them at work.

Every formula that calls one of them is stored as Excel 365 stores it, as a dynamic array formula: otherwise Excel would put
an @ before it, and a result for a whole range would show its first value only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from rules.excel_values import EVERYWHERE  # formulon numbers its errors in this order
from workbooks.building import cached_values, calculator, quote_workbook
from workbooks.building.style import DATE, GREY, PALE, YEN, entry, heading, printed, put, title, widths
from workbooks.files import reproducible, writer, zip_parts
from workbooks.lambdas.inject import inject
from workbooks.lambdas.names import named

SHEET = "Excel365の関数"
NOTE = "Excel 365・2024・Web 版で、何も入れずに計算されます。ほかの Excel と LibreOffice では #NAME? になります。"
CALLS = (  # formula, number format, what it says
    ('SUBSIDY_INVOICE(1000000,"小規模")', YEN, "インボイス対応類型。経費100万円、小規模事業者"),
    ("SUBSIDY_INVOICE(1000000,FALSE,2,250000,,DATE(2025,6,1))", YEN, "PC 25万円も。申請日で版が決まる"),
    ("SUBSIDY_NORMAL(4000000,3)", YEN, "通常枠。経費400万円、業務プロセス3つ"),
    ("SUBSIDY_ETRADE(1200000,5,10)", YEN, "電子取引類型。受注側のアカウント10のうち中小企業等が5"),
    ("SUBSIDY_SECURITY(240000,TRUE)", YEN, "セキュリティ対策推進枠"),
    ('SUBSIDY_REQUIRED_COST("invoice",1000000,FALSE)', YEN, "補助額100万円に届く最小の経費"),
    ('SUBSIDY_IS_SME("小売業",60000000,50)', "", "中小企業等か（資本金6,000万円、従業員50人）"),
    ('SUBSIDY_IS_SMALL("サービス業",6)', "", "小規模事業者か（従業員6人）"),
    ('SUBSIDY_DEADLINE("通常枠",DATE(2026,5,13))', DATE, "2026年5月13日の次の締切日"),
    ("SUBSIDY_EDITION(DATE(2026,6,1))", "", "申請日に有効な版"),
)
COLUMN = ((500_000, True), (1_000_000, True), (1_000_000, False), (3_000_000, False), (None, True))
FIRST, SPILL = 7, 7 + len(CALLS) + 4  # rows where the calls and the column begin
LAST = SPILL + len(COLUMN) - 1
SPILLED = f"SUBSIDY_INVOICE(B{SPILL}:B{LAST},C{SPILL}:C{LAST})"

METADATA = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<metadata xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
xmlns:xda="http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray"><metadataTypes count="1">\
<metadataType name="XLDAPR" minSupportedVersion="120000" copy="1" pasteAll="1" pasteValues="1" merge="1" splitFirst="1" \
rowColShift="1" clearFormats="1" clearComments="1" assign="1" coerce="1" cellMeta="1"/></metadataTypes>\
<futureMetadata name="XLDAPR" count="1"><bk><extLst><ext uri="{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}">\
<xda:dynamicArrayProperties fDynamic="1" fCollapsed="0"/></ext></extLst></bk></futureMetadata>\
<cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata></metadata>"""
PART, KIND = "xl/metadata.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheetMetadata+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sheetMetadata"
OURS = "|".join(n.name for n in named())
# of sheets as workbooks.building.cached_values has just written them, in their one spelling (tests/test_excel365.py counts the calls)
CALL = re.compile(rf'<c r="([A-Z]+\d+)"([^>]*)><f>([^<]*\b(?:{OURS})\([^<]*)</f>')


def build(path: Path) -> None:
    """Writes the workbook with its calculated values."""
    book = quote_workbook.made()
    values = {**calculator.calculated(reproducible.saved(book)), **called()}
    _add(book)
    raw = cached_values.valued(reproducible.saved(book), lambda _: values)
    writer.over(path, reproducible.package(_dynamic(zip_parts.parts(inject(raw)), book)))


def called() -> Mapping[str, calculator.At]:
    """What the cells of our sheet show by formulon: of the engines outside Excel, the one that knows LAMBDA names."""
    import formulon

    book = Workbook()
    _add(book)
    engine = formulon.Workbook.load(reproducible.saved(book))  # without the quote, over which it takes half a minute
    engine.recalc()
    return {SHEET: asked(engine, book.sheetnames.index(SHEET))}


def _add(book: Workbook) -> None:
    """Puts our sheet behind the others, and the names that it calls."""
    _sheet(book.create_sheet(SHEET))
    for n in named():
        book.defined_names[n.name] = DefinedName(
            n.name, comment=n.comment, attr_text=cached_values.for_formulon(n.stored)
        )


def asked(engine: Any, sheet: int) -> calculator.At:
    """What the cells of a sheet of formulon show."""

    def shown(row: int, column: int) -> Any:
        value = engine.get_value(sheet, row - 1, column - 1).to_python()
        error: int | None = getattr(value, "error_code", None)
        return value if error is None else calculator.Error(EVERYWHERE[error])

    return shown


def _sheet(sheet: Worksheet) -> None:
    title(sheet, SHEET, NOTE)
    widths(sheet, {"A": 3, "B": 46, "C": 14, "D": 36, "E": 52})
    heading(sheet, "B", "E", FIRST - 2, "呼び方と答え")
    _header(sheet, FIRST - 1, ("式", "", "答え", "何の計算か"))
    sheet.merge_cells(f"B{FIRST - 1}:C{FIRST - 1}")
    for row, (text, form, says) in enumerate(CALLS, FIRST):
        put(sheet, f"B{row}", f"={text}", box=True).data_type = "s"
        put(sheet, f"D{row}", f"={text}", box=True, form=form, align="right")
        put(sheet, f"E{row}", says, box=True, size=9, colour=GREY)
        sheet.merge_cells(f"B{row}:C{row}")
    heading(sheet, "B", "E", SPILL - 2, "列をまとめて: 一つの式が、経費の列と同じ形で答える")
    _header(sheet, SPILL - 1, ("経費（円、税抜）", "小規模", "補助額（円）", f"={SPILLED}"))
    for row, (cost, small) in enumerate(COLUMN, SPILL):
        entry(sheet, f"B{row}", YEN, align="right").value = cost
        entry(sheet, f"C{row}", align="center").value = small
        put(sheet, f"D{row}", f"=SUBSIDY_INVOICE(B{row},C{row})", box=True, form=YEN, align="right")
    put(sheet, f"E{LAST}", "空欄の行は #VALUE! です。金額の代わりに文字を返すことはありません。", size=9, colour=GREY)
    printed(sheet, f"A1:E{LAST}", landscape=True)


def _header(sheet: Worksheet, row: int, texts: tuple[str, ...]) -> None:
    for letter, text in zip("BCDE", texts, strict=True):
        put(sheet, f"{letter}{row}", text, size=9, back=PALE, box=True, align="center").data_type = "s"


def _dynamic(parts: dict[str, bytes], book: Workbook) -> dict[str, bytes]:
    """The parts with every call of ours as a dynamic array formula, and the metadata that this needs."""
    for number, sheet in enumerate(book.sheetnames, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = CALL.sub(_spilling if sheet == SHEET else _alone, parts[name].decode()).encode()
    parts[PART] = METADATA.encode()
    types, relations = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
    parts[types] = _before_end(parts[types], f'<Override PartName="/{PART}" ContentType="{KIND}"/>')
    added = f'<Relationship Id="rIdMetadata" Type="{RELATION}" Target="metadata.xml"/>'
    parts[relations] = _before_end(parts[relations], added)
    return parts


def _alone(match: re.Match[str]) -> str:
    """One cell with a formula whose answer may spill from it."""
    return f'<c r="{match[1]}"{match[2]} cm="1"><f t="array" ref="{match[1]}">{match[3]}</f>'


def _spilling(match: re.Match[str]) -> str:
    """As `_alone`; in the column the first cell's formula answers for all, the others keep their values."""
    row = int(match[1][1:])
    if row < SPILL:
        return _alone(match)
    if row > SPILL:
        return f'<c r="{match[1]}"{match[2]}>'
    return f'<c r="{match[1]}"{match[2]} cm="1"><f t="array" ref="D{SPILL}:D{LAST}">{SPILLED}</f>'


def _before_end(data: bytes, added: str) -> bytes:
    """XML with one more child of its root."""
    at = data.rindex(b"</")
    return data[:at] + added.encode() + data[at:]
