"""A quote is read alike whichever program saved it: Excel, Calc, a program on a phone, or one of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.quote import Quote
from tests import variants
from tests.office import ROOT, stored
from workbooks.building import fill
from workbooks.reading.quote_file import open_checked

PAGES = sorted((ROOT / "workbooks" / "examples").glob("*.toml"))
NAMES = [page.stem for page in PAGES]


@pytest.fixture(scope="module")
def filled() -> dict[str, Path]:
    """Every example as our own builder wrote it."""
    return {page.stem: page.with_suffix(".xlsx") for page in PAGES}


@pytest.fixture(scope="module")
def by_calc(filled: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one with members, opened and saved by Calc; of the others see tests/test_workbook.py."""
    return stored([filled["group"]], ("xlsx",), tmp_path_factory.mktemp("calc")) / "group.xlsx"


def quote(path: Path) -> Quote:
    """The quote in a file, with everything that was found while reading."""
    return open_checked(path)[1]


@pytest.mark.parametrize("name", NAMES)
def test_our_own_workbook_holds_the_page(name: str, filled: dict[str, Path]) -> None:
    page, found = fill.load(PAGES[NAMES.index(name)]), quote(filled[name])
    assert found.inputs.keys() == page["inputs"].keys()
    assert len(found.lines) == len(page["lines"])
    for table in ("partners", "members", "months", "plan"):
        assert len(getattr(found, table)) == len(page.get(table, ())), table


@pytest.mark.parametrize("change", variants.CHANGES)
@pytest.mark.parametrize("name", NAMES)
def test_another_programs_way_of_saving_gives_the_same_quote(
    name: str, change: str, filled: dict[str, Path], tmp_path: Path
) -> None:
    copy = variants.saved(filled[name], change, tmp_path / "copy.xlsx")
    assert copy.read_bytes() != filled[name].read_bytes()
    assert quote(copy) == quote(filled[name])


@pytest.mark.office
@pytest.mark.parametrize("change", variants.CHANGES)
def test_what_calc_saved_may_be_saved_again_by_another(
    change: str, filled: dict[str, Path], by_calc: Path, tmp_path: Path
) -> None:
    copy = variants.saved(by_calc, change, tmp_path / "copy.xlsx")
    assert quote(copy) == quote(filled["group"])
