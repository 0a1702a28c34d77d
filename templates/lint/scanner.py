"""The tags of a template where they stand: in which paragraph, row and cell, and over which pieces of text.

docxtpl works on the text of the XML; this looks at the tree before it, so that a person can be told what will go wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from templates.files.docx_guard import TYPES, Document
from templates.files.docx_structure import WORD

# A tag never holds the beginning of another: so the search stays linear, whatever a hostile text holds.
_IN = r"(?:(?!\{[{%#]).)*?"
TAG = re.compile(rf"\{{\{{{_IN}\}}\}}|\{{%{_IN}%\}}|\{{#{_IN}#\}}", re.DOTALL)
PIECE = re.compile(r"\{[{%#]|[}%#]\}")  # half a tag
PREFIX = re.compile(r"(tr|tc|p|r)\s(.*)", re.DOTALL)
OPEN, MIDDLE, CLOSE = ("if", "for"), ("elif", "else"), ("endif", "endfor")
MERGE = ("vm", "hm")  # docxtpl's own: cells merged over a loop
TRACKED = ("ins", "del", "moveFrom", "moveTo")
QUOTES = str.maketrans("“”‘’", "\"\"''")  # as docxtpl mends them
BODY = "本文"
LABELS = {"main+xml": BODY, "header+xml": "ヘッダー", "footer+xml": "フッター", "footnotes+xml": "脚注"}


@dataclass(frozen=True)
class Tag:
    """One {{ }}, {% %} or {# #} with the pieces of text that it is made of."""

    text: str  # as it stands, quotes mended
    paragraph: Paragraph
    texts: tuple[Any, ...]  # the w:t elements

    @cached_property
    def prints(self) -> bool:
        """Whether it is {{ }}."""
        return self.text.startswith("{{")

    @cached_property
    def controls(self) -> bool:
        """Whether it is {% %}."""
        return self.text.startswith("{%")

    @cached_property
    def _split(self) -> tuple[str, str]:
        inner = self.text[2:-2]
        found = PREFIX.match(inner)
        return (found[1], found[2].strip()) if found else ("", inner.strip())

    @property
    def prefix(self) -> str:
        """What of the document the tag takes away with itself: tr, tc, p, r, or nothing."""
        return self._split[0]

    @property
    def body(self) -> str:
        """What Jinja reads."""
        return self._split[1]

    @property
    def word(self) -> str:
        """The first word of {% %}: if, for …"""
        return (self.body.split(None, 1) or [""])[0]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with its own text (of a text box inside it only the box's own paragraphs know)."""

    element: Any
    texts: tuple[Any, ...]

    @cached_property
    def text(self) -> str:
        """What stands in it."""
        return "".join(t.text or "" for t in self.texts)

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """Its whole tags in order."""
        return tuple(Tag(m[0].translate(QUOTES), self, self._over(*m.span())) for m in TAG.finditer(self.text))

    @cached_property
    def rest(self) -> str:
        """Its text without tags."""
        return TAG.sub("", self.text)

    def _over(self, begin: int, end: int) -> tuple[Any, ...]:
        found, at = list[Any](), 0
        for t in self.texts:
            after = at + len(t.text or "")
            if at < end and after > begin:
                found.append(t)
            at = after
        return tuple(found)

    def above(self, name: str) -> Any:
        """The nearest element of a name around the paragraph, or None."""
        return next(self.element.iterancestors(f"{WORD}{name}"), None)


@dataclass(frozen=True)
class Page:
    """A part that docxtpl renders."""

    part: str
    label: str  # 本文, ヘッダー …
    root: Any

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Every paragraph in the order of the document."""
        return tuple(Paragraph(p, tuple(_own(p))) for p in self.root.iter(f"{WORD}p"))

    @cached_property
    def texts(self) -> tuple[Any, ...]:
        """Every piece of text in the order of the document."""
        return tuple(self.root.iter(f"{WORD}t", f"{WORD}delText"))

    @cached_property
    def order(self) -> dict[Any, int]:
        """The place of each piece of text in the document."""
        return {t: n for n, t in enumerate(self.texts)}


def pages(document: Document) -> list[Page]:
    """The body, and every header, footer and footnote part."""
    found = list[Page]()
    for entry in document.xml(TYPES):
        part, label = entry.get("PartName", "").lstrip("/"), LABELS.get(entry.get("ContentType", "").rpartition(".")[2])
        if label and part in document.parts:
            found.append(Page(part, label, document.xml(part)))
    return sorted(found, key=lambda page: (page.label != BODY, page.part))


def _own(paragraph: Any) -> Iterator[Any]:
    for t in paragraph.iter(f"{WORD}t", f"{WORD}delText"):
        if next(t.iterancestors(f"{WORD}p"), None) is paragraph:
            yield t


def local(element: Any) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
