"""The tables of the common drafts: tools and amounts, the calculation, lines, members, findings, documents."""

from __future__ import annotations

from typing import Any

from templates.content_controls import READY, STATES
from templates.design import controls
from templates.design.components import coded, grid, pairs
from templates.design.page_setup import para
from templates.design.tables import Cell, P, label, right

QUANTITY = Cell(
    (
        P("{{ line.quantity }}", "表金額"),
        P("{%p if line.unit %}"),
        P("{{ line.unit }}", "表単位"),
        P("{%p endif %}"),
    )
)  # a unit that is too long for the number's line stands below it
ITEM = Cell((P("{{ line.item }}"), P("{%p if line.tool %}"), P("（{{ line.tool }}）", "表小"), P("{%p endif %}")))
NUMBER = Cell("{{ line.number }}", "表中央")


def tool(doc: Any) -> None:
    """What the vendor types of tools and amounts."""
    grid(
        doc,
        (10, 38, 31, 15, 19, 19, 17, 19),
        ("番号", "品名（ツール）", "カテゴリー", "契約", "数量", "単価", "値引", "金額"),
        "line",
        "lines",
        (
            NUMBER,
            ITEM,
            Cell("{{ line.category }}", "表小"),
            Cell("{{ line.terms }}", "表小"),
            QUANTITY,
            right("{{ line.price }}"),
            right("{{ line.discount }}"),
            right("{{ line.amount }}"),
        ),
    )
    para(doc, "※　単価・値引・金額は円、税抜です。読みやすいようコンマを入れています（入力はコンマなし）。", "注")
    grid(
        doc,
        (40, 62, 66),
        ("項目", "金額", "説明"),
        "row",
        "amounts",
        (label("{{ row.label }}", "表項目"), Cell("{{ row.value }}", "表強調"), Cell("{{ row.note }}", "表小")),
    )


def calculation(doc: Any) -> None:
    """The premises and every step with its place in the text."""
    pairs(doc, (118, 50), ("前提", "値"), "premises")
    grid(
        doc,
        (10, 72, 24, 62),
        ("順", "計算", "円", "出典"),
        "step",
        "steps",
        (
            Cell("{{ step.number }}", "表中央"),
            Cell("{{ step.label }}"),
            right("{{ step.value }}"),
            Cell("{{ step.source }}", "表小"),
        ),
    )


def tools(doc: Any) -> None:
    """Which software does what; which software each device serves."""
    grid(
        doc,
        (62, 58, 48),
        ("ソフトウェア", "機能（会計・受発注・決済）", "プロセス"),
        "row",
        "software",
        (Cell("{{ row.item }}"), Cell("{{ row.functions }}"), Cell("{{ row.processes }}", "表小")),
    )
    para(doc, "{%p if hardware %}")
    para(doc, "ハードウェアの用途", "Heading 2")
    grid(
        doc,
        (60, 40, 68),
        ("ハードウェア", "使うソフトウェア", "ソフトウェアの使用に資する理由"),
        "row",
        "hardware",
        (Cell("{{ row.item }}"), Cell("{{ row.tool }}"), Cell("{{ row.use }}")),
    )
    para(doc, "{%p if hardware_use %}")
    para(doc, "ハードウェアの用途（全体）: {{ hardware_use }}", "表")
    para(doc, "{%p endif %}")
    para(doc, "{%p endif %}")


def findings(doc: Any) -> None:
    """What is wrong or doubtful."""
    para(doc, "{%p if findings %}")
    grid(
        doc,
        (18, 32, 60, 20, 38),
        ("重さ", "指摘", "内容", "セル", "出典"),
        "f",
        "findings",
        (
            Cell("{{ f.level }}", "表中央"),
            coded("f"),
            Cell("{{ f.message }}"),
            Cell("{{ f.cell }}", "表小"),
            Cell("{{ f.source }}", "表小"),
        ),
    )
    para(doc, "{%p else %}")
    para(doc, "指摘事項はありません。")
    para(doc, "{%p endif %}")


LINES = (
    "番号",
    "品名（ツール）",
    "カテゴリー",
    "契約",
    "月数",
    "数量",
    "単価",
    "値引",
    "金額",
    "対象経費",
    "減額",
    "理由・備考",
)


def lines(doc: Any) -> None:
    """Every line of the quote with what counts of it; lies across."""
    grid(
        doc,
        (11, 42, 33, 12, 11, 19, 20, 18, 22, 22, 18, 27),
        LINES,
        "line",
        "lines",
        (
            NUMBER,
            ITEM,
            Cell("{{ line.category }}", "表小"),
            Cell("{{ line.contract }}", "表中央"),
            right("{{ line.months }}"),
            QUANTITY,
            *(right(f"{{{{ line.{name} }}}}") for name in ("price", "discount", *SUMS)),
            Cell("{{ line.reason }}", "表小"),
        ),
        last=[(label("合計", "表見出し", span=8), *(right(f"{{{{ sums.{n} }}}}") for n in SUMS), Cell(""))],
    )
    para(doc, "※　金額は、値引を引いた後の額です。月額は1か月、年額は1年の単価です。", "注")
    para(doc, "{%p if apportioned %}")
    para(doc, "※　「対象経費」は按分の前の額です。{{ apportioned }}", "注")
    para(doc, "{%p endif %}")


SUMS = ("amount", "eligible", "cut")
MEMBERS = (
    "番号",
    "構成員",
    "法人番号",
    "規模",
    "機能",
    "ソフト等",
    "PC等",
    "レジ等",
    "①第1段",
    "②第2段",
    "PC等",
    "レジ等",
    "補助額",
)
COSTS = ("cost", "pc_cost", "register_cost")
PARTS = ("within", "beyond", "pc_part", "register_part", "subsidy")


def members(doc: Any) -> None:
    """Every member with its costs and its part of the subsidy; lies across."""
    grouped = [label(text, "表見出し", span) for text, span in (("構成員", 5), ("補助対象経費", 3), ("申請可能額", 5))]
    whole = (label("合計", "表見出し", span=5), *(right(f"{{{{ member_sums.{name} }}}}") for name in (*COSTS, *PARTS)))
    grid(
        doc,
        (10, 37, 27, 15, 10, 21, 19, 19, 20, 20, 17, 17, 23),
        MEMBERS,
        "m",
        "members",
        (
            Cell("{{ m.number }}", "表中央"),
            Cell("{{ m.name }}", "表小"),
            Cell("{{ m.corporate_number }}", "表小"),
            Cell("{{ m.size }}", "表中央"),
            Cell("{{ m.functions }}", "表中央"),
            *(right(f"{{{{ m.{name} }}}}") for name in (*COSTS, *PARTS)),
        ),
        above=[grouped],
        last=[whole],
    )


def totals(doc: Any) -> None:
    """(a), (b), (c) and all of a group."""
    para(
        doc,
        "※　円。合計の申請可能額は(a)+(b)の上限を当てた額、消費税は区分ごとに1円未満を切り捨てた額です（足し算と合わないことがあります）。",
        "注",
    ).paragraph_format.keep_with_next = True
    grid(
        doc,
        (40, 30, 28, 22, 26, 22),
        ("区分", "総事業費(税込)", "補助対象経費", "消費税", "申請可能額", "補助率"),
        "row",
        "group_totals",
        (
            label("{{ row.label }}", "表項目"),
            right("{{ row.gross }}"),
            right("{{ row.cost }}"),
            right("{{ row.tax }}"),
            right("{{ row.granted }}"),
            Cell("{{ row.rate }}", "表中央"),
        ),
        keep=True,
    )


def documents(doc: Any, name: str) -> None:
    """Documents to attach: a box to tick, a state to choose, a day to pick."""
    state = controls.choice(STATES, "状態")
    ready = controls.choice((READY, *(s for s in STATES if s != READY)), "状態")
    issued = controls.date("発行日", "発行日")
    waiting = (P(style="表小", control=state), P(style="表小", control=issued))
    para(doc, f"{{%p if {name} %}}")
    grid(
        doc,
        (11, 46, 55, 24, 32),
        ("確認", "書類", "条件・期限", "状態・発行日", "出典"),
        "d",
        name,
        (
            Cell((P(style="表中央", control=controls.checkbox("確認")),)),
            Cell("{{ d.name }}"),
            Cell((P("{{ d.terms }}", "表小"), P("{%p if d.period %}"), P("{{ d.period }}", "表小"), P("{%p endif %}"))),
            Cell(
                (P("{%p if d.young %}"), P(style="表小", control=ready), P("{%p else %}"), *waiting, P("{%p endif %}"))
            ),
            Cell("{{ d.source }}", "表小"),
        ),
    )
    para(doc, "{%p else %}")
    para(doc, "該当する書類はありません。")
    para(doc, "{%p endif %}")
