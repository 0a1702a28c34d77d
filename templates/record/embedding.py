"""What a draft was made from, in the file itself: document properties that Word shows, and a part for the numbers.

Both survive editing and saving in Word. The texts of the inputs are not repeated here, only their hashes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from templates.files.docx_structure import RELS, WORD, BadDocument, inside, kind_of, relations, tree
from templates.record.provenance import Hash, Number, Provenance
from templates.sandbox import ILLEGAL

if TYPE_CHECKING:
    from templates.files.docx_guard import Document

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
OPC = "http://schemas.openxmlformats.org/package/2006"
OURS = "urn:hojokin:draft:1"
CORE, CUSTOM, ITEM = "docProps/core.xml", "docProps/custom.xml", "customXml/item100.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WRITTEN = "2026-01-01T00:00:00Z"  # one time for every draft: equal content gives equal bytes
FIELDS = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set of properties that a person may add to a document
NAMES = {
    "edition": "規則の版",
    "label": "枠",
    "digest": "入力 sha256",
    "template": "テンプレート",
    "template_digest": "テンプレート sha256",
    "program": "プログラムの版",
}  # what Word shows under the advanced properties
FACTS = (*NAMES, "frame", "text")  # and what only we read
TEXT = f"{WORD}t"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BOXES = (f"{WORD}txbxContent", FALLBACK)  # what holds paragraphs within a paragraph
APART = (f"{WORD}p", FALLBACK)  # a paragraph within one speaks for itself; a fallback repeats a text box


def stamped(parts: Mapping[str, bytes], title: str, p: Provenance) -> dict[str, bytes]:
    """A document with what it was made from."""
    return {**parts, CORE: _core(title, p), CUSTOM: _custom(p), ITEM: item(p)}


def body(parts: Mapping[str, bytes]) -> str:
    """The name of the main part."""
    found = relations(tree(parts[RELS]))
    return next(inside(RELS, r.get("Target", "")) for r in found if kind_of(r) == "officeDocument")


def text(parts: Mapping[str, bytes]) -> str:
    """The hash of the text that a reader sees in the body, controls too; how it looks, and who saved it, do not count."""
    return hashed(shown(parts))


def hashed(shown_: str) -> str:
    """The hash of what `shown` gives."""
    return sha256(shown_.encode()).hexdigest()


def shown(parts: Mapping[str, bytes]) -> str:
    """That text, a line for each paragraph, without white space."""
    return lines(tree(parts[body(parts)]))


def lines(root: Any) -> str:
    """The same of the root of the main part."""
    boxes = any(next(root.iter(name), None) is not None for name in BOXES)
    texts = (_texts(p, []) if boxes else [t.text or "" for t in p.iter(TEXT)] for p in root.iter(f"{WORD}p"))
    paragraphs = ("".join("".join(found).split()) for found in texts)
    return "\n".join(p for p in paragraphs if p)


def _texts(element: Any, found: list[str]) -> list[str]:
    """The pieces of a paragraph's own text, in order."""
    for child in element:
        if child.tag == TEXT:
            found.append(child.text or "")
        elif len(child) and child.tag not in APART:
            _texts(child, found)
    return found


def read(document: Document) -> Provenance:
    """What a draft says of its making; one that says nothing is refused."""
    for part, data in document.parts.items():
        if part.startswith("customXml/") and part.endswith(".xml"):
            root = tree(data)
            if root.tag == f"{{{OURS}}}draft":
                return recorded(root)
    raise BadDocument(
        f"「{document.name}」には作成の記録がありません。hojokin draft で作った下書きを指定してください。"
    )


def recorded(root: Any) -> Provenance:
    """A record as it was stored."""

    def rows(name: str) -> Any:
        return root.iterfind(f"{{{OURS}}}{name}")

    try:
        numbers = {e.get("name", ""): Number(e.get("label", ""), int(e.text or ""), _seen(e)) for e in rows("number")}
    except ValueError:
        raise BadDocument("下書きの作成の記録が読めません。下書きを作り直してください。") from None
    hashes = {e.get("name", ""): Hash(e.get("label", ""), e.text or "", _seen(e)) for e in rows("input")}
    facts = {name: root.get(name, "") for name in FACTS}
    controls = {e.get("name", ""): e.text or "" for e in rows("control")}
    return Provenance(numbers=numbers, hashes=hashes, controls=controls, **facts)


def _seen(entry: Any) -> bool:
    return entry.get("printed") != "false"


def _entry(name: str, of: Number | Hash) -> str:
    return f"name={_quoted(name)} label={_quoted(of.label)}" + ("" if of.printed else ' printed="false"')


def item(p: Provenance) -> bytes:
    """The record as XML."""
    facts = "".join(f" {name}={_quoted(getattr(p, name))}" for name in FACTS)
    rows = [f"<number {_entry(k, n)}>{n.value}</number>" for k, n in p.numbers.items()]
    rows += [f"<input {_entry(k, h)}>{h.digest}</input>" for k, h in p.hashes.items()]
    rows += [f"<control name={_quoted(k)}>{text}</control>" for k, text in p.controls.items()]
    return f'{HEAD}<draft xmlns="{OURS}"{facts}>{"".join(rows)}</draft>'.encode()


def _custom(p: Provenance) -> bytes:
    rows = "".join(
        f'<property fmtid="{FIELDS}" pid="{pid}" name={_quoted(label)}>'
        f"<vt:lpwstr>{escape(_plain(getattr(p, name)))}</vt:lpwstr></property>"
        for pid, (name, label) in enumerate(NAMES.items(), 2)
    )
    return (
        f'{HEAD}<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">{rows}</Properties>'
    ).encode()


def _core(title: str, p: Provenance) -> bytes:
    texts = (
        ("dc:title", title),
        ("dc:subject", p.label),
        ("dc:creator", "Hojokin"),
        ("dc:identifier", p.digest),
        ("dc:language", "ja-JP"),
        ("cp:version", p.program),
    )
    inner = "".join(f"<{name}>{escape(_plain(text))}</{name}>" for name, text in texts)
    for name in ("created", "modified"):
        inner += f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{WRITTEN}</dcterms:{name}>'
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{OPC}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{inner}</cp:coreProperties>'
    ).encode()


def _plain(text: str) -> str:
    return " ".join(ILLEGAL.sub("", text).split())


@lru_cache(maxsize=4_096)
def _quoted(text: str) -> str:
    return quoteattr(_plain(text))
