"""提案書, upper half: the quote in its usual Japanese form, from 宛先 to 合計."""

from __future__ import annotations

from typing import Any

from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from workbooks.layout import LINES, QUOTE
from workbooks.sheets import members, working
from workbooks.sheets.page import GROUP, MONEY, frame, put, said, show
from workbooks.style import ACCENT, GREY, LINE, PALE, WAREKI, YEN
from workbooks.text import blank, quoted, ref, span

FIRST, SHOWN = 17, 15  # row of the first line, lines printed
REST = FIRST + SHOWN  # what is not shown
UNKNOWN = "要確認"  # an amount that cannot be known
OUT = "対象外"  # of a line of which nothing counts in the frame applied for
SUMS = REST + 1
END = SUMS + 3  # the first row below
COLUMNS = (  # first column, last column, title, column of 見積 or the working, number format, alignment
    ("A", "C", "品名", "item", "General", "left"),
    ("D", "D", "数量", "quantity", "#,##0", "right"),
    ("E", "E", "単位", "unit", "General", "center"),
    ("F", "F", "単価（税抜）", "price", YEN, "right"),
    ("G", "G", "月数", "months", "#,##0", "right"),
    ("H", "H", "値引", "discount", YEN, "right"),
    ("I", "I", "金額（税抜）", "line_amount", YEN, "right"),
)


SUMS_OF_GROUP = (
    ("構成員のソフトウェア・導入関連費", f"SUM({members.down('given_cost')})"),
    ("構成員のPC・タブレット等", f"SUM({members.down('given_pc_cost')})"),
    ("構成員のPOSレジ・券売機等", f"SUM({members.down('given_register_cost')})"),
    ("(b) 消費動向等分析経費", f"SUM({ref('analysis_cost')})"),
    ("(c) 事務費・専門家経費", f"SUM({ref('admin_cost')})"),
)


def build(sheet: Worksheet) -> None:
    """Writes the upper half."""
    for row in range(2, END):
        sheet.row_dimensions[row].height = 15
    _head(sheet)
    _vendor(sheet)
    _lines(sheet)
    _sums(sheet)


def _head(sheet: Worksheet) -> None:
    put(sheet, "A1", "御見積書（補助金活用のご提案）", size=17, bold=True, align="center", to="I", colour=ACCENT)
    sheet.row_dimensions[1].height = 32
    name, kind = ref("name"), ref("kind")
    honour = f"IF({kind}={quoted('個人')},{quoted('　様')},{quoted('　御中')})"
    put(sheet, "A3", f"=IF({blank(name)},{quoted('')},{name}&{honour})", size=13, bold=True, to="D", shrink=True)
    for letter in "ABCD":
        sheet[f"{letter}3"].border = Border(bottom=Side(style="thin", color="000000"))
    put(sheet, "A4", "下記のとおり御見積り申し上げます。", size=9, to="D")
    put(sheet, "A6", "件名", size=9)
    put(sheet, "B6", said(ref("subject")), to="D", size=10, wrap=True)
    sheet.row_dimensions[6].height = 28  # two lines
    put(sheet, "A7", "有効期限", size=9)
    put(sheet, "B7", said(ref("valid_until")), to="D", form=WAREKI)
    put(sheet, "A9", "お支払総額（税込）", size=11, bold=True, to="B10")
    put(sheet, "C9", show("out_gross"), size=18, bold=True, form=MONEY, align="right", to="D10", shrink=True)
    put(sheet, "A11", "補助額（見込み）", size=10, to="B")
    put(sheet, "C11", show("out_subsidy"), size=12, form=MONEY, align="right", to="D")
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
        shrink=True,
    )
    for row in (9, 11, 12):
        for letter in "ABCD":
            sheet[f"{letter}{row}"].border = Border(top=Side(style="thin", color=LINE))


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
        strong, tall = name == "vendor_name", name == "vendor_address"
        looks: dict[str, Any] = {"size": 11 if strong else 9, "bold": strong, "form": form, "wrap": strong or tall}
        put(
            sheet,
            f"G{row}",
            said(ref(name)),
            to=f"I{row + 1}" if tall else "I",
            top=tall,
            shrink=not (strong or tall),
            **looks,
        )


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
        frame(sheet, first, last, head)
    for n in range(1, SHOWN + 1):
        row = FIRST + n - 1
        sheet.row_dimensions[row].height = 15.5
        for first, last, _, name, form, align in COLUMNS:
            put(
                sheet,
                f"{first}{row}",
                f"={_either(n, name)}",
                size=9,
                form=form,
                align=align,
                to=last if last != first else "",
                shrink=True,
                indent=0 if align == "center" else 1,
            )
            frame(sheet, first, last, row)
    _rest(sheet)


def _rest(sheet: Worksheet) -> None:
    """How many lines are not shown, where they stand, and their sum."""
    more, nothing, all_of = f"SUM({working.column('used')})-{SHOWN}", quoted(""), ref("out_total")
    words = f'"ほか "&({more})&"行（明細は「{QUOTE}」シートのとおり）"'
    sums = f"IF(ISERROR({all_of}),{quoted(UNKNOWN)},{all_of}-SUM(I{FIRST}:I{REST - 1}))"
    for letter, text in (("A", f"{words}&{_out_of_rest()}"), ("I", sums)):
        there = f"IF(ISERROR({more}),{nothing},IF({more}>0,{text},{nothing}))"
        looks: dict[str, Any] = {"form": YEN, "align": "right"} if letter == "I" else {"to": "H"}
        put(sheet, f"{letter}{REST}", f"=IF({GROUP},{nothing},{there})", size=9, indent=1, **looks)
    frame(sheet, "A", "H", REST)
    frame(sheet, "I", "I", REST)


def _out_of_rest() -> str:
    """How many of the lines that are not shown do not count."""
    order, reason, full, counts = (working.column(name) for name in ("order", "reason", "line_amount", "line_eligible"))
    beyond = f'{order},">{SHOWN}",{reason}'
    found = f'COUNTIFS({beyond},">0")+COUNTIFS({beyond},0,{full},">0",{counts},0)'
    return f'IF({found}>0,"　うち{OUT} "&({found})&"行",{quoted("")})'


def _either(n: int, name: str) -> str:
    """A value of the n-th line; of a group, the n-th of its sums."""
    return f"IF({GROUP},{_sum_of_group(n, name)},{_nth(n, name)})"


def _sum_of_group(n: int, name: str) -> str:
    """The members' costs are many: their sums stand on the page, and the group's own costs."""
    nothing = quoted("")
    if n > len(SUMS_OF_GROUP):
        return nothing
    label, amount = SUMS_OF_GROUP[n - 1]
    texts = {"item": quoted(label), "quantity": "1", "unit": quoted("式"), "price": amount, "line_amount": amount}
    text = texts.get(name, nothing)
    return (
        f"IF(ISERROR({amount}),{quoted(UNKNOWN) if name == 'line_amount' else nothing},IF({amount}>0,{text},{nothing}))"
    )


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
    if name == "item":
        text = f"{_mark(row)}&{text}"
    seen = quoted(UNKNOWN) if name == "line_amount" else quoted("")
    return f"IF(ISERROR({row}),{quoted('')},IF(ISERROR({value}),{seen},{text}))"


def _mark(row: str) -> str:
    """What stands before the name of a line of which nothing counts: for a reason, or because a limit is used up."""
    reason, full, counts = (f"INDEX({working.column(n)},{row})" for n in ("reason", "line_amount", "line_eligible"))
    out = f"OR({reason}>0,AND({full}>0,{counts}=0))"
    return f"IF(ISERROR({out}),{quoted('')},IF({out},{quoted(f'（{OUT}）')},{quoted('')}))"


def _sums(sheet: Worksheet) -> None:
    rows = (("小計（税抜）", "out_total", False), ("消費税", "out_tax", False), ("合計（税込）", "out_gross", True))
    for row, (label, name, strong) in enumerate(rows, SUMS):
        put(sheet, f"F{row}", label, size=9, bold=strong, back=PALE, align="center", to="H")
        put(sheet, f"I{row}", show(name), size=10, bold=strong, form=YEN, align="right", indent=1)
        frame(sheet, "F", "H", row)
        frame(sheet, "I", "I", row)
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
    marked = f"COUNTIF(A{FIRST}:A{REST - 1},{quoted(f'（{OUT}）*')})"
    why = quoted(f"※ （{OUT}）の行は、申請する枠の補助の対象になりません。")
    put(sheet, f"A{SUMS + 2}", f"=IF({marked}>0,{why},{quoted('')})", size=8, colour=GREY, to="E")
