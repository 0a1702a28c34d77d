"""Random quotes that are valid and readable, as the rules see them and as a person would fill them in."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from rules import applicant, lines
from rules.edition import edition
from rules.quote import FUNCTIONS, Line, Quote
from workbooks.text import every

TOOLS = ("みほん会計", "みほん受発注", "みほん決済", "")
CONTRACTS = ("買取", "月額", "年額", "買取", "月額", "年額", "リース", "従量")
PRICES = (0, 1, 999, 10_000, 199_999, 666_666, 2_000_001)


def quotes(count: int, seed: int) -> Iterator[Quote]:
    """`count` quotes; the same for the same seed."""
    dice = random.Random(seed)
    return (_quote(dice) for _ in range(count))


def _quote(dice: random.Random) -> Quote:
    first = every(lines.Edition)[0].since
    inputs: dict[str, Any] = {
        "application_date": first + timedelta(dice.randrange(900)),
        "industry": dice.choice(applicant.industries()).name,
        "employees": dice.choice((0, 4, 5, 6, 20, 21, 300)),
        "small_claim": dice.choice((True, False)),
        "tax_mode": "税抜",
    }
    for name in dice.sample(sorted(inputs), dice.choice((0, 0, 1, 2))):
        if name != "small_claim":
            inputs.pop(name)
    if dice.random() < 0.3:
        inputs["reduced_base"] = dice.choice((0, 1, 12, 99))
    made = tuple(_line(dice, number, inputs.get("application_date")) for number in range(1, dice.randint(1, 8) + 1))
    return Quote(inputs, made)


def _line(dice: random.Random, number: int, on: date | None) -> Line:
    contract = dice.choice(CONTRACTS)
    timed = next(c.months for c in edition(lines.Edition, on).contract if c.name == contract)
    category = dice.choice((1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9))
    functions = frozenset(dice.sample(FUNCTIONS, dice.randint(0, 3))) if category == 1 else frozenset[str]()
    price = dice.choice((*PRICES, dice.randrange(1, 3_000_000)))
    quantity = dice.choice((1, 1, 2, 3, 7))
    months = (
        None
        if not timed
        else dice.choice((12, 24, 36))
        if contract == "年額"
        else dice.choice((1, 5, 12, 13, 24, 25, 36, 60))
    )
    return Line(
        number=number,
        item=f"品目{number}",
        tool=dice.choice(TOOLS),
        category=category,
        functions=functions,
        contract=contract,
        unit="個",
        quantity=quantity,
        price=price,
        months=months,
        discount=dice.choice((0, 0, 0, 1, price // 3)),
        other_subsidy=dice.random() < 0.1,
    )


def data(quote: Quote) -> dict[str, Any]:
    """A quote as `workbooks.fill` takes it."""
    return {"inputs": dict(quote.inputs), "lines": [_row(line) for line in quote.lines]}


def _row(line: Line) -> dict[str, Any]:
    names = ("item", "tool", "category", "functions", "contract", "unit", "quantity", "price", "months", "discount")
    row = {name: getattr(line, name) for name in names}
    row["other_subsidy"] = line.other_subsidy
    return {
        name: value for name, value in row.items() if value not in (None, "", frozenset(), 0, False) or name == "price"
    }
