"""A template made ready once, and printed many times: docxtpl decides what its tags mean, its answer is kept.

What docxtpl does anew for every document although only the template decides it (mending the XML, compiling, writing the
parts without tags) is done once for each template and kept in memory. What depends on the words is left to docxtpl's
own functions. Nothing that a document changes is shared, so threads may print the same template at once.
"""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Template, TemplateError, UndefinedError, nodes
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from rules.refusal import Refusal
from templates import content_controls
from templates.engine import integrity
from templates.files.docx_guard import BadDocument, Document, parsed
from templates.lint import lint
from templates.lint.known_names import known
from templates.record import embedding, typed_answers
from templates.record.provenance import Provenance, seen
from templates.sandbox import GUARD, STEPS, Language, TooMuch, compiled, environment, faults, printed
from workbooks.files import zip_parts

DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
FOOTNOTES = "footnotes+xml"
BREAKS = re.compile("[\t\n\a\f]")  # what docxtpl turns into elements
# As docxtpl takes one: of XML that lxml wrote, where no attribute holds a > and no comment is
PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
LITERAL = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))  # how a template writes braces for a reader
LINT = "hojokin templates lint で確かめられます。"
KEPT = 32  # templates in memory


@dataclass(frozen=True)
class Page:
    """A part with tags, ready to print."""

    source: str  # as docxtpl mends it
    template: Template
    body: bool  # the main part: its body alone is printed, between head and tail
    head: str
    tail: str


@dataclass(frozen=True)
class Ready:
    """A template that was found harmless, with its parts as docxtpl would write them."""

    document: Document
    static: Mapping[str, bytes]  # every part in the order of the package; those with tags as they were
    room: Mapping[str, bytes]  # the same with room for a stamp
    pages: Mapping[str, Page]

    def parts(self, words: Mapping[str, Any], title: str = "", made_from: Provenance | None = None) -> dict[str, bytes]:
        """Every part of a document with these words, checked; with a stamp where it is known what it is made from."""
        budget = [STEPS]
        made = {part: self._printed(part, page, words, budget) for part, page in self.pages.items()}
        if made_from is None:
            return {**self.static, **made}
        whole = {**self.room, **made}
        of = self.document
        waiting = typed_answers.digests(whole[embedding.body(whole)])
        named = replace(
            made_from, template=of.name, template_digest=of.digest, text=embedding.text(whole), controls=waiting
        )
        return embedding.stamped(whole, title, seen(named, embedding.shown(whole)))

    def _printed(self, part: str, page: Page, words: Mapping[str, Any], budget: list[int]) -> bytes:
        try:
            xml = printed(page.template, words, budget)
        except (TemplateError, TooMuch, Refusal) as e:
            raise BadDocument(_why(self.document, page.source, words, e)) from e
        integrity.without_tags(self.document.name, xml)
        for written, read in LITERAL:
            xml = xml.replace(written, read)
        xml = _broken(xml).replace(GUARD, "")
        if page.body:
            return f"{page.head}{_body(xml)}{page.tail}".encode()
        data = f"{page.head}{content_controls.unmarked(xml)}{page.tail}".encode()
        integrity.sound(part, data)
        return data


_kept: dict[str, Ready] = {}
_lock = threading.Lock()


def ready(document: Document) -> Ready:
    """A template made ready, from memory where the same file was before."""
    with _lock:
        found = _kept.pop(document.digest, None)
    found = found or _made(document)
    with _lock:
        _kept[document.digest] = found  # the newest last
        while len(_kept) > KEPT:
            del _kept[next(iter(_kept))]
    return found


def refuse_flawed(document: Document) -> None:
    """Stops at a template that would not print what its author meant."""
    wrong = [flaw for flaw in lint.flaws(document) if flaw.level == lint.WRONG]
    if wrong:
        raise BadDocument(_flawed(document, wrong))


def _flawed(document: Document, wrong: Sequence[lint.Flaw]) -> str:
    more = f"ほか{len(wrong) - 1}件。" if len(wrong) > 1 else ""
    return f"テンプレート「{document.name}」に{wrong[0]}{more}{LINT}"


def _made(document: Document) -> Ready:
    refuse_flawed(document)
    template = DocxTemplate(io.BytesIO(document.fit or document.blob))
    template.init_docx()
    _bare(template)
    static = _saved(template)
    for part, data in static.items():
        integrity.sound(part, data)
    room = embedding.prepared(static)
    for parts in (static, room):
        integrity.connected(parts)
    language = environment()
    sources = _sources(template)
    pages = {part: _page(part, source, static, document, language) for part, source in sources.items()}
    return Ready(document, static, room, pages)


def _bare(template: Any) -> None:
    """Takes comments and instructions out: no reader sees them, and docxtpl's searches would take them for text."""
    for part in template.docx.part.package.parts:
        root = getattr(part, "element", None)
        if root is not None:
            etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
        elif part.content_type.endswith(FOOTNOTES) and (b"<!--" in part.blob or b"<?" in part.blob[5:]):
            part._blob = etree.tostring(parsed(part.blob), xml_declaration=True, encoding="UTF-8", standalone=True)


def _saved(template: Any) -> dict[str, bytes]:
    """The parts as docxtpl and python-docx write them; no property of a template holds a tag."""
    template.render_properties({}, environment())
    raw = io.BytesIO()
    template.docx.save(raw)
    return zip_parts.parts(raw)


def _sources(template: Any) -> dict[str, str]:
    """Part -> XML that Jinja can read, for the body, heads, feet and footnotes with tags, as docxtpl chooses them."""
    found = {template.docx.part.partname[1:]: template.get_xml()}
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        found |= {part.partname[1:]: template.get_part_xml(part) for _, part in template.get_headers_footers(uri)}
    for part in template.docx.part.package.parts:
        if part.content_type.endswith(FOOTNOTES):
            found[part.partname[1:]] = part.blob.decode("utf-8")
    return {part: template.patch_xml(xml) for part, xml in found.items()}


def _page(part: str, source: str, static: Mapping[str, bytes], document: Document, language: Language) -> Page:
    head, tail, body = DECLARATION, "", source.startswith("<w:body")
    if body:
        head, tail = _head(static[part]), "</w:document>"
    elif source.startswith("<?xml"):
        head = ""
    return Page(source, _template(source, document, language), body, head, tail)


def _head(data: bytes) -> str:
    """What stands before the body, which is a document's last child (templates/files/docx_structure.py)."""
    root = parsed(data)
    root[-1].clear()
    whole = etree.tostring(root, encoding="unicode")
    return DECLARATION + whole[: whole.rindex("<w:body")]  # lxml's own spelling, without comments or other bodies


def _template(source: str, document: Document, language: Language) -> Template:
    """What docxtpl made of a part, allowed once more as a whole: what is compiled is what was read."""
    try:
        tree: nodes.Template = language.parse(source)
        wrong = next(iter(faults(tree)), None)
        if wrong is None:
            return compiled(tree, language)
        why = f"{wrong[1]}。"
    except (TemplateError, SyntaxError, RecursionError, ValueError, MemoryError):
        why = "タグの組み合わせを読めません。if と endif、for と endfor の対応を確かめてください。"
    raise BadDocument(f"テンプレート「{document.name}」: {why}")


def _broken(xml: str) -> str:
    """Line breaks and tabs of values as Word's elements; docxtpl's own way, for the paragraphs that have any."""
    if not BREAKS.search(xml):
        return xml
    docxtpl: Any = DocxTemplate(io.BytesIO())
    return PARAGRAPH.sub(lambda m: docxtpl.resolve_listing(m[0]) if BREAKS.search(m[0]) else m[0], xml)


def _body(xml: str) -> str:
    """The body with docxtpl's repair of tables and numbering of pictures, without the names that its head declares."""
    integrity.whole(xml)  # before docxtpl, whose own parser would cut a broken body off in silence
    docxtpl: Any = DocxTemplate(io.BytesIO())
    docxtpl.docx_ids_index = 1000
    try:
        tree = docxtpl.fix_tables(xml)
    except (TypeError, ValueError, AttributeError):  # a grid that is missing or has no widths
        raise BadDocument("テンプレートの表に列の幅がありません。Word で開き、表の列の幅を決めてください。") from None
    docxtpl.fix_docpr_ids(tree)
    content_controls.named(tree)
    integrity.cells(tree)
    return re.sub(r"^<w:body[^>]*>", "<w:body>", etree.tostring(tree, encoding="unicode"))


def _why(document: Document, source: str, words: Mapping[str, Any], e: Exception) -> str:
    """What stopped the printing: the lint's sentence where it knows one."""
    if isinstance(e, Refusal):
        return _stopped(document.name, source, words, str(e))
    if not isinstance(e, UndefinedError):
        return _stopped(document.name, source, words, f"この値はそのように印字できません。{LINT}")
    wrong = [flaw for flaw in lint.flaws(document, known()) if flaw.level == lint.WRONG]
    meant = [flaw for flaw in wrong if str(e).removeprefix("「") in flaw.why]  # the lint names the whole path
    if meant:
        return _flawed(document, [*meant, *(flaw for flaw in wrong if flaw not in meant)])
    how = "ほかの枠か、ほかの見積の値です。{% if 名前 is defined %} で囲んでください。"
    return _stopped(document.name, source, words, f"この見積では{e}。{how}{LINT}")


def _stopped(name: str, source: str, words: Mapping[str, Any], said: str) -> str:
    """Where the printing stopped, by its paragraph: found by printing once more, each paragraph on its own line."""
    language = environment()
    lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", source.replace("\n", " ")).split("\n")
    try:
        printed(compiled(language.parse("\n".join(lines)), language), words, [STEPS])
    except Exception as again:
        number = _line(again)
        text = " ".join(re.sub(r"<[^>]+>", "", lines[number - 1]).split()) if number else ""
        where = f"「{text[: lint.SHOWN]}」" if text else "表"
        return f"テンプレート「{name}」の{where}で止まりました。{said}"
    raise AssertionError("printed at the second time")


def _line(e: Exception) -> int:
    """The line of a template in which an error arose; 0 where it cannot be told."""
    at, found = e.__traceback__, 0
    while at is not None:
        if at.tb_frame.f_code.co_filename == "<template>":
            found = at.tb_lineno
        at = at.tb_next
    return found
