"""quote.xlsx: what the code makes. Its names, tables, formulas, protection; what its examples promise; how it prints."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import coordinate_to_tuple
from pypdf import PdfReader

from rules.checks.codes import codes
from rules.findings import NOTICE
from rules.frames import invoice
from tests.office import stored
from tests.sheet import SMALL, expected
from workbooks.building import cached_values, fill
from workbooks.building.fill import load
from workbooks.building.quote_workbook import build, made
from workbooks.files import reproducible
from workbooks.form import layout, portal_fields
from workbooks.form.layout import FUNCTIONS, INPUTS, LINES, MORE, RESULTS, SHEETS, Size
from workbooks.reading import quote_file

HERE = Path(fill.__file__).parents[1]
EXAMPLES = HERE / "examples"
OF_2010 = """
ABS AND CHAR CHOOSE COUNT COUNTA COUNTIF COUNTIFS DATE DAY EDATE EXACT FIND HYPERLINK IF IFERROR INDEX INT ISBLANK ISERROR ISLOGICAL ISNUMBER
LEFT LEN MATCH MAX MID MOD MONTH N NA NOT OR RIGHT ROUND ROUNDDOWN SUBSTITUTE SUM SUMIFS SUMPRODUCT TEXT TRIM UPPER VALUE
"""
ALLOWED = set(OF_2010.split())
CALL = re.compile(r"([A-Z][A-Z0-9.]*)\(")
TEXT = re.compile(r'"[^"]*"|\'[^\']*\'')
FOOTER = re.compile(r"(\S+)\s+[0-9]+ / [0-9]+")
PAGES = 28  # of a workbook with the usual rows
LIGHT = 500_000  # bytes of the empty workbook, of which half say how the text of each cell is read


@pytest.fixture(scope="module")
def book() -> Workbook:
    """The shipped workbook, which is what the code makes."""
    return load_workbook(HERE / "quote.xlsx")


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as z:
        return {name: z.read(name) for name in z.namelist()}


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    build(tmp_path / "a.xlsx", SMALL)
    build(tmp_path / "b.xlsx", SMALL)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("name", ["quote", *(p.stem for p in sorted(EXAMPLES.glob("*.toml")))])
def test_a_shipped_workbook_is_what_the_code_makes(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.xlsx"
    shipped = HERE / "quote.xlsx" if name == "quote" else EXAMPLES / path.name
    if name == "quote":
        build(path)
    else:
        fill.fill(load(EXAMPLES / f"{name}.toml"), path, cached_values.save)
    assert parts(path) == parts(shipped), "python -m workbooks.building.build makes the shipped workbooks anew"


def test_every_name_of_the_layout_is_in_the_file(book: Workbook) -> None:
    assert tuple(book.sheetnames) == SHEETS
    for place in (*INPUTS, *RESULTS):
        sheet, cell = place.address.split("!")
        row, column = coordinate_to_tuple(cell)
        letters = cell.rstrip("0123456789")
        assert book.defined_names[place.name].attr_text == f"'{sheet}'!${letters}${row}"
        assert column and book[sheet][cell].data_type == ("f" if place in RESULTS else "n")


@pytest.mark.parametrize("wanted", [LINES, *MORE], ids=lambda t: t.name)
def test_every_table_is_in_the_file(book: Workbook, wanted: layout.Table) -> None:
    table = book[wanted.sheet].tables[wanted.name]
    assert table.ref == wanted.ref
    assert [c.name for c in table.tableColumns] == [c.title for c in wanted.columns]
    for c in wanted.columns:
        assert book[wanted.sheet][f"{wanted.letter(c.name)}{wanted.header}"].value == c.title


def test_a_bigger_workbook_has_more_rows_and_the_same_formulas_elsewhere(tmp_path: Path, book: Workbook) -> None:
    size = Size.of(lines=LINES.rows + 3, partners=50, members=61)
    build(tmp_path / "x.xlsx", size)
    bigger = load_workbook(tmp_path / "x.xlsx")
    for table in (LINES, *MORE):
        assert bigger[table.sheet].tables[table.name].ref == size.table(table).ref
    for sheet in (layout.AMOUNT, layout.PROPOSAL, layout.CHECK):
        here, there = (dict(formulas(made, sheet)) for made in (book, bigger))
        assert here == there


def test_the_empty_workbook_is_light() -> None:
    assert (HERE / "quote.xlsx").stat().st_size < LIGHT


def formulas(book: Workbook, *names: str) -> Iterator[tuple[str, str]]:
    for sheet in book:
        if sheet.title not in (names or book.sheetnames):
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield f"{sheet.title}!{cell.coordinate}", str(cell.value)
        for rules in sheet.conditional_formatting:
            yield from ((f"{sheet.title}!{rules.sqref}", f) for rule in rules.rules for f in rule.formula)


def test_only_functions_of_excel_2010_are_used(book: Workbook) -> None:
    ordinary = [name for name in SHEETS if name != FUNCTIONS]  # whose functions are the add-in's own
    used = {call for _, text in formulas(book, *ordinary) for call in CALL.findall(TEXT.sub("", text))}
    assert used <= ALLOWED


def test_no_formula_is_longer_than_excel_takes(book: Workbook) -> None:
    assert max(len(text) for _, text in formulas(book)) < 8_192
    assert max(max(map(len, re.findall(r'"([^"]*)"', text)), default=0) for _, text in formulas(book)) <= 255


def test_inputs_are_free_and_all_else_is_locked(book: Workbook) -> None:
    free = {i.address for i in INPUTS}
    for t in (LINES, *MORE):
        free |= {t.cell(c.name, n) for c in t.columns if not c.computed for n in range(1, t.rows + 1)}
    merged = {f"{s.title}!{r.coord.split(':')[0]}": r for s in book for r in s.merged_cells.ranges}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                address = f"{sheet.title}!{cell.coordinate}"
                inside = any(cell.coordinate in r for a, r in merged.items() if a in free and a.startswith(sheet.title))
                assert cell.protection.locked != (address in free or inside), address


def test_every_closed_choice_has_its_list(book: Workbook) -> None:
    for i in INPUTS:
        if i.kind in ("choice", "yesno"):
            rules = [v for v in book[i.sheet].data_validations.dataValidation if i.cell in v.sqref]
            assert [v.type for v in rules] == ["list"], i.name
            assert str(rules[0].formula1).startswith("'一覧'!$")


def test_prompts_and_errors_fit_excel(book: Workbook) -> None:
    for sheet in book:
        for v in sheet.data_validations.dataValidation:
            assert len(v.promptTitle or "") <= 32 and len(v.errorTitle or "") <= 32
            assert len(v.prompt or "") <= 255 and len(v.error or "") <= 255


def test_a_text_never_becomes_a_formula(tmp_path: Path) -> None:
    data = load(EXAMPLES / "wholesale.toml")
    risky = '=HYPERLINK("http://x.example/","y")'
    data["inputs"]["subject"] = data["lines"][0]["item"] = risky
    fill.fill(data, tmp_path / "x.xlsx")
    found = load_workbook(tmp_path / "x.xlsx")
    for address in (layout.INPUT["subject"].address, LINES.cell("item", 1)):
        sheet, cell = address.split("!")
        assert (found[sheet][cell].data_type, found[sheet][cell].value) == ("s", risky)
        assert found[sheet][cell].quotePrefix


# --- examples -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "subsidy", "gross"), [("wholesale", 609_680, 985_072), ("manufacturer", 2_150_555, 3_618_340)]
)
def test_a_good_example_has_its_amount_and_nothing_to_mend(name: str, subsidy: int, gross: int) -> None:
    a = quote_file.assess_file(EXAMPLES / f"{name}.xlsx", invoice.FRAME)
    assert (a.subsidy, a.gross) == (subsidy, gross)
    assert [f for f in a.findings if f.level != NOTICE] == []
    assert portal_fields.missing(a.quote.inputs) == ()


def test_the_example_with_gaps_lacks_nine_fields_and_no_yen() -> None:
    a = quote_file.assess_file(EXAMPLES / "gaps.xlsx", invoice.FRAME)
    assert {f.name for f in portal_fields.missing(a.quote.inputs)} == set(load(EXAMPLES / "gaps.toml")["blank"])
    assert len(portal_fields.missing(a.quote.inputs)) == 9
    assert a.subsidy == 609_680


def test_the_beginners_twelve_mistakes_are_found_at_their_cells() -> None:
    a = quote_file.assess_file(EXAMPLES / "beginner.xlsx", invoice.FRAME)
    found = {f.code: f.cell for f in a.findings if f.level != NOTICE}
    assert found == {code: _address(place) for code, place in load(EXAMPLES / "beginner.toml")["expected"].items()}
    assert len([f for f in a.findings if f.level != NOTICE]) == 12
    assert found.keys() <= codes().keys()


def _address(place: str) -> str:
    """lines.months.1 or the name of an input, as a cell."""
    if place.startswith("lines."):
        _, column, number = place.split(".")
        return LINES.cell(column, int(number))
    return layout.INPUT[place].address


# --- LibreOffice ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped workbooks without values, as Calc calculates and prints them."""
    folder = tmp_path_factory.mktemp("calc")
    pages = sorted(EXAMPLES.glob("*.toml"))
    for page in pages:
        fill.fill(load(page), folder / f"{page.stem}.xlsx")
    reproducible.save(made(), folder / "quote.xlsx")
    return stored([folder / "quote.xlsx", *(folder / f"{p.stem}.xlsx" for p in pages)], ("xlsx", "pdf"), folder)


@pytest.mark.office
@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.xlsx")), ids=lambda p: p.stem)
def test_calc_shows_what_the_rules_say(calculated: Path, path: Path) -> None:
    """Of the examples; random quotes are calculated in tests/test_three_way.py."""
    now = expected(quote_file.open_checked(path)[1])
    found = load_workbook(calculated / path.name, data_only=True)
    shown = {r.name: found[r.sheet][r.cell].value for r in RESULTS if r.name in now}
    assert now == {n: None if isinstance(v, str) else v for n, v in shown.items()}


@pytest.mark.office
@pytest.mark.parametrize("name", [p.stem for p in sorted(EXAMPLES.glob("*.xlsx"))])
def test_calc_loses_nothing(calculated: Path, name: str) -> None:
    ours, theirs = (quote_file.open_checked(f / f"{name}.xlsx")[1] for f in (calculated.parent, calculated))
    assert theirs == ours


@pytest.mark.office
@pytest.mark.parametrize("name", ["quote", *(p.stem for p in sorted(EXAMPLES.glob("*.xlsx")))])
def test_calc_prints_every_shipped_workbook(calculated: Path, name: str) -> None:
    pages = [page.extract_text() for page in PdfReader(calculated / f"{name}.pdf").pages]
    printed = dict.fromkeys(found[1] for page in pages if (found := FOOTER.search(page)))
    seen = [sheet for sheet in SHEETS if sheet not in (layout.PROPOSAL, layout.LISTS)]  # a page for the customer
    assert (list(printed), len(pages)) == (seen, PAGES)
    assert "###" not in "".join(pages)
