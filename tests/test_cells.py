"""One sheet's XML, however a program spells it: the same values, and never a blank where there is an error."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.books import LINE, book, packed, patched, sheet_part
from tests.variants import parts_of
from workbooks.building import fill
from workbooks.files.markup import Damaged
from workbooks.form import layout
from workbooks.reading import shared_strings, xlsx_guard
from workbooks.reading.filled import UNCALCULATED
from workbooks.reading.package import Package
from workbooks.reading.read import Unreadable, read
from workbooks.reading.worksheet import COLUMNS, ROWS, Cells, Far, cells

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHARED = ["零", "一"]
LOOKS = ["", "date", "span"]
EXAMPLES = sorted((Path(fill.__file__).parents[1] / "examples").glob("*.xlsx"))


def sheet(rows: str, head: str = f'<worksheet xmlns="{MAIN}">', tail: str = "</worksheet>") -> Cells:
    """The cells of these rows."""
    return cells(f"{head}<sheetData>{rows}</sheetData>{tail}".encode(), lambda: SHARED, lambda: LOOKS)


def cell(inner: str) -> Any:
    """What stands in A1 of a row: its value, or its flaw."""
    found = sheet(f'<row r="1">{inner}</row>')
    return found.flaws.get((1, 1), found.values.get((1, 1)))


@pytest.mark.parametrize(
    "inner",
    [
        '<c r="A1" t="e"><v>#REF!</v></c>',
        "<c r='A1' t='e'><v>#REF!</v></c>',".removesuffix("',"),
        '<c r = "A1"  t = "e" ><v>#REF!</v></c>',
        '<c t="e" r="A1"><v>#REF!</v></c>',
        '<c r="A1" t="&#101;"><v>#REF!</v></c>',
        '<c r="A1" t="e"><v><![CDATA[#REF!]]></v></c>',
        '<c r="A1" t="e"><v>#R<!-- </v> -->EF!</v></c>',
        '<c r="A1" t="e"><v xml:space="preserve">#REF!</v></c>',
        '<c r="A1" t="e"><v>&#35;REF!</v></c>',
        '<c r="A1" t="e"><v>\n#REF!\n</v></c>',
        '<c r="A1" t="e"><f ca="1" x=">">B1&gt;1</f><v>#REF!</v></c>',
        '<c r="A1" t="e"><f>"&lt;/c&gt;"</f><v>#REF!</v><extLst/></c>',
        '<c\tr="A1"\nt="e"\n><v\n>#REF!</v\n></c\n>',
        "<c t='e'><v>#REF!</v></c>",
        '<?note <c r="A1"><v>5</v></c> ?><c r="A1" t="e"><v>#REF!</v></c>',
    ],
)
def test_an_error_is_an_error_however_it_is_spelt(inner: str) -> None:
    assert cell(inner) == "#REF!"


@pytest.mark.parametrize(
    "inner",
    [
        '<c r="A1"><f>1+1</f></c>',
        "<c r='A1'><f>1+1</f><v></v></c>",
        '<c r="A1"><f xml:space="preserve">1+1</f><v/></c>',
        '<c r="A1"><f><![CDATA[A2>A3]]></f><v ></v ></c>',
        '<c r="A1"><f>1<!-- <v>5</v> -->+1</f></c>',
        '<c r="A1" cm="1"><f t="array" ref="A1" aca=">">1+1</f></c>',
        '<c r="A1" t="n"><f t="shared" si="0"/></c>',
        '<c r="A1" t="str"><f>1+1</f></c>',  # no <v> at all: nobody has calculated it
        "<c><f>1+1</f></c>",
    ],
)
def test_a_formula_without_a_result_is_no_blank(inner: str) -> None:
    assert cell(inner) == UNCALCULATED


@pytest.mark.parametrize(
    ("inner", "value"),
    [
        ('<c r="A1"/>', None),
        ('<c r="A1" s="1" t="s"/>', None),
        ('<c r="A1"><v></v></c>', None),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', None),
        ('<c r="A1"><v>4980</v></c>', 4980),
        ('<c r="A1"><v><![CDATA[49]]><!-- 1 -->80</v></c>', 4980),
        ('<c r="A1"><v> 4.98E+3 </v></c>', 4980),
        ('<c r="A1" t="s"><v>1</v></c>', "一"),
        ('<c r="A1" t="str"><v>単_x000a_価</v></c>', "単\n価"),
        ('<c r="A1" t="inlineStr"><is><t>単</t><rPh sb="0" eb="1"><t>タン</t></rPh></is></c>', "単"),
        ('<c r="A1" t="inlineStr"><is><r><rPr/><t>単</t></r><r><t xml:space="preserve"> 価</t></r></is></c>', "単 価"),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" s="1"><v>46300</v></c>', date(2026, 10, 5)),
        ('<c r="A1" s="1"><v>46300.5</v></c>', datetime(2026, 10, 5, 12)),
        ('<c r="A1" s="1"><v>0.5</v></c>', time(12)),
        ('<c r="A1" s="2"><v>1.5</v></c>', timedelta(1.5)),
        ('<c r="A1" s="9"><v>46300</v></c>', 46300),
        ('<c r="A1" t="d"><v>2026-10-05</v></c>', date(2026, 10, 5)),
        ('<c r="A1" t="d"><v>2026-10-05T00:00:00</v></c>', datetime(2026, 10, 5)),
    ],
)
def test_values_are_read(inner: str, value: Any) -> None:
    assert cell(inner) == value


@pytest.mark.parametrize(
    "inner",
    [
        '<c r="A1"><v>４９８０</v></c>',
        '<c r="A1"><v>4_980</v></c>',
        '<c r="A1"><v>nan</v></c>',
        '<c r="A1"><v>1e999</v></c>',
        f'<c r="A1"><v>{"9" * 5000}</v></c>',
        '<c r="A1"><v> </v></c>',
        '<c r="A1"><v>1</v><v>2</v></c>',
        '<c r="A1"><v>1<x>2</x></v></c>',
        '<c r="A1" t="s"><v>2</v></c>',
        '<c r="A1" t="s"><v>-1</v></c>',
        f'<c r="A1" t="s"><v>{"0" * 5000}1</v></c>',
        '<c r="A1" t="b"><v>２</v></c>',
        '<c r="A1" t="d"><v>きのう</v></c>',
        '<c r="A1" t="money"><v>1</v></c>',
        '<c r="A1" t="e"/>',
        '<c r="A1" t="e"><v>Err:502</v></c>',
        '<c r="A1" t="e"><v>#新しいエラー!</v></c>',
    ],
)
def test_what_is_no_value_is_an_error_at_its_cell(inner: str) -> None:
    assert cell(inner) == "#VALUE!"


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!", "#BLOCKED!"])
def test_newer_errors_keep_their_names(error: str) -> None:
    assert cell(f'<c r="A1" t="e"><v>{error}</v></c>') == error


@pytest.mark.parametrize("head", ['<x:worksheet xmlns:x="{}">', "<x:worksheet xmlns:x='{}' xmlns='urn:other'>"])
def test_any_prefix_is_read(head: str) -> None:
    row = '<x:row r="2"><x:c r="B2" t="e"><x:v>#N/A</x:v></x:c><x:c r="C2"><x:v>5</x:v></x:c></x:row>'
    data = f"{head.format(MAIN)}<x:sheetData>{row}</x:sheetData></x:worksheet>".encode()
    found = cells(data, lambda: (), lambda: ())
    assert (found.values, found.flaws) == ({(2, 3): 5}, {(2, 2): "#N/A"})


def test_cells_without_addresses_follow_one_another() -> None:
    found = sheet(
        '<row><c/><c><v>1</v></c></row><row r="5"><c r="D5"><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>'
    )
    assert found.values == {(1, 2): 1, (5, 4): 2, (5, 5): 3, (6, 1): 4}


def test_hidden_rows_are_told() -> None:
    found = sheet('<row r="2" hidden="1"/><row hidden="0"/><row hidden="true"/><row r=\'9\' hidden=\'1\'/>')
    assert found.hidden == {2, 4, 9}


FAR = [
    '<row r="1048576"><c r="XFD1048576"/></row>',
    '<row r="1"><c r="HA1"/></row>',
    '<row r="1"><c r="AAA1"/></row>',
    '<row r="10000"><c r="A10000"/></row>',
    '<row r="1"><c t="n" r="HA1"/></row>',
    '<row r="1"><c t=" r=&quot;A1&quot;" r="XFD1"/></row>',
    "<row r='1'><c r='XFD1048576'/></row>",
    '<row r = "1"><c r = "XFD1048576"/></row>',
    "<row/>" * (ROWS + 1),
    "<row>" + "<c/>" * (COLUMNS + 1) + "</row>",
    f'<row r="{ROWS}"/><row><c/></row>',
    '<row r="1"><c r="GZ1"/><c/></row>',
]


@pytest.mark.parametrize("rows", FAR, ids=range(len(FAR)))
def test_a_cell_far_out_is_refused(rows: str) -> None:
    with pytest.raises(Far):
        sheet(rows)


@pytest.mark.parametrize(
    "rows",
    [
        '<c r="A1"><v>1</v></c>',  # outside of a row
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="B1"/><c r="A1"><v>2</v></c></row>',
        '<row r="2"/><row r="2"><c r="A2"><v>2</v></c></row>',
        '<row r="2"/><row r="1"/>',
        '<row r="1"><c r="A2"/></row>',
        '<row r="1"><c r="a1"/></row>',
        '<row r="1"><c r=""/></row>',
        '<row r="-1"/>',
        '<row r="1"><x><c r="A1"><v>1</v></c></x></row>',
        '<row r="1"><c r="A1"><c r="B1"/></c></row>',
        '<row r="1"><row r="2"/></row>',
    ],
)
def test_cells_that_two_readers_might_see_differently_are_refused(rows: str) -> None:
    with pytest.raises(Damaged):
        sheet(rows)


@pytest.mark.parametrize(
    "data",
    [
        f'<!DOCTYPE x [<!ENTITY a "1">]><worksheet xmlns="{MAIN}"/>',
        f'<?xml version="1.0" encoding="utf-7"?><worksheet xmlns="{MAIN}"/>',
        f'<?xml version="1.0" encoding="cp037"?><worksheet xmlns="{MAIN}"/>',
        "<worksheet><sheetData></worksheet>",
        "",
    ],
)
def test_what_is_no_plain_xml_is_refused(data: str) -> None:
    with pytest.raises(Damaged):
        cells(data.encode(), lambda: (), lambda: ())


def test_the_last_cells_within_the_limit_are_read() -> None:
    found = sheet(f'<row r="{ROWS}" spans="1:{COLUMNS}"><c r="GZ{ROWS}" s="1" t="s"><v>0</v></c></row>')
    assert found.values == {(ROWS, COLUMNS): "零"}


def test_a_full_sheet_is_read_or_refused_in_seconds() -> None:
    start = process_time()
    with pytest.raises((Damaged, Far)):
        sheet(("<row>" + '<c t="s"/>' * COLUMNS + "</row>") * ROWS)
    assert process_time() - start < 30  # about 2 s; the rest is room for a slow machine


# --- the whole file --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_the_cells_are_those_that_another_reader_sees(path: Path) -> None:
    package, other = Package(path.read_bytes()), CalamineWorkbook.from_path(str(path))
    for name in package.sheets:
        grid = other.get_sheet_by_name(name).to_python(skip_empty_area=False)
        known = {(r, c): v for r, row in enumerate(grid, 1) for c, v in enumerate(row, 1) if v != ""}
        assert package.cells(name).values == known


def with_cell(tmp_path: Path, name: str, inner: str) -> Path:
    """A quote whose first line has this in a cell of the table."""
    path = book(tmp_path / "q.xlsx", rows=[{**LINE, name: 777}])
    at = layout.LINES.cell(name, 1).partition("!")[2]
    old = f'<c r="{at}" t="n"><v>777</v></c>'
    return patched(path, sheet_part(layout.QUOTE), old, inner.replace("A1", at))


@pytest.mark.parametrize(
    "inner",
    [
        "<c r='A1' t='e'><v>#REF!</v></c>",
        '<c r="A1"><f x=">">1</f></c>',
        '<c t = "e" r="A1"><v><![CDATA[#REF!]]></v></c>',
    ],
)
def test_a_hidden_error_in_an_optional_cell_is_never_zero(inner: str, tmp_path: Path) -> None:
    found = read(with_cell(tmp_path, "discount", inner))
    assert not found.lines[0].readable
    assert [f.cell for f in found.findings] == [layout.LINES.cell("discount", 1)]


@pytest.mark.parametrize("error", ["#SPILL!", "#GETTING_DATA", "Err:502", "#CONNECT!"])
def test_an_error_beside_the_inputs_does_not_refuse_the_file(error: str, tmp_path: Path) -> None:
    path = with_cell(tmp_path, "amount", f'<c r="A1" t="e"><v>{error}</v></c>')
    assert read(path).findings == ()


def test_a_sheet_is_found_by_its_relation_and_not_by_its_name(tmp_path: Path) -> None:
    parts = parts_of(book(tmp_path / "q.xlsx", rows=[LINE]))
    old, new = sheet_part(layout.QUOTE), "xl/media/image1.png"
    parts[new] = parts.pop(old).replace(b"<sheetData>", b'<sheetData><row r="1"><c r="XFD1"/></row>')
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(f"/{old}".encode(), f"/{new}".encode())
    with pytest.raises(Unreadable, match="外のセル"):
        read(packed(tmp_path / "r.xlsx", parts))


@pytest.mark.parametrize("main", ["xl/workbook22.xml", "xl/Book.xml"])
def test_the_workbook_is_the_part_that_the_package_names(main: str, tmp_path: Path) -> None:
    parts = parts_of(book(tmp_path / "q.xlsx", {"subject": "件"}, [LINE]))
    old, new = Path("workbook.xml"), Path(main).name
    moved = {
        n.replace(str(old), new): d.replace(b"/xl/workbook.xml", f"/{main}".encode()).replace(
            b'"xl/workbook.xml', f'"{main}'.encode()
        )
        for n, d in parts.items()
    }
    assert read(packed(tmp_path / "r.xlsx", moved)).get("subject") == "件"


def names_lost(tmp_path: Path, *names: str) -> Path:
    """A quote whose cells have lost these names."""
    path = book(tmp_path / "q.xlsx", {"subject": "件", "name": "社"}, [LINE])
    for name in names:
        i = layout.INPUT[name]
        at = f"'{i.sheet}'!${i.cell.rstrip('0123456789')}${i.cell.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
        patched(path, "xl/workbook.xml", f'name="{name}">{at}<', f'name="{name}">#REF!<')
    return path


@pytest.mark.parametrize("name", ["tax_mode", "total_discount", "small_claim", "application_date"])
def test_a_lost_name_that_yen_depend_on_refuses_the_file(name: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=rf"（名前 {name}）が見つからない"):
        read(names_lost(tmp_path, name))


def test_a_table_that_claims_millions_of_rows_is_read_at_once(tmp_path: Path) -> None:
    path = book(tmp_path / "q.xlsx", rows=[LINE])
    ref = layout.LINES.ref
    patched(path, "xl/tables/table1.xml", f'ref="{ref}"', f'ref="{ref.replace(str(layout.LINES.last), "3000000")}" totalsRowCount="1"')  # fmt: skip
    assert len(read(path).lines) == 1


def test_a_heading_with_a_line_break_is_the_same_heading(tmp_path: Path) -> None:
    path = book(tmp_path / "q.xlsx", rows=[LINE])
    patched(path, "xl/tables/table1.xml", 'name="単価"', 'name="単_x000a_価"')
    assert read(path).lines[0].price == LINE["price"]


def test_the_guard_reads_no_cells(tmp_path: Path) -> None:
    rows: Sequence[str] = ['<row r="1"><c r="XFD1"/></row>', "<row>"]
    for row in rows:
        path = book(tmp_path / "q.xlsx")
        patched(path, sheet_part(layout.LISTS), "<sheetData", f"<!-- {row} --><sheetData")
        assert xlsx_guard.inspect(path) == path.read_bytes()


MAIN_SPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.mark.parametrize("part", ["quote", "workbook", "table", "styles"])
def test_a_part_of_another_namespace_is_refused(part: str, tmp_path: Path) -> None:
    """To Excel such a part is nothing: what it holds may not become yen here."""
    parts = parts_of(book(tmp_path / "q.xlsx", {"subject": "件"}, [LINE]))
    name = {
        "quote": sheet_part(layout.QUOTE),
        "workbook": "xl/workbook.xml",
        "table": next(n for n in parts if n.startswith("xl/tables/")),
        "styles": "xl/styles.xml",
    }[part]
    assert MAIN_SPACE in parts[name]
    parts[name] = parts[name].replace(MAIN_SPACE, b"urn:x")
    if part == "styles":  # read where a cell of a date, or of a number, wants its look
        at = sheet_part(layout.QUOTE)
        parts[at] = parts[at].replace(b"<sheetData>", b'<sheetData><row r="1"><c r="A1" s="1"><v>1</v></c></row>', 1)
    with pytest.raises(Unreadable):
        read(packed(tmp_path / "r.xlsx", parts))


def test_foreign_names_sheets_and_relations_are_none(tmp_path: Path) -> None:
    """Elements of another namespace beside Excel's own lead nowhere."""
    parts = parts_of(book(tmp_path / "q.xlsx", {"subject": "件"}, [LINE]))
    foreign = (
        b'<x:definedNames xmlns:x="urn:x"><x:definedName name="subject">'
        + f"{layout.QUOTE}!$A$1".encode()
        + b'</x:definedName></x:definedNames><x:sheets xmlns:x="urn:x"><x:sheet name="x"/></x:sheets></workbook>'
    )
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</workbook>", foreign)
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", b'<x xmlns="urn:x" Id="rId1" Target="a"/></Relationships>')
    assert read(packed(tmp_path / "r.xlsx", parts)).get("subject") == "件"


def test_shared_texts_of_another_namespace_are_refused() -> None:
    text = b'<sst xmlns="%s"><si><t>a</t></si></sst>'
    assert shared_strings.shared(text % MAIN_SPACE) == ["a"]
    with pytest.raises(Damaged):
        shared_strings.shared(text % b"urn:x")


def test_a_workbook_that_lists_countless_sheets_is_refused(tmp_path: Path) -> None:
    parts = parts_of(book(tmp_path / "q.xlsx", {"subject": "件"}, [LINE]))
    more = "".join(f'<sheet name="s{n}" sheetId="{n + 99}"/>' for n in range(20_000)).encode()
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</sheets>", more + b"</sheets>")
    with pytest.raises(Unreadable):
        read(packed(tmp_path / "r.xlsx", parts))
