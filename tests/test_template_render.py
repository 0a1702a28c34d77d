"""Drafts as docxtpl would make them, only faster: equal part by part, alone and in threads; and any text in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docxtpl import DocxTemplate
from lxml import etree

from rules.findings import ERROR, Finding
from rules.refusal import Refusal
from templates import content_controls, sandbox
from templates.content.context import TITLES, context
from templates.engine import own_template, render
from templates.files import template_folder
from templates.files.template_guard import template
from templates.record import embedding
from templates.record.provenance import provenance
from templates.sandbox import GUARD
from tests.docxs import W, docx, p, packed, parts, relations, run, table, types
from tests.samples import LINES, assessment

WORDS = {"firm": "甲\n乙\t丙 & <丁>", "no": "", "lines": [{"item": "い", "n": 1}, {"item": "ろ\nは", "n": 2}]}
FOR, END = "{%tr for line in lines %}", "{%tr endfor %}"
PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="7" name="a"/></wp:inline></w:drawing></w:r></w:p>'
)
OWN = {
    "values": p("{{ firm }}"),
    "rows": table([FOR], ["{{ line.item }}", "{{ line.n }}"], [END]),
    "columns": table(["{%tc for line in lines %}", "{{ line.item }}", "{%tc endfor %}"], ["a"]),
    "no rows": table(["a"], ["{%tr if no %}", ""], ["b", "c"], ["{%tr endif %}", ""]),
    "merged": table([FOR], ["{% vm %}同じ", "{{ line.n }}"], [END]),
    "split": p("{", "{ fi", run("rm", "<w:rPr><w:b/></w:rPr>"), " }", "}"),
    "literal": p("{_{ 見本 }_}"),
    "picture": p("{%p for line in lines %}") + PICTURE + p("{%p endfor %}"),
    "filters": p("{{ lines | length }} {{ (lines | first).item }} {% if no is defined and not no %}無{% endif %}"),
}


def plain(path: Path, words: Mapping[str, Any]) -> dict[str, bytes]:
    """The parts that docxtpl itself makes, in the same environment."""
    made = DocxTemplate(path)
    environment = sandbox.environment()
    del environment.filters[sandbox.COUNTED]
    made.render(dict(words), environment)
    raw = io.BytesIO()
    made.save(raw)
    with zipfile.ZipFile(raw) as package:
        return {name: package.read(name) for name in package.namelist()}


def canonical(name: str, data: bytes) -> bytes:
    """XML in one form, without our guards."""
    if not name.endswith((".xml", ".rels")):
        return data
    xml = content_controls.named(data.decode().replace(GUARD, ""))  # each prompt names its control: ours, not docxtpl's
    return etree.tostring(etree.fromstring(xml.encode()), method="c14n")


def same(ours: Mapping[str, bytes], theirs: Mapping[str, bytes]) -> None:
    assert list(ours) == list(theirs)
    for name, data in theirs.items():
        if name != embedding.CORE:  # holds the time where python-docx had to make one; a draft has its own
            assert canonical(name, ours[name]) == canonical(name, data), name


SAMPLES = (
    assessment(),
    assessment(Finding(ERROR, "TAX", "誤り {{ x }} {% a %}"), role="IT導入支援事業者", name="A&B <b>\t𠮷\n① {_{ }_}"),
    assessment(lines=(), small_claim=None, industry=None, bonus_wage1=True),
)


@pytest.mark.parametrize("sample", range(len(SAMPLES)))
@pytest.mark.parametrize("title", TITLES)
def test_a_shipped_template_prints_as_docxtpl_does(title: str, sample: int) -> None:
    words = context(SAMPLES[sample])
    given = {**words, "draft": words["drafts"][title]}
    path = template_folder.HERE / f"{title}.docx"
    same(own_template.ready(template(path)).parts(given), plain(path, given))


@pytest.mark.parametrize("block", OWN.values(), ids=OWN)
def test_every_kind_of_tag_prints_as_docxtpl_does(block: str, tmp_path: Path) -> None:
    path = docx(tmp_path / "t.docx", block, p("終"))
    same(own_template.ready(template(path)).parts(WORDS), plain(path, WORDS))


def test_heads_feet_and_footnotes_print_as_docxtpl_does(tmp_path: Path) -> None:
    made = {**parts(p("a")), "[Content_Types].xml": types(h="header", f="footer", n="footnotes")}
    for name, root in (("h", "hdr"), ("f", "ftr")):
        made[f"word/{name}.xml"] = f'<w:{root} xmlns:w="{W}">{p("{{ firm }}")}</w:{root}>'.encode()
    note = f'<w:footnote w:id="1">{p("{{ no }}注")}</w:footnote>'
    made["word/n.xml"] = f'<w:footnotes xmlns:w="{W}">{note}</w:footnotes>'.encode()
    kinds = (("header", "h.xml", False), ("footer", "f.xml", False), ("footnotes", "n.xml", False))
    made["word/_rels/document.xml.rels"] = relations(*kinds, ("styles", "styles.xml", False))
    path = packed(tmp_path / "t.docx", made)
    same(own_template.ready(template(path)).parts(WORDS), plain(path, WORDS))


def test_threads_share_a_template_and_never_words() -> None:
    words = [context(assessment(name=f"株式会社{n}番")) for n in range(12)]
    alone = [render.render(TITLES[0], w) for w in words]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda w: render.render(TITLES[0], w), words * 4))
    assert together == alone * 4


def test_what_a_template_is_given_is_plain() -> None:
    words = context(assessment())
    with pytest.raises(TypeError):
        render.render(TITLES[0], {**words, "firm": Path("x")})


def test_equal_input_gives_equal_bytes_with_the_stamp() -> None:
    a = assessment()
    once, twice = (render.render(TITLES[1], context(a), None, provenance(a)) for _ in range(2))
    assert once == twice


# --- templates of one's own -------------------------------------------------------------------------------------------


def test_a_folder_of_ones_own_makes_the_drafts(tmp_path: Path) -> None:
    docx(tmp_path / "資金繰り表.docx", p("{{ firm }}の{{ draft.title }}"))
    docx(tmp_path / "稟議書.docx", p("{{ draft.heading }}: {{ amounts[1].value }}"))
    found = render.drafts(assessment(), tmp_path / "out", tmp_path)
    assert [path.stem.partition("_")[2] for path in found] == [*TITLES, "稟議書"]
    texts = {path.stem.partition("_")[2]: Document(str(path)).paragraphs[0].text for path in found}
    assert texts["資金繰り表"] == "株式会社あおば食材の資金繰り表"
    assert texts["稟議書"] == "稟議書: 1,050,000 円"


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (p("{{ nobody }}"), "テンプレート「資金繰り表」に誤り: 本文「{{ nobody }}」 「nobody」という名前はありません"),
        (
            p("{{ fimr }}"),
            "「fimr」という名前はありません。「firm」ではありませんか。hojokin templates lint で確かめられます",
        ),
        (p("{{ stories[0].heading }}"), "で止まりました。この見積では「stories」という名前はありません"),
        (p("{{ firm"), "テンプレート「資金繰り表」に誤り: 本文「{{ firm」 タグが閉じていない"),
        (p("{%p for x in months %}") + p("{{ x }}") + p("{%p endfor %}"), "一覧や組はそのまま印字できません"),
    ],
)
def test_a_flawed_template_writes_nothing(block: str, said: str, tmp_path: Path) -> None:
    docx(tmp_path / "資金繰り表.docx", block)
    with pytest.raises(Refusal) as caught:
        render.drafts(assessment(), tmp_path / "out", tmp_path)
    assert said in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_folder_without_templates_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"にテンプレート（.*）がありません"):
        render.drafts(assessment(), tmp_path, tmp_path)
    with pytest.raises(Refusal, match="フォルダーではありません"):
        render.drafts(assessment(), tmp_path, tmp_path / "absent")


def test_a_changed_template_is_read_anew(tmp_path: Path) -> None:
    for text in ("一", "二"):
        docx(tmp_path / "資金繰り表.docx", p(text))
        found = render.drafts(assessment(), tmp_path / "out", tmp_path)
        (changed,) = [path for path in found if "資金繰り表" in path.stem]
        assert Document(str(changed)).paragraphs[0].text == text


def test_a_long_quote_prints_every_line() -> None:
    lines = tuple(replace(LINES[0], number=n, item=f"品目{n}番") for n in range(1, 201))
    data = render.render(TITLES[1], context(assessment(lines=lines, quoted_gross=None)))
    found = "\n".join(cell.text for t in Document(io.BytesIO(data)).tables for cell in t._cells)
    assert all(f"品目{n}番" in found for n in range(1, 201))
