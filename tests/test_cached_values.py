"""The values that stand beside the formulas: another engine shows the same, the rules say the same, in every file."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import coordinate_to_tuple
from python_calamine import CalamineWorkbook

from addin.cli.main import main
from tests.sheet import SMALL, Sheet, shared, typed
from tests.three_way import pages
from workbooks.building import cached_values, calculator, fill
from workbooks.building.quote365 import asked
from workbooks.building.quote_workbook import build, made
from workbooks.files import reproducible
from workbooks.form import layout
from workbooks.form.amount_layout import AMOUNTS
from workbooks.form.layout import FUNCTIONS
from workbooks.reading.quote_file import assess_file

EXAMPLES = Path(fill.__file__).parents[1] / "examples"
ODD = (
    "1e5",
    "＝1+1",
    "'",
    '"',
    "<b>&amp;",
    "_x0041_",
    "\u3000全角　空白\u3000",
    "𠮷野㈱髙",
    "TRUE",
    "a\nb",
    "=1+1",
    "x" * 5_000,
)
Cells = dict[str, list[tuple[int, int]]]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("values") / "quote.xlsx"
    build(path, SMALL)
    return path


@pytest.fixture
def other() -> Sheet:
    return shared()


@pytest.fixture(scope="module")
def formulas(empty: Path) -> Cells:
    """The cells with a formula, but for those that call the add-in."""
    sheets = [sheet for sheet in load_workbook(empty) if sheet.title != FUNCTIONS]
    return {s.title: [_place(c) for r in s.iter_rows() for c in r if c.data_type == "f"] for s in sheets}


def _place(cell: Any) -> tuple[int, int]:
    return cell.row, cell.column


PAGES = [
    *random.Random(9).sample(pages(40, 9), 5),
    fill.load(EXAMPLES / "beginner-group.toml"),
]  # it has words that count


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["inputs"].get("frame"))
def test_every_cell_of_a_quote_is_what_another_engine_shows(other: Sheet, formulas: Cells, page: Any) -> None:
    ours = calculator.calculated(reproducible.saved(of(page)))
    other.enter(page)
    differ = [
        (name, at)
        for name, places in formulas.items()
        for at in places
        if plain(ours[name](*at)) != plain(asked(other.engine, other.index[name])(*at))
    ]
    assert differ == [] and sum(map(len, formulas.values())) > 6_000


def of(page: Any) -> Workbook:
    """The workbook that the other engine has open, with the same cells typed in."""
    book = made(SMALL)
    for address, value in typed(page):
        sheet, _, cell = address.partition("!")
        fill.write(book[sheet][cell], value)
    return book


def plain(value: Any) -> Any:
    """A value to compare: numbers to 15 digits, as Excel keeps them; no text as none."""
    return float(format(value, ".15g")) if type(value) in (int, float) else value or ""


def shown(path: Path, name: str) -> Any:
    """A result as a program that cannot calculate sees it."""
    sheet, cell = layout.RESULT[name].address.split("!")
    row, column = coordinate_to_tuple(cell)
    return (
        CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)[row - 1][column - 1]
    )


@pytest.mark.parametrize("name", ["wholesale", "group"])  # test_migrate: of each, the shipped file comes out whole
def test_a_migrated_quote_shows_its_amounts_before_any_recalculation(tmp_path: Path, name: str) -> None:
    target = tmp_path / "new.xlsx"
    main(["migrate", str(EXAMPLES / f"{name}.xlsx"), "-o", str(target)])
    a = assess_file(target)
    for amount in AMOUNTS:
        assert a.needs or shown(target, f"out_{amount}") == getattr(a, amount)
    assert not [f for f in a.findings if f.code == "RESULT"]


def test_an_empty_book_of_any_size_has_its_values(tmp_path: Path) -> None:
    target = tmp_path / "new.xlsx"
    assert main(["new", "-o", str(target), "--lines", "120", "--members", "70"]) == 0
    assert shown(target, "out_frame") == 2
    raw = b"".join(sheets(target))
    assert raw.count(b"</f><v>") == raw.count(b"</f>") > 6_000


def sheets(path: Path) -> Iterator[bytes]:
    """The XML of every sheet."""
    with ZipFile(path) as package:
        yield from (package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet"))


def test_odd_texts_do_not_disturb_the_amounts(tmp_path: Path) -> None:
    data = fill.load(EXAMPLES / "wholesale.toml")
    lines = [{**line, "note": odd} for line, odd in zip(data["lines"] * 9, ODD, strict=False)]
    source, target = tmp_path / "odd.xlsx", tmp_path / "new.xlsx"
    inputs = {
        **data["inputs"],
        "name": "𠮷野 <&> ㈱\n=1+1",
        "quoted_gross": 2_955_216,
    }  # three times the example's lines
    fill.fill({**data, "inputs": inputs, "lines": lines}, source)
    main(["migrate", str(source), "-o", str(target)])
    assert shown(target, "out_subsidy") == assess_file(target).subsidy
    assert assess_file(target).subsidy == assess_file(source).subsidy != 0


def test_a_calculator_that_fails_costs_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(cached_values, "valued", _broken)
    build(tmp_path / "q.xlsx", SMALL)
    assert load_workbook(tmp_path / "q.xlsx").sheetnames == list(layout.SHEETS)
    assert "no values: RuntimeError" in caplog.text


def _broken(_raw: bytes) -> None:
    raise RuntimeError("no engine")
