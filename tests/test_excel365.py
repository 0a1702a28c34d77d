"""quote-365.xlsx: the quote workbook with the names, and a sheet whose calls are dynamic array formulas."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula
from openxml_audit import FileFormat, OpenXmlValidator

from tests.test_packages import KNOWN
from workbooks.building import quote365
from workbooks.building.build import HERE
from workbooks.files import zip_parts
from workbooks.form.layout import FUNCTIONS
from workbooks.lambdas.names import named
from workbooks.reading import xlsx_guard


@pytest.fixture(scope="module")
def shipped() -> Path:
    return HERE / "quote-365.xlsx"


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


def own_sheet(path: Path) -> str:
    number = openpyxl.load_workbook(path, read_only=True).sheetnames.index(quote365.SHEET) + 1
    return part(path, f"xl/worksheets/sheet{number}.xml")


def typed(value: object) -> object:
    """A cell's value, a dynamic array formula as the text that a person sees."""
    return value.text if isinstance(value, ArrayFormula) else value


def test_the_names_are_in_excels_form(shipped: Path) -> None:
    names = openpyxl.load_workbook(shipped).defined_names
    assert {n.name: n.stored for n in named()} == {n.name: names[n.name].attr_text for n in named()}
    assert "[_xlpm" not in part(shipped, "xl/workbook.xml")


def test_every_call_is_a_dynamic_array_formula_with_its_value(shipped: Path) -> None:
    cells = re.findall(
        r'<c r="(\w+)"[^>]* cm="1"><f t="array" ref="([\w:]+)">([^<]+)</f><v>([^<]+)</v></c>', own_sheet(shipped)
    )
    assert len(cells) == len(quote365.CALLS) + 1
    assert cells[-1][1:3] == (f"D{quote365.SPILL}:D{quote365.LAST}", quote365.SPILLED)
    assert cells[0][3] == "750000" and cells[-1][3] == "400000"
    assert "SUBSIDY_" not in re.sub(r'<f t="array"[^>]*>[^<]*</f>', "", re.sub(r"<is>.*?</is>", "", own_sheet(shipped)))


def test_what_needs_the_add_in_stays_a_plain_formula(shipped: Path) -> None:
    book = openpyxl.load_workbook(shipped)
    formulas = [c.value for row in book[FUNCTIONS].iter_rows() for c in row if c.data_type == "f"]
    plain = [f for f in formulas if isinstance(f, str) and "SUBSIDY_" in f]
    assert plain and all(re.search("SUBSIDY_(EXPLAIN|WHY|COMPARE)", f) for f in plain)


def test_the_column_keeps_the_values_that_the_first_formula_spills(shipped: Path) -> None:
    sheet = openpyxl.load_workbook(shipped, data_only=True)[quote365.SHEET]
    column = [sheet[f"D{row}"].value for row in range(quote365.SPILL, quote365.LAST + 1)]
    assert column == [400_000, 750_000, 722_222, 2_055_555, "#VALUE!"]


def test_every_function_but_the_groups_is_shown(shipped: Path) -> None:
    calls = own_sheet(shipped)
    assert {n.name for n in named() if f"{n.name}(" not in calls} == {"SUBSIDY_GROUP"}


def test_the_metadata_is_known_to_the_package_and_to_the_workbook(shipped: Path) -> None:
    assert part(shipped, "[Content_Types].xml").count('PartName="/xl/metadata.xml"') == 1
    assert part(shipped, "xl/_rels/workbook.xml.rels").count("relationships/sheetMetadata") == 1
    assert 'fDynamic="1"' in part(shipped, "xl/metadata.xml")
    for version in (FileFormat.OFFICE_2019, FileFormat.MICROSOFT_365):
        alarms = [str(e.description) for e in OpenXmlValidator(file_format=version).validate(shipped).errors]
        assert [text for text in alarms if not KNOWN.search(text)] == []


def test_the_shipped_file_is_what_the_code_makes_and_safe_to_read(shipped: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    quote365.build(again)
    assert zip_parts.parts(again.read_bytes()) == zip_parts.parts(shipped.read_bytes())
    assert xlsx_guard.inspect(shipped) == shipped.read_bytes()
    assert (*zip_parts.WRITTEN, 0, 0, 0) in {m.date_time for m in zipfile.ZipFile(shipped).infolist()}


def test_the_other_sheets_are_those_of_the_quote_workbook(shipped: Path) -> None:
    sheets = openpyxl.load_workbook(HERE / "quote.xlsx"), openpyxl.load_workbook(shipped)
    assert sheets[1].sheetnames == [*sheets[0].sheetnames, quote365.SHEET]
    for name in sheets[0].sheetnames:
        theirs, ours = ([[typed(c.value) for c in row] for row in book[name].iter_rows()] for book in sheets)
        assert theirs == ours, name
