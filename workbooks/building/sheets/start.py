"""はじめに: how to use the workbook, what each frame gives (from the editions, with sources), the dates, where things are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from rules import schedule
from rules.dates import japanese, slashed
from rules.engine.edition import cite, documents, editions
from rules.frames import FRAMES
from workbooks.building.sheets import frame_summary, proposal
from workbooks.building.style import (
    ACCENT,
    AMBER,
    BLUE,
    DATE,
    GREY,
    PALE,
    heading,
    link,
    paged,
    printed,
    protect,
    put,
    title,
    widths,
)
from workbooks.form.layout import (
    AMOUNT,
    ANNEX,
    APPLICANT,
    CHECK,
    FUNCTIONS,
    MEMBERS,
    PARTNERS,
    PLAN,
    PROPOSAL,
    QUOTE,
    WORKING,
)
from workbooks.form.text_width import width

COLUMNS = "CDEFGHIJ"[: len(FRAMES)]  # one for each frame
LINE = 44  # half-width letters of a line in one column
STEPS = (
    ("1", APPLICANT, "申請日と「申請する枠」を選び、申請者（会社や個人事業主）のことを上から入れます。"),
    ("2", QUOTE, "見積書を見ながら、発行者と明細を入れます。1行ごとに対象になる額と減額の理由が出ます。"),
    ("3", CHECK, "書き忘れと、間違えやすいところを確かめます。よければ「提案書」を印刷します。"),
)
CONTENTS = (
    (APPLICANT, "申請者の入力（申請マイページの順）"),
    (QUOTE, "見積の入力と、行ごとの対象経費"),
    (PLAN, "労働生産性と賃上げの計画、最低賃金近傍の判定"),
    (PARTNERS, "電子取引類型だけ: アカウントを使う取引先"),
    (MEMBERS, "複数者連携枠だけ: 構成員ごとの経費と補助額"),
    (AMOUNT, "すべての枠の補助額の比較と計算。1つのセルに1つの段階、出典付き"),
    (PROPOSAL, "お客様に渡す1枚（A4）"),
    (ANNEX, "提案書の別紙: 全部の行と対象・対象外の理由、構成員ごとの支払・補助額"),
    (CHECK, "未記入の一覧と、簡単な確認"),
    (FUNCTIONS, "アドインの関数の見本"),
    (WORKING, "明細の行ごとの計算（見るだけ）"),
)
NOTES = (
    "補助額は見込みで、採択や交付を約束しません。内容は変更となる可能性があります。申請の前に公式の公募要領を確かめてください。",
    "計算は数式だけで行います。マクロもアドインも要りません（Excel 2010以降、LibreOffice Calc）。「関数」のシートだけがアドインの見本です。",
    "シートは間違って壊さないように保護しています。パスワードはありません（校閲 → シート保護の解除）。",
    "明細や構成員の行が足りないときは、hojokin migrate で、行の多い新しいブックに入力を移せます。",
    "マイナンバー（個人番号）は、どのセルにも入れないでください。",
)


def build(sheet: Worksheet) -> None:
    """Writes the sheet."""
    title(sheet, "デジタル化・AI導入補助金　見積と補助額", "5つの枠の補助額と手出しを、見積から計算します。", False)
    widths(sheet, {"A": 3, "B": 22, **dict.fromkeys(COLUMNS, 34)})
    row = _steps(sheet, 4)
    row = _frames(sheet, row + 1)
    row = _dates(sheet, row + 1)
    second = row + 1
    row = _contents(sheet, second)
    row = _list(sheet, row + 1, "知っておくこと", [(text, "") for text in NOTES])
    told = [(t["text"], cite(t["at"])) for part in proposal.texts().values() for t in part]
    row = _list(sheet, row + 1, "提案書の文の出典", told)
    printed(sheet, f"A1:G{row}", landscape=True)
    paged(sheet, 62, [second])
    protect(sheet)


def _steps(sheet: Worksheet, row: int) -> int:
    heading(sheet, "B", "G", row, "使い方（3つの手順）")
    for n, (number, name, text) in enumerate(STEPS, row + 1):
        put(sheet, f"B{n}", number, size=14, bold=True, colour=ACCENT, align="center")
        link(sheet, f"C{n}", name, "A1", f"「{name}」を開く")
        put(sheet, f"D{n}", text)
        sheet.row_dimensions[n].height = 22
    end = row + len(STEPS) + 1
    colours = (
        ("C", "水色 = 入れるところ", BLUE, "000000"),
        ("D", "黄色の「未記入」= まだ要る項目", AMBER, "C00000"),
        ("E", "白・灰色 = 計算されるところ（入れない）", PALE, "000000"),
    )
    for letter, text, back, colour in colours:
        put(sheet, f"{letter}{end}", text, size=9, back=back, colour=colour, box=True, align="center")
    return end + 1


def _frames(sheet: Worksheet, row: int) -> int:
    """One column per frame: what it is for, what it pays, from the newest edition."""
    since = max(e.since for f in FRAMES for e in editions(f.parameters))
    heading(sheet, "B", COLUMNS[-1], row, f"{len(FRAMES)}つの枠の補助額と補助率（{japanese(since)}からの版）")
    for letter, f in zip(COLUMNS, FRAMES, strict=True):
        put(
            sheet,
            f"{letter}{row + 1}",
            f.label,
            bold=True,
            back=ACCENT,
            colour="FFFFFF",
            box=True,
            align="center",
            wrap=True,
        )
    put(sheet, f"B{row + 1}", None, back=ACCENT, box=True)
    sheet.row_dimensions[row + 1].height = 32
    for n, (label, texts) in enumerate(frame_summary.rows(), row + 2):
        put(sheet, f"B{n}", label, size=9, bold=True, back=PALE, box=True, wrap=True)
        source = label == frame_summary.SOURCES
        for letter, text in zip(COLUMNS, texts, strict=True):
            looks: dict[str, Any] = {"size": 7.5, "colour": GREY} if source else {"size": 9}
            put(sheet, f"{letter}{n}", text, box=True, wrap=True, top=True, **looks)
        lines = max(frame_summary.lines_of(text, 50 if source else 38) for text in texts)
        sheet.row_dimensions[n].height = lines * (10.5 if source else 13) + 5
    end = row + 2 + len(frame_summary.rows())
    for n, text in enumerate(frame_summary.notes(), end):
        put(sheet, f"B{n}", text, size=8, colour=GREY)
    return end + len(frame_summary.notes())


def _dates(sheet: Worksheet, row: int) -> int:
    """The rounds of the newest schedule."""
    newest = editions(schedule.Edition)[-1]
    heading(sheet, "B", "G", row, f"締切と日程（{documents()[newest.document].title}）")
    for letter, text in zip("BCDEFG", ("回", "枠", "締切", "交付決定", "実績報告の期限", "確かさ"), strict=True):
        put(sheet, f"{letter}{row + 1}", text, size=9, back=PALE, box=True, align="center")
    labels = {f.name: f.label.split()[0] for f in FRAMES}
    for n, r in enumerate(newest.round, row + 2):
        put(sheet, f"B{n}", r.label, size=9, box=True, align="center")
        put(sheet, f"C{n}", "・".join(dict.fromkeys(labels[name] for name in r.frames)), size=9, box=True, shrink=True)
        closing = f"{slashed(r.closing)} {r.time.hour}:{r.time:%M}"
        put(sheet, f"D{n}", closing, size=9, box=True, align="center")
        for letter, day in (("E", r.decision), ("F", r.report)):
            put(sheet, f"{letter}{n}", day or "未公表", size=9, box=True, form=DATE, align="center")
        put(sheet, f"G{n}", r.doubt or "二つ以上の資料が一致", size=8, colour=GREY, box=True, wrap=True)
        sheet.row_dimensions[n].height = 15 if width(r.doubt) < LINE else 24
    return row + 2 + len(newest.round)


def _contents(sheet: Worksheet, row: int) -> int:
    heading(sheet, "B", "G", row, "シートの一覧")
    for n, (name, text) in enumerate(CONTENTS, row + 1):
        link(sheet, f"B{n}", name, "A1", name)
        put(sheet, f"C{n}", text)
        sheet.row_dimensions[n].height = 16
    return row + len(CONTENTS) + 1


def _list(sheet: Worksheet, row: int, head: str, texts: Sequence[tuple[str, str]]) -> int:
    heading(sheet, "B", "G", row, head)
    for n, (text, source) in enumerate(texts, row + 1):
        put(sheet, f"B{n}", f"・{text}", size=9)
        if source:
            put(sheet, f"F{n}", source, size=8, colour=GREY, wrap=True)
            sheet.merge_cells(f"F{n}:G{n}")
            sheet.merge_cells(f"B{n}:E{n}")
        sheet.row_dimensions[n].height = 22 if source else 15
    return row + len(texts) + 1
