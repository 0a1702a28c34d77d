"""取引先 (電子取引類型): who uses the accounts of the ordering software, and which share of the fee counts therefore."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from rules.engine.argument import VALUE, Argument
from rules.engine.edition import cite
from rules.engine.evaluate import checked_cell
from rules.frames import etrade
from workbooks.building.formula_text import absolute, blank, per_edition, quoted, ref
from workbooks.building.sheets import input_table, rows_as_read
from workbooks.building.sheets.lists import Lookups
from workbooks.building.style import COUNT, GREY, YEN, flag, heading, link, printed, protect, put, title
from workbooks.form.layout import PARTNER_GROUP, PARTNER_TABLE, PARTNERS, YES, Size

ACCOUNTS = absolute(PARTNERS, "H5")  # the accounts that 中小企業等 use
TOTAL, SHARE, FEE, COUNTED, SUBSIDY = (absolute(PARTNERS, f"H{row}") for row in range(6, 11))
READ = rows_as_read.Reading(PARTNER_TABLE)
COUNT_OF = Argument("accounts", "some_accounts", "")
FIELD = {i.name: ref(i.name) for i in PARTNER_GROUP.inputs}


def build(sheet: Worksheet, look: Lookups, size: Size) -> None:
    """Writes the sheet."""
    title(sheet, "取引先（電子取引類型）", f"{etrade.FRAME.label}だけで使います。ほかの枠では空欄のままにします。")
    input_table.group(sheet, PARTNER_GROUP, look.lists)
    table = size.table(PARTNER_TABLE)
    input_table.build(sheet, table, look.lists, count=READ.rows())
    READ.write(sheet, table.rows)
    heading(sheet, "A", "H", PARTNER_TABLE.header - 2, "取引先の一覧")
    for n in range(1, table.rows + 1):
        cell = PARTNER_TABLE.cell("counted", n).partition("!")[2]
        input_table.shown(sheet, cell, _counted(n), COUNT)
    _result(sheet)
    _warning(sheet)
    first, last = table.first, table.last
    flag(sheet, f"H{first}:H{last}", f"ISERROR(H{first})", colour="FFFFFF", back="C00000")
    sheet.freeze_panes = f"C{first}"
    printed(sheet, f"A1:H{last}", landscape=True, titles=f"{PARTNER_TABLE.header}:{PARTNER_TABLE.header}")
    protect(sheet)


def _counted(n: int) -> str:
    """The accounts of row n that count: none of a partner that is no 中小企業等; an error where nobody can tell."""
    sme, accounts, used = (READ.cell(name, n) for name in ("given_sme", "given_accounts", rows_as_read.USED))
    counted = f"IF({READ.cell(rows_as_read.WRONG, n)}<>{quoted('')},{VALUE},IF({sme}={quoted(YES)},{accounts},0))"
    return f"IF({used}=0,{quoted('')},{counted})"


def accounts() -> str:
    """`rules.frames.etrade.accounts`: of the partners listed, or as typed where none is."""
    listed, counted = READ.rows(), PARTNER_TABLE.column("counted")
    given = f"IF({blank(FIELD['sme_accounts'])},NA(),{checked_cell(COUNT_OF, FIELD['sme_accounts'])})"
    return f"IF({listed}=0,{given},IF(COUNT({counted})<>{listed},{VALUE},SUM({counted})))"


def _result(sheet: Worksheet) -> None:
    """The share, and what it makes of the fee."""
    heading(sheet, "F", "H", 4, "按分の結果")
    total = FIELD["total_accounts"]
    rows = (
        ("中小企業等が使うアカウント数", accounts(), COUNT),
        (
            "契約する受注側アカウントの総数",
            f"IF({blank(total)},NA(),{checked_cell(Argument('', 'accounts', ''), total)})",
            COUNT,
        ),
        ("割合（中小企業等 ÷ 総数）", f"IF({ACCOUNTS}>{TOTAL},NA(),{ACCOUNTS}/{TOTAL})", "0.0%"),
        ("クラウド利用費（対象になる月数の分、税抜）", ref("out_etrade_cost"), YEN),
        (
            "うち按分で対象になる額（1円未満切り捨て）",
            f"IF({ACCOUNTS}>{TOTAL},NA(),INT({FEE}*{ACCOUNTS}/{TOTAL}))",
            YEN,
        ),
        ("補助額（電子取引類型）", ref("out_etrade_subsidy"), YEN),
    )
    for row, (label, text, form) in enumerate(rows, 5):
        put(sheet, f"F{row}", label, size=9, box=True, bold=row == len(rows) + 4, shrink=True)
        put(sheet, f"G{row}", None, box=True)
        sheet.merge_cells(f"F{row}:G{row}")
        input_table.shown(sheet, f"H{row}", text, form)
        sheet.row_dimensions[row].height = 20
    flag(sheet, "H5:H10", "ISERROR(H5)", colour="BFBFBF")
    link(sheet, "G11", "補助額", "A1", "補助額の計算を見る →")


def _warning(sheet: Worksheet) -> None:
    """What the sheet's own inputs say about the application, in words."""
    unlimited = f"{FIELD['accounts_unlimited']}={quoted(YES)}"
    nothing = f"AND({READ.rows()}=0,{blank(FIELD['sme_accounts'])},{blank(FIELD['total_accounts'])})"
    tests = (
        (unlimited, "アカウント数に上限の無い契約は、この類型では対象外です（補助額は0円）。"),
        (nothing, "まだ入力がありません。電子取引類型で申請するときだけ入れます。"),
        (
            f"ISERROR({ACCOUNTS})",
            "赤い行の「中小企業等か」と「アカウント数」を入れるか、左の「中小企業等が使うアカウント数」を入れてください。",
        ),
        (f"ISERROR({TOTAL})", "契約する受注側アカウントの総数を入れてください。総数の無い契約は対象外です。"),
        (
            f"{ACCOUNTS}>{TOTAL}",
            "中小企業等のアカウント数が契約する総数を超えています。このままでは対象外です。数を直してください。",
        ),
    )
    text = quoted("使う予定のないアカウントも総数に入れます。同意書は取引先ごとにもらいます。")
    for test, words in reversed(tests):
        text = f"IF({test},{quoted(words)},{text})"
    put(sheet, "B8", input_table.own(sheet, f"={text}"), size=10, wrap=True, top=True, indent=1)
    sheet.merge_cells("B8:D9")
    source = per_edition(etrade.Edition, lambda e: quoted(f"按分の出典: {cite(e.share.at)}"))
    put(sheet, "B10", f"={source}", size=8, colour=GREY, wrap=True, indent=1)
    sheet.merge_cells("B10:D10")
    bad = input_table.own(sheet, f"OR({unlimited},IF(ISERROR({ACCOUNTS}>{TOTAL}),FALSE,{ACCOUNTS}>{TOTAL}))")
    sheet.row_dimensions[10].height = 26
    flag(sheet, "B8", bad, colour="C00000", bold=True)
