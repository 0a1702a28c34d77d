"""Writes each formula's value beside it, as Excel does: a preview or a protected view then shows the amounts.

For the shipped files only. The values come from formulon, an independent engine that is a tool of this project's own
development; Excel calculates anew when it opens the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import coordinate_to_tuple

from workbooks import stable
from workbooks.layout import FUNCTIONS
from workbooks.sheets import functions

ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")  # by formulon's number
FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)><f>([^<]*)</f><v ?/?>(?:</v>)?</c>')
OPTIONAL = re.compile(r"_xlop\.(\w+)")
TYPE = re.compile(r' t="\w+"')


def write(path: Path) -> None:
    """Adds the values to a workbook that `stable.save` wrote."""
    raw = path.read_bytes()
    values = {name: dict(cells) for name, cells in calculated(raw)}
    values[FUNCTIONS] |= functions.values()  # formulon has no add-in: the rules know what its functions give
    with ZipFile(BytesIO(raw)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for number, sheet in enumerate(load_workbook(BytesIO(raw), read_only=True).sheetnames, 1):
        part = f"xl/worksheets/sheet{number}.xml"
        parts[part] = FORMULA.sub(lambda m, mine=values[sheet]: _cell(m, mine.get(m[1])), parts[part].decode()).encode()
    path.write_bytes(stable.package(parts))


def for_formulon(stored: str) -> str:
    """A LAMBDA as formulon reads it, which wants an optional parameter in brackets; never written into a shipped file.

    >>> for_formulon("_xlfn.LAMBDA(_xlpm.cost,_xlop.as_of,_xlpm.cost)")
    '_xlfn.LAMBDA(_xlpm.cost,[_xlpm.as_of],_xlpm.cost)'
    """
    return OPTIONAL.sub(r"[_xlpm.\1]", stored)


def calculated(raw: bytes) -> Iterator[tuple[str, Iterator[tuple[str, Any]]]]:
    """Every sheet with the value of each of its formulas, calculated by formulon."""
    import formulon

    book = load_workbook(BytesIO(raw))
    with formulon.Workbook.load(raw) as engine:
        engine.recalc()
        for index in range(engine.sheet_count()):
            sheet = book[engine.sheet_name(index)]
            cells = [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f"]
            yield sheet.title, ((cell, _value(engine, index, cell)) for cell in cells)


def _value(engine: Any, sheet: int, cell: str) -> Any:
    row, column = coordinate_to_tuple(cell)
    return engine.get_value(sheet, row - 1, column - 1).to_python()


def _cell(match: re.Match[str], value: Any) -> str:
    """A cell with its formula and its value."""
    place, looks, formula = match[1], TYPE.sub("", match[2]), match[3]
    kind, shown = _spelt(value)
    return f'<c r="{place}"{looks}{kind}><f>{formula}</f><v>{shown}</v></c>'


def _spelt(value: Any) -> tuple[str, str]:
    """The type attribute and the text of a value."""
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, float):
        return "", format(value, ".15g")
    if value is None or isinstance(value, str):
        return ' t="str"', escape(value or "")
    return ' t="e"', ERRORS[value.error_code]
