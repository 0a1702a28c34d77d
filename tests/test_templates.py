"""The templates: built from the code, with a value for every placeholder, on office paper."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from jinja2 import meta, nodes

from rules.findings import ERROR, WARNING, Finding
from rules.frames import FRAMES
from templates.content import documents
from templates.content.context import context
from templates.design import build, page_setup
from templates.engine import compiled_template
from templates.files import template_folder
from templates.sandbox import environment
from tests.applications import made
from tests.drafted import WORD
from tests.samples import assessment

TITLES = documents.every()
FRAME_OF = {title: f.name for f in FRAMES for title in documents.titles(f.name) if title not in documents.titles()}


def test_every_template_of_the_list_is_built_and_no_other() -> None:
    assert tuple(build.TEMPLATES) == TITLES
    assert {path.stem for path in build.HERE.glob("*.docx")} == set(TITLES)


def test_the_templates_in_the_folder_are_what_the_builder_makes(tmp_path: Path) -> None:
    for path in build.build(tmp_path):
        assert (build.HERE / path.name).read_bytes() == path.read_bytes()
        made = template_folder.compiled(path.stem, tmp_path)
        assert made.read_bytes() == template_folder.compiled(path.stem).read_bytes()
    assert {path.stem for path in template_folder.compiled("").parent.iterdir()} == set(TITLES)


@pytest.mark.parametrize("title", TITLES)
def test_every_placeholder_has_a_value(title: str) -> None:
    words = _rich(title)
    known = {**words, "draft": words["drafts"][title]}
    for source in _sources(title):
        tree = environment().parse(source)
        assert meta.find_undeclared_variables(tree) <= known.keys()
        walked = set[nodes.For]()
        _resolve(tree, known, walked)
        assert walked == set(tree.find_all(nodes.For)), "the sample has nothing for a loop"


def _rich(title: str) -> dict[str, Any]:
    """Words in which every list has something."""
    owing = {"business": None, "mgmt_goal": None, "subject": None, "past_grant": True, "small_claim": False}
    found = Finding(ERROR, "TAX", "誤り"), Finding(WARNING, "WAGEPLAN", "求められる率に届きません。")
    rich = context(assessment(*found, bonus_wage1=True, role="行政書士", **owing))
    group = context(made("group"))
    if title in FRAME_OF:
        return {**context(made(FRAME_OF[title], expert_name="架空 商子")), "errors": rich["errors"]}
    return {**rich, **{name: group[name] for name in ("members", "member_sums", "group_totals")}}


def _sources(title: str) -> Iterator[str]:
    digest = compiled_template.digest((build.HERE / f"{title}.docx").read_bytes())
    found = compiled_template.read(template_folder.compiled(title).read_text("utf-8"), digest)
    assert found, "compiled from another template"
    yield from found.pages.values()


def _resolve(node: nodes.Node, known: dict[str, Any], walked: set[nodes.For]) -> Any:
    """Walk a template; an unknown name or key raises KeyError. A loop is walked with every item."""
    if isinstance(node, nodes.Name):
        return known[node.name]
    if isinstance(node, nodes.Getattr):
        return _resolve(node.node, known, walked)[node.attr]
    if isinstance(node, nodes.Getitem):
        assert isinstance(node.arg, nodes.Const)
        return _resolve(node.node, known, walked)[node.arg.value]
    if isinstance(node, nodes.For):
        assert isinstance(node.target, nodes.Name)
        for item in _resolve(node.iter, known, walked):
            walked.add(node)
            for child in node.body:
                _resolve(child, {**known, node.target.name: item}, walked)
        return None
    for child in node.iter_child_nodes():
        _resolve(child, known, walked)
    return None


@pytest.mark.parametrize("title", TITLES)
def test_a_template_has_office_paper(title: str) -> None:
    with zipfile.ZipFile(build.HERE / f"{title}.docx") as package:
        styles, settings, body = (package.read(f"word/{n}.xml").decode() for n in ("styles", "settings", "document"))
    assert 'w:eastAsia="游明朝"' in styles
    assert 'w:eastAsia="ja-JP"' in styles
    assert 'w:val="15"' in settings
    assert "asciiTheme" not in styles
    assert '<w:docGrid w:linePitch="360" w:type="lines"/>' in body
    assert "<w:cantSplit/>" in body
    assert "<w:tblHeader/>" in body


@pytest.mark.parametrize("title", TITLES)
def test_the_widths_of_a_table_agree_and_fit_the_page(title: str) -> None:
    doc: Any = Document(str(build.HERE / f"{title}.docx"))
    widest = max(_between_margins(s) for s in doc.sections)
    for table in doc.tables:
        grid = [int(c.get(f"{WORD}w")) for c in table._tbl.tblGrid]
        assert sum(grid) == int(table._tbl.tblPr.find(f"{WORD}tblW").get(f"{WORD}w")) <= widest + 20
        for row in table._tbl.tr_lst:
            assert sum(int(w.get(f"{WORD}w")) for w in row.iter(f"{WORD}tcW")) == sum(grid)


def _between_margins(section: Any) -> int:
    """In twips."""
    return (section.page_width - section.left_margin - section.right_margin) // 635


def test_other_fonts_are_one_setting_away() -> None:
    for pair in ("游", "MS", "BIZ UD"):
        body, head = documents.fonts(pair)
        styles = page_setup.sheet(pair).styles.element.xml
        assert f'w:eastAsia="{body}"' in styles
        assert f'w:eastAsia="{head}"' in styles
    assert "游" not in page_setup.sheet("MS").styles.element.xml.replace('w:name w:val="', "")


def test_each_frame_has_the_common_drafts_and_its_own() -> None:
    for f in FRAMES:
        titles = documents.titles(f.name)
        assert titles[: len(documents.titles())] == documents.titles()
        assert (len(titles) > len(documents.titles())) == (f.name != "invoice")
