"""A compiled template printed, by Jinja alone: no docxtpl, python-docx or lxml, but for a table that needs repair.

Nothing that a document changes is shared, so threads may print the same template at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from jinja2 import Template, TemplateError, UndefinedError

from rules.refusal import Refusal
from templates import content_controls
from templates.engine import integrity
from templates.engine.compiled_template import DECLARATION, Compiled
from templates.files.docx_structure import BadDocument
from templates.record import embedding, typed_answers
from templates.record.provenance import Provenance, seen
from templates.sandbox import GUARD, STEPS, TooMuch, compiled, environment, faults, printed
from workbooks.files import zip_writer
from workbooks.files.zip_writer import Member

if TYPE_CHECKING:
    from templates.files.docx_guard import Document

LITERAL = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))  # how a template writes braces for a reader
PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>")  # these three as docxtpl takes them
RUN = re.compile(r"<w:r(?: [^>]*)?>.*?</w:r>", re.DOTALL)
TEXT = re.compile(r"<w:t(?: [^>]*)?>.*?</w:t>", re.DOTALL)
LOOK = re.compile(r"<w:rPr>.*?</w:rPr>")
BREAKS = re.compile("[\t\n]")
BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
EMPTY = (
    ('<w:t xml:space="preserve"></w:t>', '<w:t xml:space="preserve"/>'),
    ("<w:t></w:t>", "<w:t/>"),
    ("<w:r></w:r>", "<w:r/>"),
)
QUOTED = re.compile(r">[^<]*&#3[49];[^<]*")
PICTURE = re.compile(r'(<wp:docPr\b[^>]*?\bid=")[^"]*')
FIRST_PICTURE = 1_001  # as docxtpl counts them
UNREAD = "タグの組み合わせを読めません。if と endif、for と endfor の対応を確かめてください。"
LINT = "hojokin templates lint で確かめられます。"
SHOWN = 60  # letters of a paragraph


@dataclass(frozen=True)
class Ready:
    """A template that was found harmless, ready to print."""

    name: str
    digest: str
    pages: Mapping[str, tuple[str, Template]]
    static: Mapping[str, Member]
    room: Mapping[str, Member]
    document: Document | None = None  # a user's own, of which the lint can say what is wrong

    def parts(self, words: Mapping[str, Any], title: str = "", made_from: Provenance | None = None) -> dict[str, bytes]:
        """Every part of a document with these words, checked; with a stamp where it is known what it is made from."""
        budget = [STEPS]
        made = {part: self._printed(part, words, budget) for part in self.pages}
        kept = self.static if made_from is None else self.room
        whole = {part: m.data for part, m in kept.items()} | {part: data for part, (data, _) in made.items()}
        if made_from is None:
            return whole
        body = next(iter(made.values()))[1]
        shown = embedding.lines(body)
        named = replace(
            made_from, template=self.name, template_digest=self.digest,
            text=embedding.hashed(shown), controls=typed_answers.digests(body),
        )  # fmt: skip
        return embedding.stamped(whole, title, seen(named, shown))

    def packed(self, parts: Mapping[str, bytes]) -> bytes:
        """The file of what `parts` gave: what the template has itself is copied as it lies there."""
        return zip_writer.package(self._member(name, data) for name, data in parts.items())

    def _member(self, name: str, data: bytes) -> Member:
        known = self.room.get(name)
        return known if known and known.data is data else zip_writer.member(name, data)

    def _printed(self, part: str, words: Mapping[str, Any], budget: list[int]) -> tuple[bytes, Any]:
        source, template = self.pages[part]
        try:
            xml = printed(template, words, budget)
        except (TemplateError, TooMuch, Refusal) as e:
            raise BadDocument(self._why(source, e)) from e
        integrity.without_tags(self.name, xml)
        return _finished(xml, part == next(iter(self.pages)))

    def _why(self, source: str, e: Exception) -> str:
        """What stopped the printing: the lint's sentence where it knows one."""
        if isinstance(e, Refusal):
            said = str(e)
        elif isinstance(e, UndefinedError):
            if self.document is not None and (flawed := _meant(self.document, str(e))):
                return flawed
            how = "ほかの枠か、ほかの見積の値です。{% if 名前 is defined %} で囲んでください。"
            said = f"この見積では{e}。{how}{LINT}"
        else:
            said = f"この値はそのように印字できません。{LINT}"
        number = _line(e)
        text = " ".join(re.sub(r"<[^>]+>", "", source.split("\n")[number - 1]).split()) if number else ""
        where = f"「{text[:SHOWN]}」" if text else "表"
        return f"テンプレート「{self.name}」の{where}で止まりました。{said}"


def made(name: str, found: Compiled, blob: bytes, document: Document | None = None) -> Ready:
    """A compiled template and its own file (or what is mended of it), ready to print."""
    own, language = zip_writer.members(blob), environment()
    pages = dict[str, tuple[str, Template]]()
    for part, source in found.pages.items():
        try:
            tree = language.parse(source)
            why = next((said for _, said in faults(tree)), "")
        except (TemplateError, SyntaxError, RecursionError, ValueError, MemoryError):
            raise BadDocument(f"テンプレート「{name}」: {UNREAD}") from None
        if why:
            raise BadDocument(f"テンプレート「{name}」: {why}。")
        pages[part] = source, compiled(tree, language)

    def kept(parts: Mapping[str, str | None]) -> dict[str, Member]:
        return {p: own[p] if text is None else zip_writer.member(p, text.encode()) for p, text in parts.items()}

    return Ready(name, found.template, pages, kept(found.parts), kept(found.room), document)


def _finished(xml: str, body: bool) -> tuple[bytes, Any]:
    """A printed part as Word wants it, and its tree."""
    for written, meant in (("\n<w:p>", "<w:p>"), ("\n<w:p ", "<w:p "), *LITERAL):
        xml = xml.replace(written, meant)
    if BREAKS.search(xml):
        xml = "</w:p>".join(map(_paragraph, xml.split("</w:p>")))
    xml = content_controls.named(xml.replace(GUARD, ""))
    if body:
        for empty, short in EMPTY:
            xml = xml.replace(empty, short)
        if "&#3" in xml:
            xml = QUOTED.sub(lambda m: m[0].replace("&#34;", '"').replace("&#39;", "'"), xml)
        if "<wp:docPr" in xml:
            pictures = count(FIRST_PICTURE)
            xml = PICTURE.sub(lambda m: f"{m[1]}{next(pictures)}", xml)
    root = integrity.sound(xml)
    if body and not integrity.even(root):
        from templates.engine.compiling import repaired

        xml = repaired(xml)
        root = integrity.sound(xml)
    return (xml if xml.startswith("<?xml") else DECLARATION + xml).encode(), root


def _paragraph(xml: str) -> str:
    """A paragraph, and what stands before it, with the breaks of its runs."""
    begin = PARAGRAPH.search(xml) if BREAKS.search(xml) else None
    return xml[: begin.end()] + RUN.sub(_broken, xml[begin.end() :]) if begin else xml


def _broken(run: re.Match[str]) -> str:
    """A run with the line breaks and tabs of its values as Word's elements, as docxtpl writes them."""
    found = LOOK.search(run[0])
    look = found[0] if found else ""
    tab = f'</w:t></w:r><w:r>{look}<w:tab/></w:r><w:r>{look}<w:t xml:space="preserve">'
    return TEXT.sub(lambda text: text[0].replace("\t", tab).replace("\n", BREAK), run[0])


def _meant(document: Document, said: str) -> str:
    """The lint's sentence for a name that is not there; "" where it has none."""
    from templates.lint import lint
    from templates.lint.known_names import known

    wrong = [flaw for flaw in lint.flaws(document, known()) if flaw.level == lint.WRONG]
    meant = [flaw for flaw in wrong if said.removeprefix("「") in flaw.why]  # the lint names the whole path
    return lint.flawed(document, [*meant, *(flaw for flaw in wrong if flaw not in meant)]) if meant else ""


def _line(e: Exception) -> int:
    """The line of a template in which an error arose; 0 where it cannot be told."""
    at, found = e.__traceback__, 0
    while at is not None:
        if at.tb_frame.f_code.co_filename == "<template>":
            found = at.tb_lineno
        at = at.tb_next
    return found
