"""提案書, upper half: the quote in its usual Japanese form, from 宛先 to 合計, and what of each line counts."""

from __future__ import annotations

from typing import Any

from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from workbooks.building.formula_text import blank, quoted, ref, span
from workbooks.building.sheets import line_columns, members, proposal_deadline
from workbooks.building.sheets.proposal_cells import GROUP, LAST, MONEY, frame, put, said, show
from workbooks.building.style import ACCENT, GREY, LINE, PALE, WAREKI, YEN
from workbooks.form.layout import ANNEX, LINES, PROPOSAL_LINES, QUOTE

TOLD = 11  # row of what the customer must know first: no date is left, or why there is no subsidy
FIRST = 13  # row of the first line
REST = FIRST + PROPOSAL_LINES  # その他
SUMS = REST + 1
END = SUMS + 3  # the first row below
COLUMNS = (  # first column, last column, title, what it shows, number format, alignment
    ("A", "B", "品名", "item", "General", "left"),
    ("C", "C", "契約", "contract", "General", "center"),
    ("D", "D", "数量", "many", "General", "right"),
    ("E", "E", "単価（税抜）", "price", YEN, "right"),
    ("F", "F", "月数", "months", "#,##0", "right"),
    ("G", "G", "値引", "discount", YEN, "right"),
    ("H", "H", "金額（税抜）", "line_amount", YEN, "right"),
    ("I", "I", "対象経費", "eligible", YEN, "right"),
    ("J", "J", "対象・対象外", "why", "General", "left"),
)
WORDS = ("item", "contract", "many", "why")  # texts: nothing stands where a cell cannot be read
PLAIN = ("reason",)  # in words, as 見積 says it, not its number in the working

SUMS_OF_GROUP = (
    ("構成員のソフトウェア・導入関連費", f"SUM({members.down('argument_cost')})"),
    ("構成員のPC・タブレット等", f"SUM({members.down('argument_pc_cost')})"),
    ("構成員のPOSレジ・券売機等", f"SUM({members.down('argument_register_cost')})"),
    ("(b) 消費動向等分析経費", f"SUM({ref('analysis_cost')})"),
    ("(c) 事務費・専門家経費", f"SUM({ref('admin_cost')})"),
)


TRAVEL = "要確認: 交通費・宿泊費の分は対象外です"


def build(sheet: Worksheet, why: str) -> None:
    """Writes the upper half; `why` says why there is no subsidy."""
    for row in range(2, END):
        sheet.row_dimensions[row].height = 15
    _head(sheet)
    _vendor(sheet)
    late = proposal_deadline.late()
    put(
        sheet,
        f"A{TOLD}",
        f"=IF({late},{proposal_deadline.told()},{why})",
        size=9,
        bold=True,
        colour="C00000",
        to=LAST,
        wrap=True,
    )
    sheet.row_dimensions[TOLD].height = 26
    _lines(sheet)
    _sums(sheet)


def _head(sheet: Worksheet) -> None:
    put(sheet, "A1", "御見積書（補助金活用のご提案）", size=17, bold=True, align="center", to=LAST, colour=ACCENT)
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[2].height = 6
    name, kind = ref("name"), ref("kind")
    honour = f"IF({kind}={quoted('個人')},{quoted('　様')},{quoted('　御中')})"
    put(sheet, "A3", f"=IF({blank(name)},{quoted('')},{name}&{honour})", size=12, bold=True, to="E4", wrap=True)
    for letter in "ABCDE":
        sheet[f"{letter}4"].border = Border(bottom=Side(style="thin", color="000000"))
    for row in (3, 4):
        sheet.row_dimensions[row].height = 17
    put(sheet, "A5", "下記のとおり御見積り申し上げます。", size=9, to="D")
    put(sheet, "A6", "件名", size=9)
    put(sheet, "B6", said(ref("subject")), to="E", size=9.5, wrap=True)
    sheet.row_dimensions[6].height = 26  # two lines
    put(sheet, "A7", "有効期限", size=9)
    put(sheet, "B7", said(ref("valid_until")), to="D", form=WAREKI)
    late = proposal_deadline.late()
    rows = (
        (8, "お支払総額（税込）", show("out_gross"), True, {"size": 17}),
        (9, "補助額（見込み）", _while_open(late, "out_subsidy"), False, {"size": 13}),
        (10, "手出し（税込）", _while_open(late, "out_out_of_pocket"), True, {"size": 15, "colour": "C00000"}),
    )
    for row, label, text, strong, style in rows:
        put(sheet, f"A{row}", label, size=10, bold=strong, to="B")
        looks: dict[str, Any] = {"bold": strong, **style}
        put(sheet, f"C{row}", text, form=MONEY, align="right", to="E", shrink=True, **looks)
        for letter in "ABCDE":
            sheet[f"{letter}{row}"].border = Border(top=Side(style="thin", color=LINE))
        sheet.row_dimensions[row].height = 24 if strong else 19


def _while_open(late: str, name: str) -> str:
    """An amount in large type while there is a closing date to apply for; below, it stands in any case."""
    return f"=IF({late},{quoted('収録した回なし')},{show(name).removeprefix('=')})"


def _vendor(sheet: Worksheet) -> None:
    rows = (
        (3, "見積番号", "quote_number", ""),
        (4, "発行日", "issued_on", WAREKI),
        (5, "", "vendor_name", ""),
        (6, "", "vendor_address", ""),
        (7, "電話", "vendor_tel", ""),
        (8, "担当", "vendor_contact", ""),
        (9, "登録番号", "vendor_invoice_number", ""),
    )
    for row, label, name, form in rows:
        put(sheet, f"F{row}", label, size=9, align="right", indent=1, to="G")
        strong = name == "vendor_name"
        put(sheet, f"H{row}", said(ref(name)), to=LAST, size=10.5 if strong else 9, bold=strong, form=form, wrap=True)
    sheet.row_dimensions[5].height = 26  # a long name takes two lines


def _lines(sheet: Worksheet) -> None:
    """The first lines of the quote, in its order; what does not fit stands in one row, and all of them on 別紙."""
    head = FIRST - 1
    for first, last, text, *_ in COLUMNS:
        looks: dict[str, Any] = {"size": 8.5, "bold": True, "back": ACCENT, "colour": "FFFFFF", "align": "center"}
        put(sheet, f"{first}{head}", text, to=last if last != first else "", **looks)
        frame(sheet, first, last, head)
    for n in range(1, PROPOSAL_LINES + 1):
        row = FIRST + n - 1
        sheet.row_dimensions[row].height = 21
        for first, last, _, name, form, align in COLUMNS:
            small = name in ("item", "why")
            put(
                sheet,
                f"{first}{row}",
                f"={either(n, name)}",
                size=7.5 if name == "why" else 8.5,
                form=form,
                align=align,
                to=last if last != first else "",
                wrap=small,
                shrink=not small,
                indent=1 if align == "right" else 0,
            )
            frame(sheet, first, last, row)
    more = f"IF({GROUP},0,SUM({line_columns.column('used')})-{PROPOSAL_LINES})"
    told = f'"その他 "&({more})&"行（全部の行と対象・対象外の理由は「{ANNEX}」）"'
    apart = quoted(f"構成員ごとの支払・補助額・手出しは「{ANNEX}」")
    text = f'=IF({GROUP},{apart},IF(ISERROR({more}),"",IF({more}>0,{told},"")))'
    put(sheet, f"A{REST}", text, size=8.5, to="G", indent=1)
    for letter, whole, column in (("H", "out_total", "H"), ("I", "out_eligible", "I")):
        rest = f"{ref(whole)}-SUM({column}{FIRST}:{column}{REST - 1})"
        text = f'=IF(ISERROR({more}),"",IF({more}>0,{rest},""))'
        put(sheet, f"{letter}{REST}", text, size=8.5, form=YEN, align="right", indent=1)
    frame(sheet, "A", "G", REST)
    frame(sheet, "H", "J", REST)


def either(n: int, name: str) -> str:
    """A value of the n-th line; of a group, the n-th of its sums."""
    return f"IF({GROUP},{_sum_of_group(n, name)},{nth(n, name)})"


def _sum_of_group(n: int, name: str) -> str:
    """The members' costs are many: their sums stand on the page, and the group's own costs."""
    nothing = quoted("")
    if n > len(SUMS_OF_GROUP):
        return nothing
    label, amount = SUMS_OF_GROUP[n - 1]
    texts = {"item": quoted(label), "line_amount": amount, "eligible": amount, "why": quoted("対象")}
    text = texts.get(name, nothing)
    unread = quoted("要確認") if name == "line_amount" else nothing
    return f"IF(ISERROR({amount}),{unread},IF({amount}>0,{text},{nothing}))"


def place(n: int) -> str:
    """Which row of the table the n-th line that is not blank stands in; an error where there are fewer."""
    return f"MATCH({n},{line_columns.column('order')},0)"


def nth(n: int, name: str, known: str = "") -> str:
    """A value of the n-th line that is not blank; `known` is a cell that holds its `place`."""
    row = known or place(n)
    text = _text(name, row)
    seen = quoted("要確認") if name == "line_amount" else quoted("")
    return f"IF(ISERROR({row}),{quoted('')},IF(ISERROR({text}),{seen},{text}))"


def _text(name: str, row: str) -> str:
    def of(column: str) -> str:
        letter = LINES.letter(column) if column in PLAIN or column not in line_columns.NAMES else ""
        place = (
            span(QUOTE, f"{letter}{LINES.first}", f"{letter}{LINES.last}") if letter else line_columns.column(column)
        )
        return f"INDEX({place},{row})"

    if name == "many":
        return f'TEXT({of("quantity")},"#,##0")&" "&{of("unit")}'
    if name == "why":
        cut = f"{of('line_amount')}-{of('eligible')}"
        less = f'IF({of("eligible")}=0,"対象外: ","減額 ▲"&TEXT({cut},"#,##0")&"円: ")&{of("reason")}'
        counts = f"IF({of('travel')}>0,{quoted(TRAVEL)},{quoted('対象')})"
        return f"IF({cut}>0,{less},{counts})"
    if name == "months":
        return f"IF({of('timed')}=1,{of('months')},{quoted('')})"
    if name == "discount":
        less = f"({of('discount')}+{of('allotted')})"  # with what the line bears of one on the total
        return f"IF({less}>0,{less},{quoted('')})"
    return f"{of(name)}&{quoted('')}" if name in WORDS else of(name)


def _sums(sheet: Worksheet) -> None:
    rows = (("小計（税抜）", "out_total", False), ("消費税", "out_tax", False), ("合計（税込）", "out_gross", True))
    for row, (label, name, strong) in enumerate(rows, SUMS):
        put(sheet, f"E{row}", label, size=9, bold=strong, back=PALE, align="center", to="G")
        put(sheet, f"H{row}", show(name), size=9.5, bold=strong, form=YEN, align="right", indent=1)
        frame(sheet, "E", "G", row)
        frame(sheet, "H", "H", row)
    put(sheet, f"I{SUMS}", show("out_eligible"), size=9.5, bold=True, form=YEN, align="right", indent=1)
    put(sheet, f"J{SUMS}", "補助対象経費", size=8)
    frame(sheet, "I", "J", SUMS)
    reduced = ref("reduced_base")
    notes = (
        quoted("※ 月額は1か月、年額は1年の単価です（年額は 単価×数量×月数÷12）。"),
        quoted("※ 消費税は税率ごとに1回、1円未満を切り捨てています。"),
        f'IF(ISNUMBER({reduced}),IF({reduced}>0,"※ うち軽減税率8%の対象 "&TEXT({reduced},"#,##0")&"円（税抜）",""),"")',
    )
    for row, text in enumerate(notes, SUMS):
        put(sheet, f"A{row}", f"={text}", size=7.5, colour=GREY, to="D", shrink=True)
