"""チェック: what is still blank, what is easily wrong (by formula, as rules.checks.check says it), room for the tool's findings."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from rules.checks.codes import codes
from rules.engine.edition import cite
from workbooks.building.formula_text import asked, quoted, span, unfilled
from workbooks.building.sheets import (
    as_read,
    check_conditions,
    line_columns,
    lines_as_read,
    members,
    partners,
    rows_as_read,
)
from workbooks.building.sheets.check_conditions import Test, first
from workbooks.building.sheets.lists import Lookups
from workbooks.building.style import (
    AMBER,
    GREY,
    PALE,
    SCREEN,
    flag,
    heading,
    link,
    printed,
    protect,
    put,
    table,
    title,
    widths,
)
from workbooks.form.entered_cells import ENTRIES
from workbooks.form.layout import INPUTS, LISTS, MOST_LINES, MOST_MEMBERS, MOST_PARTNERS, QUOTE, TABLES, Input, Size

TOP, UNREAD_ROWS, MISSING_ROWS, FINDING_ROWS = 6, 12, 20, 12
REACH = len(ENTRIES) + MOST_LINES + MOST_PARTNERS + MOST_MEMBERS + 1  # last row of what cannot be read
GOOD, BAD, KNOW, LATER = "○", "要確認", "お知らせ", "－"
LINK = "0563C1"
FINDINGS = "findings"  # the table that the tool fills
FINDING_TITLES = ("重さ", "コード", "内容と直し方", "セル", "出典")


def build(sheet: Worksheet, look: Lookups) -> None:
    """Writes the sheet."""
    title(
        sheet,
        "チェック",
        "書き忘れと、間違えやすいところを、開いたまま確かめます。詳しい検査は道具（hojokin check）で行います。",
    )
    widths(sheet, {"A": 3, "B": 22, "C": 10, "D": 66, "E": 14, "F": 50})
    tests = tests_of(look)
    rest = _checks(sheet, tests, TOP)
    rest = _unread(sheet, look, rest + 1)
    end = _missing(sheet, look, rest + 1)
    last = _findings(sheet, end + 1)
    put(
        sheet,
        "D3",
        f'="未記入の必須項目: "&{_count(look)}&"　　要確認: "&COUNTIF(C{TOP + 2}:C{TOP + 1 + len(tests)},{quoted(BAD)})',
        bold=True,
    )
    sheet.freeze_panes = "A5"
    printed(sheet, f"A1:F{last}")
    protect(sheet)


def tests_of(look: Lookups) -> tuple[Test, ...]:
    """All simple checks, in the order of the sheet."""
    return tuple(check_conditions.tests(look, unread_count(look)))


def _checks(sheet: Worksheet, tests: Sequence[Test], row: int) -> int:
    heading(sheet, "B", "F", row, "間違えやすいところ")
    for letter, text in zip("BCDEF", ("確認すること", "結果", "直し方", "セル", "出典"), strict=True):
        put(sheet, f"{letter}{row + 1}", text, size=9, back=PALE, box=True, align="center")
    for n, test in enumerate(tests, row + 2):
        put(sheet, f"B{n}", codes()[test.code]["title"], box=True, wrap=True)
        put(
            sheet,
            f"C{n}",
            f"=IFERROR(IF({test.wrong},{quoted(KNOW if test.notice else BAD)},{quoted(GOOD)}),{quoted(LATER)})",
            box=True,
            align="center",
        )
        put(sheet, f"D{n}", test.text, size=9, box=True, wrap=True)
        _link(sheet, f"E{n}", test)
        put(sheet, f"F{n}", cite(codes()[test.code]["at"]), size=8, colour=GREY, box=True, wrap=True)
        sheet.row_dimensions[n].height = 26
    end = row + 1 + len(tests)
    flag(sheet, f"C{row + 2}:C{end}", f'C{row + 2}="{BAD}"', colour="C00000", back=AMBER, bold=True)
    flag(sheet, f"C{row + 2}:C{end}", f'C{row + 2}="{GOOD}"', colour="548235")
    return end + 1


def _link(sheet: Worksheet, at: str, test: Test) -> None:
    """A link to the cell of a check; in a table, to that of the first row that is wrong."""
    where, cell = test.cell.split("!")
    if not test.bad:
        link(sheet, at, where, cell, test.cell, box=True)
        return
    rows = next(t for t in TABLES if t.sheet == where and t.most)
    place = f"{quoted(where + '!' + cell.rstrip('0123456789'))}&({rows.header}+{first(rows, test.bad)})"
    put(sheet, at, f'=HYPERLINK("#"&{place},{place})', box=True)
    sheet[at].font = Font(name=SCREEN, size=9, color=LINK, underline="single")


def needed() -> Sequence[Input]:
    """Every input that may have to be filled."""
    return [i for i in INPUTS if i.required]


def lists(look: Lookups) -> None:
    """The helper columns on 一覧: which required inputs are blank, numbered."""
    wanted = needed()
    look.lists.add("必須の項目", [i.label for i in wanted])
    look.lists.add("必須の場所", [i.address for i in wanted])
    missing = [f"=IF({unfilled(i)},IF({asked(i)},1,0),0)" for i in wanted]
    place = look.lists.add("未記入", missing)
    letter = place.split("$")[1]
    look.lists.add(
        "未記入の順", [f"=IF({letter}{row}=1,SUM({letter}$2:{letter}{row}),0)" for row in range(2, len(wanted) + 2)]
    )


def unread(look: Lookups, size: Size) -> None:
    """The helper columns on 一覧: every cell and every row that may be unreadable, with its place and a sentence."""
    found = [(quoted(e.address), quoted(as_read.sentence(e)), as_read.wrong(e)) for e in ENTRIES.values() if e.kind]
    for n in range(1, size.lines + 1):
        said = line_columns.cell("wrong", n)
        wrong = f"IF(ISERROR({said}),1,IF(LEN({said})>1,1,0))"
        found.append((lines_as_read.first_wrong(n), _row(said, f"シート「{QUOTE}」", n), wrong))
    for read, rows in ((partners.READ, size.partners), (members.READ, size.members)):
        for n in range(1, rows + 1):
            said = read.cell(rows_as_read.WRONG, n)
            words = _row(said, f"シート「{read.table.sheet}」", n)
            found.append((read.first_wrong(n), words, f"IF(LEN({said})>1,1,0)"))
    add = look.lists.add
    add("読めない場所", [f"={place}" for place, _, _ in found])
    add("読めないわけ", [f"={words}" for _, words, _ in found])
    letter = add("読めない数", [f"={wrong}" for _, _, wrong in found]).split("$")[1]
    order = [f"=IF({letter}{r}=1,SUM({letter}$2:{letter}{r}),0)" for r in range(2, len(found) + 2)]
    add("読めない順", order)
    for key in ("読めない場所", "読めないわけ", "読めない数", "読めない順"):  # alike in a workbook of any size
        at = look.lists.place[key].split("$")[1]
        look.lists.place[key] = span(LISTS, f"{at}2", f"{at}{REACH}")


def _row(said: str, sheet: str, n: int) -> str:
    """What is wrong with row n of a table, in words."""
    head, tail = quoted(f"{sheet}の"), quoted(f"（{n}行目）が読めないか空欄です。{as_read.MEND}")
    return f"IF(ISERROR({said}),{quoted(f'{sheet}の{n}行目にエラー値があります。数式を直すか、値を入れてください。')},{head}&{said}&{tail})"


def unread_count(look: Lookups) -> str:
    """How many cells and rows cannot be read."""
    return f"SUM({look.lists.place['読めない数']})"


def _count(look: Lookups) -> str:
    return f"SUM({look.lists.place['未記入']})"


def _unread(sheet: Worksheet, look: Lookups, row: int) -> int:
    """The cells that nobody can read, as `check` names them."""
    heading(sheet, "B", "F", row, "読めないセル（直すまで、金額は出ません）")
    count, place = unread_count(look), look.lists.place
    more = f'=IF({count}=0,"ありません",{count}&" か所"&IF({count}>{UNREAD_ROWS},"（はじめの{UNREAD_ROWS}か所を表示）",""))'
    put(sheet, f"D{row}", more, size=9, colour=GREY)
    for n in range(1, UNREAD_ROWS + 1):
        found = f"MATCH({n},{place['読めない順']},0)"
        where, words = (f"INDEX({place[key]},{found})" for key in ("読めない場所", "読めないわけ"))
        put(sheet, f"B{row + n}", f'=IF(ISERROR({found}),"",{words})', size=9, wrap=True)
        sheet.merge_cells(f"B{row + n}:D{row + n}")
        put(sheet, f"E{row + n}", f'=IF(ISERROR({found}),"",HYPERLINK("#"&{where},{where}))', size=9, colour=LINK)
    flag(sheet, f"B{row + 1}:B{row + UNREAD_ROWS}", f"LEN(B{row + 1})>0", colour="C00000")
    return row + UNREAD_ROWS + 1


def _missing(sheet: Worksheet, look: Lookups, row: int) -> int:
    heading(sheet, "B", "F", row, "未記入の必須項目")
    more = f'="のこり "&{_count(look)}&" 件"&IF({_count(look)}>{MISSING_ROWS},"（はじめの{MISSING_ROWS}件を表示）","")'
    put(sheet, f"D{row}", more, size=9, colour=GREY)
    place = look.lists.place
    for n in range(1, MISSING_ROWS + 1):
        at = row + n
        found = f"MATCH({n},{place['未記入の順']},0)"
        where = f"INDEX({place['必須の場所']},{found})"
        put(sheet, f"B{at}", f'=IF(ISERROR({found}),"",INDEX({place["必須の項目"]},{found}))', size=9, wrap=False)
        put(sheet, f"E{at}", f'=IF(ISERROR({found}),"",HYPERLINK("#"&{where},{where}))', size=9, colour=LINK)
    return row + MISSING_ROWS + 1


def _findings(sheet: Worksheet, row: int) -> int:
    """An empty table that the tool fills with its findings."""
    heading(sheet, "B", "F", row, "道具による検査の結果（道具が書き込みます）")
    for letter, text in zip("BCDEF", FINDING_TITLES, strict=True):
        put(sheet, f"{letter}{row + 1}", text, size=9, back=PALE, box=True, align="center", bold=True)
    for n in range(row + 2, row + 2 + FINDING_ROWS):
        for letter in "BCDEF":
            put(sheet, f"{letter}{n}", None, size=9, box=True, wrap=True)
    last = row + 1 + FINDING_ROWS
    table(sheet, FINDINGS, f"B{row + 1}:F{last}", FINDING_TITLES)
    return last
