"""hojokin.oxt in the genuine LibreOffice Calc: one call a row, and one array for whole columns."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula

from rules.engine.argument import ExcelError
from rules.frames import group
from rules.frames.contract import Frame
from tests.engines import Answers, Engine, Row
from tests.engines.sheets import PART, calculated, literal
from tests.oxt import bundled
from workbooks.lambdas.names import function

Written = Callable[[Frame, Sequence[Row], date], Iterator[list[Any]]]  # the rows of the sheet, the answer first


def told_apart(frame: Frame, row: Row) -> bool:
    """Whether Calc can be asked: to an add-in it hands over TRUE as the number 1."""
    return not any(type(v) is bool and a.kind != "flag" for v, a in zip(row, frame.arguments, strict=True))


def in_cells(frame: Frame, row: Row) -> bool:
    """Whether single cells can hold it. An error value Calc gives back itself: of two the last, and before other faults."""
    errors = sum(isinstance(v, ExcelError) for v in row)
    sound = all(type(v) in (bool, int) and 0 <= v <= 10**10 for v in row if not isinstance(v, ExcelError))
    return told_apart(frame, row) and (errors == 0 or (errors == 1 and sound))


def in_column(frame: Frame, row: Row) -> bool:
    """Whether a range can hold it: a text of no length comes as a blank cell, and an error value never comes.

    Calc answers Err:504 for a range with an error value in it, without asking the add-in.
    """
    return told_apart(frame, row) and not any(v == "" or isinstance(v, ExcelError) for v in row)


def one_by_one(frame: Frame, rows: Sequence[Row], on: date) -> Iterator[list[Any]]:
    """A call in each row. A missing value is an argument left out: a single blank cell would come as 0."""
    for number, row in enumerate(rows, 1):
        refs = ("" if v is None else f"{get_column_letter(c)}{number}" for c, v in enumerate(row, 2))
        yield [f"={function(frame)}({','.join(refs)},{literal(on)})", *map(_cell, row)]


def by_array(frame: Frame, rows: Sequence[Row], on: date) -> Iterator[list[Any]]:
    """One call for all rows, which answers for all of them."""
    letters = (get_column_letter(c + 2) for c in range(len(frame.arguments)))
    ranges = ",".join(f"{letter}1:{letter}{len(rows)}" for letter in letters)
    first = ArrayFormula(f"A1:A{len(rows)}", f"={function(frame)}({ranges},{literal(on)})")
    for number, row in enumerate(rows):
        yield [None if number else first, *map(_cell, row)]


def can_ask(members: Sequence[Sequence[Any]], given: Iterable[Any]) -> bool:
    """Whether Calc can be asked for a group: no error value, and no text of no length in a row that is not blank."""
    values = [*given, *(v for row in members for v in row)]
    rows = [row for row in members if any(v not in (None, "") for v in row)]
    return not any(isinstance(v, ExcelError) for v in values) and not any(v == "" for row in rows for v in row)


def groups(found: Sequence[Mapping[str, Any]], on: date) -> Answers:
    """Each group's answer in the first row of its table, which stands below the one before."""
    rows, places = list[list[Any]](), list[int]()
    for g in found:
        first, last = len(rows) + 1, len(rows) + len(g["members"])
        width = len(g["members"][0])
        given = [g[name] for name in ("analysis_cost", "admin_cost", "analysis_members")]
        refs = ["" if v is None else f"{get_column_letter(c)}{first}" for c, v in enumerate(given, 10)]
        text = ",".join([f"B{first}:{get_column_letter(width + 1)}{last}", *refs, literal(on)])
        rows += [[0, *map(_cell, row)] for row in g["members"]]
        rows[first - 1] = [f"={function(group.FRAME)}({text})", *_padded(g["members"][0], 8), *map(_cell, given)]
        places.append(first - 1)
    with TemporaryDirectory(prefix="hojokin") as folder:
        shown = calculated(_book(iter(rows)), Path(folder), bundled(Path(folder)))
    return [shown[place] for place in places]


def _padded(row: Sequence[Any], width: int) -> list[Any]:
    return [*map(_cell, row), *[None] * (width - len(row))]


def _cell(value: Any) -> Any:
    if isinstance(value, ExcelError):
        return f"={value}"
    return '=""' if value == "" else value


def _engine(name: str, written: Written, takes: Callable[[Frame, Row], bool]) -> Engine:
    def answers(frame: Frame, rows: Sequence[Row], on: date) -> Answers:
        found: Answers = []
        for part in (rows[i : i + PART] for i in range(0, len(rows), PART)):
            with TemporaryDirectory(prefix="hojokin") as folder:
                book = _book(written(frame, part, on))
                found += calculated(book, Path(folder), bundled(Path(folder)))
        return found

    return Engine(name, answers, takes)


def _book(rows: Iterator[list[Any]]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.create_sheet(index=0)
    for row in rows:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


CALLS = _engine("拡張機能（Calc）", one_by_one, in_cells)
ARRAY = _engine("拡張機能、列（Calc）", by_array, in_column)
