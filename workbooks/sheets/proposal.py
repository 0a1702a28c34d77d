"""提案書: one A4 page for the customer. What it costs with tax, the subsidy, what stays with him, when, what he promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from unicodedata import east_asian_width

from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from rules import invoice, obligations
from rules.edition import documents, load
from workbooks.layout import LINES, QUOTE, RESULT, YES
from workbooks.sheets import chart, working
from workbooks.sheets.lists import Lookups
from workbooks.style import (
    ACCENT,
    BOX,
    GREY,
    LINE,
    PALE,
    PRINT,
    WAREKI,
    YEN,
    aligned,
    flag,
    letters,
    link,
    printed,
    protect,
    widths,
)
from workbooks.style import put as plain
from workbooks.text import AS_OF, blank, per_edition, quoted, ref, span

FIRST, SHOWN = 17, 15  # row of the first line, lines printed
REST = FIRST + SHOWN  # その他
SUMS = REST + 1
GRANT = SUMS + 5
TEXTS = GRANT + 7
LINE_WIDTH = 132  # half-width letters of a line of sentences
MONEY = '#,##0"円"'
COLUMNS = (  # first column, last column, title, column of 見積 or the working, number format, alignment
    ("A", "C", "品名", "item", "General", "left"),
    ("D", "D", "数量", "quantity", "#,##0", "right"),
    ("E", "E", "単位", "unit", "General", "center"),
    ("F", "F", "単価（税抜）", "price", YEN, "right"),
    ("G", "G", "月数", "months", "#,##0", "right"),
    ("H", "H", "値引", "discount", YEN, "right"),
    ("I", "I", "金額（税抜）", "line_amount", YEN, "right"),
)


def texts() -> dict[str, Any]:
    """The sentences of proposal.toml."""
    from pathlib import Path

    return load(Path(__file__).parents[1] / "proposal.toml")


def build(sheet: Worksheet, look: Lookups, amounts: Worksheet) -> None:
    """Writes the page."""
    widths(sheet, dict(zip("ABCDEFGHI", (13, 15, 11, 7, 7, 12, 7, 10, 14), strict=True)))
    _head(sheet)
    _lines(sheet)
    _sums(sheet)
    _grant(sheet, look, amounts)
    last = _texts(sheet)
    link(sheet, "K1", "はじめに", "A1", "← はじめに へ戻る", face=PRINT)
    plain(sheet, "K2", "この頁は印刷用です。入力は「申請者」と「見積」で行います。", size=9, colour=GREY)
    sheet.column_dimensions["K"].width = 50
    flag(sheet, f"A{SUMS}:I{TEXTS}", f"ISERROR(A{SUMS})", colour="BFBFBF")
    printed(sheet, f"A1:I{last}", pages=1, footer="")
    protect(sheet)


def put(sheet: Worksheet, cell: str, value: Any = None, *, to: str = "", **looks: Any) -> None:
    """A cell of the page, merged up to the column or cell `to`."""
    plain(sheet, cell, value, face=PRINT, **looks)
    if to:
        row = cell.lstrip("ABCDEFGHI")
        sheet.merge_cells(f"{cell}:{to}" if to[-1].isdigit() else f"{cell}:{to}{row}")


def show(name: str, otherwise: str = "―") -> str:
    """A result for the page: a dash where it cannot be calculated yet."""
    cell = ref(name)
    return f"=IF(SUM({working.column('used')})=0,{quoted(otherwise)},IF(ISERROR({cell}),{quoted(otherwise)},{cell}))"


def said(cell: str) -> str:
    """An input for the page: nothing where it is blank."""
    return f"=IF({blank(cell)},{quoted('')},{cell})"


def _head(sheet: Worksheet) -> None:
    for row in range(2, TEXTS):
        sheet.row_dimensions[row].height = 15
    put(sheet, "A1", "御見積書（補助金活用のご提案）", size=17, bold=True, align="center", to="I", colour=ACCENT)
    sheet.row_dimensions[1].height = 32
    name, kind = ref("name"), ref("kind")
    honour = f"IF({kind}={quoted('個人')},{quoted('　様')},{quoted('　御中')})"
    put(sheet, "A3", f"=IF({blank(name)},{quoted('')},{name}&{honour})", size=13, bold=True, to="D", shrink=True)
    for letter in "ABCD":
        sheet[f"{letter}3"].border = Border(bottom=Side(style="thin", color="000000"))
    put(sheet, "A4", "下記のとおり御見積り申し上げます。", size=9, to="D")
    left = (("件名", "subject"), ("有効期限", "valid_until"))
    for row, (label, source) in enumerate(left, 6):
        put(sheet, f"A{row}", label, size=9)
        date = source == "valid_until"
        put(
            sheet,
            f"B{row}",
            said(ref(source)),
            to="D",
            form=WAREKI if date else "",
            align="left",
            size=10,
            shrink=not date,
        )
    put(sheet, "A9", "お支払総額（税込）", size=11, bold=True, to="B10")
    put(sheet, "C9", show("out_gross"), size=18, bold=True, form=MONEY, align="right", to="D10", shrink=True)
    put(sheet, "A11", "補助額（見込み）", size=10, to="B")
    put(sheet, "C11", show("out_invoice_subsidy"), size=12, form=MONEY, align="right", to="D")
    put(sheet, "A12", "手出し（税込）", size=11, bold=True, to="B13")
    put(
        sheet,
        "C12",
        show("out_out_of_pocket"),
        size=15,
        bold=True,
        form=MONEY,
        align="right",
        to="D13",
        colour="C00000",
    )
    for row in (9, 11, 12):
        for letter in "ABCD":
            sheet[f"{letter}{row}"].border = Border(top=Side(style="thin", color=LINE))
    _vendor(sheet)


def _vendor(sheet: Worksheet) -> None:
    rows = (
        ("見積番号", "quote_number", ""),
        ("発行日", "issued_on", WAREKI),
        ("", "vendor_name", ""),
        ("", "vendor_address", ""),
        ("電話", "vendor_tel", ""),
        ("担当", "vendor_contact", ""),
        ("登録番号", "vendor_invoice_number", ""),
    )
    for row, (label, name, form) in zip((3, 4, 6, 7, 9, 10, 11), rows, strict=True):
        put(sheet, f"F{row}", label, size=9, align="right", indent=1)
        strong = name == "vendor_name"
        tall = name == "vendor_address"
        to = f"I{row + 1}" if tall else "I"
        size = 11 if strong else 9
        put(
            sheet,
            f"G{row}",
            said(ref(name)),
            size=size,
            bold=strong,
            form=form,
            align="left",
            to=to,
            wrap=tall,
            top=tall,
        )
        if not tall:
            aligned(sheet[f"G{row}"], shrink_to_fit=True)


def _lines(sheet: Worksheet) -> None:
    """The first lines of the quote, in its order; what does not fit stands in one row."""
    head = FIRST - 1
    for first, last, text, *_ in COLUMNS:
        put(
            sheet,
            f"{first}{head}",
            text,
            size=9,
            bold=True,
            back=ACCENT,
            colour="FFFFFF",
            align="center",
            to=last if last != first else "",
        )
        _frame(sheet, first, last, head)
    for n in range(1, SHOWN + 1):
        row = FIRST + n - 1
        sheet.row_dimensions[row].height = 15.5
        for first, last, _, name, form, align in COLUMNS:
            put(
                sheet,
                f"{first}{row}",
                f"={_nth(n, name)}",
                size=9,
                form=form,
                align=align,
                to=last if last != first else "",
                shrink=True,
                indent=0 if align == "center" else 1,
            )
            _frame(sheet, first, last, row)
    more = f"SUM({working.column('used')})-{SHOWN}"
    put(
        sheet,
        f"A{REST}",
        f'=IF(ISERROR({more}),"",IF({more}>0,"その他 "&({more})&"行（明細は別紙）",""))',
        size=9,
        to="H",
        indent=1,
    )
    put(
        sheet,
        f"I{REST}",
        f'=IF(ISERROR({more}),"",IF({more}>0,{ref("out_total")}-SUM(I{FIRST}:I{REST - 1}),""))',
        size=9,
        form=YEN,
        align="right",
        indent=1,
    )
    _frame(sheet, "A", "H", REST)
    _frame(sheet, "I", "I", REST)


def _frame(sheet: Worksheet, first: str, last: str, row: int) -> None:
    for letter in letters(first, last):
        sheet[f"{letter}{row}"].border = BOX


def _nth(n: int, name: str) -> str:
    """A value of the n-th line that is not blank."""
    letter = "" if name in working.NAMES else LINES.letter(name)
    place = span(QUOTE, f"{letter}{LINES.first}", f"{letter}{LINES.last}") if letter else working.column(name)
    row = f"MATCH({n},{working.column('order')},0)"
    value = f"INDEX({place},{row})"
    hidden = {"months": f"INDEX({working.column('timed')},{row})=1", "discount": f"{value}>0"}
    text = f"IF({hidden[name]},{value},{quoted('')})" if name in hidden else value
    if name in ("item", "unit"):
        text = f"{value}&{quoted('')}"
    seen = quoted("要確認") if name == "line_amount" else quoted("")
    return f"IF(ISERROR({row}),{quoted('')},IF(ISERROR({value}),{seen},{text}))"


def _sums(sheet: Worksheet) -> None:
    rows = (("小計（税抜）", "out_total", False), ("消費税", "out_tax", False), ("合計（税込）", "out_gross", True))
    for row, (label, name, strong) in enumerate(rows, SUMS):
        put(sheet, f"F{row}", label, size=9, bold=strong, back=PALE, align="center", to="H")
        put(sheet, f"I{row}", show(name), size=10, bold=strong, form=YEN, align="right", indent=1)
        _frame(sheet, "F", "H", row)
        _frame(sheet, "I", "I", row)
    reduced = ref("reduced_base")
    put(sheet, f"A{SUMS}", "※ 消費税は税率ごとに1回、1円未満を切り捨てています。", size=8, colour=GREY, to="E")
    words = f'"※ うち軽減税率8%の対象 "&TEXT({reduced},"#,##0")&"円（税抜）"'
    put(
        sheet,
        f"A{SUMS + 1}",
        f"=IF(ISNUMBER({reduced}),IF({reduced}>0,{words},{quoted('')}),{quoted('')})",
        size=8,
        colour=GREY,
        to="E",
    )


def _grant(sheet: Worksheet, look: Lookups, amounts: Worksheet) -> None:
    """The subsidy and what stays with the customer, beside the chart."""
    _bar(sheet, GRANT - 1, "補助金を活用した場合")
    size = f'IF(ISERROR({ref("out_small_biz")}),"",IF({ref("out_small_biz")},"（小規模事業者）","（中小企業）"))'
    rows: Sequence[tuple[str, str, bool]] = (
        ("補助金・枠", f'="デジタル化・AI導入補助金 {invoice.LABEL}"&{size}', False),
        ("お支払総額（税込）", show("out_gross"), False),
        ("補助額（見込み）", show("out_invoice_subsidy"), True),
        ("自己負担（税抜）", show("out_own_burden"), False),
        ("手出し（税込）", show("out_out_of_pocket"), True),
        ("次の締切", _deadline(look), False),
    )
    for row, (label, text, strong) in enumerate(rows, GRANT):
        put(sheet, f"A{row}", label, size=9, bold=strong, back=PALE, to="B", indent=1)
        wide = row in (GRANT, GRANT + len(rows) - 1)
        put(
            sheet,
            f"C{row}",
            text,
            size=9 if wide else 11,
            bold=strong,
            form=MONEY,
            align="left" if wide else "right",
            to="I" if wide else "D",
            shrink=True,
            indent=1,
        )
        _frame(sheet, "A", "I" if wide else "D", row)
        sheet.row_dimensions[row].height = 16 if wide else 21
    chart.proposal(sheet, amounts, int(RESULT["out_out_of_pocket"].cell[1:]) + 3, f"E{GRANT + 1}")


def _deadline(look: Lookups) -> str:
    """The next closing date on the day of application, where one is known."""
    row = f"COUNTIF({look.closings},{quoted('<')}&{AS_OF})+1"
    closing, decision = f"INDEX({look.closings},{row})", f"INDEX({look.decisions},{row})"
    known = f'TEXT({closing},"yyyy/m/d")&"（17時）　交付決定の予定: "&IF(ISNUMBER({decision}),TEXT({decision},"yyyy/m/d"),"未公表")'
    none, later = quoted("公表された締切はありません"), quoted("申請日を入れると出ます")
    return f"=IF({blank(ref('application_date'))},{later},IF(ISERROR({closing}),{none},{known}))"


def _bar(sheet: Worksheet, row: int, text: str) -> None:
    put(sheet, f"A{row}", text, size=10, bold=True, colour="FFFFFF", back=ACCENT, to="I", indent=1)
    sheet.row_dimensions[row].height = 16


def _texts(sheet: Worksheet) -> int:
    """What he must know before he signs; gives the last row."""
    row = TEXTS
    words = texts()
    extra = f"=IF({ref('past_grant')}={quoted(YES)},{_raise()},{quoted('・賃上げの計画は、この枠では過去に交付を受けた事業者に求められます。')})"
    parts = (
        ("お金の流れ（後払い）", [t["text"] for t in words["when"]]),
        ("交付決定の前にしてはいけないこと・支払い方", [t["text"] for t in words["never"]]),
        ("お約束いただくこと", [*(t["text"] for t in words["promise"]), extra]),
    )
    for head, sentences in parts:
        _bar(sheet, row, head)
        row += 1
        for text in sentences:
            put(sheet, f"A{row}", text if text.startswith("=") else f"・{text}", size=8.5, wrap=True, to="I")
            sheet.row_dimensions[row].height = 13 if _width(text) < LINE_WIDTH or text.startswith("=") else 24
            row += 1
        sheet.row_dimensions[row].height = 4
        row += 1
    return _closing(sheet, row)


def _width(text: str) -> int:
    """Half-width columns that a text takes."""
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)


def _raise() -> str:
    """The wage plan of those granted before, from the newest edition that asks for one in this frame."""

    def words(e: obligations.Edition) -> str:
        asked = [w for w in e.wage if w.past and invoice.NAME in w.frames]
        text = (
            f"・過去に交付を受けた事業者の賃上げ計画: 年平均成長率{float(asked[0].cagr) * 100:g}%以上（要確認）。"
            if asked
            else "・賃上げの計画は求められていません。"
        )
        return quoted(text)

    return per_edition(obligations.Edition, words)


def _closing(sheet: Worksheet, row: int) -> int:
    """Edition, date, and that nothing is promised."""
    source = per_edition(
        invoice.Edition, lambda e: quoted(f"{documents()[e.document].title}（{e.since:%Y-%m-%d}から）")
    )
    on = f'IF({blank(ref("application_date"))},"未入力",IF(ISERROR({AS_OF}),"",TEXT({AS_OF},"yyyy/m/d")))'
    text = f'="計算の版: "&IF(ISERROR({AS_OF}),{quoted("不明")},{source})&"　計算の基準日（申請日）: "&{on}'
    put(sheet, f"A{row}", text, size=8, colour=GREY, to="I", shrink=True)
    note = (
        "補助額は見込みです。採択と交付を約束するものではありません。制度の内容は変更となる可能性があります。"
        "約束と流れの文は2025年の公募要領によります（2026年の原文は未確認。出典は「はじめに」）。"
    )
    put(sheet, f"A{row + 1}", note, size=8, colour=GREY, to="I", wrap=True)
    sheet.row_dimensions[row + 1].height = 24
    return row + 1
