"""The styles of the drafts. Each names its font in all four slots, so that Word never falls back to a theme font."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

BODY, HEAD = "游明朝", "游ゴシック"
TABLE = "ShinseiTable"
# name, based on, font, pt, paragraph properties (order of the schema), run properties
STYLES = (
    (
        "本文",
        BODY,
        10.5,
        '<w:spacing w:after="60"/><w:ind w:firstLine="210" w:firstLineChars="100"/><w:jc w:val="both"/>',
        "",
    ),
    ("表題", HEAD, 15, '<w:spacing w:before="60" w:after="60"/><w:jc w:val="center"/>', "<w:b/>"),
    ("副題", HEAD, 10.5, '<w:spacing w:after="160"/><w:jc w:val="center"/>', ""),
    ("事業名", BODY, 10.5, '<w:jc w:val="center"/>', ""),
    ("担当", BODY, 9, '<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:after="40"/>', ""),
    (
        "注",
        BODY,
        9,
        '<w:snapToGrid w:val="0"/><w:spacing w:after="50"/><w:ind w:left="190" w:hanging="190"/><w:jc w:val="both"/>',
        "",
    ),
    ("誤り", HEAD, 10, '<w:keepNext/><w:spacing w:before="60" w:after="60"/>', '<w:b/><w:color w:val="C00000"/>'),
    (
        "導き",
        BODY,
        10.5,
        '<w:keepNext/><w:keepLines/><w:spacing w:after="60"/><w:ind w:firstLine="210" w:firstLineChars="100"/>'
        '<w:jc w:val="both"/>',
        "",
    ),
    (
        "記入",
        BODY,
        10.5,
        '<w:keepLines/><w:pBdr><w:left w:val="single" w:sz="12" w:space="6" w:color="7F7F7F"/></w:pBdr>'
        '<w:spacing w:before="40" w:after="120"/><w:ind w:left="210"/>',
        "",
    ),
    ("手紙", BODY, 10.5, '<w:spacing w:before="60" w:after="60"/>', ""),
    ("判定", HEAD, 10, '<w:keepNext/><w:spacing w:before="40" w:after="60"/>', "<w:b/>"),
    ("列挙", BODY, 9.5, '<w:snapToGrid w:val="0"/><w:ind w:left="700" w:hanging="190"/>', ""),
    ("改頁表題", HEAD, 15, '<w:pageBreakBefore/><w:spacing w:after="160"/><w:jc w:val="center"/>', "<w:b/>"),
    ("右寄せ", BODY, 10.5, '<w:jc w:val="right"/>', ""),
    ("間隔", BODY, 6, '<w:spacing w:line="120" w:lineRule="exact"/>', ""),
    ("足注", BODY, 8, '<w:snapToGrid w:val="0"/><w:jc w:val="right"/>', '<w:color w:val="595959"/>'),
    ("表", BODY, 9.5, '<w:snapToGrid w:val="0"/>', ""),
    ("表小", BODY, 8.5, '<w:snapToGrid w:val="0"/>', ""),
    ("表中央", BODY, 9.5, '<w:snapToGrid w:val="0"/><w:jc w:val="center"/>', ""),
    ("表金額", BODY, 9.5, '<w:snapToGrid w:val="0"/><w:jc w:val="right"/>', ""),
    ("表単位", BODY, 8.5, '<w:snapToGrid w:val="0"/><w:jc w:val="right"/>', ""),
    ("表強調", HEAD, 10, '<w:snapToGrid w:val="0"/><w:jc w:val="right"/>', "<w:b/>"),
    ("表ラベル", HEAD, 9, '<w:snapToGrid w:val="0"/><w:jc w:val="distribute"/>', ""),
    ("表項目", HEAD, 9, '<w:snapToGrid w:val="0"/>', ""),
    ("表見出し", HEAD, 9, '<w:keepNext/><w:snapToGrid w:val="0"/><w:jc w:val="center"/>', ""),
)
KEPT = ("Normal", "Heading1", "Heading2", "Header", "Footer", "DefaultParagraphFont", "TableNormal", "NoList")


def fonts(name: str) -> str:
    """All four slots of a run's font."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}" w:hint="eastAsia"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def apply(doc: Any) -> None:
    """Only our styles, in our fonts, in a document."""
    root = doc.styles.element
    for style in list(root.findall(qn("w:style"))):
        if style.get(qn("w:styleId")) not in KEPT:
            root.remove(style)
    _defaults(root)
    for name, properties in (
        ("Normal", ("", "", "")),
        ("Heading1", (HEAD, 12, '<w:keepNext/><w:spacing w:before="180" w:after="80"/><w:outlineLvl w:val="0"/>')),
        ("Heading2", (HEAD, 10.5, '<w:keepNext/><w:spacing w:before="120" w:after="60"/><w:outlineLvl w:val="1"/>')),
        ("Header", (BODY, 8.5, '<w:snapToGrid w:val="0"/><w:jc w:val="right"/>')),
        ("Footer", (BODY, 9, '<w:snapToGrid w:val="0"/><w:jc w:val="center"/>')),
    ):
        _restyle(root, name, *properties)
    for number, (name, font, points, ppr, rpr) in enumerate(STYLES, 1):
        root.append(
            parse_xml(
                f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="Draft{number}">'
                f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{ppr}</w:pPr>'
                f"<w:rPr>{fonts(font)}{rpr}{_size(points)}</w:rPr></w:style>"
            )
        )
    root.append(_table_style())


def dress(doc: Any, body: str, head: str) -> None:
    """Other fonts for body and headings."""
    named = {BODY: body, HEAD: head}
    for fonts_of in doc.styles.element.iter(qn("w:rFonts")):
        for slot, font in fonts_of.attrib.items():
            fonts_of.set(slot, named.get(font, font))


def _defaults(root: Any) -> None:
    old = root.find(qn("w:docDefaults"))
    root.replace(
        old,
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{fonts(BODY)}{_size(10.5)}"
            '<w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
            "</w:docDefaults>"
        ),
    )


def _restyle(root: Any, style_id: str, font: str, points: Any, ppr: str) -> None:
    """One of Word's own styles in our fonts (their theme fonts and colours go)."""
    style = next(s for s in root.findall(qn("w:style")) if s.get(qn("w:styleId")) == style_id)
    for tag in ("w:pPr", "w:rPr", "w:link", "w:next"):
        if (old := style.find(qn(tag))) is not None:
            style.remove(old)
    if font:
        bold = "<w:b/>" if style_id.startswith("Heading") else ""
        style.append(parse_xml(f"<w:pPr {nsdecls('w')}>{ppr}</w:pPr>"))
        style.append(parse_xml(f"<w:rPr {nsdecls('w')}>{fonts(font)}{bold}{_size(points)}</w:rPr>"))


def _table_style() -> Any:
    """Frame 1 pt, rules 0.5 pt, padding 1 mm above and 1.7 mm beside."""
    frame = "".join(
        f'<w:{side} w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right")
    )
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in ("insideH", "insideV")
    )
    pads = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 45), ("left", 96), ("bottom", 45), ("right", 96))
    )
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE}"><w:name w:val="申請書類の表"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{frame}{rules}</w:tblBorders>'
        f"<w:tblCellMar>{pads}</w:tblCellMar></w:tblPr></w:style>"
    )
