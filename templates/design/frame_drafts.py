"""The drafts that one frame has, as templates."""

from __future__ import annotations

from typing import Any

from templates.design import components, controls, draft_tables, page_setup
from templates.design.page_setup import para
from templates.design.tables import Cell, P, label, right, table


def normal_draft() -> Any:
    """通常枠: 課題 → プロセス → 機能 → 効果, 労働生産性, 最低賃金近傍."""
    doc = components.opening("課題・労働生産性計画")
    para(doc, "１　課題と解決の筋道", "Heading 1")
    components.stories(doc, "stories")
    para(doc, "２　課題 → プロセス → 機能 → 効果", "Heading 1")
    components.grid(
        doc,
        (34, 46, 42, 46),
        ("プロセス", "課題（月何時間）", "ツール・機能", "効果（現状値→目標値）"),
        "row",
        "chain",
        (
            Cell((P("{{ row.code }}", "表項目"), P("{{ row.name }}", "表小")), label=True),
            components.told("row"),
            Cell((P("{{ row.tool }}"), P("{{ row.functions }}", "表小"))),
            components.told("row", "effect_"),
        ),
    )
    para(doc, "※　別紙1の例のうち、このツールに登録されている機能だけを残します。", "注")
    _productivity(doc, "３")
    para(doc, "４　最低賃金近傍の事業者", "Heading 1")
    para(doc, "{{ near.label }}", "注")
    para(doc, "{%p if near.rows %}")
    components.grid(
        doc,
        (44, 32, 40, 26, 26),
        ("月", "全従業員数（人）", "境の額に満たない人数", "割合", "該当"),
        "row",
        "near.rows",
        (
            label("{{ row.month }}", "表項目"),
            right("{{ row.everyone }}"),
            right("{{ row.below }}"),
            right("{{ row.share }}"),
            Cell("{{ row.hit }}", "表中央"),
        ),
    )
    para(doc, "{%p endif %}")
    para(doc, "判定: {{ near.verdict }}", "判定")
    components.cited(doc, "５")
    return doc


def etrade_draft() -> Any:
    """電子取引類型: 按分計算書 and 取引先一覧."""
    doc = components.opening("取引先アカウント按分計算書")
    para(doc, "１　按分の計算", "Heading 1")
    components.pairs(doc, (58, 56, 54), ("項目", "値", "説明"), "shares", note=True)
    para(doc, "２　取引先アカウントの一覧", "Heading 1")
    whole = (
        label("{{ partner_totals.firms }}（うち中小企業等 {{ partner_totals.smes }}）", "表見出し", span=4),
        right("{{ partner_totals.accounts }}"),
        right("{{ partner_totals.counted }}"),
        Cell("", span=2),
    )
    components.grid(
        doc,
        (11, 44, 29, 18, 20, 17, 12, 17),
        ("番号", "取引先", "法人番号", "中小企業等", "アカウント数", "按分の数", "同意書", "備考"),
        "p",
        "partners",
        (
            Cell("{{ p.number }}", "表中央"),
            Cell("{{ p.name }}"),
            Cell("{{ p.corporate_number }}", "表小"),
            Cell("{{ p.sme }}", "表中央"),
            right("{{ p.accounts }}"),
            right("{{ p.counted }}"),
            Cell("{{ p.consent }}", "表中央"),
            Cell("{{ p.note }}", "表小"),
        ),
        last=[whole],
    )
    para(doc, "{%p if partner_totals.open %}")
    para(doc, "※　同意書が未受領の中小企業等が {{ partner_totals.open }} 者あります。", "注")
    para(doc, "{%p endif %}")
    para(doc, "※　事務局指定の一覧には、組織形態・インボイス番号・資本金・従業員数・業種コードの欄もあります。", "注")
    para(doc, "３　課題と効果", "Heading 1")
    components.stories(doc, "stories")
    components.cited(doc, "４")
    return doc


def consent_draft() -> Any:
    """電子取引類型: one 取引先同意書 for each partner."""
    doc = components.opening("取引先同意書")
    para(doc, "※　次のページから、取引先ごとに1枚です。押印・署名の要否は取引先と決めます。", "注")
    page_setup.handed(doc)
    para(doc, "{%p for c in consents %}")
    page_setup.add(doc, P("取引先同意書"), "改頁表題")
    page_setup.add(doc, P(control=controls.date("令和　　年　　月　　日", "同意の日")), "右寄せ")
    para(doc, "{{ firm }}　御中", "手紙")
    para(doc, "取引先　{{ c.name }}", "右寄せ")
    para(doc, "法人番号　{{ c.corporate_number }}", "右寄せ")
    para(
        doc,
        "当方は、{{ you }}が{{ programme }}（{{ frame }}）に申請し、当方が受注側のアカウント {{ c.accounts }} 件を無償で利用することについて、"
        "次の事項を確認し、同意します。",
        "本文",
    )
    for text in (
        "{{ you }}の申請に、当方の名称・法人番号・アカウント数と、求められる証明書類を使うこと",
        "適格請求書発行事業者の登録を受けていること",
        "{{ you }}が申請する利用期間以上、当該アカウントを利用すること",
        "次のいずれにも当たらないこと",
    ):
        components.tick(doc, text)
    para(doc, "{%p for e in excluded %}")
    para(doc, "・{{ e.text }}", "列挙")
    para(doc, "{%p endfor %}")
    para(doc, "", "間隔")
    table(
        doc,
        (34, 134),
        (
            (label("登録番号"), Cell("T")),
            (label("所在地"), Cell("")),
            (label("代表者"), Cell("")),
            (label("担当者・連絡先"), Cell("")),
        ),
    )
    para(doc, "{%p endfor %}")
    return doc


def security_draft() -> Any:
    """セキュリティ: risk, service, period, effect."""
    doc = components.opening("セキュリティ対策計画")
    para(doc, "１　利用するサービス", "Heading 1")
    components.grid(
        doc,
        (52, 26, 18, 24, 24, 24),
        ("サービス", "リストの番号", "期間", "利用料（円）", "対象経費（円）", "備考"),
        "row",
        "services",
        (
            Cell("{{ row.item }}"),
            Cell("{{ row.number }}", "表中央"),
            Cell("{{ row.months }}", "表中央"),
            right("{{ row.amount }}"),
            right("{{ row.eligible }}"),
            Cell("{{ row.note }}", "表小"),
        ),
    )
    para(doc, "２　リスク・対策・効果", "Heading 1")
    components.stories(doc, "stories")
    _productivity(doc, "３")
    para(doc, "４　取引先一覧（仕入先・販売先・外注先）", "Heading 1")
    table(
        doc,
        (14, 94, 60),
        (components.headings(("番号", "取引先事業者名", "法人番号（個人は不要）")), *_blank(5)),
        heads=1,
    )
    para(doc, "※　事務局指定の様式に書き、PDFにして添付します。", "注")
    components.cited(doc, "５")
    return doc


def group_draft() -> Any:
    """複数者連携: 事業計画書 under the five headings, roles, figures."""
    doc = components.opening("事業計画書")
    para(doc, "１　グループの概要", "Heading 1")
    table(
        doc,
        (34, 134),
        (
            (label("代表事業者"), Cell("{{ firm }}")),
            (label("グループの名"), components.value("named[0]", called="グループの名")),
            (label("構成員数"), Cell("{{ member_count }}者")),
        ),
    )
    para(doc, "※　{{ leading }}。", "注")
    para(doc, "２　計画", "Heading 1")
    components.stories(doc, "stories")
    para(doc, "３　役割分担", "Heading 1")
    components.grid(
        doc,
        (14, 58, 22, 74),
        ("番号", "構成員", "(b) 導入", "役割"),
        "row",
        "roles",
        (
            Cell("{{ row.number }}", "表中央"),
            Cell("{{ row.name }}"),
            Cell("{{ row.analysis }}", "表中央"),
            components.value("row", called="役割"),
        ),
    )
    para(doc, "４　経費と補助額", "Heading 1")
    draft_tables.totals(doc)
    _productivity(doc, "５", years=2)
    para(
        doc,
        "※　表はシート「計画」の値。構成員ごとに求めて、グループでまとめます。2025年の公募要領は要件（2-2-1(5)(オ)二）で幾何平均、効果報告（6-3②③）と計算様式で単純平均です。",
        "注",
    )
    components.cited(doc, "６")
    return doc


def reason_draft() -> Any:
    """複数者連携: 選定理由書 of the IT提供事業者 and of the 外部専門家."""
    doc = components.opening("選定理由書")
    para(doc, "１　IT提供事業者の導入実績・選定理由", "Heading 1")
    _who(doc, "vendor", "法人名")
    components.stories(doc, "reasons")
    para(doc, "２　外部専門家の経歴・選定理由", "Heading 1")
    para(doc, "{%p if expert %}")
    _who(doc, "expert", "氏名・名称")
    components.stories(doc, "expert_reasons")
    para(doc, "{%p else %}")
    para(doc, "外部専門家の記入はありません（いなければ提出は要りません）。", "本文")
    para(doc, "{%p endif %}")
    components.cited(doc, "３")
    return doc


def figures_draft() -> Any:
    """複数者連携: the figures that go into 様式5～8."""
    doc = components.opening("構成員別の経費と補助額")
    para(doc, "１　事業全体経費（様式8に写す数値）", "Heading 1")
    draft_tables.totals(doc)
    para(doc, "２　消費動向等分析経費とその他経費（様式6・7に写す数値）", "Heading 1")
    components.pairs(doc, (112, 56), ("項目", "値"), "group_steps", keep=True)
    para(doc, "※　小規模事業者の①の区切りは、計算様式により1円少なく出ることがあります。", "注")
    page_setup.landscape(doc)
    para(doc, "別紙　基盤導入経費（様式5に写す数値。円、税抜）", "Heading 1")
    draft_tables.members(doc)
    para(doc, "※　①はソフトウェア等の補助額のうち第1段（率の高い部分）、②はそれを超える部分です。", "注")
    return doc


def _productivity(doc: Any, number: str, years: int = 3) -> None:
    """The years of 労働生産性: a column for each."""
    para(doc, f"{number}　労働生産性（{years}年間の計画）", "Heading 1")
    para(doc, "{{ productivity.formula }}", "注")
    para(doc, "{{ productivity.target }}", "注")
    components.grid(
        doc,
        (44, *[124 / (years + 1)] * (years + 1)),
        ("項目", *(f"{{{{ productivity.heads[{n}] }}}}" for n in range(years + 1))),
        "row",
        "productivity.rows",
        [label("{{ row.label }}", "表項目"), *(right(f"{{{{ row.values[{n}] }}}}") for n in range(years + 1))],
    )
    para(doc, "判定: {{ productivity.verdict }}", "判定")
    para(doc, "{%p if productivity.doubt %}")
    para(doc, "※　{{ productivity.doubt }}", "注")
    para(doc, "{%p endif %}")
    para(doc, "※　円・人・時間。労働生産性は1円未満を切り捨てて表示し、伸びは切り捨てる前の値から求めます。", "注")


def _who(doc: Any, name: str, called: str) -> None:
    """The head of one 選定理由書."""
    table(
        doc,
        (44, 124),
        (
            (label(called, "表項目"), Cell(f"{{{{ {name} }}}}")),
            (label("法人番号", "表項目"), Cell(f"{{{{ {name}_number }}}}")),
            f"{{%tr for row in {name}_head %}}",
            (label("{{ row.label }}", "表項目"), components.value("row")),
            "{%tr endfor %}",
        ),
    )


def _blank(count: int) -> list[list[Cell]]:
    return [[Cell(str(n), "表中央"), Cell(""), Cell("")] for n in range(1, count + 1)]
