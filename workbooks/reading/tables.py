"""Rows of the tables become the rules' own rows; what cannot be read or is missing is a finding at its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from rules import line_limits
from rules.findings import Finding
from rules.quote import Line, Member, Month, Partner, Row, Year
from workbooks.form import layout
from workbooks.form.layout import LINES, MEMBER_TABLE, MONTH_TABLE, PARTNER_TABLE, PLAN_TABLE, Column, Table
from workbooks.form.vocabulary import key
from workbooks.reading import cell_values, columns
from workbooks.reading.columns import READERS
from workbooks.reading.filled import Cell

R = TypeVar("R", bound=Row)
Cells = Mapping[str, Cell]
Readers = Mapping[str, Callable[[Any, Column], Any]]
OUTRIGHT = "買取"
LACKS = "値を入れるか、使わない行ならほかの欄も消してください。"


def lines(rows: Sequence[Cells], rule: line_limits.Edition, found: list[Finding]) -> tuple[Line, ...]:
    """The lines of 見積, each tool spelled as on its first line: spaces and capitals do not part a tool from its options."""
    made = [_line(number, cells, rule, found) for number, cells in enumerate(rows, 1)]
    first: dict[str, str] = {}
    return tuple(replace(line, tool=first.setdefault(key(line.tool), line.tool)) for line in made if line)


def more(tables: Mapping[str, Sequence[Cells]], found: list[Finding]) -> dict[str, Any]:
    """The rows of the tables beside the lines; one that is blank in all columns does not count."""

    def of(cls: type[R], table: Table) -> tuple[R, ...]:
        made = (row(cls, table, n, cells, found) for n, cells in enumerate(tables.get(table.name, ()), 1))
        return tuple(one for one in made if one is not None)

    return {
        "partners": of(Partner, PARTNER_TABLE),
        "members": of(Member, MEMBER_TABLE),
        "months": tuple(_possible(m, found) for m in of(Month, MONTH_TABLE)),
        "plan": of(Year, PLAN_TABLE),
    }


def row(
    cls: type[R], table: Table, number: int, cells: Cells, found: list[Finding], readers: Readers = READERS
) -> R | None:
    """The row in row `number` of a table, from 1; None where every input of it is blank."""
    given = {
        c.name: cells[c.name] for c in table.typed if c.name in cells and not columns.blank(cells[c.name].value, c)
    }
    if not given:
        return None
    mine: list[Finding] = []

    def take(c: Column) -> Any:
        called = table.called(c.name, number)
        return cell_values.take(given.get(c.name), called, lambda value: readers[c.reader](value, c), mine)

    typed = {c.name: value for c in table.typed if (value := take(c)) is not None}
    places = {name: cell.address for name, cell in cells.items()}
    lacking = (c.name for c in table.typed if c.required and c.name not in given)
    mine += (_blank(table, name, number, places.get(name, ""), LACKS) for name in lacking)
    found += mine
    return cls(number, cells=places, readable=not mine, **typed)


def _line(number: int, cells: Cells, rule: line_limits.Edition, found: list[Finding]) -> Line | None:
    """A line; its contract says whether its months are asked for."""
    said = cell_values.take(cells.get("contract"), "", columns.contract, []) or ""
    months = cells.get("months", Cell(None))
    if said == OUTRIGHT:
        cells = {**cells, "months": replace(months, value=None)}
    made = row(Line, LINES, number, cells, found, {**READERS, "months": partial(columns.months, contract=said)})
    terms = rule.terms(said)
    if made is None or terms is None or not terms.months or not columns.blank(months.value, LINES.of("months")):
        return made
    found.append(_blank(LINES, "months", number, months.address, f"契約が{said}の行には月数を入れてください。"))
    return replace(made, readable=False)


def _blank(table: Table, name: str, number: int, cell: str, todo: str) -> Finding:
    return cell_values.unreadable(f"{table.called(name, number)}が空欄です。{todo}", cell)


def _possible(m: Month, found: list[Finding]) -> Month:
    if m.everyone is None or m.below is None or m.below <= m.everyone:
        return m
    text = f"シート「{layout.PLAN}」の{m.number}行目の月は、境の額に満たない人数（{m.below}）が全従業員数（{m.everyone}）を超えています。"
    found.append(cell_values.unreadable(text + "人数を直してください。", m.cell("below")))
    return replace(m, readable=False)
