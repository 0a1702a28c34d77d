"""One row of the table of lines becomes a Line; what is missing or cannot be read is a finding at its cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from rules import lines
from rules.argument import kinds
from rules.findings import Finding
from rules.quote import Line
from workbooks import layout, typed
from workbooks.filled import Cell
from workbooks.typed import Mistake

T = TypeVar("T")
Row = Mapping[str, Cell]
TITLES = {c.name: c.title for c in layout.LINES.columns if not c.computed}
NEEDED = ("category", "contract", "quantity", "price")  # of every line
OPTIONAL = frozenset({"functions", "processes", "months", "discount", "other_subsidy"})
DASHES = frozenset("-‐―ー－–—−")  # what people type in an optional cell where there is nothing
BETWEEN = re.compile(r"[・､、,/\s]+")  # between the functions or processes of one cell, after NFKC
NUMBERED = re.compile(r"([0-9]+)(?![0-9,.])")  # the number before the name of a category
OUTRIGHT, YEARLY = "買取", "年額"


def line(number: int, row: Row, rule: lines.Edition, found: list[Finding]) -> Line | None:
    """The line in row `number` of the table, from 1; None where every input of the row is blank."""
    cells = {name: cell.address for name, cell in row.items()}
    row = {name: cell for name, cell in row.items() if not (typed.blank(cell.value) or _dash(name, cell.value))}
    if not row:
        return None
    mine: list[Finding] = []

    def take(name: str, read: Callable[[Any], T]) -> T | None:
        return typed.take(row.get(name), f"「{TITLES[name]}」（{number}行目）", read, mine)

    contract = take("contract", typed.plain) or ""
    made = Line(
        number=number,
        item=take("item", typed.text) or "",
        tool=take("tool", typed.text) or "",
        category=take("category", lambda value: _category(value, rule)),
        functions=take("functions", _names) or frozenset(),
        processes=take("processes", _processes) or frozenset(),
        contract=contract,
        unit=take("unit", typed.text) or "",
        quantity=take("quantity", lambda value: typed.whole(value, high=kinds()["yen"].high)),
        price=take("price", typed.amount),
        months=None if contract == OUTRIGHT else take("months", lambda value: _months(value, contract)),
        discount=take("discount", typed.amount) or 0,
        note=take("note", typed.text) or "",
        other_subsidy=take("other_subsidy", typed.yes) or False,
        cells=cells,
    )
    mine += _lacking(made, row, rule)
    found += mine
    return replace(made, readable=not mine)


def _dash(name: str, value: Any) -> bool:
    return name in OPTIONAL and isinstance(value, str) and set(typed.text(value)) <= DASHES


def _lacking(made: Line, row: Row, rule: lines.Edition) -> Iterator[Finding]:
    """What a line needs and does not say."""
    for name in NEEDED:
        if name not in row:
            yield _blank(made, name, "が空欄です。値を入れるか、使わない行ならほかの欄も消してください。")
    terms = rule.terms(made.contract)
    if terms is not None and terms.months and "months" not in row:
        yield _blank(made, "months", f"が空欄です。契約が{made.contract}の行には月数を入れてください。")


def _blank(made: Line, name: str, message: str) -> Finding:
    return typed.unreadable(f"「{TITLES[name]}」（{made.number}行目）{message}", made.cell(name))


def _category(value: Any, rule: lines.Edition) -> int:
    """カテゴリー: the number in front, 1 of "1 ソフトウェア"; a name alone will do."""
    shown = typed.plain(value)
    match = NUMBERED.match(shown)
    for known in rule.category:
        if (match and int(match[1]) == known.number) or typed.same(shown, known.name):
            return known.number
    raise Mistake("はセルの一覧から選んでください。先頭の数字がカテゴリーの番号です。")


def _names(value: Any) -> frozenset[str]:
    return frozenset(name for name in BETWEEN.split(typed.plain(value)) if name)


def _processes(value: Any) -> frozenset[str]:
    """プロセス: 共Ｐ－０１ is 共P-01, whichever hyphen was typed."""
    return frozenset(typed.HYPHENS.sub("-", name).upper() for name in _names(value))


def _months(value: Any, contract: str) -> int:
    months = typed.whole(value, low=1, high=kinds()["yen"].high)
    if contract == YEARLY and months % lines.YEAR:
        raise Mistake(f"は、契約が{YEARLY}の行では{lines.YEAR}の倍数で入れてください。")
    return months
