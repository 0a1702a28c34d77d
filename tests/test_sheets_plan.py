"""計画: growth, targets, the raise and 最低賃金近傍 on the sheet are what the rules say, at the edges too."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from rules import near_minimum_wage, obligations, payroll
from rules.checks.check import assess
from rules.frames import FRAMES, normal
from rules.quote import Month
from tests.office import recalculated
from tests.sheet import Sheet, quote_of, shared, typed
from tests.test_workbook import HERE
from workbooks.building.formula_text import absolute
from workbooks.building.sheets import plan, plan_common, plan_wage_raise
from workbooks.form import layout

IN_2025, IN_2026 = date(2025, 8, 1), date(2026, 8, 1)
DAYS = (IN_2025, IN_2026)
EDGES = (-1, 0, 1)


@pytest.fixture
def desk() -> Sheet:
    return shared()


def address(cell: str) -> str:
    """'計画'!$C$5 as 計画!C5."""
    return cell.replace("'", "").replace("$", "")


def planned(values: list[int]) -> list[dict[str, Any]]:
    """Years whose 付加価値額 is each value, with one employee and one hour."""
    return [{"operating": v, "personnel": 0, "depreciation": 0, "employees": 1, "hours": 1} for v in values]


def reached(base: int, rate: Fraction, years: int) -> int:
    """The least whole value that reaches the rate after so many years."""
    return -int(-base * (1 + rate) ** years // 1)


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("base", [1_000, 2_600, 83_333_333, 999_999_937, 2_000_000_000])
def test_growth_and_targets_at_their_edges(desk: Sheet, on: date, base: int) -> None:
    for percent in (1, 3, 4, 5, 6):
        rate = Fraction(percent, 100)
        for edge in EDGES:
            values = [base, *(reached(base, rate, n) + edge for n in (1, 2, 3))]
            desk.enter({"inputs": {"application_date": on}, "plan": planned(values)})
            for n in (1, 2, 3):
                shown = desk.shown(address(plan.cell("growth", n + 1)))
                assert shown == pytest.approx(float(obligations.growth(base, values[n], n, on)), abs=1e-12)
            _targets(desk, values, False, on)


def _targets(desk: Sheet, values: list[int], past: bool, on: date) -> None:
    for row, f in enumerate(FRAMES, plan.TOP):
        t = obligations.target(f.name, past, on)
        met = None if t is None else obligations.growth(values[0], values[t.years], t.years, on) >= t.cagr
        words = plan_common.NONE if met is None else plan_common.MET if met else plan_common.MISSED
        assert desk.shown(f"計画!J{row}") == words, f.name
        first = (
            None
            if t is None or t.first_year is None
            else obligations.growth(values[0], values[1], 1, on) >= t.first_year
        )
        assert desk.shown(f"計画!F{row}") == (
            plan_common.NONE if first is None else plan_common.MET if first else plan_common.MISSED
        )


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_random_plans_are_the_rules_own(desk: Sheet, on: date) -> None:
    dice = random.Random(4)
    for _ in range(40):
        rows = [
            {
                "operating": dice.randrange(-5_000_000, 60_000_000),
                "personnel": dice.randrange(6_000_000, 400_000_000),
                "depreciation": dice.randrange(0, 9_000_000),
                "employees": Fraction(dice.randrange(2, 600), 2),
                "hours": Fraction(dice.randrange(300, 4_400), 2),
            }
            for _ in range(4)
        ]
        past = dice.random() < 0.5
        desk.enter({"inputs": {"application_date": on, "past_grant": past}, "plan": rows})
        values: list[Any] = [obligations.productivity(*row.values()) for row in rows]
        for n, value in enumerate(values, 1):
            assert desk.shown(address(plan.cell("productivity", n))) == pytest.approx(float(value), rel=1e-12)
        _targets(desk, values, past, on)


def test_a_plan_without_hours_or_with_losses_has_no_growth(desk: Sheet) -> None:
    desk.enter(
        {"plan": [{"operating": -5, "personnel": 1, "depreciation": 1, "employees": 1, "hours": 1}, *planned([4])]}
    )
    assert desk.shown(address(plan.cell("growth", 2))) is None
    desk.enter({"plan": [{**planned([4])[0], "hours": 0}, *planned([4])]})
    assert desk.shown(address(plan.cell("productivity", 1))) is None
    desk.enter({"plan": planned([4])})
    assert desk.shown(address(plan.cell("growth", 2))) == ""


def lines(total: int) -> list[dict[str, Any]]:
    """A quote of the normal frame whose subsidy is half the total."""
    return [
        {
            "item": "a",
            "category": "1 ソフトウェア",
            "processes": "共P-01、共P-02、共P-03、共P-04",
            "contract": "買取",
            "quantity": 1,
            "price": total,
        }
    ]


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize(("past", "employees"), [(False, 30), (True, 30), (True, 3)])
@pytest.mark.parametrize("subsidy", [60_000, 1_499_999, 1_500_000, 4_500_000])
def test_the_raise_that_is_asked_for(desk: Sheet, on: date, past: bool, employees: int, subsidy: int) -> None:
    asked = obligations.wage_plan(subsidy, past, employees == 3, on)
    for base in (11_800_000, 123_456_789, 987_654_321_012):
        for edge in EDGES:
            last = reached(base, asked.cagr or Fraction(0), 3) + edge
            inputs = {
                "application_date": on, "frame": "通常枠", "industry": "卸売業", "employees": employees, "small_claim": True,
                "past_grant": past, "prefecture": "長野県", "wage_base": base, "wage_y3": last, "office_min_wage": 1_000,
            }  # fmt: skip
            desk.enter({"inputs": inputs, "lines": lines(subsidy * 2)})
            assert desk.shown("補助額!" + layout.RESULT["out_subsidy"].cell) == subsidy
            met = asked.cagr is not None and obligations.growth(base, last, 3, on) >= asked.cagr
            words = plan_wage_raise.NOT_ASKED if not asked.required else plan_common.MET if met else plan_common.MISSED
            assert desk.shown(address(plan_wage_raise.VERDICT)) == words
            rate = desk.shown(address(plan_wage_raise.NEED))
            assert rate == (float(asked.cagr) if asked.cagr else plan_wage_raise.NOT_ASKED)
            floor = desk.shown(address(plan_wage_raise.PLUS))
            region = desk.shown(address(plan_wage_raise.REGION))
            assert floor == (
                plan_wage_raise.NOT_ASKED if asked.minimum_wage_plus is None else region + asked.minimum_wage_plus
            )


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize(("processes", "past"), [(3, False), (4, False), (3, True)])
def test_no_raise_is_asked_for_in_the_lower_bracket(desk: Sheet, on: date, processes: int, past: bool) -> None:
    """1,500,000 from three processes (2026) stays in the lower bracket: only a past recipient's raise is asked for."""
    row = {**lines(3_000_000)[0], "processes": "、".join(f"共P-0{n}" for n in range(1, processes + 1))}
    inputs = {
        "application_date": on, "frame": "通常枠", "industry": "卸売業", "employees": 30, "small_claim": False, "past_grant": past,
        "prefecture": "長野県", "wage_base": 10_000_000, "wage_y3": 10_000_000, "office_min_wage": 1_000,
    }  # fmt: skip
    desk.enter({"inputs": inputs, "lines": [row]})
    subsidy = desk.shown("補助額!" + layout.RESULT["out_subsidy"].cell)
    asked = obligations.wage_plan(int(subsidy), past, False, on, "normal", upper=processes == 4)
    assert desk.shown(address(plan_wage_raise.NEED)) == (float(asked.cagr) if asked.cagr else plan_wage_raise.NOT_ASKED)
    assert desk.shown(address(plan_wage_raise.VERDICT)) == (
        plan_common.MISSED if asked.required else plan_wage_raise.NOT_ASKED
    )
    if asked.minimum_wage_plus is None:
        assert desk.shown(address(plan_wage_raise.PLUS)) == plan_wage_raise.NOT_ASKED


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize(("heads", "later"), [(10, 11), (10, 9), (Fraction(9, 2), Fraction(11, 2)), (60, 60)])
def test_the_raise_is_counted_per_head_from_2026(desk: Sheet, on: date, heads: Fraction, later: Fraction) -> None:
    asked = obligations.wage_plan(1_500_000, False, False, on)
    share = Fraction(later) / heads if on >= IN_2026 else Fraction(1)
    for edge in EDGES:
        inputs = {
            "application_date": on, "frame": "通常枠", "industry": "卸売業", "employees": 60, "wage_base": 123_456_000,
            "wage_y3": reached(123_456_000, (1 + (asked.cagr or 0)) ** 3 * share - 1, 1) + edge,
            "wage_heads": heads, "wage_heads_y3": later,
        }  # fmt: skip
        data = {"inputs": inputs, "lines": lines(3_000_000)}
        desk.enter(data)
        found = payroll.growth(assess(quote_of(data), normal.FRAME))
        assert found is not None
        assert desk.shown(f"計画!D{plan_wage_raise.TOP + 5}") == pytest.approx(float(found.rate), abs=1e-12)
        assert asked.cagr is not None
        assert desk.shown(address(plan_wage_raise.VERDICT)) == (
            plan_common.MET if found.rate >= asked.cagr else plan_common.MISSED
        )


@pytest.mark.parametrize("trade", ["介護サービス事業者", "学校・専修学校・各種学校"])
def test_an_exempt_trade_is_asked_for_nothing(desk: Sheet, trade: str) -> None:
    inputs = {
        "application_date": IN_2026,
        "frame": "通常枠",
        "industry": "サービス業",
        "employees": 60,
        "wage_exempt": trade,
    }
    desk.enter({"inputs": inputs, "lines": lines(3_000_000)})
    assert desk.shown(address(plan_wage_raise.NEED)) == plan_wage_raise.NOT_ASKED
    assert desk.shown(address(plan_wage_raise.PLUS)) == plan_wage_raise.NOT_ASKED


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_near_minimum_wage_by_months(desk: Sheet, on: date) -> None:
    dice = random.Random(9)
    for _ in range(60):
        months: list[dict[str, Any]] = []
        for _ in range(12):
            everyone = dice.choice((1, 3, 7, 10, 20, 33))
            below = dice.choice((0, everyone * 3 // 10, -(-everyone * 3 // 10), everyone))
            months.append({} if dice.random() < 0.2 else {"everyone": everyone, "below": below})
        data = {"inputs": {"application_date": on, "near_min_wage": True}, "months": months}
        desk.enter(data)
        verdict = near_minimum_wage.of(quote_of(data, months=Month))
        words = {True: "該当する", False: "該当しない", None: "判定不能"}[verdict]
        assert desk.shown(address(absolute("計画", f"J{layout.MONTH_TABLE.header + 3}"))) == words
        for n, m in enumerate(months, 1):
            hit = desk.shown(layout.MONTH_TABLE.cell("hit", n))
            assert hit == (
                near_minimum_wage.hit(Month(n, **m), near_minimum_wage.edition(near_minimum_wage.Edition, on))
                if m
                else ""
            )


@pytest.mark.parametrize(("answer", "words"), [(True, "該当する"), (False, "該当しない"), (None, "判定不能")])
def test_without_months_the_typed_answer_stands(desk: Sheet, answer: bool | None, words: str) -> None:
    desk.enter({"inputs": {"near_min_wage": answer}})
    assert desk.shown(f"計画!J{layout.MONTH_TABLE.header + 3}") == words


def test_a_month_that_cannot_be_is_not_answered(desk: Sheet) -> None:
    rows = [{"everyone": 5, "below": 6}, {"everyone": 5}, {"everyone": 0, "below": 0}]
    desk.enter({"months": rows})
    assert [desk.shown(layout.MONTH_TABLE.cell("hit", n)) for n in (1, 2, 3)] == ["", "", ""]
    assert all("←" in desk.shown(f"計画!G{layout.MONTH_TABLE.header + n}") for n in (1, 2, 3))


def test_calc_gives_the_same(desk: Sheet, tmp_path: Any) -> None:
    data = {
        "inputs": {"application_date": IN_2026, "prefecture": "東京都"},
        "plan": planned([2_600, 2_678, 2_700, 2_841]),
    }
    data["months"] = [{"everyone": 10, "below": n % 4} for n in range(12)]  # type: ignore[assignment]
    wanted = [f"計画!{letter}{row}" for letter in "HIJ" for row in range(9, 13)]
    wanted += [f"計画!{letter}{row}" for letter in "DEFGHJ" for row in range(plan.TOP, plan.TOP + 5)]
    wanted += ["計画!C34", *(f"計画!F{row}" for row in range(38, 50)), "計画!J40"]
    desk.enter(data)
    (found,) = recalculated(HERE / "quote.xlsx", [list(typed(data))], wanted, tmp_path)
    assert found == pytest.approx({a: desk.shown(a) for a in wanted})
