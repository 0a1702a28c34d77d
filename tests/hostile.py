"""Documents and templates that mean harm, each with the sentence that refuses it."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.docxs import (
    BODY_RELS,
    DOCUMENT,
    OFFICE,
    RELATIONSHIPS,
    RELS,
    STYLES,
    TYPES,
    W,
    body,
    p,
    packed,
    parts,
    relations,
    run,
    table,
    types,
)
from workbooks.files.zip_guard import OLE, PASSWORD

MB = 1 << 20
SETTINGS = "word/settings.xml"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
Maker = Callable[[Path], Path]


def whole(**changes: bytes) -> Maker:
    """A small document with some parts in place of its own (__ for /, _x for .xml)."""
    named = {name.replace("__", "/").replace("_x", ".xml"): data for name, data in changes.items()}
    return lambda path: packed(path, {**parts(p("a")), **named})


def members(changed: Mapping[str, bytes]) -> Maker:
    """A small document with these members on top."""
    return lambda path: packed(path, {**parts(p("a")), **changed})


def linked(kind: str, target: str, out: bool) -> Maker:
    """A document whose body has one more relation."""
    return members({BODY_RELS: relations(("styles", "styles.xml", False), (kind, target, out)), "word/a.bin": b"x"})


def holding(block: str) -> Maker:
    """A document with a block of XML in its body."""
    return lambda path: packed(path, parts(block))


def raw(data: bytes) -> Maker:
    """A file of bytes."""
    return lambda path: (path.write_bytes(data) and path) or path


def changed(change: Callable[[bytearray], None], **more: bytes) -> Maker:
    """A document whose bytes are changed afterwards."""

    def made(path: Path) -> Path:
        blob = bytearray(whole(**more)(path).read_bytes())
        change(blob)
        path.write_bytes(bytes(blob))
        return path

    return made


def encrypted(blob: bytearray) -> None:
    """Sets the flag of the last member in the zip's directory."""
    at = blob.rfind(b"PK\x01\x02")
    blob[at + 8] |= 1


def smaller(blob: bytearray) -> None:
    """Says that the last member is smaller than it is."""
    at = blob.rfind(b"PK\x01\x02")
    struct.pack_into("<I", blob, at + 24, 10)


def overlapping(blob: bytearray) -> None:
    """Lets the last member begin where the first does."""
    at = blob.rfind(b"PK\x01\x02")
    struct.pack_into("<I", blob, at + 42, 0)


def twice(path: Path) -> Path:
    """Two members whose names differ in case only."""
    return packed(path, {**parts(p("a")), "WORD/document.xml": body(p("b"))})


def named(name: str) -> Maker:
    """A document under another name."""
    return lambda path: packed(path.with_name(name), parts(p("a")))


def zipped(*names: str) -> bytes:
    """A zip of empty members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return out.getvalue()


def codes(*texts: str) -> str:
    """A field whose code is split over runs."""
    return p(*(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in texts))


SETTING = f'<w:settings xmlns:w="{W}" xmlns:r="{OFFICE}">{{}}</w:settings>'
AGAIN = "保存し直してください。"
LINK = f'<Relationship Id="rId9" Type="{OFFICE}/hyperlink" Target="https://a.example/" TargetMode="External"/>'
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CORE = f'<Override PartName="/docProps/core.xml" ContentType="{CORE_TYPE}"/></Types>'.encode()


def listing(change: Callable[[bytes], bytes], part: str = BODY_RELS) -> Maker:
    """A document in which a list of relations, or of types, is changed."""
    return lambda path: packed(path, {**parts(p("a")), part: change(parts()[part])})


def more(added: str, part: str = BODY_RELS) -> Maker:
    """The same with something more at its end."""
    return listing(lambda data: data[: data.rindex(b"</")] + added.encode() + data[data.rindex(b"</") :], part)


def instead(old: str, new: str, part: str = BODY_RELS) -> Maker:
    """The same with something in place of something."""
    assert old.encode() in parts()[part]
    return listing(lambda data: data.replace(old.encode(), new.encode()), part)


def unlike(part: str) -> str:
    """The sentence on a part that Word does not write so."""
    return f"の中（{part}）が Word の書く形ではないので、Word で開き"


BUILT: dict[str, tuple[Maker, str]] = {
    "foreign relation": (more('<x:y xmlns:x="urn:x" Id="r" Type="a/b" Target="c"/>'), unlike(BODY_RELS)),
    "relation in a foreign element": (more(f'<x:y xmlns:x="urn:x">{LINK}</x:y>'), unlike(BODY_RELS)),
    "foreign element in a relation": (more(LINK.replace("/>", '><x xmlns=""/></Relationship>')), unlike(BODY_RELS)),
    "relation in a relation": (more(LINK.replace("/>", f">{LINK}</Relationship>")), unlike(BODY_RELS)),
    "relations of another namespace": (instead(RELATIONSHIPS, "urn:x"), unlike(BODY_RELS)),
    "relations under another name": (listing(lambda _: b"<html/>"), unlike(BODY_RELS)),
    "relation without an id": (more(LINK.replace('Id="rId9" ', "")), unlike(BODY_RELS)),
    "relation without a type": (more('<Relationship Id="rId9" Target="styles.xml"/>'), unlike(BODY_RELS)),
    "relation without a target": (more(LINK.replace('Target="https://a.example/" ', "")), unlike(BODY_RELS)),
    "relation of an odd mode": (more(LINK.replace("External", "Outside")), unlike(BODY_RELS)),
    "an id twice": (more(LINK.replace("rId9", "rId1")), unlike(BODY_RELS)),
    "two lists of styles": (
        more(f'<Relationship Id="rId9" Type="{OFFICE}/styles" Target="styles.xml"/>'),
        unlike(BODY_RELS),
    ),
    "two main parts": (
        more(f'<Relationship Id="rId9" Type="{OFFICE}/officeDocument" Target="{DOCUMENT}"/>', RELS),
        unlike(RELS),
    ),
    "entity in the relations": (more("&foo;"), "の word/_rels/document.xml.rels が XML として壊れているので"),
    "deep relations": (more("<x>" * 200 + "</x>" * 200), unlike(BODY_RELS)),
    "bottomless relations": (
        more("<x>" * 9000 + "</x>" * 9000),
        "の word/_rels/document.xml.rels が XML として壊れているので",
    ),
    "many foreign elements": (more('<x:y xmlns:x="urn:x"/>' * 20_000), "が長すぎる（上限2,000）ので"),
    "many links": (
        more("".join(LINK.replace("rId9", f"r{n}") for n in range(20_000))),
        "が長すぎる（上限2,000）ので",
    ),
    "strict main part": (
        instead(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships", RELS),
        "は「厳密な Open XML」の文書なので",
    ),
    "types of another namespace": (instead("package/2006/content-types", "x", TYPES), unlike(TYPES)),
    "foreign type": (more("<x/>", TYPES), unlike(TYPES)),
    "empty type": (more("<Override/>", TYPES), unlike(TYPES)),
    "a type twice": (more(f'<Override PartName="/{DOCUMENT}" ContentType="a/b"/>', TYPES), unlike(TYPES)),
    "document of another namespace": (instead(W, "urn:x", DOCUMENT), unlike(DOCUMENT)),
    "strict document": (instead(W, "http://purl.oclc.org/ooxml/wordprocessingml/main", DOCUMENT), unlike(DOCUMENT)),
    "document under another name": (instead("w:document", "w:styles", DOCUMENT), unlike(DOCUMENT)),
    "no body": (instead("w:body", "w:bodies", DOCUMENT), unlike(DOCUMENT)),
    "two bodies": (instead("<w:body>", "<w:body/><w:body>", DOCUMENT), unlike(DOCUMENT)),
    "text behind the body": (instead("</w:document>", "<w:p/></w:document>", DOCUMENT), unlike(DOCUMENT)),
    "styles of another namespace": (instead(W, "urn:x", STYLES), unlike(STYLES)),
    "properties of another namespace": (
        members({"docProps/core.xml": b"<html/>", TYPES: types().replace(b"</Types>", CORE)}),
        unlike("docProps/core.xml"),
    ),
}
PACKAGES: dict[str, tuple[Maker, str]] = {
    **BUILT,
    "missing": (lambda path: path, "が見つからないので"),
    "folder": (lambda path: path.mkdir() or path, "はファイルではないので"),
    "empty": (raw(b""), "空のファイル（0バイト）"),
    "lock file": (named("~$t.docx"), "「~$」の付かないファイル"),
    "text": (raw("品名,単価".encode()), "は Word 文書（.docx）ではないので"),
    "old word": (
        raw(OLE + bytes(2000)),
        f"は古い形式（.doc など）なので、Word で開き、「名前を付けて保存」で「Word 文書 (*.docx)」を選んで{AGAIN}",
    ),
    "password": (raw(OLE + bytes(2000) + PASSWORD), "にはパスワードがかかっているので"),
    "rich text": (raw(rb"{\rtf1 a}"), "はリッチテキスト（.rtf）なので"),
    "cut off": (lambda path: raw(whole()(path).read_bytes()[:-40])(path), "は壊れているか途中で切れている"),
    "lying size": (changed(smaller), "は壊れているか途中で切れている"),
    "overlapping": (changed(overlapping), "は壊れているか途中で切れている"),
    "encrypted member": (changed(encrypted), "の内部の名前が正しくないので"),
    "bomb": (members({"word/media/a.png": bytes(8 * MB)}), "の中に異常に大きく膨らむ部分があるので"),
    "many members": (members({f"word/media/{n}.png": b"" for n in range(1001)}), "は開くと大きすぎるので"),
    "path traversal": (members({"../../evil.xml": b"<x/>"}), "の内部の名前が正しくないので"),
    "absolute path": (members({"/etc/evil.xml": b"<x/>"}), "の内部の名前が正しくないので"),
    "twice": (twice, "の内部の名前が正しくないので"),
    "billion laughs": (members({"word/a.xml": LAUGHS}), "の内部に Word が書かない宣言があるので"),
    "external entity": (
        members({SETTINGS: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}),
        "の内部に Word が書かない宣言があるので",
    ),
    "utf-16": (members({DOCUMENT: "<a/>".encode("utf-16")}), "の文字コードが UTF-8 ではないので"),
    "utf-7": (members({DOCUMENT: b'<?xml version="1.0" encoding="utf-7"?><a/>'}), "の文字コードが UTF-8 ではないので"),
    "malformed": (members({DOCUMENT: b"<a><b></a>"}), "の word/document.xml が XML として壊れているので"),
    "too deep": (
        members({DOCUMENT: b"<a>" * 9000 + b"</a>" * 9000}),
        "の word/document.xml が XML として壊れているので",
    ),
    "too long": (
        members({DOCUMENT: body(*(p(str(n) * 9) for n in range(70_000)))}),
        "の本文が大きすぎる（上限4MB）ので",
    ),
    "no main part": (members({RELS: relations()}), "は Word 文書（.docx）ではないので"),
    "word template": (members({TYPES: types("application/a.template.main+xml")}), "は Word のひな形（.dotx）なので"),
    "macro document": (
        members({TYPES: types("application/a.macroEnabled.main+xml")}),
        "はマクロ入りの文書（.docm、.dotm）なので",
    ),
    "macros": (members({"word/vbaProject.bin": b"x"}), "にはマクロが入っているので"),
    "workbook": (members({TYPES: types("application/a.spreadsheetml.sheet.main+xml")}), "は Excel のブックなので"),
    "open document": (raw(zipped("mimetype", "content.xml")), "は OpenDocument 形式（.odt など）なので"),
    "other zip": (raw(zipped("a.txt")), "は Word 文書（.docx）ではないので"),
}
TEMPLATES: dict[str, tuple[Maker, str]] = {
    "remote template": (
        linked("attachedTemplate", "https://evil.example/a.dotm", True),
        "にほかのひな形がつながっているので",
    ),
    "ole object": (linked("oleObject", "a.bin", False), "に埋め込みのオブジェクトがつながっているので"),
    "embedded file": (linked("package", "a.bin", False), "に埋め込みのファイルがつながっているので"),
    "alternative part": (linked("aFChunk", "a.bin", False), "に埋め込みの文書（altChunk）がつながっているので"),
    "sub document": (linked("subDocument", "b.docx", True), "にほかの文書がつながっているので"),
    "active x": (linked("control", "a.bin", False), "に ActiveX のコントロールがつながっているので"),
    "unknown relation": (linked("attachedToolbars", "a.bin", False), "に「attachedToolbars」がつながっているので"),
    "remote picture": (linked("image", "http://evil.example/a.png", True), "が外のファイルにつながっているので"),
    "file link": (linked("hyperlink", "file:///etc/passwd", True), "が外のファイルにつながっているので"),
    "script link": (linked("hyperlink", "javascript:alert(1)", True), "が外のファイルにつながっているので"),
    "link into nowhere": (linked("hyperlink", "nowhere", False), "つながりの切れた部分（nowhere）"),
    "header that is none": (linked("header", "styles.xml", False), unlike(STYLES)),
    "properties that are none": (
        more(f'<Relationship Id="rId9" Type="x/core-properties" Target="{DOCUMENT}"/>', RELS),
        unlike(DOCUMENT),
    ),
    "relation upwards": (linked("image", "../../../etc/passwd", False), "つながりの切れた部分（../../../etc/passwd）"),
    "dde": (holding(codes("DDE", 'AUTO c:\\\\cmd.exe "/k calc"')), "外を読むフィールド（DDEAUTO）"),
    "included text": (holding(codes(' INCLUDETEXT "c:\\\\a.txt"')), "外を読むフィールド（INCLUDETEXT）"),
    "included picture": (
        holding('<w:p><w:fldSimple w:instr="includepicture a"/></w:p>'),
        "外を読むフィールド（INCLUDEPICTURE）",
    ),
    "alternative element": (holding("<w:altChunk/>" + p("a")), "に埋め込みの文書（altChunk）があるので"),
    "object element": (holding(p("<w:r><w:object/></w:r>")), "に埋め込みのオブジェクトがあるので"),
    "mail merge": (members({SETTINGS: SETTING.format("<w:mailMerge/>").encode()}), "に差し込み印刷のデータがあるので"),
    "template setting": (
        members({SETTINGS: SETTING.format('<w:attachedTemplate r:id="rId1"/>').encode()}),
        "にほかのひな形があるので",
    ),
}
ROWS = p("".join(f"{{% for {name} in lines %}}" for name in "abc") + "x" + "{% endfor %}" * 3)
LONG = table(["{%tr for a in lines %}"], ["{%tr for b in lines %}"], ["x" * 4000], *[["{%tr endfor %}"]] * 2)
PROPERTIES = '<cp:coreProperties xmlns:cp="a" xmlns:dc="b"><dc:title>{{ cycler }}</dc:title></cp:coreProperties>'
LANGUAGE: dict[str, tuple[Maker, str]] = {
    "class": (holding(p("{{ ''.__class__.__mro__ }}")), "下線で始まる名前「__mro__」は使えません"),
    "globals": (holding(p("{{ cycler.__init__.__globals__.os }}")), "下線で始まる名前「__globals__」は使えません"),
    "call": (holding(p("{{ cycler('a') }}")), "呼び出し（丸かっこ）は使えません"),
    "method": (holding(p("{{ lines.append('x') }}")), "呼び出し（丸かっこ）は使えません"),
    "format": (holding(p("{{ '{0.__class__}'.format(firm) }}")), "呼び出し（丸かっこ）は使えません"),
    "dictionary": (holding(p("{{ {1: 2} }}")), "タグの中に波かっこがあります"),
    "attribute filter": (holding(p("{{ firm | attr('x') }}")), "| attr は使えません"),
    "item": (holding(p("{{ lines['_x'] }}")), "下線で始まる名前「_x」は使えません"),
    "computed item": (holding(p("{{ lines[firm] }}")), "[ ] の中は数か、引用符で囲んだ名前だけ"),
    "slice": (holding(p("{{ firm[::-1] }}")), "範囲（[ : ]）は使えません"),
    "product": (holding(p("{{ 'a' * 1000000000 }}")), "掛け算（*）は使えません"),
    "power": (holding(p("{{ 10 ** 10000000 }}")), "べき乗（**）は使えません"),
    "padding": (holding(p("{{ '%999999999d' % 1 }}")), "余り・書式（%）は使えません"),
    "centred": (holding(p("{{ firm | center(1000000000) }}")), "| center は使えません"),
    "sum": (holding(p("{{ lines + lines }}")), "足し算（+）は使えません"),
    "range": (holding(p("{% for x in range(999999999) %}a{% endfor %}")), "in の後は、一覧の名前だけです"),
    "text loop": (holding(p("{% for x in firm %}a{% endfor %}")), "繰り返せるのは一覧だけです"),
    "literal loop": (holding(p("{% for x in [1, 2] %}a{% endfor %}")), "in の後は、一覧の名前だけです"),
    "recursion": (holding(p("{% for x in lines recursive %}a{% endfor %}")), "recursive は使えません"),
    "include": (holding(p("{% include '/etc/passwd' %}")), "「include」は使えません"),
    "import": (holding(p("{% import 'a' as b %}")), "「import」は使えません"),
    "macro": (holding(p("{% macro f() %}a{% endmacro %}")), "「macro」は使えません"),
    "set": (holding(p("{% set x = firm ~ firm %}")), "「set」は使えません"),
    "raw": (holding(p("{% raw %}a{% endraw %}")), "「raw」は使えません"),
    "filter block": (holding(p("{% filter upper %}a{% endfilter %}")), "「filter」は使えません"),
    "joined": (holding(p("{{ lines | join(firm) }}")), "かっこの中は、引用符で囲んだ文字だけ"),
    "deep brackets": (holding(p("{{ " + "(" * 240 + "1" + ")" * 240 + " }}")), "タグの中の書き方が正しくありません"),
    "long tag": (holding(p("{{ " + "x" * 600 + " }}")), "タグが長すぎます（上限500字）"),
    "many tags": (holding(p("{{ firm }}" * 3001)), "タグが多すぎます（上限3,000個）"),
    "five loops": (holding(p("{% for a in lines %}" * 5 + "{% endfor %}" * 5)), "繰り返しの重なりは4段まで"),
    "sixteen conditions": (holding(p("{% if firm %}" * 16 + "{% endif %}" * 16)), "条件と繰り返しの重なりは15段まで"),
    "eight million rounds": (holding(ROWS), "繰り返しが多すぎます"),
    "endless text": (holding(LONG), "印字される文書が大きすぎます"),
    "open tags": (holding(p("{{" * 200_000)), "タグが閉じていない"),
    "field code": (holding(codes("{{ firm }}")), "フィールドの中のタグは使えません"),
    "property": (members({"docProps/core.xml": PROPERTIES.encode()}), "ここのタグは差し込まれません"),
    "unknown name": (holding(p("{{ cycler }}")), "「cycler」という名前はありません"),
    "python method": (holding(p("{{ draft.items }}")), "「draft.items」という名前はありません"),
    "dict printed": (holding(p("{{ draft }}")), "一覧や組はそのまま印字できません"),
    "broken rows": (holding(table([p("{% if firm %}"), p(run("{% endif %}"))])), "同じ段落に置いてください"),
}
