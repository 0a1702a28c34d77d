"""Inputs made after public reports of what people's spreadsheets hold: each is right, or refused in one clear sentence.

Each test bears the number of its report. What other programs make of a package stands in tests/variants.py, where it is
tried on every example, too. Of 10 (hidden rows) and 26 (dates from 1904) the tests stand in tests/test_read.py.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.protection import SheetProtection

from rules.assess import amounts
from rules.findings import NOTICE, WARNING
from rules.frames import invoice
from templates.engine.render import drafts
from tests import variants
from tests.books import LINE, book, lines_of, packed, patched, sheet_part
from workbooks.form import layout
from workbooks.reading import quote_file
from workbooks.reading.quote_file import open_checked
from workbooks.reading.read import Unreadable, read

INPUTS = {"small_claim": "はい", "tax_mode": "税抜"}


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def said(folder: Path, inputs: dict[str, Any] | None = None, *rows: dict[str, Any]) -> dict[str, str]:
    """Every finding of reading, by its cell."""
    quote = open_checked(book(folder / "q.xlsx", INPUTS | (inputs or {}), rows or (LINE,)))[1]
    return {f.cell: f.message for f in quote.findings}


def text(folder: Path, name: str, value: Any) -> Any:
    """An input as it is read from a file."""
    return read(book(folder / "q.xlsx", {name: value}, (LINE,))).get(name)


PACKAGES = {
    "01 readings": ("phonetic",),
    "01 a text in two looks": ("rich",),
    "05 Strict Open XML": ("strict",),
    "07 the main part under another name": ("main_part",),
    "08 a chart sheet, and tables made ranges": ("chart_sheet", "no_tables"),
    "18 no tables": ("no_tables", "inline"),
    "24 headings in two lines": ("broken_headings",),
    "24 headings in two lines, of plain ranges": ("broken_headings", "no_tables"),
    "25 protected, with a label": ("read_only",),
}
FILLED = {"name": "株式会社みほん食材", "application_date": date(2026, 10, 5), "issued_on": date(2026, 10, 1)}


@pytest.mark.parametrize("number", PACKAGES)
def test_what_another_program_wrote_is_the_same_quote(number: str, tmp_path: Path) -> None:
    plain = book(tmp_path / "plain.xlsx", INPUTS | FILLED, (LINE, LINE | {"contract": "月額", "months": 3}))
    parts = variants.parts_of(plain)
    for change in PACKAGES[number]:
        parts = variants.CHANGES[change](parts)
    found = open_checked(packed(tmp_path / "q.xlsx", parts))[1]
    assert found == open_checked(plain)[1]
    assert (found.get("name"), found.applied_on) == (FILLED["name"], FILLED["application_date"])
    assert amounts(found, invoice.FRAME).subsidy == 320_000  # (100,000 + 3 months of 100,000) × 4/5


def test_08_a_sheet_may_bear_another_name(tmp_path: Path) -> None:
    plain = book(tmp_path / "q.xlsx", INPUTS, (LINE,))
    renamed = patched(plain, "xl/workbook.xml", "'見積'!", "'御見積'!")
    assert read(patched(renamed, "xl/workbook.xml", 'name="見積"', 'name="御見積"')).lines == read(plain).lines


def test_22_a_price_of_another_book(tmp_path: Path) -> None:
    prices = ("<f>[1]Sheet1!$A$1</f><v>4980</v>", "<f>[1]Sheet1!#REF!</f><v>#REF!</v>")
    path = book(tmp_path / "q.xlsx", INPUTS, (LINE | {"price": 1}, LINE | {"price": 2}))
    for n, (price, kind) in enumerate(zip(prices, "ne", strict=True), 1):
        old = f'<c r="K{18 + n}" t="n"><v>{n}</v></c>'
        path = patched(path, sheet_part("見積"), old, f'<c r="K{18 + n}" t="{kind}">{price}</c>')
    names = '<definedName name="outside">[1]Sheet1!$A$1</definedName></definedNames>'
    found = read(patched(path, "xl/workbook.xml", "</definedNames>", names))
    assert found.lines[0].price == 4_980
    (told,) = found.findings
    assert told.cell == "見積!K20" and "エラー値 #REF!" in told.message


def test_02_a_line_break_that_a_program_spelt_out(tmp_path: Path) -> None:
    assert text(tmp_path, "business", "食材の卸売\r\n配送") == "食材の卸売\n配送"


def test_03_loose_kana_are_composed_and_old_letters_stay(tmp_path: Path) -> None:
    assert text(tmp_path, "name", nfd("株式会社ポプラデザイン") + "\ufa19") == "株式会社ポプラデザイン\ufa19"
    assert text(tmp_path, "prefecture", nfd("東京都")) == "東京都"
    read_line = lines_of(LINE | {"category": nfd("1 ソフトウェア"), "note": nfd("ポイント付与")}).lines[0]
    assert (read_line.category, read_line.note) == (1, "ポイント付与")


def test_09_a_lost_name_is_called_by_its_label(tmp_path: Path) -> None:
    def lose(made: Workbook) -> None:
        del made.defined_names["valid_until"]

    path = book(tmp_path / "q.xlsx", INPUTS, (LINE,), change=lose)
    (told,) = [f.message for f in open_checked(path)[1].findings if f.code == "LOST"]
    assert "「有効期限」のセル（名前 valid_until）が見つからない" in told


def test_09_a_lost_name_on_which_an_amount_depends_is_refused_by_its_label(tmp_path: Path) -> None:
    def lose(made: Workbook) -> None:
        del made.defined_names["tax_mode"]

    with pytest.raises(Unreadable, match="「単価の税区分」のセル"):
        read(book(tmp_path / "q.xlsx", INPUTS, (LINE,), change=lose))


def test_11_numbers_kept_as_texts(tmp_path: Path) -> None:
    prices = ("4,980\u00a0", "￥15,000", "¥8,000-", "128,000円")
    found = said(tmp_path, None, *(LINE | {"price": price} for price in prices))
    assert set(found) == {f"見積!K{row}" for row in (20, 21, 22)}
    assert all(message.endswith("数字だけで入れてください。") for message in found.values())
    assert lines_of(LINE | {"price": prices[0]}).lines[0].price == 4_980


@pytest.mark.parametrize("discount", ["△5,000", "(5,000)", -5000, "▲3000"])
def test_12_negative_discounts(discount: Any) -> None:
    (found,) = lines_of(LINE | {"discount": discount}).findings
    assert found.cell == "見積!discount1" and found.message.endswith("値引は正の数で入れます。")


def test_13_dust_of_a_binary_fraction_and_a_percentage() -> None:
    assert lines_of(LINE | {"quantity": 2.0000000000000004}).lines[0].quantity == 2
    (found,) = lines_of(LINE | {"discount": 0.1}).findings
    assert "1円未満の端数" in found.message


@pytest.mark.parametrize(
    ("name", "value", "day"),
    [
        ("application_date", "㋿8年10月5日", "2026-10-05"),
        ("issued_on", "R8.10.1(木)", "2026-10-01"),
        ("valid_until", "2026年10月吉日", ""),
        ("planned_order", "46300", ""),
    ],
)
def test_14_japanese_dates_and_what_only_looks_like_one(name: str, value: str, day: str, tmp_path: Path) -> None:
    found = said(tmp_path, {name: value})
    assert str(text(tmp_path, name, value) or "") == day
    assert set(found) == (set() if day else {layout.INPUT[name].address})


@pytest.mark.parametrize(
    ("name", "value", "want"),
    [
        ("zip", 600001, "0600001"),
        ("rep_tel", 312345678, "0312345678"),
        ("industry_code", 911, "0911"),
        ("contact_tel", "+81-3-1234-5678", "+81-3-1234-5678"),
    ],
)
def test_15_zeros_that_excel_drops(name: str, value: Any, want: str, tmp_path: Path) -> None:
    assert text(tmp_path, name, value) == want


def test_16_rare_letters_stay_and_those_of_one_machine_are_said(tmp_path: Path) -> None:
    name, business = "葛\U000e0100\U00020bb7\ufa19髙﨑商店\ue000", "卸売👨\u200d👩\u200d👧と配送"
    assert (text(tmp_path, "name", name), text(tmp_path, "business", business)) == (name, business)
    found = said(tmp_path, {"name": name, "business": business})
    assert set(found) == {layout.INPUT["name"].address} and "外字（U+E000）" in found[layout.INPUT["name"].address]


def test_17_long_texts_and_line_breaks(tmp_path: Path) -> None:
    business, subject = "\n".join(["あ" * 100] * 50), "会計・受発注\nクラウドの導入"
    quote = open_checked(book(tmp_path / "q.xlsx", {"business": business, "subject": subject}, (LINE,)))[1]
    assert (quote.get("business"), quote.get("subject")) == (business, subject)
    assert any(f.code == "LENGTH" and "255字" in f.message for f in quote.findings)


def test_19_all_names_lost_by_another_program(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="名前が一つも残っていない"):
        read(book(tmp_path / "q.xlsx", INPUTS, (LINE,), change=lambda made: made.defined_names.clear()))


def test_21_checkboxes_and_circles(tmp_path: Path) -> None:
    assert text(tmp_path, "small_claim", True) is True
    found = said(tmp_path, {"past_grant": "○", "wage_raise": "×"})
    assert set(found) == {layout.INPUT[name].address for name in ("past_grant", "wage_raise")}
    assert all(message.endswith("「はい」か「いいえ」で入れてください。") for message in found.values())


def test_10_hidden_columns_count_and_are_told(tmp_path: Path) -> None:
    def hide(made: Workbook) -> None:
        for letter in (layout.LINES.letter("discount"), layout.LINES.letter("note")):
            made[layout.QUOTE].column_dimensions[letter].hidden = True

    less = LINE | {"discount": 30_000}
    path = book(tmp_path / "q.xlsx", INPUTS, (LINE, less, less), change=hide)
    assert [line.discount for line in read(path).lines] == [0, 30_000, 30_000]
    (told,) = [f for f in open_checked(path)[1].findings if f.code == "HIDDEN"]
    assert (told.level, told.cell) == (NOTICE, "見積!M20")
    assert told.message.startswith("非表示の列が1列あり（見積!M20）、その列も数えています")


def test_23_a_cell_merged_over_two_rows(tmp_path: Path) -> None:
    path = book(tmp_path / "q.xlsx", INPUTS, (LINE, LINE), change=lambda made: made["見積"].merge_cells("H19:H20"))
    (found,) = read(path).findings
    assert found.cell == "見積!H20" and "空欄" in found.message


def test_23_a_merged_cell_that_may_be_blank_is_told(tmp_path: Path) -> None:
    """The mark 他の補助金 over two rows shows beside both lines and takes out the first one only."""
    twice = layout.LINES.letter("other_subsidy")

    def merge(made: Workbook) -> None:
        for cells in (f"{twice}19:{twice}21", "E21:F21", "B25:B26", f"{twice}30:{twice}40"):
            made["見積"].merge_cells(cells)  # one row, and rows with nothing in them, do no harm

    rows = (LINE | {"other_subsidy": "あり"}, LINE, LINE)
    path = book(tmp_path / "q.xlsx", INPUTS, rows, change=merge)
    assert [line.other_subsidy for line in read(path).lines] == [True, False, False]
    (told,) = [f for f in open_checked(path)[1].findings if f.code == "HIDDEN"]
    assert (told.level, told.cell) == (WARNING, f"見積!{twice}20")
    assert f"結合されたセルが2個あり（見積!{twice}20、見積!{twice}21）、空欄として読みました" in told.message


def test_25_protected_sheets_are_read(tmp_path: Path) -> None:
    def protect(made: Workbook) -> None:
        made["見積"].protection = SheetProtection(sheet=True, password="CC1A")

    assert read(book(tmp_path / "q.xlsx", INPUTS, (LINE,), change=protect)).findings == ()


def test_27_signs_that_no_file_name_may_hold(tmp_path: Path) -> None:
    name = 'A&B <食材>/"卸":*?| 株式会社.'
    made = drafts(
        quote_file.assess_file(book(tmp_path / "q.xlsx", INPUTS | {"name": name + " "}, (LINE,))), tmp_path / "out"
    )
    assert made and not any(set(path.name) & set('<>:"/\\|?*') or path.stem.endswith((" ", ".")) for path in made)
    written = "".join(cell.text for t in docx.Document(str(made[0])).tables for row in t.rows for cell in row.cells)
    assert name in written or name in "".join(p.text for p in docx.Document(str(made[0])).paragraphs)


@pytest.mark.parametrize("joined", ["会計；受発注", "会計／受発注", "会計＋受発注", "会計\n受発注", "会計・受発注"])
def test_28_functions_however_parted(joined: str, tmp_path: Path) -> None:
    quote = read(book(tmp_path / "q.xlsx", INPUTS, (LINE | {"functions": joined},)))
    assert (quote.findings, quote.lines[0].functions) == ((), {"会計", "受発注"})


def test_28_a_word_between_functions_is_named() -> None:
    (found,) = lines_of(LINE | {"functions": "会計 と 受発注"}).findings
    assert "の「と」は一覧" in found.message


def test_29_a_blank_row_above_the_lines_changes_nothing(tmp_path: Path) -> None:
    plain = read(book(tmp_path / "q.xlsx", INPUTS, (LINE,)))
    moved = read(book(tmp_path / "moved.xlsx", INPUTS, ({}, LINE)))
    assert amounts(plain, invoice.FRAME).subsidy == amounts(moved, invoice.FRAME).subsidy is not None


def test_30_true_is_printed_as_excel_shows_it(tmp_path: Path) -> None:
    assert (text(tmp_path, "subject", 20261001), text(tmp_path, "quote_number", True)) == ("20261001", "TRUE")
    assert lines_of(LINE | {"note": True}).lines[0].note == "TRUE"


@pytest.mark.parametrize("contract", ["月額\u00a0", "月額\n", "月額\u200b", "⽉額"])
def test_32_what_hides_behind_a_contract(contract: str) -> None:
    found = lines_of(LINE | {"contract": contract, "months": 24})
    assert (found.findings, found.lines[0].contract) == ((), "月額")
