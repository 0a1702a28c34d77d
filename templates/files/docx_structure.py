"""Whether a Word file is built as Word builds one: the lists of its relations and types, and the root of every part.

The libraries that print a template take all this on trust and fail in words of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree

from rules.refusal import Refusal
from workbooks.files.zip_guard import Refuse

Parsed = Callable[[bytes], Any]
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
METADATA = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
CONTENT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN = f"{WORDML}.document.main+xml"
SAVE = "Word で開き、「名前を付けて保存」で「Word 文書 (*.docx)」を選んで保存し直してください。"
TYPES, RELS = "[Content_Types].xml", "_rels/.rels"
MOST = 2_000  # relations of one part: ours have 8; the rest is room for links
# What a relation's kind says of the part: its content type and its root.
PARTS = {
    "officeDocument": (MAIN, f"{WORD}document"),
    **{kind: (f"{WORDML}.{kind}+xml", f"{WORD}{kind}") for kind in ("styles", "numbering", "settings", "comments")},
    **{kind: (f"{WORDML}.{kind}+xml", f"{WORD}{kind}") for kind in ("footnotes", "endnotes")},
    "header": (f"{WORDML}.header+xml", f"{WORD}hdr"),
    "footer": (f"{WORDML}.footer+xml", f"{WORD}ftr"),
    "core-properties": ("application/vnd.openxmlformats-package.core-properties+xml", f"{CORE}coreProperties"),
}
ROOTS = dict(PARTS.values())
OFTEN = {"header", "footer"}  # what a part may have several of


class BadDocument(Refusal):
    """A Word document that is not taken: one Japanese sentence with what is wrong and what to do."""


def tree(data: bytes | str) -> Any:
    """The tree of a part of our own making, or of a document that is taken in already (docx_guard.py), without lxml."""
    return ElementTree.fromstring(data)


def inside(rels: str, target: str) -> str:
    """The part that a relation means.

    >>> inside("word/_rels/document.xml.rels", "../docProps/app.xml"), inside("_rels/.rels", "/word/document.xml")
    ('docProps/app.xml', 'word/document.xml')
    """
    place: list[str] = [] if target.startswith("/") else rels.split("/")[:-2]
    for step in target.split("/"):
        if step == "..":
            if not place:
                return ""  # above the file
            place.pop()
        elif step not in ("", "."):
            place.append(step)
    return "/".join(place)


def relations(root: Any) -> list[Any]:
    """The relations that the root of a .rels part lists.

    A search at any depth, so that none hides in an element that other programs pass over."""
    return list(root.iter(f"{PACKAGE}Relationship"))


def kind_of(relation: Any) -> str:
    """The last word of a relation's type."""
    return relation.get("Type", "").rpartition("/")[2]


def listed(part: str, root: Any, refuse: Refuse) -> None:
    """Whether a list of relations has nothing else, each with its own id, and one main part, one list of styles."""
    if len(root) > MOST:
        refuse(f"の中のつながりの一覧（{part}）が長すぎる（上限{MOST:,}）ので、リンクを減らしてください。")
    plain = root.tag == f"{PACKAGE}Relationships" and relations(root) == list(root) and not any(map(len, root))
    whole = all(r.get("Id") and r.get("Type") and r.get("Target") is not None for r in root)
    modes = {r.get("TargetMode", "Internal") for r in root} <= {"Internal", "External"}
    ids, kinds = [r.get("Id") for r in root], [k for k in map(kind_of, root) if k in PARTS and k not in OFTEN]
    if not (plain and whole and modes and len(set(ids)) == len(ids) and len(set(kinds)) == len(kinds)):
        refuse(odd(part))


def typed(part: str, root: Any, refuse: Refuse) -> Callable[[str], str]:
    """The content type of a part by its name; "" where the list of types has none."""
    asked = {f"{CONTENT}Override": "PartName", f"{CONTENT}Default": "Extension"}
    if root.tag != f"{CONTENT}Types" or not all(
        e.tag in asked and e.get(asked[e.tag]) and e.get("ContentType") and not len(e) for e in root
    ):
        refuse(odd(part))
    names = [e.get("PartName") or e.get("Extension").lower() for e in root]
    known = dict(zip(names, (e.get("ContentType") for e in root), strict=True))
    if len(known) < len(names):
        refuse(odd(part))
    return lambda name: known.get(f"/{name}") or known.get(name.rpartition(".")[2].lower(), "")


def rooted(parts: Mapping[str, bytes], type_of: Callable[[str], str], parsed: Parsed, refuse: Refuse) -> None:
    """Whether every part whose type says what it is has the root of such a part."""
    for part, data in parts.items():
        expected = ROOTS.get(type_of(part))
        if expected is None:
            continue
        root = parsed(data)
        if root.tag != expected or (expected == f"{WORD}document" and not _one_body(root)):
            refuse(odd(part))


def _one_body(root: Any) -> bool:
    """Whether a document is a body, with at most the page's colour before it."""
    return [c.tag for c in root][-1:] == [f"{WORD}body"] and {c.tag for c in root[:-1]} <= {f"{WORD}background"}


def led(relation: Any, target: str, type_of: Callable[[str], str]) -> bool:
    """Whether a relation inside the file leads to a part of its own kind."""
    expected = PARTS.get(kind_of(relation))
    if expected is None:
        return bool(type_of(target))
    return type_of(target) == expected[0] and relation.get("Type", "").rpartition("/")[0] in (OFFICE, METADATA)


def odd(part: str) -> str:
    """Why a file is refused whose part is not as Word writes it."""
    return f"の中（{part}）が Word の書く形ではないので、{SAVE}"
