"""Random quotes that are valid and readable, as the rules see them and as a person would fill them in."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from rules import applicant, line_limits, near_minimum_wage
from rules.engine.edition import edition, editions
from rules.frames import FRAMES
from rules.frames.security import SERVICE
from rules.quote import FUNCTIONS, Line, Member, Month, Partner, Quote, Row
from workbooks.form.layout import INPUTS, LINES, MORE
from workbooks.reading.filled import Cell, Filled
from workbooks.reading.inputs import quote as quote_of

TOOLS = ("みほん会計", "みほん受発注", "みほん決済", "", "品目1")
CONTRACTS = ("買取", "月額", "年額", "買取", "月額", "年額", "リース", "従量")
PRICES = (0, 1, 999, 10_000, 199_999, 666_666, 2_000_001)
PROCESSES = ("共P-01", "共P-02", "共P-03", "共P-04", "共P-05", "製P-06", "小P-06", "汎P-07")
FIRMS = ("1180301018771", "2130001000001", "5010001000003", "7010001000009", "9010001000007")
THEMES = ("any", "any", "etrade", "security", "group")


def quotes(count: int, seed: int) -> Iterator[Quote]:
    """`count` quotes; the same for the same seed."""
    dice = random.Random(seed)
    return (_quote(dice, dice.choice(THEMES)) for _ in range(count))


def _quote(dice: random.Random, theme: str) -> Quote:
    first = editions(line_limits.Edition)[0].since
    inputs: dict[str, Any] = {
        "application_date": first + timedelta(dice.randrange(900)),
        "industry": dice.choice(applicant.industries()).name,
        "employees": dice.choice((0, 4, 5, 6, 20, 21, 300)),
        "small_claim": dice.choice((True, False)),
        "staff_regular": dice.choice((0, 3, 5, 6, 20, 21, 301)),
        "tax_mode": "税抜",
    }
    for name in dice.sample(sorted(inputs), dice.choice((0, 0, 1, 2))):
        if name != "small_claim" or theme != "any":
            inputs.pop(name)
    if dice.random() < 0.3:
        inputs["reduced_base"] = dice.choice((0, 1, 12, 99))
    if dice.random() < 0.4:
        inputs["total_discount"] = dice.choice(
            (0, 1, 7, 99_999, 100_000, 333_333, dice.randrange(3_000_000), 60_000_001)
        )
    inputs |= {**_frame(dice), **_accounts(dice), **_rescue(dice), **_group(dice)}
    on = inputs.get("application_date")
    made = tuple(_line(dice, number, on, theme) for number in range(1, dice.randint(1, 8) + 1))
    if dice.random() < 0.05:
        made = ()
    return Quote(inputs, made, partners=_partners(dice), members=_members(dice, theme), months=_months(dice))


def _frame(dice: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {"frame": dice.choice(FRAMES).label} if dice.random() < 0.7 else {}
    if dice.random() < 0.4:
        found["near_min_wage"] = dice.choice((True, False))
    if dice.random() < 0.4:
        found["large"] = dice.choice((True, False))
    return found


def _accounts(dice: random.Random) -> dict[str, Any]:
    found = {
        "total_accounts": dice.choice((0, 1, 20, 20, 100, 100_000, 100_001)),
        "sme_accounts": dice.choice((0, 1, 3, 8, 20, 100_000)),
        "accounts_unlimited": dice.random() < 0.1,
    }
    return {name: value for name, value in found.items() if dice.random() < 0.8}


def _rescue(dice: random.Random) -> dict[str, Any]:
    found = {"otasuke_number": "2026-001", "otasuke_granted": dice.random() < 0.15}
    return {name: value for name, value in found.items() if dice.random() < 0.8}


def _group(dice: random.Random) -> dict[str, Any]:
    found = {
        "analysis_cost": dice.choice((0, 1, 749_999, 9_000_000, 60_000_000)),
        "admin_cost": dice.choice((0, 1, 2_999_999, 3_000_000, 9_000_000)),
        "analysis_members": dice.choice((0, 1, 9, 10, 11)),
        "vendor_corporate_number": FIRMS[0],
        "expert_corporate_number": FIRMS[1],
    }
    return {name: value for name, value in found.items() if dice.random() < 0.4}


def _partners(dice: random.Random) -> tuple[Partner, ...]:
    count = dice.choice((0, 0, 1, 3))
    return tuple(
        Partner(n, name=f"取引先{n}", sme=dice.random() < 0.7, accounts=dice.choice((0, 1, 2, 5, 40)))
        for n in range(1, count + 1)
    )


def _members(dice: random.Random, theme: str) -> tuple[Member, ...]:
    count = dice.choice((9, 10, 11, 12)) if theme == "group" else dice.choice((0, 0, 0, 2))
    return tuple(_member(dice, n) for n in range(1, count + 1))


def _member(dice: random.Random, n: int) -> Member:
    cost = dice.choice((0, 1, 400_000, 624_999, 625_000, 666_667, 1_000_000, 5_000_000, dice.randrange(6_000_000)))
    return Member(
        n,
        name=f"構成員{n}",
        corporate_number=dice.choice(FIRMS) if dice.random() < 0.03 else None,
        small_biz=dice.random() < 0.5,
        cost=cost,
        functions=dice.choice((None, 1, 2, 3)),
        pc_cost=dice.choice((None, None, 1, 199_999, 250_000)),
        register_cost=dice.choice((None, None, 1, 399_999, 500_000)),
        analysis=dice.choice((None, True, False)),
    )


def _months(dice: random.Random) -> tuple[Month, ...]:
    if dice.random() < 0.5:
        return ()
    hits = dice.choice((0.1, 0.3, 0.9))
    months = [
        Month(n, everyone=10, below=dice.choice((3, 4, 10)) if dice.random() < hits else dice.choice((0, 2)))
        for n in range(1, near_minimum_wage.MONTHS + 1)
    ]
    return tuple(m for m in months if dice.random() < 0.9)


def _line(dice: random.Random, number: int, on: date | None, theme: str) -> Line:
    contract = dice.choice(CONTRACTS)
    timed = next(c.months for c in edition(line_limits.Edition, on).contract if c.name == contract)
    only_software = theme in ("etrade", "security")
    category = 1 if only_software and dice.random() < 0.95 else dice.choice((1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9))
    names = (*FUNCTIONS, SERVICE)
    functions = frozenset(dice.sample(names, dice.randint(0, 3))) if category == 1 else frozenset[str]()
    if only_software and category == 1 and dice.random() < 0.8:
        functions |= {"受発注"} if theme == "etrade" else {SERVICE}
    price = dice.choice((*PRICES, dice.randrange(1, 3_000_000)))
    months = dice.choice((12, 24, 36)) if contract == "年額" else dice.choice((1, 5, 12, 13, 24, 25, 36, 60))
    return Line(
        number=number,
        item=f"品目{number}",
        tool=TOOLS[0] if theme == "etrade" and dice.random() < 0.9 else dice.choice(TOOLS),
        category=category,
        functions=functions,
        processes=frozenset(dice.sample(PROCESSES, dice.choice((0, 1, 2, 5)))) if category == 1 else frozenset[str](),
        contract=contract,
        unit="個",
        quantity=dice.choice((1, 1, 2, 3, 7)),
        price=price,
        months=months if timed or (contract not in ("買取", "月額", "年額") and dice.random() < 0.5) else None,
        discount=dice.choice((0, 0, 0, 1, price // 3)),
        other_subsidy=dice.random() < 0.1,
    )


def data(quote: Quote) -> dict[str, Any]:
    """A quote as `workbooks.building.fill` takes it."""
    tables = {"partners": quote.partners, "members": quote.members, "months": quote.months}
    more = {table.name: _rows(table.name, tables[table.name]) for table in MORE if table.name in tables}
    return {"inputs": dict(quote.inputs), "lines": [_row(line) for line in quote.lines], **more}


def _row(line: Line) -> dict[str, Any]:
    names = ("item", "tool", "category", "functions", "contract", "unit", "quantity", "price", "months", "discount")
    row = {name: getattr(line, name) for name in names}
    row["other_subsidy"] = line.other_subsidy
    row["processes"] = "、".join(sorted(line.processes))
    return {
        name: value for name, value in row.items() if value not in (None, "", frozenset(), 0, False) or name == "price"
    }


def _rows(table: str, rows: tuple[Row, ...]) -> list[dict[str, Any]]:
    """Rows of a table at their places, blank ones between them."""
    columns = [c.name for t in MORE if t.name == table for c in t.columns if not c.computed]
    found: list[dict[str, Any]] = [{} for _ in range(max((r.number for r in rows), default=0))]
    for r in rows:
        values = {name: getattr(r, name) for name in columns}
        found[r.number - 1] = {name: value for name, value in values.items() if value not in (None, "")}
    return found


def read(cells: Mapping[str, Any]) -> Quote:
    """The quote that the reader makes of what was typed: address -> value."""
    names = {i.name: Cell(cells.get(i.address), i.address) for i in INPUTS}

    def rows(table: Any) -> list[dict[str, Cell]]:
        typed = [c.name for c in table.columns if not c.computed]
        at = [{name: table.cell(name, n) for name in typed} for n in range(1, (table.most or table.rows) + 1)]
        last = max((n for n, row in enumerate(at, 1) if any(cells.get(a) is not None for a in row.values())), default=0)
        return [{name: Cell(cells.get(a), a) for name, a in row.items()} for row in at[:last]]

    return quote_of(Filled(names, rows(LINES), {table.name: rows(table) for table in MORE}))
