"""提案書: one A4 page for the customer. What it costs with tax, the subsidy, what stays with him, when, what he promises."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from rules import other_applications
from rules.engine.edition import documents, load
from rules.frames import FRAMES
from workbooks.building.formula_text import AS_OF, blank, per_edition, quoted, ref
from workbooks.building.sheets import (
    amount_working,
    chart,
    proposal_deadline,
    proposal_derivation,
    proposal_duties,
    proposal_estimate,
    rounds,
)
from workbooks.building.sheets.lists import Lookups
from workbooks.building.sheets.proposal_cells import LAST, MONEY, bar, frame, of_frame, put, show
from workbooks.building.style import GREY, PALE, PRINT, flag, link, printed, protect, widths
from workbooks.building.style import put as plain
from workbooks.form import amount_layout
from workbooks.form.text_width import width

GRANT = proposal_estimate.END + 2
DATES = GRANT + 5  # 締切, 交付決定, 実績報告の期限
STEPS = DATES + 1  # how the subsidy comes about
TEXTS = STEPS + proposal_derivation.LINES + 1
LINE_WIDTH = 152  # half-width letters of a line of sentences


def texts() -> dict[str, Any]:
    """The sentences of proposal.toml, and of what may be applied for together."""
    other = [{"text": s.text, "frames": s.frames, "at": s.at} for s in other_applications.sentences()]
    return {**load(Path(__file__).with_name("proposal.toml")), "other": other}


def build(sheet: Worksheet, look: Lookups, amounts: Worksheet) -> None:
    """Writes the page."""
    widths(sheet, dict(zip("ABCDEFGHIJ", (15, 14, 6.5, 9, 10, 6, 8, 11, 11, 25), strict=True)))
    proposal_estimate.build(sheet, _state())
    _grant(sheet, amounts)
    last = _texts(sheet, look)
    link(sheet, "L1", "はじめに", "A1", "← はじめに へ戻る", face=PRINT)
    plain(sheet, "L2", "この頁は印刷用です。入力は「申請者」と「見積」で行います。", size=9, colour=GREY)
    sheet.column_dimensions["L"].width = 50
    flag(sheet, f"A{GRANT}:{LAST}{TEXTS}", f"ISERROR(A{GRANT})", colour="FFFFFF")
    printed(sheet, f"A1:{LAST}{last}", pages=1, footer="")
    protect(sheet)


def _grant(sheet: Worksheet, amounts: Worksheet) -> None:
    """The subsidy and what stays with the customer beside the chart, the dates, and how the amount comes about."""
    bar(sheet, GRANT - 1, "補助金を活用した場合")
    small = ref("out_small_biz")
    size = f'IF(ISERROR({small}),"",IF({small},"（小規模事業者）","（中小企業）"))'
    named = of_frame(lambda f: quoted(f.label))
    rows: Sequence[tuple[str, str, bool]] = (
        ("補助金・枠", f'="デジタル化・AI導入補助金 "&{named}&{size}', False),
        ("補助対象経費（税抜）", show("out_eligible"), False),
        ("補助額（見込み）", show("out_subsidy"), True),
        ("自己負担（税抜）", show("out_own_burden"), False),
        ("手出し（税込）", show("out_out_of_pocket"), True),
        ("締切と期限", f"={proposal_deadline.shown()}", False),
    )
    for row, (label, text, strong) in enumerate(rows, GRANT):
        put(sheet, f"A{row}", label, size=9, bold=strong, back=PALE, to="B", indent=1)
        wide = row in (GRANT, DATES)
        looks: dict[str, Any] = {"to": LAST, "size": 9, "align": "left", "wrap": True}
        if not wide:
            looks = {"to": "E", "size": 11, "align": "right", "shrink": True}
        put(sheet, f"C{row}", text, bold=strong, form=MONEY, indent=1, **looks)
        frame(sheet, "A", LAST if wide else "E", row)
        sheet.row_dimensions[row].height = 30 if row == DATES else 16 if wide else 19
    for row, text in enumerate(proposal_derivation.texts(), STEPS):
        put(sheet, f"A{row}", f"=IF(ISERROR({text}),{quoted('')},{text})", size=8, to=LAST, wrap=True, indent=1)
        sheet.row_dimensions[row].height = 23 if row == STEPS + 1 else 13
    chart.proposal(sheet, amounts, amount_layout.SHARES, f"F{GRANT + 1}")


def _state() -> str:
    """Why there is no subsidy, in the words of 補助額; nothing where there is one."""
    sections = [amount_working.section(f) for f in FRAMES]
    said = f"CHOOSE({ref('out_frame')},{','.join(amount_working.words(s) for s in sections)})"
    subsidy = ref("out_subsidy")
    return f"IF(ISERROR({subsidy}),{said},IF({subsidy}=0,{said},{_dates()}))"


def _dates() -> str:
    """The first planned date that does not fit the round; nothing where all do."""
    text = quoted("")
    for wrong, words in (
        (rounds.expired(), "※ 見積の有効期限が、発注できる日（交付決定の後）より前に切れます。"),
        (rounds.late(), "※ 支払か実績報告の予定日が、実績報告の期限より後です。"),
        (rounds.early(), "※ 発注か支払の予定日が、交付決定（予定）より前です。このままでは補助の対象になりません。"),
    ):
        text = f"IF({wrong},{quoted(words)},{text})"
    return text


def _texts(sheet: Worksheet, look: Lookups) -> int:
    """What he must know before he signs; gives the last row."""
    row = TEXTS
    words = texts()
    productivity, pay = proposal_duties.texts(look)
    parts = (
        ("お金の流れ（後払い）", _rows(words["when"])),
        ("交付決定の前にしてはいけないこと・支払い方", _rows(words["never"])),
        ("お約束いただくこと", [(productivity, 1), (pay, 3), *_rows(words["promise"])]),
        ("ほかの枠と、前に受けた補助金（2025年の公募要領。2026年は未確認）", _rows(words["other"])),
    )
    for head, sentences in parts:
        bar(sheet, row, head)
        row += 1
        for text, lines in sentences:
            put(sheet, f"A{row}", f"={text}", size=8, wrap=True, top=True, to=LAST)
            sheet.row_dimensions[row].height = 1.5 + 11 * lines
            row += 1
        sheet.row_dimensions[row].height = 3
        row += 1
    return _closing(sheet, row)


def _rows(sentences: Sequence[dict[str, Any]]) -> list[tuple[str, int]]:
    """The sentences of each frame under one another: row n holds the n-th of the frame applied for, and its lines."""
    mine = {f.name: [s["text"] for s in sentences if f.name in s.get("frames", [f.name])] for f in FRAMES}
    rows = list[tuple[str, int]]()
    for n in range(max(map(len, mine.values()))):
        nth = {name: f"・{found[n]}" if n < len(found) else "" for name, found in mine.items()}
        lines = max(-(-width(text) // LINE_WIDTH) for text in nth.values())
        rows.append((of_frame(lambda f, nth=nth: quoted(nth[f.name])), lines))
    return rows


def _closing(sheet: Worksheet, row: int) -> int:
    """Edition, date, and that nothing is promised."""
    source = of_frame(
        lambda f: per_edition(
            f.parameters, lambda e: quoted(f"{documents()[e.document].title}（{e.since:%Y-%m-%d}から）")
        )
    )
    on = f'IF({blank(ref("application_date"))},"未入力",IF(ISERROR({AS_OF}),"",TEXT({AS_OF},"yyyy/m/d")))'
    text = f'="計算の版: "&IF(ISERROR({AS_OF}),{quoted("不明")},{source})&"　計算の基準日（申請日）: "&{on}'
    put(sheet, f"A{row}", text, size=8, colour=GREY, to=LAST, shrink=True)
    note = (
        "補助額は見込みです。採択と交付を約束するものではありません。制度の内容は変更となる可能性があります。"
        "約束と流れの文は2025年の公募要領によります（2026年の原文は未確認です。出典は「はじめに」）。"
    )
    put(sheet, f"A{row + 1}", note, size=8, colour=GREY, to=LAST, wrap=True)
    sheet.row_dimensions[row + 1].height = 24
    return row + 1
