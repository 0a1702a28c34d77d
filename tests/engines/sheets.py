"""Cells: every quote one row of plain formulas, in formulon and in LibreOffice Calc; and the LAMBDA names in formulon."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import formulon
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from rules.engine.argument import ExcelError
from rules.engine.evaluate import checked_cell, first_error_or, formulas
from rules.engine.formula import renamed
from rules.frames.contract import Frame
from tests.engines import Answers, Engine, Row
from tests.office import converted
from workbooks.building.cached_values import for_formulon
from workbooks.lambdas.names import function, named

PART = 5_000  # rows of one workbook
WORDS = ("", "小規模", "中小")  # what the functions take and plain cells, which have lists to choose from, do not
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1"


def plain(_frame: Frame, row: Row) -> bool:
    """Whether plain cells take these values."""
    return not any(type(v) is str and v in WORDS for v in row)


def counted(frame: Frame, row: Row) -> bool:
    """Whether Calc can be asked: it takes TRUE for the number 1, and a guard cannot tell them apart there."""
    kinds = zip(row, frame.arguments, strict=True)
    return plain(frame, row) and not any(type(v) is bool and a.kind != "flag" for v, a in kinds)


def book_of(frame: Frame, rows: Sequence[Row], on: date) -> bytes:
    """A workbook with one row of cells per quote: result, inputs, guarded inputs, one cell a step."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    texts = _texts(frame, on)
    for number, row in enumerate(rows, 1):
        cells = [f"={text.replace('§', str(number))}" for text in texts]
        sheet.append([cells[0], *row, *cells[1:]])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _texts(frame: Frame, on: date) -> list[str]:
    """The formulas of a row, `§` for its number: the result first, then guards and steps."""
    names, width = [a.name for a in frame.arguments], len(frame.arguments)
    typed = {name: f"{get_column_letter(i)}§" for i, name in enumerate(names, 2)}
    refs = {name: f"{get_column_letter(i)}§" for i, name in enumerate(names, 2 + width)}
    texts = [checked_cell(a, typed[a.name]) for a in frame.arguments]
    steps = formulas(frame, on)
    for i, step in enumerate(steps, 2 + 2 * width):
        texts.append(renamed(step.value.text, refs))
        refs[step.name] = f"{get_column_letter(i)}§"
    result = refs[steps[-1].name]
    for low, high in frame.ordered:
        result = f"IF({refs[low]}<={refs[high]},{result},#NUM!)"
    return [first_error_or(result, [refs[name] for name in names]), *texts]


def in_formulon(frame: Frame, rows: Sequence[Row], on: date) -> Answers:
    """The results as formulon calculates them."""
    found: Answers = []
    for part in _parts(rows):
        with formulon.Workbook.load(book_of(frame, part, on)) as engine:
            engine.recalc()
            found += [shown(engine.get_value(0, row, 0)) for row in range(len(part))]
    return found


def in_calc(frame: Frame, rows: Sequence[Row], on: date) -> Answers:
    """The results as LibreOffice Calc calculates and shows them."""
    found: Answers = []
    for part in _parts(rows):
        with TemporaryDirectory(prefix="hojokin") as folder:
            found += calculated(book_of(frame, part, on), Path(folder))
    return found


def calculated(book: bytes, folder: Path, options: Sequence[str] = ()) -> Answers:
    """The first column of a workbook that Calc has opened, calculated and written as CSV."""
    path = folder / "cells.xlsx"
    path.write_bytes(book)
    with converted(path, CSV, folder, options).open(encoding="utf-8", newline="") as file:
        return [row[0] if row[0].startswith(("#", "E")) else int(row[0]) for row in csv.reader(file)]


def by_name(frame: Frame, rows: Sequence[Row], on: date) -> Answers:
    """The results of the frame's LAMBDA name, one call a row."""
    last = get_column_letter(len(frame.arguments) + 1)
    found: Answers = []
    for part in _parts(rows):
        calls = [f"={function(frame)}({_refs(frame, n, n)},{last}{n})" for n in range(1, len(part) + 1)]
        found += _called(frame, part, on, calls)
    return found


def by_column(frame: Frame, rows: Sequence[Row], on: date) -> Answers:
    """The results of one call for whole columns, which spill."""
    found: Answers = []
    for part in _parts(rows):
        found += _called(frame, part, on, [f"={function(frame)}({_refs(frame, 1, len(part))},{literal(on)})"])
    return found


def literal(on: date) -> str:
    """A day in a formula."""
    return f"DATE({on.year},{on.month},{on.day})"


def _refs(frame: Frame, first: int, last: int) -> str:
    letters = [get_column_letter(i + 1) for i in range(len(frame.arguments))]
    return ",".join(f"{c}{first}" if first == last else f"{c}{first}:{c}{last}" for c in letters)


def _called(frame: Frame, rows: Sequence[Row], on: date, calls: Sequence[str]) -> Answers:
    """The cells that the calls, one below the other, fill in a workbook with the names."""
    width = len(frame.arguments)
    with with_names() as engine:
        for r, row in enumerate(rows):
            for c, value in enumerate((*row, on)):
                put(engine, r, c, value)
        for r, call in enumerate(calls):
            engine.set_formula(0, r, width + 2, call)
        engine.recalc()
        return [shown(engine.get_value(0, r, width + 2)) for r in range(len(rows))]


def with_names() -> Any:
    """An empty workbook of formulon with our names."""
    engine = formulon.Workbook.create_default()
    for n in named():
        engine.set_defined_name(n.name, for_formulon(n.stored))
    return engine


def put(engine: Any, row: int, column: int, value: Any) -> None:
    """A value into a cell, as a person or a program puts it there."""
    if value is None:
        return
    if isinstance(value, ExcelError):
        engine.set_formula(0, row, column, f"={value}")
    elif isinstance(value, date):
        engine.set_formula(0, row, column, f"={literal(value)}")
    elif isinstance(value, bool):
        engine.set_bool(0, row, column, value)
    elif isinstance(value, str):
        engine.set_text(0, row, column, value)
    else:
        engine.set_number(0, row, column, value)


def shown(value: Any) -> Any:
    """A value of formulon as Python has it, an error as its text."""
    found = value.to_python()
    return formulon.error_display_name(found.error_code) if hasattr(found, "error_code") else found


def _parts(rows: Sequence[Row]) -> list[Sequence[Row]]:
    return [rows[i : i + PART] for i in range(0, len(rows), PART)]


CELLS = Engine("セルの式（formulon）", in_formulon, plain, any_day=False)
CALC = Engine("セルの式（LibreOffice Calc）", in_calc, counted, any_day=False)
NAMES = Engine("LAMBDA（formulon）", by_name)
COLUMN = Engine("LAMBDA、列（formulon）", by_column)
