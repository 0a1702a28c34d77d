"""Tables whose widths agree in grid, cells and total, so that Word and LibreOffice draw them alike."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from templates.design import styles

GREY = "F2F2F2"
AMOUNT = "表金額"  # the style of an amount
TWIPS = 56.6929  # per mm
WARNING = '<w:b/><w:color w:val="C00000"/><w:highlight w:val="yellow"/>'  # what a person must fill or shorten


@dataclass(frozen=True)
class P:
    """A paragraph: its text, then a control (controls.py), then the rest of its text, marked as too much."""

    text: str = ""
    style: str = "表"
    control: Any = None
    rest: str = ""
    before: bool = False  # the control stands before the text
    after: str = ""  # text behind the control


@dataclass(frozen=True)
class Cell:
    """A cell: its paragraphs, whether it is a label, and how many columns it spans."""

    content: str | Sequence[P]
    style: str = "表"
    label: bool = False
    span: int = 1


def label(text: str, style: str = "表ラベル", span: int = 1) -> Cell:
    """A label on grey; 表ラベル spreads its letters over the cell (均等割付), 表見出し centres them."""
    return Cell(text, style, True, span)


def right(text: str, span: int = 1) -> Cell:
    """An amount."""
    return Cell(text, AMOUNT, span=span)


def table(
    doc: Any, widths: Sequence[float], rows: Sequence[Sequence[Cell] | str], heads: int = 0, keep: bool = False
) -> Any:
    """A table; a row given as text holds one template tag. The first `heads` rows repeat on every page.

    `keep`: a short table that stays on one page.
    """
    made = doc.add_table(0, len(widths))
    _frame(made, widths)
    for number, row in enumerate(rows):
        cells = [Cell(row, span=len(widths))] if isinstance(row, str) else row
        _row(made, widths, cells, repeat=number < heads)
    if keep:
        for properties in made._tbl.iter(qn("w:pPr")):
            properties.insert(1, OxmlElement("w:keepNext"))  # behind the style
    doc.add_paragraph(style="間隔")
    return made


def _twips(mm: float) -> int:
    return round(mm * TWIPS)


def _frame(made: Any, widths: Sequence[float]) -> None:
    properties = made._tbl.tblPr
    for child in list(properties):
        properties.remove(child)
    for xml in (
        f'<w:tblStyle {{0}} w:val="{styles.TABLE}"/>',
        f'<w:tblW {{0}} w:w="{sum(_twips(w) for w in widths)}" w:type="dxa"/>',
        '<w:tblLayout {0} w:type="fixed"/>',
    ):
        properties.append(parse_xml(xml.format(nsdecls("w"))))
    for column, width in zip(made._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(_twips(width)))


def _row(made: Any, widths: Sequence[float], cells: Sequence[Cell], repeat: bool) -> None:
    row = parse_xml(
        f'<w:tr {nsdecls("w")}><w:trPr><w:cantSplit/><w:trHeight w:val="370" w:hRule="atLeast"/>'
        f"{'<w:tblHeader/>' if repeat else ''}</w:trPr></w:tr>"
    )
    at = 0
    for cell in cells:
        row.append(_cell(made, cell, sum(_twips(w) for w in widths[at : at + cell.span])))
        at += cell.span
    made._tbl.append(row)


def _cell(made: Any, cell: Cell, width: int) -> Any:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    whole = "<w:noWrap/>" if cell.style == AMOUNT else ""  # the digits of an amount stay together
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{GREY}"/>' if cell.label else ""
    tc = parse_xml(
        f'<w:tc {nsdecls("w")}><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}{whole}'
        f'<w:vAlign w:val="center"/></w:tcPr></w:tc>'
    )
    content = [P(cell.content, cell.style)] if isinstance(cell.content, str) else cell.content
    for part in content:
        tc.append(_paragraph(made, part))
    return tc


def _paragraph(made: Any, part: P) -> Any:
    style = made.part.document.styles[part.style].style_id
    return paragraph(part, style)


def paragraph(part: P, style: str) -> Any:
    """A paragraph of its own, to be put somewhere."""
    p = OxmlElement("w:p")
    p.append(parse_xml(f'<w:pPr {nsdecls("w")}><w:pStyle w:val="{style}"/></w:pPr>'))
    run = [_run(part.text)] if part.text else []
    control = [deepcopy(part.control)] if part.control is not None else []
    rest = [_run(part.rest, WARNING)] if part.rest else []
    after = [_run(part.after)] if part.after else []
    for piece in (*control, *run, *rest) if part.before else (*run, *control, *after, *rest):
        p.append(piece)
    return p


def _run(text: str, look: str = "") -> Any:
    run = parse_xml(f"<w:r {nsdecls('w')}>{f'<w:rPr>{look}</w:rPr>' if look else ''}<w:t xml:space='preserve'/></w:r>")
    run[-1].text = text
    return run
