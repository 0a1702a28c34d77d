"""Templates as Word, Word online, Google Docs and LibreOffice leave them, made after public reports: printed, or named in words."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree

from addin.cli.main import main
from templates.files.template_folder import HERE
from tests.docxs import BODY_RELS, DOCUMENT, OFFICE, RELS, TYPES, W, packed, relations, run
from tests.drafted import text
from workbooks.building import fill

EXAMPLES = Path(fill.__file__).parents[1] / "examples"
QUOTE = str(EXAMPLES / "wholesale.xlsx")
TITLE, FIRM = "資金繰り表", "株式会社みほん食材"
SHIPPED = sorted(HERE.glob("*.docx"))
MICROSOFT = "http://schemas.microsoft.com/office"
Parts = dict[str, bytes]


def parts_of(path: Path) -> Parts:
    """The parts of a package."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def shipped(change: Callable[[Parts], Parts], folder: Path) -> Path:
    """The shipped 資金繰り表 as another program leaves it."""
    return packed(folder / f"{TITLE}.docx", change(parts_of(HERE / f"{TITLE}.docx")))


def first(xml: str) -> Callable[[Parts], Parts]:
    """With one more paragraph at the beginning."""
    body = f"<w:body><w:p>{xml}</w:p>".encode()
    return lambda parts: {**parts, DOCUMENT: parts[DOCUMENT].replace(b"<w:body>", body, 1)}


def added(
    name: str, kind: str, relation: str, data: bytes = b"<a/>", of: str = BODY_RELS, more: Parts | None = None
) -> Callable[[Parts], Parts]:
    """With one more part and the relation that leads to it."""

    def change(parts: Parts) -> Parts:
        override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'.encode()
        link = f'<Relationship Id="rIdX9" Type="{relation}" Target="/{name}"/></Relationships>'.encode()
        changed = {
            TYPES: parts[TYPES].replace(b"</Types>", override),
            of: parts[of].replace(b"</Relationships>", link),
        }
        return {**parts, **changed, name: data, **(more or {})}

    return change


def linted(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit status of the lint, and what it says."""
    capsys.readouterr()
    status = main(["templates", "lint", str(path)])
    said = capsys.readouterr()
    return status, said.out + said.err


def drawn(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, bytes]:
    """Exit status of the draft from a folder with this template, what it says, and the draft."""
    capsys.readouterr()
    status = main(["draft", QUOTE, "-o", str(path.parent / "out"), "--templates", str(path.parent)])
    said = capsys.readouterr()
    made = list((path.parent / "out").glob(f"*{TITLE}.docx"))
    return status, said.out + said.err, made[0].read_bytes() if made else b""


def renamed(parts: Parts) -> Parts:
    """Word online: the main part is word/document2.xml."""
    moved = {name.replace("document.xml", "document2.xml"): data for name, data in parts.items()}
    return {
        n: d.replace(b"word/document.xml", b"word/document2.xml") if n in (TYPES, RELS) else d for n, d in moved.items()
    }


def printed_for(parts: Parts) -> Parts:
    """Word keeps the settings of the printer that was chosen last."""
    kept = added(
        "word/printerSettings1.bin",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.printerSettings",
        f"{OFFICE}/printerSettings",
        b"\0\1",
    )(parts)
    mark = b'<w:printerSettings xmlns:r="' + OFFICE.encode() + b'" r:id="rIdX9"/><w:docGrid'
    assert b"<w:docGrid" in kept[DOCUMENT]
    return {**kept, DOCUMENT: kept[DOCUMENT].replace(b"<w:docGrid", mark, 1)}


GLOSSARY = (
    f'<w:glossaryDocument xmlns:w="{W}"><w:docParts><w:docPart><w:docPartPr><w:name w:val="DefaultPlaceholder"/></w:docPartPr>'
    "<w:docPartBody><w:p><w:r><w:t>クリックまたはタップしてテキストを入力してください。</w:t></w:r></w:p></w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>"
).encode()
GLOSSARY_RELS = relations(("styles", "styles.xml", False))
HARMLESS: Mapping[str, tuple[Callable[[Parts], Parts], str]] = {
    "document2": (renamed, ""),
    "intelligence": (
        added(
            "word/intelligence2.xml",
            "application/vnd.ms-office.intelligence2+xml",
            f"{MICROSOFT}/2020/10/relationships/intelligence",
        ),
        "intelligence",
    ),
    "glossary": (
        added(
            "word/glossary/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.glossary+xml",
            f"{OFFICE}/glossaryDocument",
            GLOSSARY,
            more={"word/glossary/_rels/document.xml.rels": GLOSSARY_RELS, "word/glossary/styles.xml": b"<a/>"},
        ),
        "glossary",
    ),
    "task panes": (
        added(
            "word/webextensions/taskpanes.xml",
            "application/vnd.ms-office.webextensiontaskpanes+xml",
            f"{MICROSOFT}/2011/relationships/webextensiontaskpanes",
            of=RELS,
        ),
        "webextension",
    ),
    "hdphoto": (
        added("word/media/hdphoto1.wdp", "image/vnd.ms-photo", f"{MICROSOFT}/2007/relationships/hdphoto", b"WDP"),
        "",
    ),
    "document tasks": (
        added(
            "word/documenttasks/documenttasks1.xml",
            "application/vnd.ms-office.documenttasks+xml",
            f"{MICROSOFT}/2019/05/relationships/documenttasks",
        ),
        "documenttasks",
    ),
    "printer settings": (printed_for, "printerSettings"),
    "shortcut keys": (
        added(
            "word/customizations.xml",
            "application/vnd.ms-word.keyMapCustomizations+xml",
            f"{MICROSOFT}/2006/relationships/keyMapCustomizations",
        ),
        "customizations",
    ),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_word_adds_by_itself_is_no_hindrance(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, gone = HARMLESS[name]
    path = shipped(change, tmp_path)
    assert linted(path, capsys) == (0, f"{path}: 誤りはありません。\n")
    status, said, draft = drawn(path, capsys)
    assert status == 0, said
    assert FIRM in text(draft)
    with zipfile.ZipFile(io.BytesIO(draft)) as package:
        assert not gone or not [n for n in package.namelist() if gone in n or gone.encode() in package.read(n)]
        assert name != "hdphoto" or package.read("word/media/hdphoto1.wdp") == b"WDP"
    Document(io.BytesIO(draft))


NAMED = {
    f"{OFFICE}/chart": "グラフ（「挿入」の「グラフ」）",
    f"{OFFICE}/diagramData": "SmartArt（「挿入」の「SmartArt」）",
    f"{MICROSOFT}/2011/relationships/webextension": "アドイン（「挿入」の「アドイン」）",
    f"{MICROSOFT}/2017/06/relationships/model3d": "3D モデル（「挿入」の「3D モデル」）",
    f"{OFFICE}/recipientData": "差し込み印刷のあて先",
    f"{OFFICE}/video": "ビデオか音声",
    "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin": "デジタル署名（「ファイル」の「情報」）",
}


@pytest.mark.parametrize("relation", NAMED, ids=lambda relation: relation.rpartition("/")[2])
def test_the_rest_is_named_as_in_words_menus(relation: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = shipped(added("word/x1.xml", "application/xml", relation), tmp_path)
    status, said = linted(path, capsys)
    assert (status, said) == (
        2,
        f"hojokin: 「{TITLE}.docx」に{NAMED[relation]}がつながっているので、Word で取り除いてください。\n",
    )


def test_what_nobody_knows_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = shipped(added("word/x1.xml", "application/xml", "urn:x/newThing"), tmp_path)
    assert linted(path, capsys)[1].endswith("見つからないときは、本文を新しい文書に写して保存し直してください。\n")


FIELD = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
BOX = "<w:txbxContent><w:p>" + run("{{ firm }}") + "</w:p></w:txbxContent>"
DRAWING = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><wp:extent cx='9' cy='9'/><wp:docPr id='9' name='t'/>"
    "<a:graphic xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><a:graphicData uri='u'><wps:wsp><wps:txbx>"
    + BOX
    + "</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
    + BOX
    + "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
SDT = "<w:sdt><w:sdtPr><w:id w:val='1'/><w:tag w:val='goog_rdk_0'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
PRINTED = {  # a paragraph, and how often the firm stands in it
    "smart quotes": (run("{% if firm == “A” %}a{% else %}{{ firm | default(‘なし’) }}{% endif %}"), 1),
    "no-break space": (run("{{\u00a0firm\u00a0}}"), 1),
    "split over runs, a bookmark and a mark of spelling": (
        run("{")
        + '<w:proofErr w:type="spellStart"/>'
        + run("{ fi")
        + '<w:bookmarkStart w:id="5" w:name="a"/><w:bookmarkEnd w:id="5"/>'
        "<w:r><w:lastRenderedPageBreak/><w:t>r</w:t></w:r>" + run("m }", "<w:rPr><w:b/></w:rPr>") + run("}"),
        1,
    ),
    "whole in a control of Google Docs": (SDT.format(run("{{ firm }}")), 1),
    "text box, twice": (DRAWING, 2),
    "ruby": (
        f"<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val='center'/></w:rubyPr><w:rt>{run('しゃめい')}</w:rt><w:rubyBase>{run('{{ firm }}')}</w:rubyBase></w:ruby></w:r>",
        1,
    ),
    "link": (f"<w:hyperlink w:anchor='x'>{run('{{ firm }}')}</w:hyperlink>", 1),
    "percent in a text": (run("{% if firm == '50%' %}a{% else %}{{ firm }}{% endif %}"), 1),
}


@pytest.mark.parametrize("name", PRINTED)
def test_what_word_makes_of_a_tag_is_printed(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    xml, times = PRINTED[name]
    path = shipped(first(xml), tmp_path)
    assert linted(path, capsys) == (0, f"{path}: 誤りはありません。\n")
    _, said, draft = drawn(path, capsys)
    with zipfile.ZipFile(io.BytesIO(draft)) as package:
        root: Any = etree.fromstring(package.read(DOCUMENT))
    paragraph = root.find(f"{{{W}}}body/{{{W}}}p")
    assert "".join(paragraph.itertext()).count(FIRM) == times, said


REFUSED = {  # a paragraph, and what is said of it
    "capital": (
        run("{{ Firm }}") + run("{% If errors %}x{% Endif %}"),
        ("「If」は使えません。「if」ではありませんか", "「Firm」という名前はありません。「firm」ではありませんか"),
    ),
    "zero width space": (run("{{ fi\u200brm }}"), ("目に見えない文字（ゼロ幅の空白など）",)),
    "word joiner": (run("{{ fi\u2060rm }}"), ("目に見えない文字",)),
    "half in a control of Google Docs": (
        run("{{ fi") + SDT.format(run("rm")) + run(" }}"),
        ("コンテンツ コントロールの境目をまたいでいます",),
    ),
    "tracked": (f"<w:ins w:id='1' w:author='a'>{run('{{ firm }}')}</w:ins>", ("変更履歴の中にタグがあります",)),
    "ellipsis": (run("{{ firm… }}"), ("本文「{{ firm… }}」 タグの中の書き方が正しくありません",)),
    "en dash": (run("{% if firm – 1 %}x{% endif %}"), ("タグの中の書き方が正しくありません",)),
    "unknown names": (
        run("{{ frim }} {{ draft.titel }}"),
        ("「firm」ではありませんか", "「draft.title」ではありませんか"),
    ),
    "percent in a tag with a prefix": (
        run("{%p if firm == '50%' %}") + "</w:p><w:p>" + run("x") + "</w:p><w:p>" + run("{%p endif %}"),
        ("{%p のタグの中に % や } は書けません",),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_go_wrong_is_named_by_lint_and_draft(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    xml, told = REFUSED[name]
    path = shipped(first(xml), tmp_path)
    status, said = linted(path, capsys)
    assert status == 1
    assert all(words in said for words in told), said
    status, said, draft = drawn(path, capsys)
    assert (status, draft, len(said.splitlines())) == (2, b"", 1)
    assert told[0] in said


REMARKED = {
    "merge field": (
        FIELD.format("begin")
        + "<w:r><w:instrText> MERGEFIELD 会社名 </w:instrText></w:r>"
        + FIELD.format("separate")
        + run("«会社名»")
        + FIELD.format("end"),
        "差し込み印刷のフィールド「会社名」は埋まらず",
    ),
    "merge field in pieces": (
        FIELD.format("begin")
        + '<w:r><w:instrText> MERGE</w:instrText></w:r><w:r><w:instrText>FIELD "担当 者" \\* MERGEFORMAT</w:instrText></w:r>'
        + FIELD.format("end"),
        "フィールド「担当 者」は埋まらず",
    ),
    "simple merge field": (
        f"<w:fldSimple w:instr=' MERGEFIELD Company '>{run('«Company»')}</w:fldSimple>",
        "フィールド「Company」は埋まらず",
    ),
    "address block": (
        f"<w:fldSimple w:instr=' ADDRESSBLOCK \\f x '>{run('«AddressBlock»')}</w:fldSimple>",
        "差し込み印刷のフィールドは埋まらず",
    ),
    "soft hyphen": ("<w:r><w:t>{{ fi</w:t><w:softHyphen/><w:t>rm }}</w:t></w:r>", "任意指定のハイフン"),
    "line break": (
        "<w:r><w:t xml:space='preserve'>{{ firm</w:t><w:br/><w:t xml:space='preserve'> }}</w:t></w:r>",
        "改行",
    ),
    "tab": ("<w:r><w:t>{{</w:t><w:tab/><w:t>firm }}</w:t></w:r>", "タブ"),
}


@pytest.mark.parametrize("name", REMARKED)
def test_what_may_mislead_is_remarked(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    xml, told = REMARKED[name]
    path = shipped(first(xml), tmp_path)
    status, said = linted(path, capsys)
    assert status == 0
    assert "注意: 本文" in said
    assert told in said
    assert drawn(path, capsys)[0] == 0


def test_a_section_break_behind_a_tag_gets_a_paragraph_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As LibreOffice saves it: the page that lies across stays so, whether the condition holds or not."""
    page = "<w:sectPr><w:pgSz w:w='16838' w:h='11906' w:orient='landscape'/></w:sectPr>"
    xml = (
        run("{%p if errors %}")
        + "</w:p><w:p>"
        + run("誤り")
        + f"</w:p><w:p><w:pPr>{page}</w:pPr>"
        + run("{%p endif %}")
    )
    path = shipped(first(xml), tmp_path)
    assert linted(path, capsys)[0] == 0
    draft = drawn(path, capsys)[2]
    assert Document(io.BytesIO(draft)).sections[0].orientation == 1


@pytest.mark.office
def test_the_shipped_templates_saved_by_libreoffice_are_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(path) for path in SHIPPED]
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(tmp_path / "own"),
        *files,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    saved = sorted((tmp_path / "own").glob("*.docx"))
    assert len(saved) == len(SHIPPED) == 12
    capsys.readouterr()
    assert main(["templates", "lint", *map(str, saved)]) == 0
    assert capsys.readouterr().out.count("誤りはありません。") == 12
    for name in ("wholesale", "normal", "etrade", "security", "group"):
        quote = str(EXAMPLES / f"{name}.xlsx")
        assert main(["draft", quote, "-o", str(tmp_path / name / "a"), "--templates", str(tmp_path / "own")]) in (0, 1)
        assert main(["draft", quote, "-o", str(tmp_path / name / "b")]) in (0, 1)
        for path in (tmp_path / name / "b").glob("*.docx"):
            other = tmp_path / name / "a" / path.name
            assert words_of(other) == words_of(path), path.name
            assert [s.orientation for s in Document(str(other)).sections] == [
                s.orientation for s in Document(str(path)).sections
            ]


def words_of(path: Path) -> str:
    """The text of a draft's body, without white space."""
    return "".join(
        "".join(map(str, p.itertext())) for p in etree.fromstring(parts_of(path)[DOCUMENT]).iter(f"{{{W}}}t")
    )


def test_what_a_draft_refuses_the_lint_finds_on_trial(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that only other frames fill: said of those where it lacks, and no more."""
    path = tmp_path / "稟議書.docx"
    path.write_bytes(shipped(first(run("{{ near.verdict }}")), tmp_path).read_bytes())
    status, said = linted(path, capsys)
    assert status == 0
    assert "注意: 試し刷り「インボイス枠" in said
    assert "試し刷り「通常枠" not in said
