"""What the product states once: errors, the epoch, ZIPs, exit codes, the version, widths, and what buttons say.

Each is looked for in every module's syntax, so that a second one fails here, whatever it is called.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from rules import excel_values
from tests.test_architecture import modules

ZIPS = {
    "workbooks.files.zip_parts",
    "workbooks.files.zip_writer",
    "workbooks.files.zip_guard",
    "workbooks.reading.package",
    "addin.install.zip_files",
}
LEAST = 3  # names of errors that make a list
SENTENCES = (
    "として調べました。", "必須の未記入: ", "補助額の大きい順です", "（対象経費 ", "作った下書きはありません。", "「入力チェック」で確かめてください。",
)  # fmt: skip


@cache
def trees() -> dict[str, ast.Module]:
    return {name: ast.parse(path.read_text("utf-8")) for name, path in modules().items()}


def found(holds: Callable[[ast.AST], bool]) -> set[str]:
    """The modules with a node that holds."""
    return {name for name, tree in trees().items() if any(map(holds, ast.walk(tree)))}


def called(node: ast.AST) -> str:
    """The name of what a node calls, without its module."""
    if not isinstance(node, ast.Call):
        return ""
    f = node.func
    return f.id if isinstance(f, ast.Name) else f.attr if isinstance(f, ast.Attribute) else ""


def names(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def assigned(tree: ast.Module) -> Iterator[tuple[str, object]]:
    """Names and plain values that a module sets."""
    for node in (n for n in tree.body if isinstance(n, ast.Assign)):
        targets, value = node.targets[0], node.value
        pairs = (
            zip(targets.elts, value.elts, strict=False)
            if isinstance(targets, ast.Tuple) and isinstance(value, ast.Tuple)
            else [(targets, value)]
        )
        yield from ((names(t), v.value) for t, v in pairs if isinstance(v, ast.Constant))


def test_one_list_of_excels_errors() -> None:
    def listed(tree: ast.Module) -> set[Any]:
        return {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)} & set(excel_values.NAMES)

    assert {name for name, tree in trees().items() if len(listed(tree)) >= LEAST} == {"rules.excel_values"}


def test_the_numbers_of_errors_are_said_once() -> None:
    numbers = {e.excel for e in excel_values.ERRORS} | {e.calc for e in excel_values.ERRORS if e.calc}

    def counted(tree: ast.Module) -> set[Any]:
        return {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and type(n.value) is int} & numbers

    assert {name for name, tree in trees().items() if len(counted(tree)) >= LEAST} == {"rules.excel_values"}


def test_one_epoch_and_one_last_day() -> None:
    def epoch(node: ast.AST) -> bool:
        year = node.args[0] if isinstance(node, ast.Call) and node.args else None
        return called(node) in ("date", "datetime") and isinstance(year, ast.Constant) and year.value == 1899

    assert found(epoch) == {"rules.excel_values"}
    last = (excel_values.LAST_SERIAL, excel_values.LAST_SERIAL + 1)
    assert found(lambda node: isinstance(node, ast.Constant) and node.value in last) == set()


def test_one_writer_of_zips_and_known_readers() -> None:
    def writes(node: ast.AST) -> bool:
        modes = (
            [*node.args[1:2], *(k.value for k in node.keywords if k.arg == "mode")]
            if isinstance(node, ast.Call)
            else []
        )
        return called(node) == "ZipFile" and any(isinstance(m, ast.Constant) and m.value != "r" for m in modes)

    assert found(writes) == {"workbooks.files.zip_parts"}
    assert found(lambda node: called(node) == "ZipFile") == ZIPS
    assert found(lambda node: called(node) == "make_archive") == set()


def test_one_list_of_what_a_zip_may_raise() -> None:
    assert found(lambda node: names(node) == "BadZipFile") == {"workbooks.files.zip_guard"}


@pytest.mark.parametrize("name", ["DONE", "FOUND", "WRONG"])
def test_one_list_of_exit_codes(name: str) -> None:
    numbered = {m for m, tree in trees().items() if any(n == name and type(v) is int for n, v in assigned(tree))}
    assert numbered == {"addin.exit_codes"}


def test_one_version() -> None:
    assert {m for m, tree in trees().items() if any(n == "VERSION" for n, _ in assigned(tree))} == {"rules"}


def test_one_measure_of_a_texts_width() -> None:
    assert found(lambda node: names(node) == "east_asian_width") == {"workbooks.form.text_width"}


@pytest.mark.parametrize("words", SENTENCES)
def test_buttons_and_commands_say_a_sentence_in_one_place(words: str) -> None:
    saying = found(lambda node: isinstance(node, ast.Constant) and words in str(node.value))
    assert {name for name in saying if name.startswith("addin.")} == {"addin.messages"}
