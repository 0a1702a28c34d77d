"""What Windows does otherwise than Linux is not in the sources: found here by reading them, on any machine."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
ROOMS = ("addin", "benchmarks", "docs", "rules", "templates", "tests", "workbooks")
SOURCES = [path for room in ROOMS for path in sorted((TOP / room).rglob("*.py"))]
EVERYWHERE = set("YmdHMS%")  # what a date's format may ask for: numbers that every system writes alike
WORDS = {"strftime", "strptime"}


def formats(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The formats of dates in a module: behind the colon of an f-string, or given to strftime and strptime."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
            parts: list[ast.expr] = node.format_spec.values
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WORDS:
            parts = node.args
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            parts = [ast.Constant(spec) for spec in _braces(node.func.value)]
        else:
            continue
        yield from ((node.lineno, p.value) for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str))


def _braces(text: ast.expr) -> list[str]:
    found = text.value if isinstance(text, ast.Constant) and isinstance(text.value, str) else ""
    return re.findall(r"{\w*:([^{}]*)}", found)


def wrong(spec: str) -> bool:
    """Whether a format means something else, or nothing, on another system or under another language."""
    asked = re.findall(r"%(.)", spec.rstrip("%") if re.fullmatch(r"[^%]*%", spec) else spec)  # .1% is a rate
    return bool(asked) and not (set(asked) <= EVERYWHERE and spec.isascii())


@pytest.mark.parametrize("spec", ["%-m", "%Y/%#d", "%e", "%s", "%p", "%A", "%b", "%c", "%x", "%Y年", "%-H:%M"])
def test_such_a_format_would_be_seen(spec: str) -> None:
    for text in (f"f'{{x:{spec}}}'", f"x.strftime('{spec}')", f"'{{:{spec}}}'.format(x)"):
        assert [wrong(found) for _, found in formats(ast.parse(text))] == [True], text


@pytest.mark.parametrize("spec", ["%Y-%m-%dT%H:%M:%SZ", ".1%", ",", "%H:%M", "04d"])
def test_a_good_format_passes(spec: str) -> None:
    assert not wrong(spec)


def test_dates_are_written_alike_on_every_system() -> None:
    found = [
        f"{path.relative_to(TOP)}:{line} {spec}"
        for path in SOURCES
        for line, spec in formats(ast.parse(path.read_text("utf-8")))
        if wrong(spec)
    ]
    assert len(SOURCES) > 300 and not found


def test_a_package_does_not_tell_the_system_on_which_it_was_made() -> None:
    """ZipInfo notes it where nobody says otherwise."""
    packers = [path for path in SOURCES if path != Path(__file__) and "ZipInfo(" in path.read_text("utf-8")]
    assert packers
    assert [p for p in packers if "tests" not in p.parts and "create_system" not in p.read_text("utf-8")] == []
