"""The parts of a workbook that is a zip: its sheets and their cells, defined names, tables.

Give it only bytes that `guard.inspect` has passed. Parts are found as the package says, by the kinds of its relations and
never by their names: other programs call them otherwise.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from workbooks.files.address import letters, number
from workbooks.files.markup import Damaged, main, tree
from workbooks.reading.number_formats import looks
from workbooks.reading.shared_strings import shared, unescaped
from workbooks.reading.worksheet import Cells, cells

RELS = "_rels/.rels"
WORKBOOK = "xl/workbook.xml"  # where a package does not say which part it is
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
MAX_SHEETS = 1_000  # as many as a package may have parts
REL_IDS = tuple(
    f"{{{root}/officeDocument{middle}/relationships}}id"
    for root, middle in (("http://schemas.openxmlformats.org", "/2006"), ("http://purl.oclc.org/ooxml", ""))
)
# 見積!$C$5, '見積 (2)'!$C$5 or the upper left cell of a merged 見積!$C$5:$E$5
ADDRESS = re.compile(
    r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?"
)
RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")


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


@dataclass(frozen=True)
class Relation:
    """What a part refers to inside the package."""

    id: str
    kind: str  # the last word of its type: worksheet, table …
    part: str


class Package:
    """One workbook's parts, each read when it is asked for."""

    def __init__(self, blob: bytes) -> None:
        self._zip = zipfile.ZipFile(
            io.BytesIO(blob)
        )  # of bytes that xlsx_guard has passed; parts are read when asked for
        self._cells: dict[str, Cells] = {}
        self._members = {name.lower(): name for name in self._zip.namelist()}  # OPC does not tell a from A

    @cached_property
    def main(self) -> str:
        """The part that is the workbook."""
        return main_part(self._read(RELS) if RELS in self._members else b"")

    @cached_property
    def _workbook(self) -> Any:
        return tree(self._read(self.main))

    def _listed(self, *path: str) -> Iterator[Any]:
        """Elements of the workbook by their path, of its own namespace."""
        space = main(self._workbook, "workbook")
        return self._workbook.iterfind("/".join(space + step for step in path))

    @cached_property
    def _main_relations(self) -> Sequence[Relation]:
        return self._relations(self.main)

    @cached_property
    def sheets(self) -> dict[str, str]:
        """Name -> part of every sheet, in the workbook's order; a sheet without cells (a chart's) has no part."""
        parts = {r.id: r.part for r in self._main_relations if r.kind == "worksheet"}
        found = {s.get("name", ""): parts.get(_reference(s), "") for s in self._listed("sheets", "sheet")}
        if len(found) > MAX_SHEETS:
            raise Damaged("too many sheets")
        return found

    @property
    def since_1904(self) -> bool:
        """Whether dates count from 1904 (old Excel for Mac) instead of 1900."""
        options = next(self._listed("workbookPr"), None)
        return options is not None and options.get("date1904") in ("1", "true")

    def names(self) -> dict[str, Place]:
        """The workbook's defined names, in lower case, that lead to a cell of a sheet that exists."""
        found: dict[str, Place] = {}
        for name in self._listed("definedNames", "definedName"):
            match = ADDRESS.fullmatch((name.text or "").strip())
            if match is None or name.get("localSheetId") is not None:  # a copied sheet brings names of its own
                continue
            sheet = (match[1] or match[2]).replace("''", "'")
            if sheet in self.sheets:
                found[name.get("name", "").lower()] = Place(sheet, int(match[4]), number(match[3]))
        return found

    def table(self, name: str) -> Table | None:
        """A table by its name, on whichever sheet it stands."""
        return next((t for known, t in self._tables if known == name.lower() and t), None)

    @cached_property
    def _tables(self) -> Sequence[tuple[str, Table | None]]:
        return list(self._all_tables())

    def _all_tables(self) -> Iterator[tuple[str, Table | None]]:
        for sheet, part in self.sheets.items():
            for relation in self._relations(part):
                if relation.kind == "table":
                    table = tree(self._read(relation.part))
                    yield table.get("displayName", "").lower(), _table(sheet, table)

    def cells(self, sheet: str) -> Cells:
        """What stands in a sheet."""
        if sheet not in self._cells:
            part = self.sheets[sheet]
            found = cells(self._read(part), lambda: self._shared, lambda: self._looks) if part else Cells({}, {})
            self._cells[sheet] = found
        return self._cells[sheet]

    @cached_property
    def _shared(self) -> Sequence[str]:
        return next((shared(self._read(r.part)) for r in self._main_relations if r.kind == "sharedStrings"), ())

    @cached_property
    def _looks(self) -> Sequence[str]:
        return next((looks(self._read(r.part)) for r in self._main_relations if r.kind == "styles"), ())

    def _read(self, part: str) -> bytes:
        if part.lower() not in self._members:
            raise Damaged(f"no part {part}")
        return self._zip.read(self._members[part.lower()])

    def _relations(self, part: str) -> Sequence[Relation]:
        """Everything that a part refers to inside the package."""
        folder, _, file = part.rpartition("/")
        name = join(folder, "_rels", f"{file}.rels")
        return relations(self._read(name), part) if name.lower() in self._members else ()


def main_part(rels: bytes) -> str:
    """The part that is the workbook, by the package's own relations."""
    found = relations(rels, "") if rels else ()
    return next((r.part for r in found if r.kind == "officeDocument"), WORKBOOK)


def relations(data: bytes, part: str) -> Sequence[Relation]:
    """The relations that a .rels part lists for another part."""
    inside = (r for r in tree(data).iterfind(RELATION) if r.get("TargetMode") != "External")
    return [Relation(r.get("Id", ""), r.get("Type", "").rpartition("/")[2], _target(part, r)) for r in inside]


def _target(part: str, relation: Any) -> str:
    return normpath(join("/", dirname(part), unquote(relation.get("Target", ""))))[1:]


def _reference(sheet: Any) -> str:
    """The id of a sheet's relation."""
    return next((sheet.get(name) for name in REL_IDS if sheet.get(name)), "")


def _table(sheet: str, table: Any) -> Table | None:
    match = RANGE.fullmatch(table.get("ref", ""))
    if match is None:
        return None
    left, top, bottom = number(match[1]), int(match[2]), int(match[4])
    space = main(table, "table")
    headers = table.iterfind(f"{space}tableColumns/{space}tableColumn")
    columns = {unescaped(c.get("name", "")): left + n for n, c in enumerate(headers)}
    totals = int(table.get("totalsRowCount", "0") not in ("", "0"))
    return Table(sheet, columns, top + 1, bottom - totals, totals > 0)
