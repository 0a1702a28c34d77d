"""Defined names put into the bytes of xl/workbook.xml; every other byte of it stays.

The text is parsed only to learn where things stand, so that namespaces, prefixes, extensions and unknown elements of any
program are kept as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import escape, quoteattr

from rules.refusal import Refusal
from workbooks.files.markup import SPACES
from workbooks.lambdas.names import MARK, Named

BEFORE = ("sheets", "functionGroups", "externalReferences")  # what stands before the names, the last one there counts
# A start tag, and whether it is all: expat says where one begins and that it is well-formed, this only where it ends
TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>")
DEEP = 2  # elements around a definedName: workbook, definedNames


class Taken(Refusal):
    """The workbook has a name of its own in our place, or no place for names."""


@dataclass
class Element:
    """An element and where its bytes are: from `begin` up to `end`, its end tag from `close` on."""

    name: str
    prefix: str  # as written, with its colon
    attributes: dict[str, str]
    begin: int
    end: int = 0
    close: int = 0  # as `begin` where there is no end tag


@dataclass
class Workbook:
    """What of a workbook.xml matters here."""

    prefix: str = ""
    encoding: str = "utf-8"
    children: list[Element] = field(default_factory=list[Element])
    names: list[Element] = field(default_factory=list[Element])

    def child(self, *names: str) -> Element | None:
        """The last child of the workbook with one of these names."""
        return next((c for c in reversed(self.children) if c.name in names), None)


def put(data: bytes, names: Sequence[Named]) -> bytes:
    """workbook.xml with these names: ours are replaced, and a user's own of the same spelling is refused."""
    book = read(data)
    old = _ours(book, names)
    existing = book.child("definedNames")
    prefix = existing.prefix if existing else book.prefix
    made = "".join(_element(prefix, n) for n in names).encode(book.encoding, "xmlcharrefreplace")
    if existing is None:
        after = book.child(*BEFORE)
        if after is None:
            raise Taken("このブックにはシートの一覧がないので、Excel で保存し直してください。")
        return data[: after.end] + _wrapped(prefix, made) + data[after.end :]
    if existing.close == existing.begin:  # <definedNames/>
        return data[: existing.begin] + _wrapped(prefix, made) + data[existing.end :]
    return _without(data[: existing.close], old) + made + data[existing.close :]


def scoped(data: bytes, names: Iterable[Named]) -> list[str]:
    """Names of ours that a single sheet also has: they stay, and on that sheet they come first."""
    ours = {n.name.lower() for n in names}
    found = (e.attributes for e in read(data).names if "localSheetId" in e.attributes)
    return sorted({a.get("name", "") for a in found if a.get("name", "").lower() in ours})


def read(data: bytes) -> Workbook:
    """The places of a workbook's children and of its defined names."""
    book, path = Workbook(), list[Element]()
    parser = ParserCreate(namespace_separator=" ")
    parser.namespace_prefixes = True

    def start(tag: str, attributes: dict[str, Any]) -> None:
        element = _named(tag, attributes, parser.CurrentByteIndex)
        if not path:
            book.prefix = element.prefix
        elif len(path) == 1 and element.name:
            book.children.append(element)
        elif len(path) == DEEP and path[1].name == "definedNames" and element.name == "definedName":
            book.names.append(element)
        path.append(element)

    def end(_: str) -> None:
        element = path.pop()
        tag = TAG.match(data, element.begin)
        if tag and tag[1]:  # <a/>
            element.close, element.end = element.begin, tag.end()
        else:
            element.close = parser.CurrentByteIndex
            element.end = data.index(b">", element.close) + 1

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        book.encoding = encoding or "utf-8"

    parser.StartElementHandler, parser.EndElementHandler, parser.XmlDeclHandler = start, end, declared
    try:
        parser.Parse(data, True)
        "".encode(book.encoding)
    except (ExpatError, LookupError):
        raise Taken("このブックの中身（workbook.xml）を読めないので、Excel で保存し直してください。") from None
    return book


def _named(tag: str, attributes: dict[str, Any], begin: int) -> Element:
    """An element of the workbook's own namespace; any other has no name here."""
    space, _, rest = tag.rpartition(" ") if tag.count(" ") == 1 else tag.partition(" ")
    name, _, prefix = rest.partition(" ")
    return Element(name if space in SPACES else "", f"{prefix}:" if prefix else "", attributes, begin)


def _ours(book: Workbook, names: Sequence[Named]) -> list[Element]:
    """The names of the whole workbook that ours replace."""
    wanted = {n.name.lower() for n in names}
    found = [e for e in book.names if "localSheetId" not in e.attributes]
    found = [e for e in found if e.attributes.get("name", "").lower() in wanted]
    for e in found:
        if not e.attributes.get("comment", "").startswith(MARK):
            name = e.attributes["name"]
            raise Taken(
                f"このブックには、ほかで定義した名前 {name} があるので、「数式」→「名前の管理」でその名前を変えてください。"
            )
    return found


def _element(prefix: str, n: Named) -> str:
    tag = f"{prefix}definedName"
    return f"<{tag} name={quoteattr(n.name)} comment={quoteattr(n.comment)}>{escape(n.stored)}</{tag}>"


def _wrapped(prefix: str, made: bytes) -> bytes:
    tag = f"{prefix}definedNames".encode()
    return b"<" + tag + b">" + made + b"</" + tag + b">"


def _without(data: bytes, elements: Iterable[Element]) -> bytes:
    """The bytes without these elements."""
    for e in sorted(elements, key=lambda e: e.begin, reverse=True):
        data = data[: e.begin] + data[e.end :]
    return data
