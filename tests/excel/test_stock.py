"""hojokin_xlwings.py: every function of the catalogue and every button, as text that a stock xlwings imports.

What xlwings makes of it on Windows is asked in tests/windows/test_stock.py.
"""

from __future__ import annotations

import ast
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from addin.cli.commands.build import build
from addin.excel import stock, stock_module
from addin.excel.buttons import WITH_BOOK, WITHOUT_BOOK
from addin.excel.cells import answered
from addin.functions.catalog import catalog
from tests.excel import fakecom

ROOT = Path(__file__).parents[2]
DEFINED = {node.name: node for node in ast.parse(stock_module.text()).body if isinstance(node, ast.FunctionDef)}


def test_it_holds_every_function_with_its_arguments_and_help() -> None:
    assert [name for name in DEFINED if name.startswith("SUBSIDY_")] == list(catalog)
    for f in catalog.values():
        made = DEFINED[f.name]
        rest = [made.args.vararg.arg] if made.args.vararg else []
        assert [a.arg for a in made.args.args] + rest == [a.name for a in f.arguments]
        assert ast.get_docstring(made) == f.doc
        assert all(a.doc in ast.unparse(made.decorator_list[1 + n]) for n, a in enumerate(f.arguments))  # type: ignore[arg-type]


def test_it_holds_every_button_that_python_answers() -> None:
    macros = {name.removeprefix(stock_module.PREFIX) for name in DEFINED if name.startswith(stock_module.PREFIX)}
    assert macros == {*WITH_BOOK, *WITHOUT_BOOK}
    page = (ROOT / "docs/own-xlwings.md").read_text("utf-8")
    assert all(f"`{stock_module.PREFIX}{name}`" in page for name in macros)


def test_build_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("excel.build.build_xlam", "calc.build.build_oxt"):
        monkeypatch.setattr(f"addin.{part}", lambda path: path.write_bytes(b""))
    for part, nothing in (
        ("workbooks.building.quote_workbook.built", b""),
        ("workbooks.building.build.examples", {}),
        ("templates.design.build.built", {}),
    ):
        monkeypatch.setattr(part, lambda nothing=nothing: nothing)
    made = {path.name for path, _ in build(tmp_path)}
    assert stock_module.NAME in made
    assert (tmp_path / stock_module.NAME).read_bytes() == stock_module.text().encode()


def test_xlwings_reads_it_with_its_own_decorators() -> None:
    xlwings = fakecom.install()
    made: dict[str, Any] = {"xw": xlwings}
    exec(compile(stock_module.text(), stock_module.NAME, "exec"), made)
    info = made["SUBSIDY_INVOICE"].__xlfunc__
    assert (info["name"], info["sub"], info["category"]) == ("SUBSIDY_INVOICE", False, "デジタル化・AI導入補助金")
    assert {a["name"]: a["doc"] for a in info["args"]}["small_biz"] == "小規模事業者なら TRUE、それ以外は FALSE"
    assert made["hojokin_check"].__xlfunc__["sub"]
    assert made["SUBSIDY_DEADLINE"].__xlfunc__["volatile"] and not info["volatile"]


@pytest.mark.parametrize(
    ("name", "values", "shown"),
    [
        ("SUBSIDY_INVOICE", (1e6, True), [[750_000.0]]),
        ("SUBSIDY_INVOICE", (-1.0, True), [[""]]),
        ("SUBSIDY_INVOICE", (((625_000.0,), (None,), (-2146826246,)), True), [[500_000.0], [""], [""]]),
        ("SUBSIDY_INVOICE", (((625_000.0, 1e6),), True), [[500_000.0, 750_000.0]]),
        ("SUBSIDY_DEADLINE", ("invoice", 99_999.0), [[""]]),
    ],
)
def test_an_error_is_an_empty_cell_and_no_row_is_a_tuple(name: str, values: tuple[Any, ...], shown: Any) -> None:
    found = stock.cell(name, *values)
    assert found == shown
    assert all(type(row) is list for row in found)


def test_an_omitted_argument_is_as_in_our_own_add_in() -> None:
    assert stock.cell("SUBSIDY_INVOICE", 1e6, True, None, None, None, None) == [
        [answered("SUBSIDY_INVOICE", (1e6, True))[1]]
    ]


@pytest.mark.parametrize(
    ("instruction", "asked"),
    [
        ("", []),
        ("newbook:C:\\temp\\見積.xlsx", [("add", "C:\\temp\\見積.xlsx")]),
        ("open:C:\\temp\\提案書.pdf", [("follow", "C:\\temp\\提案書.pdf")]),
        ("explorer:C:\\temp", [("follow", "C:\\temp")]),
    ],
)
def test_a_macro_says_its_message_and_opens_what_it_made(
    instruction: str, asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Any] = []
    books = SimpleNamespace(Add=lambda path: done.append(("add", path)))
    api = SimpleNamespace(
        Application=SimpleNamespace(Workbooks=books), FollowHyperlink=lambda path: done.append(("follow", path))
    )
    app = SimpleNamespace(alert=lambda *words, mode: done.append((*words, mode)))
    monkeypatch.setattr("xlwings.Book.caller", lambda: SimpleNamespace(api=api, app=app))
    monkeypatch.setattr("addin.excel.buttons.pressed", lambda *_: ("ok", "できました。", instruction))
    stock.press("draft")
    assert done == [("できました。", "補助金", "info"), *asked]
