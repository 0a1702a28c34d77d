"""Fills the quote workbook from data: `[inputs]` by name, `[[lines]]` and the other tables by the columns' names.

Texts stay texts; there are as many prepared rows as the data needs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell

from rules.excel_values import FORMULA
from rules.quote import FUNCTIONS
from workbooks.building import cached_values
from workbooks.building.quote_workbook import made as empty
from workbooks.building.sheets.lists import JOIN, category_choices
from workbooks.files import reproducible
from workbooks.form.layout import INPUT, NO, TABLES, YES, Column, Size
from workbooks.form.portal_fields import SEPARATOR


def fill(data: Mapping[str, Any], path: Path, save: Callable[[Workbook, Path], None] = reproducible.save) -> None:
    """Writes a workbook with these inputs and lines; `cache.save` writes the calculated values, too."""
    save(filled(data), path)


def filled(data: Mapping[str, Any]) -> Workbook:
    """A workbook with these inputs and lines; a name or a column that does not exist is a KeyError."""
    rows = {table.name: data.get(table.name, ()) for table in TABLES}
    book = empty(Size.of(**{name: len(rows[name]) for name in ("lines", "partners", "members")}))
    for name, value in data["inputs"].items():
        i = INPUT[name]
        write(book[i.sheet][i.cell], value)
    for table in TABLES:
        for number, row in enumerate(rows[table.name], 1):
            for name, value in row.items():
                _, cell = table.cell(name, number).split("!")
                write(book[table.sheet][cell], spelt(table.of(name), value))
    return book


def examples(pages: Path) -> dict[str, bytes]:
    """The calculated workbook of every TOML page of a folder, by the page's name."""
    return {page.stem: cached_values.saved(filled(load(page))) for page in sorted(pages.glob("*.toml"))}


def load(page: Path) -> dict[str, Any]:
    """The data of a page; `base` names another page whose data it changes: `blank` lists inputs to leave out."""
    data = tomllib.loads(page.read_text("utf-8"))
    if "base" not in data:
        return data
    base = load(page.with_name(data["base"]))
    kept = {name: value for name, value in base["inputs"].items() if name not in data.get("blank", ())}
    return {**base, **data, "inputs": {**kept, **data.get("inputs", {})}, "lines": data.get("lines", base["lines"])}


def spelt(c: Column, value: Any) -> Any:
    """A value as its cell in a table shows it."""
    if c.reader == "category" and isinstance(value, int):
        return next(text for text in category_choices() if text.startswith(f"{value} "))
    if c.reader == "answer" and isinstance(value, bool):
        return c.choices[0] if value else None
    if c.reader == "functions" and not isinstance(value, str):
        return JOIN.join(sorted(value, key=_place))
    return value


def _place(function: str) -> int:
    return FUNCTIONS.index(function) if function in FUNCTIONS else len(FUNCTIONS)


def write(cell: Cell, value: Any) -> None:
    """One input. A text never becomes a formula."""
    if isinstance(value, bool):
        value = YES if value else NO
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = SEPARATOR.join(cast("Sequence[str]", value))
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA)
    elif isinstance(value, date):
        cell.data_type = "d"
