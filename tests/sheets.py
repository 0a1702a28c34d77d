"""The empty workbook kept open in formulon: inputs and rows are typed in, cells are read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import formulon
from openpyxl.utils import coordinate_to_tuple

from rules.quote import Quote, Row
from workbooks import layout
from workbooks.build import build

EPOCH = date(1899, 12, 30)
Data = Mapping[str, Any]  # `inputs` by name, and rows by the name of their table


class Desk:
    """A workbook to type into."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "quote.xlsx"
        build(self.path)
        self.engine = formulon.Workbook.load(self.path.read_bytes())
        self.index = {self.engine.sheet_name(i): i for i in range(self.engine.sheet_count())}
        self.filled: set[str] = set()

    def place(self, address: str) -> tuple[int, int, int]:
        sheet, _, cell = address.partition("!")
        row, column = coordinate_to_tuple(cell)
        return self.index[sheet], row - 1, column - 1

    def enter(self, data: Data) -> None:
        """These inputs and rows, and no others."""
        for address in self.filled:
            self.engine.set_blank(*self.place(address))
        self.filled.clear()
        for address, value in typed(data):
            self.filled.add(address)
            if isinstance(value, str):
                self.engine.set_text(*self.place(address), value)
            else:
                self.engine.set_number(*self.place(address), value)
        self.engine.recalc()

    def value(self, address: str) -> Any:
        """What a cell shows; None where it is an error."""
        found = self.engine.get_value(*self.place(address)).to_python()
        return None if isinstance(found, formulon.Value) else found


def typed(data: Data) -> list[tuple[str, Any]]:
    """Every cell to fill and what a person types there."""
    cells = [(layout.INPUT[name].address, value) for name, value in data.get("inputs", {}).items()]
    for table in layout.TABLES:
        for number, row in enumerate(data.get(table.name, ()), 1):
            cells += [(table.cell(name, number), value) for name, value in row.items()]
    return [(address, _shown(value)) for address, value in cells if value is not None]


def _shown(value: Any) -> Any:
    if isinstance(value, bool):
        return layout.YES if value else layout.NO
    if isinstance(value, date):
        return float((value - EPOCH).days)
    return value if isinstance(value, str) else float(value)


def quote_of(data: Data, **kinds: type[Row]) -> Quote:
    """The quote of the same data, straight in the rules' own words."""
    rows = {name: _rows(data.get(name, ()), kind) for name, kind in kinds.items()}
    return Quote(dict(data.get("inputs", {})), (), **rows)  # type: ignore[arg-type]


def _rows(rows: Sequence[Mapping[str, Any]], kind: type[Row]) -> tuple[Row, ...]:
    return tuple(kind(number, **row) for number, row in enumerate(rows, 1) if row)
