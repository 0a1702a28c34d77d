"""The functions as LAMBDA names: the text as Excel stores it, its limits, and its yen, calculated by formulon."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from addin import functions as addin_functions
from addin.functions.catalog import catalog
from rules.engine.argument import ExcelError
from rules.engine.edition import editions
from rules.frames import FRAMES, frame, group, invoice, security
from rules.frames.contract import Frame
from tests.cases import Case, cases
from tests.engines import Row
from tests.engines.groups import differences as group_differences
from tests.engines.sheets import literal, put, shown, with_names
from tests.lambda_text import depth, functions, own_names, refused
from tests.mutation import Value, halved
from workbooks.lambdas.frames import Since, by_edition, frame_lambda
from workbooks.lambdas.names import LONGEST, LONGEST_COMMENT, MARK, NEW, PREFIX, Named, function, named, stored

NAMES = named()
BY_NAME = {n.name: n for n in NAMES}
each = pytest.mark.parametrize("n", NAMES, ids=lambda n: n.name)
OLD = {
    "IF",
    "INT",
    "ISERROR",
    "ISNUMBER",
    "ISLOGICAL",
    "ISTEXT",
    "EXACT",
    "DATE",
    "SUM",
    "COLUMNS",
    "ROWS",
    "INDEX",
    "TODAY",
}
NEEDS_THE_ADDIN = {"SUBSIDY_EXPLAIN", "SUBSIDY_WHY", "SUBSIDY_COMPARE"}  # tables and sentences


def called(*calls: str, cells: dict[tuple[int, int], Any] | None = None, shape: tuple[int, int] = (1, 1)) -> list[Any]:
    """What each call gives, entered in column Z: one value, or rows of the shape that spills."""
    (height, width), results = shape, list[Any]()
    with with_names() as engine:
        for (row, column), value in (cells or {}).items():
            put(engine, row, column, value)
        for i, call in enumerate(calls):
            engine.set_formula(0, i * height, 25, f"={call}")
        engine.recalc()
        for i in range(len(calls)):
            rows = [[shown(engine.get_value(0, i * height + r, 25 + c)) for c in range(width)] for r in range(height)]
            results.append(rows if shape != (1, 1) else rows[0][0])
    return results


def typed(value: Any) -> str:
    """A value as a person types it into a call."""
    if isinstance(value, date):
        return literal(value)
    if isinstance(value, str) and not isinstance(value, ExcelError):
        return f'"{value}"'
    return "" if value is None else str(value).upper()


# --- the text ------------------------------------------------------------------------------------------------------


def test_security_is_stored_as_excel_stores_it() -> None:
    on = "DATE(2026,3,30)"
    as_of = (
        f'IF(_xlfn.ISOMITTED(_xlpm.as_of),{on},IF(ISERROR(_xlpm.as_of),_xlpm.as_of,IF(_xlpm.as_of="",{on},'
        "IF(ISNUMBER(_xlpm.as_of),IF(_xlpm.as_of<=0,#NUM!,IF(_xlpm.as_of>DATE(9999,12,31),#NUM!,INT(_xlpm.as_of))),"
        "#VALUE!))))"
    )
    cost = (
        "IF(ISERROR(_xlpm.cost),_xlpm.cost,IF(ISNUMBER(_xlpm.cost),IF(_xlpm.cost<0,#VALUE!,"
        "IF(INT(_xlpm.cost)<>_xlpm.cost,#VALUE!,IF(_xlpm.cost<0,#NUM!,IF(_xlpm.cost>10000000000,#NUM!,_xlpm.cost)))),"
        "#VALUE!))"
    )
    small = (
        'IF(EXACT(_xlpm.small_biz,"中小"),FALSE,IF(EXACT(_xlpm.small_biz,"小規模"),TRUE,IF(ISERROR(_xlpm.small_biz),'
        "_xlpm.small_biz,IF(ISLOGICAL(_xlpm.small_biz),_xlpm.small_biz,IF(ISNUMBER(_xlpm.small_biz),"
        "IF(_xlpm.small_biz=1,TRUE,IF(_xlpm.small_biz=0,FALSE,#VALUE!)),#VALUE!)))))"
    )
    steps = (
        "_xlfn.LET(_xlpm.amount,INT(_xlpm.cost_ok*IF(_xlpm.small_biz_ok,4,3)/6),_xlpm.capped,IF(_xlpm.amount<1500000,"
        "_xlpm.amount,1500000),_xlpm.subsidy,IF(_xlpm.capped<50000,0,_xlpm.capped),_xlpm.subsidy)"
    )
    errors = "".join(f"IF(ISERROR(_xlpm.{name}),_xlpm.{name}," for name in ("as_of_ok", "cost_ok", "small_biz_ok"))
    assert BY_NAME["SUBSIDY_SECURITY"].stored == (
        f"_xlfn.LAMBDA(_xlpm.cost,_xlpm.small_biz,_xlop.as_of,_xlfn.LET(_xlpm.as_of_ok,{as_of},_xlpm.cost_ok,{cost},"
        f"_xlpm.small_biz_ok,{small},{errors}IF(_xlpm.as_of_ok<DATE(2025,3,31),#N/A,{steps}))))))"
    )


def test_every_function_of_single_values_is_there_and_asks_what_the_add_in_asks() -> None:
    assert set(BY_NAME) == set(catalog) - NEEDS_THE_ADDIN
    for name, n in BY_NAME.items():
        head = n.text.removeprefix("=LAMBDA(").partition(", LET(")[0].split(", ")
        if name != "SUBSIDY_REQUIRED_COST":  # its further arguments are those of the frame
            shown_there = catalog[name].signature.partition("(")[2].rstrip(")").split(", ")
            assert head == shown_there


@each
def test_a_name_is_within_excels_limits(n: Named) -> None:
    assert len(n.text) < LONGEST and len(n.stored) < LONGEST
    assert len(n.comment) <= LONGEST_COMMENT and n.comment.startswith(MARK)
    assert depth(n.text) <= 64
    assert max(len(word) for word in own_names(n.text)) < 64


@each
def test_excel_refuses_none_of_the_names_within(n: Named) -> None:
    assert [word for word in own_names(n.text) if refused(word)] == []
    assert len({word.lower() for word in own_names(n.text)}) == len(own_names(n.text))


@each
def test_every_function_called_is_known_and_new_ones_carry_their_prefix(n: Named) -> None:
    frames = {function(f) for f in FRAMES}
    assert functions(n.text) <= OLD | set(NEW) | frames
    assert not re.search(r"[\[\] ]", re.sub(r'"[^"]*"', "", n.stored))
    for word in functions(n.text) & set(NEW):
        assert n.stored.count(f"{word}(") == n.stored.count(f"_xlfn.{word}(")


def test_a_text_or_an_error_that_looks_like_a_name_stays() -> None:
    assert (
        stored('=LAMBDA(a, IF(a="cost ""a"" LET(",#N/A,TRUE))')
        == '_xlfn.LAMBDA(_xlpm.a,IF(_xlpm.a="cost ""a"" LET(",#N/A,TRUE))'
    )


def test_editions_with_one_formula_are_one_branch() -> None:
    first, second, third = date(2025, 3, 31), date(2026, 3, 30), date(2027, 4, 1)
    one = by_edition([Since(first, "x"), Since(second, "x")])
    assert one == "IF(as_of_ok<DATE(2025,3,31),#N/A,x)"
    three = by_edition([Since(first, "x"), Since(second, "y"), Since(third, "x")])
    assert three == "IF(as_of_ok<DATE(2025,3,31),#N/A,IF(as_of_ok<DATE(2026,3,30),x,IF(as_of_ok<DATE(2027,4,1),y,x)))"


def test_one_edition_alone_asks_no_date() -> None:
    assert frame_lambda(security.FRAME, date(2025, 6, 1)).startswith("=LAMBDA(cost, small_biz, LET(cost_ok, ")
    assert "as_of" not in frame_lambda(group.FRAME, date(2026, 6, 1))


def test_a_comment_names_editions_and_source() -> None:
    for since in (e.since for e in editions(invoice.Edition)):
        assert f"{since.year}年版（{since}～）" in BY_NAME["SUBSIDY_INVOICE"].comment
    assert BY_NAME["SUBSIDY_INVOICE"].comment.endswith("出典: デジタル化・AI導入補助金 リーフレット（2026年版）")


# --- the yen -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["invoice", "normal", "etrade", "security"])
def test_every_worked_example(name: str) -> None:
    arguments = [a.name for a in frame(name).arguments]

    def call(case: Case) -> str:
        return (
            f"{function(frame(name))}({','.join(typed(case.arguments.get(a)) for a in arguments)},{typed(case.as_of)})"
        )

    known = cases(name)
    assert called(*map(call, known)) == [case.error or case.subsidy for case in known]


def test_every_worked_example_of_a_group() -> None:
    rest = [a.name for a in group.ARGUMENTS[1:]]
    for case in cases("group"):
        rows = case.arguments.get("members", [])
        cells = {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row)}
        table = f"A1:E{max(len(rows), 2)}"
        call = f"SUBSIDY_GROUP({table},{','.join(typed(case.arguments.get(a)) for a in rest)},{typed(case.as_of)})"
        assert called(call, cells=cells) == [case.error or case.subsidy], case.name


@pytest.mark.parametrize("on", [date(2025, 6, 1), date(2026, 6, 1), date(2024, 6, 1)], ids=str)
def test_random_groups_blank_and_wrong_rows_among_them(on: date) -> None:
    assert group_differences(60, on, seed=7) == (60, [])


@pytest.mark.parametrize("page", [invoice.FRAME, group.FRAME], ids=lambda f: f.name)
def test_a_group_takes_each_part_from_the_edition_of_its_day(page: Frame) -> None:
    changed = {"invoice": ("band_1", "up_to"), "group": ("combined", "value")}[page.name]
    with halved(Value(page.parameters, date(2026, 3, 30), *changed)):
        assert ("base_2" in frame_lambda(group.FRAME)) is (page is invoice.FRAME)
        for on in (date(2025, 6, 1), date(2026, 6, 1), date(2024, 6, 1)):
            assert group_differences(30, on, seed=3) == (30, [])


def test_what_is_left_out_has_its_default() -> None:
    whole = called(
        "SUBSIDY_INVOICE(1000000,FALSE,2,0,0)", "SUBSIDY_INVOICE(1000000,FALSE)", "SUBSIDY_INVOICE(1000000,0,,,)"
    )
    assert whole == [722_222] * 3
    assert called('SUBSIDY_INVOICE(1000000,"中小","",A1,"")', "SUBSIDY_NORMAL(4000000,3)") == [722_222, 1_500_000]
    assert called("SUBSIDY_SECURITY(,TRUE)", "SUBSIDY_SECURITY(100000,)") == ["#VALUE!", "#VALUE!"]


def test_the_date_decides_the_edition_and_the_newest_holds_without() -> None:
    call = "SUBSIDY_NORMAL(4000000,3,FALSE{})"
    days = ("", ",", ",A1", ",DATE(2026,3,30)", ",DATE(2026,3,29)", ",DATE(2025,3,31)", ",DATE(2025,3,30)", ',"2026"')
    got = called(*(call.format(d) for d in (*days, ",0", ",-1", ",#REF!", ",TRUE", ",DATE(2026,3,29)+0.9", ",3000000")))
    assert got[:4] == [1_500_000] * 4
    assert got[4:8] == [1_499_999, 1_499_999, "#N/A", "#VALUE!"]
    assert got[8:] == ["#NUM!", "#NUM!", "#REF!", "#VALUE!", 1_499_999, "#NUM!"]


def test_a_range_gives_a_result_of_its_shape() -> None:
    cells = {(0, 0): 1_000_000, (1, 0): None, (2, 0): "x", (3, 0): ExcelError("#N/A"), (0, 1): True, (0, 2): False}
    column = [[750_000], ["#VALUE!"], ["#VALUE!"], ["#N/A"]]
    assert called("SUBSIDY_INVOICE(A1:A4,TRUE)", cells=cells, shape=(4, 1)) == [column]
    crossed = called("SUBSIDY_INVOICE(A1:A2,B1:C1)", cells=cells, shape=(2, 2))
    assert crossed == [[[750_000, 722_222], ["#VALUE!", "#VALUE!"]]]
    assert called("SUBSIDY_SECURITY(A1:A2,B1:B3)", cells=cells, shape=(3, 1))[0][2] == ["#N/A"]


def row_of(name: str, row: Row) -> str:
    return f"{PREFIX}{name}({','.join(map(typed, row))})"


def same_as_the_add_in(name: str, rows: list[Row]) -> None:
    """The names and the add-in's own functions, argument by argument."""
    right = [getattr(addin_functions, name.lower())(*row) for row in rows]
    assert called(*(row_of(name, row) for row in rows)) == [_serial(answer) for answer in right]


def _serial(answer: Any) -> Any:
    return (answer - date(1899, 12, 30)).days if isinstance(answer, date) else answer


def test_firms_are_judged_as_the_add_in_judges_them() -> None:
    industries = [
        "小売業",
        "製造業",
        "宿泊業",
        "娯楽業",
        "ゴム製品製造業",
        "医療法人",
        "NPO法人",
        "npo法人",
        "その他",
        "無い業",
        "",
        None,
        5,
    ]
    capitals = [
        None,
        0,
        50_000_000,
        50_000_001,
        300_000_000,
        300_000_001,
        -1,
        0.5,
        "x",
        True,
        False,
        ExcelError("#N/A"),
    ]
    people = [0, 5, 6, 50, 51, 100, 101, 200, 201, 300, 301, 900, 901, None, -1, 0.5, "x", ExcelError("#REF!")]
    for industry in industries:
        same_as_the_add_in("IS_SME", [(industry, c, p) for c in capitals for p in people])
    same_as_the_add_in("IS_SMALL", [(i, p) for i in (*industries, ExcelError("#N/A")) for p in people])


def test_closing_dates_and_editions_are_those_of_the_add_in() -> None:
    frames = [
        "normal",
        "通常枠",
        "group",
        "インボイス枠 電子取引類型",
        "電子取引類型",
        "無い枠",
        "",
        5,
        None,
        ExcelError("#N/A"),
    ]
    days = [
        date(2025, 1, 1),
        date(2025, 6, 1),
        date(2026, 3, 29),
        date(2026, 3, 30),
        date(2026, 5, 12),
        date(2026, 5, 13),
    ]
    days += [date(2026, 6, 15), date(2026, 8, 26), date(2026, 10, 30), date(2026, 10, 31), date(2030, 1, 1)]
    odd = [46154.5, 0, -1, "x", True, ExcelError("#REF!")]
    same_as_the_add_in("DEADLINE", [(f, d) for f in frames for d in (*days, *odd)])
    same_as_the_add_in("EDITION", [(d,) for d in (*days, *odd, None, "")])


def test_the_cost_for_a_target_is_that_of_the_add_in() -> None:
    on = date(2025, 6, 1)
    rows: list[Row] = [
        ("invoice", goal, small) for goal in (0, 1, 500_000, 500_001, 3_500_000, 3_500_001) for small in (True, False)
    ]
    rows += [
        ("invoice", 800_000, True, 1),
        ("invoice", 600_000, True, 1, 200_000, 0),
        ("invoice", 1, True, 2, 0, 0, on),
    ]
    rows += [
        ("normal", 1_500_000, 3),
        ("normal", 1_500_000, 3, True, on),
        ("通常枠", 4_500_000, 4),
        ("normal", 1, 3, True, on, 5),
    ]
    rows += [("etrade", 400_000, 5, 10), ("etrade", 400_000, 11, 10), ("etrade", 1, 1, 1, True, date(2024, 1, 1))]
    rows += [
        ("security", 50_000, "小規模"),
        ("security", -1, True),
        ("security", None, True),
        ("security", "x", True),
        ("security", 1),
    ]
    rows += [("group", 1, 1), ("無い枠", 1, 1), (ExcelError("#N/A"), 1, 1), ("security", ExcelError("#REF!"), True)]
    same_as_the_add_in("REQUIRED_COST", rows)
    assert called(
        'SUBSIDY_REQUIRED_COST("security",A1:A2,TRUE)', cells={(0, 0): 50_000, (1, 0): 1_500_000}, shape=(2, 1)
    ) == [[[75_000], [2_250_000]]]
