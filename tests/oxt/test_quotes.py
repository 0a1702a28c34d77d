"""The quote of each example in Calc with the extension: what it shows, what follows a changed price, what saving keeps."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from rules.frames import FRAMES, group
from tests.oxt import bundled, worked
from workbooks.building.sheets import functions
from workbooks.form import layout
from workbooks.form.amount_layout import SECTIONS
from workbooks.reading.cached_results import recomputed
from workbooks.reading.quote_file import assess_file, chosen, open_checked

EXAMPLES = Path(layout.__file__).parents[1] / "examples"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.xlsx"))
LONG = ("beginner", "beginner-group", "beginner-normal", "manufacturer")  # `python -m tests.oxt.proof` takes these
MEMBERS = next(table for table in layout.TABLES if table.name == "members")
TRIED = "試し"
TRUTH = ("=TRUE()", "=FALSE()")  # how LibreOffice writes a truth value that was typed
GROSS = layout.INPUT["quoted_gross"].address  # the printed total, which a changed price contradicts
FUNCTIONS = [f"{layout.FUNCTIONS}!{cell}" for cell in functions.values()]
SINGLE = [section for section in SECTIONS if not section.frame.members]

pytestmark = pytest.mark.office


def changed(name: str) -> tuple[str, float]:
    """A cell of the quote and its new price: of a group, what the first member buys."""
    return (MEMBERS.cell("cost", 1), 1_234_567) if "group" in name else (layout.LINES.cell("price", 1), 98_765)


def jobs(folder: Path, name: str) -> list[dict[str, Any]]:
    """The example as it is; with another price, saved; what was saved, opened again."""
    calls = [(f"{TRIED}!A{r}", call(section)) for r, section in enumerate(SINGLE, 1)]
    read = [*(r.address for r in layout.RESULTS), *FUNCTIONS, f"{TRIED}!A1:A{len(SINGLE)}"]
    base: dict[str, Any] = {"sheet": TRIED, "set": calls, "read": read, "calculate": True}
    copies = [str(shutil.copy(EXAMPLES / f"{name}.xlsx", folder / f"{name}{n}.xlsx")) for n in (1, 2)]
    price = [*calls, changed(name), (GROSS, "")]
    saved = str(folder / f"{name}-saved.xlsx")
    first = {**base, "open": copies[0]}
    return [first, {**base, "open": copies[1], "set": price, "save": saved}, {"open": saved, "read": read}]


def call(section: Any) -> str:
    """A function of ours, fed with the premises that the sheet has found."""
    premises = [
        r.name if r.name in layout.RESULT else r.name.replace(f"_{section.frame.name}", "") for r in section.premises
    ]
    return f"=SUBSIDY_{section.frame.name.upper()}({';'.join([*premises, 'application_date'])})"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in LONG])
def test_an_example_in_calc(tmp_path: Path, name: str) -> None:
    proved(name, tmp_path)


def proved(name: str, folder: Path) -> None:
    """All that an example must do in Calc; an AssertionError where it does not."""
    shown: list[Mapping[str, Any]] = [r["read"] for r in worked(jobs(folder, name), folder, bundled(folder))]
    original, saved = EXAMPLES / f"{name}.xlsx", folder / f"{name}-saved.xlsx"
    follows_the_rules(shown, original, saved)
    functions_agree(shown, chosen(open_checked(original)[1]) is not group.FRAME)
    nothing_is_lost(original, saved, changed(name))


def wanted(path: Path) -> Mapping[str, Any]:
    """What the rules say of each result of a quote's file."""
    _, quote = open_checked(path)
    return recomputed(assess_file(path), chosen(quote))


def differences(path: Path, shown: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Results for which Calc shows something else than the rules say."""
    held = {r.name: shown[r.address][0][0] for r in layout.RESULTS}
    return {name: (held[name], value) for name, value in wanted(path).items() if not same(held.get(name), value)}


def same(held: Any, value: Any) -> bool:
    """Whether Calc shows a value; no number where none can be known."""
    return not isinstance(held, float) if value is None else held == value


def test_ten_examples_of_five_frames() -> None:
    assert len(NAMES) == 10
    assert {chosen(open_checked(EXAMPLES / f"{name}.xlsx")[1]).name for name in NAMES} == {f.name for f in FRAMES}


def follows_the_rules(shown: Sequence[Mapping[str, Any]], original: Path, saved: Path) -> None:
    """Every result as it is, with another price, and after opening again what was saved."""
    before, after, again = shown
    assert differences(original, before) == {}
    assert differences(saved, after) == {}
    assert before != after == again


def functions_agree(shown: Sequence[Mapping[str, Any]], some: bool) -> None:
    """Our functions give what the cells give, and the sheet 関数 what they gave when it was made."""
    compared = 0
    for cells in shown:
        for section, (answer,) in zip(SINGLE, cells[f"{TRIED}!A1:A{len(SINGLE)}"], strict=True):
            (step,) = cells[section.steps[-1].address][0]
            assert answer == step or not isinstance(step, float), section.frame.name  # a step that the sheet withholds
            compared += isinstance(step, float)
        assert [cells[cell][0][0] for cell in FUNCTIONS] == list(functions.values().values())
    assert compared >= 3 or not some


def nothing_is_lost(original: Path, saved: Path, price: tuple[str, float]) -> None:
    """What Calc saved holds every input, formula, name, list and format; our reader finds its results right."""
    (before, _), (after, _) = (open_checked(path) for path in (original, saved))
    assert typed(after) == typed(before) | {GROSS: None, price[0]: price[1]}
    assert [f for f in assess_file(saved).findings if f.code == "RESULT"] == []
    assert furniture(saved) == furniture(original)


def typed(filled: Any) -> dict[str, Any]:
    """Every input cell of a file with its value; a blank one is None."""
    rows = [*filled.rows, *(row for table in filled.tables.values() for row in table)]
    cells = [*filled.names.values(), *(cell for row in rows for cell in row.values())]
    return {cell.address: cell.value if cell.value != "" else None for cell in cells}


def furniture(path: Path) -> dict[str, Any]:
    """What else a workbook is made of, counted by sheet."""
    book = load_workbook(path)
    return {"names": sorted(n for n in book.defined_names if not n.startswith("_"))} | {
        sheet.title: {
            "formulas": sum(
                cell.data_type == "f" and cell.value not in TRUTH for row in sheet.iter_rows() for cell in row
            ),
            "lists": len({str(v.sqref) for v in sheet.data_validations.dataValidation}),
            "formats": sum(len(f.rules) for f in sheet.conditional_formatting),
            "tables": sorted(sheet.tables),
            "merged": len(sheet.merged_cells.ranges),
        }
        for sheet in book
        if sheet.title != TRIED
    }
