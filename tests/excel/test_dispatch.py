"""Cells: values as COM hands them over, through the genuine xlwings code, to the functions of the catalogue and back."""

from __future__ import annotations

import ast
import gc
import os
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import addin.functions  # noqa: F401 - fills the catalogue
from addin import error_messages
from addin.excel import com_values
from addin.functions import compiled
from addin.functions.catalog import PREFIX, Function, catalog
from rules.engine.argument import ExcelError
from rules.engine.compiler import python
from rules.excel_values import NAMES
from rules.frames import FRAMES
from tests import ranges
from tests.excel import fakecom

SERIAL_2026, SERIAL_2025 = 46_204.0, 45_809.0  # 2026-07-01 and 2025-06-01
CODES = {
    "#NULL!": 2000, "#DIV/0!": 2007, "#VALUE!": 2015, "#REF!": 2023, "#NAME?": 2029, "#NUM!": 2036, "#N/A": 2042,
    "#GETTING_DATA": 2043, "#SPILL!": 2045, "#CONNECT!": 2046, "#BLOCKED!": 2047, "#UNKNOWN!": 2048, "#FIELD!": 2049,
    "#CALC!": 2050,
}  # fmt: skip
MEMBERS = (
    (1_000_000.0, True, None, None, None), (None,) * 5, ("",) * 5, (625_000.0, "小規模", 1.0, 200_000.0, None),
)  # fmt: skip
LINES = ranges.handed()
CALLS: dict[str, list[tuple[Any, ...]]] = {
    "INVOICE": [
        (1_000_000.0, True), (1_000_000.0, False, None, None, None, SERIAL_2025), (1_000_000.0, "小規模", "", 250_000.0),
        (1_000_000.0, 0.0, 1.0, None, 90_000.0, SERIAL_2026), (0.0, True), (None, True), ("", True), (1e6, None), (1e6,), (),
        ("１０００", True), (True, True), (0.5, True), (-1.0, True), (1e17, True), (1e300, True), (1e10, True),
        (1e6, True, 0.0), (1e6, "大"), (1e6, 2.0), (1e6, True, None, None, None, 1.0), (1e6, True, 2.0, 0.0, 0.0, "x"),
        (1e6, True, None, None, None, True), (1e6, True, None, None, None, 3e6), (float("nan"), True), (float("inf"), True),
        (1e6, True, None, None, None, ""),
    ],
    "NORMAL": [(4e6, 3.0), (4e6, 4.0, True), (99_999.0, 1.0), (1e6, 0.0, ""), (1e6, 1.5), (1e6,), (1e6, 1e200)],
    "ETRADE": [(1_200_000.0, 5.0, 10.0), (1e6, 5.0, 10.0, True), (1e6, 11.0, 10.0), (1e6, 5.0, 0.0), (1e6, 1e5, 1e5)],
    "SECURITY": [(240_000.0, True), (240_000.0, "中小", SERIAL_2025), (50_000.0, True), ("x", True)],
    "GROUP": [
        (MEMBERS,), (MEMBERS * 6, 900_000.0, 90_000.0), (MEMBERS * 6, 9e5, 9e4, 3.0, SERIAL_2025), (MEMBERS, 9e5, None, 9.0),
        (((1e6, True),),), ((1e6, True),), ((("約", True),),), (((None, None),),), (MEMBERS, -1.0), (),
        (MEMBERS, ((1.0,), (2.0,))), (MEMBERS, None, None, None, 1.0), (MEMBERS, "", "", ""),
    ],
    "EXPLAIN": [("invoice", 1e6, True), ("通常枠", 4e6, 3.0), ("invoice", None, True), (None,), ("group", MEMBERS)],
    "WHY": [("invoice", 1e6, True), ("invoice", None, True), ("どこか", 1.0), ("normal", 10_000.0, 1.0)],
    "REQUIRED_COST": [("invoice", 500_000.0, True), ("normal", 1e6, 4.0), ("invoice", 1e9, True), ("group", 1.0)],
    "COMPARE": [(LINES, True), (LINES, "中小", True, False, SERIAL_2026), (LINES,), (1.0, True)],
    "IS_SME": [("製造業", 1e7, 30.0), ("小売業", 6e7, 51.0), ("小売業", None, 50.0), (1.0, 1.0, 1.0), ("宇宙業", 1.0, 1.0)],
    "IS_SMALL": [("製造業", 20.0), ("卸売業", 6.0), (None, 1.0), ((("製造業",), ("卸売業",)), 6.0)],
    "DEADLINE": [("invoice", SERIAL_2026), ("invoice", 60_000.0), ("どこか",), ("normal", "x")],
    "EDITION": [(), (SERIAL_2025,), (1.0,), ("x",), (((SERIAL_2025, SERIAL_2026, None),),)],
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def com() -> None:
    fakecom.install()


def ask(name: str, *arguments: Any) -> Any:
    """=SUBSIDY_name(arguments) in a cell."""
    return fakecom.call("addin.excel.dispatch", "dispatch", (PREFIX + name, arguments))


def given_to_python(value: Any) -> Any:
    """The same value for addin.functions: rows as lists."""
    if isinstance(value, tuple):
        rows = value if value and isinstance(value[0], tuple) else (value,)
        return [[given_to_python(cell) for cell in row] for row in rows]
    if type(value) is int and value < -2_000_000_000:
        names = {code: name for name, code in CODES.items()}
        return ExcelError(names.get(value - fakecom.FIRST, f"#{value - fakecom.FIRST}"))
    return value


def plainly(name: str, *arguments: Any) -> Any:
    """What the function itself gives, as a cell shows it: ("err", number) for an error."""
    return shown(catalog[PREFIX + name].call(*map(given_to_python, arguments)))


def shown(value: Any) -> Any:
    if isinstance(value, list):
        return [[shown(cell) for cell in row] for row in value]
    if isinstance(value, ExcelError):
        return "err", CODES.get(str(value)) or int(value[1:])
    if value is None:
        return ""
    if isinstance(value, date):
        return (value - date(1899, 12, 30)).days
    return value


def on_the_sheet(answer: Any) -> Any:
    """What VBA makes of an answer, after looking at the types that COM would carry."""
    kind, value, *rest = answer
    if kind == "err":
        assert type(value) is int and isinstance(rest[0], str) and rest[0]
        return "err", value
    if not isinstance(value, tuple):
        assert type(value) in (float, bool, str)
        return value
    rows = [list(row) for row in value]
    assert len({len(row) for row in rows}) == 1
    assert (kind == "arr") == bool(rest)
    for r, c, code in rest[0] if rest else ():
        assert rows[r][c] is None
        rows[r][c] = ("err", code)
    assert all(type(cell) in (float, bool, str, tuple) for row in rows for cell in row)
    return rows


def test_every_function_of_the_catalogue_is_called_below() -> None:
    assert [PREFIX + name for name in CALLS] == list(catalog)


@pytest.mark.parametrize(("name", "arguments"), [(n, a) for n, calls in CALLS.items() for a in calls])
def test_a_cell_shows_what_the_function_gives(name: str, arguments: tuple[Any, ...]) -> None:
    required = sum(not a.optional for a in catalog[PREFIX + name].arguments)
    answer = on_the_sheet(ask(name, *arguments))
    if len(arguments) < required:  # VBA never asks so: it would be our mistake
        assert answer == ("err", 2015)
    else:
        assert answer == plainly(name, *arguments)


def test_an_empty_array_may_arrive_as_nothing() -> None:
    assert fakecom.call("addin.excel.dispatch", "dispatch", ("SUBSIDY_EDITION", None)) == ask("EDITION")


def test_an_omitted_argument_is_a_blank_one() -> None:
    want = ask("INVOICE", 1e6, True)
    for blank in (None, "", fakecom.MISSING):
        assert ask("INVOICE", 1e6, True, blank, blank, blank, blank) == want


def test_currency_and_dates_of_vba_are_taken() -> None:
    assert ask("INVOICE", Decimal("1000000"), True) == ("ok", 750_000.0)
    assert ask("INVOICE", Decimal("0.5"), True)[:2] == ("err", 2015)
    moment = fakecom.TimeType(2025, 6, 1, 12, tzinfo=UTC)
    assert ask("INVOICE", 1e6, False, None, None, None, moment) == ask(
        "INVOICE", 1e6, False, None, None, None, SERIAL_2025
    )
    assert com_values.answer(datetime(2025, 6, 1, 9), str) == ("ok", SERIAL_2025)


@pytest.mark.parametrize("code", [*CODES.values(), 2051, 2222])
@pytest.mark.parametrize(("name", "arguments"), [
    ("INVOICE", (1e6, True, 2.0, 0.0, 0.0, SERIAL_2026)), ("NORMAL", (1e6, 4.0, True, SERIAL_2026)),
    ("ETRADE", (1e6, 1.0, 2.0, False, SERIAL_2026)), ("SECURITY", (1e6, True, SERIAL_2026)),
    ("GROUP", (MEMBERS, 1.0, 1.0, 1.0, SERIAL_2026)), ("EXPLAIN", ("invoice", 1e6, True)),
    ("REQUIRED_COST", ("invoice", 500_000.0, True)), ("IS_SMALL", ("製造業", 1.0)), ("IS_SME", ("製造業", 1e6, 1.0)),
    ("DEADLINE", ("invoice", SERIAL_2026)), ("EDITION", (SERIAL_2026,)),
])  # fmt: skip
def test_an_error_comes_back_from_every_argument(name: str, arguments: tuple[Any, ...], code: int) -> None:
    for at in range(len(arguments)):
        wrong = (*arguments[:at], fakecom.FIRST + code, *arguments[at + 1 :])
        if not (name == "GROUP" and at == 0):
            assert ask(name, *wrong)[:2] == ("err", code)


@pytest.mark.parametrize("code", CODES.values())
def test_an_error_in_a_range_stays_in_its_cell(code: int) -> None:
    error = fakecom.FIRST + code
    assert ask("INVOICE", ((625_000.0,), (error,)), True)[:3] == ("arr", ((500_000.0,), (None,)), ((1, 0, code),))
    assert ask("INVOICE", ((625_000.0, error),), True)[:3] == ("arr", ((500_000.0, None),), ((0, 1, code),))
    assert ask("GROUP", ((625_000.0, True), (error, True)))[:2] == ("err", code)


def test_a_table_of_one_cell_is_a_table() -> None:
    assert ask("GROUP", 1e6) == ask("GROUP", ((1e6,),))
    assert ask("GROUP", fakecom.FIRST + 2045)[:2] == ("err", 2045)
    assert ask("COMPARE", "品名", True) == ask("COMPARE", (("品名",),), True)


@pytest.mark.parametrize("error", NAMES)
def test_the_rules_know_no_error_that_excel_has_not(error: str) -> None:
    assert CODES[error] == com_values.code(error)


SHAPES: dict[str, Any] = {
    "1x1": ((625_000.0,),),
    "1xN": ((625_000.0, 1e6, 2e6),),
    "Nx1": ((625_000.0,), (1e6,), (2e6,)),
    "NxM": ((625_000.0, 1e6), (2e6, 3e6), (4e6, 0.0)),
    "flat": (625_000.0, 1e6, 2e6),
}


@pytest.mark.parametrize("cost", SHAPES.values(), ids=SHAPES.keys())
@pytest.mark.parametrize("small", [True, *SHAPES.values()], ids=["single", *SHAPES.keys()])
def test_a_range_gives_its_own_shape(cost: Any, small: Any) -> None:
    flags = small
    if isinstance(small, tuple):
        flags = tuple(tuple(c > 1e6 for c in row) if isinstance(row, tuple) else row > 1e6 for row in small)
    assert on_the_sheet(ask("INVOICE", cost, flags)) == plainly("INVOICE", cost, flags)


def test_ten_thousand_rows_in_one_call() -> None:
    rows = tuple((600_000.0 + 7 * n,) for n in range(10_000))
    small = tuple((n % 3 == 0,) for n in range(10_000))
    kind, cells = ask("INVOICE", rows, small)
    assert kind == "ok" and len(cells) == 10_000
    for n in range(0, 10_000, 97):
        assert cells[n] == (plainly("INVOICE", *rows[n], *small[n]),)


def test_ten_thousand_mixed_rows_in_one_call() -> None:
    cost: list[Any] = [600_000.0 + 7 * n for n in range(10_000)]
    cost[5], cost[500], cost[9_999] = None, "約100万", fakecom.FIRST + 2045
    size = tuple((("小規模", "中小", True, None)[n % 4],) for n in range(10_000))
    day = tuple(((SERIAL_2025, SERIAL_2026, None)[n % 3],) for n in range(10_000))
    rows = tuple((c,) for c in cost)
    kind, cells, errors, _ = ask("INVOICE", rows, size, None, None, None, day)
    assert kind == "arr" and len(cells) == 10_000 and len(errors) == 2_502
    for n in (*range(0, 10_000, 97), 5, 500, 9_999):
        want = plainly("INVOICE", *rows[n], *size[n], None, None, None, *day[n])
        got = next((("err", code) for r, _, code in errors if r == n), cells[n][0])
        assert got == want


def test_ten_thousand_members_in_one_call() -> None:
    rows = tuple((600_000.0 + n, n % 2 == 0) for n in range(10_000))
    assert ask("GROUP", rows) == ("ok", float(plainly("GROUP", rows)))
    assert ask("GROUP", (*rows, (1.0, True)))[:2] == ("err", 2036)


yen = st.one_of(
    st.integers(0, 10**10).map(float),
    st.sampled_from([0.0, 1.0, 624_999.0, 625_000.0, 666_667.0, 666_668.0, 1e10, 1e10 + 1, -1.0, 0.5]),
)
odd = st.sampled_from([None, "", "小規模", "1", True, False, fakecom.FIRST + 2042, fakecom.FIRST + 2049, 2, -0.0])
number = st.one_of(yen, st.integers(0, 12).map(float), odd)
flag = st.one_of(st.booleans(), odd, st.sampled_from([0.0, 1.0, 2.0]))
moment = st.sampled_from(
    [None, SERIAL_2025, SERIAL_2026, 45_746.0, 45_747.0, 46_110.0, 46_111.0, 46_111.9, 1.0, "x", True]
)
ARGUMENTS = {
    "INVOICE": st.tuples(number, flag, number, number, number, moment),
    "NORMAL": st.tuples(number, number, flag, moment),
    "ETRADE": st.tuples(number, number, number, flag, moment),
    "SECURITY": st.tuples(number, flag, moment),
}
REQUIRED = {"INVOICE": 2, "NORMAL": 2, "ETRADE": 3, "SECURITY": 2}


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(list(ARGUMENTS)))
def test_the_compiled_formula_is_the_function(data: st.DataObject, name: str) -> None:
    rows = data.draw(st.lists(ARGUMENTS[name], min_size=1, max_size=6))
    length = data.draw(st.integers(REQUIRED[name], len(rows[0])))
    rows = [row[:length] for row in rows]
    each = [on_the_sheet(ask(name, *row)) for row in rows]
    assert each == [plainly(name, *row) for row in rows]
    columns = [tuple((row[at],) for row in rows) for at in range(length)]
    assert on_the_sheet(ask(name, *columns)) == [[cell] for cell in each]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(yen, st.booleans(), st.sampled_from([1.0, 2.0, None])), min_size=1, max_size=14), number, number
)
def test_a_group_is_the_function(members: Any, analysis: Any, admin: Any) -> None:
    arguments = (tuple(members), analysis, admin)
    assert on_the_sheet(ask("GROUP", *arguments)) == plainly("GROUP", *arguments)


def test_clean_values_are_compiled_for_every_frame_and_edition() -> None:
    for frame in FRAMES:
        for as_of in (None, SERIAL_2025, SERIAL_2026):
            found = compiled.plan(frame.name, as_of)
            assert found is not None
            assert found.one(*(True if a.kind == "flag" else 1.0 for a in found.arguments)) is not None


@pytest.mark.parametrize("text", ["SUM(cost)", "cost/2", "INT(cost)", "MIN(1,2)"])
def test_only_the_words_of_a_formula_are_compiled(text: str) -> None:
    with pytest.raises(ValueError, match="formula of the rules"):
        python(text)


def test_an_unknown_amount_is_no_zero() -> None:
    """Excel shows nothing at all in a returned array as 0; a text of no letters stays blank."""
    kind, rows = ask("COMPARE", LINES, True)
    assert kind == "ok"
    assert rows[-1][1:] == ("", "", "")


def test_texts_in_a_table_are_short_enough_for_excel() -> None:
    assert com_values.grid([["あ" * 300]]) == ("ok", (("あ" * 255,),))


def fails(*_: Any) -> Any:
    raise ZeroDivisionError("division by zero")


def test_a_mistake_of_ours_is_an_error_cell_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(catalog, "SUBSIDY_EDITION", Function("SUBSIDY_EDITION", "", (), fails))
    kind, code, message = ask("EDITION")
    assert (kind, code) == ("err", 2015)
    assert "プログラムの誤り" in message and "test_dispatch.py" in message and os.sep not in message
    assert error_messages.last() == message


def test_a_reason_is_kept_for_the_ribbon() -> None:
    ask("INVOICE", None, True)
    said = fakecom.call("addin.excel.macros", "macro", ("last_error", ""))
    assert said[0] == "ok" and "cost（" in said[1] and "空欄" in said[1]
    assert fakecom.call("addin.excel.macros", "macro", ("last_error", "VBA の記録"))[1] == "VBA の記録"


@pytest.mark.parametrize("name", ["NOPE", "", "INVOICE "])
def test_an_unknown_function_is_our_mistake(name: str) -> None:
    assert ask(name)[:2] == ("err", 2015)


def test_too_many_arguments_are_our_mistake() -> None:
    assert ask("INVOICE", *[1.0] * 9)[:2] == ("err", 2015)


def test_nothing_but_the_entries_imports_xlwings() -> None:
    folder = Path(com_values.__file__).parent
    users = {path.name for path in folder.glob("*.py") if "xlwings" in _imported(path)}
    assert users == {"dispatch.py", "macros.py", "serve.py", "stock.py"}  # the last for one's own xlwings
    assert not any(
        word in path.read_text("utf-8") for path in folder.glob("*.py") for word in ("xlwings.pro", "xlwings.server")
    )


def _imported(path: Path) -> set[str]:
    """The packages that a module imports anywhere, also within a function; the text of a template is none."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    plain = {each.name.partition(".")[0] for node in nodes if isinstance(node, ast.Import) for each in node.names}
    return plain | {node.module.partition(".")[0] for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


def test_memory_stays_flat_over_many_calls() -> None:
    import tracemalloc

    def round_of_calls() -> None:
        for name, calls in CALLS.items():
            for arguments in calls:
                ask(name, *arguments)

    def grown() -> int:
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(10):
            round_of_calls()
        gc.collect()
        return tracemalloc.get_traced_memory()[0] - before

    for _ in range(5):
        round_of_calls()
    tracemalloc.start()
    round_of_calls()
    # a leak grows every time; a table of the interpreter that happens to double grows once
    assert min(grown() for _ in range(3)) < 50_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("name", "arguments", "reason"),
    [
        ("INVOICE", (((625_000.0,), (None,)), True), "2行目: #VALUE!: cost（"),
        ("INVOICE", (((625_000.0, 1e6), (1e6, -1.0)), True), "2行目の2列目: #VALUE!: cost（"),
        ("INVOICE", (((1e6,), (1e6,)), ((True,), (fakecom.FIRST + 2042,))), "2行目: "),
        ("INVOICE", (((None,), (None,), (-1.0,)), True), "（ほかに2セル）"),
        ("INVOICE", (((1e6,), (1e6,), (1e6,)), ((True,), (True,))), "3行目: #N/A: 範囲の大きさ"),
        ("REQUIRED_COST", ("invoice", ((1e6,), (1e9,)), True), "2行目: #NUM!: 引数が範囲の外"),
        ("REQUIRED_COST", ("invoice", 500_000.0, ((True,), ("x",))), "2行目: #VALUE!: "),
        ("GROUP", (MEMBERS, ((1.0,), (-2.0,))), "2行目: "),
        ("IS_SMALL", ((("製造業",), ("宇宙業",)), 6.0), "2行目: "),
    ],
)
def test_an_error_in_an_array_leaves_its_reason(name: str, arguments: tuple[Any, ...], reason: str) -> None:
    kind, _, errors, said = ask(name, *arguments)
    assert kind == "arr" and errors
    assert said.startswith(f"{PREFIX}{name}: ") and reason in said and error_messages.last() == said


@pytest.mark.parametrize(
    "shape", [((1e6,), (1e6, 2e6)), (1e6, (1e6,)), ((1e6,), 1e6), (((1e6,),),), ((1e6, 2e6), (3e6,), (4e6,))]
)
@pytest.mark.parametrize("name", ["INVOICE", "GROUP"])
def test_an_array_that_is_no_table_is_refused(name: str, shape: Any) -> None:
    kind, code, said = ask(name, shape, True)
    assert (kind, code) == ("err", 2015) and "配列の形" in said


def test_bytes_of_vba_are_numbers() -> None:
    assert ask("SECURITY", memoryview(b"\x01\x02"), True) == ask("SECURITY", (1.0, 2.0), True)
    two = memoryview(bytes([1, 2, 3, 4])).cast("B", (2, 2))
    assert ask("SECURITY", two, True) == ask("SECURITY", ((1.0, 2.0), (3.0, 4.0)), True)


def test_excel_counts_a_letter_outside_the_bmp_as_two() -> None:
    assert com_values.grid([["𠮷" * 200]]) == ("ok", (("𠮷" * 127,),))
    assert com_values.answer("𠮷" * 20_000, str) == ("ok", "𠮷" * 16_383)
    assert com_values.answer("\ud800" * 3, str) == ("ok", "\ud800" * 3)
