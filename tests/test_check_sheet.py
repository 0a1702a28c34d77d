"""The sheet チェック: its formulas mark what the checks find, and nothing in a sound quote."""

from __future__ import annotations

from typing import Any

import openpyxl
import pytest

from rules.checks.check import assess
from rules.checks.codes import codes
from rules.frames import FRAMES
from rules.quote import Quote
from tests import quotes, samples
from tests.mistakes import CASES, Case
from tests.sheet import Sheet, shared
from workbooks.building.build import HERE
from workbooks.building.sheets.check import BAD, GOOD, KNOW, TOP
from workbooks.building.sheets.check_conditions import ENTRIES
from workbooks.form.layout import CHECK, LINES, PARTNER_TABLE, PLAN_TABLE, TABLES
from workbooks.reading.portal_limits import blanks

MOST_LETTERS = 8_192  # of a formula in Excel
TOOL_ONLY = {
    "FORM": "a yen that the official form of 2025 loses: the sound sample has it, too, and its sheet shall be ticked",
    "EDITION": "without an edition no check can be told, and 補助額 says why",
    "SIZE": "一覧 has no limits of 中小企業等, which hang on the main industry",
}
UNSAID = {  # places of other codes that only the tool looks at
    ("NUMBER", "business"): "a マイナンバー in a text: its digits may stand anywhere",
    ("NUMBER", "lines.note.5"): "a マイナンバー in a text",
    ("NUMBER", "members.role.5"): "a マイナンバー in a text",
    ("NUMBER", "partners.note.2"): "a マイナンバー in a text",
    (
        "NUMBER",
        "partners.corporate_number.1",
    ): "the check digit is taken apart digit by digit: thousands of rows would be slow",
    ("NUMBER", "members.corporate_number.5"): "the check digit, as of a partner",
}


@pytest.fixture(scope="module")
def rows() -> dict[int, tuple[str, str]]:
    """Row of each simple check -> its code and its formula."""
    sheet = openpyxl.load_workbook(HERE / "quote.xlsx")[CHECK]
    called = {data["title"]: code for code, data in codes().items()}
    found: dict[int, tuple[str, str]] = {}
    row = TOP + 2
    while sheet[f"C{row}"].value:
        found[row] = called[sheet[f"B{row}"].value], sheet[f"C{row}"].value
        row += 1
    return found


@pytest.fixture
def sheet() -> Sheet:
    return shared()


def typed(q: Quote) -> dict[str, Any]:
    """The quote as a person types it, notes and plan included."""
    made = quotes.data(q)
    notes = [{"note": line.note} if line.note else {} for line in q.lines]
    made["lines"] = [{**row, **note} for row, note in zip(made["lines"], notes, strict=True)]
    columns = [c.name for c in PLAN_TABLE.columns if not c.computed]
    rows = [{name: getattr(year, name) for name in columns} for year in q.plan]
    made["plan"] = [{n: float(v) if n in ("employees", "hours") else v for n, v in row.items()} for row in rows]
    return made


def marked(sheet: Sheet, rows: dict[int, tuple[str, str]], q: Quote) -> set[str]:
    sheet.enter(typed(q))
    shown = {row: sheet.shown(f"{CHECK}!C{row}") for row in rows}
    return {rows[row][0] for row, value in shown.items() if value in (BAD, KNOW)}


@pytest.mark.parametrize("frame", FRAMES, ids=lambda f: f.name)
def test_a_sound_quote_has_every_check_ticked(sheet: Sheet, rows: dict[int, tuple[str, str]], frame: Any) -> None:
    assert marked(sheet, rows, samples.of(frame)) == set()
    assert {sheet.shown(f"{CHECK}!C{row}") for row in rows} == {GOOD}


FORMULAS = [c for c in CASES if c.code not in TOOL_ONLY and (c.code, c.place) not in UNSAID]


@pytest.mark.parametrize("case", FORMULAS, ids=lambda c: f"{c.code}-{c.frame.name}-{c.place}")
def test_a_mistake_is_marked_and_no_other_is(sheet: Sheet, rows: dict[int, tuple[str, str]], case: Case) -> None:
    known = {code for code, _ in rows.values()}
    assert marked(sheet, rows, samples.of(case.frame, **case.change)) == {case.code, *case.also} & known


POINTED = {check.code for check in ENTRIES if check.row}  # codes whose mark leads to a row
AT_A_ROW = [c for c in FORMULAS if c.code in POINTED and c.place.split(".")[0] in (LINES.name, PARTNER_TABLE.name)]


def linked(sheet: Sheet, rows: dict[int, tuple[str, str]], code: str) -> set[str]:
    """The sheet and row that each mark of a code leads to."""
    marks = [row for row, (known, _) in rows.items() if known == code and sheet.shown(f"{CHECK}!C{row}") in (BAD, KNOW)]
    return {_row(sheet.shown(f"{CHECK}!E{row}")) for row in marks}


def _row(address: str) -> str:
    where, _, cell = address.partition("!")
    return f"{where}!{cell.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"


@pytest.mark.parametrize("case", AT_A_ROW, ids=lambda c: f"{c.code}-{c.frame.name}-{c.place}")
def test_a_mark_leads_to_the_bad_row(sheet: Sheet, rows: dict[int, tuple[str, str]], case: Case) -> None:
    marked(sheet, rows, samples.of(case.frame, **case.change))
    name, column, number = case.place.split(".")
    table = next(t for t in TABLES if t.name == name)
    assert linked(sheet, rows, case.code) == {_row(table.cell(column, int(number)))}


def test_the_first_of_several_bad_rows_is_meant_even_beside_an_unreadable_one(
    sheet: Sheet, rows: dict[int, tuple[str, str]]
) -> None:
    data = typed(samples.of(FRAMES[1]))
    wrong = {2: {"price": "六万"}, 3: {"contract": "リース"}, 5: {"contract": "中古"}}
    sheet.enter(data | {"lines": [line | wrong.get(n, {}) for n, line in enumerate(data["lines"], 1)]})
    sheet.engine.recalc()
    assert linked(sheet, rows, "INPUT") == {f"見積!{LINES.header + 2}"}
    assert linked(sheet, rows, "CONTRACT") == {f"見積!{LINES.header + 3}"}


def test_without_a_bad_row_a_link_leads_to_the_first(sheet: Sheet, rows: dict[int, tuple[str, str]]) -> None:
    sheet.enter({"inputs": {}})
    sheet.engine.recalc()
    shown = [sheet.shown(f"{CHECK}!E{row}") for row, (code, _) in rows.items() if code == "CONTRACT"]
    assert shown == [LINES.cell("contract", 1)]


def test_every_code_that_a_formula_can_say_is_on_the_sheet(rows: dict[int, tuple[str, str]]) -> None:
    assert {code for code, _ in rows.values()} == {c.code for c in CASES} - TOOL_ONLY.keys()
    assert max(len(formula) for _, formula in rows.values()) < MOST_LETTERS


@pytest.mark.parametrize("case", [c for c in FORMULAS if c.code == "KICKBACK"], ids=lambda c: str(c.change)[:60])
def test_a_word_that_is_refused_is_something_to_know_on_both(
    sheet: Sheet, rows: dict[int, tuple[str, str]], case: Case
) -> None:
    sheet.enter(typed(samples.of(case.frame, **case.change)))
    sheet.engine.recalc()
    shown = [sheet.shown(f"{CHECK}!C{row}") for row, (code, _) in rows.items() if code == "KICKBACK"]
    assert (BAD in shown) is (case.level != "notice")
    assert (KNOW in shown) or BAD in shown


ADDRESSES = (  # what people write, and whether it goes on to its number
    ("架空村字架空七百の三", True), ("〒950-0000 新潟市中央区架空町", False), ("〒９５０－００００　新潟市架空町", False),
    ("950-0000 新潟市架空町1-2", True), ("950-0000 新潟市架空町", False), ("〒9500000新潟市架空町三番", True), ("新潟市架空町", False),
    ("架空市架空町２３", True), ("架空市架空百番", True),
)  # fmt: skip


@pytest.mark.parametrize(("address", "numbered"), ADDRESSES)
def test_an_address_is_read_alike(sheet: Sheet, rows: dict[int, tuple[str, str]], address: str, numbered: bool) -> None:
    q = samples.of(FRAMES[1], address=address)
    assert ("ADDRESS" in {f.code for f in assess(q, FRAMES[1]).findings}) is not numbered
    assert ("ADDRESS" in marked(sheet, rows, q)) is not numbered


def test_both_count_the_same_blanks(sheet: Sheet) -> None:
    for change in (
        {},
        {"business": None},
        {"kind": "個人"},
        {"kind": None, "wage_raise": False},
        {"subject": None, "author": None},
    ):
        q = samples.of(FRAMES[1], **change)
        sheet.enter(typed(q))
        sheet.engine.recalc()
        assert f"未記入の必須項目: {len(blanks(q))}　" in sheet.shown(f"{CHECK}!D3"), change
