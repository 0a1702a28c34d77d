"""The parts that every draft is built from: the first page, a value or its control, a text that leads, the sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from templates.content_controls import OWED
from templates.design import controls, page_setup
from templates.design.page_setup import para
from templates.design.tables import WARNING, Cell, P, label, right, table

Rows = Sequence[Sequence[Cell] | str]
SIGNED = {"application_date": "申請日", "role": "作成者の立場", "author": "作成者", "reviewer": "確認者"}


def opening(title: str) -> Any:
    """Titles, the applicant, who made and who checks it, and the errors."""
    doc = page_setup.sheet()
    page_setup.header(doc, "【{{ draft.mark }}】{{ draft.title }}（作成: {{ role }}）　／　{{ firm }}")
    page_setup.footer(doc, "規則の版 {{ edition }}　入力 sha256: {{ input_hash }}")
    para(doc, "{{ programme }}　{{ frame }}", "事業名")
    para(doc, title, "表題")
    para(doc, "{{ draft.subtitle }}", "副題")
    made, checked = (controls.date("令和　　年　　月　　日", name) for name in ("作成日", "確認日"))
    table(
        doc,
        (24, 60, 26, 58),
        (
            (label("事業者名"), Cell("{{ firm }}"), label("申請日"), signed("application_date")),
            (label("件名"), Cell("{{ subject }}"), label("作成者の立場"), signed("role")),
            (label("{{ draft.author }}"), signed("author"), label("{{ draft.reviewer }}"), signed("reviewer")),
            (label("作成日"), Cell((P(control=made),)), label("確認日"), Cell((P(control=checked),))),
            "{%tr if draft.seal %}",
            (label("{{ draft.seal }}"), Cell("", span=3)),
            "{%tr endif %}",
        ),
    )
    para(doc, "※　{{ draft.official }}", "注")
    para(doc, "{%p for note in draft.notes %}")
    para(doc, "※　{{ note }}", "注")
    para(doc, "{%p endfor %}")
    para(doc, "{%p if errors %}")
    para(doc, "誤りが {{ errors | length }} 件あります。直すまで、金額又は申請の内容は正しくありません。", "誤り")
    grid(
        doc,
        (34, 104, 30),
        ("誤り", "内容", "セル"),
        "f",
        "errors",
        (coded("f"), Cell("{{ f.message }}"), Cell("{{ f.cell }}", "表小")),
    )
    para(doc, "{%p endif %}")
    return doc


def grid(
    doc: Any,
    widths: Sequence[float],
    heads: Sequence[str],
    name: str,
    rows: str,
    cells: Sequence[Cell],
    keep: bool = False,
    above: Sequence[Sequence[Cell]] = (),
    last: Sequence[Sequence[Cell]] = (),
) -> Any:
    """A table with a head that repeats and one row for each item of a list; `keep`: all on one page."""
    each = (f"{{%tr for {name} in {rows} %}}", cells, "{%tr endfor %}")
    return table(doc, widths, (*above, headings(heads), *each, *last), heads=len(above) + 1, keep=keep)


def headings(texts: Sequence[str]) -> list[Cell]:
    """The row of titles of a table."""
    return [label(text, "表見出し") for text in texts]


def pairs(
    doc: Any, widths: Sequence[float], heads: Sequence[str], rows: str, note: bool = False, keep: bool = False
) -> Any:
    """A table of label and value, with a note where there is one."""
    cells = [label("{{ row.label }}", "表項目"), right("{{ row.value }}")]
    shown = [*cells, Cell("{{ row.note }}", "表小")] if note else cells
    return grid(doc, widths, heads, "row", rows, shown, keep)


def owed(name: str, called: str = OWED) -> list[P]:
    """The control of what is owed, of the kind that the words say."""
    made = [
        P(control=controls.owed(f"{{{{ {name}.ask }}}}", kind, WARNING, called)) for kind in ("date", "yesno", "text")
    ]
    date, yesno, text = made
    return [
        P(f'{{%p if {name}.control == "date" %}}'),
        date,
        P(f'{{%p elif {name}.control == "yesno" %}}'),
        yesno,
        P("{%p else %}"),
        text,
        P("{%p endif %}"),
    ]


def value(name: str, asks: str = "", called: str = OWED) -> Cell:
    """A value, or the control of what is still owed."""
    return _value(name, asks or f"{name}.ask", [], called)


def listed(name: str) -> Cell:
    """As `value`, with the choices to tick below the control."""
    box = P(
        "{% for choice in " + name + ".options %}",
        "表小",
        controls.checkbox("選択"),
        after="\u00a0{{ choice.text }}　{% endfor %}",
    )
    return _value(name, f"{name}.ask", [P(f"{{%p if {name}.options %}}"), box, P("{%p endif %}")])


def _value(name: str, asks: str, below: list[P], called: str = OWED) -> Cell:
    shown = P(f"{{{{ {name}.value }}}}", rest=f"{{{{ {name}.tail }}}}")
    return Cell((P(f"{{%p if {asks} %}}"), *owed(name, called), *below, P("{%p else %}"), shown, P("{%p endif %}")))


def signed(name: str) -> Cell:
    """One of the four entries that stand in every draft, but are owed in the first only."""
    return value(f"sign.{name}", f"sign.{name}.ask and draft.main", SIGNED[name])


def coded(name: str) -> Cell:
    """A finding's title, its code small below."""
    title, code = (f"{{{{ {name}.{part} }}}}" for part in ("title", "code"))
    return Cell((P(f"{{%p if {name}.title %}}"), P(title), P("{%p endif %}"), P(code, "表小")))


def prompt(ask: str) -> Any:
    """A control within a text that leads."""
    return controls.owed(f"{{{{ {ask} }}}}", "text", WARNING)


def stories(doc: Any, name: str, number: str = "") -> None:
    """Every heading of a list with what is known and what is asked for."""
    para(doc, f"{{%p for s in {name} %}}")
    para(doc, f"{number}{{{{ s.heading }}}}", "Heading 2")
    para(doc, "{%p if s.text %}")
    para(doc, "{{ s.text }}", "導き")
    para(doc, "{%p endif %}")
    para(doc, "{%p if s.ask %}")
    page_setup.add(doc, P(control=prompt("s.ask")), "記入")
    para(doc, "{%p else %}")
    para(doc, "{{ s.value }}", "記入")
    para(doc, "{%p endif %}")
    para(doc, "{%p endfor %}")


def told(name: str, part: str = "") -> Cell:
    """A text of the firm's, or the control that waits for it."""
    ask, value = f"{name}.{part}ask", f"{{{{ {name}.{part}value }}}}"
    return Cell((P(f"{{%p if {ask} %}}"), P(control=prompt(ask)), P("{%p else %}"), P(value), P("{%p endif %}")))


def tick(doc: Any, text: str) -> None:
    """A line with a box to tick."""
    page_setup.add(doc, P(f"　{text}", control=controls.checkbox("確認"), before=True))


def sources(doc: Any, number: str, name: str) -> None:
    """What 資料1, 資料2 … stand for."""
    para(doc, f"{{%p if {name} %}}")
    para(doc, f"{number}　出典".strip("　"), "Heading 1")
    para(doc, f"{{%p for s in {name} %}}")
    para(doc, "{{ s.mark }}　{{ s.title }}", "注").paragraph_format.keep_with_next = True
    para(doc, "{%p endfor %}")
    para(doc, "{%p endif %}")


def cited(doc: Any, number: str) -> None:
    """Where the headings of a frame's own draft come from."""
    para(doc, f"{number}　出典", "Heading 1")
    para(doc, "{%p for s in draft.sources %}")
    para(doc, "・{{ s.title }}", "注")
    para(doc, "{%p endfor %}")
