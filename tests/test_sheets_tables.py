"""取引先 and 構成員: each row is what the rules say; a wrong row is an error and a sentence, never 0."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rules.checks.codes import codes
from rules.engine import evaluate
from rules.frames import etrade, group, invoice
from rules.quote import Member, Partner
from tests.office import recalculated
from tests.sheet import SMALL, Sheet, quote_of, shared, typed
from tests.test_workbook import HERE
from workbooks.building import fill
from workbooks.building.sheets import check, members, partners
from workbooks.form.layout import LINES, MEMBER_TABLE

IN_2025, IN_2026 = date(2025, 8, 1), date(2026, 8, 1)
COSTS = (0, 1, 624_999, 625_000, 625_001, 666_666, 666_667, 1_000_000, 5_124_999, 5_125_000, 5_166_667, 9_999_999)
HARDWARE = (None, 0, 1, 199_999, 200_000, 399_999, 400_000, 400_001)
NUMBERS = ("1180301018771", "7999990000101")


@pytest.fixture
def desk() -> Sheet:
    return shared()


def address(cell: str) -> str:
    return cell.replace("'", "").replace("$", "")


def member(dice: random.Random) -> dict[str, Any]:
    return {
        "name": "見本商店",
        "small_biz": dice.random() < 0.5,
        "cost": dice.choice(COSTS),
        "functions": dice.choice((None, 1, 2, 3)),
        "pc_cost": dice.choice(HARDWARE),
        "register_cost": dice.choice(HARDWARE),
        "analysis": dice.choice((None, True, False)),
    }


def rows(count: int, seed: int) -> list[dict[str, Any]]:
    dice = random.Random(seed)
    return [{k: v for k, v in member(dice).items() if v is not None} for _ in range(count)]


@pytest.mark.parametrize("on", [IN_2025, IN_2026], ids=str)
def test_every_member_has_the_subsidy_of_the_invoice_frame(desk: Sheet, on: date) -> None:
    for seed in range(8):
        data = {"inputs": {"application_date": on}, "members": rows(SMALL.members, seed)}
        desk.enter(data)
        names = [a.name for a in group.COLUMNS]
        given = [{name: m[name] for name in names if name in m} for m in data["members"]]
        expected = [evaluate.scalar(invoice.FRAME, g, on).subsidy for g in given]
        assert [desk.shown(MEMBER_TABLE.cell("subsidy", n)) for n in range(1, SMALL.members + 1)] == expected
        assert desk.shown(address(members.BASE)) == sum(expected)
        assert desk.shown(address(members.HEADS)) == len(expected)
        assert desk.shown(address(members.OUTLAY)) == group.outlay(quote_of(data, members=Member))
        assert desk.shown(address(members.INTRODUCING)) == group.introducing(quote_of(data, members=Member))


def test_calc_gives_the_same_subsidies(desk: Sheet, tmp_path: Any) -> None:
    data = {
        "inputs": {"application_date": IN_2026},
        "members": rows(30, 77),
        "partners": [{"sme": True, "accounts": 3}],
    }
    wanted = [MEMBER_TABLE.cell(name, n) for name in ("subsidy", "remark") for n in range(1, 32)]
    wanted += [address(c) for c in (members.BASE, members.HEADS, partners.ACCOUNTS)]
    desk.enter(data)
    (found,) = recalculated(HERE / "quote.xlsx", [list(typed(data))], wanted, tmp_path)
    assert found == {a: desk.shown(a) for a in wanted}


@pytest.mark.parametrize(
    ("change", "remark"),
    [
        ({"small_biz": None}, "小規模かどうか"),
        ({"small_biz": "たぶん"}, "読めない"),
        ({"cost": None}, "ソフトウェア等が空欄"),
        ({"cost": -1}, "読めない"),
        ({"cost": "六十万"}, "読めない"),
        ({"cost": 0.5}, "読めない"),
        ({"functions": 0}, "読めない"),
        ({"pc_cost": "なし"}, "読めない"),
        ({"register_cost": 10_000_000_001}, "読めない"),
    ],
)
def test_a_wrong_member_is_an_error_and_never_0(desk: Sheet, change: dict[str, Any], remark: str) -> None:
    good = {"name": "a", "small_biz": True, "cost": 600_000}
    desk.enter({"members": [good, {**good, **change}]})
    assert desk.shown(MEMBER_TABLE.cell("subsidy", 1)) == 480_000
    assert desk.shown(MEMBER_TABLE.cell("subsidy", 2)) is None
    assert desk.shown(address(members.BASE)) is None
    assert remark in desk.shown(MEMBER_TABLE.cell("remark", 2))
    assert desk.shown("構成員!B11").startswith("×")


@pytest.mark.parametrize(
    ("number", "inputs", "remark", "words"),
    [
        ("１１８０-301018771", {}, "同じ法人番号", "同じ法人番号"),
        (NUMBERS[1], {"vendor_corporate_number": NUMBERS[1]}, "IT導入支援事業者", "IT導入支援事業者"),
        (NUMBERS[1], {"expert_corporate_number": "7999990-000101"}, "外部専門家", "外部専門家"),
        ("118030101877", {}, "13桁", "赤い行"),
        (NUMBERS[1], {}, "○", "者以上が要ります"),
    ],
)
def test_numbers_of_members(desk: Sheet, number: str, inputs: dict[str, Any], remark: str, words: str) -> None:
    good = {"name": "a", "small_biz": True, "cost": 600_000}
    desk.enter(
        {"inputs": inputs, "members": [{**good, "corporate_number": NUMBERS[0]}, {**good, "corporate_number": number}]}
    )
    assert remark in desk.shown(MEMBER_TABLE.cell("remark", 2))
    assert words in desk.shown("構成員!B11")


def test_the_hint_of_blank_functions_is_what_a_blank_gives(desk: Sheet) -> None:
    default = next(a.default for a in group.COLUMNS if a.name == "functions")
    hint = next(c.hint for c in MEMBER_TABLE.columns if c.name == "functions")
    unit = desk.shown(f"構成員!{MEMBER_TABLE.letter('functions')}{MEMBER_TABLE.header - 1}")
    assert f"空欄は{default}" == MEMBER_TABLE.of("functions").blank == unit
    assert hint.endswith(MEMBER_TABLE.of("functions").blank)
    capped = {"name": "a", "small_biz": False, "cost": COSTS[-1]}
    desk.enter({"members": [capped, {**capped, "functions": default}]})
    first, second = (desk.shown(MEMBER_TABLE.cell("subsidy", n)) for n in (1, 2))
    assert first == second > 0


@pytest.mark.parametrize("count", [1, 9, 10, SMALL.members])
def test_the_least_number_of_members(desk: Sheet, count: int) -> None:
    desk.enter({"members": rows(count, 1)})
    enough = count >= evaluate.in_force(group.FRAME, None).members.value
    assert desk.shown("構成員!B11").startswith("構成員の数は足り") is enough


def test_rows_below_the_prepared_ones_are_no_sum(desk: Sheet) -> None:
    last = SMALL.members + 1
    below = [{}] * (last - 1) + [{"name": "a", "small_biz": True, "cost": 1}]
    desk.enter({"members": [*rows(12, 1), *below[12:]]})
    assert desk.shown(address(members.BASE)) is None
    assert "下へコピー" in desk.shown("構成員!B11")
    desk.enter({"partners": [{}] * SMALL.partners + [{"sme": True, "accounts": 1}]})
    assert desk.shown(address(partners.ACCOUNTS)) is None


def test_partners_are_counted_as_the_rules_count_them(desk: Sheet) -> None:
    dice = random.Random(5)
    for _ in range(60):
        found = [
            {"sme": dice.random() < 0.7, "accounts": dice.randrange(0, 50)}
            for _ in range(dice.randrange(0, SMALL.partners + 1))
        ]
        data = {"inputs": {"total_accounts": dice.randrange(1, 1_500), "sme_accounts": 7}, "partners": found}
        desk.enter(data)
        own = etrade.accounts(quote_of(data, partners=Partner))
        assert own is not None
        assert desk.shown(address(partners.ACCOUNTS)) == own
        share = desk.shown(address(partners.SHARE))
        total = data["inputs"]["total_accounts"]
        assert share == (None if own > total else pytest.approx(own / total))


@pytest.mark.parametrize(
    ("inputs", "row", "words"),
    [
        ({"accounts_unlimited": True, "total_accounts": 10}, {"sme": True, "accounts": 1}, "上限の無い契約"),
        ({"total_accounts": 10}, {"sme": True, "accounts": 11}, "超えています"),
        ({}, {"sme": True, "accounts": 11}, "総数を入れて"),
        ({"total_accounts": 10}, {"name": "a", "accounts": 1}, "赤い行"),
        ({"total_accounts": 10}, {"sme": True, "accounts": "三"}, "赤い行"),
        ({}, {}, "まだ入力がありません"),
        ({"total_accounts": 10}, {"sme": True, "accounts": 10}, "使う予定のない"),
    ],
)
def test_warnings_of_partners_in_words(desk: Sheet, inputs: dict[str, Any], row: dict[str, Any], words: str) -> None:
    desk.enter({"inputs": inputs, "partners": [row]})
    assert words in desk.shown("取引先!B8")


def test_in_calc_too_a_mark_leads_to_the_first_bad_row(desk: Sheet) -> None:
    page = fill.load(Path(fill.__file__).parents[1] / "examples" / "wholesale.toml")
    lines = [{k: fill.spelt(LINES.of(k), v) for k, v in line.items()} for line in page["lines"]]
    wrong = {2: {"item": "出張交通費"}, 3: {"contract": "リース"}}
    inputs = {k: v for k, v in page["inputs"].items() if not isinstance(v, list)}
    desk.enter({"inputs": inputs, "lines": [{**line, **wrong.get(n, {})} for n, line in enumerate(lines)]})
    rows = range(check.TOP + 2, check.TOP + 30)
    found = {desk.shown(f"チェック!B{row}"): desk.shown(f"チェック!E{row}") for row in reversed(rows)}
    for code, column, number in (("TRAVEL", "item", 3), ("CONTRACT", "contract", 4), ("DOUBLE", "other_subsidy", 1)):
        assert found[codes()[code]["title"]] == LINES.cell(column, number)
