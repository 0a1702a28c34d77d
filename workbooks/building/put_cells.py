"""Plain values put into blank cells of a person's workbook, in a copy: every other byte of its sheets stays.

Nothing that stands in a cell is replaced, a formula neither. Excel calculates the copy anew when it opens it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from workbooks.files import zip_parts
from workbooks.files.address import letters, number
from workbooks.files.element_places import Element, Places, places, spliced, tag
from workbooks.reading.package import Package

AROUND_ROW = ("worksheet", "sheetData")
AROUND_CELL = (*AROUND_ROW, "row")
NOTHING = re.compile(rb"\s*(?:<[^<>]*\bv\s*/>|<[^<>]*\bv>\s*</[^<>]*\bv>)?\s*")  # in a cell: no letter, no formula
BEFORE = ("sheets", "functionGroups", "externalReferences", "definedNames")  # what stands before calcPr
ANEW = {"fullCalcOnLoad": "1"}
Value = str | int
At = tuple[int, int]


@dataclass(frozen=True)
class Put:
    """The copy, and the addresses of cells that are not blank after all: a formula that shows nothing."""

    blob: bytes
    left: Sequence[str] = field(default_factory=list[str])


def put(blob: bytes, values: Mapping[str, Value]) -> Put:
    """A copy of a workbook with values in blank cells, by their addresses（見積!K19）."""
    package, left = Package(blob), list[str]()
    sheets = {part.lower(): sheet for sheet, part in package.sheets.items() if part}

    def change(name: str, data: bytes) -> bytes:
        if name.lower() == package.main.lower():
            return anew(data)
        sheet = sheets.get(name.lower())
        mine = {_at(a): v for a, v in values.items() if a.rpartition("!")[0] == sheet}
        return _filled(data, mine, left, f"{sheet}!") if mine else data

    return Put(zip_parts.changed(blob, change), left)


def anew(data: bytes) -> bytes:
    """workbook.xml that asks for a calculation when it is opened."""
    part = places(data)
    children = [e for e in part.elements if len(e.around) == 1]
    old = next((e for e in children if e.name == "calcPr"), None)
    if old:
        made = tag(f"{old.prefix}calcPr", {**old.attributes, **ANEW}, "/" if old.alone else "")
        return spliced(data, {(old.begin, old.opened): part.bytes(made)})
    after = [e for e in children if e.name in BEFORE][-1]
    return spliced(data, {(after.end, after.end): part.bytes(tag(f"{after.prefix}calcPr", ANEW, "/"))})


def _filled(data: bytes, values: Mapping[At, Value], left: list[str], sheet: str) -> bytes:
    """A sheet with the values."""
    part = places(data)
    rows = _rows(part)
    changes: dict[tuple[int, int], bytes] = {}
    for at, value in sorted(values.items()):
        cells = rows[at[0]]
        cell = cells.get(at[1])
        if cell and not NOTHING.fullmatch(data[cell.opened : cell.close]):
            left.append(f"{sheet}{letters(at[1])}{at[0]}")
            continue
        place, prefix = _place(cells, at[1])
        made = part.bytes(_cell(prefix, at, cell.attributes if cell else {}, value))
        where = (cell.begin, cell.end) if cell else (place, place)
        changes[where] = changes.get(where, b"") + made
    return spliced(data, changes)


def _rows(part: Places) -> dict[int, dict[int, Element]]:
    """The cells of a sheet by their rows and columns; one that does not say where it stands follows the one before."""
    found: dict[int, dict[int, Element]] = {}
    row = column = 0
    for element in part.elements:
        told = element.attributes.get("r", "")
        if element.name == "row" and element.around == AROUND_ROW:
            row, column = int(told or row + 1), 0
            found[row] = {}
        elif element.name == "c" and element.around == AROUND_CELL:
            column = number(told.rstrip("0123456789")) or column + 1
            found[row][column] = element
    return found


def _place(cells: Mapping[int, Element], column: int) -> tuple[int, str]:
    """Where a new cell goes, and the prefix of its neighbours: a row that is read has a cell."""
    before = [c for at, c in sorted(cells.items()) if at < column]
    nearest = before[-1] if before else next(iter(cells.values()))
    return (nearest.end if before else nearest.begin), nearest.prefix


def _cell(prefix: str, at: At, old: Mapping[str, str], value: Value) -> str:
    """A cell with a value, looking as before."""
    kept = {name: text for name, text in old.items() if name == "s"}
    text = isinstance(value, str)
    head = tag(f"{prefix}c", {"r": f"{letters(at[1])}{at[0]}", **kept, **({"t": "inlineStr"} if text else {})})
    t = f"{prefix}t"
    inner = (
        f"<{prefix}is><{t}>{escape(value)}</{t}></{prefix}is>"
        if isinstance(value, str)
        else f"<{prefix}v>{value}</{prefix}v>"
    )
    return f"{head}{inner}</{prefix}c>"


def _at(address: str) -> At:
    cell = address.rpartition("!")[2]
    column = cell.rstrip("0123456789")
    return int(cell.removeprefix(column)), number(column)
