"""Plain values put into blank cells of a person's workbook, in a copy. Nothing typed and no formula is replaced.

Excel calculates the copy anew when it opens it. LibreOffice and previews trust the results that stand beside the formulas,
so these go: no amount is shown that was calculated without the new values.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from workbooks.files import zip_parts
from workbooks.files.address import letters, number
from workbooks.files.element_places import Element, Places, places, spliced, tag
from workbooks.files.markup import Damaged
from workbooks.reading.copied import NotCopied
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


def put(blob: bytes, values: Mapping[str, Value], keep: Collection[str] = ()) -> Put:
    """A copy of a workbook with values in blank cells, by their addresses（見積!K19）.

    No formula keeps a result that may be wrong now, but those of `keep`: inputs that a reader takes without Excel.
    """
    package, left = Package(blob), list[str]()
    sheets = {part.lower(): sheet for sheet, part in package.sheets.items() if part}

    def change(name: str, data: bytes) -> bytes:
        if name.lower() == package.main.lower():
            return anew(data)
        sheet = sheets.get(name.lower())
        if sheet is None:
            return data
        mine = {at: values[a] for at, a in _on(sheet, values).items()}
        return _changed(data, mine, _on(sheet, keep).keys(), left, f"{sheet}!")

    try:
        return Put(zip_parts.changed(blob, change), left)
    except Damaged:
        raise NotCopied("このブックの中身を書き換えられないので、Excel で保存し直してください。") from None


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


def _changed(data: bytes, values: Mapping[At, Value], keep: Collection[At], left: list[str], sheet: str) -> bytes:
    """A sheet with the values and without the results of its formulas."""
    part = places(data)
    rows: dict[int, dict[int, Element]] = {}
    changes: dict[tuple[int, int], bytes] = {}
    for at, cell, inner in _cells(part):
        rows.setdefault(at[0], {})[at[1]] = cell
        if at not in keep and any(e.name == "f" for e in inner):
            changes |= _unvalued(part, cell, inner)
    for at, value in sorted(values.items()):
        cell = rows[at[0]].get(at[1])
        if cell and not NOTHING.fullmatch(data[cell.opened : cell.close]):
            left.append(f"{sheet}{letters(at[1])}{at[0]}")
            continue
        place, prefix = _place(rows[at[0]], at[1])
        made = part.bytes(_cell(prefix, at, cell.attributes if cell else {}, value))
        where = (cell.begin, cell.end) if cell else (place, place)
        changes[where] = changes.get(where, b"") + made
    return spliced(data, changes)


def _cells(part: Places) -> Iterator[tuple[At, Element, list[Element]]]:
    """The cells of a sheet with what stands in them; one that does not say its place follows the one before."""
    row = column = 0
    cell, inner = None, list[Element]()
    for element in part.elements:
        if cell and element.begin >= cell.end:
            yield (row, column), cell, inner
            cell, inner = None, []
        told = element.attributes.get("r", "")
        if element.name == "row" and element.around == AROUND_ROW:
            row, column = int(told or row + 1), 0
        elif element.name == "c" and element.around == AROUND_CELL:
            cell, column = element, number(told.rstrip("0123456789")) or column + 1
        elif cell:
            inner.append(element)
    if cell:
        yield (row, column), cell, inner


def _unvalued(part: Places, cell: Element, inner: Sequence[Element]) -> dict[tuple[int, int], bytes]:
    """What makes a formula one that no program has calculated yet: no value, and no kind of a value."""
    found = {(e.begin, e.end): b"" for e in inner if e.name == "v"}
    if "t" in cell.attributes and all(name.isidentifier() for name in cell.attributes):
        kept = {name: value for name, value in cell.attributes.items() if name != "t"}
        found[cell.begin, cell.opened] = part.bytes(tag(f"{cell.prefix}c", kept))
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


def _on(sheet: str, addresses: Iterable[str]) -> dict[At, str]:
    """Those of some addresses that lie on a sheet, by row and column."""
    return {_at(a): a for a in addresses if a.rpartition("!")[0] == sheet}


def _at(address: str) -> At:
    cell = address.rpartition("!")[2]
    column = cell.rstrip("0123456789")
    return int(cell.removeprefix(column)), number(column)
