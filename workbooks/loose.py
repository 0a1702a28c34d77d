"""Sheets whose rows or cells do not begin with where they stand, as some programs other than Excel write them.

OOXML lets a cell leave its address out: it then follows the one before. A reader lays a sheet out as a full rectangle,
so what has no address must still be counted before anything is opened.
"""

from __future__ import annotations

import io
import re

from defusedxml.ElementTree import iterparse

from workbooks.address import number
from workbooks.filled import UNCALCULATED, known

ROWS, COLUMNS = 9_999, 208  # a sheet lies within A1:GZ9999
# A row or cell that does not begin with its address, or one beyond GZ9999. Every spreadsheet program writes
# <row r="1"><c r="A1" …>; one cell at XFD1048576 would ask for 500 GB.
FAR = re.compile(rb'<(?:c(?=[\s/>])(?! r="[A-G]?[A-Z][0-9]{1,4}")|row(?=[\s/>])(?! r="[0-9]{1,4}"))')
OTHER = rb'(?:\s+(?!r=)[\w:.-]+="[^"<>]*")*'  # any attributes but r, each in double quotes
NEAR = re.compile(rb"<(?:c" + OTHER + rb'\s+r="[A-G]?[A-Z][0-9]{1,4}"|row' + OTHER + rb'\s+r="[0-9]{1,4}")')
BARE = re.compile(rb"<(c|row)" + OTHER + rb"\s*/?>")
START = re.compile(rb"<(c|row)(?=[\s/>])")
ADDRESS = re.compile(r"([A-Z]{1,2})([0-9]{1,4})")


def far(data: bytes) -> bool:
    """Whether a sheet may reach beyond A1:GZ9999.

    >>> far(b'<row r="1"><c r="A1"/></row>'), far(b"<row><c/><c/></row>"), far(b'<row r="1"><c r="XFD1"/></row>')
    (False, False, True)
    """
    return FAR.search(data) is not None and not _near(data)


def _near(data: bytes) -> bool:
    """Whether every row and cell has an address within the limits, or none of its kind has one and they are few."""
    bare = {b"c": 0, b"row": 0}
    with_address = {b"c": 0, b"row": 0}
    most = cells = 0
    for start in START.finditer(data):
        kind, at = start[1], start.start()
        if BARE.match(data, at):
            bare[kind] += 1
        elif NEAR.match(data, at):
            with_address[kind] += 1
        else:
            return False
        cells = 0 if kind == b"row" else cells + 1
        most = max(most, cells)
    mixed = any(bare[kind] and with_address[kind] for kind in bare)
    return not mixed and bare[b"row"] <= ROWS and (most <= COLUMNS or not bare[b"c"])


def flaws(data: bytes) -> dict[tuple[int, int], str]:
    """(row, column) -> error value, or UNCALCULATED where a formula has no result, wherever a cell says it stands."""
    found: dict[tuple[int, int], str] = {}
    row = column = 0
    for event, e in iterparse(io.BytesIO(data), events=("start", "end")):
        kind = e.tag.rpartition("}")[2]
        if event == "start" and kind == "row":
            row, column = int(e.get("r", row + 1)), 0
        elif event == "start" and kind == "c":
            match = ADDRESS.fullmatch(e.get("r", ""))
            column = number(match[1]) if match else column + 1
        elif event == "end" and kind == "c":
            if flaw := _flaw(e.get("t", ""), {child.tag.rpartition("}")[2]: child.text or "" for child in e}):
                found[row, column] = flaw
            e.clear()
    return found


def _flaw(kind: str, parts: dict[str, str]) -> str:
    if kind == "e":
        return known(parts.get("v", ""))
    return UNCALCULATED if "f" in parts and kind != "str" and not parts.get("v") else ""
