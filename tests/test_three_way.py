"""One quote, three ways: the sheet (in LibreOffice and in formulon), the rules, and the numbers of the draft agree."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

from rules.assess import Assessment, amounts
from rules.frames import FRAMES, invoice
from templates.content.context import context
from templates.engine.render import drafts
from tests import quotes, three_way
from tests.sheet import of_frame, typed
from tests.test_workbook import EXAMPLES
from workbooks.reading import quote_file

COUNT = 22  # random quotes; `python -m tests.three_way 2000 7` takes as many as one likes
TOTALS = {
    "補助額": "subsidy",
    "自己負担（税抜）": "own_burden",
    "支払総額（税込）": "gross",
    "手出し（税込）": "out_of_pocket",
}


@pytest.mark.office
def test_the_boundaries_of_every_frame_and_random_quotes(tmp_path: Path) -> None:
    found = three_way.pages(COUNT, seed=2026)
    seen = three_way.compared(three_way.workbook(tmp_path), found, tmp_path)
    assert len(found) > 120
    for frame in FRAMES:
        assert seen[frame.name, "amount"] > 5, frame.name


def drafted(a: Assessment) -> dict[str, int | None]:
    """The numbers of the draft, by the names of the sheet's results."""
    words = context(a)
    steps = a.calculation.steps if a.calculation else ()
    found = {step.name: _yen(row["value"]) for step, row in zip(steps, words["steps"], strict=True)}
    by_label = {row["label"]: _yen(row["value"]) for row in words["amounts"]}
    return {**found, **{name: by_label[label] for label, name in TOTALS.items()}}


def _yen(text: str) -> int | None:
    match = re.fullmatch(r"(△?[0-9,]+)(?: 円)?", text)  # △ is how a draft writes a minus
    return int(match[1].replace(",", "").replace("△", "-")) if match else None


def test_the_draft_has_the_numbers_of_the_rules() -> None:
    with_amount = 0
    for quote in (q for q in quotes.quotes(200, seed=2026) if q.lines):
        a = amounts(quote, invoice.FRAME)
        wanted = {name.removeprefix("out_invoice_"): value for name, value in of_frame(a).items()} | {"gross": a.gross}
        shown = drafted(a)
        assert shown == {name: wanted[name] for name in shown}, quote
        with_amount += a.subsidy is not None
    assert with_amount > 80


@pytest.mark.parametrize("name", ["wholesale", "manufacturer"])
def test_the_numbers_stand_in_the_word_file(name: str, tmp_path: Path) -> None:
    a = quote_file.assess_file(EXAMPLES / f"{name}.xlsx", invoice.FRAME)
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


def test_what_is_typed_is_what_the_reader_reads() -> None:
    for quote in quotes.quotes(40, seed=5):
        read = quotes.read(dict(typed(quotes.data(quote))))
        assert read.findings == ()
        assert [line.price for line in read.lines] == [line.price for line in quote.lines]
        assert len(read.members) == len(quote.members)
