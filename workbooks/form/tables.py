"""The tables of the quote workbook: each column once, as tables.toml says it.

>>> LINES.cell("price", 1)
'見積!K19'
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from rules import near_minimum_wage
from rules.frames import invoice
from workbooks.files.address import letters as get_column_letter
from workbooks.form.portal_fields import hinted

NUMBERS = ("yen", "count", "decimal")  # the kinds that are numbers
DEFAULTS = {a.name: a.default for a in invoice.ARGUMENTS}  # what a blank argument counts as


@dataclass(frozen=True)
class Column:
    """A column of a table, as tables.toml says; `computed` ones hold formulas and are never read as input."""

    name: str
    title: str  # the header cell
    kind: str
    width: float
    read: str = ""  # what its cells name, where `kind` does not say it
    hint: str = ""
    above: str = ""  # small print above the title
    blank: str = ""  # what a blank cell counts as, in words
    choices: tuple[str, ...] = ()
    computed: bool = False
    required: bool = False  # a row without it has no amount
    decides: bool = False  # an amount depends on it: a table without it cannot be read
    dash: bool = False  # a dash stands for nothing
    limit: int | None = None  # digits
    low: int | None = 0  # of a number
    high: str = ""  # a kind of rules/engine/domain.toml that bounds a number
    negative: bool = False
    shrink: bool = False  # to its cell, instead of a second line
    since: int = 1  # the form that first had this column

    @property
    def reader(self) -> str:
        """How its cells are read."""
        return self.read or ("number" if self.kind in NUMBERS else self.kind)


@dataclass(frozen=True)
class Table:
    """An Excel table: its header cells stand in `header`, its first column in `left` (1 = A)."""

    name: str  # displayName
    sheet: str
    header: int
    rows: int
    columns: tuple[Column, ...]
    left: int = 2
    since: int = 1  # the form that first had this table
    grows: bool = True  # whether rows typed below it belong to it
    most: int = 0  # rows down to which the formulas look; 0: the prepared ones

    @property
    def typed(self) -> tuple[Column, ...]:
        """The columns that a person fills."""
        return tuple(c for c in self.columns if not c.computed)

    @property
    def first(self) -> int:
        """Row of the first data line."""
        return self.header + 1

    @property
    def last(self) -> int:
        """Row of the last prepared data line."""
        return self.header + self.rows

    def of(self, name: str) -> Column:
        """A column by its name."""
        return next(c for c in self.columns if c.name == name)

    def letter(self, name: str) -> str:
        """The letter of a column."""
        return get_column_letter(self.left + [c.name for c in self.columns].index(name))

    def cell(self, name: str, number: int) -> str:
        """The cell of a column in line `number`, from 1."""
        return f"{self.sheet}!{self.letter(name)}{self.header + number}"

    def called(self, name: str, number: int) -> str:
        """The same as a finding calls it: 「単価」（3行目）."""
        sheet = f"シート「{self.sheet}」の" if self.name != LINES.name else ""
        return f"{sheet}「{self.of(name).title}」（{number}行目）"

    def column(self, name: str) -> str:
        """The range of a column over all rows that a workbook may have: '見積'!$B$19:$B$518."""
        letter, rows = self.letter(name), self.most or self.rows
        return f"'{self.sheet}'!${letter}${self.first}:${letter}${self.header + rows}"

    @property
    def ref(self) -> str:
        """The table's range with its header."""
        return f"{get_column_letter(self.left)}{self.header}:{self.letter(self.columns[-1].name)}{self.last}"


@cache
def page() -> Mapping[str, Any]:
    """tables.toml."""
    return tomllib.loads(Path(__file__).with_name("tables.toml").read_text("utf-8"))


def _table(data: Mapping[str, Any]) -> Table:
    usual: dict[str, Any] = {"rows": near_minimum_wage.MONTHS}
    columns = tuple(map(_column, data["column"]))
    return Table(**usual | {key: value for key, value in data.items() if key != "column"}, columns=columns)


def _column(data: Mapping[str, Any]) -> Column:
    speaks = data["kind"] == "text" and "read" not in data
    decides = data.get("decides", not speaks) and not data.get("computed", False)
    made: dict[str, Any] = {"choices": tuple(data.get("choices", ())), "decides": decides}
    found = Column(**{**data, **made})
    blank = found.blank.format(default=DEFAULTS.get(found.name))
    return replace(found, blank=blank, hint=hinted(found.hint, blank), above=found.above or blank)


LINES, PARTNER_TABLE, MEMBER_TABLE, PLAN_TABLE, MONTH_TABLE = TABLES = tuple(map(_table, page()["table"]))
MORE = TABLES[1:]  # the tables beside the lines


@dataclass(frozen=True)
class Size:
    """How many rows of each table are written. The formulas always reach down to `Table.most` rows."""

    lines: int = LINES.rows
    partners: int = PARTNER_TABLE.rows
    members: int = MEMBER_TABLE.rows

    @classmethod
    def of(cls, lines: int = 0, partners: int = 0, members: int = 0) -> Size:
        """Room for so many rows: never less than the usual.

        >>> Size.of(members=200)
        Size(lines=50, partners=40, members=200)
        """
        usual = cls()
        return cls(max(lines, usual.lines), max(partners, usual.partners), max(members, usual.members))

    def table(self, table: Table) -> Table:
        """A table with this many rows."""
        return replace(table, rows=getattr(self, table.name, table.rows))
