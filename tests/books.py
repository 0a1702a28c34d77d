"""Quote workbooks for the reader's tests, written by openpyxl straight from the layout: bare cells, no design."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from rules.quote import Line, Quote
from workbooks import layout
from workbooks.layout import INPUTS, LINES, MORE, RESULTS, SHEETS

TYPED = [c.name for c in LINES.columns if not c.computed]
LINE = {"category": "1 ソフトウェア", "functions": "会計", "contract": "買取", "quantity": 1, "price": 100_000}


def book(
    path: Path,
    inputs: Mapping[str, Any] | None = None,
    rows: Sequence[Mapping[str, Any]] = (),
    results: Mapping[str, Any] | None = None,
    tables: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    change: Callable[[Workbook], None] | None = None,
) -> Path:
    """A workbook with raw cell values: inputs by defined name, rows of the table by column name (row 1 first)."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for sheet in SHEETS:
        made.create_sheet(sheet)
    values = {**(inputs or {}), **(results or {})}
    for place in (*INPUTS, *RESULTS):
        made[place.sheet][place.cell] = values.get(place.name)
        column = place.cell.rstrip("0123456789")
        target = f"'{place.sheet}'!${column}${place.cell[len(column) :]}"
        made.defined_names[place.name] = DefinedName(place.name, attr_text=target)
    _table(made, LINES, rows)
    for table in MORE:
        _table(made, table, (tables or {}).get(table.name, ()))
    if change:
        change(made)
    made.save(path)
    return path


def _table(made: Workbook, table: layout.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    sheet = made[table.sheet]
    for column in table.columns:
        sheet[f"{table.letter(column.name)}{table.header}"] = column.title
    for number, row in enumerate(rows, 1):
        for name, value in row.items():
            sheet[table.cell(name, number).partition("!")[2]] = value
    sheet.add_table(Table(displayName=table.name, ref=table.ref))


def typed(value: Any) -> Any:
    """What a person types for the value of an input."""
    if isinstance(value, bool):
        return layout.YES if value else layout.NO
    if isinstance(value, tuple):
        return "、".join(value)
    return float(value) if isinstance(value, Fraction) else value


def row(line: Line) -> dict[str, Any]:
    """What a person types for a line."""
    cells: dict[str, Any] = {name: getattr(line, name) or None for name in TYPED}
    cells |= {
        "category": f"{line.category} という名前",
        "functions": "・".join(sorted(line.functions)) or None,
        "processes": "、".join(sorted(line.processes)) or None,
        "quantity": line.quantity,
        "price": line.price,
        "other_subsidy": "あり" if line.other_subsidy else None,
    }
    return cells


def filled_in(path: Path, quote: Quote) -> Path:
    """The workbook that a person makes of a quote."""
    by_number = {line.number: row(line) for line in quote.lines}
    rows = [by_number.get(n, {}) for n in range(1, max(by_number, default=0) + 1)]
    return book(path, {name: typed(value) for name, value in quote.inputs.items()}, rows)


def patched(path: Path, part: str, old: str, new: str) -> Path:
    """The same package with a text of one part replaced, as another program would have written it."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old.encode() in parts[part], parts[part][:3000].decode()
    parts[part] = parts[part].replace(old.encode(), new.encode())
    return packed(path, parts)


def packed(path: Path, parts: Mapping[str, bytes]) -> Path:
    """A package of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def sheet_part(name: str) -> str:
    """The part of a sheet in a book made here."""
    return f"xl/worksheets/sheet{SHEETS.index(name) + 1}.xml"
