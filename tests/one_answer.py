"""Any text in any input cell: the sheet (in Calc and in formulon) reads what the reader reads, or both name the cell.

`python -m tests.one_answer 100 60 7 calc` fills so many workbooks with texts in all cells, and so many sound quotes with a
few texts in them, from that seed, in Calc, `formulon` or both.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from rules.quote import Quote
from tests import quotes, texts, three_way
from tests.office import recalculated
from tests.sheet import EPOCH, Sheet, differences, shared, typed
from workbooks.building.formula_text import AS_OF
from workbooks.building.sheets import line_columns, members, partners, rows_as_read
from workbooks.form import layout, word_lists
from workbooks.form.entered_cells import ENTRIES, VALUE, WRONG
from workbooks.form.layout import LINES, RESULT, Table

Cells = dict[str, Any]  # address -> what is typed there
BATCH = 20  # workbooks for one LibreOffice
PATIENCE = 900  # seconds for them
FREE = ("text", "long", "kana", "tel", "mail", "multi")  # any text will do
FEW = (1, 1, 1, 2, 3)  # texts put into a sound quote
BLANK = 0.1  # cells left blank
ROWS = {table.name: rows for table, rows in texts.SMALL}
OF_LINE = ("category", "terms", "quantity", "typed_price", "months", "typed_discount", "other_subsidy", "wrong", "used")
READINGS = (partners.READ, members.READ)


def full(dice: random.Random) -> Cells:
    """Texts in all cells, but for some blank ones."""
    return {at: texts.of(what, dice) for at, what in texts.cells(texts.SMALL) if dice.random() > BLANK}


def few(quote: Quote, dice: random.Random) -> Cells:
    """A sound quote in which a few cells hold texts."""
    found = dict(typed(quotes.data(quote)))
    places = dict(texts.cells(((LINES, max(1, len(quote.lines))), *texts.SMALL[1:])))
    for at in dice.sample(sorted(places), dice.choice(FEW)):
        found[at] = texts.of(places[at], dice)
    for at, value in found.items():  # a number kept as a text, as other programs write it
        if isinstance(value, float) and dice.random() < 0.05:
            found[at] = dice.choice((f"{value:,.0f}", f"{value:.0f}", f"{value:.0f}".translate(WIDE)))
    return found


WIDE = {c: c + 0xFEE0 for c in range(0x30, 0x3A)}


def jobs(all_cells: int, some_cells: int, seed: int) -> list[Cells]:
    """What is typed into each workbook."""
    dice = random.Random(seed)
    return [*(full(dice) for _ in range(all_cells)), *(few(q, dice) for q in quotes.quotes(some_cells, seed))]


def wanted() -> list[str]:
    """The cells of the sheet that are compared."""
    found = [_at(AS_OF), *(r.address for r in RESULT.values())]
    found += [f"{layout.LISTS}!{letter}{e.row}" for e in ENTRIES.values() if e.kind for letter in (VALUE, WRONG)]
    found += [_at(line_columns.cell(name, n)) for n in range(1, ROWS["lines"] + 1) for name in OF_LINE]
    found += [_at(r.cell(rows_as_read.WRONG, n)) for r in READINGS for n in range(1, ROWS[r.table.name] + 1)]
    return found


def _at(cell: str) -> str:
    return cell.replace("'", "").replace("$", "")


def differing(quote: Quote, shown: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Where the sheet and the reader differ: what, on the sheet, by the reader."""
    own = {f.cell for f in quote.findings if f.code in ("INPUT", "TAX")}
    if shown[_at(AS_OF)] is None:  # no edition: which tax was in force is not known
        own = {f.cell for f in quote.findings if f.code == "INPUT"}
    yield from _entries(quote, own, shown)
    yield from _lines(quote, own, shown)
    for r in READINGS:
        for n in range(1, ROWS[r.table.name] + 1):
            said = shown[_at(r.cell(rows_as_read.WRONG, n))] or ""
            yield from _row(r.table, n, said, own)
    if not own:
        found = differences(quote, three_way.numbers(shown))
        yield from ((name, there, here) for name, (here, there) in found.items())


def _entries(quote: Quote, own: set[str], shown: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for e in (e for e in ENTRIES.values() if e.kind):
        wrong = shown[f"{layout.LISTS}!{WRONG}{e.row}"] == 1
        if wrong != (e.address in own):
            yield e.address, wrong, not wrong
        elif not wrong and e.name in layout.INPUT:
            there, here = shown[f"{layout.LISTS}!{VALUE}{e.row}"], _plain(quote.get(e.name))
            if there not in (here, "" if here is None else here):
                yield e.address, there, here


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return layout.YES if value else layout.NO
    if isinstance(value, date):
        return float((value - EPOCH).days)
    return float(value) if isinstance(value, int | Fraction) else value


def _lines(quote: Quote, own: set[str], shown: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    made = {line.number: line for line in quote.lines}
    for n in range(1, ROWS["lines"] + 1):
        there = {name: shown[_at(line_columns.cell(name, n))] for name in OF_LINE}
        if (there["used"] == 1) != (n in made):
            yield f"行 {n}", there["used"], n in made
            continue
        said = there["wrong"] if isinstance(there["wrong"], str) else ""
        if n not in made or said:
            yield from _row(LINES, n, said, own)
            continue
        line = made[n]
        contract = word_lists.contracts().index(line.contract) + 1 if line.contract in word_lists.contracts() else 0
        here = {
            "category": line.category,
            "terms": contract,
            "quantity": line.quantity,
            "other_subsidy": int(line.other_subsidy),
        }
        if quote.get("tax_mode") != layout.TAX_MODES[1]:
            here |= {"typed_price": line.price, "typed_discount": line.discount}
        yield from ((f"{name} {n}", there[name], value) for name, value in here.items() if there[name] != value)
        yield from _row(LINES, n, said, own)


def _row(table: Table, n: int, said: str, own: set[str]) -> Iterator[tuple[str, Any, Any]]:
    """The cells that a row of the sheet says cannot be read, against those of the reader."""
    columns = {c.title: table.cell(c.name, n) for c in table.columns if not c.computed}
    there = {columns.get(title, "") for title in said.strip("「」").split("」「")} if said else set[str]()
    here = {at for at in columns.values() if at in own}
    if there != here:
        yield f"{table.name} {n}", sorted(there), sorted(here)


def compared(found: Sequence[Cells], calc: bool = True, formulon: bool = True) -> Counter[str]:
    """How many texts of each kind of cell were compared; an AssertionError where an answer differs."""
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        book = three_way.workbook(Path(folder))
        sheets = shared() if formulon else None
        jobs_ = [list(cells.items()) for cells in found]
        theirs = recalculated(book, jobs_, wanted(), Path(folder), PATIENCE) if calc else [None] * len(found)
        for cells, shown in zip(found, theirs, strict=True):
            quote = quotes.read(cells)
            if shown is not None:
                wrong = list(differing(quote, shown))
                assert not wrong, ("Calc", wrong[:3], {at: v for at, v in cells.items() if at in _places(wrong)})
            if sheets is not None:
                wrong = list(differing(quote, in_formulon(sheets, cells)))
                assert not wrong, ("formulon", wrong[:3], {at: v for at, v in cells.items() if at in _places(wrong)})
            _count(cells, quote, counts)
    return counts


def _places(wrong: Sequence[tuple[str, Any, Any]]) -> set[str]:
    """The cells of the rows and inputs that differ."""
    found = {what for what, _, _ in wrong}
    for what in list(found):
        name, _, n = what.partition(" ")
        table = next((t for t in layout.TABLES if t.name == name), LINES)
        if n.isdigit():
            found |= {table.cell(c.name, int(n)) for c in table.columns}
    return found


def in_formulon(sheets: Sheet, cells: Cells) -> Mapping[str, Any]:
    sheets.fill(cells)
    return {address: sheets.shown(address) for address in wanted()}


def _count(cells: Cells, quote: Quote, counts: Counter[str]) -> None:
    kinds = dict(texts.cells(texts.SMALL))
    for at, value in cells.items():
        if isinstance(value, str) and at in kinds:
            counts[_kind(kinds[at])] += 1
    counts["_amount" if not any(f.code in ("INPUT", "TAX") for f in quote.findings) else "_refused"] += 1


def _kind(what: texts.Kind) -> str:
    """What a cell asks for."""
    if isinstance(what, layout.Column) and what in LINES.columns and what.kind in ("choice", "text"):
        return f"{LINES.sheet}の{what.title}"
    return "自由な文字" if what.kind in FREE else what.kind


def main(all_cells: int, some_cells: int, seed: int, engine: str = "both") -> None:
    """Compares in batches and prints what was compared."""
    print(f"{all_cells} + {some_cells} workbooks, seed {seed}, engine: {engine}")
    start, found, total = time.perf_counter(), jobs(all_cells, some_cells, seed), Counter[str]()
    for at in range(0, len(found), BATCH):
        total += compared(found[at : at + BATCH], engine != "formulon", engine != "calc")
        print(
            f"{min(at + BATCH, len(found))} of {len(found)} workbooks, {time.perf_counter() - start:.0f} s", flush=True
        )
    amounts, refused = total.pop("_amount"), total.pop("_refused")
    for kind, count in sorted(total.items(), key=lambda item: item[1]):
        print(f"  {count:>6,} {kind}")
    print(
        f"{sum(total.values()):,} texts in {len(total)} kinds of cell, at least {min(total.values())} each: 0 disagreements"
    )
    print(f"workbooks that are wholly readable, every result equal: {amounts}; with named cells: {refused}")


if __name__ == "__main__":
    counts = [int(argument) for argument in sys.argv[1:4]]
    main(counts[0], counts[1], counts[2], *sys.argv[4:])
