"""The paper of a careful office in python-docx: the page, its head and foot, and the bytes of a document."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from templates.content import documents
from templates.design import styles
from templates.design.tables import P, paragraph
from workbooks.files import zip_writer

EPOCH = datetime(2026, 1, 1)
UNUSED = ("stylesWithEffects", "customXml", "numbering", "thumbnail", "webSettings")


def sheet(fonts: str = "") -> Any:
    """An empty A4 document with the styles of these drafts; `fonts` names a pair of drafts.toml."""
    doc = Document()
    _drop_unused(doc)
    styles.apply(doc)
    styles.dress(doc, *documents.fonts(fonts))
    _settings(doc)
    _page(doc.sections[0])
    properties = doc.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.title = ""
    properties.created = properties.modified = EPOCH
    properties.language = "ja-JP"
    return doc


def landscape(doc: Any) -> None:
    """The pages from here on lie across."""
    section = doc.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)


def handed(doc: Any, when: str = "") -> None:
    """The pages from here on are handed to others: 下書き in small, no hash. `when`: only then do they exist."""
    old = doc.sections[0]
    section = doc.add_section(WD_SECTION.NEW_PAGE)
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    first = old.header.paragraphs[0].text
    head = section.header.paragraphs[0]
    head.style = doc.styles["Header"]
    head.add_run(f"{{% if {when} %}}下書き{{% else %}}{first}{{% endif %}}" if when else "下書き")
    section.footer.paragraphs[0].style = doc.styles["Footer"]


def para(doc: Any, text: str, style: str = "本文") -> Any:
    """One paragraph."""
    return doc.add_paragraph(text, style=style)


def add(doc: Any, part: P, style: str = "注") -> None:
    """One paragraph with a control in it."""
    made = paragraph(part, doc.styles[style].style_id)
    doc.element.body.insert(len(doc.element.body) - 1, made)  # before the section's own properties


def remark(doc: Any, runs: Sequence[Any], text: str) -> None:
    """A comment of Word on some text."""
    made = doc.add_comment(runs, text=text, author="計算", initials="計")
    made._comment_elm.set(qn("w:date"), f"{EPOCH:%Y-%m-%dT%H:%M:%SZ}")
    for root in (made._comment_elm, runs[0]._r.getparent()):
        for style in list(root.iter(qn("w:rStyle"))) + list(made._comment_elm.iter(qn("w:pStyle"))):
            style.getparent().remove(style)  # styles that these documents do not have


def header(doc: Any, text: str) -> None:
    """The head of every page."""
    head = doc.sections[0].header.paragraphs[0]
    head.style = doc.styles["Header"]
    head.add_run(text)


def footer(doc: Any, text: str) -> None:
    """The foot of every page: its number of all, and one small line."""
    foot = doc.sections[0].footer
    numbers = foot.paragraphs[0]
    numbers.style = doc.styles["Footer"]
    for part in ("－ ", "PAGE", " ／ ", "NUMPAGES", " －"):
        _field(numbers, part) if part.isalpha() else numbers.add_run(part)
    foot.add_paragraph(text, style="足注")


def saved(doc: Any) -> bytes:
    """The document's bytes, the same for the same content."""
    raw = io.BytesIO()
    doc.save(raw)
    return zip_writer.package(zip_writer.members(raw.getvalue()).values())


def _settings(doc: Any) -> None:
    """Compatibility mode 15, East Asian language, compressed punctuation; nothing of python-docx's own."""
    root = doc.settings.element
    for child in list(root):
        root.remove(child)
    for xml in (
        '<w:zoom {0} w:percent="100"/>',
        '<w:defaultTabStop {0} w:val="840"/>',
        '<w:characterSpacingControl {0} w:val="compressPunctuation"/>',
        '<w:compat {0}><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat>',
        '<w:themeFontLang {0} w:val="en-US" w:eastAsia="ja-JP"/>',
    ):
        root.append(parse_xml(xml.format(nsdecls("w"))))


def _drop_unused(doc: Any) -> None:
    """The parts of python-docx's own template that no draft needs (400 kB)."""
    for part in (doc.part, doc.part.package):
        for key, rel in list(part.rels.items()):
            if any(name in rel.reltype for name in UNUSED):
                del part.rels[key]


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.left_margin = section.right_margin = Mm(21)
    section.header_distance, section.footer_distance = Mm(12), Mm(10)
    grid = section._sectPr.find(qn("w:docGrid"))
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "360")


def _field(paragraph: Any, instruction: str) -> None:
    """A field, one run for each of its parts as Word writes it."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("t", "1"), ("end", "")):
        run = paragraph.add_run()._r
        if kind == "t":
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run.append(mark)
        else:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {text} "
            run.append(code)
