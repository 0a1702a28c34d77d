"""Where the elements of a part stand in its bytes, so that a few of them change and every other byte stays.

The text is parsed only to learn the places: namespaces, prefixes, extensions and unknown elements of any program are
kept as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import quoteattr

from workbooks.files.markup import MAX_ELEMENTS, SPACES, Damaged

# A start tag, and whether it is all: expat says where one begins and that it is well-formed, this only where it ends
TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>")


@dataclass(slots=True)
class Element:
    """An element and where its bytes are: from `begin` up to `end`, its content from `opened` up to `close`."""

    name: str  # "" for one of a foreign namespace
    prefix: str  # as written, with its colon
    attributes: dict[str, str]
    around: tuple[str, ...]  # the names of the elements around it, the root's first
    begin: int
    end: int = 0
    opened: int = 0  # both as `end` where there is no end tag
    close: int = 0

    @property
    def alone(self) -> bool:
        """Whether it is <a/>."""
        return self.opened == self.end


@dataclass(frozen=True)
class Places:
    """The elements of a part in the order of their start tags, and its encoding."""

    elements: list[Element]
    encoding: str

    def bytes(self, text: str) -> bytes:
        """A text as the part has it."""
        return text.encode(self.encoding, "xmlcharrefreplace")


def places(data: bytes) -> Places:
    """Every element of a part of a workbook; Damaged where it is no XML, or of an unknown encoding."""
    found, path, told = list[Element](), list[Element](), ["utf-8"]
    parser = ParserCreate(namespace_separator=" ")
    parser.namespace_prefixes = True

    def start(tag: str, attributes: dict[str, Any]) -> None:
        if len(found) > MAX_ELEMENTS:
            raise Damaged("too many elements")
        around = tuple(e.name for e in path)
        found.append(_named(tag, attributes, around, parser.CurrentByteIndex))
        path.append(found[-1])

    def end(_: str) -> None:
        element = path.pop()
        tag = TAG.match(data, element.begin)
        if tag and tag[1]:  # <a/>
            element.opened = element.close = element.end = tag.end()
        else:
            element.opened = tag.end() if tag else element.begin
            element.close = parser.CurrentByteIndex
            element.end = data.index(b">", element.close) + 1

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        told.append(encoding or "utf-8")

    parser.StartElementHandler, parser.EndElementHandler, parser.XmlDeclHandler = start, end, declared
    try:
        parser.Parse(data, True)
        "".encode(told[-1])
    except (ExpatError, LookupError) as e:
        raise Damaged(str(e)) from None
    return Places(found, told[-1])


def tag(name: str, attributes: Mapping[str, str], end: str = "") -> str:
    """A start tag; with `end` "/" it is all of the element.

    >>> tag("c", {"r": "B2", "s": "3"}, "/")
    '<c r="B2" s="3"/>'
    """
    return f"<{name}{''.join(f' {key}={quoteattr(value)}' for key, value in attributes.items())}{end}>"


def spliced(data: bytes, changes: Mapping[tuple[int, int], bytes]) -> bytes:
    """The bytes with other ones in some places that do not overlap; an empty place takes what is put before it.

    >>> spliced(b"abcd", {(1, 2): b"X", (4, 4): b"!"})
    b'aXcd!'
    """
    pieces, at = list[bytes](), 0
    for (begin, end), new in sorted(changes.items()):
        pieces += [data[at:begin], new]
        at = end
    return b"".join([*pieces, data[at:]])


def _named(tag: str, attributes: dict[str, Any], around: tuple[str, ...], begin: int) -> Element:
    """An element of the workbook's own namespace; any other has no name here."""
    space, _, rest = tag.rpartition(" ") if tag.count(" ") == 1 else tag.partition(" ")
    name, _, prefix = rest.partition(" ")
    return Element(name if space in SPACES else "", f"{prefix}:" if prefix else "", attributes, around, begin)
