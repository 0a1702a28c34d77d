"""提案書: one A4 page for the customer. What it costs with tax, the subsidy, what stays with him, when, what he promises."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from openpyxl.worksheet.worksheet import Worksheet

from rules import invoice, obligations
from rules.edition import documents, load
from workbooks.layout import RESULT, YES
from workbooks.sheets import chart, estimate
from workbooks.sheets.lists import Lookups
from workbooks.sheets.page import MONEY, bar, frame, put, show
from workbooks.style import GREY, PALE, PRINT, flag, link, printed, protect, widths
from workbooks.style import put as plain
from workbooks.text import AS_OF, blank, per_edition, quoted, ref

GRANT = estimate.END + 2
TEXTS = GRANT + 7
LINE_WIDTH = 132  # half-width letters of a line of sentences


def texts() -> dict[str, Any]:
    """The sentences of proposal.toml."""
    return load(Path(__file__).parents[1] / "proposal.toml")


def build(sheet: Worksheet, look: Lookups, amounts: Worksheet) -> None:
    """Writes the page."""
    widths(sheet, dict(zip("ABCDEFGHI", (13, 15, 11, 7, 7, 12, 7, 10, 14), strict=True)))
    estimate.build(sheet)
    _grant(sheet, look, amounts)
    last = _texts(sheet)
    link(sheet, "K1", "はじめに", "A1", "← はじめに へ戻る", face=PRINT)
    plain(sheet, "K2", "この頁は印刷用です。入力は「申請者」と「見積」で行います。", size=9, colour=GREY)
    sheet.column_dimensions["K"].width = 50
    flag(sheet, f"A{GRANT}:I{TEXTS}", f"ISERROR(A{GRANT})", colour="BFBFBF")
    printed(sheet, f"A1:I{last}", pages=1, footer="")
    protect(sheet)


def _grant(sheet: Worksheet, look: Lookups, amounts: Worksheet) -> None:
    """The subsidy and what stays with the customer, beside the chart."""
    bar(sheet, GRANT - 1, "補助金を活用した場合")
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
        frame(sheet, "A", "I" if wide else "D", row)
        sheet.row_dimensions[row].height = 16 if wide else 21
    chart.proposal(sheet, amounts, int(RESULT["out_out_of_pocket"].cell[1:]) + 3, f"E{GRANT + 1}")


def _deadline(look: Lookups) -> str:
    """The next closing date on the day of application, where one is known."""
    row = f"COUNTIF({look.closings},{quoted('<')}&{AS_OF})+1"
    closing, decision = f"INDEX({look.closings},{row})", f"INDEX({look.decisions},{row})"
    known = f'TEXT({closing},"yyyy/m/d")&"（17時）　交付決定の予定: "&IF(ISNUMBER({decision}),TEXT({decision},"yyyy/m/d"),"未公表")'
    none, later = quoted("公表された締切はありません"), quoted("申請日を入れると出ます")
    return f"=IF({blank(ref('application_date'))},{later},IF(ISERROR({closing}),{none},{known}))"


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
        bar(sheet, row, head)
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
