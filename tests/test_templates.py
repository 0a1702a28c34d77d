"""The drafts: what stands in them, what never does, and what becomes of the files."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import meta, nodes
from jinja2.exceptions import SecurityError, UndefinedError

from rules import minimum_wage
from rules.assess import Assessment
from rules.codes import codes
from rules.edition import documents
from rules.findings import ERROR, Finding
from templates import build, render
from templates.context import TITLES, context
from templates.render import DraftError, drafts
from tests.samples import LINES, assessment
from workbooks import fields, layout

GOLDEN = Path(__file__).parent / "golden"
TODO = "【要記入】"
PROMISED = [
    "kind", "corporate_number", "name", "name_kana", "zip", "address", "prefecture", "industry", "industry_code",
    "capital", "employees", "small_claim", "application_date", "office_min_wage", "past_grant", "past_years",
    "security_action_id", "certificate_date", "same_as_vendor", "deemed_large", "income_over", "role", "author",
    "reviewer", "near_min_wage", "large", "business",
]  # fmt: skip  # the names that the rules and the other parts rely on
TORTURE = "A&B <b>\"x\" 'y' 𠮷 髙 ﾊﾝｶｸ ① ㈱ {{ 7*7 }} {% if x %} {_{ }_} %_}"
UNPRINTABLE = "\x00\x0b\x1f\ud83d\ufffe\ufdd0"


def text(data: bytes) -> str:
    """All text of a document: its head, body and foot, a table row on one line."""
    doc = Document(io.BytesIO(data))
    section = doc.sections[0]
    parts = [section.header.paragraphs, doc.iter_inner_content(), section.footer.paragraphs]
    return "\n".join(line for part in parts for block in part for line in _lines(block))


def _lines(block: Paragraph | Table) -> Iterator[str]:
    if isinstance(block, Paragraph):
        if block.text:
            yield block.text
        return
    for row in block.rows:
        cells = [cell.text.replace("\n", "／") for cell in row.cells]
        yield " | ".join(cells)


def texts(a: Assessment) -> dict[str, str]:
    words = context(a)
    return {title: text(render.render(title, words)) for title in TITLES}


# --- the templates ----------------------------------------------------------------------------------------------------


def test_the_templates_in_the_folder_are_what_the_builder_makes(tmp_path: Path) -> None:
    for path in build.build(tmp_path):
        assert (build.HERE / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("title", TITLES)
def test_every_placeholder_has_a_value(title: str) -> None:
    words = context(assessment(Finding(ERROR, "TAX", "誤り"), bonus_wage1=True))
    known = {**words, "draft": words["drafts"][title]}
    for source in _sources(title):
        tree = render.environment().parse(source)
        assert meta.find_undeclared_variables(tree) <= known.keys()
        _resolve(tree, known)


def _sources(title: str) -> Iterator[str]:
    template = DocxTemplate(build.HERE / f"{title}.docx")
    template.init_docx()
    yield template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield template.patch_xml(template.get_part_xml(part))


def _resolve(node: nodes.Node, known: dict[str, Any]) -> Any:
    """Walk a template; an unknown name or key raises KeyError. Loops are walked with their first item."""
    if isinstance(node, nodes.Name):
        return known[node.name]
    if isinstance(node, nodes.Getattr):
        return _resolve(node.node, known)[node.attr]
    if isinstance(node, nodes.For):
        items = _resolve(node.iter, known)
        assert items, f"the sample has nothing for {node.iter}"
        assert isinstance(node.target, nodes.Name)
        for child in node.body:
            _resolve(child, {**known, node.target.name: items[0]})
        return None
    for child in node.iter_child_nodes():
        _resolve(child, known)
    return None


@pytest.mark.parametrize("title", TITLES)
def test_a_template_has_office_paper(title: str) -> None:
    with zipfile.ZipFile(build.HERE / f"{title}.docx") as package:
        styles, settings, body = (package.read(f"word/{n}.xml").decode() for n in ("styles", "settings", "document"))
    assert 'w:eastAsia="游明朝"' in styles
    assert 'w:eastAsia="ja-JP"' in styles
    assert 'w:val="15"' in settings
    assert "asciiTheme" not in styles
    assert "<w:tblHeader/>" in body
    assert "<w:cantSplit/>" in body


@pytest.mark.parametrize("title", TITLES)
def test_the_widths_of_a_table_agree(title: str) -> None:
    for table in Document(str(build.HERE / f"{title}.docx")).tables:
        grid = [int(c.get(f"{render.WORD}w")) for c in table._tbl.tblGrid]
        assert sum(grid) == int(table._tbl.tblPr.find(f"{render.WORD}tblW").get(f"{render.WORD}w"))
        for row in table._tbl.tr_lst:
            assert sum(int(w.get(f"{render.WORD}w")) for w in row.iter(f"{render.WORD}tcW")) == sum(grid)


# --- what stands in the drafts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", TITLES)
def test_a_draft_reads_as_its_golden_text(title: str) -> None:
    actual, path = text(render.render(title, context(assessment()))), GOLDEN / f"{title}.txt"
    if os.environ.get("GOLDEN") == "write":  # GOLDEN=write pytest tests/test_templates.py, then read the difference
        path.write_text(actual + "\n", encoding="utf-8")
    assert path.read_text("utf-8") == actual + "\n"


def test_equal_input_gives_equal_bytes() -> None:
    for title in TITLES:
        assert render.render(title, context(assessment())) == render.render(title, context(assessment()))


def test_no_draft_calls_itself_a_form_or_prints_nothing_values() -> None:
    for words in (texts(assessment()), texts(assessment(**dict.fromkeys(PROMISED), lines=()))):
        for found in words.values():
            assert "公式の Word 様式はありません" in found
            for never in ("様式第", "None", "nan", "{{", "{%", "True", "False"):
                assert never not in found


def test_a_complete_applicant_owes_nothing() -> None:
    assert TODO not in "".join(texts(assessment()).values())


def test_each_missing_input_is_asked_for_once() -> None:
    everything = [f.name for f in fields.fields()] + [i.name for g in layout.GROUPS for i in g.inputs]
    blank = assessment(**dict.fromkeys(everything))
    owed = len(fields.missing(blank.quote.inputs)) + sum(i.required for g in layout.GROUPS for i in g.inputs)
    assert "".join(texts(blank).values()).count(TODO) == owed
    for name in ("author", "application_date", "name", "business", "wage_base", "vendor_name"):
        assert "".join(texts(assessment(**{name: None})).values()).count(TODO) == 1, name


def test_a_device_without_any_use_is_asked_for_once() -> None:
    bare = (*LINES[:-1], replace(LINES[-1], note=""))
    for lines, use, owed in ((bare, None, 1), (bare, "受注の入力", 0), (LINES, None, 0), (LINES[:-1], None, 0)):
        found = texts(assessment(lines=lines, hardware_use=use))
        assert "".join(found.values()).count(TODO) == owed
        assert ("必須の項目のうち 1 件が未記入です" in found["入力用下書き"]) == bool(owed)


def test_each_device_has_its_own_use_and_the_general_one_stands_once() -> None:
    till = replace(LINES[-1], number=6, item="POSレジ", category=9, note="")
    found = texts(assessment(lines=(*LINES, till), quoted_gross=None))["経費内訳・補助額計算書"]
    assert "ノートパソコン 14型 | みのり受発注 | 倉庫と事務所で受注と請求を入力\n" in found
    assert "POSレジ | みのり受発注 | 下の用途のとおり" in found
    assert found.count("2か所から受注と請求を入力するため") == 1


def test_numbers_stand_as_they_are_typed_with_the_readable_form_beside() -> None:
    found = texts(assessment(capital=3_000_000, fin_operating=-1_500_000))["入力用下書き"]
    assert "資本金 | 3000000 | 3,000,000 円／コンマなし" in found
    assert "営業利益 | -1500000 | △1,500,000 円／" in found
    assert "年間の平均労働時間 | 1920 | 1,920／" in found
    assert "賃金計画の従業員数 | 4.5 | 全月分" in found
    assert "代表電話番号 | 0250000000 | 025-000-0000／" in found


def test_the_minimum_wage_stands_with_its_doubt() -> None:
    before, after = (texts(assessment(application_date=date(2026, m, 15)))["入力用下書き"] for m in (9, 10))
    wage = minimum_wage.in_force("新潟県", date(2026, 10, 15))
    assert wage is not None
    assert f"地域別最低賃金（時給） | 新潟県 {wage.yen:,} 円／" in before
    assert wage.doubt
    assert wage.doubt in after
    assert wage.doubt not in before


@pytest.mark.parametrize(("small", "said"), [(True, "4/5（小規模事業者）"), (False, "3/4（小規模事業者以外）")])
def test_the_premises_say_which_rate_was_used(small: bool, said: str) -> None:
    found = texts(assessment(small_claim=small))["経費内訳・補助額計算書"]
    assert f"第1段（補助額50万円以下の部分）の率 | {said}" in found


def test_a_discount_has_its_column() -> None:
    lines = (replace(LINES[0], discount=40_000), *LINES[1:])
    found = texts(assessment(lines=lines, quoted_gross=None))
    assert "480,000 | 40,000 | 920,000" in found["入力用下書き"]
    assert "480,000 | 40,000 | 920,000 | 920,000" in found["経費内訳・補助額計算書"]


def test_every_draft_says_at_the_top_what_it_was_made_from_and_what_nobody_read() -> None:
    unread = "公募要領（インボイス枠 インボイス対応類型）の原文は確認していません"
    for found in texts(assessment()).values():
        first = found.partition("１　")[0]
        assert first.count("もとにした文書: ") == 1
        assert first.count(f"デジタル化・AI導入補助金2026 {unread}") == 1
    for found in texts(assessment(application_date=date(2025, 9, 1))).values():
        assert unread not in found


def test_each_draft_says_what_it_is_for() -> None:
    for role in ("申請者", "行政書士", "IT導入支援事業者"):
        found = texts(assessment(role=role))
        assert ["マイページに入力するため" in text for text in found.values()] == [True, False, False, False]


def test_the_counter_counts_in_both_ways() -> None:
    found = texts(assessment(business="𠮷" * 200))["入力用下書き"]
    assert "200／255字（数え方により400字）　超過" in found


def test_a_vendors_draft_is_input_material_and_no_application() -> None:
    for title, found in texts(assessment(role="IT導入支援事業者")).items():
        assert "【参考資料・下書き】" in found, title
        assert "申請書ではありません" in found, title


def test_errors_stand_on_the_first_page_of_every_draft() -> None:
    for found in texts(assessment(Finding(ERROR, "ORDER", "発注日が交付決定日より前です。", "見積!O5"))).values():
        first = found.partition("１　")[0]
        assert "誤りが 1 件あります" in first
        assert f"{codes()['ORDER']['title']}／ORDER | 発注日が交付決定日より前です。 | 見積!O5" in first


def test_an_unknown_amount_is_a_reason_and_never_zero() -> None:
    found = texts(assessment(small_claim=None, industry=None))
    for title in ("入力用下書き", "経費内訳・補助額計算書"):
        assert "補助額 | 計算できません（小規模事業者かどうか" in found[title]
    assert "補助金の入金（見込み） | 計算できません" in found["資金繰り表"]


def test_a_date_before_every_edition_still_gives_drafts() -> None:
    assert "計算できません" in texts(assessment(application_date=date(2020, 1, 1)))["経費内訳・補助額計算書"]


def test_a_line_that_cannot_be_read_has_no_amount() -> None:
    lines = (replace(LINES[0], price=None, readable=False), *LINES[1:])
    assert (
        "計算できません（読めない明細行の訂正が要ります）" in texts(assessment(lines=lines))["経費内訳・補助額計算書"]
    )


def test_a_cut_line_says_why() -> None:
    lines = (replace(LINES[0], months=36), *LINES[1:])
    assert "480,000 | 24か月を超える分 480,000 円" in texts(assessment(lines=lines))["経費内訳・補助額計算書"]


def test_the_checklist_concerns_this_applicant_only() -> None:
    firm, person = (texts(assessment(kind=kind))["必要書類チェックリスト"] for kind in ("法人", "個人"))
    assert "履歴事項全部証明書" in firm
    assert "履歴事項全部証明書" not in person
    assert "確定申告書" in person
    assert "令和8年6月15日（2026/6/15）以後に発行" in firm
    assert "発行日 令和8年8月20日（2026/8/20）: 期限内" in firm
    assert "従業員一覧" in firm
    assert "従業員一覧" not in texts(assessment(small_claim=False))["必要書類チェックリスト"]
    assert "賃金状況報告シート（加点措置①用）" in texts(assessment(bonus_wage1=True))["必要書類チェックリスト"]


def test_an_old_certificate_is_named() -> None:
    assert "期限切れ" in texts(assessment(certificate_date=date(2026, 6, 14)))["必要書類チェックリスト"]


def test_unknown_dates_are_undecided() -> None:
    dates = dict.fromkeys(("planned_order", "planned_payment", "planned_report"))
    found = texts(assessment(**dates))["資金繰り表"]
    assert "未定 | 発注・契約、請求、支払、実績報告 | 1,672,000 |  | △1,672,000" in found
    assert "未定 | 補助金の入金 |  | 1,050,000 | △622,000" in found
    assert "用意する資金は最大 1,672,000 円です" in found
    assert "支払総額（税込）＝ 立替の最大額 | 1,672,000 円" in found


# --- hostile values ---------------------------------------------------------------------------------------------------


def test_any_text_comes_out_as_it_went_in() -> None:
    typed = dict.fromkeys(("name", "business", "subject", "author", "lender", "vendor_name"), TORTURE + UNPRINTABLE)
    odd = assessment(
        Finding(ERROR, "INPUT", TORTURE + UNPRINTABLE),
        lines=(replace(LINES[0], item=TORTURE + UNPRINTABLE, note=TORTURE), *LINES[1:]),
        officer_list=f"取締役\t{TORTURE}\r\n監査役",
        **typed,
    )
    for title, found in texts(odd).items():
        assert TORTURE in found, title
        assert not set(UNPRINTABLE) & set(found), title
    assert f"取締役\t{TORTURE}／監査役" in texts(odd)["入力用下書き"]


def test_every_part_is_well_formed_and_every_cell_ends_in_a_paragraph() -> None:
    for title in TITLES:
        with zipfile.ZipFile(io.BytesIO(render.render(title, context(assessment(name=TORTURE))))) as package:
            for name in package.namelist():
                for cell in ElementTree.fromstring(package.read(name)).iter(f"{render.WORD}tc"):
                    assert cell[-1].tag == f"{render.WORD}p"


@pytest.mark.parametrize("source", ["{{ x.__class__.__mro__ }}", "{{ x.append(1) }}"])
def test_a_template_cannot_reach_out(source: str) -> None:
    with pytest.raises(SecurityError):
        render.environment().from_string(source).render(x=[])


@pytest.mark.parametrize("source", ["{{ nobody }}", "{{ x.nothing }}", "{{ cycler }}"])
def test_an_unknown_name_is_an_error(source: str) -> None:
    with pytest.raises(UndefinedError):
        render.environment().from_string(source).render(x={})


# --- files ------------------------------------------------------------------------------------------------------------


def test_the_drafts_are_four_files_named_after_the_firm(tmp_path: Path) -> None:
    names = [path.name for path in drafts(assessment(name='A/B "商店"'), tmp_path)]
    assert names == [f"A／B ”商店”_{title}.docx" for title in TITLES]


def test_an_equal_draft_is_left_and_an_edited_one_is_kept(tmp_path: Path) -> None:
    first, *rest = drafts(assessment(), tmp_path)
    first.write_bytes(b"edited in Word")
    again = drafts(assessment(), tmp_path)
    assert first.read_bytes() == b"edited in Word"
    assert again == [tmp_path / f"{first.stem}(2).docx", *rest]
    assert drafts(assessment(), tmp_path) == again
    assert len(list(tmp_path.iterdir())) == len(TITLES) + 1


def test_a_changed_input_changes_the_hash_and_makes_a_new_file(tmp_path: Path) -> None:
    before = drafts(assessment(), tmp_path)
    for changed in (assessment(capital=1), assessment(lines=(replace(LINES[0], price=1), *LINES[1:]))):
        assert context(changed)["input_hash"] != context(assessment())["input_hash"]
        assert not set(drafts(changed, tmp_path)) & set(before)


def test_a_locked_file_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(self: Path, _: Path) -> None:
        raise PermissionError(13, "locked", str(self))

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(DraftError, match=r"ほかのソフトが使っています.*何も書いていません"):
        drafts(assessment(), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("below", "reason"),
    [("", "同じ名前のファイルがあります。フォルダーを指定"), ("a/b", "途中にフォルダーではなくファイルがあります")],
)
def test_a_folder_that_cannot_be_made_is_named_with_the_reason(tmp_path: Path, below: str, reason: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DraftError) as e:
        drafts(assessment(), tmp_path / "file" / below)
    assert str(tmp_path / "file") in str(e.value)
    assert reason in str(e.value)
    assert ".tmp" not in str(e.value)


@pytest.mark.parametrize("number", [*render.REASONS, errno.EIO])
def test_a_fault_while_writing_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    real, calls = Path.open, count(1)

    def faulty(self: Path, *arguments: Any, **named: Any) -> Any:
        file = real(self, *arguments, **named)
        if self.suffix == ".tmp" and next(calls) == 3:
            raise OSError(number, os.strerror(number), str(self))
        return file

    monkeypatch.setattr(Path, "open", faulty)
    with pytest.raises(DraftError) as e:
        drafts(assessment(), tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert str(tmp_path) in str(e.value)
    assert str(e.value).endswith("何も書いていません。")
    assert os.strerror(number) not in str(e.value)


def test_a_fault_while_naming_says_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = Path.replace, count(1)

    def faulty(self: Path, target: Path) -> Path:
        if next(calls) == 3:
            raise OSError(errno.ENOSPC, "full", str(self))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", faulty)
    with pytest.raises(DraftError, match="空きが足りません") as e:
        drafts(assessment(), tmp_path)
    written = [path.name for path in tmp_path.iterdir()]
    assert len(written) == 2
    assert all(name in str(e.value) for name in written)


def test_an_interruption_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_: Path, __: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        drafts(assessment(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_a_drafts_name_is_left_and_the_draft_gets_a_number(tmp_path: Path) -> None:
    first, *rest = drafts(assessment(), tmp_path / "a")
    (tmp_path / "b" / first.name).mkdir(parents=True)
    names = [path.name for path in drafts(assessment(), tmp_path / "b")]
    assert names == [f"{first.stem}(2).docx", *(path.name for path in rest)]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o002, 0o664), (0o077, 0o600)])
def test_a_draft_has_the_rights_of_any_new_file(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        found = drafts(assessment(), tmp_path)
    finally:
        os.umask(before)
    assert [path.stat().st_mode & 0o777 for path in found] == [mode] * len(TITLES)


@pytest.mark.parametrize(
    ("name", "stem"),
    [("CON", "_CON"), ("a:b*c?", "a：b＊c？"), (" . ", "申請者"), ("\ud83d\x00", "申請者"), ("あ" * 99, "あ" * 60)],
)
def test_a_firms_name_is_a_safe_file_name(name: str, stem: str) -> None:
    assert render.safe(name) == stem


# --- the list of fields -----------------------------------------------------------------------------------------------


def test_the_fields_that_others_rely_on_exist() -> None:
    assert set(PROMISED) <= {f.name for f in fields.fields()}


def test_the_fields_are_consistent() -> None:
    assert fields.source() in documents()
    for f in fields.fields():
        assert bool(f.choices) == (f.kind in ("choice", "multi")), f.name
        assert f.limit or f.kind != "digits", f.name
        assert f.confidence in set("ABCD"), f.name
        assert f.only in ("", "法人", "個人"), f.name
        assert not f.when or fields.field(f.when).kind == "yesno", f.name
        assert f.kind != "multi" or not any(fields.SEPARATOR in c for c in f.choices), f.name
