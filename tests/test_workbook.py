"""quote.xlsx: what the code makes, what every engine calculates from it, and what its examples promise."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import formulon
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import coordinate_to_tuple
from pypdf import PdfReader

from rules import invoice
from rules.assess import amounts
from rules.codes import codes
from rules.findings import NOTICE
from rules.quote import Quote
from tests import quotes
from workbooks import cache, check, fields, fill, layout
from workbooks.build import build
from workbooks.fill import load
from workbooks.layout import INPUTS, LINES, RESULTS, SHEETS

HERE = Path(fill.__file__).parent
EXAMPLES = HERE / "examples"
ALLOWED = {
    *(
        "AND",
        "CHOOSE",
        "COUNTA",
        "COUNTIF",
        "DATE",
        "EDATE",
        "EXACT",
        "FIND",
        "HYPERLINK",
        "IF",
        "INDEX",
        "INT",
        "ISBLANK",
    ),
    *(
        "ISERROR",
        "ISLOGICAL",
        "ISNUMBER",
        "LEFT",
        "LEN",
        "MATCH",
        "MID",
        "NA",
        "NOT",
        "OR",
        "SUBSTITUTE",
        "SUM",
        "SUMIFS",
    ),
    *("SUMPRODUCT", "TEXT", "TRIM", "VALUE"),
}
CALL = re.compile(r"([A-Z][A-Z0-9.]*)\(")
TEXT = re.compile(r'"[^"]*"|\'[^\']*\'')
PREMISES = [name for name, *_ in layout.PREMISES if name != "out_small_biz"]  # shown before all else is known


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("book") / "quote.xlsx"
    build(path)
    return load_workbook(path)


class Sheet:
    """The empty workbook in formulon: cells are set, and the results read."""

    def __init__(self, raw: bytes) -> None:
        self.engine = formulon.Workbook.load(raw)
        self.index = {self.engine.sheet_name(i): i for i in range(self.engine.sheet_count())}
        self.filled: set[str] = set()

    def place(self, address: str) -> tuple[int, int, int]:
        sheet, _, cell = address.partition("!")
        row, column = coordinate_to_tuple(cell)
        return self.index[sheet], row - 1, column - 1

    def put(self, address: str, value: Any) -> None:
        at = self.place(address)
        self.filled.add(address)
        if isinstance(value, bool):
            self.engine.set_text(*at, layout.YES if value else layout.NO)
        elif isinstance(value, date):
            self.engine.set_number(*at, float((value - date(1899, 12, 30)).days))
        elif isinstance(value, str):
            self.engine.set_text(*at, value)
        else:
            self.engine.set_number(*at, float(value))

    def enter(self, data: Mapping[str, Any]) -> None:
        """These inputs and lines, and no others."""
        for address in self.filled:
            self.engine.set_blank(*self.place(address))
        self.filled.clear()
        for name, value in data["inputs"].items():
            self.put(layout.INPUT[name].address, value if not isinstance(value, list) else "、".join(value))
        for number, line in enumerate(data["lines"], 1):
            for name, value in line.items():
                self.put(LINES.cell(name, number), fill.spelt(name, value))

    def read(self) -> dict[str, Any]:
        """Every result; None where its cell holds an error."""
        self.engine.recalc()
        found = {r.name: self.engine.get_value(*self.place(r.address)).to_python() for r in RESULTS}
        return {name: None if isinstance(value, formulon.Value) else value for name, value in found.items()}


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sheet]:
    path = tmp_path_factory.mktemp("book") / "quote.xlsx"
    build(path)
    found = Sheet(path.read_bytes())
    yield found
    found.engine.close()


def expected(quote: Quote) -> dict[str, Any]:
    """What the rules say of each result; None where it cannot be known."""
    a = amounts(quote, invoice)
    names = ("total", "tax", "gross", "own_burden", "out_of_pocket", "small_biz")
    found: dict[str, Any] = {f"out_{name}": getattr(a, name) for name in names}
    if a.calculation:
        found |= {f"out_invoice_{n}": v for n, v in a.calculation.given.items() if f"out_invoice_{n}" in layout.RESULT}
        found |= {f"out_invoice_{s.name}": s.value for s in a.calculation.steps}
        found["out_functions"] = a.calculation.given["functions"]
    return {r.name: found.get(r.name) for r in RESULTS if a.calculation or r.name not in PREMISES}


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as z:
        return {name: z.read(name) for name in z.namelist()}


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    build(tmp_path / "a.xlsx")
    build(tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("name", ["quote", *(p.stem for p in sorted(EXAMPLES.glob("*.toml")))])
def test_a_shipped_workbook_is_what_the_code_makes(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.xlsx"
    shipped = HERE / "quote.xlsx" if name == "quote" else EXAMPLES / path.name
    if name == "quote":
        build(path)
    else:
        fill.fill(load(EXAMPLES / f"{name}.toml"), path)
    cache.write(path)
    assert parts(path) == parts(shipped), "python -m workbooks.build makes the shipped workbooks anew"


def test_every_name_of_the_layout_is_in_the_file(book: Workbook) -> None:
    assert tuple(book.sheetnames) == SHEETS
    for place in (*INPUTS, *RESULTS):
        sheet, cell = place.address.split("!")
        row, column = coordinate_to_tuple(cell)
        letters = cell.rstrip("0123456789")
        assert book.defined_names[place.name].attr_text == f"'{sheet}'!${letters}${row}"
        assert column and book[sheet][cell].data_type == ("f" if place in RESULTS else "n")


def test_the_table_of_lines_is_in_the_file(book: Workbook) -> None:
    table = book[LINES.sheet].tables[LINES.name]
    assert table.ref == LINES.ref
    assert [c.name for c in table.tableColumns] == [c.title for c in LINES.columns]
    for c in LINES.columns:
        assert book[LINES.sheet][f"{LINES.letter(c.name)}{LINES.header}"].value == c.title


def formulas(book: Workbook) -> Iterator[tuple[str, str]]:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield f"{sheet.title}!{cell.coordinate}", str(cell.value)
        for rules in sheet.conditional_formatting:
            yield from ((f"{sheet.title}!{rules.sqref}", f) for rule in rules.rules for f in rule.formula)


def test_only_functions_of_excel_2010_are_used(book: Workbook) -> None:
    used = {call for _, text in formulas(book) for call in CALL.findall(TEXT.sub("", text))}
    assert used <= ALLOWED


def test_no_formula_is_longer_than_excel_takes(book: Workbook) -> None:
    assert max(len(text) for _, text in formulas(book)) < 8_192
    assert max(max(map(len, re.findall(r'"([^"]*)"', text)), default=0) for _, text in formulas(book)) <= 255


def test_inputs_are_free_and_all_else_is_locked(book: Workbook) -> None:
    free = {i.address for i in INPUTS}
    free |= {LINES.cell(c.name, n) for c in LINES.columns if not c.computed for n in range(1, LINES.rows + 1)}
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


# --- amounts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["wholesale", "manufacturer", "gaps", "beginner"])
def test_an_example_shows_what_the_rules_say(sheet: Sheet, name: str) -> None:
    sheet.enter(load(EXAMPLES / f"{name}.toml"))
    now = expected(check.open_checked(EXAMPLES / f"{name}.xlsx")[1])
    assert now == sheet.read()


@pytest.mark.parametrize("seed", range(4))
def test_random_quotes_show_what_the_rules_say(sheet: Sheet, seed: int) -> None:
    for quote in quotes.quotes(15, seed):
        sheet.enter(quotes.data(quote))
        now, shown = expected(quote), sheet.read()
        assert now == {name: shown[name] for name in now}, quote


@pytest.mark.parametrize("shipped", ["quote.xlsx", *(f"examples/{p.name}" for p in sorted(EXAMPLES.glob("*.xlsx")))])
def test_the_values_in_a_shipped_file_are_those_of_the_rules(shipped: str) -> None:
    filled, quote = check.open_checked(HERE / shipped)
    now = expected(quote)
    shown = {name: filled.results[name].value for name in now}
    assert now == {name: None if isinstance(value, str) else value for name, value in shown.items()}


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("単価が文字", {"price": "12万円"}),
    ("単価が空欄", {"price": None}),
    ("単価が負", {"price": -1}),
    ("単価に端数", {"price": 0.5}),
    ("数量が空欄", {"quantity": None}),
    ("数量に端数", {"quantity": 1.5}),
    ("月数が空欄", {"months": None}),
    ("年額の月数が12の倍数でない", {"contract": "年額", "months": 13}),
    ("値引が文字", {"discount": "あり"}),
    ("値引が金額より大きい", {"discount": 360_001}),
    ("金額が大きすぎる", {"price": 10_000_000_000}),
    ("カテゴリーが空欄", {"category": None}),
    ("カテゴリーが無い番号", {"category": "12 そのほか"}),
    ("契約が空欄", {"contract": None}),
    ("他補助金が読めない", {"other_subsidy": "たぶん"}),
]


@pytest.mark.parametrize(("what", "change"), WRONG, ids=[w for w, _ in WRONG])
def test_a_line_that_cannot_be_read_gives_no_amount(sheet: Sheet, what: str, change: dict[str, Any]) -> None:
    data = load(EXAMPLES / "wholesale.toml")
    data["lines"][1] = {n: v for n, v in (data["lines"][1] | change).items() if v is not None}
    sheet.enter(data)
    found = sheet.read()
    assert {found[n] for n in ("out_total", "out_gross", "out_invoice_subsidy", "out_out_of_pocket")} == {None}, what


def test_a_row_beyond_the_table_gives_no_amount(sheet: Sheet) -> None:
    sheet.enter(load(EXAMPLES / "wholesale.toml"))
    sheet.put(LINES.cell("price", LINES.rows + 1), 100)
    assert sheet.read()["out_total"] is None


def test_blank_rows_between_lines_change_nothing(sheet: Sheet) -> None:
    data = load(EXAMPLES / "manufacturer.toml")
    sheet.enter(data)
    before = sheet.read()
    sheet.enter({**data, "lines": [{}, *data["lines"][:3], {}, {}, *data["lines"][3:]]})
    assert sheet.read() == before


def test_prices_with_tax_give_the_same_amounts(sheet: Sheet) -> None:
    data = load(EXAMPLES / "manufacturer.toml")
    sheet.enter(data)
    before = sheet.read()
    lines = [line | {n: line[n] * 11 // 10 for n in ("price", "discount") if n in line} for line in data["lines"]]
    sheet.enter({"inputs": data["inputs"] | {"tax_mode": "税込"}, "lines": lines})
    assert sheet.read() == before
    lines[0]["price"] += 1
    sheet.enter({"inputs": data["inputs"] | {"tax_mode": "税込"}, "lines": lines})
    assert sheet.read()["out_total"] is None


def test_a_total_that_contradicts_the_lines_gives_no_subsidy(sheet: Sheet) -> None:
    data = load(EXAMPLES / "wholesale.toml")
    sheet.enter({**data, "inputs": data["inputs"] | {"quoted_gross": 895_520}})
    found = sheet.read()
    assert (found["out_invoice_subsidy"], found["out_total"]) == (None, 895_520)


def test_the_date_of_application_decides_the_edition(sheet: Sheet) -> None:
    data = load(EXAMPLES / "wholesale.toml")
    for on, known in ((date(2025, 3, 30), False), (date(2025, 3, 31), True), (date(2026, 3, 30), True)):
        sheet.enter({**data, "inputs": data["inputs"] | {"application_date": on}})
        assert (sheet.read()["out_invoice_subsidy"] is not None) is known
    sheet.enter({**data, "inputs": {n: v for n, v in data["inputs"].items() if n != "application_date"}})
    assert sheet.read()["out_invoice_subsidy"] == 609_680


# --- examples -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "subsidy", "gross"), [("wholesale", 609_680, 985_072), ("manufacturer", 2_150_555, 3_618_340)]
)
def test_a_good_example_has_its_amount_and_nothing_to_mend(name: str, subsidy: int, gross: int) -> None:
    a = check.assess_file(EXAMPLES / f"{name}.xlsx", invoice)
    assert (a.subsidy, a.gross) == (subsidy, gross)
    assert [f for f in a.findings if f.level != NOTICE] == []
    assert fields.missing(a.quote.inputs) == ()


def test_the_example_with_gaps_lacks_nine_fields_and_no_yen() -> None:
    a = check.assess_file(EXAMPLES / "gaps.xlsx", invoice)
    assert {f.name for f in fields.missing(a.quote.inputs)} == set(load(EXAMPLES / "gaps.toml")["blank"])
    assert len(fields.missing(a.quote.inputs)) == 9
    assert a.subsidy == 609_680


def test_the_beginners_twelve_mistakes_are_found_at_their_cells() -> None:
    a = check.assess_file(EXAMPLES / "beginner.xlsx", invoice)
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


@pytest.mark.office
def test_calc_shows_what_the_rules_say(tmp_path: Path) -> None:
    wanted: dict[str, Mapping[str, Any]] = {}
    for number, quote in enumerate(quotes.quotes(8, seed=99)):
        fill.fill(quotes.data(quote), tmp_path / f"{number}.xlsx")
        wanted[f"{number}.xlsx"] = expected(quote)
    for page in sorted(EXAMPLES.glob("*.toml")):
        fill.fill(load(page), tmp_path / f"{page.stem}.xlsx")
        wanted[f"{page.stem}.xlsx"] = expected(check.open_checked(EXAMPLES / f"{page.stem}.xlsx")[1])
    _convert(tmp_path, "xlsx", [tmp_path / name for name in wanted])
    for name, now in wanted.items():
        found = load_workbook(tmp_path / "out" / name, data_only=True)
        shown = {r.name: found[r.sheet][r.cell].value for r in RESULTS if r.name in now}
        assert now == {n: None if isinstance(v, str) else v for n, v in shown.items()}, name


@pytest.mark.office
def test_calc_prints_every_shipped_workbook(tmp_path: Path) -> None:
    shipped = [HERE / "quote.xlsx", *sorted(EXAMPLES.glob("*.xlsx"))]
    _convert(tmp_path, "pdf", shipped)
    for path in shipped:
        pages = [page.extract_text() for page in PdfReader(tmp_path / "out" / f"{path.stem}.pdf").pages]
        assert len(pages) == 7, path.name
        assert "###" not in "".join(pages)


def _convert(folder: Path, kind: str, files: Sequence[Path]) -> None:
    """Opens the files in LibreOffice and saves them anew, all in one call."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder / "out"),
        *map(str, files),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=110)
