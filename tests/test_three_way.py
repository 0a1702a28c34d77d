"""One quote, three ways: the sheet (in LibreOffice and in formulon), the rules, and the numbers of the draft agree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from rules import invoice
from rules.assess import Assessment, amounts
from rules.quote import Quote
from templates.context import context
from templates.render import drafts
from tests import quotes
from tests.office import Typed, recalculated
from tests.test_workbook import EXAMPLES, HERE, Sheet, expected
from workbooks import check, fill, layout
from workbooks.fill import load
from workbooks.layout import LINES, RESULT

COUNT = 200
EPOCH = date(1899, 12, 30)
TOTALS = {"補助額": "out_invoice_subsidy", "自己負担（税抜）": "out_own_burden", "支払総額（税込）": "out_gross"}
TOTALS["手出し（税込）"] = "out_out_of_pocket"


def typed(data: Mapping[str, Any]) -> Typed:
    """What a person types into the sheet."""
    cells = [(layout.INPUT[name].address, _cell(value)) for name, value in data["inputs"].items()]
    for number, line in enumerate(data["lines"], 1):
        cells += [(LINES.cell(name, number), _cell(fill.spelt(name, value))) for name, value in line.items()]
    return cells


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return layout.YES if value else layout.NO
    if isinstance(value, date):
        return (value - EPOCH).days
    return "、".join(value) if isinstance(value, list) else value if isinstance(value, str) else float(value)


def drafted(a: Assessment) -> dict[str, int | None]:
    """The numbers of the draft, by the names of the sheet's results."""
    words = context(a)
    steps = a.calculation.steps if a.calculation else ()
    found: dict[str, int | None] = {
        f"out_invoice_{step.name}": _yen(row["value"]) for step, row in zip(steps, words["steps"], strict=True)
    }
    by_label = {row["label"]: _yen(row["value"]) for row in words["amounts"]}
    return found | {name: by_label[label] for label, name in TOTALS.items()}


def _yen(text: str) -> int | None:
    match = re.fullmatch(r"([0-9,]+)(?: 円)?", text)
    return int(match[1].replace(",", "")) if match else None


def numbers(shown: Mapping[str, Any]) -> dict[str, Any]:
    """Results by name; a flag as a truth value, a text as none."""
    named = {name: shown[r.address] for name, r in RESULT.items()}
    return {
        n: None if isinstance(v, str) else bool(v) if RESULT[n].kind == "flag" and v is not None else v
        for n, v in named.items()
    }


@pytest.mark.office
def test_two_hundred_random_quotes_and_the_examples(tmp_path: Path) -> None:
    found: list[Quote] = list(quotes.quotes(COUNT, seed=2026))
    pages = [quotes.data(q) for q in found]
    for name in ("wholesale", "manufacturer"):
        found.append(check.open_checked(EXAMPLES / f"{name}.xlsx")[1])
        pages.append(load(EXAMPLES / f"{name}.toml"))
    calc = recalculated(
        HERE / "quote.xlsx", [typed(page) for page in pages], [r.address for r in RESULT.values()], tmp_path
    )
    formulon = Sheet((HERE / "quote.xlsx").read_bytes())
    with_amount = 0
    for q, page, cells in zip(found, pages, calc, strict=True):
        wanted, a = expected(q), amounts(q, invoice)
        in_calc = numbers(cells)
        assert {name: in_calc[name] for name in wanted} == wanted, q
        formulon.enter(page)
        in_formulon = formulon.read()
        assert {name: in_formulon[name] for name in wanted} == wanted, q
        in_draft = drafted(a)
        assert {name: in_draft[name] for name in in_draft} == {name: wanted[name] for name in in_draft}, q
        with_amount += a.subsidy is not None
    formulon.engine.close()
    assert with_amount > COUNT // 2


@pytest.mark.parametrize("name", ["wholesale", "manufacturer"])
def test_the_numbers_stand_in_the_word_file(name: str, tmp_path: Path) -> None:
    a = check.assess_file(EXAMPLES / f"{name}.xlsx", invoice)
    assert a.calculation is not None
    (path,) = [p for p in drafts(a, tmp_path) if "計算書" in p.stem]
    rows = [[cell.text for cell in row.cells] for table in docx.Document(str(path)).tables for row in table.rows]
    for step in a.calculation.steps:
        assert any(step.label in row and f"{step.value:,}" in row for row in rows), step.label
    for label, amount in {
        "補助額": a.subsidy,
        "自己負担（税抜）": a.own_burden,
        "手出し（税込）": a.out_of_pocket,
    }.items():
        assert any(label in row and f"{amount:,} 円" in row for row in rows), label
