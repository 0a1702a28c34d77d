"""A Word document that drafts are made from: no macros, nothing embedded, no connection to the outside but plain links."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from templates.files import docx_structure
from templates.files.docx_guard import TYPES, BadDocument, Document, document, inside, relations
from templates.files.docx_structure import SAVE, WORD, kind_of
from templates.files.template_mending import mended
from workbooks.files.zip_guard import Refuse
from workbooks.reading.xlsx_guard import name as called

MAX_TEMPLATE = 6 << 20  # bytes of all its XML
# The last word of a relation's type. What is not here runs, embeds or fetches something.
RELATIONS = {
    "officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail", "styles",
    "stylesWithEffects", "settings", "webSettings", "fontTable", "theme", "numbering", "header", "footer",
    "footnotes", "endnotes", "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "image",
    "hyperlink", "customXml", "customXmlProps", "font", "classificationlabels", "hdphoto",
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


def template(path: Path | str) -> Document:
    """A Word document that drafts may be made from."""
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


def _relations(part: str, found: Document, type_of: Callable[[str], str], refuse: Refuse) -> None:
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


def _elements(root: Any, refuse: Refuse) -> None:
    """Whether a part fetches or runs something by itself."""
    for name, what in ELEMENTS.items():
        if next(root.iter(f"{WORD}{name}"), None) is not None:
            refuse(f"に{what}があるので、Word で取り除いてください。")
    simple = [e.get(f"{WORD}instr", "") for e in root.iter(f"{WORD}fldSimple")]
    for code in ("".join(e.text or "" for e in root.iter(f"{WORD}instrText")), *simple):
        if found := FIELDS.search(code.upper()):
            refuse(f"に、外を読むフィールド（{found[0]}）があるので、Word で取り除いてください。")
