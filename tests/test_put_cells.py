"""Values put into blank cells of sheets of any program; whatever stands elsewhere keeps its bytes."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import FileFormat, OpenXmlValidator

from tests.packages import BOOKS, MAIN, STRICT, book
from workbooks.building import put_cells
from workbooks.building.put_cells import put
from workbooks.files import zip_parts
from workbooks.files.address import letters
from workbooks.files.element_places import places
from workbooks.form.layout import LINES
from workbooks.reading.copied import NotCopied
from workbooks.reading.package import Package
from workbooks.reading.worksheet import cells

ROOT = Path(__file__).parents[1]
SHEET = "xl/worksheets/sheet1.xml"
ONE, FOUR = '<c r="A1"><v>1</v></c>', '<c r="D1"><v>4</v></c>'


def sheet(row: str, space: str = MAIN) -> str:
    return f'<worksheet xmlns="{space}"><sheetData><row r="1" spans="1:4">{row}</row></sheetData></worksheet>'


PLAIN = sheet(f'{ONE}<c r="B1" s="3"/>{FOUR}')
FORMS = {  # a row with A1 = 1, a blank B1 with a look, and D1 = 4, as programs write it
    "excel": PLAIN,
    "strict": sheet(f'{ONE}<c r="B1" s="3"></c>{FOUR}', STRICT),
    "prefixed": re.sub(r"<(/?)(?=\w)", r"<\1x:", sheet(f'{ONE}<c r="B1" s="3"><v/></c>{FOUR}')).replace(
        "xmlns=", "xmlns:x="
    ),
    "no places": sheet(f"<!-- <c r='B1'/> --><c><v>1</v></c><c s='3'><v></v></c>{FOUR}").replace(' r="1"', ""),
    "ascii": f'<?xml version="1.0" encoding="us-ascii"?>{PLAIN}',
}


def made(path: Path, data: str) -> bytes:
    """A package with this sheet."""
    return zip_parts.zipped({**zip_parts.parts(book(path, BOOKS["excel"]).read_bytes()), SHEET: data.encode()})


def values(data: bytes) -> dict[tuple[int, int], object]:
    return dict(cells(data, lambda: [], lambda: []).values)


@pytest.mark.parametrize("form", FORMS)
def test_blank_and_missing_cells_are_filled_in_their_order(form: str, tmp_path: Path) -> None:
    old = made(tmp_path / "a.xlsx", FORMS[form])
    done = put(old, {"表 1!B1": "会計・<受発注>", "表 1!C1": 60_000, "表 1!E1": "月額", "表 1!F1": 7})
    before, after = zip_parts.parts(old), zip_parts.parts(done.blob)
    assert done.left == []
    assert values(after[SHEET]) == {
        (1, 1): 1,
        (1, 2): "会計・<受発注>",
        (1, 3): 60_000,
        (1, 4): 4,
        (1, 5): "月額",
        (1, 6): 7,
    }
    assert re.search(rb'r="B1" s="3" t="inlineStr"', after[SHEET])
    assert list(before) == list(after)
    assert {n for n in before if before[n] != after[n]} == {SHEET, "xl/workbook.xml"}


@pytest.mark.parametrize("inner", ["<v>0</v>", "<f>1+1</f>", "<f>A1</f><v></v>", "<is><t/></is>", "<f/>"])
def test_whatever_stands_in_a_cell_stays(inner: str, tmp_path: Path) -> None:
    data = PLAIN.replace('<c r="B1" s="3"/>', f'<c r="B1" s="3">{inner}</c>')
    done = put(made(tmp_path / "a.xlsx", data), {"表 1!B1": 5}, keep={"表 1!B1"})
    assert list(done.left) == ["表 1!B1"]
    assert zip_parts.parts(done.blob)[SHEET] == data.encode()


def test_no_formula_keeps_a_result_but_an_input(tmp_path: Path) -> None:
    data = sheet(
        f'{ONE}<c r="B1" s="3" t="str"><f>A1&amp;"x"</f><v>1x</v></c><c r="C1" t="e" cm="1"><f t="array" ref="C1">1/0</f><v>#DIV/0!</v></c>'
        '<c r="D1"><f>A1*2</f><v>2</v></c><c r="E1" t="s"><v>0</v></c>'
    )
    done = put(made(tmp_path / "a.xlsx", data), {"表 1!F1": 1}, keep=["表 1!D1", "ほか!B1"])
    row = zip_parts.parts(done.blob)[SHEET].decode().partition(ONE)[2]
    assert row.startswith('<c r="B1" s="3"><f>A1&amp;"x"</f></c><c r="C1" cm="1"><f t="array" ref="C1">1/0</f></c>')
    assert '<c r="D1"><f>A1*2</f><v>2</v></c><c r="E1" t="s"><v>0</v></c><c r="F1"><v>1</v></c></row>' in row


def test_a_part_that_is_no_xml_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotCopied):
        put(made(tmp_path / "a.xlsx", "<worksheet"), {"表 1!B1": 1})


@pytest.mark.parametrize("name", BOOKS)
def test_every_workbook_is_asked_for_a_calculation(name: str) -> None:
    data = BOOKS[name].format(names="").encode()
    once = put_cells.anew(data)
    (calc,) = (e for e in places(once).elements if e.name == "calcPr")
    (*old,) = (e for e in places(data).elements if e.name == "calcPr")
    assert calc.attributes == {**(old[0].attributes if old else {}), "fullCalcOnLoad": "1"}
    assert put_cells.anew(once) == once


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.integers(1, 30), max_size=9), st.sets(st.integers(1, 30), min_size=1, max_size=9))
def test_no_cell_is_lost_or_moved(typed: set[int], wanted: set[int]) -> None:
    old, new = dict.fromkeys({1, *typed}, 1), dict.fromkeys(wanted, 2)
    row = "".join(f'<c r="{letters(c)}2"><v>{v}</v></c>' for c, v in sorted(old.items()))
    data = f'<worksheet xmlns="{MAIN}"><sheetData><row r="2">{row}</row></sheetData></worksheet>'.encode()
    left: list[str] = []
    filled = put_cells._changed(data, {(2, c): v for c, v in new.items()}, (), left, "表!")
    assert values(filled) == {(2, c): v for c, v in {**new, **old}.items()}
    assert left == [f"表!{letters(c)}2" for c in sorted(new.keys() & old.keys())]


def test_the_shipped_workbook_stays_valid(tmp_path: Path) -> None:
    source = ROOT / "workbooks" / "examples" / "gaps.xlsx"
    blob = source.read_bytes()
    blank = LINES.cell("note", 12)  # of a free row
    out = tmp_path / "out.xlsx"
    out.write_bytes(put(blob, {blank: "価格表による"}).blob)
    assert openpyxl.load_workbook(out)["見積"][blank.partition("!")[2]].value == "価格表による"
    assert Package(out.read_bytes()).sheets == Package(blob).sheets
    judge = OpenXmlValidator(file_format=FileFormat.OFFICE_2019)
    alarms = [[re.sub(r"\d+", "n", str(e.description)) for e in judge.validate(p).errors] for p in (source, out)]
    assert alarms[0] == alarms[1]
