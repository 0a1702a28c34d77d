"""Room in a template for what a draft is made from (templates/record/embedding.py); whatever record it had is gone."""

from __future__ import annotations

from collections.abc import Mapping

from templates.files.docx_guard import RELS, TYPES, inside, parsed, written
from templates.record.embedding import CORE, CUSTOM, HEAD, ITEM, OFFICE, OPC, OURS, body

ITEM_RELS, STORE = "customXml/_rels/item100.xml.rels", "customXml/itemProps100.xml"  # Word counts from 1
CORE_REL, CUSTOM_REL = f"{OPC}/relationships/metadata/core-properties", f"{OFFICE}/relationships/custom-properties"
ITEM_REL, STORE_REL = f"{OFFICE}/relationships/customXml", f"{OFFICE}/relationships/customXmlProps"
STORE_ID = "{6F6A6F6B-696E-4472-8166-740000000001}"  # any, but one that stays
STORE_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"


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
    return written(root)


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
    return written(root)


def _no_rels() -> bytes:
    return f'{HEAD}<Relationships xmlns="{OPC}/relationships"/>'.encode()


def _store() -> bytes:
    """What Word wants to know of a part of one's own."""
    space = f"{OFFICE}/customXml"
    schema = f'<ds:schemaRefs><ds:schemaRef ds:uri="{OURS}"/></ds:schemaRefs>'
    return f'{HEAD}<ds:datastoreItem ds:itemID="{STORE_ID}" xmlns:ds="{space}">{schema}</ds:datastoreItem>'.encode()
