"""The VBA functions behind the cells: made from the catalogue, with names and arguments that VBA and Excel accept."""

from __future__ import annotations

import re

import pytest

from addin.excel import settings_sheets, wrappers
from addin.excel.settings_sheets import Sheet
from addin.functions.catalog import LONGEST, Argument, Function, catalog

WIZARD = 255  # letters that Excel shows
TEXT = wrappers.code(catalog.values())


def made(*arguments: str, name: str = "SUBSIDY_X") -> Function:
    """A function of required arguments; [x] is optional, *x repeated."""
    listed = tuple(Argument(a.strip("[]*"), "help", a[0] in "[*", a[0] == "*", False) for a in arguments)
    return Function(name, "help", listed, print)


@pytest.mark.parametrize("f", catalog.values(), ids=lambda f: f.name)
def test_every_function_has_one_wrapper_with_its_arguments(f: Function) -> None:
    heads = re.findall(rf"^Public Function {f.name}\((.*)\) As Variant$", TEXT, re.M)
    assert len(heads) == 1
    names = [
        re.sub(r"^(?:Optional )?(?:ByVal |ParamArray )(\w+)(?:\(\))? As Variant.*", r"\1", p)
        for p in heads[0].split(", ")
    ]
    assert [a.name for a in f.arguments] == names
    assert ["Optional" in p for p in heads[0].split(", ")] == [a.optional and not a.repeated for a in f.arguments]


def test_there_are_no_other_wrappers() -> None:
    assert list(catalog) == re.findall(r"^Public Function (\w+)", TEXT, re.M)


def test_an_omitted_argument_has_a_literal_default_and_missing_is_never_passed_on() -> None:
    assert len(re.findall(r"Optional ", TEXT)) == len(re.findall(r"Optional ByVal \w+ As Variant = Empty[,)]", TEXT))
    assert "IsMissing" not in TEXT


def test_a_table_argument_is_cut_to_the_rows_in_use() -> None:
    assert "hjTable(members)" in TEXT and "hjTable(lines)" in TEXT and TEXT.count("hjTable(") == 2


def test_a_function_of_today_is_worked_out_anew_on_every_day() -> None:
    assert re.findall(r"(\w+)\(.*\n    If IsEmpty\(hjValue\(today\)\) Then Application.Volatile", TEXT) == [
        "SUBSIDY_DEADLINE"
    ]


@pytest.mark.parametrize(
    "f",
    [
        made("end"),  # a keyword
        made("a", "Type"),
        made(name="R1C1"),  # cells
        made(name="abc12"),
        made("pc1"),
        made("C"),
        made("金額"),
        made("a-b"),
        made("a" * 65),
        made("a", "A"),
        made("[a]", "b"),  # order
        made("*a", "b"),
        made("[a]", "*b"),  # VBA has no ParamArray beside Optional
        made("rest", "*more"),
        made(*(f"argument_{i:02}x" for i in range(21))),
        made(*(f"argument_with_a_long_name_{i:02}" for i in range(10))),
    ],
    ids=lambda f: f.signature[:40],
)
def test_what_vba_or_excel_refuses_stops_the_build(f: Function) -> None:
    with pytest.raises(ValueError):
        wrappers.wrapper(f)


def test_the_texts_of_the_wizard_fit() -> None:
    help_rows = _sheet("functions").rows[1:]
    assert LONGEST == WIZARD and list(catalog) == [row[0] for row in help_rows]
    assert all(0 < len(text) <= WIZARD for row in help_rows for text in row)
    assert all(len(row) == 3 + len(catalog[row[0]].arguments) for row in help_rows)


def test_a_text_too_long_for_the_wizard_stops_the_build() -> None:
    with pytest.raises(ValueError):
        settings_sheets.sheets([Function("SUBSIDY_X", "あ" * (WIZARD + 1), (), print)])


def _sheet(name: str) -> Sheet:
    return next(s for s in settings_sheets.sheets(catalog.values()) if s.name == name)
