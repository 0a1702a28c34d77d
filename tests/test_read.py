"""Reading a filled workbook: what is typed is what is read, and every cell that cannot be read is named."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName

from rules import invoice
from rules.assess import amounts, assess
from rules.findings import Finding
from rules.quote import Line, Quote
from tests import samples
from tests.books import LINE, book, filled_in, patched, sheet_part
from workbooks import layout
from workbooks.filled import Cell, Filled
from workbooks.read import Unreadable, compare_results, open_quote, quote, read

PERSONAL = "123456789012"  # twelve digits, as a マイナンバー has


def lines_of(*rows: dict[str, Any], **inputs: Any) -> Quote:
    """The quote of rows and inputs as they stand in cells, without a file."""
    columns = [c.name for c in layout.LINES.columns if not c.computed]
    cells = [{c: Cell(row.get(c), f"見積!{c}{n}") for c in columns} for n, row in enumerate(rows, 1)]
    return quote(Filled({name: Cell(value, f"申請者!{name}") for name, value in inputs.items()}, cells))


def only(findings: Sequence[Finding]) -> Finding:
    """The one finding."""
    assert len(findings) == 1, findings
    return findings[0]


# --- the file ------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_what_is_read(tmp_path: Path) -> None:
    sample = samples.quote()
    found = read(filled_in(tmp_path / "q.xlsx", sample))
    assert found.findings == ()
    assert dict(sample.inputs) == dict(found.inputs)
    assert list(samples.LINES) == [replace(line, cells={}) for line in found.lines]
    assert amounts(found, invoice).subsidy == samples.SUBSIDY


def test_every_value_says_its_cell(tmp_path: Path) -> None:
    found = read(filled_in(tmp_path / "q.xlsx", samples.quote()))
    assert layout.INPUT["capital"].address == found.cell("capital")
    assert layout.LINES.cell("price", 2) == found.lines[1].cell("price")


def test_a_blank_workbook_is_an_empty_quote(tmp_path: Path) -> None:
    found = read(book(tmp_path / "q.xlsx"))
    assert (found.inputs, found.lines, found.findings) == ({}, (), ())


def test_blank_rows_between_lines_are_skipped_and_the_numbers_stay(tmp_path: Path) -> None:
    found = read(book(tmp_path / "q.xlsx", rows=[{}, LINE, {"item": "　 ", "amount": "=1+1"}, LINE]))
    assert [line.number for line in found.lines] == [2, 4]


def test_rows_below_the_table_are_read_even_under_a_gap(tmp_path: Path) -> None:
    beyond = layout.LINE_ROWS + 1
    rows = [{}] * layout.LINE_ROWS + [LINE, LINE, {}, LINE]
    assert [beyond, beyond + 1, beyond + 3] == [
        line.number for line in read(book(tmp_path / "q.xlsx", rows=rows)).lines
    ]


def test_a_table_to_the_end_of_the_sheet_is_read_at_once(tmp_path: Path) -> None:
    path = book(tmp_path / "q.xlsx", rows=[LINE, {}, {"price": "#N/A"}])
    ref = layout.LINES.ref
    patched(path, "xl/tables/table1.xml", ref, ref.replace(str(layout.LINES.last), "1048576"))
    start = perf_counter()
    assert [line.number for line in read(path).lines] == [1, 3]
    assert perf_counter() - start < 1


def test_a_row_of_totals_is_no_line(tmp_path: Path) -> None:
    def total(made: Workbook) -> None:
        made[layout.QUOTE].tables[layout.LINES.name].totalsRowCount = 1

    rows = [LINE] * (layout.LINE_ROWS - 1) + [{"item": "合計", "price": 1}, LINE]
    found = read(book(tmp_path / "q.xlsx", rows=rows, change=total))
    assert (len(found.lines), found.findings) == (layout.LINE_ROWS - 1, ())


def test_renamed_and_moved_sheets_are_found_by_the_names_of_the_file(tmp_path: Path) -> None:
    def rename(made: Workbook) -> None:
        made[layout.QUOTE].title = "見積's (2)"
        made[layout.APPLICANT].title = "Sheet1"
        made.move_sheet("見積's (2)", 3)
        for i in layout.INPUTS:
            sheet = {layout.QUOTE: "'見積''s (2)'", layout.APPLICANT: "Sheet1"}[i.sheet]
            column = i.cell.rstrip("0123456789")
            name = DefinedName(i.name, attr_text=f"{sheet}!${column}${i.cell[len(column) :]}")
            made.defined_names[i.name] = name

    found = read(book(tmp_path / "q.xlsx", {"subject": "件", "name": "社"}, [LINE], change=rename))
    assert (found.get("subject"), found.get("name"), len(found.lines)) == ("件", "社", 1)
    assert f"見積's (2)!{layout.INPUT['subject'].cell}" == found.cell("subject")


def test_columns_of_the_table_may_stand_in_another_order(tmp_path: Path) -> None:
    def swap(made: Workbook) -> None:
        price, months = (layout.LINES.letter(name) for name in ("price", "months"))
        for n in range(layout.LINES.header, layout.LINES.header + 2):
            one, other = made[layout.QUOTE][f"{price}{n}"], made[layout.QUOTE][f"{months}{n}"]
            one.value, other.value = other.value, one.value

    line = read(book(tmp_path / "q.xlsx", rows=[LINE | {"contract": "月額", "months": 12}], change=swap)).lines[0]
    assert (line.price, line.months) == (100_000, 12)


def test_a_renamed_column_names_itself_and_says_what_to_do(tmp_path: Path) -> None:
    def rename(made: Workbook) -> None:
        made[layout.QUOTE][layout.LINES.cell("price", 0).partition("!")[2]] = "値段"

    with pytest.raises(Unreadable, match=r"「見積」の明細に「単価」の列が見つからないので、見出しを「単価」に戻し"):
        read(book(tmp_path / "q.xlsx", change=rename))


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    def unlist(made: Workbook) -> None:
        del made[layout.QUOTE].tables[layout.LINES.name]

    with pytest.raises(Unreadable, match="明細の表"):
        read(book(tmp_path / "q.xlsx", change=unlist))


def lose_name(made: Workbook) -> None:
    del made.defined_names["subject"]


def break_name(made: Workbook) -> None:
    made.defined_names["subject"] = DefinedName("subject", attr_text="見積!#REF!")


def make_constant(made: Workbook) -> None:
    made.defined_names["subject"] = DefinedName("subject", attr_text='"件名"')


def lose_sheet(made: Workbook) -> None:
    made.remove(made[layout.QUOTE])


@pytest.mark.parametrize("change", [lose_name, break_name, make_constant, lose_sheet])
def test_a_lost_cell_is_named_with_its_sheet(tmp_path: Path, change: Callable[[Workbook], None]) -> None:
    with pytest.raises(Unreadable, match=r"シート「見積」の「件名」のセル（名前 subject）が見つからない"):
        read(book(tmp_path / "q.xlsx", change=change))


def test_names_of_a_copied_sheet_do_not_hide_the_workbooks_own(tmp_path: Path) -> None:
    def copy(made: Workbook) -> None:
        made[layout.LISTS].defined_names["subject"] = DefinedName("subject", attr_text=f"{layout.LISTS}!$A$1")
        made[layout.LISTS]["A1"] = "写し"

    assert read(book(tmp_path / "q.xlsx", {"subject": "件"}, change=copy)).get("subject") == "件"


def count_from_1904(made: Workbook) -> None:
    made.epoch = CALENDAR_MAC_1904


def test_a_workbook_that_counts_from_1904_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="1904"):
        read(book(tmp_path / "q.xlsx", change=count_from_1904))


def test_error_values_are_findings_and_never_blanks(tmp_path: Path) -> None:
    rows = [LINE | {"price": "#N/A", "discount": "#REF!"}]
    found = read(book(tmp_path / "q.xlsx", {"capital": "#DIV/0!", "application_date": "#VALUE!"}, rows))
    cells = {layout.INPUT[n].address for n in ("capital", "application_date")}
    cells |= {layout.LINES.cell(n, 1) for n in ("price", "discount")}
    assert cells == {f.cell for f in found.findings}
    assert any("エラー値 #N/A" in f.message for f in found.findings)
    assert not found.lines[0].readable


def test_a_formula_without_a_result_is_a_finding_and_never_a_blank(tmp_path: Path) -> None:
    found = read(book(tmp_path / "q.xlsx", {"own_funds": "=1+1"}, [LINE | {"discount": "=100*3"}]))
    assert ["数式がまだ計算されていません" in f.message for f in found.findings] == [True, True]


def test_a_formulas_result_is_read(tmp_path: Path) -> None:
    path, part = book(tmp_path / "q.xlsx", rows=[LINE | {"discount": 300, "note": 777}]), sheet_part(layout.QUOTE)
    patched(path, part, "<v>300</v>", "<f>100*3</f><v>300</v>")
    patched(path, part, 't="n"><v>777</v>', 't="str"><f>""</f><v></v>')
    found = read(path)
    assert (found.lines[0].discount, found.lines[0].note, found.findings) == (300, "", ())


def test_a_damaged_part_is_one_sentence(tmp_path: Path) -> None:
    for part in ("xl/workbook.xml", sheet_part(layout.QUOTE), "xl/tables/table1.xml", "xl/styles.xml"):
        path = patched(
            book(tmp_path / "q.xlsx", rows=[LINE]),
            part,
            ">",
            "<<",
        )
        with pytest.raises(Unreadable, match="壊れている"):
            read(path)


# --- cells ---------------------------------------------------------------------------------------------------------


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
    assert assess(replace(found, inputs={"small_claim": True}), invoice).subsidy is None


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


# --- 税込 ----------------------------------------------------------------------------------------------------------


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
    assert assess(replace(found, inputs={**found.inputs, "small_claim": True}), invoice).subsidy is None


def test_prices_without_tax_stay() -> None:
    assert lines_of(LINE, tax_mode="税抜").lines[0].price == 100_000


# --- results -------------------------------------------------------------------------------------------------------


def results_of(changes: dict[str, Any]) -> tuple[Finding, ...]:
    """What a file says whose results are right but for these."""
    now = amounts(samples.quote(), invoice)
    assert now.calculation is not None
    right = {f"out_invoice_{s.name}": s.value for s in now.calculation.steps}
    right |= {"out_total": now.total, "out_small_biz": True, "out_functions": 2, "out_gross": now.gross}
    cells = {name: Cell(value, layout.RESULT[name].address) for name, value in {**right, **changes}.items()}
    return compare_results(Filled({}, (), {}, cells), now)


def test_results_that_agree_or_were_never_calculated_are_no_finding() -> None:
    assert results_of({}) == ()
    assert (
        results_of({"out_total": None, "out_gross": "", "out_invoice_subsidy": "#VALUE!", "out_tax": 152_000.0}) == ()
    )


def test_a_result_that_differs_is_one_warning_at_its_cell() -> None:
    wrong = only(results_of({"out_total": 1}))
    assert ("warning", "RESULT", layout.RESULT["out_total"].address) == (wrong.level, wrong.code, wrong.cell)
    assert "1ですが、計算し直すと1,520,000です" in wrong.message


def test_of_several_results_that_differ_the_subsidy_is_named() -> None:
    wrong = only(results_of({"out_total": 1, "out_small_biz": False, "out_invoice_subsidy": 1_050_001.0}))
    assert layout.RESULT["out_invoice_subsidy"].address == wrong.cell
    assert "1,050,001ですが、計算し直すと1,050,000です（ほかに2か所）" in wrong.message


def test_every_result_of_the_layout_is_compared(tmp_path: Path) -> None:
    sample = samples.quote()
    path = filled_in(tmp_path / "q.xlsx", sample)
    stale = book(tmp_path / "s.xlsx", results={r.name: -1 for r in layout.RESULTS})
    assert len(layout.RESULTS) == len(open_quote(stale).results)
    filled = replace(open_quote(path), results=open_quote(stale).results)
    assert f"ほかに{len(layout.RESULTS) - 1}か所" in only(compare_results(filled, amounts(sample, invoice))).message


# --- properties ----------------------------------------------------------------------------------------------------

WORDS = (
    st.text("会計クラウド費A1 ・（）㈱𠮷&<>'\"=", min_size=1, max_size=20)
    .map(str.strip)
    .filter(lambda text: bool(text) and not text.startswith("="))
)
YEN = st.integers(0, 10**10)
TERMS = st.one_of(
    st.tuples(st.sampled_from(["買取", "リース", "よくわからない"]), st.none()),
    st.tuples(st.just("月額"), st.integers(1, 240)),
    st.tuples(st.just("年額"), st.integers(1, 20).map(lambda years: years * 12)),
)


@st.composite
def any_line(draw: st.DrawFn, number: int) -> Line:
    contract, months = draw(TERMS)
    return Line(
        number,
        draw(WORDS),
        draw(WORDS),
        draw(st.integers(1, 9)),
        draw(st.frozensets(st.sampled_from(["会計", "受発注", "決済"]))),
        draw(st.frozensets(st.sampled_from(["共P-01", "共P-05", "各業種P-06", "汎P-07"]))),
        contract,
        draw(WORDS),
        draw(st.integers(0, 10_000)),
        draw(YEN),
        months,
        draw(YEN),
        draw(WORDS),
        draw(st.booleans()),
    )


@st.composite
def any_quote(draw: st.DrawFn) -> Quote:
    numbers = sorted(draw(st.sets(st.integers(1, layout.LINE_ROWS), max_size=5)))
    kinds = {
        "yen": YEN,
        "count": st.integers(0, 10**6),
        "decimal": st.integers(0, 10**6).map(lambda n: Fraction(n, 8)),
        "date": st.dates(date(1910, 1, 1), date(2099, 12, 31)),
        "yesno": st.booleans(),
        "text": WORDS,
        "long": WORDS,
    }
    chosen = [i for i in layout.INPUTS if i.kind in kinds and i.name != "vendor_invoice_number" and draw(st.booleans())]
    inputs = {i.name: draw(kinds[i.kind]) for i in chosen}
    for i in layout.INPUTS:
        if i.kind == "choice" and i.name != "tax_mode":
            inputs[i.name] = draw(st.sampled_from(i.choices))
    return Quote(inputs, tuple(draw(any_line(n)) for n in numbers))


@settings(max_examples=25, deadline=None)
@given(any_quote())
def test_any_quote_written_into_the_layout_is_read_as_it_was(wanted: Quote) -> None:
    with TemporaryDirectory() as folder:
        found = read(filled_in(Path(folder) / "q.xlsx", wanted))
    assert found.findings == ()
    assert dict(wanted.inputs) == dict(found.inputs)
    assert wanted.lines == tuple(replace(line, cells={}) for line in found.lines)


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(-(10**18), 10**18),
    st.text(max_size=30),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from(["#N/A", "#REF!", "令和99年99月99日", "R0.0.0", "0/0/0", "1" * 50, "－", "､"]),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(ANYTHING, min_size=len(layout.INPUTS), max_size=len(layout.INPUTS)), st.data())
def test_no_cell_makes_the_reader_fail(values: list[Any], data: st.DataObject) -> None:
    columns = [c.name for c in layout.LINES.columns if not c.computed]
    row = {name: data.draw(ANYTHING) for name in columns}
    found = lines_of(row, **{i.name: value for i, value in zip(layout.INPUTS, values, strict=True)})
    cells = [f.cell for f in found.findings if f.code == "INPUT"]
    assert len(set(cells)) == len(cells)
    assert all(f.message.endswith("。") and "\n" not in f.message for f in found.findings)


def test_reading_does_not_need_openpyxl(tmp_path: Path) -> None:
    path = filled_in(tmp_path / "q.xlsx", samples.quote())
    code = "import sys; from workbooks.read import read; read(sys.argv[1]); print('openpyxl' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
