"""別紙 of 提案書: every line with what of it counts and why not; of a group every member with what he pays and gets."""

from __future__ import annotations

from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from workbooks.building.formula_text import quoted, ref, trimmed
from workbooks.building.sheets import input_table, members, proposal_estimate, tax
from workbooks.building.sheets.proposal_cells import GROUP, frame, put
from workbooks.building.style import ACCENT, GREY, PALE, PRINT, YEN, flag, link, printed, protect, widths
from workbooks.building.style import put as plain
from workbooks.form.layout import ANNEX_FIRST, ANNEX_LAST, MEMBER_TABLE, YES, Size

TOP, SUMS = ANNEX_FIRST - 2, ANNEX_FIRST - 1  # rows of the titles and of the sums
COLUMNS = (  # of the lines: column, title, what; of the members: title, what
    ("A", "品名", "item", "構成員", "name"),
    ("B", "契約", "contract", "規模", "small_biz"),
    ("C", "数量", "many", "機能の数", "functions"),
    ("D", "単価（税抜）", "price", "ソフトウェア等", "cost"),
    ("E", "月数", "months", "PC等", "pc_cost"),
    ("F", "値引", "discount", "レジ等", "register_cost"),
    ("G", "金額（税抜）", "line_amount", "経費（税抜）", "outlay"),
    ("H", "対象経費", "eligible", "支払（税込）", "gross"),
    ("I", "減額", "cut", "補助額", "subsidy"),
    ("J", "対象・対象外の理由", "why", "手出し（税込）", "pocket"),
)
TEXTS, NUMBERS = ("item", "contract", "many", "why"), "DEFGHI"
GROUP_NOTE = (
    "※ 構成員ごとの額は、(a) 基盤導入経費だけの見込みです。(b) 消費動向等分析経費と (c) 事務費・専門家経費は含みません。"
    "(a)＋(b) が上限を超えるときの構成員への配分は決まっていません。税は構成員ごとに1円未満を切り捨てます。"
)
LINE_NOTE = "※ 月額は1か月、年額は1年の単価です（年額は 単価×数量×月数÷12）。減額は、補助の対象にならない額です。"


def rows(size: Size) -> int:
    """Rows of the page: as many as the longer of the two tables has."""
    return max(size.lines, size.members)


def build(sheet: Worksheet, size: Size) -> None:
    """Writes the page."""
    widths(sheet, dict(zip("ABCDEFGHIJ", (36, 8, 11, 13, 11, 11, 13, 13, 12, 34), strict=True)))
    head = f"IF({GROUP},{quoted('別紙　構成員ごとの支払・補助額・手出し')},{quoted('別紙　見積の明細と、補助の対象になる額')})"
    put(sheet, "A1", f"={head}", size=14, bold=True, colour=ACCENT, to=ANNEX_LAST)
    put(sheet, "A2", f"=IF({_blank('name')},{quoted('')},{ref('name')})", size=10, to=ANNEX_LAST)
    put(
        sheet,
        "A3",
        f"=IF({GROUP},{quoted(GROUP_NOTE)},{quoted(LINE_NOTE)})",
        size=8,
        colour=GREY,
        to=ANNEX_LAST,
        wrap=True,
    )
    sheet.row_dimensions[1].height, sheet.row_dimensions[3].height = 24, 24
    put(
        sheet,
        "A4",
        f"=IF({GROUP},{quoted('')},{quoted('提案書の①の対象経費の内訳です。')})",
        size=8,
        colour=GREY,
        to=ANNEX_LAST,
    )
    for letter, line, _, member, _ in COLUMNS:
        text = f"=IF({GROUP},{quoted(member)},{quoted(line)})"
        put(sheet, f"{letter}{TOP}", text, size=9, bold=True, back=ACCENT, colour="FFFFFF", align="center")
        frame(sheet, letter, letter, TOP)
    _sums(sheet, size)
    for n in range(1, rows(size) + 1):
        _row(sheet, n, size)
    last = ANNEX_FIRST + rows(size) - 1
    flag(sheet, f"A{ANNEX_FIRST}:{ANNEX_LAST}{last}", f"LEN($A{ANNEX_FIRST})=0", colour="FFFFFF")
    link(sheet, "L1", "提案書", "A1", "← 提案書 へ戻る", face=PRINT)
    note = "提案書に入りきらない行があるとき（複数者連携枠ではいつも）、提案書と一緒に印刷します。"
    plain(sheet, "L2", note, size=9, colour=GREY)
    sheet.column_dimensions["L"].width = 50
    printed(sheet, f"A1:{ANNEX_LAST}{last}", landscape=True, titles=f"{TOP}:{TOP}")
    protect(sheet)


def _blank(name: str) -> str:
    return f"LEN({ref(name)})=0"


def _sums(sheet: Worksheet, size: Size) -> None:
    last = ANNEX_FIRST + rows(size) - 1
    put(sheet, f"A{SUMS}", "合計", size=9, bold=True, back=PALE)
    for letter in "BCDEFGHIJ":
        line = letter in "GHI"
        summed = f"SUM({letter}{ANNEX_FIRST}:{letter}{last})"
        text = f"=IF({GROUP},{summed if letter in 'DEFGHIJ' else quoted('')},{summed if line else quoted('')})"
        put(sheet, f"{letter}{SUMS}", text, size=9, bold=True, back=PALE, form=YEN, align="right")
    frame(sheet, "A", ANNEX_LAST, SUMS)


def _row(sheet: Worksheet, n: int, size: Size) -> None:
    at = ANNEX_FIRST + n - 1
    for letter, _, line, _, member in COLUMNS:
        of_line = _line(n, line, f"$M{at}") if n <= size.lines else quoted("")
        of_member = _member(n, member) if n <= size.members else quoted("")
        looks: dict[str, Any] = {"size": 8.5, "form": YEN, "align": "center" if letter == "B" else "right", "indent": 1}
        if letter in "AJ":
            looks = {"size": 8.5, "form": YEN, "align": "", "wrap": True}  # texts left, numbers right
        put(sheet, f"{letter}{at}", f"=IF({GROUP},{of_member},{of_line})", **looks)
        frame(sheet, letter, letter, at)
    if n <= size.lines:
        plain(
            sheet, f"M{at}", f"={proposal_estimate.place(n)}", size=8, colour="FFFFFF"
        )  # the row of the line, found once
    sheet.row_dimensions[at].height = 23


def _line(n: int, name: str, known: str) -> str:
    if name == "cut":
        amount, eligible = (f"${letter}{ANNEX_FIRST + n - 1}" for letter in "GH")
        return f"IF(AND(ISNUMBER({amount}),ISNUMBER({eligible})),{amount}-{eligible},{quoted('')})"
    return proposal_estimate.nth(n, name, known)


def _member(n: int, name: str) -> str:
    """A value of member n; nothing for a blank row."""
    given = {key: members.cell(f"given_{key}", n) for key in ("cost", "pc_cost", "register_cost", "functions")}
    read = (members.cell(f"argument_{key}", n) for key in ("cost", "pc_cost", "register_cost"))  # a blank is 0 there
    outlay = f"({'+'.join(read)})"
    gross = f"({outlay}+{tax.on(outlay, '0')})"
    subsidy = members.cell("subsidy", n)
    small = input_table.at(MEMBER_TABLE, "small_biz", n)
    texts = {
        "name": f"{input_table.at(MEMBER_TABLE, 'name', n)}&{quoted('')}",
        "small_biz": f"IF({trimmed(small)}={quoted(YES)},{quoted('小規模')},{quoted('中小')})",
        **given,
        "outlay": outlay,
        "gross": gross,
        "subsidy": subsidy,
        "pocket": f"{gross}-{subsidy}",
    }
    text = texts[name]
    return f"IF({members.cell('used', n)}=0,{quoted('')},IF(ISERROR({text}),{quoted('要確認')},{text}))"
