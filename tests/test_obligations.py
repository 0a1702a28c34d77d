"""Wage plan, productivity, growth and repayment: each threshold below, at and above, and growth against integers."""

import csv
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import payroll
from rules.checks.check import assess
from rules.engine.argument import ArgumentError
from rules.frames import normal
from rules.obligations import bonus, exempt_trades, growth, productivity, repayment, target, wage_plan
from templates.content import portal_screens
from templates.content.wage_statement import pledge
from tests import samples
from tests.oracle import obligations as oracle

IN_2025, IN_2026 = date(2025, 6, 1), date(2026, 6, 1)
YEN = st.integers(1, 10**12)
EXAMPLES = Path(__file__).with_name("cases") / "worked-examples.csv"


def percent(number: str) -> Fraction:
    return Fraction(number) / 100


# 賃上げ計画


@pytest.mark.parametrize(
    ("subsidy", "required"), [(1, False), (1_499_999, False), (1_500_000, True), (4_500_000, True)]
)
def test_the_plan_starts_at_1_500_000(subsidy: int, required: bool) -> None:
    for on in (IN_2025, IN_2026):
        assert wage_plan(subsidy, False, False, on).required is required


# 通常枠 2-2(4): 必須要件 belongs to the row of 4 or more processes; 1,500,000 with 1 to 3 stays in the row below it.
@pytest.mark.parametrize(("processes", "required"), [(1, False), (3, False), (4, True)])
def test_the_duty_belongs_to_the_bracket_not_to_the_yen(processes: int, required: bool) -> None:
    kinds = frozenset(f"共P-0{n}" for n in range(1, processes + 1))
    sample = samples.of(normal.FRAME, small_claim=False, **samples.staff(40))
    dear = replace(sample.lines[0], price=1_330_000, processes=kinds)  # 2,660,000 + 340,000 = 3,000,000, half of it
    a = assess(replace(sample, lines=(dear, *sample.lines[1:])), normal.FRAME)
    assert a.subsidy == 1_500_000
    plan = payroll.plan(a)
    assert plan is not None and plan.required is required
    assert ("EDGE150" in {f.code for f in a.findings}) is not required
    said = pledge(a)
    assert bool(said["repayment"]) is required
    assert ("義務になりません" in said["duty"]["text"]) is not required
    kind = portal_screens.kind(a)
    assert ("4プロセス以上: 150万円以上" in kind) is required
    assert ("1プロセス以上: 150万円未満（計算した補助額は1,500,000 円で、この区分の端" in kind) is not required


def test_a_past_recipient_in_the_lower_bracket_promises_by_the_notice_alone() -> None:
    plan = wage_plan(1_500_000, True, False, IN_2026, upper=False)
    assert (plan.cagr, plan.minimum_wage_plus) == (percent("3.5"), None)
    assert not wage_plan(1_500_000, True, False, IN_2025, upper=False).required


def test_the_rates_of_both_editions() -> None:
    before, after = wage_plan(1_500_000, False, False, IN_2025), wage_plan(1_500_000, False, False, IN_2026)
    assert (before.cagr, before.minimum_wage_plus, before.doubt) == (percent("1.5"), 30, "")
    assert (after.cagr, after.minimum_wage_plus) == (percent("3.0"), 30)  # 物価安定の目標 2% + 1.0%


@pytest.mark.parametrize(("subsidy", "required", "plus"), [(0, False, None), (1, True, None), (1_500_000, True, 30)])
def test_past_recipients_of_2026_promise_more_at_any_amount(subsidy: int, required: bool, plus: int | None) -> None:
    plan = wage_plan(subsidy, True, False, IN_2026)
    assert plan.required is required
    assert plan.cagr == (percent("3.5") if required else None)  # 2% + 1.5%
    assert plan.minimum_wage_plus == plus  # the notice asks past recipients for growth and its announcement alone


def test_past_recipients_of_2025_promise_nothing_more() -> None:
    assert not wage_plan(1_499_999, True, False, IN_2025).required
    assert wage_plan(1_500_000, True, False, IN_2025).cagr == percent("1.5")


def test_small_firms_are_exempt_which_2026_does_not_confirm() -> None:
    assert wage_plan(4_500_000, True, True, IN_2025).doubt == ""
    plan = wage_plan(4_500_000, True, True, IN_2026)
    assert not plan.required
    assert "確かめられていません" in plan.doubt
    assert wage_plan(100_000, False, True, IN_2026).doubt == ""  # nothing to be exempt from


def test_the_amount_binds_the_normal_frame_alone() -> None:
    assert not wage_plan(3_500_000, False, False, IN_2026, "invoice").required
    assert wage_plan(3_500_000, True, False, IN_2026, "invoice").cagr == percent("3.5")


def test_the_wage_plan_agrees_with_the_oracle() -> None:
    for subsidy in (0, 1, 50_000, 1_499_999, 1_500_000, 1_500_001, 4_500_000):
        for past in (False, True):
            for small in (False, True):
                for processes in (3, 4):
                    plan = wage_plan(subsidy, past, small, IN_2026, upper=processes >= 4 and subsidy >= 1_500_000)
                    theirs = oracle.wage_plan(subsidy, past, small, processes) or (None, None, None)
                    assert (plan.required, plan.cagr, plan.minimum_wage_plus) == theirs


@pytest.mark.parametrize("subsidy", [-1, None, 1.5, 10_000_000_001])
def test_a_subsidy_outside_the_domain_raises(subsidy: object) -> None:
    with pytest.raises(ArgumentError):
        wage_plan(subsidy, False, False)  # type: ignore[arg-type]


# 労働生産性


@pytest.mark.parametrize(
    ("frame", "past", "first_year", "cagr", "years"),
    [
        ("normal", False, percent("3"), percent("3"), 3),
        ("normal", True, percent("4"), percent("4"), 3),
        ("security", False, None, percent("1"), 3),
        ("security", True, None, percent("1"), 3),
        ("group", False, None, percent("5"), 2),
        ("group", True, None, percent("6"), 2),
    ],
)
def test_targets(frame: str, past: bool, first_year: Fraction | None, cagr: Fraction, years: int) -> None:
    for on in (IN_2025, IN_2026):
        found = target(frame, past, on)
        assert found is not None
        assert (found.first_year, found.cagr, found.years) == (first_year, cagr, years)
        assert bool(found.doubt) is (on == IN_2026)


def test_the_invoice_frames_have_no_target() -> None:
    assert target("invoice", True) is target("etrade", False) is None


def test_productivity_is_exact() -> None:
    # (1,000,000 + 2,000,000 + 1) ÷ (3 × 1,900) = 3,000,001 ÷ 5,700
    assert productivity(1_000_000, 2_000_000, 1, 3, 1_900) == Fraction(3_000_001, 5_700)
    assert productivity(-5_000_000, 2_000_000, 0, Fraction(5, 2), 1_000) == -1_200  # a loss, and 2.5 persons
    for heads, hours in ((0, 1_900), (3, 0), (3, -1)):
        with pytest.raises(ArgumentError, match="0より大きい"):
            productivity(1, 1, 1, heads, hours)
    with pytest.raises(ArgumentError, match="整数か分数"):
        productivity(1.0, 1, 1, 1, 1)  # type: ignore[arg-type]


# 成長率


@pytest.mark.parametrize(
    ("base", "after", "years", "expected"),
    [
        (1_000, 1_030, 1, "3.0"),
        (1_000_000, 1_029_999, 1, "2.9"),
        (1_000_000, 1_092_727, 3, "3.0"),  # 1.03^3 = 1.092727 exactly; a float gives 1.0299999…
        (1_000_000, 1_092_726, 3, "2.9"),
        (1_000_000, 1_124_864, 3, "4.0"),  # 1.04^3 = 1.124864
        (10_000, 11_025, 2, "5.0"),  # 1.05^2 = 1.1025
        (10_000, 11_024, 2, "4.9"),
        (1_000, 1_000, 3, "0"),
        (1_000_000, 999_001, 1, "0"),  # −0.0999 %, cut toward zero
        (1_000_000, 999_000, 1, "-0.1"),
        (1_000_000, 970_299, 3, "-1.0"),  # 0.99^3 = 0.970299
        (1_000_000, 970_300, 3, "-0.9"),
        (1_000, 0, 3, "-100"),
    ],
)
def test_growth_is_cut_to_a_tenth_of_a_percent(base: int, after: int, years: int, expected: str) -> None:
    assert growth(base, after, years) == percent(expected)


@given(YEN, YEN, st.integers(1, 10))
def test_growth_is_the_largest_tenth_of_a_percent_that_fits(base: int, more: int, years: int) -> None:
    after = base + more
    thousandths = 1_000 + growth(base, after, years) * 1_000
    assert thousandths.denominator == 1
    k = thousandths.numerator  # (k/1000)^n <= after/base < ((k + 1)/1000)^n, in integers
    assert k**years * base <= after * 1_000**years < (k + 1) ** years * base


@given(st.integers(0, 10**12), st.fractions(min_value=1, max_value=10**12), st.integers(1, 10))
def test_growth_agrees_with_the_oracle(after: int, base: Fraction, years: int) -> None:
    assert growth(base, after, years) == oracle.growth(base, after, years)


@pytest.mark.parametrize(
    ("base", "after", "years"), [(0, 1, 1), (-1, 1, 1), (1, -1, 1), (1, 1, 0), (1.0, 1, 1), (1, 1, 1.5)]
)
def test_growth_without_meaning_raises(base: object, after: object, years: object) -> None:
    with pytest.raises(ArgumentError):
        growth(base, after, years)  # type: ignore[arg-type]


# 返還


def worked(name: str) -> int:
    with EXAMPLES.open(encoding="utf-8") as file:
        return next(int(row["yen"]) for row in csv.DictReader(file) if row["id"] == name)


@pytest.mark.parametrize(
    ("name", "missed", "year"), [("R01", "minimum_wage", 1), ("R03", "minimum_wage", 3), ("R04", "payroll", 3)]
)
def test_the_worked_examples(name: str, missed: str, year: int) -> None:
    assert repayment(4_500_000, missed, year) == worked(name)


@pytest.mark.parametrize(
    ("grant", "missed", "year", "expected"),
    [
        (4_500_000, "minimum_wage", 2, 3_000_000),  # 補足1 例2: 4,500,000 × 2 ÷ 3
        (1_500_001, "minimum_wage", 1, 1_500_001),
        (1_500_001, "minimum_wage", 2, 1_000_000),  # 3,000,002 ÷ 3 = 1,000,000.66…
        (1_500_001, "minimum_wage", 3, 500_000),  # 1,500,001 ÷ 3 = 500,000.33…
        (4_500_000, "事業場内最低賃金", 3, 1_500_000),
        (4_500_000, "給与支給総額", 3, 4_500_000),
        (4_500_000, "payroll", 1, 0),  # judged after year 3 only
        (4_500_000, "payroll", 2, 0),
        (0, "minimum_wage", 1, 0),
    ],
)
def test_repayment(grant: int, missed: str, year: int, expected: int) -> None:
    for on in (IN_2025, IN_2026):
        assert repayment(grant, missed, year, on) == expected


@given(st.integers(0, 10**10), st.sampled_from(["minimum_wage", "payroll"]), st.integers(1, 3))
def test_repayment_agrees_with_the_oracle(grant: int, missed: str, year: int) -> None:
    assert repayment(grant, missed, year) == oracle.repayment(grant, missed, year)


@pytest.mark.parametrize(("missed", "year"), [("minimum_wage", 0), ("minimum_wage", 4), ("賞与", 1)])
def test_an_unknown_repayment_is_told_what_is_allowed(missed: str, year: int) -> None:
    with pytest.raises(ArgumentError, match="事業場内最低賃金"):
        repayment(4_500_000, missed, year)


# 1人当たり給与支給総額、適用外、枠


def plan_of(**inputs: object) -> object:
    data = {"application_date": IN_2026, "wage_base": 10_000_000, "wage_heads": 10, **inputs}
    return payroll.growth(SimpleNamespace(quote=SimpleNamespace(inputs=data), on=data["application_date"], edition=1))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("last", "heads", "rate", "unchanged"),
    [
        (10_927_270, None, "3.0", True),  # 1.03^3 × 10,000,000, ten heads throughout
        (10_927_269, None, "2.9", True),
        (12_020_000, 11, "3.0", False),  # 12,019,997 ÷ 11 = 1,092,727: the total grows 6.3 %, a head 3.0 %
        (12_019_996, 11, "2.9", False),
        (9_834_543, 9, "3.0", False),  # fewer heads: the total shrinks, a head has 3.0 % more
        (9_834_542, 9, "2.9", False),
    ],
)
def test_2026_counts_per_head(last: int, heads: int | None, rate: str, unchanged: bool) -> None:
    found = plan_of(wage_y3=last, **({} if heads is None else {"wage_heads_y3": heads}))
    assert found == payroll.Growth(percent(rate), "1人当たり給与支給総額", unchanged)


def test_2025_counts_the_total() -> None:
    found = plan_of(application_date=IN_2025, wage_y3=10_927_270, wage_heads_y3=20)
    assert found == payroll.Growth(percent("3.0"), "給与支給総額", False)


@pytest.mark.parametrize(
    "blank", [{"wage_y3": None}, {"wage_base": None, "wage_y3": 1}, {"wage_base": 0, "wage_y3": 1}]
)
def test_without_figures_there_is_no_growth(blank: dict[str, object]) -> None:
    assert plan_of(**blank) is None


def test_without_a_head_count_the_total_stands_for_it() -> None:
    assert plan_of(wage_heads=None, wage_y3=10_927_270) == payroll.Growth(percent("3.0"), "1人当たり給与支給総額", True)


@pytest.mark.parametrize("trade", exempt_trades())
def test_exempt_trades_need_no_plan(trade: str) -> None:
    for on in (IN_2025, IN_2026):
        found = wage_plan(4_500_000, False, False, on, "normal", trade)
        assert not found.required
        assert "(ト)" in found.source
        assert bool(found.doubt) is (on == IN_2026)


def test_the_care_business_is_among_them() -> None:
    assert "介護サービス事業者" in exempt_trades()
    assert wage_plan(4_500_000, False, False, IN_2026, "normal", "飲食業").required


@pytest.mark.parametrize(
    ("frame", "required"),
    [("normal", True), ("invoice", True), ("etrade", True), ("security", False), ("group", False)],
)
def test_which_frames_past_recipients_are_asked_in(frame: str, required: bool) -> None:
    found = wage_plan(100_000, True, False, IN_2026, frame)
    assert found.required is required
    assert found.doubt  # nothing of it is read in the original
    assert ("枠を限っていない" in found.doubt) is not required


def test_no_duty_has_the_ground_of_its_own_frame() -> None:
    for frame in ("normal", "invoice", "etrade", "security", "group"):
        assert wage_plan(100_000, False, False, IN_2026, frame).source.startswith(f"koubo-2025-{frame}#")


def test_the_bonus_follows_the_frame_and_the_amount() -> None:
    assert bonus(3_000_000, IN_2026, "group") is None  # 複数社連携: no wage among its 加点
    small, large = bonus(1_499_999, IN_2026), bonus(1_500_000, IN_2026)
    assert small and "＋30円" in small.label and small.at.endswith("6)（2026年は未確認）")
    assert large and "＋50円" in large.label and large.at.endswith("7)（2026年は未確認）")
