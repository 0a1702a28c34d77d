"""A Word document from somewhere, taken in: refused before any library parses it where it could do harm.

`document` takes what a person saved from a draft; templates/files/template_guard.py takes more care.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

from lxml import etree

from templates.files import docx_structure
from templates.files.docx_structure import MAIN, RELS, SAVE, TYPES, BadDocument, inside, kind_of
from workbooks.files import markup, zip_guard
from workbooks.files.zip_guard import Refuse
from workbooks.reading.xlsx_guard import name as called

MAX_FILE = 10 << 20  # bytes on disk: a template has 0.01 MB; the rest is room for a firm's logo
MAX_XML = 4 << 20  # bytes of one part that is parsed: the largest of ours has 0.05 MB
GIVE = "Word 文書（.docx）を指定してください。"
KINDS = {
    "template.main+xml": f"は Word のひな形（.dotx）なので、{SAVE}",
    "macroEnabled": f"はマクロ入りの文書（.docm、.dotm）なので、{SAVE}",
    "spreadsheetml": f"は Excel のブックなので、{GIVE}",
    "presentationml": f"は PowerPoint の資料なので、{GIVE}",
}
WRONG = {
    zip_guard.DAMAGED: "は壊れているか途中で切れているので、もとのファイルを受け取り直してください。",
    zip_guard.LARGE: "は開くと大きすぎるので、画像を小さくしてください。",
    zip_guard.NAMES: f"の内部の名前が正しくないので、{SAVE}",
    zip_guard.BOMB: f"の中に異常に大きく膨らむ部分があるので、{SAVE}",
}


@dataclass(frozen=True)
class Document:
    """A document's name and bytes, and its parts."""

    name: str  # of the file, without .docx
    blob: bytes
    parts: Mapping[str, bytes]
    fit: bytes = b""  # the package of these parts, where they are not those of the file any more

    @cached_property
    def digest(self) -> str:
        """The sha256 of the file."""
        return sha256(self.blob).hexdigest()

    def xml(self, part: str) -> Any:
        """The tree of a part."""
        return parsed(self.parts[part])


def document(path: Path | str) -> Document:
    """A Word document that is safe to parse.

    >>> document("下書き.docx")
    Traceback (most recent call last):
    templates.files.docx_structure.BadDocument: 「下書き.docx」が見つからないので、名前と場所を確かめてください。
    """
    path = Path(path)
    title = called(path)

    def refuse(why: str) -> NoReturn:
        raise BadDocument(title + WRONG.get(why, why)) from None

    blob = _load(path, refuse)
    _container(blob, refuse)
    opened = zip_guard.opened(blob, refuse)
    _package(opened.names, refuse)
    parts = dict(opened.parts(refuse))
    for part, data in parts.items():
        _content(part, data, refuse)
    _built(parts, refuse)
    return Document(path.stem, blob, parts)


def parsed(data: bytes) -> Any:
    """The tree of some XML, without entities, comments and instructions, without a look outside."""
    safe = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, safe)


def written(root: Any) -> bytes:
    """A tree as the bytes of a part."""
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def _load(path: Path, refuse: Refuse) -> bytes:
    try:
        if not path.exists():
            refuse("が見つからないので、名前と場所を確かめてください。")
        if not path.is_file():
            refuse("はファイルではないので、Word 文書（.docx）を指定してください。")
        if path.name.startswith("~$"):
            refuse("は Word が開いている間だけ置く目印なので、「~$」の付かないファイルを指定してください。")
        if (size := path.stat().st_size) > MAX_FILE:
            refuse(f"は{size >> 20:,}MBあり、上限は{MAX_FILE >> 20}MBなので、画像を小さくしてください。")
        blob = path.read_bytes()
    except OSError:
        refuse("を開けないので、Word で開いているときは閉じ、読む権限があるかを確かめてください。")
    if not blob:
        refuse("は空のファイル（0バイト）なので、もとのファイルを受け取り直してください。")
    return blob


def _container(blob: bytes, refuse: Refuse) -> None:
    """Whether the file is a zip; otherwise, what it is instead."""
    if blob.startswith(zip_guard.OLE):
        if zip_guard.PASSWORD in blob:
            refuse("にはパスワードがかかっているので、Word で解除して保存し直してください。")
        refuse(f"は古い形式（.doc など）なので、{SAVE}")
    if blob.startswith(b"{\\rtf"):
        refuse(f"はリッチテキスト（.rtf）なので、{SAVE}")
    if not blob.startswith(zip_guard.ZIP):
        refuse("は Word 文書（.docx）ではないので、Word 文書を指定してください。")


def _package(names: set[str], refuse: Refuse) -> None:
    """Whether the zip is a Word document; otherwise, what it is instead."""
    if "mimetype" in names and "content.xml" in names:
        refuse("は OpenDocument 形式（.odt など）なので、Word 形式（.docx）で保存し直してください。")
    if any(n.lower().endswith("vbaproject.bin") for n in names):
        refuse(f"にはマクロが入っているので、{SAVE}")
    if not {TYPES, RELS} <= names:
        refuse("は Word 文書（.docx）ではないので、Word 文書を指定してください。")


def _content(part: str, data: bytes, refuse: Refuse) -> None:
    """What Word never writes: a DTD, another encoding than UTF-8 (it would hide one), XML that is none."""
    if not part.lower().endswith((".xml", ".rels", ".vml")):
        return
    if len(data) > MAX_XML:
        refuse(f"の本文が大きすぎる（上限{MAX_XML >> 20}MB）ので、文書を短くしてください。")
    if b"\0" in data or markup.encoding(data) not in markup.ENCODINGS:
        refuse(f"の文字コードが UTF-8 ではないので、{SAVE}")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        refuse(f"の内部に Word が書かない宣言があるので、{SAVE}")
    try:
        markup.tree(data)  # expat refuses names that lxml takes, and reads the parts of a draft later; and any DTD
        parsed(data)
    except (markup.Damaged, etree.XMLSyntaxError, ValueError):
        refuse(f"の {part} が XML として壊れているので、{SAVE}")


def _built(parts: Mapping[str, bytes], refuse: Refuse) -> None:
    """Whether the parts are a Word document's, and each what it is said to be."""
    for part in (p for p in parts if p.endswith(".rels")):
        docx_structure.listed(part, parsed(parts[part]), refuse)
    type_of = docx_structure.typed(TYPES, parsed(parts[TYPES]), refuse)
    main = next((r for r in relations(parts[RELS]) if kind_of(r) == "officeDocument"), None)
    target = "" if main is None else inside(RELS, main.get("Target"))
    kind = type_of(target)
    for known, what in KINDS.items():
        if known in kind:
            refuse(what)
    if target not in parts or kind != MAIN:
        refuse("は Word 文書（.docx）ではないので、Word 文書を指定してください。")
    if not docx_structure.led(main, target, type_of):
        refuse(f"は「厳密な Open XML」の文書なので、{SAVE}")
    docx_structure.rooted(parts, type_of, parsed, refuse)


def relations(data: bytes) -> list[Any]:
    """The relations that a .rels part lists."""
    return docx_structure.relations(parsed(data))
