"""Quote workbooks for the reader's tests, written by openpyxl straight from the layout: bare cells, no design."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from rules.findings import Finding
from rules.quote import Line, Quote, Row
from workbooks.form import layout
from workbooks.form.layout import INPUTS, LINES, MORE, RESULTS, SHEETS
from workbooks.reading.filled import Cell, Filled
from workbooks.reading.inputs import quote

TYPED = [c.name for c in LINES.columns if not c.computed]
LINE = {"category": "1 ソフトウェア", "functions": "会計", "contract": "買取", "quantity": 1, "price": 100_000}


def book(
    path: Path,
    inputs: Mapping[str, Any] | None = None,
    rows: Sequence[Mapping[str, Any]] = (),
    results: Mapping[str, Any] | None = None,
    tables: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    change: Callable[[Workbook], None] | None = None,
    form: int = layout.FORM,
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
    if form > 1:  # the first one bears no name
        made[layout.START][layout.FORM_CELL] = form
        target = f"'{layout.START}'!${layout.FORM_CELL[0]}${layout.FORM_CELL[1:]}"
        made.defined_names[layout.FORM_NAME] = DefinedName(layout.FORM_NAME, attr_text=target)
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
    tables = {table.name: _rows(table, getattr(quote, table.name)) for table in MORE}
    return book(path, {name: typed(value) for name, value in quote.inputs.items()}, rows, tables=tables)


def _rows(table: layout.Table, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """What a person types for the rows of a further table."""
    names = [c.name for c in table.columns if not c.computed]
    by_number = {row.number: {name: typed(getattr(row, name)) for name in names} for row in rows}
    return [by_number.get(n, {}) for n in range(1, max(by_number, default=0) + 1)]


def address(place: str) -> str:
    """The cell of a place: of an input by its name, of a table's row such as lines.price.3."""
    table, _, rest = place.partition(".")
    if not rest:
        return layout.INPUT[place].address if place else ""
    column, number = rest.split(".")
    return next(t for t in layout.TABLES if t.name == table).cell(column, int(number))


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
            package.writestr(as_told(name), data)
    return path


def as_told(name: str) -> zipfile.ZipInfo:
    """A member of this very name: on Windows zipfile would write / for \\."""
    member = zipfile.ZipInfo("x")
    member.filename, member.compress_type = name, zipfile.ZIP_DEFLATED
    return member


def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """zipfile as it is on Windows, where it gives names with / for \\."""
    monkeypatch.setattr(zipfile, "os", SimpleNamespace(**{**vars(os), "sep": "\\"}))


def sheet_part(name: str) -> str:
    """The part of a sheet in a book made here."""
    return f"xl/worksheets/sheet{SHEETS.index(name) + 1}.xml"


def lines_of(*rows: dict[str, Any], **inputs: Any) -> Quote:
    """The quote of rows and inputs as they stand in cells, without a file."""
    columns = [c.name for c in layout.LINES.columns if not c.computed]
    cells = [{c: Cell(row.get(c), f"見積!{c}{n}") for c in columns} for n, row in enumerate(rows, 1)]
    return quote(Filled({name: Cell(value, f"申請者!{name}") for name, value in inputs.items()}, cells))


def only(findings: Sequence[Finding]) -> Finding:
    """The one finding."""
    assert len(findings) == 1, findings
    return findings[0]
