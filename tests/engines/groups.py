"""Groups for the LAMBDA of 複数者連携: tables with good, blank and wrong rows, each a range of its own."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from openpyxl.utils import get_column_letter

from rules.engine.argument import ArgumentError, ExcelError
from rules.engine.evaluate import scalar
from rules.frames import group
from tests.engines import extension
from tests.engines.sheets import literal, put, shown, with_names
from workbooks.lambdas.names import function

SHEET_ROWS = 200  # groups of one workbook
WRONG = (None, "abc", -1, 0.5, ExcelError("#N/A"), ExcelError("#DIV/0!"), 10**11, "", 0)
REST = ("analysis_cost", "admin_cost", "analysis_members")


def differences(n: int, on: date, in_calc: bool = False, seed: int = 0) -> tuple[int, list[Any]]:
    """How many groups were compared, and those that the name, or the extension, answers otherwise than the rules."""
    dice = random.Random(seed + on.year)
    made = [g for g in (_group(dice) for _ in range(n)) if not in_calc or extension.can_ask(g["members"], g.values())]
    right = [_reference(g, on) for g in made]
    ask = extension.groups if in_calc else _answers
    got = [answer for i in range(0, len(made), SHEET_ROWS) for answer in ask(made[i : i + SHEET_ROWS], on)]
    return len(made), [found for found in zip(made, got, right, strict=True) if found[1] != found[2]]


def _group(dice: random.Random) -> dict[str, Any]:
    """A group; one in three has something wrong, some have fewer columns, some blank rows."""
    width, bad = dice.choice((2, 3, 5, 5, 5, 6)), dice.random() < 1 / 3
    rows = [_member(dice, width, bad and dice.random() < 0.1) for _ in range(dice.randint(2, 14))]
    values: dict[str, Any] = {
        "analysis_cost": dice.choice((None, dice.randint(0, 15_000_000))),
        "admin_cost": dice.choice((None, dice.randint(0, 6_000_000))),
        "analysis_members": dice.choice((None, None, dice.randint(0, len(rows)))),
    }
    if dice.random() < 0.1:
        values[dice.choice(REST)] = dice.choice(WRONG)
    return {"members": rows, **values}


def _member(dice: random.Random, width: int, bad: bool) -> list[Any]:
    if dice.random() < 0.15:
        return [dice.choice((None, "")) for _ in range(width)]
    row: list[Any] = [dice.randint(0, 6_000_000), dice.choice((True, False, "小規模", 1)), dice.choice((None, 1, 2, 3))]
    row += [dice.choice((None, 0, dice.randint(0, 400_000))), dice.randint(0, 600_000), dice.choice((None, "備考"))]
    if bad:
        row[dice.randrange(5)] = dice.choice(WRONG)
    return row[:width]


def _reference(g: dict[str, Any], on: date) -> Any:
    try:
        return scalar(group.FRAME, g, on).subsidy
    except ArgumentError as e:
        return e.error


def _answers(groups: list[dict[str, Any]], on: date) -> list[Any]:
    """Each table below the other, its further arguments beside its first row, the answer in column K."""
    with with_names() as engine:
        first, places = 0, list[int]()
        for g in groups:
            for r, row in enumerate(g["members"], first):
                for c, value in enumerate(row):
                    put(engine, r, c, value)
            for c, name in enumerate(REST, 7):
                put(engine, first, c, g[name])
            last = first + len(g["members"])
            table = f"A{first + 1}:{get_column_letter(len(g['members'][0]))}{last}"
            engine.set_formula(
                0, first, 10, f"={function(group.FRAME)}({table},H{first + 1},I{first + 1},J{first + 1},{literal(on)})"
            )
            places.append(first)
            first = last
        engine.recalc()
        return [shown(engine.get_value(0, r, 10)) for r in places]
