"""quote.xlsx in an independent engine: what every cell shows is what the rules say, and a doubt gives no amount."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rules import zero_reasons
from rules.assess import amounts
from rules.checks.check import assess
from rules.frames import FRAMES, group
from tests import quotes
from tests.sheet import SMALL, Sheet, differences, expected, shared, typed
from tests.test_workbook import EXAMPLES, HERE
from workbooks.building.fill import load
from workbooks.building.sheets import amount_working, compare, eligibility
from workbooks.form.amount_layout import SECTIONS
from workbooks.form.layout import INPUT, LINES, MEMBER_TABLE, MONTH_TABLE, PARTNER_TABLE
from workbooks.reading import quote_file


@pytest.fixture
def sheet() -> Sheet:
    return shared()


@pytest.mark.parametrize("name", [p.stem for p in sorted(EXAMPLES.glob("*.toml"))])
def test_an_example_shows_what_the_rules_say(sheet: Sheet, name: str) -> None:
    page = load(EXAMPLES / f"{name}.toml")
    sheet.enter(page)
    assert differences(quotes.read(dict(typed(page))), sheet.read()) == {}


@pytest.mark.parametrize("seed", range(4))
def test_random_quotes_show_what_the_rules_say(sheet: Sheet, seed: int) -> None:
    for quote in quotes.quotes(15, seed):
        sheet.enter(quotes.data(quote))
        assert differences(quote, sheet.read()) == {}, quote


@pytest.mark.parametrize("shipped", ["quote.xlsx", *(f"examples/{p.name}" for p in sorted(EXAMPLES.glob("*.xlsx")))])
def test_the_values_in_a_shipped_file_are_those_of_the_rules(shipped: str) -> None:
    filled, quote = quote_file.open_checked(HERE / shipped)
    now = expected(quote)
    shown = {name: filled.results[name].value for name in now}
    assert now == {name: None if isinstance(value, str) else value for name, value in shown.items()}


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("単価が文字", {"price": "12万円"}),
    ("単価が空欄", {"price": None}),
    ("単価が負", {"price": -1}),
    ("単価に端数", {"price": 0.5}),
    ("数量が空欄", {"quantity": None}),
    ("数量に端数", {"quantity": 1.5}),
    ("月数が空欄", {"months": None}),
    ("年額の月数が12の倍数でない", {"contract": "年額", "months": 13}),
    ("値引が文字", {"discount": "あり"}),
    ("値引が金額より大きい", {"discount": 360_001}),
    ("金額が大きすぎる", {"price": 10_000_000_000}),
    ("カテゴリーが空欄", {"category": None}),
    ("カテゴリーが無い番号", {"category": "12 そのほか"}),
    ("契約が空欄", {"contract": None}),
    ("他補助金が読めない", {"other_subsidy": "たぶん"}),
]


@pytest.mark.parametrize(("what", "change"), WRONG, ids=[w for w, _ in WRONG])
def test_a_line_that_cannot_be_read_gives_no_amount(sheet: Sheet, what: str, change: dict[str, Any]) -> None:
    data = load(EXAMPLES / "wholesale.toml")
    data["lines"][1] = {n: v for n, v in (data["lines"][1] | change).items() if v is not None}
    sheet.enter(data)
    found = sheet.read()
    assert {found[n] for n in ("out_total", "out_gross", "out_subsidy", "out_out_of_pocket")} == {None}, what


def test_a_row_beyond_the_table_gives_no_amount(sheet: Sheet) -> None:
    sheet.enter(load(EXAMPLES / "wholesale.toml"))
    sheet.put(LINES.cell("price", SMALL.lines + 1), 100)
    assert sheet.read()["out_total"] is None


def test_blank_rows_between_lines_change_nothing(sheet: Sheet) -> None:
    data = load(EXAMPLES / "manufacturer.toml")
    sheet.enter(data)
    before = sheet.read()
    sheet.enter({**data, "lines": [{}, *data["lines"][:3], {}, {}, *data["lines"][3:]]})
    assert sheet.read() == before


def test_prices_with_tax_give_the_same_amounts(sheet: Sheet) -> None:
    data = load(EXAMPLES / "manufacturer.toml")
    sheet.enter(data)
    before = sheet.read()
    lines = [line | {n: line[n] * 11 // 10 for n in ("price", "discount") if n in line} for line in data["lines"]]
    sheet.enter({"inputs": data["inputs"] | {"tax_mode": "税込"}, "lines": lines})
    assert sheet.read() == before
    lines[0]["price"] += 1
    sheet.enter({"inputs": data["inputs"] | {"tax_mode": "税込"}, "lines": lines})
    assert sheet.read()["out_total"] is None


def test_a_total_that_contradicts_the_lines_gives_no_subsidy(sheet: Sheet) -> None:
    data = load(EXAMPLES / "wholesale.toml")
    sheet.enter({**data, "inputs": data["inputs"] | {"quoted_gross": 895_520}})
    found = sheet.read()
    assert (found["out_subsidy"], found["out_total"]) == (None, 895_520)


def test_the_date_of_application_decides_the_edition(sheet: Sheet) -> None:
    data = load(EXAMPLES / "wholesale.toml")
    for on, known in ((date(2025, 3, 30), False), (date(2025, 3, 31), True), (date(2026, 3, 30), True)):
        sheet.enter({**data, "inputs": data["inputs"] | {"application_date": on}})
        assert (sheet.read()["out_subsidy"] is not None) is known
    sheet.enter({**data, "inputs": {n: v for n, v in data["inputs"].items() if n != "application_date"}})
    assert sheet.read()["out_subsidy"] == 609_680


# --- what is missing, in words ----------------------------------------------------------------------------------------


def state(sheet: Sheet, frame: str) -> str:
    """The sentence beside a frame."""
    section = next(s for s in SECTIONS if frame == s.frame.name)
    where, _, cell = amount_working.words(section).replace("'", "").replace("$", "").partition("!")
    return sheet.shown(f"{where}!{cell}")


@pytest.mark.parametrize("seed", range(2))
def test_the_words_beside_a_frame_are_those_of_the_rules(sheet: Sheet, seed: int) -> None:
    seen: set[str] = set()
    for quote in quotes.quotes(30, 100 + seed):
        sheet.enter(quotes.data(quote))
        sheet.read()
        for frame in FRAMES:
            a, said = amounts(quote, frame), state(sheet, frame.name)
            if a.calculation:
                assert said == (
                    f"補助額は0円です: {zero_reasons.short(assess(quote, frame))}"
                    if a.subsidy == 0
                    else eligibility.GOOD
                )
            elif a.falls:
                assert said == a.falls
            elif not a.needs.endswith("。"):  # an argument that the engines refuse has words of its own
                assert said == f"{a.needs}が要ります"
            seen.add(said)
    assert len(seen) > 8


WORSE: list[tuple[str, str, Any, str]] = [
    ("a partner below the prepared rows", PARTNER_TABLE.cell("accounts", SMALL.partners + 1), 3, "out_etrade_subsidy"),
    ("a partner's accounts as a word", PARTNER_TABLE.cell("accounts", 1), "三", "out_etrade_subsidy"),
    ("a member below the prepared rows", MEMBER_TABLE.cell("cost", SMALL.members + 1), 3, "out_group_subsidy"),
    ("a member without a size", MEMBER_TABLE.cell("small_biz", 1), "", "out_group_subsidy"),
    ("a member's cost as a word", MEMBER_TABLE.cell("cost", 2), "百万円", "out_group_subsidy"),
    ("a mark that is no answer", MEMBER_TABLE.cell("analysis", 1), "たぶん", "out_group_subsidy"),
    ("a month as a word", MONTH_TABLE.cell("everyone", 1), "十人", "out_normal_subsidy"),
    ("an answer that is none", INPUT["large"].address, "たぶん", "out_etrade_subsidy"),
    ("a frame that does not exist", INPUT["frame"].address, "特別枠", "out_subsidy"),
]


def whole() -> dict[str, Any]:
    """A quote that every frame can be calculated for."""
    line = {
        "item": "クラウド",
        "tool": "甲",
        "category": 1,
        "functions": ["会計", "受発注", "お助け隊"],
        "contract": "月額",
    }
    line |= {"processes": "共P-01、建Ｐ-０６", "quantity": 1, "price": 100_000, "months": 24}
    inputs = {
        "industry": "製造業",
        "employees": 30,
        "small_claim": False,
        "tax_mode": "税抜",
        "total_accounts": 10,
    }
    inputs["otasuke_number"] = "2026-001"
    partners = [{"sme": True, "accounts": 4}]
    members = [{"small_biz": True, "cost": 500_000 + n} for n in range(10)]
    return {"inputs": inputs, "lines": [line], "partners": partners, "members": members}


def test_a_quote_for_every_frame(sheet: Sheet) -> None:
    sheet.enter(whole())
    found = sheet.read()
    subsidies = {f.name: found[f"out_{f.name}_subsidy"] for f in FRAMES}
    assert subsidies == {
        "normal": 1_200_000,  # 2,400,000 × 1/2
        "invoice": 1_655_555,  # 500,000 + (2,400,000 − 666,666.6…) × 2/3
        "etrade": 640_000,  # 2,400,000 × 4/10 × 2/3
        "security": 1_200_000,
        "group": sum((500_000 + n) * 4 // 5 for n in range(10)),
    }
    assert found["out_normal_processes"] == 2


@pytest.mark.parametrize(("what", "address", "value", "name"), WORSE, ids=[w for w, *_ in WORSE])
def test_what_cannot_be_read_gives_no_amount(sheet: Sheet, what: str, address: str, value: Any, name: str) -> None:
    sheet.enter(whole())
    assert sheet.read()[name] is not None
    sheet.put(address, value)
    assert sheet.read()[name] is None, what


def test_the_frame_applied_for_is_found_by_each_of_its_names(sheet: Sheet) -> None:
    for number, frame in enumerate(FRAMES, 1):
        for name in (frame.label, frame.label.split()[-1], frame.name, f" {frame.label}　"):
            data = whole()
            data["inputs"]["frame"] = name
            sheet.enter(data)
            found = sheet.read()
            assert (found["out_frame"], found["out_subsidy"]) == (number, found[f"out_{frame.name}_subsidy"])


def test_the_comparison_puts_the_best_first_and_ties_in_the_order_of_the_frames(sheet: Sheet) -> None:
    sheet.enter(whole())
    sheet.read()
    shown = [
        (sheet.shown(f"補助額!L{row}"), sheet.shown(f"補助額!C{row}")) for row in range(compare.FIRST, compare.END + 1)
    ]
    order = [FRAMES[int(number) - 1].name for number, _ in shown]
    assert order == ["group", "invoice", "normal", "security", "etrade"]
    assert [yen for _, yen in shown] == sorted((yen for _, yen in shown), reverse=True)
    sheet.enter({**whole(), "members": []})
    sheet.read()
    assert FRAMES[int(sheet.shown(f"補助額!L{compare.END}")) - 1] is group.FRAME
    assert sheet.shown(f"補助額!C{compare.END}") == ""
