"""What calamine does not say of a workbook: defined names, tables, and the cells that hold an error or no result.

Read from the few small parts of the package that hold them. Give it only bytes that `guard.inspect` has passed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import Any

from defusedxml.ElementTree import fromstring

from workbooks import loose
from workbooks.address import letters, number
from workbooks.filled import UNCALCULATED, known
from workbooks.loose import FAR

WORKBOOK = "xl/workbook.xml"
MAIN = "{*}"  # Excel's usual namespace, and that of a "Strict Open XML" workbook
REL_IDS = tuple(
    f"{{{root}/officeDocument{middle}/relationships}}id"
    for root, middle in (("http://schemas.openxmlformats.org", "/2006"), ("http://purl.oclc.org/ooxml", ""))
)
# 見積!$C$5, '見積 (2)'!$C$5 or the upper left cell of a merged 見積!$C$5:$E$5
ADDRESS = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?([1-9][0-9]*)(?::\$?[A-Z]{1,3}\$?[0-9]+)?")
RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]*):([A-Z]{1,3})([1-9][0-9]*)")
BAD_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]* t="e"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.DOTALL)
# Excel and Calc mark an empty text as t="str"; a formula with neither that nor a value was written by a program
NO_RESULT = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"(?![^>]* t="str")[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)


@dataclass(frozen=True)
class Place:
    """A cell of a sheet; row and column from 1."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """Sheet and cell: 見積!C5."""
        return f"{self.sheet}!{letters(self.column)}{self.row}"


@dataclass(frozen=True)
class Table:
    """An Excel table as the file has it."""

    sheet: str
    columns: Mapping[str, int]  # the header's text -> column from 1
    first: int  # row of the first line
    last: int  # row of the last line
    totals: bool  # whether a row of totals follows


class Package:
    """One workbook's parts, each read when it is asked for."""

    def __init__(self, blob: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(blob))

    @cached_property
    def _workbook(self) -> Any:
        return self._xml(WORKBOOK)

    @cached_property
    def sheets(self) -> dict[str, str]:
        """Name -> part of every sheet, in the workbook's order."""
        parts = self._relations(WORKBOOK)
        found = self._workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet")
        return {s.get("name", ""): parts.get(_reference(s), "") for s in found}

    @property
    def since_1904(self) -> bool:
        """Whether dates count from 1904 (old Excel for Mac) instead of 1900."""
        options = self._workbook.find(f"{MAIN}workbookPr")
        return options is not None and options.get("date1904") in ("1", "true")

    def names(self) -> dict[str, Place]:
        """The workbook's defined names, in lower case, that lead to a cell of a sheet that exists."""
        found: dict[str, Place] = {}
        for name in self._workbook.iterfind(f"{MAIN}definedNames/{MAIN}definedName"):
            match = ADDRESS.fullmatch((name.text or "").strip())
            if match is None or name.get("localSheetId") is not None:  # a copied sheet brings names of its own
                continue
            sheet = (match[1] or match[2]).replace("''", "'")
            if sheet in self.sheets:
                found[name.get("name", "").lower()] = Place(sheet, int(match[4]), number(match[3]))
        return found

    def table(self, name: str) -> Table | None:
        """A table by its name, on whichever sheet it stands."""
        for sheet, part in self.sheets.items():
            for target in self._relations(part).values():
                if "/tables/" in target:
                    table = self._xml(target)
                    if table.get("displayName", "").lower() == name.lower():
                        return _table(sheet, table)
        return None

    def flaws(self, sheet: str) -> dict[tuple[int, int], str]:
        """(row, column) -> error value (#N/A …), or UNCALCULATED where a formula has no result."""
        data = self._zip.read(self.sheets[sheet])
        if FAR.search(data):  # cells that do not begin with where they stand
            return loose.flaws(data)
        found = {_at(m): UNCALCULATED for m in NO_RESULT.finditer(data)}
        for match in BAD_CELL.finditer(data):
            found[_at(match)] = known(match[3].decode("utf-8", "replace"))
        return found

    def _xml(self, part: str) -> Any:
        return fromstring(self._zip.read(part))

    def _relations(self, part: str) -> dict[str, str]:
        """Id -> part of everything that a part refers to inside the package."""
        folder, _, file = part.rpartition("/")
        try:
            found = self._xml(f"{folder}/_rels/{file}.rels")
        except KeyError:  # a part without relations
            return {}
        inside = (r for r in found if r.get("TargetMode") != "External")
        return {r.get("Id", ""): normpath(join("/", dirname(part), r.get("Target", "")))[1:] for r in inside}


def _reference(sheet: Any) -> str:
    """The id of a sheet's relation."""
    return next((sheet.get(name) for name in REL_IDS if sheet.get(name)), "")


def _at(match: re.Match[bytes]) -> tuple[int, int]:
    return int(match[2]), number(match[1].decode())


def _table(sheet: str, table: Any) -> Table | None:
    match = RANGE.fullmatch(table.get("ref", ""))
    if match is None:
        return None
    left, top, bottom = number(match[1]), int(match[2]), int(match[4])
    headers = table.iterfind(f"{MAIN}tableColumns/{MAIN}tableColumn")
    columns = {c.get("name", ""): left + n for n, c in enumerate(headers)}
    totals = int(table.get("totalsRowCount", "0"))
    return Table(sheet, columns, top + 1, bottom - totals, totals > 0)
