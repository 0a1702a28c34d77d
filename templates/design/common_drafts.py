"""The drafts that every frame has, as templates: what to type, what it costs, what to attach, what to promise, what to pay."""

from __future__ import annotations

from typing import Any

from templates.design import components, controls, draft_tables, page_setup
from templates.design.page_setup import para
from templates.design.tables import Cell, P, label, right, table


def main_draft() -> Any:
    """入力用下書き: the screens in the order of the portal."""
    doc = components.opening("{{ draft.heading }}")
    para(doc, "{%p if missing_count %}")
    para(doc, "必須の項目のうち {{ missing_count }} 件が未記入です（赤字の入力欄。クリックして記入できます）。", "誤り")
    para(doc, "{%p endif %}")
    para(doc, "{%p if portal.unseen %}")
    para(doc, "※　画面未確認: この枠の画面の資料がないため、ほかの枠の画面から順序を推しています。", "注")
    para(doc, "{%p endif %}")
    para(doc, "※　画面の順序・名称・選択肢は二次資料によります（{{ portal.checked }}確認）。", "注")
    para(doc, "※　公式の交付申請の手引きの原文は確認していません。画面と違うときは、画面に従ってください。", "注")
    para(doc, "※　数はコンマと単位なし、番号・電話番号はハイフンなしで、この下書きの字のとおり入力します。", "注")
    para(doc, "{%p for block in blocks %}")
    para(doc, "{{ block.number }}　{{ block.title }}", "Heading 1")
    para(doc, "入力する人: {{ block.who }}", "担当")
    para(doc, "{%p if block.note %}")
    para(doc, "※　{{ block.note }}", "注").paragraph_format.keep_with_next = True
    para(doc, "{%p endif %}")
    para(doc, "{%p if block.entries %}")
    components.grid(
        doc,
        (44, 76, 48),
        ("項目", "入力する内容", "字数・注意"),
        "f",
        "block.entries",
        (label("{{ f.label }}", "表項目"), components.listed("f"), Cell("{{ f.note }}", "表小")),
    )
    para(doc, "{%p endif %}")
    para(doc, '{%p if block.id == "tool" %}')
    draft_tables.tool(doc)
    para(doc, "{%p endif %}")
    para(doc, "{%p endfor %}")
    para(doc, "提出の前に（手順は二次資料による）", "Heading 1")
    for text in (
        "「交付申請情報入力完了」を押すと申請者の入力した部分は直せない。押す前に、この下書きと画面を照らした。",
        "支援事業者の入力した金額・申請額が、見積書と「経費内訳・補助額計算書」に合っている。",
        "申請要件の確認欄を、申請者自身が読んで答えた。",
        "SMSを受け取る携帯電話が手元にある（認証コード5桁、30分有効）。締切の時刻まで余裕がある。",
    ):
        components.tick(doc, text)
    return doc


def cost_draft() -> Any:
    """経費内訳・補助額計算書: what it costs, what of it counts, and every step to the subsidy."""
    doc = components.opening("経費内訳・補助額計算書")
    para(doc, "１　補助額と負担", "Heading 1")
    _remarked(doc)
    para(doc, "２　見積の概要（明細は終わりの別紙）", "Heading 1")
    table(
        doc,
        (34, 50, 34, 50),
        (
            "{%tr for row in quoted_rows %}",
            [cell for side in ("left", "right") for cell in _named(f"row.{side}")],
            "{%tr endfor %}",
        ),
        keep=True,
    )
    para(doc, "３　計算の過程", "Heading 1")
    para(doc, "{%p if refusal %}")
    para(doc, "{{ refusal }}", "誤り")
    para(doc, "{%p else %}")
    para(doc, "{%p if steps %}")
    draft_tables.calculation(doc)
    para(doc, "{%p endif %}")
    para(doc, "{%p endif %}")
    para(doc, "{%p if members %}")
    para(doc, "４　構成員（経費と補助額は終わりの別紙）", "Heading 1")
    draft_tables.totals(doc)
    para(doc, "{%p else %}")
    para(doc, "４　ソフトウェアの機能・プロセス", "Heading 1")
    draft_tables.tools(doc)
    para(doc, "{%p endif %}")
    para(doc, "５　指摘事項", "Heading 1")
    draft_tables.findings(doc)
    components.sources(doc, "６", "cost_sources")
    page_setup.landscape(doc)
    para(doc, "{%p if members %}")
    para(doc, "別紙　構成員ごとの経費と補助額（円、税抜）", "Heading 1")
    draft_tables.members(doc)
    para(doc, "{%p endif %}")
    para(doc, "{%p if lines %}")
    para(doc, "別紙　経費の明細（円、税抜）", "Heading 1")
    draft_tables.lines(doc)
    para(doc, "{%p endif %}")
    return doc


def _named(name: str) -> tuple[Cell, Cell]:
    return label(f"{{{{ {name}.label }}}}", "表項目"), components.value(name)


REMARKS = {
    1: "規則の版に従って計算した見込みの額。計算の段と出典は「３　計算の過程」、版はフッターにある。交付を約束するものではない。",
    4: "支払総額（税込）から補助額を引いた額。消費税は補助の対象にならないので、この額に含まれる。",
}  # by the row of the table


def _remarked(doc: Any) -> None:
    """The five totals, one row each, with a comment on those that a reader asks about."""
    rows = [
        (
            label(f"{{{{ amounts[{n}].label }}}}", "表項目"),
            Cell(f"{{{{ amounts[{n}].value }}}}", "表強調"),
            Cell(f"{{{{ amounts[{n}].note }}}}", "表小"),
        )
        for n in range(5)
    ]
    made = table(doc, (40, 62, 66), (components.headings(("項目", "金額", "説明")), *rows), heads=1)
    for n, text in REMARKS.items():
        page_setup.remark(doc, made.rows[n + 1].cells[1].paragraphs[0].runs, text)


def document_draft() -> Any:
    """必要書類チェックリスト: what this applicant attaches, and until when a paper is young enough."""
    doc = components.opening("必要書類チェックリスト")
    para(doc, "１　未記入の項目", "Heading 1")
    para(doc, "{%p if owed %}")
    para(
        doc,
        "※　下書きの赤字の入力欄と同じ {{ owed_count }} 件です。見積のブックのセルに記入して作り直すと消えます。"
        "下書きの入力欄に書いた文は、同じフォルダーに作り直した下書きへ写されます。",
        "注",
    )
    components.grid(
        doc,
        (11, 62, 55, 40),
        ("済", "項目", "入力欄のある下書き", "見積のブックのセル"),
        "row",
        "owed",
        (
            Cell((P(control=controls.checkbox("記入済み")),), "表中央"),
            Cell("{{ row.label }}"),
            Cell("{{ row.where }}", "表小"),
            Cell("{{ row.cell }}", "表小"),
        ),
    )
    para(doc, "{%p else %}")
    para(doc, "未記入の項目はありません。")
    para(doc, "{%p endif %}")
    para(doc, "２　共通の決まり", "Heading 1")
    for text in (
        "※　一つの項目に一つのファイル。PDF・JPG・PNG、10MB以下、ファイル名に空白を入れない（二次資料）。",
        "※　代替の書類は認められません。マイナンバー・保険者番号は黒塗りにします。",
        "※　出典が二次資料（原文未確認）の書類があります。申請の前に公式の手引きで確かめてください。",
    ):
        para(doc, text, "注")
    for number, title, name in (
        ("３", "交付申請に添付する書類（{{ kind }}）", "apply_documents"),
        ("４", "該当・希望するときの書類", "wish_documents"),
        ("５", "実績報告のときの書類", "report_documents"),
    ):
        para(doc, f"{number}　{title}", "Heading 1")
        draft_tables.documents(doc, name)
    para(doc, "６　書類のほかに要るもの", "Heading 1")
    for text in (
        "GビズIDプライム（取得に日数がかかる）",
        "SECURITY ACTION の自己宣言ID（{{ security_action }}）",
        "SMSを受け取れる、申請者自身の携帯電話",
    ):
        components.tick(doc, text)
    components.sources(doc, "７", "document_sources")
    return doc


def pledge_draft() -> Any:
    """賃上げ計画の表明文: a letter to the employees, its figures, and who heard it."""
    doc = components.opening("賃上げ計画の表明文")
    para(doc, "確認事項（従業員には「賃上げ計画について」のページだけを渡す）", "Heading 1")
    para(doc, "{%p for text in pledge.short %}")
    para(doc, "※　{{ text }}", "誤り")
    para(doc, "{%p endfor %}")
    para(doc, "※　{{ pledge.duty.text }}", "注")
    para(doc, "{%p if pledge.duty.doubt %}")
    para(doc, "※　{{ pledge.duty.doubt }}", "注")
    para(doc, "{%p endif %}")
    para(
        doc,
        "※　2026年の義務の率は1人当たり給与支給総額（総額÷従業員数）で見ます。人数が変わる計画では、年ごとの従業員数も「申請者」に入れます。",
        "注",
    )
    para(doc, "{%p if pledge.revision %}")
    para(doc, "※　{{ pledge.revision }}", "注")
    para(doc, "{%p endif %}")
    para(doc, "{%p if pledge.repayment %}")
    para(doc, "守れないときの返還（この補助額のとき）", "Heading 2")
    components.pairs(doc, (80, 36, 52), ("未達の場合", "返還額", "注意"), "pledge.repayment", note=True)
    para(doc, "{%p endif %}")
    components.sources(doc, "", "pledge_sources")
    para(doc, "{%p if pledge.raises %}")
    page_setup.handed(doc, "pledge.raises")
    _letter(doc)
    para(doc, "{%p else %}")
    para(doc, "賃上げを行わないと記入されているため、表明文は要りません。", "本文")
    para(doc, "{%p endif %}")
    return doc


def _letter(doc: Any) -> None:
    """What the employees are given, on a page of its own."""
    para(doc, "賃上げ計画について", "改頁表題")
    para(doc, "{{ pledge.when }}", "右寄せ")
    para(doc, "従業員各位", "手紙")
    para(doc, "{{ firm }}", "右寄せ")
    para(doc, "{{ pledge.leader }}", "右寄せ")
    para(
        doc,
        "{{ we }}は、{{ programme }}（{{ frame }}）の申請にあたり、次のとおり賃上げの計画を立てたので、ここに表明する。",
        "本文",
    )
    para(doc, "記", "事業名")
    para(doc, "１　給与支給総額の計画", "Heading 1")
    components.grid(
        doc,
        (48, 46, 30, 44),
        ("年度", "給与支給総額", "従業員数（人）", "1人当たり"),
        "row",
        "pledge.payroll",
        (
            label("{{ row.label }}", "表項目"),
            right("{{ row.value }}"),
            right("{{ row.heads }}"),
            right("{{ row.each }}"),
        ),
    )
    para(doc, "3年間の{{ pledge.growth }}（0.1%未満切り捨て）", "手紙")
    para(doc, "２　事業場内最低賃金", "Heading 1")
    components.pairs(doc, (60, 108), ("項目", "金額"), "pledge.floor")
    para(doc, "地域別最低賃金に対する賃上げ幅 {{ pledge.margin }}", "手紙")
    para(doc, "※　地域別最低賃金が改定されたときは、目標を改定後の額で計算し直します。", "注")
    para(doc, "３　表明の方法と、表明を受けた者", "Heading 1")
    para(doc, "方法: {{ pledge.how }}　　日付: {{ pledge.when }}", "手紙")
    components.grid(
        doc,
        (54, 54, 34, 26),
        ("区分", "氏名", "署名", "注意"),
        "row",
        "pledge.persons",
        (label("{{ row.label }}", "表項目"), Cell("{{ row.name }}"), Cell(""), Cell("{{ row.note }}", "表小")),
    )
    para(doc, "以上", "右寄せ")


def cash_draft() -> Any:
    """資金繰り表: the subsidy is paid afterwards, so the whole price must be at hand first."""
    doc = components.opening("資金繰り表（後払い）")
    para(doc, "※　補助金は後払いです。支払総額（税込）を先に支払い、実績報告の確定の後に補助金が入ります。", "注")
    para(doc, "※　発注・契約・支払は交付決定の後に行います。交付決定より前のものは補助の対象になりません。", "注")
    para(
        doc,
        "※　「未定」は、日付が記入されていないか、日程がまだ収録されていないものです。補助額は申請どおり交付されると見込んだ額です。",
        "注",
    )
    para(doc, "１　必要な資金", "Heading 1")
    components.pairs(doc, (60, 38, 70), ("項目", "金額", "説明"), "funds", note=True)
    para(doc, "２　月別の資金繰り（円、税込）", "Heading 1")
    note = "※　収支の累計は支払から補助金の入金までが最も低く、用意する資金は最大 {{ peak }}です。"
    para(doc, note, "注").paragraph_format.keep_with_next = True
    components.grid(
        doc,
        (30, 56, 27, 27, 28),
        ("時期", "できごと", "支出", "収入", "収支の累計"),
        "row",
        "months",
        (
            Cell("{{ row.when }}"),
            Cell("{{ row.what }}"),
            right("{{ row.out }}"),
            right("{{ row.income }}"),
            right("{{ row.balance }}"),
        ),
        keep=True,
    )
    para(doc, "３　日程", "Heading 1")
    para(doc, "{%p if origin %}")
    para(doc, "※　{{ origin }}", "注")
    para(doc, "{%p endif %}")
    components.grid(
        doc,
        (44, 58, 66),
        ("手続き", "日", "説明"),
        "row",
        "schedule",
        (label("{{ row.label }}", "表項目"), Cell("{{ row.value }}"), Cell("{{ row.note }}", "表小")),
    )
    return doc
