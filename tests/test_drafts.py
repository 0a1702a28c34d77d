"""The common drafts: what stands in them, and what never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rules import minimum_wage
from rules.checks.codes import codes
from rules.engine.edition import documents
from rules.findings import ERROR, Finding
from rules.frames import frame
from templates.content.context import TITLES
from tests.drafted import TODO, texts
from tests.samples import LINES, assessment
from workbooks.form import layout, portal_fields
from workbooks.reading.filled import Cell, Filled
from workbooks.reading.inputs import quote

PROMISED = [
    "kind", "corporate_number", "name", "name_kana", "zip", "address", "prefecture", "industry", "industry_code",
    "capital", "employees", "small_claim", "application_date", "office_min_wage", "past_grant", "past_years",
    "security_action_id", "certificate_date", "same_as_vendor", "deemed_large", "income_over", "role", "author",
    "reviewer", "near_min_wage", "large", "business",
]  # fmt: skip  # the names that the rules and the other parts rely on


def test_no_draft_calls_itself_a_form_or_prints_nothing_values() -> None:
    for words in (texts(assessment()), texts(assessment(**dict.fromkeys(PROMISED), lines=()))):
        for found in words.values():
            assert "公式の Word 様式はありません" in found
            for never in ("様式第", "None", "nan", "{{", "{%", "True", "False"):
                assert never not in found


def test_a_complete_applicant_owes_nothing() -> None:
    assert TODO not in "".join(texts(assessment()).values())


def test_each_missing_input_is_asked_for_once() -> None:
    everything = [f.name for f in portal_fields.fields()] + [i.name for g in layout.GROUPS for i in g.inputs]
    blank = assessment(**dict.fromkeys(everything))
    owed = len(portal_fields.missing(blank.quote.inputs)) + sum(i.required for g in layout.GROUPS for i in g.inputs)
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
    days = (date(2026, 9, 15), date(2026, 10, 15), date(2027, 10, 15))
    early, before, after = (texts(assessment(application_date=on))["入力用下書き"] for on in days)
    wage = minimum_wage.in_force("新潟県", days[-1])
    assert wage is not None
    assert "地域別最低賃金（時給） | 新潟県 1,050 円／令和7年度、令和7年10月2日（2025/10/2）から" in early
    assert "地域別最低賃金（時給） | 新潟県 1,108 円／令和8年度、令和8年10月1日（2026/10/1）から" in before
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
        assert ["マイページに入力するため" in text for text in found.values()] == [True, *[False] * (len(TITLES) - 1)]


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


def test_a_line_of_travel_costs_says_that_they_do_not_count() -> None:
    lines = (*LINES[:2], replace(LINES[2], item="出張交通費"), *LINES[3:])
    assert "交通費・宿泊費の分は対象外（要確認）" in texts(assessment(lines=lines))["経費内訳・補助額計算書"]
    assert "交通費" not in texts(assessment())["経費内訳・補助額計算書"]


def test_after_the_last_closing_date_the_subsidy_is_said_to_be_no_more_than_a_guide() -> None:
    late = texts(assessment(application_date=date(2026, 11, 30)))["経費内訳・補助額計算書"]
    assert "収録した締切が申請日の後に無く、参考" in late
    assert "収録した締切" not in texts(assessment())["経費内訳・補助額計算書"]


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


def test_the_fields_that_others_rely_on_exist() -> None:
    assert set(PROMISED) <= {f.name for f in portal_fields.fields()}


def test_the_fields_are_consistent() -> None:
    assert portal_fields.source() in documents()
    for f in portal_fields.fields():
        assert bool(f.choices) == (f.kind in ("choice", "multi")), f.name
        assert f.limit or f.kind != "digits", f.name
        assert f.confidence in set("ABCD"), f.name
        assert all(frame(name) for name in f.frames), f.name
        assert f.only in ("", "法人", "個人"), f.name
        assert not f.when or portal_fields.field(f.when).kind == "yesno", f.name
        assert f.kind != "multi" or filled(f.name, portal_fields.SEPARATOR.join(f.choices)) == f.choices, f.name


def filled(name: str, typed: str) -> object:
    """What is read of one cell."""
    return quote(Filled({name: Cell(typed)}, ())).inputs[name]
