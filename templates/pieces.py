"""The parts that the drafts are built from: the first page, and one table for each kind of content."""

from __future__ import annotations

from typing import Any

from templates import paper
from templates.paper import para
from templates.tables import Cell, P, label, right, table

TODO = "【要記入】"
QUANTITY = Cell(
    (
        P("{{ line.quantity }}", "表金額"),
        P("{%p if line.unit %}"),
        P("{{ line.unit }}", "表単位"),
        P("{%p endif %}"),
    )
)  # a unit that is too long for the number's line stands below it


def opening(title: str) -> Any:
    """Titles, the applicant, who made and who checks it, and the errors."""
    doc = paper.sheet()
    paper.header(doc, "【{{ draft.mark }}】{{ draft.title }}（作成: {{ role }}）　／　{{ firm }}")
    paper.footer(doc, "規則の版 {{ edition }}　入力 sha256: {{ input_hash }}")
    para(doc, "{{ programme }}　{{ frame }}", "事業名")
    para(doc, title, "表題")
    para(doc, "{{ draft.subtitle }}", "副題")
    table(
        doc,
        (24, 60, 26, 58),
        (
            (label("事業者名"), Cell("{{ firm }}"), label("申請日"), signed("application_date")),
            (label("件名"), Cell("{{ subject }}"), label("作成者の立場"), signed("role")),
            (label("作成者"), signed("author"), label("確認者"), signed("reviewer")),
            (label("作成日"), Cell("令和　　年　　月　　日"), label("確認日"), Cell("令和　　年　　月　　日")),
        ),
    )
    para(doc, "※　この枠に公式の Word 様式はありません。この下書きも、提出する書類ではありません。", "注")
    para(doc, "{%p for note in draft.notes %}")
    para(doc, "※　{{ note }}", "注")
    para(doc, "{%p endfor %}")
    para(doc, "{%p if errors %}")
    para(doc, "誤りが {{ errors | length }} 件あります。直すまで、金額又は申請の内容は正しくありません。", "誤り")
    table(
        doc,
        (34, 104, 30),
        (
            [label(text, "表見出し") for text in ("誤り", "内容", "セル")],
            "{%tr for f in errors %}",
            (coded("f"), Cell("{{ f.message }}"), Cell("{{ f.cell }}", "表小")),
            "{%tr endfor %}",
        ),
        heads=1,
    )
    para(doc, "{%p endif %}")
    return doc


def value(name: str, missing: str) -> Cell:
    """A value, or what is still owed."""
    return Cell(
        (
            P(f"{{%p if {missing} %}}"),
            P(TODO, mark=True),
            P("{%p else %}"),
            P(f"{{{{ {name}.value }}}}"),
            P("{%p endif %}"),
        )
    )


def coded(name: str) -> Cell:
    """A finding's title, its code small below."""
    title, code = (f"{{{{ {name}.{part} }}}}" for part in ("title", "code"))
    return Cell((P(f"{{%p if {name}.title %}}"), P(title), P("{%p endif %}"), P(code, "表小")))


def signed(name: str) -> Cell:
    """One of the four entries that stand in every draft, but are owed in the first only."""
    return value(f"sign.{name}", f"sign.{name}.missing and draft.main")


def fields(doc: Any) -> None:
    """The fields of one block."""
    table(
        doc,
        (44, 76, 48),
        (
            [label(text, "表見出し") for text in ("項目", "入力する内容", "字数・注意")],
            "{%tr for f in block.entries %}",
            (label("{{ f.label }}", "表項目"), value("f", "f.missing"), Cell("{{ f.note }}", "表小")),
            "{%tr endfor %}",
        ),
        heads=1,
    )


def tool(doc: Any) -> None:
    """What the vendor types of tools and amounts."""
    heads = ("番号", "品名（ツール）", "カテゴリー", "契約", "数量", "単価", "値引", "金額")
    table(
        doc,
        (10, 38, 31, 15, 19, 19, 17, 19),
        (
            [label(text, "表見出し") for text in heads],
            "{%tr for line in lines %}",
            (
                Cell("{{ line.number }}", "表中央"),
                Cell(
                    (
                        P("{{ line.item }}"),
                        P("{%p if line.tool %}"),
                        P("（{{ line.tool }}）", "表小"),
                        P("{%p endif %}"),
                    )
                ),
                Cell("{{ line.category }}", "表小"),
                Cell("{{ line.terms }}", "表小"),
                QUANTITY,
                right("{{ line.price }}"),
                right("{{ line.discount }}"),
                right("{{ line.amount }}"),
            ),
            "{%tr endfor %}",
        ),
        heads=1,
    )
    para(doc, "※　単価・値引・金額は円、税抜です。読みやすいようコンマを入れています（入力はコンマなし）。", "注")
    amounts(doc)


def amounts(doc: Any) -> None:
    """The five totals."""
    table(
        doc,
        (40, 62, 66),
        (
            [label(text, "表見出し") for text in ("項目", "金額", "説明")],
            "{%tr for row in amounts %}",
            (label("{{ row.label }}", "表項目"), Cell("{{ row.value }}", "表強調"), Cell("{{ row.note }}", "表小")),
            "{%tr endfor %}",
        ),
        heads=1,
    )


def calculation(doc: Any) -> None:
    """The premises and every step with its place in the text."""
    table(
        doc,
        (118, 50),
        (
            [label(text, "表見出し") for text in ("前提", "値")],
            "{%tr for row in premises %}",
            (label("{{ row.label }}", "表項目"), right("{{ row.value }}")),
            "{%tr endfor %}",
        ),
        heads=1,
    )
    table(
        doc,
        (10, 72, 24, 62),
        (
            [label(text, "表見出し") for text in ("順", "計算", "円", "出典")],
            "{%tr for step in steps %}",
            (
                Cell("{{ step.number }}", "表中央"),
                Cell("{{ step.label }}"),
                right("{{ step.value }}"),
                Cell("{{ step.source }}", "表小"),
            ),
            "{%tr endfor %}",
        ),
        heads=1,
    )


def tools(doc: Any) -> None:
    table(
        doc,
        (70, 98),
        (
            [label(text, "表見出し") for text in ("ソフトウェア", "機能（会計・受発注・決済）")],
            "{%tr for row in software %}",
            (Cell("{{ row.item }}"), Cell("{{ row.functions }}")),
            "{%tr endfor %}",
        ),
        heads=1,
    )
    para(doc, "{%p if hardware %}")
    table(
        doc,
        (60, 40, 68),
        (
            [
                label(text, "表見出し")
                for text in ("ハードウェア", "使うソフトウェア", "ソフトウェアの使用に資する理由")
            ],
            "{%tr for row in hardware %}",
            (Cell("{{ row.item }}"), Cell("{{ row.tool }}"), Cell("{{ row.use }}")),
            "{%tr endfor %}",
        ),
        heads=1,
    )
    para(doc, "{%p if hardware_use %}")
    para(doc, "ハードウェアの用途（全体）: {{ hardware_use }}", "表")
    para(doc, "{%p endif %}")
    para(doc, "{%p endif %}")


def findings(doc: Any) -> None:
    para(doc, "{%p if findings %}")
    table(
        doc,
        (18, 32, 60, 20, 38),
        (
            [label(text, "表見出し") for text in ("重さ", "指摘", "内容", "セル", "出典")],
            "{%tr for f in findings %}",
            (
                Cell("{{ f.level }}", "表中央"),
                coded("f"),
                Cell("{{ f.message }}"),
                Cell("{{ f.cell }}", "表小"),
                Cell("{{ f.source }}", "表小"),
            ),
            "{%tr endfor %}",
        ),
        heads=1,
    )
    para(doc, "{%p else %}")
    para(doc, "指摘事項はありません。")
    para(doc, "{%p endif %}")


def lines(doc: Any) -> None:
    heads = (
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
    table(
        doc,
        (11, 42, 33, 12, 11, 19, 20, 18, 22, 22, 18, 27),
        (
            [label(text, "表見出し") for text in heads],
            "{%tr for line in lines %}",
            (
                Cell("{{ line.number }}", "表中央"),
                Cell(
                    (
                        P("{{ line.item }}"),
                        P("{%p if line.tool %}"),
                        P("（{{ line.tool }}）", "表小"),
                        P("{%p endif %}"),
                    )
                ),
                Cell("{{ line.category }}", "表小"),
                Cell("{{ line.contract }}", "表中央"),
                right("{{ line.months }}"),
                QUANTITY,
                right("{{ line.price }}"),
                right("{{ line.discount }}"),
                right("{{ line.amount }}"),
                right("{{ line.eligible }}"),
                right("{{ line.cut }}"),
                Cell("{{ line.reason }}", "表小"),
            ),
            "{%tr endfor %}",
            (
                label("合計", "表見出し", span=8),
                Cell("{{ sums.amount }}", "表金額"),
                Cell("{{ sums.eligible }}", "表金額"),
                Cell("{{ sums.cut }}", "表金額"),
                Cell(""),
            ),
        ),
        heads=1,
    )
    para(doc, "※　金額は、値引を引いた後の額です。月額は1か月、年額は1年の単価です。", "注")


def sources(doc: Any, number: str, name: str) -> None:
    """What 資料1, 資料2 … stand for."""
    para(doc, f"{{%p if {name} %}}")
    para(doc, f"{number}　出典", "Heading 1")
    para(doc, f"{{%p for s in {name} %}}")
    para(doc, "{{ s.mark }}　{{ s.title }}", "注")
    para(doc, "{%p endfor %}")
    para(doc, "{%p endif %}")


def documents(doc: Any, name: str) -> None:
    para(doc, f"{{%p if {name} %}}")
    table(
        doc,
        (11, 52, 65, 40),
        (
            [label(text, "表見出し") for text in ("確認", "書類", "条件・期限", "出典")],
            f"{{%tr for d in {name} %}}",
            (
                Cell("☐", "表中央"),
                Cell("{{ d.name }}"),
                Cell((P("{{ d.terms }}"), P("{%p if d.period %}"), P("{{ d.period }}"), P("{%p endif %}"))),
                Cell("{{ d.source }}", "表小"),
            ),
            "{%tr endfor %}",
        ),
        heads=1,
    )
    para(doc, "{%p else %}")
    para(doc, "該当する書類はありません。")
    para(doc, "{%p endif %}")
