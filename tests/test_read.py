"""Reading a filled workbook, the file: cells are found by its own names and tables, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName

from rules.assess import amounts
from rules.findings import NOTICE
from rules.frames import invoice
from tests import samples
from tests.books import LINE, book, filled_in, patched, sheet_part
from workbooks.form import layout
from workbooks.reading.quote_file import open_checked
from workbooks.reading.read import Unreadable, read


def test_what_is_typed_is_what_is_read(tmp_path: Path) -> None:
    sample = samples.quote()
    found = read(filled_in(tmp_path / "q.xlsx", sample))
    assert found.findings == ()
    assert dict(sample.inputs) == dict(found.inputs)
    assert list(samples.LINES) == [replace(line, cells={}) for line in found.lines]
    assert amounts(found, invoice.FRAME).subsidy == samples.SUBSIDY


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
    beyond = layout.LINES.rows + 1
    rows = [{}] * layout.LINES.rows + [LINE, LINE, {}, LINE]
    assert [beyond, beyond + 1, beyond + 3] == [
        line.number for line in read(book(tmp_path / "q.xlsx", rows=rows)).lines
    ]


def test_a_table_to_the_end_of_the_sheet_is_read_at_once(tmp_path: Path) -> None:
    path = book(tmp_path / "q.xlsx", rows=[LINE, {}, {"price": "#N/A"}])
    ref = layout.LINES.ref
    patched(path, "xl/tables/table1.xml", ref, ref.replace(str(layout.LINES.last), "1048576"))
    assert [line.number for line in read(path).lines] == [1, 3]  # row by row it took minutes


def test_a_row_of_totals_is_no_line(tmp_path: Path) -> None:
    def total(made: Workbook) -> None:
        made[layout.QUOTE].tables[layout.LINES.name].totalsRowCount = 1

    rows = [LINE] * (layout.LINES.rows - 1) + [{"item": "合計", "price": 1}, LINE]
    found = read(book(tmp_path / "q.xlsx", rows=rows, change=total))
    assert (len(found.lines), found.findings) == (layout.LINES.rows - 1, ())


def test_renamed_and_moved_sheets_are_found_by_the_names_of_the_file(tmp_path: Path) -> None:
    def rename(made: Workbook) -> None:
        made[layout.QUOTE].title = "見積's (2)"
        made[layout.APPLICANT].title = "Sheet1"
        made.move_sheet("見積's (2)", 3)
        for i in layout.INPUTS:
            sheet = {layout.QUOTE: "'見積''s (2)'", layout.APPLICANT: "Sheet1"}.get(i.sheet, i.sheet)
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

    with pytest.raises(Unreadable, match=r"シート「見積」の表に「単価」の列が見つからないので、見出しを「単価」に戻し"):
        read(book(tmp_path / "q.xlsx", change=rename))


def unlist(made: Workbook) -> None:
    del made[layout.QUOTE].tables[layout.LINES.name]


def test_a_table_turned_into_a_plain_range_is_found_by_its_headings(tmp_path: Path) -> None:
    found = read(book(tmp_path / "q.xlsx", rows=[LINE, {}, LINE], change=unlist))
    assert [line.number for line in found.lines] == [1, 3]


def test_a_table_that_is_nowhere_is_named(tmp_path: Path) -> None:
    def remove(made: Workbook) -> None:
        unlist(made)
        made[layout.QUOTE].delete_rows(layout.LINES.header)

    with pytest.raises(Unreadable, match="表（テーブル lines）が見つからない"):
        read(book(tmp_path / "q.xlsx", change=remove))


def lose_name(made: Workbook, name: str) -> None:
    del made.defined_names[name]


def break_name(made: Workbook, name: str) -> None:
    made.defined_names[name] = DefinedName(name, attr_text="見積!#REF!")


def make_constant(made: Workbook, name: str) -> None:
    made.defined_names[name] = DefinedName(name, attr_text='"件名"')


LOSSES = pytest.mark.parametrize("change", [lose_name, break_name, make_constant])


@LOSSES
@pytest.mark.parametrize("name", sorted(i.name for i in layout.INPUTS if i.decides))
def test_a_lost_cell_that_decides_an_amount_is_named_with_its_sheet(
    tmp_path: Path, name: str, change: Callable[[Workbook, str], None]
) -> None:
    i = layout.INPUT[name]
    with pytest.raises(
        Unreadable, match=rf"シート「{i.sheet}」の「{re.escape(i.label)}」のセル（名前 {name}）が見つからない"
    ):
        read(book(tmp_path / "q.xlsx", change=lambda made: change(made, name)))


@LOSSES
def test_a_lost_cell_of_words_is_a_warning(tmp_path: Path, change: Callable[[Workbook, str], None]) -> None:
    path = book(tmp_path / "q.xlsx", rows=[LINE], change=lambda made: change(made, "subject"))
    (told,) = [f for f in open_checked(path)[1].findings if f.code == "LOST"]
    assert told.message.startswith(
        "シート「見積」の「件名」のセル（名前 subject）が見つからないので、空欄として扱いました。"
    )
    assert len(read(path).lines) == 1


def test_a_lost_sheet_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="シート「見積」の「単価の税区分」のセル（名前 tax_mode）が見つからない"):
        read(book(tmp_path / "q.xlsx", change=lambda made: made.remove(made[layout.QUOTE])))


@pytest.mark.parametrize(
    "name", sorted(c.name for t in layout.TABLES for c in t.columns if not (c.computed or c.decides))
)
def test_a_lost_column_of_words_is_a_warning(tmp_path: Path, name: str) -> None:
    table = next(t for t in layout.TABLES if any(c.name == name for c in t.columns))
    title = next(c.title for c in table.columns if c.name == name)

    def rename(made: Workbook) -> None:
        made[table.sheet][table.cell(name, 0).partition("!")[2]] = "別の見出し"

    path = book(tmp_path / "q.xlsx", rows=[LINE], change=rename)
    told = [f.message for f in open_checked(path)[1].findings if f.code == "LOST"]
    assert [m.partition("が見つからない")[0] for m in told] == [f"シート「{table.sheet}」の表の「{title}」の列"]


def test_the_lost_name_of_the_form_does_not_hide_its_tables(tmp_path: Path) -> None:
    member = {"name": "甲", "small_biz": "はい", "cost": 1}
    path = book(tmp_path / "q.xlsx", tables={"members": [member]}, change=lambda m: lose_name(m, layout.FORM_NAME))
    assert [m.cost for m in read(path).members] == [1]


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
            book(tmp_path / "q.xlsx", {"application_date": date(2026, 10, 5)}, [LINE]),
            part,
            ">",
            "<<",
        )
        with pytest.raises(Unreadable, match="壊れている"):
            read(path)


def test_hidden_rows_count_and_are_told(tmp_path: Path) -> None:
    def hide(made: Workbook) -> None:
        for row in (1, 2, 40):
            made[layout.QUOTE].row_dimensions[layout.LINES.header + row].hidden = True
        made[layout.MEMBERS].row_dimensions[layout.MEMBER_TABLE.header + 1].hidden = True

    member = {"name": "甲", "small_biz": "はい", "cost": 1}
    path = book(tmp_path / "q.xlsx", rows=[LINE, LINE, LINE], tables={"members": [member]}, change=hide)
    assert len(read(path).lines) == 3
    (told,) = [f for f in open_checked(path)[1].findings if f.code == "HIDDEN"]
    assert told.level == NOTICE
    assert told.message.startswith("非表示の行が3行あり（見積!E19、見積!E20、構成員!B16）、その行も数えています")


def test_a_truth_value_in_a_text_reads_as_excel_shows_it(tmp_path: Path) -> None:
    path = book(tmp_path / "q.xlsx", {"subject": True, "url": False}, rows=[LINE | {"note": True}])
    found = read(path)
    assert (found.get("subject"), found.get("url"), found.lines[0].note) == ("TRUE", "FALSE", "TRUE")
