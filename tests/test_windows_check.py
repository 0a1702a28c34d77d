"""docs/windows-check.md expects of Excel what the functions give, and names the buttons and files that there are."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from addin import functions
from addin.install.start_menu import ITEMS
from rules.engine.argument import ExcelError

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "windows-check.md").read_text("utf-8")
FORMULAS = re.findall(r"^\| (3-\d+) \| `=(\w+)\((.*)\)` \| (.*?) \| \|$", PAGE, re.MULTILINE)


def arguments(text: str) -> list[Any]:
    """The arguments of a formula, as the add-in hands them over."""
    words = re.sub(r"DATE\((\d+),(\d+),(\d+)\)", r"date(\1;\2;\3)", text).split(",")
    return [_value(word.replace(";", ",")) for word in words]


def _value(word: str) -> Any:
    if word == "1/0":
        return ExcelError("#DIV/0!")
    names = {"TRUE": True, "FALSE": False, "date": date}
    return eval(word, {"__builtins__": {}}, names) if word else None  # our own page, not somebody's text


def shown(value: Any) -> str:
    """A value as an unformatted cell shows it."""
    if isinstance(value, bool):
        return str(value).upper()
    return str((value - date(1899, 12, 30)).days) if isinstance(value, date) else str(value)


@pytest.mark.parametrize(("number", "name", "given", "wanted"), FORMULAS, ids=[row[0] for row in FORMULAS])
def test_the_page_expects_what_the_function_gives(number: str, name: str, given: str, wanted: str) -> None:
    call = getattr(functions, name.removeprefix("SUBSIDY_").lower())
    assert shown(call(*arguments(given))) == wanted, number


def test_the_page_has_its_formulas() -> None:
    assert len(FORMULAS) >= 4  # every function and every kind of value are called in tests/windows


def test_the_page_names_every_button_and_menu_item() -> None:
    ribbon = ROOT / "addin" / "excel" / "ribbon.xml"
    for label in re.findall(r'<button [^>]*?\blabel="([^"]+)"', ribbon.read_text("utf-8")):
        assert label in PAGE
    for name in ITEMS:
        assert f"「{name.removesuffix('.cmd')}」" in PAGE
