"""The empty quote workbook kept open in formulon: inputs and rows are typed in, cells are read back; and what the rules say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import formulon
from openpyxl.utils import coordinate_to_tuple

from rules.assess import Assessment, amounts
from rules.frames import FRAMES
from rules.quote import Quote, Row
from workbooks.building import fill
from workbooks.building.quote_workbook import built
from workbooks.form import layout
from workbooks.form.amount_layout import SECTIONS
from workbooks.form.layout import LINES, MORE, RESULTS, Size
from workbooks.reading.quote_file import chosen

TOTALS = ("subsidy", "total", "tax", "gross", "own_burden", "out_of_pocket")
EPOCH = date(1899, 12, 30)
Data = Mapping[str, Any]  # `inputs` by name, and rows by the name of their table


class Sheet:
    """Cells are set, and the results read."""

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
        if isinstance(value, str):
            self.engine.set_text(*at, value)
        else:
            self.engine.set_number(*at, float(value))

    def enter(self, data: Data) -> None:
        """These inputs, lines and rows, and no others."""
        self.fill(dict(typed(data)))

    def fill(self, cells: Mapping[str, Any]) -> None:
        """These cells, and no others."""
        for address in self.filled:
            self.engine.set_blank(*self.place(address))
        self.filled.clear()
        for address, value in cells.items():
            self.put(address, value)
        self.engine.recalc()

    def read(self) -> dict[str, Any]:
        """Every result; None where its cell holds an error."""
        self.engine.recalc()
        return {r.name: self.shown(r.address) for r in RESULTS}

    def shown(self, address: str) -> Any:
        """The value of a cell; None for an error."""
        value = self.engine.get_value(*self.place(address)).to_python()
        return None if isinstance(value, formulon.Value) else value


SMALL = Size(lines=16, partners=16, members=32)  # fewer prepared rows than the shipped file, the same formulas


@cache
def shared() -> Sheet:
    """The empty workbook, opened once for all tests of a process: formulon takes long over so many formulas."""
    return Sheet(built(SMALL))


def typed(data: Data) -> Iterator[tuple[str, Any]]:
    """What a person types into which cell."""
    for name, value in data.get("inputs", {}).items():
        if value is not None:
            yield layout.INPUT[name].address, spelt(value)
    for table in (LINES, *MORE):
        for number, row in enumerate(data.get(table.name, ()), 1):
            for name, value in row.items():
                shown = fill.spelt(table.of(name), value)
                if shown is not None:
                    yield table.cell(name, number), spelt(shown)


def spelt(value: Any) -> Any:
    """A value as it is typed: a number or a text."""
    if isinstance(value, bool):
        return layout.YES if value else layout.NO
    if isinstance(value, date):
        return (value - EPOCH).days
    return "、".join(value) if isinstance(value, list | tuple) else value if isinstance(value, str) else float(value)


def expected(quote: Quote) -> dict[str, Any]:
    """What the rules say of each result; None where it cannot be known. A premise of no calculation is left out."""
    found: dict[str, Any] = {}
    for section in SECTIONS:
        found |= of_frame(amounts(quote, section.frame))
    own = amounts(quote, chosen(quote))
    found |= {f"out_{name}": getattr(own, name) for name in TOTALS}
    found["out_eligible"] = None if own.needs else own.eligible
    found["out_small_biz"], found["out_frame"] = own.small_biz, FRAMES.index(chosen(quote)) + 1
    return found


def of_frame(a: Assessment) -> dict[str, Any]:
    """The results of one frame."""
    section = next(s for s in SECTIONS if a.frame == s.frame.name)
    found: dict[str, Any] = {r.name: None for r in section.steps}
    if a.calculation:
        found = {r.name: given(a, r.name.removeprefix(f"out_{a.frame}_")) for r in section.premises}
        found |= {f"out_{a.frame}_{step.name}": step.value for step in a.calculation.steps}
    amounts_of = {"subsidy": a.subsidy, "own_burden": a.own_burden, "out_of_pocket": a.out_of_pocket}
    amounts_of["eligible"] = None if a.needs else a.eligible
    return found | {f"out_{a.frame}_{name}": value for name, value in amounts_of.items()}


def given(a: Assessment, name: str) -> Any:
    """An argument of a calculation; of a group, whose members stand in a table, its totals."""
    assert a.calculation is not None
    if name == "count":
        return len(a.calculation.given["members"])
    return a.calculation.step("base_part") if name == "base" else a.calculation.given[name]


def differences(quote: Quote, shown: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Results that are not what the rules say: name -> (wanted, shown)."""
    return {name: (value, shown[name]) for name, value in expected(quote).items() if value != shown[name]}


def quote_of(data: Data, **kinds: type[Row]) -> Quote:
    """The quote of the same data, straight in the rules' own words."""
    rows = {name: _rows(data.get(name, ()), kind) for name, kind in kinds.items()}
    return Quote(dict(data.get("inputs", {})), (), **rows)  # type: ignore[arg-type]


def _rows(rows: Sequence[Mapping[str, Any]], kind: type[Row]) -> tuple[Row, ...]:
    return tuple(kind(number, **row) for number, row in enumerate(rows, 1) if row)
