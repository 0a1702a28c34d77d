"""The add-in's VBA, run from the built file by an interpreter that is not ours, and read by checkers that are not ours."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from vbalidator import precheck

from addin.excel import build
from addin.excel.settings_sheets import texts
from addin.excel.vba_project import CLASS, Module
from addin.functions.catalog import catalog
from tests.excel import fakesheet, machine
from tests.excel.fakesheet import Book, Cell, NewCell, Sheet
from tests.excel.newer import NEWER, newer_members

SOURCES = build.modules()
TEXT = dict(texts()[1:])
SYSTEM_PYTHON = "/usr/bin/python3"  # has LibreOffice's UNO; setup/system.sh installs it
DISPATCH = "addin.excel.dispatch.dispatch"
MACRO = "addin.excel.macros.macro"
PING = f"{DISPATCH}([String SUBSIDY_EDITION, []])"  # before a button: is Python there?
HERE = r"C:\Users\me\AppData\Roaming\Microsoft\Excel\XLSTART\Hojokin.xlam"
THERE = r"C:\Users\O'Brien\AppData\Roaming\Microsoft\Excel\XLSTART\Hojokin.xlam"
UNBOUND = "=SUBSIDY_INVOICE(A1,TRUE)"


@pytest.fixture(scope="module")
def excel(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The built file with the stand-in for the bridge, opened once."""
    path = tmp_path_factory.mktemp("xlam") / "Hojokin.xlam"
    path.write_bytes(build.xlam_bytes(machine.stand_in()))
    return machine.load(path)


@pytest.fixture
def app(excel: Any) -> Iterator[Any]:
    machine.asked.clear()
    excel.run("Reset")
    excel.run("hjAnswers", True)
    excel.run("Log")
    yield excel


def log(app: Any) -> list[str]:
    return app.run("Log").splitlines()


# cells


@pytest.mark.parametrize(
    ("arguments", "sent"),
    [
        ((1_000_000.0, True), "Double 1000000, Boolean True"),
        (
            (1_000_000.0, "小規模", 2.0, 0.0, 0.0, 46111.0),
            "Double 1000000, String 小規模, Double 2, Double 0, Double 0, Double 46111",
        ),
    ],
)
def test_a_call_sends_what_was_given_and_no_more(app: Any, arguments: tuple[Any, ...], sent: str) -> None:
    assert app.run("SUBSIDY_INVOICE", *arguments) == 1.0
    assert log(app) == [f"{DISPATCH}([String SUBSIDY_INVOICE, [{sent}]])"]


@pytest.mark.parametrize(
    ("how", "sent"),
    [
        ("cell", "String SUBSIDY_INVOICE, [Double 1000000, Boolean True]"),
        ("blank", "String SUBSIDY_INVOICE, [Double 1000000, Boolean True]"),
        ("range", "String SUBSIDY_INVOICE, [[Double 1000000, Double 5], Boolean True]"),
        ("column", "String SUBSIDY_GROUP, [[Double 1000000, Double 5, Boolean True, blank]]"),  # two rows of a million
        ("areas", "String SUBSIDY_INVOICE, [error 2015, Boolean True]"),
        ("omitted", "String SUBSIDY_INVOICE, [Double 1, Boolean True, blank, Double 5]"),
        ("error", "String SUBSIDY_INVOICE, [error 2007, Boolean True]"),
        ("rest", "String SUBSIDY_WHY, [String invoice, Double 1000000, blank, Boolean True]"),
    ],
)
def test_what_cells_hold_is_sent_as_values(app: Any, how: str, sent: str) -> None:
    sheet = app.sheet(1, workbook=app.workbooks()[1])
    for cell, value in {"A1": 1_000_000.0, "A2": 5.0, "B1": True}.items():
        sheet.set_value(cell, value)
    app.run("FromCells", how)
    assert log(app) == [f"{DISPATCH}([{sent}])"]


@pytest.mark.parametrize("f", catalog.values(), ids=lambda f: f.name)
def test_every_wrapper_calls_its_own_function(app: Any, f: Any) -> None:
    required = [float(i) for i, a in enumerate(f.arguments) if not a.optional]
    assert app.run(f.name, *required) == 1.0
    shown = ", ".join(f"Double {i:.0f}" for i in required)
    assert log(app) == [f"{DISPATCH}([String {f.name}, [{shown}]])"]


@pytest.mark.parametrize("number", [2000, 2007, 2015, 2023, 2029, 2036, 2042, 2043, 2045, 2046, 2047, 2048, 2049, 2050])
def test_an_error_is_an_excel_error_and_its_reason_is_kept(app: Any, number: int) -> None:
    app.run("AnswerError", number, "わけ")
    assert str(app.run("SUBSIDY_EDITION")) == f"Error {number}"
    assert app.run("LastMessage") == "わけ"


def test_a_table_comes_back_with_errors_in_their_cells(app: Any) -> None:
    app.run("AnswerTable", 2036)
    (a, one), (wrong, two) = app.run("SUBSIDY_COMPARE", 1.0, True)
    assert (a, one, str(wrong), two) == ("a", 1.0, "Error 2036", 2.0)
    assert app.run("LastMessage") == "first"


def test_text_and_logical_values_come_back_as_they_are(app: Any) -> None:
    for value in ("2026年版", True, 750_000.0, ""):
        app.run("AnswerOk", value)
        assert app.run("SUBSIDY_EDITION") == value


def test_without_python_cells_are_not_available_and_do_not_try_again_at_once(app: Any) -> None:
    app.run("State", True, True)
    assert {str(app.run("SUBSIDY_EDITION")) for _ in range(3)} == {"Error 2042"}
    assert log(app) == [PING, "released"] * 2  # it had answered: once more, and then no more
    assert app.run("LastMessage").startswith(TEXT["unreachable"])


def test_on_a_mac_cells_are_not_available_and_buttons_say_what_works(app: Any) -> None:
    app.run("State", False, False)
    assert str(app.run("SUBSIDY_INVOICE", 1.0, True)) == "Error 2042"
    app.run("Press", "hj_check")
    app.run("Press", "hj_relink")
    assert log(app) == [f"warns: {TEXT['mac']}"] * 2


# ribbon


def buttons() -> list[str]:
    return re.findall(r'<button id="hj_(\w+)"', build.HERE.joinpath("ribbon.xml").read_text("utf-8"))


def test_the_ribbon_has_the_buttons_that_python_answers() -> None:
    asked_of_python = {"check", "compare", "draft", "proposal", "freeze", "new_quote", "edition", "last_error", "help"}
    assert set(buttons()) == asked_of_python | {"relink"}


@pytest.mark.parametrize("name", [b for b in buttons() if b != "relink"])
def test_a_button_runs_its_macro_on_the_active_workbook_and_shows_the_answer(app: Any, name: str) -> None:
    app.run("AnswerError", 2036, "わけ")
    app.run("SUBSIDY_EDITION")
    app.run("AnswerMacro", "ok", "できました。", "")
    log(app)
    app.run("Press", f"hj_{name}")
    argument = "String わけ" if name == "last_error" else "String "
    assert log(app) == [PING, f"{MACRO}([String {name}, {argument}]) on a workbook", "says: できました。"]
    assert app.application.status_bar is False


def test_a_macro_that_fails_warns_and_its_reason_is_kept(app: Any) -> None:
    app.run("AnswerMacro", "err", "見積がありません。", "")
    app.run("Press", "hj_check")
    assert log(app)[-1] == "warns: 見積がありません。" and app.run("LastMessage") == "見積がありません。"


def test_a_macro_without_python_says_what_to_do(app: Any) -> None:
    app.run("State", True, True)
    app.run("Press", "hj_draft")
    assert [line for line in log(app) if "warns" in line] == [f"warns: {TEXT['unreachable']}"]
    assert app.application.status_bar is False


@pytest.mark.parametrize(
    ("instruction", "asked"),
    [
        (r"explorer:C:\見積", [("open", r"C:\見積")]),
        (r"open:C:\見積\下書き.docx", [("open", r"C:\見積\下書き.docx")]),
        ("", []),
        ("nonsense", []),
    ],
)
def test_instructions_are_carried_out(app: Any, instruction: str, asked: list[Any]) -> None:
    app.run("AnswerMacro", "ok", "", instruction)
    app.run("Press", "hj_draft")
    assert asked == [a for a in machine.asked if a[0] == "open"]


def test_a_new_quote_is_a_new_workbook_from_the_template(app: Any) -> None:
    template = build.HERE.parent.parent / "workbooks" / "quote.xlsx"
    app.run("AnswerMacro", "ok", "", f"newbook:{template}")
    app.run("Press", "hj_new_quote")
    assert machine.asked == [("new", str(template))] and not [line for line in log(app) if "warns" in line]


def test_what_cannot_be_opened_is_said(app: Any) -> None:
    app.run("AnswerMacro", "ok", "", "newbook:/nowhere/quote.xlsx")
    app.run("Press", "hj_new_quote")
    assert f"warns: {TEXT['not_opened']}" in log(app)


def test_loading_the_ribbon_only_asks_to_be_called_later(app: Any) -> None:
    app.run("LoadRibbon")
    assert machine.asked == [("later", "'Hojokin.xlam'!hjStart")] and log(app) == []


def test_the_start_describes_every_function_and_warms_python(app: Any) -> None:
    app.run("Watch")
    described = {a[1]: a[2:] for a in machine.asked if a[0] == "describe"}
    assert {f"'Hojokin.xlam'!{name}" for name in catalog} == set(described)
    for name, f in catalog.items():
        assert (f.doc, "デジタル化・AI導入補助金", *(a.doc for a in f.arguments)) == described[f"'Hojokin.xlam'!{name}"]
    app.run("hjStart")
    assert log(app)[0] == f"{DISPATCH}([String SUBSIDY_EDITION, []])"


def test_the_version_is_shown(app: Any) -> None:
    assert app.run("VersionLabel") == TEXT["version"]


# repair


def mend(app: Any, *cells: Cell, protected: bool = False, **book: Any) -> Book:
    made = Book([Sheet(cells, protected)], **book)
    app.run("hjMend", made)
    return made


@pytest.mark.parametrize(("kind", "how"), [(Cell, "Formula"), (NewCell, "Formula2")])
def test_an_unbound_cell_is_entered_again(app: Any, kind: Callable[..., Cell], how: str) -> None:
    ours, other, good = kind(UNBOUND), kind("=1/0"), kind(UNBOUND, error=False)
    book = mend(app, ours, other, good)
    assert (ours.entered, other.entered, good.entered, book.saved) == ([f"{how}: {UNBOUND}"], [], [], True)
    assert app.application.enable_events and app.application.screen_updating


def test_an_array_formula_is_entered_once_as_an_array(app: Any) -> None:
    for kind in (Cell, NewArrayCell):
        cells = [kind(UNBOUND) for _ in range(3)]
        for cell in cells:
            cell.array = cells
        mend(app, *cells)
        assert [c.entered for c in cells] == [[f"FormulaArray: {UNBOUND}"], [], []]


class NewArrayCell(NewCell):
    """An old array formula in Excel 365."""

    @fakesheet.member
    def HasSpill(self) -> bool:
        return False


def test_a_spilled_formula_is_entered_in_its_first_cell_alone(app: Any) -> None:
    cells = [NewCell(UNBOUND) for _ in range(3)]
    for cell in cells:
        cell.array = cells
    mend(app, *cells)
    assert [c.entered for c in cells] == [[f"Formula2: {UNBOUND}"], [], []]


def test_protected_sheets_and_text_cells_stay_as_they_are(app: Any) -> None:
    locked, text = Cell(UNBOUND), Cell(UNBOUND, number_format="@")
    mend(app, locked, protected=True)
    mend(app, text)
    assert locked.entered == text.entered == []


def test_a_huge_sheet_is_left_alone_and_many_cells_are_mended_in_part(app: Any) -> None:
    cell = Cell(UNBOUND)
    mend(app, *[cell] * 200_001)
    assert cell.entered == []


def test_links_to_another_place_become_links_to_this_file(app: Any) -> None:
    book = mend(app, links=[THERE, r"C:\other.xlsx"])
    (link,) = book.changed
    assert link[0] == THERE and link[1].endswith("Hojokin.xlam") and book.links == [r"C:\other.xlsx"]


def test_where_a_link_cannot_be_changed_the_path_is_taken_out_of_good_cells_too(app: Any) -> None:
    path = THERE.replace("'", "''")
    cell = Cell(f"='{path}'!SUBSIDY_INVOICE(A1,TRUE)", error=False)
    mend(app, cell, links=[THERE], locked=True)
    assert cell.entered == [f"Formula: {UNBOUND}"]


def test_nothing_is_mended_while_python_does_not_answer(app: Any) -> None:
    app.run("State", True, True)
    app.run("SUBSIDY_EDITION")
    cell = Cell(UNBOUND)
    mend(app, cell, links=[THERE])
    assert cell.entered == []


def test_a_workbook_that_is_opened_is_mended(app: Any) -> None:
    cell = Cell(UNBOUND)
    app.run("Opened", Book([Sheet([cell])]))
    assert cell.entered == [f"Formula: {UNBOUND}"]


def test_the_button_says_how_many_cells_it_mended(app: Any) -> None:
    app.run("Press", "hj_relink")
    assert log(app) == ["says: " + TEXT["mended"].replace("%1", "0")]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (f"='{HERE}'!SUBSIDY_X(1)", "=SUBSIDY_X(1)"),
        ("='C:\\O''Brien\\hojokin.XLAM'!subsidy_x(1)", "=subsidy_x(1)"),
        ("=1+Hojokin.xlam!SUBSIDY_X(Hojokin.xlam!SUBSIDY_Y(2))", "=1+SUBSIDY_X(SUBSIDY_Y(2))"),
        ("=[1]!SUBSIDY_X(1)+[12]!SUBSIDY_X(2)", "=SUBSIDY_X(1)+SUBSIDY_X(2)"),
        (
            "=IF(A1,'https://x/Hojokin.xlam'!SUBSIDY_X(1),'[Hojokin.xlam]'!SUBSIDY_X(2))",
            "=IF(A1,SUBSIDY_X(1),SUBSIDY_X(2))",
        ),
        ("=SUM('Hojokin.xlam'!other)", "=SUM('Hojokin.xlam'!other)"),
        ("='C:\\MyHojokin.xlam'!SUBSIDY_X(1)", "='C:\\MyHojokin.xlam'!SUBSIDY_X(1)"),
        ("='見積 表'!SUBSIDY_NOTE+1", "='見積 表'!SUBSIDY_NOTE+1"),
        ("=!SUBSIDY_X(1)", "=!SUBSIDY_X(1)"),
        ("", ""),
    ],
)
def test_the_path_before_our_functions_is_taken_out(app: Any, text: str, want: str) -> None:
    assert app.run("hjWithoutPath", text, "Hojokin.xlam") == want


@pytest.mark.parametrize(
    ("path", "foreign"),
    [
        (HERE, True),
        ("https://x.sharepoint.com/a/hojokin.xlam", True),
        (r"C:\MyHojokin.xlam", False),
        (r"C:\a.xlsx", False),
    ],
)
def test_a_link_to_our_file_elsewhere_is_foreign(app: Any, path: str, foreign: bool) -> None:
    assert app.run("hjIsForeign", path) is foreign


# a second interpreter: LibreOffice


@pytest.mark.office
def test_libreoffice_runs_the_built_file(tmp_path: Path) -> None:
    """Its Basic knows neither `#If` (the bridge) nor `= Empty` as a default: the one is replaced, the other False here."""
    modules = machine.stand_in()
    made = modules["HojokinFunctions"]
    modules[made.name] = Module(made.name, made.kind, made.code.replace("As Variant = Empty", "As Variant = False"))
    path = tmp_path / "Hojokin.xlam"
    path.write_bytes(build.xlam_bytes(modules))
    found, answers = in_calc(
        path,
        ("Driver", "Reset"),
        ("HojokinFunctions", "SUBSIDY_SECURITY", 1_000_000.0, True, 46111.0),
        ("HojokinFunctions", "SUBSIDY_WHY", "invoice", 5.0),
        ("Driver", "Press", "hj_compare"),
        ("Driver", "Log"),
        ("Driver", "VersionLabel"),
        ("HojokinMend", "hjWithoutPath", f"='{HERE}'!SUBSIDY_X(1)", "Hojokin.xlam"),
    )
    assert set(modules) < set(found)
    assert answers[1:4] == [1, 1, None] and answers[5:] == [TEXT["version"], "=SUBSIDY_X(1)"]
    assert answers[4].splitlines() == [
        f"{DISPATCH}([String SUBSIDY_SECURITY, [Double 1000000, Boolean True, Double 46111]])",
        f"{DISPATCH}([String SUBSIDY_WHY, [String invoice, Double 5]])",
        PING,
        f"{MACRO}([String compare, String ]) on a workbook",
        "says: 1",
    ]


def in_calc(path: Path, *calls: tuple[Any, ...]) -> tuple[list[str], list[Any]]:
    """The modules that LibreOffice found in the file, and what the calls gave."""
    program = [SYSTEM_PYTHON, str(machine.HERE / "calc_runs.py"), str(path), str(path.parent / "profile")]
    asked = json.dumps([[module, procedure, rest] for module, procedure, *rest in calls])
    done = subprocess.run(program, input=asked, capture_output=True, text=True, check=True, timeout=600)
    found, answers = json.loads(done.stdout)
    return found, answers


# the sources, read by checkers


@pytest.mark.parametrize("name", SOURCES)
def test_sources_are_ascii_and_explicit(name: str) -> None:
    assert SOURCES[name].code.isascii() and SOURCES[name].code.startswith("Option Explicit\n")


@pytest.mark.parametrize("name", SOURCES)
def test_nothing_newer_than_excel_2016_is_bound_early(name: str) -> None:
    assert list(newer_members(SOURCES[name].code)) == []


def test_the_lint_finds_what_is_newer() -> None:
    code = 'cell.Formula2 = 1\nx = r.hasspill \' .Formula2\nCallByName c, ".Formula2", VbGet\ny = WorksheetFunction.XLookup(1)'
    assert [(line, name) for line, name, _ in newer_members(code)] == [(1, "Formula2"), (2, "HasSpill"), (4, "XLookup")]
    assert all(NEWER.values())


@pytest.mark.parametrize("machine_kind", [{"WIN64": True}, {"WIN64": False}, {"MAC": True}])
def test_vbalidator_finds_no_error(machine_kind: dict[str, bool], tmp_path: Path) -> None:
    assert validated({n: m.source for n, m in SOURCES.items()}, machine_kind, tmp_path) == []


def test_vbalidator_finds_what_would_not_compile(tmp_path: Path) -> None:
    broken = SOURCES["HojokinCalls"].source.replace("hjReachable()", "hjReacheable()").replace("End Select", "")
    assert validated({"HojokinCalls": broken}, {"WIN64": True}, tmp_path)


def validated(sources: Mapping[str, str], kind: dict[str, bool], folder: Path) -> list[Any]:
    for name, source in sources.items():
        ending = ".cls" if name in SOURCES and SOURCES[name].kind == CLASS else ".bas"
        (folder / f"{name}{ending}").write_text(source, "ascii", newline="")
    return precheck(folder, host="excel", defines={"VBA7": True, **kind}).issues


def test_cells_of_an_excel_that_is_not_ours_are_entered_again(app: Any) -> None:
    """pyOpenVBA's own cells in place of fakesheet's: entered as what they are, what is not ours left alone."""
    book = app.add_workbook()
    book.__class__ = machine.Book
    sheet = book.sheets_[0]

    def cell(at: str) -> Any:
        return sheet.vba_get("Range", [at])

    amount, table, array = UNBOUND, '=SUBSIDY_EXPLAIN("invoice",1,TRUE)', "=SUBSIDY_INVOICE(E1:E3,TRUE)"
    for at, how, text in (
        ("A1", "Formula", amount),
        ("A2", "Formula2", table),
        ("D1:D3", "FormulaArray", array),
        ("B1", "Formula", "=1+1"),
        ("C1", "Formula", "=NOPE(1)"),
    ):
        cell(at).vba_set(how, text)
    app.run("Press", "hj_relink")
    assert log(app)[-1] == f"says: {TEXT['mended'].replace('%1', '3')}"
    assert [cell(at).vba_get("Formula") for at in ("A1", "A2", "D1", "D3")] == [amount, table, array, array]
    assert [cell(at).vba_get("HasArray") for at in ("A1", "D1", "D3")] == [False, True, True]
    assert cell("B1").vba_get("Value2") == 2.0
    sheet.vba_get("Protect", [""])
    app.run("Press", "hj_relink")
    assert log(app)[-1].startswith(f"warns: {TEXT['mended_partly'][:20].replace('%1', '0')}")
    book.vba_get("Close", [False])
