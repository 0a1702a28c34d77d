"""Rows of 取引先, 構成員 and 計画 become the rules' own rows; what cannot be read or is missing is a finding at its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from rules.findings import Finding
from rules.quote import Member, Month, Partner, Row, Year
from workbooks.form import layout
from workbooks.form.entered_cells import number_of
from workbooks.reading import cell_values
from workbooks.reading.filled import Cell

R = TypeVar("R", bound=Row)
Cells = Mapping[str, Cell]
NEEDED = {"partners": ("sme", "accounts"), "members": ("small_biz", "cost")}  # of every row that is not blank
READERS: dict[str, Callable[[Any], Any]] = {
    "name": cell_values.text,
    "note": cell_values.text,
    "role": cell_values.text,
    "corporate_number": lambda v: cell_values.digits(v, layout.LIMITS["vendor_corporate_number"]),
    "sme": cell_values.yes,
    "consent": cell_values.yes,
    "small_biz": cell_values.yes,
    "analysis": cell_values.yes,
    **{
        c.name: partial(cell_values.within, what=number)
        for t in layout.MORE
        for c in t.columns
        if (number := number_of(c))
    },
}


def partners(rows: Sequence[Cells], found: list[Finding]) -> tuple[Partner, ...]:
    """The 取引先 that are listed."""
    return _rows(Partner, layout.PARTNER_TABLE, rows, found)


def members(rows: Sequence[Cells], found: list[Finding]) -> tuple[Member, ...]:
    """The 構成員; a row that is blank in all columns does not count."""
    return _rows(Member, layout.MEMBER_TABLE, rows, found)


def months(rows: Sequence[Cells], found: list[Finding]) -> tuple[Month, ...]:
    """The months of 最低賃金近傍 that are answered."""
    read = _rows(Month, layout.MONTH_TABLE, rows, found)
    return tuple(_possible(m, found) for m in read)


def plan(rows: Sequence[Cells], found: list[Finding]) -> tuple[Year, ...]:
    """The years of 労働生産性 that are filled."""
    return _rows(Year, layout.PLAN_TABLE, rows, found)


def _rows(cls: type[R], table: layout.Table, rows: Sequence[Cells], found: list[Finding]) -> tuple[R, ...]:
    made = [_row(cls, table, number, row, found) for number, row in enumerate(rows, 1)]
    return tuple(row for row in made if row is not None)


def _row(cls: type[R], table: layout.Table, number: int, row: Cells, found: list[Finding]) -> R | None:
    columns = [c for c in table.columns if not c.computed]
    typed_in = {c.name for c in columns if c.name in row and not cell_values.blank(row[c.name].value)}
    if not typed_in:
        return None
    mine: list[Finding] = []
    called = {c.name: f"シート「{table.sheet}」の「{c.title}」（{number}行目）" for c in columns}
    values = {c.name: cell_values.take(row.get(c.name), called[c.name], READERS[c.name], mine) for c in columns}
    cells = {name: cell.address for name, cell in row.items()}
    for name in NEEDED.get(table.name, ()):
        if name not in typed_in:
            text = f"{called[name]}が空欄です。値を入れるか、使わない行ならほかの欄も消してください。"
            mine.append(cell_values.unreadable(text, cells.get(name, "")))
    found += mine
    given = {name: value for name, value in values.items() if value is not None}
    return cls(number, cells=cells, readable=not mine, **given)


def _possible(m: Month, found: list[Finding]) -> Month:
    if m.everyone is None or m.below is None or m.below <= m.everyone:
        return m
    text = f"シート「{layout.PLAN}」の{m.number}行目の月は、境の額に満たない人数（{m.below}）が全従業員数（{m.everyone}）を超えています。"
    found.append(cell_values.unreadable(text + "人数を直してください。", m.cell("below")))
    return replace(m, readable=False)
