"""The yen around the rules, each with its twin and the amount by hand: what a cell, a line or a number does to the subsidy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from addin.cli.main import main
from rules.checks.check import assess
from rules.frames import etrade, invoice, normal
from rules.frames.contract import Frame
from rules.quote import Line, Quote
from tests import samples
from tests.books import lines_of

ROW = {"category": "1", "tool": "T", "contract": "買取", "quantity": 1, "price": 1_000_000}
SOFT = Line(
    1, "会計", "T", 1, frozenset(("会計", "受発注")), frozenset(("共P-01",)), "買取", quantity=1, price=1_000_000
)


@pytest.mark.parametrize(
    ("functions", "subsidy"),
    [
        ("会計", 500_000),  # one function: 1,000,000 × 3/4 = 750,000, at most 500,000
        # two: 500,000 for the first 666,666⅔, and (1,000,000 − 666,666⅔) × 2/3 = 222,222.2
        ("会計、受発注", 722_222),
        ("会計､受発注", 722_222),
        ("会計；受発注", 722_222),
        ("会計、受注", None),  # a word that is not understood is never one function less
        ("会計、受発注、在庫", None),
    ],
)
def test_a_word_that_is_not_in_the_list_gives_no_amount(functions: str, subsidy: int | None) -> None:
    read = lines_of(ROW | {"functions": functions}, small_claim="いいえ")
    assert assess(read, invoice.FRAME).subsidy == subsidy
    assert [f.code for f in read.findings] == ([] if subsidy else ["INPUT"])


@pytest.mark.parametrize(
    ("processes", "subsidy"),
    [
        ("共P-01・共P-02・共P-03", 1_500_000),  # 4,000,000 × 1/2 = 2,000,000; three processes: at most 1,500,000
        ("共P-01・共P-02・共P-03・製P-06", 2_000_000),  # four: at most 4,500,000
        ("共P-01＋共Ｐ－０２／共P-03;製P-06", 2_000_000),
        ("共P-01・共P-02・共P-03・製造", None),
        ("共P-01～共P-04", None),
    ],
)
def test_a_process_that_is_not_in_the_list_gives_no_amount(processes: str, subsidy: int | None) -> None:
    read = lines_of(ROW | {"price": 4_000_000, "processes": processes}, small_claim="いいえ")
    assert assess(read, normal.FRAME).subsidy == subsidy


NONE_ELSE = {"staff_contract": 0, "staff_other": 0}


@pytest.mark.parametrize(
    ("staff", "subsidy", "levels"),
    [
        # 卸売業: 小規模 up to 5. 500,000 × 4/5 = 400,000 for 小規模, × 3/4 = 375,000 otherwise
        ({"staff_regular": 5, "staff_part": 0, **NONE_ELSE}, 400_000, []),
        (
            {"staff_regular": 6, "staff_part": 0, **NONE_ELSE},
            375_000,
            ["error"],
        ),  # 正規 are all 常時使用: cannot both be true
        ({"staff_regular": 30, "staff_part": 20, **NONE_ELSE}, 375_000, ["error"]),
        (
            {"staff_regular": 5, "staff_part": 20, **NONE_ELSE},
            400_000,
            ["warning"],
        ),  # some parts may lawfully be left out
        (
            {"staff_regular": 5, "staff_part": 0, "staff_dispatch": 30, **NONE_ELSE},
            400_000,
            [],
        ),  # another firm's employees
        ({"staff_regular": 30}, 375_000, ["error"]),
    ],
)
def test_contradictory_numbers_of_employees(staff: dict[str, int], subsidy: int, levels: list[str]) -> None:
    inputs = {"industry": "卸売業", "capital": 10_000_000, "employees": 5, "small_claim": True, **staff}
    a = assess(Quote(inputs, (replace(SOFT, price=500_000),)), invoice.FRAME)
    assert (a.subsidy, [f.level for f in a.findings if f.code == "STAFF"]) == (subsidy, levels)


def line(category: int, price: int, tool: str = "T") -> Line:
    return Line(0, "相談", tool, category, contract="買取", quantity=1, price=price)


@pytest.mark.parametrize(
    ("frame", "more", "subsidy"),
    [
        (invoice.FRAME, (), 722_222),  # 500,000 + (1,000,000 − 666,666⅔) × 2/3
        (invoice.FRAME, (line(5, 300_000),), 922_222),  # 500,000 + (1,300,000 − 666,666⅔) × 2/3
        (
            invoice.FRAME,
            (line(5, 300_000), line(5, 500_000)),
            1_055_555,
        ),  # the larger only: (1,500,000 − 666,666⅔) × 2/3
        (invoice.FRAME, (line(5, 500_000), line(5, 300_000)), 1_055_555),
        (invoice.FRAME, (line(6, 200_000),), 855_555),  # (1,200,000 − 666,666⅔) × 2/3
        (invoice.FRAME, (line(6, 200_000, "見積に無い"),), 722_222),
        (invoice.FRAME, (line(7, 200_000, "見積に無い"),), 722_222),
        (normal.FRAME, (), 500_000),  # 1,000,000 × 1/2
        (normal.FRAME, (line(5, 300_000), line(5, 500_000)), 750_000),  # 1,500,000 × 1/2
        (normal.FRAME, (line(6, 200_000),), 600_000),
        (normal.FRAME, (line(6, 200_000, "見積に無い"),), 500_000),
    ],
)
def test_services_that_count_and_that_do_not(frame: Frame, more: tuple[Line, ...], subsidy: int) -> None:
    made = tuple(replace(each, number=n) for n, each in enumerate((SOFT, *more), 1))
    assert assess(Quote({"small_claim": False}, made), frame).subsidy == subsidy


@pytest.mark.parametrize("category", [2, 3, 4, 5, 6, 7, 8, 9])
def test_in_etrade_a_line_of_another_category_takes_itself_out_only(category: int) -> None:
    plain = samples.of(etrade.FRAME)  # 1,200,000 of a cloud, half of the accounts are 中小企業's: × 1/2 × 2/3 = 400,000
    more = replace(plain, lines=(*plain.lines, replace(line(category, 90_000, plain.lines[0].tool), number=2)))
    for quote in (plain, more):
        a = assess(quote, etrade.FRAME)
        assert (a.subsidy, a.expenses[0].eligible) == (400_000, 1_200_000)
    assert ("NOTHERE", 0) in {(f.code, a.expenses[1].eligible) for f in a.findings}


@pytest.mark.parametrize(
    ("count", "price", "subsidy", "plan"),
    [
        (3, 2_999_998, 1_499_999, False),
        (3, 3_000_000, 1_500_000, False),  # the flyer's upper end: the lower bracket, whose duties are none
        (4, 2_999_998, 1_499_999, False),  # given up voluntarily
        (4, 3_000_000, 1_500_000, True),  # the upper bracket begins
    ],
)
def test_the_duty_goes_with_the_bracket(count: int, price: int, subsidy: int, plan: bool) -> None:
    kinds = frozenset(("共P-01", "共P-02", "共P-03", "製P-06")[:count])
    no_plan = {"wage_raise": False, "small_claim": False, "application_date": date(2026, 9, 15)}
    a = assess(samples.of(normal.FRAME, **no_plan, lines=(replace(SOFT, price=price, processes=kinds),)), normal.FRAME)
    codes = {f.code for f in a.findings}
    assert (a.subsidy, "WAGEPLAN" in codes, "EDGE150" in codes) == (subsidy, plan, (count, price) == (3, 3_000_000))


def test_the_flyer_is_not_credited_with_what_it_does_not_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "normal"]) == 0
    rows = [row for row in capsys.readouterr().out.splitlines() if "1,499,999" in row]
    assert rows and not any("リーフレット" in row for row in rows)


def told(**inputs: Any) -> list[tuple[str, str, str]]:
    found = assess(samples.of(invoice.FRAME, **inputs), invoice.FRAME).findings
    return [(f.level, f.code, f.message) for f in found if f.code in ("ORDER", "ROUND")]


@pytest.mark.parametrize(
    ("name", "wrong", "right", "level"),
    [
        # applied for on 2026-09-15: round 5, decided on 11-09, to be reported until 2027-04-30
        ("planned_order", date(2026, 11, 8), date(2026, 11, 9), "error"),
        ("planned_payment", date(2026, 11, 8), date(2026, 11, 9), "error"),
        ("planned_payment", date(2027, 5, 1), date(2027, 4, 30), "warning"),
        ("planned_report", date(2027, 5, 1), date(2027, 4, 30), "warning"),
        ("valid_until", date(2026, 11, 8), date(2026, 11, 16), "warning"),  # ordered on 11-16
        ("application_date", date(2026, 10, 31), date(2026, 9, 29), "warning"),  # the last round closes on 10-30
    ],
)
def test_a_day_too_early_or_too_late(name: str, wrong: date, right: date, level: str) -> None:
    assert {found[0] for found in told(**{name: wrong})} == {level}
    assert told(**{name: right}) == []
