"""Reading a filled workbook, its cells: each has the type of its field, and one that cannot be read is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from rules.checks.check import assess
from rules.frames import invoice
from tests.books import LINE, lines_of, only
from workbooks.form import layout

PERSONAL = "123456789012"  # twelve digits, as a マイナンバー has


@pytest.mark.parametrize(
    "cell", [12_000, 12_000.0, "12000", "12,000", "１２，０００", " １２０００ ", 1_200 * 1.1 / 0.11, "12000.0"]
)
def test_an_amount_is_read_however_its_digits_are_typed(cell: Any) -> None:
    assert lines_of(LINE | {"price": cell}).lines[0].price == 12_000


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("12万円", "の「12万円」を数として読めません"),
        ("約1000", "の「約1000」を数として読めません"),
        ("1,00", "数として読めません"),
        ("¥1,000", "数として読めません"),
        ("1000円", "数として読めません"),
        ("△1,000", "数として読めません"),
        ("1e3", "数として読めません"),
        ("二千", "数として読めません"),
        (1000.5, "1円未満の端数"),
        ("1000.5", "1円未満の端数"),
        (-1, "負の数"),
        ("－１", "負の数"),
        (10**10 + 1, "上限の10,000,000,000円を超えています"),
        (10**17, "桁が多すぎます"),
        ("1" * 400, "桁が多すぎます"),
        (float("nan"), "数として読めません"),
        (float("inf"), "数として読めません"),
        (True, "TRUE か FALSE"),
        (date(2026, 10, 5), "日付か時刻"),
        (timedelta(1), "日付か時刻"),
        ("#N/A", "エラー値 #N/A"),
        (None, "空欄"),
        ("　", "空欄"),
    ],
)
def test_a_price_that_is_no_whole_yen_is_a_finding_at_its_cell(cell: Any, why: str) -> None:
    found = lines_of(LINE | {"price": cell})
    wrong = only(found.findings)
    assert (wrong.level, wrong.code, wrong.cell) == ("error", "INPUT", "見積!price1")
    assert (
        wrong.message.startswith("「単価」（1行目）") and why in wrong.message and wrong.message.endswith("ください。")
    )
    assert (found.lines[0].price, found.lines[0].readable) == (None, False)
    assert assess(replace(found, inputs={"small_claim": True}), invoice.FRAME).subsidy is None


def test_the_limits_of_an_amount_are_within() -> None:
    for price in (0, 10**10):
        assert price == lines_of(LINE | {"price": price}).lines[0].price


@pytest.mark.parametrize("name", ["category", "contract", "quantity", "price"])
def test_a_line_needs_its_amount_and_its_kind(name: str) -> None:
    wrong = only(lines_of(LINE | {name: None}).findings)
    assert f"見積!{name}1" == wrong.cell and "空欄" in wrong.message


@pytest.mark.parametrize(
    ("contract", "months", "why"),
    [
        ("月額", None, "月数を入れてください"),
        ("年額", None, "月数を入れてください"),
        ("月額", 0, "1より小さい数"),
        ("月額", -1, "1より小さい数"),
        ("月額", 1.5, "端数"),
        ("月額", "12か月", "数として読めません"),
        ("年額", 18, "12の倍数"),
    ],
)
def test_months_must_fit_the_contract(contract: str, months: Any, why: str) -> None:
    found = lines_of(LINE | {"contract": contract, "months": months})
    assert why in only(found.findings).message and found.findings[0].cell == "見積!months1"
    assert not found.lines[0].readable


@pytest.mark.parametrize(("contract", "months"), [("月額", 240), ("月額", "２４"), ("年額", 240)])
def test_many_months_are_an_input_like_any_other(contract: str, months: Any) -> None:
    found = lines_of(LINE | {"contract": contract, "months": months})
    assert ((), int(months)) == (found.findings, found.lines[0].months)


@pytest.mark.parametrize("months", [None, 36, 0, "－", "なし"])
def test_months_do_not_count_for_a_purchase(months: Any) -> None:
    found = lines_of(LINE | {"months": months})
    assert (found.findings, found.lines[0].months) == ((), None)


@pytest.mark.parametrize("cell", ["1 ソフトウェア", "１　ソフトウェア", "1", 1, 1.0, "ソフトウェア", "1ソフトウェア"])
def test_a_category_is_known_by_its_number_or_name(cell: Any) -> None:
    assert lines_of(LINE | {"category": cell}).lines[0].category == 1


@pytest.mark.parametrize("cell", ["10 その他", "0", "1.5", "家具", True, -1, "1,000"])
def test_an_unknown_category_is_a_finding(cell: Any) -> None:
    assert only(lines_of(LINE | {"category": cell}).findings).cell == "見積!category1"


def test_an_unknown_contract_is_left_to_the_checks() -> None:
    found = lines_of(LINE | {"contract": "サブスク"})
    assert (found.findings, found.lines[0].contract, found.lines[0].readable) == ((), "サブスク", True)


@pytest.mark.parametrize(
    "cell", ["会計・受発注", "会計、受発注", "会計，受発注", "会計/受発注", "会計　受発注", "会計･受発注・会計"]
)
def test_functions_are_split_however_they_are_joined(cell: str) -> None:
    assert frozenset(("会計", "受発注")) == lines_of(LINE | {"functions": cell}).lines[0].functions


@pytest.mark.parametrize("cell", ["共P-01", "共Ｐ－０１", "共p‐01", "共P−01", "共P–01", "共Pー01", " 共P-01、"])
def test_a_process_is_known_whichever_hyphen_is_typed(cell: str) -> None:
    assert frozenset(("共P-01",)) == lines_of(LINE | {"processes": cell}).lines[0].processes


@pytest.mark.parametrize(
    ("cell", "want"), [("あり", True), (None, False), ("なし", False), ("－", False), (True, True)]
)
def test_another_subsidy_is_said_with_a_word(cell: Any, want: bool) -> None:
    found = lines_of(LINE | {"other_subsidy": cell})
    assert (want, ()) == (found.lines[0].other_subsidy, found.findings)


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 10, 5),
        datetime(2026, 10, 5, 13, 30),
        46300,
        46300.5,
        "2026/10/5",
        "2026-10-05",
        "2026.10.5",
        "２０２６／１０／５",
        "2026年10月5日",
        "2026年10月5日(月)",
        "20261005",
        20261005,
        "令和8年10月5日",
        "令和８年 １０月 ５日",
        "R8.10.5",
        "r8/10/5",
    ],
)
def test_a_date_is_read_however_it_is_typed(cell: Any) -> None:
    assert date(2026, 10, 5) == lines_of(application_date=cell).applied_on


def test_eras_begin_with_their_first_year() -> None:
    assert date(2019, 5, 1) == lines_of(started_on="令和元年5月1日").get("started_on")
    assert date(1989, 1, 8) == lines_of(started_on="平成1年1月8日").get("started_on")
    assert date(1950, 2, 3) == lines_of(started_on="S25.2.3").get("started_on")
    assert date(1890, 1, 1) == lines_of(started_on="明治23年1月1日").get("started_on")


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("2026/2/30", "暦に無い日付"),
        ("2026/13/1", "暦に無い日付"),
        ("令和8年2月29日", "暦に無い日付"),
        ("来月", "日付として読めません"),
        ("10/5", "日付として読めません"),
        ("2026年10月", "日付として読めません"),
        (True, "日付ではありません"),
        (2026, "年（1905年）"),  # a year typed as a number
        (date(1900, 1, 8), "年（1900年）"),
        (-1, "日付として読めません"),
        (10**17, "日付として読めません"),
        (timedelta(1), "日付ではありません"),
        ("9999/1/1", "年（9999年）"),
    ],
)
def test_an_impossible_date_is_a_finding(cell: Any, why: str) -> None:
    found = lines_of(application_date=cell)
    assert why in only(found.findings).message and found.applied_on is None


@pytest.mark.parametrize(
    ("name", "cell", "want"),
    [
        ("small_claim", "はい", True),
        ("small_claim", " いいえ", False),
        ("small_claim", False, False),
        ("industry", "卸売業", "卸売業"),
        ("industry", "宿泊業", "旅館業"),  # another name of the same
        ("prefecture", "新潟", "新潟県"),
        ("kind", "法人 ", "法人"),
        ("tax_mode", "税抜", "税抜"),
        ("corporate_number", 6000000000011.0, "6000000000011"),
        ("corporate_number", "６０００－００－０００００１１", "6000000000011"),
        ("zip", 600001.0, "0600001"),  # Excel drops the zero in front
        ("zip", "060-0001", "0600001"),
        ("industry_code", 111.0, "0111"),
        ("contact_tel", 312345678.0, "0312345678"),
        ("contact_mail", "ｓａ＠aoba.example", "sa@aoba.example"),
        ("vendor_invoice_number", "Ｔ5000－00000－0012", "T5000000000012"),
        ("fin_operating", "-1,000", -1000),
        ("fin_operating", -1000.0, -1000),
        ("wage_heads", 4.5, Fraction(9, 2)),
        ("wage_heads", "４．５", Fraction(9, 2)),
        ("fin_sales", 20_000_000_000, 20_000_000_000),  # no amount of a formula: over 10^10 is no mistake
        ("inv_scope", "自社の会計、 自社の受発注、自社の会計", ("自社の会計", "自社の受発注")),
        ("past_years", 2024.0, "2024"),
        ("officer_list", "甲\r\n乙\x00\x0b", "甲\n乙"),
        ("name", "あお\u200bば\u202e食\ud800材\ufeff", "あおば食材"),
        ("name", "葛\U000e0100城𠮷野家", "葛\U000e0100城𠮷野家"),
        ("name", "㈱あおば", "㈱あおば"),  # a text stays as typed
        ("business", "あ" * 40_000, "あ" * 32_767),
        ("mgmt_goal", "ほかの答え", "ほかの答え"),  # a choice that no rule reads
    ],
)
def test_an_input_has_the_type_of_its_field(name: str, cell: Any, want: Any) -> None:
    found = lines_of(**{name: cell})
    assert ({name: want}, ()) == (found.inputs, found.findings)
    assert type(want) is type(found.inputs[name])


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("small_claim", "たぶん"),
        ("small_claim", 1),
        ("industry", "宇宙業"),
        ("prefecture", "江戸"),
        ("office_prefecture", "江戸"),
        ("kind", "組合"),
        ("role", "友人"),
        ("tax_mode", "込み"),
        ("corporate_number", "600000000001"),
        ("corporate_number", 12345.0),
        ("zip", "六〇〇"),
        ("industry_code", "52290"),
        ("employees", 4.5),
        ("employees", -1),
        ("employees", "５人"),
        ("capital", 10**15),
        ("fin_sales", -1),
        ("wage_heads", "四人半"),
        ("quote_number", date(2026, 10, 1)),  # Excel made a date of 2026-10
        ("quoted_gross", 10**10 + 1),
        ("name", "#REF!"),
    ],
)
def test_an_input_that_cannot_be_read_is_a_finding_and_stays_blank(name: str, cell: Any) -> None:
    found = lines_of(**{name: cell})
    wrong = only(found.findings)
    assert ("INPUT", f"申請者!{name}", {}) == (wrong.code, wrong.cell, found.inputs)
    assert wrong.message.startswith(f"「{layout.INPUT[name].label}」") and wrong.message.endswith("。")


@pytest.mark.parametrize("name", [i.name for i in layout.INPUTS])
@pytest.mark.parametrize(
    "cell", [PERSONAL, "1234-5678-9012", "１２３４ ５６７８ ９０１２", float(PERSONAL), f"番号{PERSONAL}"]
)
def test_no_message_repeats_twelve_digits(name: str, cell: Any) -> None:
    for finding in lines_of(LINE | {"price": f"x{cell}", "category": cell, "months": cell}, **{name: cell}).findings:
        assert not any(part in finding.message for part in ("1234", "5678", "9012", "１２３４", "５６７８"))


@pytest.mark.parametrize("mark", ["、", "､", "，", ",", "；", "／", "・", "＋", "\n", "　", " / "])
def test_choices_are_parted_however_they_are_joined(mark: str) -> None:
    frames = (
        "通常枠",
        "インボイス枠 インボイス対応類型",
        "複数者連携デジタル化・AI導入枠",
    )  # which hold marks themselves
    links = ("予定なし、作業の合理化のため", "社員間")
    read = lines_of(also_applied=mark.join(frames), mgmt_link_inside=mark.join(links))
    assert (read.get("also_applied"), read.get("mgmt_link_inside")) == (frames, links)


def test_a_frame_applied_for_beside_this_one_has_its_short_name_too() -> None:
    read = lines_of(also_applied="電子取引類型・通常枠／インボイス枠 インボイス対応類型")
    assert read.get("also_applied") == ("インボイス枠 電子取引類型", "通常枠", "インボイス枠 インボイス対応類型")


def test_an_answer_that_is_no_choice_stays_as_it_was_typed() -> None:
    read = lines_of(inv_scope="ほかの台帳（紙・電子） etc.・自社の会計\nその他")
    assert read.get("inv_scope") == ("ほかの台帳（紙・電子） etc.", "自社の会計", "その他")


def test_prices_with_tax_are_converted() -> None:
    line = lines_of(
        LINE | {"price": 110_000, "discount": 1_100}, tax_mode="税込", application_date=date(2026, 9, 15)
    ).lines[0]
    assert (line.price, line.discount, line.readable) == (100_000, 1_000, True)


def test_a_price_with_tax_that_is_no_whole_yen_without_it_gives_no_amount() -> None:
    found = lines_of(LINE | {"price": 100_000}, LINE | {"price": 110_000, "discount": 100}, tax_mode="税込")
    assert [(f.code, f.level, f.cell) for f in found.findings] == [
        ("TAX", "error", "見積!price1"),
        ("TAX", "error", "見積!discount2"),
    ]
    assert found.get("tax_unknown") is True
    assert assess(replace(found, inputs={**found.inputs, "small_claim": True}), invoice.FRAME).subsidy is None


def test_prices_without_tax_stay() -> None:
    assert lines_of(LINE, tax_mode="税抜").lines[0].price == 100_000
