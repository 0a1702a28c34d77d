"""構成員 (複数者連携枠): the members, each with the 補助額 that the invoice frame's own formula gives, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from rules.engine import evaluate
from rules.engine.argument import VALUE
from rules.engine.edition import editions
from rules.engine.evaluate import checked_cell, first_error_or
from rules.engine.formula import renamed
from rules.frames import group, invoice
from workbooks.building.formula_text import AS_OF, absolute, blank, dated, per_edition, quoted, ref, total
from workbooks.building.sheets import input_table, rows_as_read
from workbooks.building.sheets.lists import Lookups
from workbooks.building.style import COUNT, GREY, YEN, flag, heading, link, printed, protect, put, title
from workbooks.form.layout import INPUT, MEMBER_GROUP, MEMBER_TABLE, MEMBERS, NO, YES, Size

STEPS = tuple(s.name for s in evaluate.formulas(invoice.FRAME))
READ = rows_as_read.Reading(MEMBER_TABLE, ("alike", *(f"argument_{a.name}" for a in group.COLUMNS), *STEPS))
HELPERS = {name: ref(name) for name in group.HELPERS}  # 法人番号 of those who may not be members, as read
BASE, HEADS, NUMBERED, INTRODUCING, OUTLAY = (absolute(MEMBERS, f"K{row}") for row in range(5, 10))


def build(sheet: Worksheet, look: Lookups, size: Size) -> None:
    """Writes the sheet."""
    title(
        sheet,
        "構成員（複数者連携枠）",
        f"{group.FRAME.label}だけで使います。1行に1者。ほかの枠では空欄のままにします。",
    )
    input_table.group(sheet, MEMBER_GROUP, look.lists)
    table = size.table(MEMBER_TABLE)
    input_table.build(sheet, table, look.lists, count=READ.rows())
    heading(sheet, "A", "L", MEMBER_TABLE.header - 3, "構成員の一覧")
    put(sheet, f"C{MEMBER_TABLE.header - 3}", MORE, size=8, colour=GREY)
    _working(sheet, table.rows)
    for n in range(1, table.rows + 1):
        _row(sheet, n)
    _result(sheet)
    first, last = table.first, table.last
    flag(sheet, f"K{first}:K{last}", f"ISERROR(K{first})", colour="FFFFFF", back="C00000")
    flag(sheet, f"L{first}:L{last}", f"LEN(L{first})>1", colour="C00000")
    sheet.freeze_panes = f"C{first}"
    printed(sheet, f"A1:L{last}", landscape=True, titles=f"{MEMBER_TABLE.header}:{MEMBER_TABLE.header}")
    protect(sheet)


MORE = (
    "行が足りないときは、hojokin migrate で行の多いブックに移すか、シートの保護を解除して"
    "最後の行（右の計算の列まで）を下へコピーします。"
)


cell, down = READ.cell, READ.down


def _working(sheet: Worksheet, rows: int) -> None:
    """How each row is read, and the frame's formula for each member, one step in one cell."""
    head, names = MEMBER_TABLE.header, READ.names
    first, last = READ.letter(names[0]), READ.letter(names[-1])
    heading(sheet, first, last, head - 3, "構成員ごとの計算（インボイス対応類型の式。印刷されません）")
    READ.write(sheet, rows)
    labels = {"alike": "同じ番号の行", **{f"argument_{a.name}": a.doc for a in group.COLUMNS}}
    labels |= {s.name: s.label for s in evaluate.formulas(invoice.FRAME)}
    for name in READ.more:
        READ.head(sheet, name, labels[name])
        sheet.column_dimensions[READ.letter(name)].width = 15
    sheet.column_dimensions[get_column_letter(READ.left - 1)].width = 3
    for n in range(1, rows + 1):
        READ.fill(sheet, n, {**_arguments(n), **_steps(n)})


def _arguments(n: int) -> Mapping[str, str]:
    """What the formula takes of row n: an argument that is wrong is an error, never 0."""
    number = cell("given_corporate_number", n)
    twice = f"COUNTIF({down('given_corporate_number')},{number})"
    found = {"alike": f"IF(ISERROR({number}),0,IF({number}={quoted('')},0,{twice}))"}
    for a in group.COLUMNS:
        given, required = cell(f"given_{a.name}", n), replace(a, optional=False)
        text = (
            f"IF({given}={quoted('')},{VALUE},{given}={quoted(YES)})"
            if a.kind == "flag"
            else checked_cell(required, given)
        )
        if a.optional:
            text = f"IF(ISERROR({given}),{given},IF({given}={quoted('')},{a.default},{text}))"
        found[f"argument_{a.name}"] = f"IF({cell(rows_as_read.USED, n)}=0,{quoted('')},{text})"
    return found


def _steps(n: int) -> Mapping[str, str]:
    """Every step of the frame for member n, in the edition in force."""
    names = {a.name: cell(f"argument_{a.name}", n) for a in group.COLUMNS} | {name: cell(name, n) for name in STEPS}
    texts = [
        (e.since, {s.name: s.value.text for s in evaluate.formulas(invoice.FRAME, e.since)})
        for e in editions(invoice.Edition)
    ]
    found: dict[str, str] = {}
    for name in STEPS:
        text = renamed(dated([(since, each[name]) for since, each in texts], "as_of"), {**names, "as_of": AS_OF})
        others = [cell(f"given_{name}", n) for name in ("corporate_number", "analysis")]
        needed = [AS_OF, *(cell(f"argument_{a.name}", n) for a in group.COLUMNS), *others]
        found[name] = f"IF({cell('used', n)}=0,{quoted('')},{first_error_or(text, needed)})"
    return found


def _row(sheet: Worksheet, n: int) -> None:
    """The computed columns of row n."""
    at = {c.name: MEMBER_TABLE.cell(c.name, n).partition("!")[2] for c in MEMBER_TABLE.columns}
    input_table.shown(sheet, at["subsidy"], cell("subsidy", n), YEN)
    input_table.shown(sheet, at["remark"], _remark(n), align="left", size=9)


def _remark(n: int) -> str:
    """What is wrong with row n, in words; the first of several."""
    number = cell("given_corporate_number", n)
    small, cost = (cell(f"given_{name}", n) for name in ("small_biz", "cost"))
    unread, digits = cell(rows_as_read.WRONG, n), INPUT["vendor_corporate_number"].limit
    tests = (
        (f"{cell('used', n)}=0", ""),
        (blank(small), "小規模かどうかが空欄です"),
        (blank(cost), "ソフトウェア等が空欄です（無ければ0）"),
        (f"ISERROR({number})", f"法人番号は{digits}桁の数字です"),
        (f"{unread}<>{quoted('')}", f"{unread}が読めない値です"),
        (f"ISERROR({cell('subsidy', n)})", "読めない額か数があります"),
        (f"{cell('alike', n)}>1", "同じ法人番号の構成員がいます"),
        (f"AND(LEN({number})>0,EXACT({HELPERS['vendor_corporate_number']},{number}))", "IT導入支援事業者と同じです"),
        (f"AND(LEN({number})>0,EXACT({HELPERS['expert_corporate_number']},{number}))", "外部専門家と同じです"),
    )
    text = quoted("○")
    for test, words in reversed(tests):
        said = f'{unread}&"が読めない値です"' if words.startswith(unread) else quoted(words)
        text = f"IF({test},{said},{text})"
    return text


def _result(sheet: Worksheet) -> None:
    """The members counted, their sum, and what is wrong with the group."""
    heading(sheet, "H", "L", 4, "集計")
    yes, no = (f"COUNTIF({down('given_analysis')},{quoted(word)})" for word in (YES, NO))
    marked = f"IF({yes}+{no}=0,{quoted('記入なし')},{yes})"
    counted = ref("analysis_members")
    sums = total(f"SUM({down(f'argument_{name}')})" for name in ("cost", "pc_cost", "register_cost"))
    rows = (
        ("(a) 構成員の補助額の合計", f"IF({READ.lost()},{VALUE},SUM({down('subsidy')}))", YEN),
        ("構成員の数", f"IF({READ.lost()},{VALUE},SUM({down('used')}))", COUNT),
        ("うち法人番号がある構成員", f"COUNTIF({down('given_corporate_number')},{quoted('?*')})", COUNT),
        ("うち(b)のツールを導入する構成員", f"IF({blank(counted)},{marked},{counted})", COUNT),
        ("構成員の経費の合計（税抜）", sums, YEN),
        ("補助額（複数者連携枠、(a)+(b)+(c)）", ref("out_group_subsidy"), YEN),
    )
    for row, (label, text, form) in enumerate(rows, 5):
        put(sheet, f"H{row}", label, size=9, box=True, bold=row in (5, 10), shrink=True)
        for other in "IJ":
            put(sheet, f"{other}{row}", None, box=True)
        sheet.merge_cells(f"H{row}:J{row}")
        input_table.shown(sheet, f"K{row}", text, form)
    flag(sheet, "K5:K10", "ISERROR(K5)", colour="BFBFBF")
    link(sheet, "L10", "補助額", "A1", "補助額の計算を見る →")
    put(sheet, "B11", input_table.own(sheet, f"={_words()}"), wrap=True, indent=1)
    sheet.merge_cells("B11:L11")
    sheet.row_dimensions[11].height = 20
    flag(sheet, "B11", 'LEFT(B11,1)="×"', colour="C00000", bold=True)


def doubled() -> str:
    """Whether two members have the same 法人番号."""
    return f'COUNTIF({down("alike")},">1")>0'


def among(name: str) -> str:
    """Whether one who may not be a member has the 法人番号 of one."""
    return f"IF(LEN({HELPERS[name]})=0,FALSE,COUNTIF({down('given_corporate_number')},{HELPERS[name]})>0)"


def _words() -> str:
    """The group as a whole, in words."""
    least = per_edition(group.Edition, lambda e: str(e.members.value))
    tests = (
        (f"ISERROR({HEADS})", "× 用意した行の下に行があります。最後の行を（右の計算の列まで）下へコピーしてください。"),
        (f"{HEADS}=0", "まだ構成員がありません。複数者連携枠で申請するときだけ入れます。"),
        (f"ISERROR({BASE})", "× 赤い行に、読めない額か空欄があります。「確認」の列のとおりに直してください。"),
        (doubled(), f"× {group.TWICE}。補助額は0円です。"),
        *((among(name), f"× {words}。補助額は0円です。") for name, words in group.HELPERS.items()),
    )
    few = f'"× 構成員が"&{HEADS}&"者です。"&{least}&"者以上が要ります。補助額は0円です。"'
    text = f"IF({HEADS}<{least},{few},{quoted('構成員の数は足りています。')})"
    for test, words in reversed(tests):
        text = f"IF({test},{quoted(words)},{text})"
    return text
