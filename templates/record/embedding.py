"""What a draft was made from, in the file itself: document properties that Word shows, and a part for the numbers.

Both survive editing and saving in Word. The texts of the inputs are not repeated here, only their hashes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from templates.files.docx_guard import RELS, TYPES, BadDocument, Document, inside, parsed, relations
from templates.files.docx_structure import WORD
from templates.record.provenance import Hash, Number, Provenance
from templates.sandbox import ILLEGAL

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
OPC = "http://schemas.openxmlformats.org/package/2006"
OURS = "urn:hojokin:draft:1"
CORE, CUSTOM, ITEM = "docProps/core.xml", "docProps/custom.xml", "customXml/item100.xml"
ITEM_RELS, STORE = "customXml/_rels/item100.xml.rels", "customXml/itemProps100.xml"  # Word counts from 1
CORE_REL, CUSTOM_REL = f"{OPC}/relationships/metadata/core-properties", f"{OFFICE}/relationships/custom-properties"
ITEM_REL, STORE_REL = f"{OFFICE}/relationships/customXml", f"{OFFICE}/relationships/customXmlProps"
STORE_ID = "{6F6A6F6B-696E-4472-8166-740000000001}"  # any, but one that stays
STORE_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
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
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # repeats a text box


def prepared(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a template with room for a stamp; whatever stamp it had is gone."""
    made = {name: data for name, data in parts.items() if not _ours(name, data)}
    made = {name: data for name, data in made.items() if not name.endswith(".rels") or _source(name) in {"", *made}}
    main = body(made)
    folder, _, file = main.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels"
    made[RELS] = _related(made[RELS], RELS, made, ((CORE_REL, CORE), (CUSTOM_REL, CUSTOM)))
    made[rels] = _related(made.get(rels, _no_rels()), rels, made, ((ITEM_REL, f"/{ITEM}"),))
    made[ITEM_RELS] = _related(_no_rels(), ITEM_RELS, made, ((STORE_REL, f"/{STORE}"),))
    kinds = {CORE: CORE_TYPE, CUSTOM: CUSTOM_TYPE, ITEM: "application/xml", STORE: STORE_TYPE}
    made[TYPES] = _typed(made[TYPES], made, kinds)
    return {**made, CORE: b"", CUSTOM: b"", ITEM: b"", STORE: _store()}


def stamped(parts: Mapping[str, bytes], title: str, p: Provenance) -> dict[str, bytes]:
    """A document with what it was made from."""
    return {**parts, CORE: _core(title, p), CUSTOM: _custom(p), ITEM: item(p)}


def body(parts: Mapping[str, bytes]) -> str:
    """The name of the main part."""
    return next(inside(RELS, r.get("Target", "")) for r in relations(parts[RELS]) if _kind(r) == "officeDocument")


def text(parts: Mapping[str, bytes]) -> str:
    """The hash of the text that a reader sees in the body, controls too; how it looks, and who saved it, do not count."""
    return sha256(shown(parts).encode()).hexdigest()


def shown(parts: Mapping[str, bytes]) -> str:
    """That text, a line for each paragraph, without white space."""
    paragraphs = ("".join("".join(_texts(p)).split()) for p in parsed(parts[body(parts)]).iter(f"{WORD}p"))
    return "\n".join(p for p in paragraphs if p)


def _texts(element: Any) -> Iterator[str]:
    """The pieces of a paragraph's own text, in order."""
    for child in element:
        if child.tag == f"{WORD}t":
            yield child.text or ""
        elif child.tag not in (f"{WORD}p", FALLBACK):
            yield from _texts(child)


def read(document: Document) -> Provenance:
    """What a draft says of its making; one that says nothing is refused."""
    for part, data in document.parts.items():
        if part.startswith("customXml/") and part.endswith(".xml"):
            root = parsed(data)
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


def _store() -> bytes:
    """What Word wants to know of a part of one's own."""
    space = f"{OFFICE}/customXml"
    schema = f'<ds:schemaRefs><ds:schemaRef ds:uri="{OURS}"/></ds:schemaRefs>'
    return f'{HEAD}<ds:datastoreItem ds:itemID="{STORE_ID}" xmlns:ds="{space}">{schema}</ds:datastoreItem>'.encode()


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


def _quoted(text: str) -> str:
    return quoteattr(_plain(text))


def _kind(relation: Any) -> str:
    return relation.get("Type", "").rpartition("/")[2]


def _ours(name: str, data: bytes) -> bool:
    """A stamp of before: its numbers, wherever Word moved them, and the properties."""
    item = name.startswith("customXml/") and name.endswith(".xml") and OURS.encode() in data
    return item or name in (CORE, CUSTOM, ITEM_RELS)


def _source(rels: str) -> str:
    """The part whose relations these are; "" for the package's own.

    >>> _source("customXml/_rels/item1.xml.rels"), _source("_rels/.rels")
    ('customXml/item1.xml', '')
    """
    return rels.replace("_rels/", "", 1).removesuffix(".rels")


def _related(data: bytes, rels: str, parts: Mapping[str, bytes], wanted: tuple[tuple[str, str], ...]) -> bytes:
    """Relations without those whose part is gone, and with the wanted ones."""
    root = parsed(data)
    for relation in list(root):
        outside = relation.get("TargetMode") == "External"
        if not outside and inside(rels, relation.get("Target", "")) not in parts:
            root.remove(relation)
    for number, (kind, target) in enumerate(wanted, 1):
        root.append(
            root.makeelement(f"{{{OPC}/relationships}}Relationship", _relation(f"hojokin{number}", kind, target))
        )
    return _written(root)


def _relation(key: str, kind: str, target: str) -> dict[str, str]:
    return {"Id": key, "Type": kind, "Target": target}


def _typed(data: bytes, parts: Mapping[str, bytes], wanted: Mapping[str, str]) -> bytes:
    """Content types without those of parts that are gone, and with the wanted ones."""
    root = parsed(data)
    for entry in list(root):
        if (part := entry.get("PartName", "").lstrip("/")) and part not in parts:
            root.remove(entry)
    for part, kind in wanted.items():
        override = {"PartName": f"/{part}", "ContentType": kind}
        root.append(root.makeelement(f"{{{OPC}/content-types}}Override", override))
    return _written(root)


def _no_rels() -> bytes:
    return f'{HEAD}<Relationships xmlns="{OPC}/relationships"/>'.encode()


def _written(root: Any) -> bytes:
    return etree.tostring(root, encoding="UTF-8", standalone=True)
