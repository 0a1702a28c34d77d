"""Every cell that stands alone (and those of 計画), how it is read, and its row on 一覧, where formulas find it as read.

>>> value_of("employees"), ENTRIES["employees"].number
("'一覧'!$H$21", Number(low=0, high=None, whole=True))
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.engine.argument import kinds
from workbooks.form import layout
from workbooks.form.layout import INPUTS, MEMBERS, QUOTE, Input
from workbooks.form.tables import MONTH_TABLE, NUMBERS, PLAN_TABLE, Column, Table

LARGEST = kinds()["yen"].high
MAX_DIGITS = 15  # digits that Excel keeps exactly
TOP = 2  # first row on 一覧
STRICT = frozenset({"kind", "role", "tax_mode"})  # choices that the rules read: another text is a mistake
OWNED = frozenset({"frame", "industry", "prefecture", "office_prefecture"})  # lists of the rules, with other names too
NUMBERED = frozenset({"vendor_invoice_number"})  # texts that the rules take for numbers
WITH_TAX = frozenset({"total_discount"})  # amounts typed as 税区分 says, as the prices are
PLACE, TEXT, FOUND, DATE, YEAR, MONTH, DAY, VALUE, WRONG = "ABCDEFGHI"  # the columns on 一覧


@dataclass(frozen=True)
class Number:
    """What a number must be."""

    low: int | None = 0
    high: int | None = None
    whole: bool = True


@dataclass(frozen=True)
class Entry:
    """One cell: its kind says how it is read; "" where any text will do."""

    name: str
    label: str  # as a finding calls it
    sheet: str
    cell: str
    kind: str
    row: int  # on 一覧
    limit: int | None = None
    number: Number | None = None

    @property
    def address(self) -> str:
        """Sheet and cell: 見積!C5."""
        return f"{self.sheet}!{self.cell}"


def number_of(what: Input | Column) -> Number | None:
    """What a number in this cell must be; None where it is no number."""
    if what.kind not in NUMBERS:
        return None
    if isinstance(what, Column):
        high = kinds()[what.high].high if what.high else None
        return Number(None if what.negative else what.low, high, what.kind != "decimal")
    most = LARGEST if what.kind == "yen" and what.sheet in (QUOTE, MEMBERS) else None
    return Number(None if what.negative else 0, most, what.kind != "decimal")


def _kind(i: Input) -> str:
    """How an input is read."""
    if i.name in NUMBERED:
        return "code"
    if i.name in STRICT or i.name in OWNED:
        return i.name
    return "number" if number_of(i) else i.kind if i.kind in ("date", "yesno", "digits") else ""


def _all() -> Iterator[Entry]:
    row = TOP
    for i in INPUTS:
        yield Entry(i.name, f"「{i.label}」", i.sheet, i.cell, _kind(i), row, i.limit, number_of(i))
        row += 1
    for table in (MONTH_TABLE, PLAN_TABLE):
        for c in table.typed:
            for n in range(1, table.rows + 1):
                label, cell = table.called(c.name, n), table.cell(c.name, n).partition("!")[2]
                yield Entry(of_table(table, c.name, n), label, table.sheet, cell, "number", row, None, number_of(c))
                row += 1


def of_table(table: Table, name: str, n: int) -> str:
    """The name of a cell of 計画 among the entries."""
    return f"{table.name}.{name}.{n}"


ENTRIES = {e.name: e for e in _all()}


def place(name: str, column: str) -> str:
    """A cell on 一覧 about an entry."""
    return f"'{layout.LISTS}'!${column}${ENTRIES[name].row}"


def value_of(name: str) -> str:
    """The value as read: "" for blank, an error where it cannot be read."""
    return place(name, VALUE)


def text_of(name: str) -> str:
    """The text as folded."""
    return place(name, TEXT)


def spans(table: Table, name: str, column: str = VALUE) -> str:
    """The cells on 一覧 about a column of a table of 計画."""
    first, last = (ENTRIES[of_table(table, name, n)].row for n in (1, table.rows))
    return f"'{layout.LISTS}'!${column}${first}:${column}${last}"
