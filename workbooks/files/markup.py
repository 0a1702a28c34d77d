"""XML of a file that somebody sent, and the only way into it: expat, with neither DTD nor entity, in UTF-8.

What stands where in a workbook is asked of these two and of no search through its text: an attribute may have single
quotes or blanks, a text may lie in CDATA or around a comment, a prefix may be any.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import ExpatError, ParserCreate

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

# Excel's usual namespace, and that of a "Strict Open XML" workbook: what has another is nothing to Excel
SPACES = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
ENCODINGS = ("utf-8", "us-ascii", "ascii")
HEAD = 1_024  # bytes in which a declaration stands
MAX_ELEMENTS = 1_000_000  # of one part: a quote of a thousand lines has 60,000
Start = Callable[[str, dict[str, str]], None]


class Damaged(Exception):
    """XML that is none, or that no office program writes."""


def tree(data: bytes) -> Element:
    """The tree of a small part."""
    try:
        return fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, LookupError, RecursionError) as e:
        raise Damaged(str(e)) from None


def walk(data: bytes, start: Start, end: Callable[[str], None], text: Callable[[str], None]) -> None:
    """Calls back for every start tag, end tag and text of a part; a name with its namespace before it and a blank."""
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _forbidden
    parser.XmlDeclHandler = _declared
    try:
        parser.Parse(data, True)
    except (ExpatError, LookupError) as e:
        raise Damaged(str(e)) from None


def encoding(data: bytes) -> str:
    """The encoding that some XML declares, in lower case; utf-8 where it declares none."""
    found = ["utf-8"]
    parser = ParserCreate()
    parser.XmlDeclHandler = lambda _, told, __: found.append((told or "utf-8").lower())
    with suppress(ExpatError, LookupError, ValueError):
        parser.Parse(data[:HEAD], False)
    return found[-1]


def main(root: Element, name: str) -> str:
    """The namespace of a part of a workbook, as its elements' names begin; of any other root the part is damaged."""
    space = next((f"{{{s}}}" for s in SPACES if root.tag == f"{{{s}}}{name}"), "")
    if not space:
        raise Damaged(f"{root.tag} is no {name}")
    return space


def local(name: str) -> str:
    """A name without its namespace, whether a walk or a tree says it.

    >>> local("http://x row"), local("{http://x}row"), local("row")
    ('row', 'row', 'row')
    """
    return name.replace("}", " ").rpartition(" ")[2]


def _forbidden(*_: Any) -> NoReturn:
    raise Damaged("a DTD")


def _declared(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in ENCODINGS:
        raise Damaged(f"the encoding {encoding}")
