"""はじめに: what the workbook is, how to use it, what the frame gives (from the edition, with sources), where things are."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from rules import invoice, lines
from rules.edition import cite, spoken
from workbooks.layout import AMOUNT, APPLICANT, CHECK, PROPOSAL, QUOTE
from workbooks.sheets import proposal
from workbooks.style import ACCENT, AMBER, BLUE, GREY, PALE, heading, link, printed, protect, put, title, widths
from workbooks.text import every

STEPS = (
    ("1", APPLICANT, "水色のセルに、申請者（会社や個人事業主）のことを入れます。上から申請マイページの順です。"),
    ("2", QUOTE, "見積書を見ながら、発行者と明細を入れます。1行ごとに対象になる額と減額の理由が出ます。"),
    ("3", CHECK, "書き忘れと、間違えやすいところを確かめます。よければ「提案書」を印刷します。"),
)
CONTENTS = (
    (APPLICANT, "申請者の入力（申請マイページの順）"),
    (QUOTE, "見積の入力と、行ごとの対象経費"),
    (AMOUNT, "補助額の計算。1つのセルに1つの段階、出典付き"),
    (PROPOSAL, "お客様に渡す1枚（A4）"),
    (CHECK, "未記入の一覧と、簡単な確認"),
)
NOTES = (
    "このワークブックが扱うのは、インボイス枠 インボイス対応類型だけです。",
    "補助額は見込みで、採択や交付を約束しません。内容は変更となる可能性があります。申請の前に公式の公募要領を確かめてください。",
    "計算は数式だけで行います。マクロもアドインも要りません（Excel 2010以降、LibreOffice Calc）。",
    "シートは間違って壊さないように保護しています。パスワードはありません（校閲 → シート保護の解除）。",
    "明細は用意した行の中に入れてください。行が足りないときは、似た品目を1行にまとめます。",
    "マイナンバー（個人番号）は、どのセルにも入れないでください。",
)


def build(sheet: Worksheet) -> None:
    """Writes the sheet."""
    title(
        sheet,
        "デジタル化・AI導入補助金　見積と補助額",
        invoice.LABEL + "の見積から、補助額と手出しを計算します。",
        False,
    )
    widths(sheet, {"A": 3, "B": 6, "C": 40, "D": 32, "E": 74})
    row = _steps(sheet, 4)
    row = _law(sheet, row + 1)
    row = _contents(sheet, row + 1)
    row = _list(sheet, row + 1, "知っておくこと", [(text, "") for text in NOTES])
    told = [(t["text"], cite(t["at"])) for part in proposal.texts().values() for t in part]
    row = _list(sheet, row + 1, "提案書の文の出典", told)
    printed(sheet, f"A1:E{row}", pages=1)
    protect(sheet)


def _steps(sheet: Worksheet, row: int) -> int:
    heading(sheet, "B", "E", row, "使い方（3つの手順）")
    for n, (number, name, text) in enumerate(STEPS, row + 1):
        put(sheet, f"B{n}", number, size=14, bold=True, colour=ACCENT, align="center")
        link(sheet, f"C{n}", name, "A1", f"「{name}」を開く")
        put(sheet, f"D{n}", text, wrap=False)
        sheet.row_dimensions[n].height = 24
    end = row + len(STEPS) + 1
    put(sheet, f"C{end}", "水色 = 入れるところ", size=9, back=BLUE, box=True, align="center")
    put(
        sheet,
        f"D{end}",
        "黄色の「未記入」= まだ要る項目",
        size=9,
        back=AMBER,
        colour="C00000",
        box=True,
        align="center",
    )
    put(sheet, f"E{end}", "白・灰色 = 計算されるところ（入れない）", size=9, back=PALE, box=True, align="center")
    return end + 1


def _law(sheet: Worksheet, row: int) -> int:
    """Rates and limits of the newest edition, each with its place."""
    p, q = every(invoice.Edition)[-1], every(lines.Edition)[-1]
    heading(sheet, "B", "E", row, f"{invoice.LABEL}の率と上限（{p.since:%Y年%-m月%-d日}からの版）")
    cap = f"1機能 {spoken(p.cap.one)}、{p.cap.many}機能以上 {spoken(p.cap.more)}"
    facts: Sequence[tuple[str, str, str]] = (
        (p.first.title, f"補助率 {p.first.rate}（小規模事業者 {p.first.small}）", p.first.at),
        (p.above.title, f"補助率 {p.above.rate}", p.above.at),
        ("ソフトウェア等の補助上限額", cap, p.cap.at),
        (p.pc.title, f"補助率 {p.pc.rate}、{spoken(p.pc.up_to)}まで（合計で）", p.pc.at),
        (p.register.title, f"補助率 {p.register.rate}、{spoken(p.register.up_to)}まで（合計で）", p.register.at),
        ("ソフトウェアの期間", f"{q.software.value}か月まで", q.software.at),
        ("オプションの期間", f"{q.option.value}か月まで", q.option.at),
        ("保守サポートの期間", f"{q.service.value}か月まで", q.service.at),
        ("役務の補助対象経費", f"合わせて{spoken(q.services.value)}まで", q.services.at),
    )
    for n, (label, value, at) in enumerate(facts, row + 1):
        put(sheet, f"C{n}", label, box=True)
        put(sheet, f"D{n}", value, box=True, bold=True, shrink=True)
        put(sheet, f"E{n}", cite(at), size=8, colour=GREY, box=True, wrap=True)
        sheet.row_dimensions[n].height = 24
    return row + len(facts) + 1


def _contents(sheet: Worksheet, row: int) -> int:
    heading(sheet, "B", "E", row, "シートの一覧")
    for n, (name, text) in enumerate(CONTENTS, row + 1):
        link(sheet, f"C{n}", name, "A1", name)
        put(sheet, f"D{n}", text)
        sheet.row_dimensions[n].height = 18
    return row + len(CONTENTS) + 1


def _list(sheet: Worksheet, row: int, head: str, texts: Sequence[tuple[str, str]]) -> int:
    heading(sheet, "B", "E", row, head)
    for n, (text, source) in enumerate(texts, row + 1):
        put(sheet, f"B{n}", "・", align="right")
        put(sheet, f"C{n}", text, size=9, wrap=True)
        sheet.merge_cells(f"C{n}:{'D' if source else 'E'}{n}")
        if source:
            put(sheet, f"E{n}", source, size=8, colour=GREY, wrap=True)
        sheet.row_dimensions[n].height = 27 if source else 17
    return row + len(texts) + 1
