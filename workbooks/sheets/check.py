"""チェック: what is still blank, what is easily wrong (by formula, as rules.checks says it), room for the tool's findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from rules.codes import codes
from rules.edition import cite
from workbooks.layout import INPUT, INPUTS, LINES, YES, Input
from workbooks.sheets import amount, working
from workbooks.sheets.lists import Lookups
from workbooks.style import AMBER, GREY, PALE, flag, heading, link, printed, protect, put, table, title, widths
from workbooks.text import AS_OF, absolute, asked, blank, quoted, ref, trimmed

TOP, MISSING_ROWS, FINDING_ROWS = 6, 20, 12
GOOD, BAD, LATER = "○", "要確認", "－"
FINDINGS = "findings"  # the table that the tool fills
FINDING_TITLES = ("重さ", "コード", "内容と直し方", "セル", "出典")


@dataclass(frozen=True)
class Test:
    """A simple check: `wrong` is TRUE, FALSE, or an error while it cannot be told."""

    code: str
    text: str  # what to do where it is wrong
    wrong: str
    cell: str  # 見積!C5


def build(sheet: Worksheet, look: Lookups) -> None:
    """Writes the sheet."""
    title(
        sheet,
        "チェック",
        "書き忘れと、間違えやすいところを、開いたまま確かめます。詳しい検査は道具（hojokin check）で行います。",
    )
    widths(sheet, {"A": 3, "B": 22, "C": 10, "D": 66, "E": 14, "F": 50})
    tests = _tests(look)
    rest = _checks(sheet, tests, TOP)
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


def _checks(sheet: Worksheet, tests: Sequence[Test], row: int) -> int:
    heading(sheet, "B", "F", row, "間違えやすいところ")
    for letter, text in zip("BCDEF", ("確認すること", "結果", "直し方", "セル", "出典"), strict=True):
        put(sheet, f"{letter}{row + 1}", text, size=9, back=PALE, box=True, align="center")
    for n, test in enumerate(tests, row + 2):
        put(sheet, f"B{n}", codes()[test.code]["title"], box=True, wrap=True)
        put(
            sheet,
            f"C{n}",
            f"=IF(ISERROR({test.wrong}),{quoted(LATER)},IF({test.wrong},{quoted(BAD)},{quoted(GOOD)}))",
            box=True,
            align="center",
        )
        put(sheet, f"D{n}", test.text, size=9, box=True, wrap=True)
        where, cell = test.cell.split("!")
        link(sheet, f"E{n}", where, cell, f"{where}!{cell}", box=True)
        put(sheet, f"F{n}", cite(codes()[test.code]["at"]), size=8, colour=GREY, box=True, wrap=True)
        sheet.row_dimensions[n].height = 26
    end = row + 1 + len(tests)
    flag(sheet, f"C{row + 2}:C{end}", f'C{row + 2}="{BAD}"', colour="C00000", back=AMBER, bold=True)
    flag(sheet, f"C{row + 2}:C{end}", f'C{row + 2}="{GOOD}"', colour="548235")
    return end + 1


def _tests(look: Lookups) -> Sequence[Test]:
    at = {name: i.address for name, i in INPUT.items()}
    claim, theirs, less = ref("small_claim"), ref("vendor_subsidy"), ref("total_discount")
    differs = f"IF({blank(theirs)},FALSE,{theirs}<>{ref('out_invoice_subsidy')})"
    small = f"IF({claim}={quoted(YES)},NOT({ref('out_small_biz')}),FALSE)"
    discounted = f"IF({blank(less)},FALSE,{less}<>0)"
    gone = LINES.cell
    reason = working.column("reason")
    return (
        Test("TAX", "見積書の税込合計が、明細から計算した額と合うようにする（単価が税抜か、税区分を確かめる）。", f"{amount.AGREED}=1", at["quoted_gross"]),
        Test("CONTRACT", "リース・レンタル・従量・中古・無償の行は対象外。買取・月額・年額に直すか、行を除く。", f"COUNTIF({reason},1)>0", gone("contract", 1)),
        Test("DOUBLE", "国の他の補助金を使う行は対象外。どちらか一方にする。", f"COUNTIF({reason},3)>0", gone("other_subsidy", 1)),
        Test("HARDONLY", "ハードウェアだけでは申請できない。会計・受発注・決済のソフトウェアの行を加える。", _hardware_only(), gone("category", 1)),
        Test("MONTHS", "対象になる月数の上限を超えた行がある。減額された額でよいか確かめる。", _less("line_months", "line_amount"), gone("months", 1)),
        Test("SERVICES", "役務の合計が上限を超えている。減額された額でよいか確かめる。", _less("line_capped", "line_months"), gone("price", 1)),
        Test("SMALL", "小規模事業者の人数を超えている。「小規模として申請」か従業員数を直す。", small, at["small_claim"]),
        Test("FLATRATE", "見積書に書かれた補助額が、計算した額と違う。見積書を直す。", differs, at["vendor_subsidy"]),
        Test("DISCOUNT", "合計からの値引は、行ごとの値引に分ける。", discounted, at["total_discount"]),
        Test("ORDER", "交付決定より前の発注・契約・請求・支払は対象外になる。日付を確かめる。", _too_early(), at["order_date"]),
        Test("SELF", "みなし同一法人・みなし大企業・課税所得15億円超、支援事業者と同じ法人番号は申請できない。", _excluded(), at["same_as_vendor"]),
        Test("MINWAGE", "事業場内最低賃金が地域別最低賃金を下回っている。賃金を確かめる。", _wage(look), at["office_min_wage"]),
        Test("DOCUMENT", "証明書の発行日が、申請日の3か月より前。取り直す。", _old(), at["certificate_date"]),
        Test("DOCUMENT", f"SECURITY ACTION の自己宣言IDが「{codes()['DOCUMENT']['prefix']}」で始まるか確かめる。", _declared(), at["security_action_id"]),
        Test("NUMBER", "登録番号は「T」と13桁の数字。法人番号は13桁。", _numbers(), at["vendor_invoice_number"]),
        Test("ADDRESS", "所在地を丁目・番地まで入れる。", _address(), at["address"]),
    )  # fmt: skip


def _less(after: str, before: str) -> str:
    """Whether a limit cut any line that counts."""
    kept = f"SUMIFS({working.column(after)},{working.column('reason')},0)"
    return f"{kept}<SUMIFS({working.column(before)},{working.column('reason')},0)"


def _hardware_only() -> str:
    hardware = f"COUNTIF({working.column('major')},{working.HARDWARE})>0"
    return f"AND({hardware},SUM({working.column('software')})=0)"


def _too_early() -> str:
    decided = ref("decision_date")
    tests = [
        f"IF({blank(ref(d))},FALSE,IF({blank(decided)},TRUE,{ref(d)}<{decided}))"
        for d in ("order_date", "contract_date", "invoice_date", "payment_date")
    ]
    return f"OR({','.join(tests)})"


def _excluded() -> str:
    answers = [f"{ref(name)}={quoted(YES)}" for name in ("same_as_vendor", "deemed_large", "income_over")]
    own, vendor = trimmed(ref("corporate_number")), trimmed(ref("vendor_corporate_number"))
    return f"OR({','.join(answers)},AND({own}<>{quoted('')},{own}={vendor}))"


def _wage(look: Lookups) -> str:
    """The lowest wage against the prefecture's on the day of application; an error where either is blank."""
    office, home = ref("office_prefecture"), ref("prefecture")
    row = f"MATCH(IF({blank(office)},{trimmed(home)},{trimmed(office)}),{look.prefectures},0)"
    text = "NA()"
    for since, yen in look.wages:
        text = f"IF(INDEX({since},{row})<={AS_OF},INDEX({yen},{row}),{text})"
    return f"IF(ISNUMBER({ref('office_min_wage')}),{ref('office_min_wage')}<{text},NA())"


def _old() -> str:
    issued, months = ref("certificate_date"), codes()["DOCUMENT"]["months"]
    return f"IF(ISNUMBER({issued}),{AS_OF}>EDATE({issued},{months}),NA())"


def _declared() -> str:
    number, prefix = ref("security_action_id"), codes()["DOCUMENT"]["prefix"]
    return f"LEFT({trimmed(number)},{len(prefix)})<>{quoted(prefix)}"


def _numbers() -> str:
    own, vendor, registered = (
        trimmed(ref(n)) for n in ("corporate_number", "vendor_corporate_number", "vendor_invoice_number")
    )
    digits = f"ISERROR(VALUE(MID({registered},2,13)))"
    wrong = [f"AND(LEN({n})>0,LEN({n})<>13)" for n in (own, vendor)]
    return f"IF({registered}={quoted('')},NA(),OR({','.join(wrong)},LEFT({registered},1)<>{quoted('T')},LEN({registered})<>14,{digits}))"


def _address() -> str:
    address = ref("address")
    numbers = total_digits(address)
    return f"IF({blank(address)},NA(),AND({numbers}=0,ISERROR(FIND({quoted('番地')},{address}))))"


def total_digits(cell: str) -> str:
    """How many of the ten digits, narrow or wide, a cell has."""
    parts = [f"ISNUMBER(FIND({quoted(digit)},{cell}))" for digit in "0123456789０１２３４５６７８９"]
    return "+".join(f"IF({part},1,0)" for part in parts)


def needed() -> Sequence[Input]:
    """Every input that may have to be filled."""
    return [i for i in INPUTS if i.required]


def lists(look: Lookups) -> None:
    """The helper columns on 一覧: which required inputs are blank, numbered."""
    wanted = needed()
    look.lists.add("必須の項目", [i.label for i in wanted])
    look.lists.add("必須の場所", [i.address for i in wanted])
    missing = [f"=IF({blank(absolute(i.sheet, i.cell))},IF({asked(i)},1,0),0)" for i in wanted]
    place = look.lists.add("未記入", missing)
    letter = place.split("$")[1]
    look.lists.add(
        "未記入の順", [f"=IF({letter}{row}=1,SUM({letter}$2:{letter}{row}),0)" for row in range(2, len(wanted) + 2)]
    )


def _count(look: Lookups) -> str:
    return f"SUM({look.lists.place['未記入']})"


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
        put(sheet, f"E{at}", f'=IF(ISERROR({found}),"",HYPERLINK("#"&{where},{where}))', size=9, colour="0563C1")
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
