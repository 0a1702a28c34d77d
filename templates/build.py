"""Makes the four .docx templates. Each is an ordinary docxtpl template that a person can open and change in Word.

    python -m templates.build        writes templates/*.docx, byte for byte the same every time

`{{ }}` prints a value, `{%tr %}` repeats or drops a table row, `{%p %}` a paragraph; templates/context.py says what
there is. A value that the applicant still owes is printed in red on yellow.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from templates import paper, pieces
from templates.paper import para
from templates.tables import Cell, label, right, table

HERE = Path(__file__).parent


def main_draft() -> Any:
    """入力用下書き: the screens in the order of the portal."""
    doc = pieces.opening("{{ draft.heading }}")
    para(doc, "{%p if missing_count %}")
    para(doc, "必須の項目のうち {{ missing_count }} 件が未記入です（赤字の欄）。", "誤り")
    para(doc, "{%p endif %}")
    para(doc, "※　画面の順序・名称・選択肢は二次資料によります（{{ portal.checked }}確認）。", "注")
    para(doc, "※　公式の交付申請の手引きの原文は確認していません。画面と違うときは、画面に従ってください。", "注")
    para(doc, "※　数はコンマと単位なし、番号・電話番号はハイフンなしで、この下書きの字のとおり入力します。", "注")
    para(doc, "{%p for block in blocks %}")
    para(doc, "{{ block.number }}　{{ block.title }}", "Heading 1")
    para(doc, "入力する人: {{ block.who }}", "担当")
    para(doc, "{%p if block.note %}")
    para(doc, "※　{{ block.note }}", "注")
    para(doc, "{%p endif %}")
    pieces.fields(doc)
    para(doc, '{%p if block.id == "tool" %}')
    pieces.tool(doc)
    para(doc, "{%p endif %}")
    para(doc, "{%p endfor %}")
    para(doc, "提出の前に（手順は二次資料による）", "Heading 1")
    for text in (
        "☐　「交付申請情報入力完了」を押すと申請者の入力した部分は直せない。押す前に、この下書きと画面を照らした。",
        "☐　支援事業者の入力した金額・申請額が、見積書と「経費内訳・補助額計算書」に合っている。",
        "☐　申請要件の確認欄を、申請者自身が読んで答えた。",
        "☐　SMSを受け取る携帯電話が手元にある（認証コード5桁、30分有効）。締切の時刻まで余裕がある。",
    ):
        para(doc, text, "注")
    return doc


def cost_draft() -> Any:
    """経費内訳・補助額計算書: what it costs, what of it counts, and every step to the subsidy."""
    doc = pieces.opening("経費内訳・補助額計算書")
    para(doc, "１　補助額と負担", "Heading 1")
    pieces.amounts(doc)
    para(doc, "２　見積の概要（明細は終わりの別紙）", "Heading 1")
    table(
        doc,
        (40, 128),
        (
            "{%tr for row in quoted %}",
            (label("{{ row.label }}", "表項目"), pieces.value("row", "row.missing")),
            "{%tr endfor %}",
        ),
    )
    para(doc, "３　計算の過程", "Heading 1")
    para(doc, "{%p if refusal %}")
    para(doc, "{{ refusal }}", "誤り")
    para(doc, "{%p else %}")
    pieces.calculation(doc)
    para(doc, "{%p endif %}")
    para(doc, "４　ソフトウェアの機能とハードウェアの用途", "Heading 1")
    pieces.tools(doc)
    para(doc, "５　指摘事項", "Heading 1")
    pieces.findings(doc)
    pieces.sources(doc, "６", "cost_sources")
    paper.landscape(doc)
    para(doc, "別紙　経費の明細（円、税抜）", "Heading 1")
    pieces.lines(doc)
    return doc


def document_draft() -> Any:
    """必要書類チェックリスト: what this applicant attaches, and until when a paper is young enough."""
    doc = pieces.opening("必要書類チェックリスト")
    para(doc, "１　共通の決まり", "Heading 1")
    for text in (
        "※　一つの項目に一つのファイル。PDF・JPG・PNG、10MB以下、ファイル名に空白を入れない（二次資料）。",
        "※　代替の書類は認められません。マイナンバー・保険者番号は黒塗りにします。",
        "※　出典が二次資料（原文未確認）の書類があります。申請の前に公式の手引きで確かめてください。",
    ):
        para(doc, text, "注")
    for number, title, name in (
        ("２", "交付申請に添付する書類（{{ kind }}）", "apply_documents"),
        ("３", "該当・希望するときの書類", "wish_documents"),
        ("４", "実績報告のときの書類", "report_documents"),
    ):
        para(doc, f"{number}　{title}", "Heading 1")
        pieces.documents(doc, name)
    para(doc, "５　書類のほかに要るもの", "Heading 1")
    for text in (
        "☐　GビズIDプライム（取得に日数がかかる）",
        "☐　SECURITY ACTION の自己宣言ID（{{ security_action }}）",
        "☐　SMSを受け取れる、申請者自身の携帯電話",
    ):
        para(doc, text, "注")
    pieces.sources(doc, "６", "document_sources")
    return doc


def cash_draft() -> Any:
    """資金繰り表: the subsidy is paid afterwards, so the whole price must be at hand first."""
    doc = pieces.opening("資金繰り表（後払い）")
    para(doc, "※　補助金は後払いです。支払総額（税込）を先に支払い、実績報告の確定の後に補助金が入ります。", "注")
    para(doc, "※　発注・契約・支払は交付決定の後に行います。交付決定より前のものは補助の対象になりません。", "注")
    para(doc, "※　「未定」は日付が記入されていないものです。補助額は申請どおり交付されると見込んだ額です。", "注")
    para(doc, "１　必要な資金", "Heading 1")
    table(
        doc,
        (60, 38, 70),
        (
            (label("項目", "表見出し"), label("金額", "表見出し"), label("説明", "表見出し")),
            "{%tr for row in funds %}",
            (label("{{ row.label }}", "表項目"), right("{{ row.value }}"), Cell("{{ row.note }}", "表小")),
            "{%tr endfor %}",
        ),
        heads=1,
    )
    para(doc, "２　月別の資金繰り（円、税込）", "Heading 1")
    para(doc, "※　収支の累計は支払から補助金の入金までが最も低く、用意する資金は最大 {{ peak }}です。", "注")
    heads = ("時期", "できごと", "支出", "収入", "収支の累計")
    table(
        doc,
        (30, 56, 27, 27, 28),
        (
            [label(text, "表見出し") for text in heads],
            "{%tr for row in months %}",
            (
                Cell("{{ row.when }}"),
                Cell("{{ row.what }}"),
                right("{{ row.out }}"),
                right("{{ row.income }}"),
                right("{{ row.balance }}"),
            ),
            "{%tr endfor %}",
        ),
        heads=1,
    )
    para(doc, "３　日程", "Heading 1")
    para(doc, "{%p if origin %}")
    para(doc, "※　{{ origin }}", "注")
    para(doc, "{%p endif %}")
    table(
        doc,
        (44, 58, 66),
        (
            [label(text, "表見出し") for text in ("手続き", "日", "説明")],
            "{%tr for row in schedule %}",
            (label("{{ row.label }}", "表項目"), Cell("{{ row.value }}"), Cell("{{ row.note }}", "表小")),
            "{%tr endfor %}",
        ),
        heads=1,
    )
    return doc


TEMPLATES: dict[str, Callable[[], Any]] = {
    "入力用下書き": main_draft,
    "経費内訳・補助額計算書": cost_draft,
    "必要書類チェックリスト": document_draft,
    "資金繰り表": cash_draft,
}


def build(folder: Path = HERE) -> list[Path]:
    """Write every template; the paths."""
    written = []
    for title, make in TEMPLATES.items():
        path = folder / f"{title}.docx"
        path.write_bytes(paper.saved(make()))
        written.append(path)
    return written


if __name__ == "__main__":
    for written in build():
        print(written)
