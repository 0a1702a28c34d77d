"""What the docstring of every function says that others call: units, errors, source and an example that runs."""

from __future__ import annotations

import ast
import doctest
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from addin.functions.catalog import catalog
from rules.excel_values import NAMES
from tests.test_architecture import modules

ROOT = Path(__file__).parents[1]
UNITS = re.compile(r"^    Units: .*(?:円|か月|by number|a day|西暦)", re.MULTILINE)
ERRORS = re.compile(rf"^    Errors: .*(?:none|{'|'.join(map(re.escape, NAMES))}|[A-Z]\w+Error)", re.MULTILINE)
SOURCE = re.compile(r"^    Source: (.+)$", re.MULTILINE)
PAGE = re.compile(r"\brules/(?:[\w/.]*\w/?)?")


def of_the_catalogue() -> dict[str, Callable[..., Any]]:
    return {name: entry.call for name, entry in catalog.items()}


def of_the_advice() -> dict[str, Callable[..., Any]]:
    """The functions of rules/advice that a host takes."""
    return {f"{module}.{name}": f for module, name in _taken() if callable(f := getattr(import_module(module), name))}


def _taken() -> Iterator[tuple[str, str]]:
    for path in (path for name, path in modules().items() if name.startswith("addin.")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("rules.advice."):
                yield from ((node.module, a.name) for a in node.names if a.name.islower())


def test_what_the_readme_offers_to_python_is_of_the_catalogue() -> None:
    offered = re.findall(r"from ([\w.]+) import ([\w, ]+)", (ROOT / "README.md").read_text("utf-8"))
    assert offered
    for module, names in offered:
        assert {getattr(import_module(module), n) for n in names.split(", ")} <= {*of_the_catalogue().values()}


CALLED = {**of_the_catalogue(), **of_the_advice()}


def test_there_are_functions_of_either_kind() -> None:
    assert len(of_the_catalogue()) == 13
    assert {"rules.advice.advice.advise", "rules.advice.inverse.inverse"} <= of_the_advice().keys()


@pytest.mark.parametrize("name", CALLED)
def test_a_function_says_its_units_errors_and_source_and_shows_an_example(name: str) -> None:
    said = CALLED[name].__doc__ or ""
    assert UNITS.search(said)
    assert ERRORS.search(said)
    source = SOURCE.search(said)
    assert source
    pages = PAGE.findall(source[1])
    assert pages
    assert all((ROOT / page).exists() for page in pages)
    assert doctest.DocTestParser().get_examples(said)  # which pytest runs, as every example
