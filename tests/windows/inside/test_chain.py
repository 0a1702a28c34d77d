"""A cell's call through everything that Excel would use but Excel: the built add-in's VBA, its Declare, xlwings' DLL,
pythonw, COM between the processes, pywin32, the rules, and back to a VBA value. Every answer is the rules' own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from pyopenvba.interpreter._values import EMPTY, MISSING, VBAErrorValue

from addin.excel import build
from addin.functions.catalog import PREFIX, catalog
from tests.excel import test_dispatch as samples
from tests.windows import report
from tests.windows.inside import bridge, office
from tests.windows.inside.bridge import array, block
from tests.windows.inside.values import BASE, SERIAL, TYPES, in_cell, same, to_vba

assert build.__doc__  # fills the catalogue
counts: Counter[tuple[str, str]] = Counter()


@pytest.fixture(scope="module")
def excel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One Excel with the add-in, and so one server, for all calls."""
    made = office.load(office.built(tmp_path_factory.mktemp("xlstart") / "Hojokin.xlam"))
    yield made
    report.table("VBA -> DLL -> pythonw -> COM -> rules, 0 differences", counts)


def check(excel: Any, kind: str, name: str, given: list[Any], plain: list[Any]) -> None:
    """One call, held against the rules."""
    got = in_cell(excel.interpreter.run(PREFIX + name, given))
    wanted = samples.shown(catalog[PREFIX + name].call(*plain))
    assert same(got, wanted), f"{name} {kind}: {got!r} instead of {wanted!r}; {excel.run('LastMessage')}"
    if isinstance(got, tuple):
        assert excel.run("LastMessage").startswith(PREFIX + name)
    counts[name, kind] += 1


def required(name: str) -> int:
    return sum(not a.optional for a in catalog[PREFIX + name].arguments)


def test_every_function_is_called() -> None:
    assert [PREFIX + name for name in BASE] == list(catalog)


@pytest.mark.parametrize("name", BASE)
def test_every_type_in_every_argument(excel: Any, name: str) -> None:
    base = [to_vba(value) for value in BASE[name]]
    check(excel, "all given", name, base, list(BASE[name]))
    for at in range(len(base)):
        for kind, (given, plain) in TYPES.items():
            args, same_in_python = [*base], [*BASE[name]]
            args[at], same_in_python[at] = given, tabular(name, at, plain)
            check(excel, kind, name, args, same_in_python)


def tabular(name: str, at: int, plain: Any) -> Any:
    """A table's argument of one cell is a table of one cell."""
    arguments = catalog[PREFIX + name].arguments
    table = at < len(arguments) and arguments[at].table
    return [[plain]] if table and plain is not None and not isinstance(plain, list) else plain


@pytest.mark.parametrize("name", BASE)
def test_the_samples_of_the_other_tests(excel: Any, name: str) -> None:
    for call in samples.CALLS[name]:
        if len(call) >= required(name):
            check(excel, "samples", name, [to_vba(v) for v in call], [*map(samples.given_to_python, call)])


@pytest.mark.parametrize("name", [name for name in BASE if required(name) < len(BASE[name])])
def test_omitted_arguments(excel: Any, name: str) -> None:
    base = [to_vba(v) for v in BASE[name]]
    for count in range(required(name), len(base)):
        check(excel, "omitted at the end", name, base[:count], list(BASE[name][:count]))
    if catalog[PREFIX + name].arguments[-1].repeated:
        check(excel, "Missing", name, [*base[:-1], MISSING], [*BASE[name][:-1], None])


@pytest.mark.parametrize("name", BASE)
def test_cells_of_a_sheet(excel: Any, name: str) -> None:
    """Ranges as objects: one cell each, dates and amounts among them; blank ones; a row and a column."""
    sheet = excel.application.vba_get("ActiveSheet")
    base = [to_vba(v) for v in BASE[name]]
    for at, value in enumerate(base):
        if isinstance(BASE[name][at], list):
            continue
        cell = sheet.vba_get("Range", [f"B{at + 2}"])
        cell.vba_set("Value2", value, [])
        check(excel, "a cell", name, [*base[:at], cell, *base[at + 1 :]], list(BASE[name]))
        blank = sheet.vba_get("Range", ["Z99"])
        plain = [*BASE[name][:at], tabular(name, at, None), *BASE[name][at + 1 :]]
        check(excel, "a blank cell", name, [*base[:at], blank, *base[at + 1 :]], plain)
        column = sheet.vba_get("Range", ["D1:D3"])
        for n, item in enumerate((value, EMPTY, "x"), 1):
            sheet.vba_get("Range", [f"D{n}"]).vba_set("Value2", item, [])
        plain[at] = [[BASE[name][at]], [None], ["x"]]
        check(excel, "a column of cells", name, [*base[:at], column, *base[at + 1 :]], plain)
        two = sheet.vba_get("Range", ["B2,D1"])
        assert two.vba_get("Areas").vba_get("Count") == 2
        args = [*base[:at], two, *base[at + 1 :]]
        plain[at] = tabular(name, at, samples.ExcelError("#VALUE!"))
        check(excel, "two areas", name, args, plain)


@pytest.mark.windows
@pytest.mark.parametrize("name", BASE)
def test_every_error_in_every_argument(excel: Any, name: str) -> None:
    base = [to_vba(v) for v in BASE[name]]
    for number in range(2000, 2052):
        error = samples.ExcelError(samples_name(number))
        for at in range(len(base)):
            plain = [*BASE[name][:at], tabular(name, at, error), *BASE[name][at + 1 :]]
            given = [*base[:at], VBAErrorValue(number), *base[at + 1 :]]
            check(excel, "Error 2000-2051", name, given, plain)


def samples_name(number: int) -> str:
    names = {code: name for name, code in samples.CODES.items()}
    return names.get(number, f"#{number}")


@pytest.mark.parametrize("count", [10_000, pytest.param(100_000, marks=pytest.mark.windows)])
@pytest.mark.parametrize("name", ["INVOICE", "NORMAL", "ETRADE", "SECURITY", "REQUIRED_COST", "IS_SMALL", "EDITION"])
def test_many_rows_in_one_call(excel: Any, name: str, count: int) -> None:
    """Amounts, blanks, errors and texts in one column; the rest single."""
    at = {"REQUIRED_COST": 1, "IS_SMALL": 1}.get(name, 0)
    count = min(count, 500) if name == "REQUIRED_COST" else count  # each row is a search of its own
    odd: dict[int, Any] = {3: None, 5: "約", 7: samples.ExcelError("#N/A"), 11: -1.0}
    rows = [[odd.get(n % 97, 45_800.0 + n if name == "EDITION" else 50_000.0 + 7 * n)] for n in range(count)]
    if name == "IS_SMALL":
        rows = [[odd.get(n % 97, float(n % 40))] for n in range(count)]
    plain = [*BASE[name][:at], rows, *BASE[name][at + 1 :]]
    check(excel, f"{count:,} rows", name, [to_vba(v) for v in plain], plain)


@pytest.mark.usefixtures("excel")
def test_variables_of_the_caller_stay_as_they_are() -> None:
    """VBA hands its variables over by reference; of a tuple pywin32 would write into them."""
    server = bridge.server()
    for name, arguments in BASE.items():
        for by in ("ref", "variant"):
            values = bridge.called(PREFIX + name, [to_vba(v) for v in arguments])
            back: list[Any] = []
            server.call("CallUDF", *values, by=by, back=back)
            assert back[:2] == list(values[:2]) and back[3:] == list(values[3:])
            assert repr(flat(back[2])) == repr(flat(values[2]))
            counts[name, f"by {by}, unchanged"] += 1


def flat(value: Any) -> Any:
    return [value.bounds, *map(flat, value.items)] if hasattr(value, "bounds") else value


def test_arrays_come_as_tables_of_variants(excel: Any) -> None:
    got = excel.interpreter.run(PREFIX + "INVOICE", [block([[1e6], [EMPTY]]), True])
    assert [high - low + 1 for low, high in got.bounds] == [2, 1]
    assert got.items == [750_000.0, VBAErrorValue(2015)]
    assert "2行目" in excel.run("LastMessage")


def test_what_is_no_table_is_refused(excel: Any) -> None:
    for shape in (array(array(1e6), array(1e6, 2e6)), array(1e6, array(1e6)), array(array(1e6), 1e6)):
        assert excel.interpreter.run(PREFIX + "INVOICE", [shape, True]) == VBAErrorValue(2015)
        assert "配列の形" in excel.run("LastMessage")


def test_one_server_answered_all(excel: Any) -> None:
    assert excel.interpreter.run(PREFIX + "EDITION", [SERIAL])
    assert len(bridge.children()) == 1
