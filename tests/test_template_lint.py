"""The template lint: every mistake is named in Japanese with its paragraph, and nothing that is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from templates.content.context import context
from templates.files.template_folder import HERE, chosen, export
from templates.files.template_guard import template
from templates.lint import known_names, lint, names
from tests.docxs import DEFAULTS, DOCUMENT, W, docx, p, packed, parts, relations, run, table, types
from tests.samples import assessment

INS = '<w:ins w:id="1" w:author="甲">{}</w:ins>'
FOR, END = "{%tr for line in lines %}", "{%tr endfor %}"


def found(path: Path, level: str = lint.WRONG) -> list[lint.Flaw]:
    """The flaws of a level, held against the names of the examples."""
    return [f for f in lint.flaws(template(path), known_names.known()) if f.level == level]


GOOD = {
    "value": p("{{ firm }}様 {{firm}} {{ draft.title }}"),
    "split over runs": p("{", "{ fi", run("rm", "<w:rPr><w:b/></w:rPr>"), " }", "}"),
    "smart quotes": p("{%p if role == “申請者” %}") + p("a") + p("{%p endif %}"),
    "row loop": table([FOR], ["{{ line.item }}", "{{ loop.index }}"], [END]),
    "column loop": table(["{%tc for line in lines %}", "{{ line.item }}", "{%tc endfor %}"]),
    "inline condition": p("{% if errors %}誤り {{ errors | length }} 件{% else %}なし{% endif %}"),
    "first of a list": p("{{ (lines | first).item }} {{ lines[0].item }} {{ draft.notes | join('、') }}"),
    "cell with either": table([p("{%p if firm %}") + p("a") + p("{%p else %}") + p("b") + p("{%p endif %}")]),
    "cell with more": table([p("{%p if firm %}") + p("a") + p("{%p endif %}") + p("")]),
    "nested loops": p("{%p for b in blocks %}")
    + p("{%p for e in b.entries %}")
    + p("{{ e.label }}")
    + p("{%p endfor %}") * 2,
    "comment": p("{# 覚え書き #}文"),
    "single braces": p("{注} 100% {"),
    "literal braces": p("{_{ 見本 }_}"),
    "run condition": p("前", "{%r if firm %}", "中", "{%r endif %}", "後"),
}


@pytest.mark.parametrize("block", GOOD.values(), ids=GOOD)
def test_what_is_right_has_no_flaw(tmp_path: Path, block: str) -> None:
    assert [str(f) for f in lint.flaws(template(docx(tmp_path / "t.docx", block)), known_names.known())] == []


@pytest.mark.parametrize("path", sorted(HERE.glob("*.docx")), ids=lambda path: path.stem)
def test_a_shipped_template_has_no_flaw(path: Path) -> None:
    assert [str(f) for f in lint.flaws(template(path), known_names.known())] == []


BAD = {
    "unknown name": (p("{{ fimr }}"), "「fimr」という名前はありません。「firm」ではありませんか"),
    "unknown key in a loop": (
        table([FOR], ["{{ line.itm }}"], [END]),
        "「line.itm」という名前はありません。「line.item」ではありませんか",
    ),
    "unknown key in a nested loop": (
        p("{%p for b in blocks %}") + p("{%p for e in b.entries %}") + p("{{ e.labl }}") + p("{%p endfor %}") * 2,
        "「e.labl」という名前はありません",
    ),
    "unknown name in a condition": (p("{% if not erors %}a{% endif %}"), "「erors」という名前はありません"),
    "loop name outside": (p("{{ line.item }}"), "「line」という名前はありません"),
    "loop over a value": (p("{%p for x in firm %}") + p("a") + p("{%p endfor %}"), "「firm」は一覧ではない"),
    "list printed": (p("{{ lines }}"), "「lines」はそのまま印字できません"),
    "full-width name": (p("{{ ｆｉｒｍ }}"), "「firm」ではありませんか"),
    "two spellings": (p("{{ firm }}{{ ｆｉｒｍ }}"), "同じ名前とみなされます"),
    "full-width braces": (p("｛｛ firm ｝｝"), "全角の波かっこ・％はタグになりません"),
    "full-width percent": (p("{％p if firm ％}"), "全角の波かっこ・％はタグになりません"),
    "full-width space": (p("{%p　if firm %}") + p("{%p endif %}"), "タグの中に全角の空白か記号"),
    "glued": (p("{%pif firm %}") + p("{%p endif %}"), "{%p と if の間に半角の空白"),
    "space before prefix": (p("{% p if firm %}") + p("{%p endif %}"), "{%p と書いてください"),
    "never closed": (p("{{ firm"), "タグが閉じていない"),
    "over two paragraphs": (p("{{ fi") + p("rm }}"), "段落をまたいでいます"),
    "over a link": (
        f"<w:p>{run('{{ fi')}<w:hyperlink w:anchor='z'>{run('rm }}')}</w:hyperlink></w:p>",
        "リンクの境目をまたいで",
    ),
    "over a control": (
        f"<w:p>{run('{{ fi')}<w:sdt><w:sdtContent>{run('rm }}')}</w:sdtContent></w:sdt></w:p>",
        "コンテンツ コントロールの境目をまたいで",
    ),
    "tracked": (f"<w:p>{run('{{ fi')}{INS.format(run('rm }}'))}</w:p>", "変更履歴の中にタグ"),
    "tracked whole": (f"<w:p>{INS.format(run('{{ firm }}'))}</w:p>", "変更履歴の中にタグ"),
    "deleted": ("<w:p><w:del><w:r><w:delText>{{ firm }}</w:delText></w:r></w:del></w:p>", "変更履歴の中にタグ"),
    "row tag outside": (p("{%tr for line in lines %}") + p("{%tr endfor %}"), "{%tr は表の行の中だけ"),
    "both in one row": (table([f"{FOR}{END}"]), "一つの行に {%tr が二つ"),
    "text in the tag's row": (table([FOR, "合計"], ["a", "b"], [END, ""]), "行ごと消えます"),
    "text in the tag's paragraph": (p("注{%p if firm %}") + p("{%p endif %}"), "段落ごと消えます"),
    "ends in another table": (table([FOR], ["a"]) + p("") + table(["b"], [END]), "同じ表の行に置いて"),
    "ends in another cell": (
        table([p("{%p if firm %}") + p("a"), p("{%p endif %}") + p("b")]),
        "同じ本文か同じセルの段落",
    ),
    "row opened, paragraph closed": (table([FOR], ["a"]) + p("{%p endfor %}"), "印が違います"),
    "no end": (p("{%p if firm %}"), "対応する endif がありません"),
    "no beginning": (p("{%p endif %}"), "対応する始まり"),
    "crossed": (
        p("{%p if firm %}") + p("{%p for l in lines %}") + p("{%p endif %}") + p("{%p endfor %}"),
        "for の終わりは endfor",
    ),
    "two else": (p("{% if firm %}a{% else %}b{% else %}c{% endif %}"), "else の後に、もう一つ"),
    "condition over paragraphs": (p("{% if firm %}") + p("a{% endif %}"), "同じ段落に置いて"),
    "cell emptied": (table([p("{%p if firm %}") + p("a") + p("{%p endif %}")]), "セルが空になり"),
    "cell looped": (table([p("{%p for l in lines %}") + p("a") + p("{%p endfor %}")]), "セルが空になり"),
    "cell ends in a table": (
        table([p("a") + table(["b"]) + p("{%p if firm %}") + p("c") + p("{%p endif %}")]),
        "セルが表で終わる",
    ),
    "rich text": (p("{{r firm }}"), "{{r は図や飾りのためのもの"),
    "whitespace control": (p("{%- if firm %}a{% endif %}"), "{%- や -%} は"),
    "empty tag": (p("{{ }}"), "タグの中が空です"),
    "no such filter": (p("{{ firm | safe }}"), "| safe は使えません"),
    "no such test": (p("{% if firm is callable %}a{% endif %}"), "is callable は使えません"),
    "broken expression": (p("{{ firm. }}"), "タグの中の書き方が正しくありません"),
    "cell colour": (table(["{% cellbg firm %}a"]), "cellbg は使えません"),
    "braces join": (p("a{") + p("{b"), "段落の終わりの { と次の段落"),
    "field code": (p("<w:r><w:instrText>{{ firm }}</w:instrText></w:r>"), "フィールドの中のタグ"),
    "attribute": (p("<w:r><w:t w:rsid='{{ firm }}'>a</w:t></w:r>"), "属性（代替テキストなど）の中のタグ"),
    "section break": (
        "<w:p><w:pPr><w:sectPr/></w:pPr>" + run("{%p if firm %}") + "</w:p>" + p("{%p endif %}"),
        "区切りごと消えます",
    ),
}


@pytest.mark.parametrize(("block", "said"), BAD.values(), ids=BAD)
def test_a_mistake_is_named_with_its_paragraph(tmp_path: Path, block: str, said: str) -> None:
    flaws = found(docx(tmp_path / "t.docx", p("ほかの段落"), block))
    assert [f for f in flaws if said in f.why], [str(f) for f in flaws]
    for flaw in flaws:
        assert flaw.paragraph
        assert "ほかの段落" not in flaw.paragraph
        assert str(flaw).startswith("誤り: 本文「")


def test_a_part_that_is_not_printed_is_named(tmp_path: Path) -> None:
    comments = f'<w:comments xmlns:w="{W}">{p("{{ firm }}")}</w:comments>'.encode()
    path = packed(tmp_path / "t.docx", {**parts(p("a")), "word/comments.xml": comments})
    assert [found(path)[0].place, found(path)[0].paragraph] == ["comments.xml", "{{ firm }}"]


def test_heads_and_feet_are_read_too(tmp_path: Path) -> None:
    head = f'<w:hdr xmlns:w="{W}">{p("{{ fimr }}")}</w:hdr>'.encode()
    made = {**parts(p("a")), "[Content_Types].xml": types(header1="header"), "word/header1.xml": head}
    made["word/_rels/document.xml.rels"] = relations(("header", "header1.xml", False), ("styles", "styles.xml", False))
    assert [f.place for f in found(packed(tmp_path / "t.docx", made))] == ["ヘッダー"]


def test_fonts_without_japanese_are_a_remark(tmp_path: Path) -> None:
    latin = '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/></w:rPr>'
    style = (
        '<w:style w:styleId="a"><w:name w:val="私の"/><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr></w:style></w:styles>'
    )
    path = docx(
        tmp_path / "t.docx", p(run("本文です", latin)), word__styles=DEFAULTS.replace("</w:styles>", style).encode()
    )
    assert found(path) == []
    assert [(f.place, f.paragraph) for f in found(path, lint.NOTE)] == [("スタイル", "私の"), ("本文", "本文です")]


def test_tracked_changes_without_tags_are_a_remark(tmp_path: Path) -> None:
    path = docx(tmp_path / "t.docx", f"<w:p>{INS.format(run('足した'))}</w:p>")
    assert ["変更履歴が残っています" in f.why for f in found(path, lint.NOTE)] == [True]


def test_another_prefix_than_words_is_refused(tmp_path: Path) -> None:
    odd = f'<x:document xmlns:x="{W}"><x:body><x:p/></x:body></x:document>'.encode()
    path = packed(tmp_path / "t.docx", {**parts(), DOCUMENT: odd})
    assert "Word が書く形ではない" in found(path)[0].why


def test_the_page_of_names_is_what_the_examples_give() -> None:
    assert names.PAGE.read_text("utf-8") == names.page(), "make docs"


def test_every_name_has_a_meaning() -> None:
    assert [path for path, _ in known_names.paths(known_names.known()) if names.meaning(path) == names.UNKNOWN] == []


def test_every_name_of_the_sample_is_known() -> None:
    words = context(assessment())
    known = {path for path, _ in known_names.paths(known_names.known())}
    mine = {path for path, _ in known_names.paths(known_names.shape({k: v for k, v in words.items() if k != "drafts"}))}
    assert {path for path in mine if not path.endswith("[]")} <= known


def test_export_never_overwrites(tmp_path: Path) -> None:
    first = export(tmp_path)
    assert [path.read_bytes() for path in first] == [(HERE / path.name).read_bytes() for path in first]
    first[0].write_bytes(b"mine")
    again = export(tmp_path)
    assert first[0].read_bytes() == b"mine"
    assert [again[0].name, *again[1:]] == [f"{first[0].stem}(2).docx", *first[1:]]


def test_a_folder_of_ones_own_comes_before_the_shipped_templates(tmp_path: Path) -> None:
    for name in ("資金繰り表", "稟議書", "~$稟議書"):
        (tmp_path / f"{name}.docx").write_bytes(b"")
    paths = chosen(["入力用下書き", "資金繰り表"], tmp_path)
    assert paths == [HERE / "入力用下書き.docx", tmp_path / "資金繰り表.docx", tmp_path / "稟議書.docx"]
