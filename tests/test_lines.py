"""The limits on a quote's lines: thresholds by hand, random lines against the oracle, columns as single lines."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from rules import line_limits
from rules.assess import amounts, split
from rules.engine.column import read
from rules.engine.edition import edition
from rules.engine.steps import Trace
from rules.frames import invoice
from rules.quote import Line, Quote
from tests.oracle import lines as oracle

RULE = edition(line_limits.Edition)
HEAD = Line(0, "会計", "T", 1, frozenset(("会計",)), contract="買取", quantity=1, price=1)


def one(**values: Any) -> tuple[int | None, int]:
    """Amount and eligible cost of one line in the company of a software line of 1 yen."""
    base = {"item": "x", "tool": "T", "quantity": 1, "price": 1_000, "functions": frozenset(("会計",))}
    expense = split((HEAD, Line(1, **{**base, **values})), invoice.FRAME, RULE)[1]
    return expense.amount, expense.eligible


@pytest.mark.parametrize(
    ("values", "amount", "eligible"),
    [
        ({"category": 1, "contract": "月額", "months": 23}, 23_000, 23_000),
        ({"category": 1, "contract": "月額", "months": 24}, 24_000, 24_000),
        ({"category": 1, "contract": "月額", "months": 25}, 25_000, 24_000),
        ({"category": 1, "contract": "月額", "months": 240}, 240_000, 24_000),
        ({"category": 1, "contract": "年額", "months": 24}, 2_000, 2_000),
        ({"category": 1, "contract": "年額", "months": 36}, 3_000, 2_000),
        ({"category": 1, "contract": "買取", "months": None}, 1_000, 1_000),
        ({"category": 2, "contract": "月額", "months": 12}, 12_000, 12_000),
        ({"category": 2, "contract": "月額", "months": 13}, 13_000, 12_000),
        ({"category": 4, "contract": "年額", "months": 24}, 2_000, 1_000),
        ({"category": 7, "contract": "月額", "months": 25}, 25_000, 24_000),
        ({"category": 5, "contract": "月額", "months": 36}, 36_000, 36_000),
        # a discount goes with the months it was given for: (1,000 × 36 − 1) × 24/36 = 23,999.33
        ({"category": 1, "contract": "月額", "months": 36, "discount": 1}, 35_999, 23_999),
        ({"category": 6, "contract": "買取", "price": 2_000_000}, 2_000_000, 2_000_000),
        ({"category": 6, "contract": "買取", "price": 2_000_001}, 2_000_001, 2_000_000),
        ({"category": 8, "contract": "買取", "price": 2_000_001}, 2_000_001, 2_000_001),
        ({"category": 1, "contract": "リース", "months": None}, 1_000, 0),
        ({"category": 1, "contract": "リース", "months": 12}, 12_000, 0),  # what is paid, month by month
        ({"category": 1, "contract": "買取", "functions": frozenset(("勤怠",))}, 1_000, 0),
        # 2-2(2): a service only together with the software that it is paired with; an option is only warned of
        ({"category": 6, "contract": "買取", "tool": "見積に無い"}, 1_000, 0),
        ({"category": 7, "contract": "月額", "months": 12, "tool": "見積に無い"}, 12_000, 0),
        ({"category": 6, "contract": "買取", "tool": ""}, 1_000, 1_000),
        ({"category": 5, "contract": "買取", "tool": "見積に無い"}, 1_000, 1_000),
        ({"category": 2, "contract": "月額", "months": 12, "tool": "見積に無い"}, 12_000, 12_000),
        ({"category": 1, "contract": "買取", "other_subsidy": True}, 1_000, 0),
        ({"category": 1, "contract": "買取", "discount": 1_000}, 0, 0),
        ({"category": 1, "contract": "買取", "discount": 1_001}, None, 0),
    ],
)
def test_amount_and_eligible_cost(values: dict[str, Any], amount: int | None, eligible: int) -> None:
    assert one(**values) == (amount, eligible)


# 2-2(2), カテゴリー5: 「１交付申請当たり、１つのみ申請可能とする」. The larger one counts, the first of equal ones.
@pytest.mark.parametrize(
    ("prices", "eligible"),
    [
        ((300_000,), [300_000]),
        ((300_000, 200_000), [300_000, 0]),
        ((200_000, 300_000), [0, 300_000]),
        ((300_000, 300_000), [300_000, 0]),
        ((200_000, 300_000, 100_000), [0, 300_000, 0]),
        ((0, 0), [0, 0]),
    ],
)
def test_of_several_consulting_lines_the_larger_counts(prices: tuple[int, ...], eligible: list[int]) -> None:
    made = [Line(n, f"相談{n}", "T", 5, contract="買取", quantity=1, price=price) for n, price in enumerate(prices, 1)]
    expenses = split((HEAD, *made), invoice.FRAME, RULE)[1:]
    assert [s.eligible for s in expenses] == eligible
    assert sum(s.reason == line_limits.SECOND for s in expenses) == len(prices) - 1


def test_a_consulting_line_that_cannot_count_does_not_take_the_place_of_another() -> None:
    made = [
        Line(n, f"相談{n}", "T", 5, contract=c, quantity=1, price=p)
        for n, c, p in ((1, "従量", 900_000), (2, "買取", 100_000))
    ]
    assert [s.eligible for s in split((HEAD, *made), invoice.FRAME, RULE)] == [1, 0, 100_000]


def test_a_service_may_name_its_software_by_the_item_where_that_has_no_tool() -> None:
    head = replace(HEAD, item="会計クラウド", tool="")
    for tool, eligible in (("会計クラウド", 1_000), ("会計", 0), ("", 1_000)):
        line = Line(1, "設定", tool, 6, contract="買取", quantity=1, price=1_000)
        assert split((head, line), invoice.FRAME, RULE)[1].eligible == eligible


def test_random_services_agree_with_the_oracle() -> None:
    dice = random.Random(3)
    for _ in range(2_000):
        tools = [dice.choice(("A", "B", "")) for _ in range(dice.randint(1, 2))]
        heads = [replace(HEAD, number=n, tool=tool, item=f"品{n}") for n, tool in enumerate(tools)]
        made = [
            Line(9 + n, tool=dice.choice(("A", "B", "C", "", "品0")), category=dice.randint(5, 7), contract="買取", quantity=1,
                 price=dice.choice((1, 2, 3)))
            for n in range(dice.randint(1, 5))
        ]  # fmt: skip
        names = [head.tool or head.item for head in heads]
        kept = [x for x in made if oracle.together(x.category or 0, x.tool, names)]
        theirs = dict(
            zip(
                [x.number for x in kept],
                oracle.eligible([(x.category or 0, x.price or 0, None) for x in kept]) or [],
                strict=True,
            )
        )
        ours = split((*heads, *made), invoice.FRAME, RULE)[len(heads) :]
        assert [s.eligible for s in ours] == [theirs.get(x.number, (0, 0))[0] for x in made], (heads, made)


def random_lines(dice: random.Random) -> list[Line]:
    made: list[Line] = []
    for number in range(1, dice.randint(2, 9)):
        contract = dice.choice(("買取", "月額", "年額"))
        months = {"買取": None, "月額": dice.randint(1, 60), "年額": 12 * dice.randint(1, 5)}[contract]
        price = dice.choice((0, 1, 999, dice.randrange(2_500_000)))
        category, discount = dice.randint(1, 9), dice.randint(0, price)
        names = {
            "functions": frozenset(("会計",)),
            "contract": contract,
            "quantity": dice.randint(0, 4),
            "price": price,
        }
        made.append(Line(number, tool="T", category=category, months=months, discount=discount, **names))
    return made


@pytest.mark.parametrize("on", [date(2025, 6, 1), date(2026, 6, 1)])
def test_random_lines_agree_with_the_oracle(on: date) -> None:
    dice, rule, compared = random.Random(7), edition(line_limits.Edition, on), 0
    for _ in range(4_000):
        made = [HEAD, *random_lines(dice)]
        theirs = [oracle.amount(x.price, x.quantity, x.months, x.contract, x.discount) for x in made]
        ours = split(made, invoice.FRAME, rule)
        assert [expense.amount for expense in ours] == theirs
        if None in theirs:
            continue
        facts = [(x.category or 0, amount or 0, x.months) for x, amount in zip(made, theirs, strict=True)]
        assert [(expense.eligible, expense.cut) for expense in ours] == oracle.eligible(facts)
        compared += 1
    assert compared > 1_000


def test_a_column_of_lines_gives_what_each_line_gives() -> None:
    import numpy as np

    dice = random.Random(11)
    rows = [
        {
            "price": dice.randrange(100_000),
            "quantity": dice.randint(0, 5),
            "months": 12 * dice.randint(1, 5),
            "discount": 0,
        }
        | {"monthly": bool(i % 3 == 0), "yearly": bool(i % 3 == 1), "limit": dice.choice((0, 12, 24))}
        | {
            "service": bool(i % 2),
            "before": dice.choice((0, 1_999_999, 2_000_000, 2_500_000)),
            "reason": dice.choice((0, 0, 4)),
            "allotted": 0,
        }
        for i in range(500)
    ]
    single = [line_limits.eligible(SimpleNamespace(**row), RULE, Trace()) for row in rows]
    flags = {a.name for a in line_limits.ARGUMENTS if a.kind == "flag"}
    columns = {name: read(np.array([row[name] for row in rows]), flag=name in flags) for name in rows[0]}
    assert line_limits.eligible(SimpleNamespace(**columns), RULE, Trace()).num.tolist() == single


def test_functions_over_several_tools_count_once() -> None:
    def tool(name: str, *functions: str) -> Line:
        return Line(
            1, tool=name, category=1, functions=frozenset(functions), contract="買取", quantity=1, price=900_000
        )

    def counted(*tools: Line) -> Any:
        a = amounts(Quote({"small_claim": False}, tools), invoice.FRAME)
        return a.calculation and a.calculation.given["functions"]

    assert counted(tool("A", "会計"), tool("B", "会計")) == 1
    assert counted(tool("A", "会計"), tool("B", "受発注")) == 2
    assert counted(tool("A", "会計", "受発注"), tool("B", "決済", "勤怠")) == 3
    assert counted(tool("A", "会計"), tool("B", "勤怠")) == 1
