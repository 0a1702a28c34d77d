"""A Word document from somewhere, taken in: refused before any library parses it where it could do harm.

`document` takes what a person saved from a draft; `template` takes more care, since drafts are made from it: no macros,
nothing embedded, and no connection to the outside but plain links.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from templates.files import docx_structure
from templates.files.docx_structure import MAIN, RELS, SAVE, TYPES, WORD, BadDocument, inside, kind_of
from workbooks.files import markup, zip_guard
from workbooks.reading.xlsx_guard import name as called

MAX_FILE = 10 << 20  # bytes on disk: a template has 0.01 MB; the rest is room for a firm's logo
MAX_XML = 4 << 20  # bytes of one part that is parsed: the largest of ours has 0.05 MB
MAX_TEMPLATE = 6 << 20  # bytes of all its XML
# The last word of a relation's type. What is not here runs, embeds or fetches something.
RELATIONS = {
    "officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail", "styles",
    "stylesWithEffects", "settings", "webSettings", "fontTable", "theme", "numbering", "header", "footer",
    "footnotes", "endnotes", "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "image",
    "hyperlink", "customXml", "customXmlProps", "font", "classificationlabels", "hdphoto",
}  # fmt: skip
# What Word adds by itself and no reader sees: templates/files/template_mending.py takes it out.
DROPPED = {
    "intelligence", "intelligence2", "glossaryDocument", "documenttasks", "webextensiontaskpanes", "printerSettings", "keyMapCustomizations",
}  # fmt: skip
HARM = {
    "attachedTemplate": "ほかのひな形",
    "oleObject": "埋め込みのオブジェクト",
    "package": "埋め込みのファイル",
    "aFChunk": "埋め込みの文書（altChunk）",
    "subDocument": "ほかの文書",
    "vbaProject": "マクロ",
    "control": " ActiveX のコントロール",
    "frame": "ほかのページ",
    "mailMergeSource": "差し込み印刷のデータ",
    **dict.fromkeys(("mailMergeHeaderSource", "recipientData"), "差し込み印刷のあて先"),
    **dict.fromkeys(("chart", "chartEx", "chartUserShapes", "themeOverride"), "グラフ（「挿入」の「グラフ」）"),
    **dict.fromkeys(
        ("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing"),
        "SmartArt（「挿入」の「SmartArt」）",
    ),
    **dict.fromkeys(("video", "audio", "media"), "ビデオか音声"),
    "model3d": "3D モデル（「挿入」の「3D モデル」）",
    "webextension": "アドイン（「挿入」の「アドイン」）",
    "origin": "デジタル署名（「ファイル」の「情報」）",
    **dict.fromkeys(("extensibility", "userCustomization"), "リボンの変更"),
    "activeXControlBinary": " ActiveX のコントロール",
    **dict.fromkeys(("wordVbaData", "vbaProjectSignature"), "マクロ"),
}
NEW = "Word で取り除いてください。見つからないときは、本文を新しい文書に写して保存し直してください。"
LINK = re.compile(r"(https?|mailto):", re.IGNORECASE)
FIELDS = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|EMBED|RD|MACROBUTTON|CONTROL)\b"
)
ELEMENTS = {  # elements that fetch or run something, whatever the relations say
    "altChunk": HARM["aFChunk"],
    "object": HARM["oleObject"],
    "control": HARM["control"],
    "attachedTemplate": HARM["attachedTemplate"],
    "mailMerge": HARM["mailMergeSource"],
    "subDoc": HARM["subDocument"],
    "frameset": HARM["frame"],
}
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


def template(path: Path | str) -> Document:
    """A Word document that drafts may be made from."""
    from templates.files.template_mending import mended

    return harmless(mended(document(path)), called(Path(path)))


def harmless(found: Document, title: str = "") -> Document:
    """The document itself where drafts may be made from it."""

    def refuse(why: str) -> NoReturn:
        raise BadDocument(title + why)

    if sum(len(data) for part, data in found.parts.items() if part.endswith(".xml")) > MAX_TEMPLATE:
        refuse("の文章が大きすぎるので、テンプレートを短くしてください。")
    type_of = docx_structure.typed(TYPES, found.xml(TYPES), refuse)
    for part in found.parts:
        if part.endswith(".rels"):
            _relations(part, found, type_of, refuse)
        elif part.endswith(".xml") and part != TYPES:
            _elements(found.xml(part), refuse)
    return found


def parsed(data: bytes) -> Any:
    """The tree of some XML, without entities, comments and instructions, without a look outside."""
    quiet = {"remove_comments": True, "remove_pis": True}
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, **quiet))


def _load(path: Path, refuse: Any) -> bytes:
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


def _container(blob: bytes, refuse: Any) -> None:
    """Whether the file is a zip; otherwise, what it is instead."""
    if blob.startswith(zip_guard.OLE):
        if zip_guard.PASSWORD in blob:
            refuse("にはパスワードがかかっているので、Word で解除して保存し直してください。")
        refuse(f"は古い形式（.doc など）なので、{SAVE}")
    if blob.startswith(b"{\\rtf"):
        refuse(f"はリッチテキスト（.rtf）なので、{SAVE}")
    if not blob.startswith(zip_guard.ZIP):
        refuse("は Word 文書（.docx）ではないので、Word 文書を指定してください。")


def _package(names: set[str], refuse: Any) -> None:
    """Whether the zip is a Word document; otherwise, what it is instead."""
    if "mimetype" in names and "content.xml" in names:
        refuse("は OpenDocument 形式（.odt など）なので、Word 形式（.docx）で保存し直してください。")
    if any(n.lower().endswith("vbaproject.bin") for n in names):
        refuse(f"にはマクロが入っているので、{SAVE}")
    if not {TYPES, RELS} <= names:
        refuse("は Word 文書（.docx）ではないので、Word 文書を指定してください。")


def _content(part: str, data: bytes, refuse: Any) -> None:
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
        declared = parsed(data).getroottree().docinfo.internalDTD is not None
    except (etree.XMLSyntaxError, ValueError):
        refuse(f"の {part} が XML として壊れているので、{SAVE}")
    if declared:
        refuse(f"の内部に Word が書かない宣言があるので、{SAVE}")


def _built(parts: Mapping[str, bytes], refuse: Any) -> None:
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


def _relations(part: str, found: Document, type_of: Callable[[str], str], refuse: Any) -> None:
    """Whether a part is connected only to what a draft needs, inside the file, or to a plain link."""
    for relation in relations(found.parts[part]):
        what, target = kind_of(relation), relation.get("Target", "")
        if what not in RELATIONS:
            named = HARM.get(what)
            refuse(f"に{named or f'「{what}」'}がつながっているので、{'Word で取り除いてください。' if named else NEW}")
        if relation.get("TargetMode") == "External":
            if what != "hyperlink" or not LINK.match(target):
                refuse(
                    "が外のファイルにつながっているので、Word で取り除いてください（使えるのは http のリンクだけ）。"
                )
        elif inside(part, target) not in found.parts:
            refuse(f"の中に、つながりの切れた部分（{target[:60]}）があるので、{SAVE}")
        elif not docx_structure.led(relation, inside(part, target), type_of):
            refuse(docx_structure.odd(inside(part, target)))


def relations(data: bytes) -> list[Any]:
    """The relations that a .rels part lists."""
    return docx_structure.relations(parsed(data))


def _elements(root: Any, refuse: Any) -> None:
    """Whether a part fetches or runs something by itself."""
    for name, what in ELEMENTS.items():
        if next(root.iter(f"{WORD}{name}"), None) is not None:
            refuse(f"に{what}があるので、Word で取り除いてください。")
    simple = [e.get(f"{WORD}instr", "") for e in root.iter(f"{WORD}fldSimple")]
    for code in ("".join(e.text or "" for e in root.iter(f"{WORD}instrText")), *simple):
        if found := FIELDS.search(code.upper()):
            refuse(f"に、外を読むフィールド（{found[0]}）があるので、Word で取り除いてください。")
