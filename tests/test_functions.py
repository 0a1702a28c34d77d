"""The spreadsheet functions: shapes, errors, defaults, sentences, and their place in the catalogue."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest

from addin import functions as f
from addin.cli.docs import README, function_table, updated
from addin.functions.catalog import LONGEST, catalog
from rules.engine.argument import ExcelError
from rules.engine.edition import documents
from rules.excel_values import NAMES
from tests.ranges import LINES


def test_the_contract_of_names_and_arguments() -> None:
    assert [entry.signature for entry in catalog.values()] == [
        "SUBSIDY_INVOICE(cost, small_biz, [functions], [pc_cost], [register_cost], [as_of])",
        "SUBSIDY_NORMAL(cost, processes, [near_min_wage], [as_of])",
        "SUBSIDY_ETRADE(cost, sme_accounts, total_accounts, [large], [as_of])",
        "SUBSIDY_SECURITY(cost, small_biz, [as_of])",
        "SUBSIDY_GROUP(members, [analysis_cost], [admin_cost], [analysis_members], [as_of])",
        "SUBSIDY_EXPLAIN(frame, arguments…)",
        "SUBSIDY_WHY(frame, arguments…)",
        "SUBSIDY_REQUIRED_COST(frame, target, arguments…)",
        "SUBSIDY_COMPARE(lines, small_biz, [near_min_wage], [large], [as_of])",
        "SUBSIDY_IS_SME(industry, capital, employees)",
        "SUBSIDY_IS_SMALL(industry, employees)",
        "SUBSIDY_DEADLINE(frame, [today])",
        "SUBSIDY_EDITION([as_of])",
    ]


def test_help_fits_the_function_wizard() -> None:
    for entry in catalog.values():
        assert 0 < len(entry.doc) <= LONGEST
        assert all(0 < len(a.doc) <= LONGEST for a in entry.arguments)
        assert all(re.fullmatch(r"[a-z][a-z_]*", a.name) for a in entry.arguments)


def test_the_table_in_the_readme_is_that_of_the_catalogue() -> None:
    text = README.read_text("utf-8")
    assert function_table() in text
    assert updated(text) == text


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((1_000_000, True), 750_000),
        ((1_000_000.0, 1), 750_000),
        ((1_000_000, "小規模"), 750_000),
        ((1_000_000, "中小", ""), 722_222),
        ((1_000_000, False, None, None, None, date(2025, 6, 1)), 722_222),
        ((1_000_000, False, None, None, None, datetime(2025, 6, 1, 9, 0)), 722_222),
        ((1_000_000, False, None, None, None, 45_809), 722_222),
        ((None, True), "#VALUE!"),
        ((1_000_000, None), "#VALUE!"),
        ((1_000_000, "大"), "#VALUE!"),
        (("１０００", True), "#VALUE!"),
        (("1000", True), "#VALUE!"),
        ((True, True), "#VALUE!"),
        ((0.5, True), "#VALUE!"),
        ((-1, True), "#VALUE!"),
        ((10**17, True), "#NUM!"),
        ((1e300, True), "#NUM!"),
        ((float("nan"), True), "#VALUE!"),
        ((float("inf"), True), "#VALUE!"),
        ((1, True, 0), "#NUM!"),
        ((1, True, 2, 0, 0, date(2020, 1, 1)), "#N/A"),
        ((1, True, 2, 0, 0, "2026-06-01"), "#VALUE!"),
        ((1, True, 2, 0, 0, -5), "#NUM!"),
        (("#N/A", True), "#VALUE!"),  # a text that looks like an error
    ],
)
def test_values_and_errors(arguments: tuple[Any, ...], expected: Any) -> None:
    got = f.invoice(*arguments)
    assert got == expected
    assert isinstance(got, ExcelError) == isinstance(expected, str)


@pytest.mark.parametrize("error", NAMES)
def test_an_error_comes_back_from_every_argument_used_or_not(error: str) -> None:
    sound: list[Any] = [0, True, 2, 0, 0, date(2026, 6, 1)]
    for i in range(len(sound)):
        given = [ExcelError(error) if i == j else v for j, v in enumerate(sound)]
        assert f.invoice(*given) == ExcelError(error)


def test_ranges_give_their_own_shape() -> None:
    column = [[1_000_000], [None], [625_000]]
    assert f.invoice(column, True) == [[750_000], ["#VALUE!"], [500_000]]
    assert f.invoice([[1_000_000, 625_000]], [[True], [False]]) == [[750_000, 500_000], [722_222, 468_750]]
    assert f.security([[1], [2]], [[True], [True], [True]])[2] == ["#N/A"]
    assert f.invoice([[1_000_000]], True) == [[750_000]]
    assert f.edition([[date(2025, 6, 1)], [date(2020, 1, 1)]])[1] == ["#N/A"]


def test_why_says_what_was_assumed_and_why_there_is_no_amount() -> None:
    assert "省かれたため2" in f.why("invoice", 1_000_000, True)
    assert "省かれたため" not in f.why("invoice", 1_000_000, True, 2)
    assert "50,000円に届かない" in f.why("normal", 99_999, 1)
    assert f.why("invoice", "abc", True).startswith("#VALUE!: cost")
    assert f.why("etrade", 1, 2, 1).startswith("#NUM!")
    assert f.why("nothing", 1).startswith("#VALUE!")
    assert len(f.why("group", [[9_000_000, True, 2, 900_000, 900_000]] * 11, 9_000_000, 9_000_000)) < 1_000


def test_explain_gives_each_step_with_its_place() -> None:
    table = f.explain("インボイス対応類型", 1_000_000, True)
    assert table[-1][:2] == ["補助額", 750_000]
    titles = [d.title for d in documents().values()]
    assert all(isinstance(yen, int) and any(t in place for t in titles) for _, yen, place in table)
    assert all(len(cell) <= LONGEST for row in table for cell in row if isinstance(cell, str))
    assert f.explain("invoice", -1, True) == "#VALUE!"


def test_required_cost() -> None:
    assert f.required_cost("invoice", 3_500_000, False) == 5_166_667
    assert f.required_cost("invoice", 3_500_000, True) == 5_125_000
    assert f.required_cost("security", [[50_000], [1_500_001]], True) == [[75_000], ["#NUM!"]]
    assert f.required_cost("group", 1, True) == "#VALUE!"
    assert f.required_cost("normal", 1, 0) == "#NUM!"


def test_compare_ranks_the_frames_for_one_quote() -> None:
    got = f.compare(LINES, True)
    # 20,000 × 24 + 100,000 = 580,000: × 4/5 = 464,000, the PC 100,000 at most
    assert got[0] == ["インボイス枠 インボイス対応類型", 780_000, 564_000, 1_020_000 - 564_000]
    assert got[1] == ["通常枠", 580_000, 290_000, 1_020_000 - 290_000]
    assert all(row[1:] == [None, None, None] and "要" in row[0] for row in got[2:])
    assert f.compare([row[:13] for row in LINES[1:]], True) == got
    assert f.compare(LINES, None) == "#VALUE!"
    broken = [*LINES[:2], [*LINES[1][:9], "二万", *LINES[1][10:]]]
    assert f.compare(broken, True) == "#VALUE!"


def test_who_is_small_and_when_it_closes() -> None:
    assert f.is_sme("小売業", 50_000_000, 51) is True
    assert f.is_sme("小売業", 50_000_001, 51) is False
    assert f.is_small([["小売業"], ["製造業"]], 6) == [[False], [True]]
    assert f.is_small("魔法業", 6) == "#VALUE!"
    assert f.deadline("invoice", date(2026, 10, 30)) == date(2026, 10, 30)
    assert f.deadline("invoice", date(2026, 10, 31)) == "#N/A"
    assert f.edition(date(2026, 3, 29)).startswith("2025年版")
    assert f.edition(date(2026, 3, 30)).startswith("2026年版")


def test_of_two_errors_of_a_group_that_of_its_arguments_comes_first() -> None:
    assert f.group([[1_000_000, True]], None, None, 5, date(2024, 6, 1)) == "#NUM!"  # five of one member; no edition
    assert f.group([[1_000_000, True]], None, None, 1, date(2024, 6, 1)) == "#N/A"
