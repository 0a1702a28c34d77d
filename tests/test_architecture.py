"""Which room may import which, and that no modules import each other in a circle.

A room is a folder of the product; every import counts, also one inside a function.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOPS = ("rules", "workbooks", "templates", "addin")
# Modules that stand on nothing above them and that every room may import.
LEAVES = frozenset((
    "rules",  # VERSION
    "rules.refusal",
    "rules.findings",
    "rules.excel_values",
    "rules.checks.codes",
))  # fmt: skip
MAY_IMPORT = {  # from the ground up
    "rules.engine": "",
    "rules": "rules.engine rules.frames",  # the dated subjects and the quote; what a frame is made of stands here, too
    "rules.frames": "rules.engine rules",
    "rules.checks": "rules.engine rules rules.frames",
    "rules.advice": "rules.checks rules.engine rules rules.frames",
    "workbooks.files": "",
    "workbooks.form": "rules.engine rules rules.frames workbooks.files",
    "workbooks.reading": "rules.engine rules rules.frames rules.checks workbooks.files workbooks.form",
    "workbooks.lambdas": "rules.engine rules rules.frames workbooks.files workbooks.reading",
    "workbooks.building": "addin.functions rules.engine rules rules.frames rules.checks workbooks.files workbooks.form workbooks.reading workbooks.lambdas",
    "templates": "rules",
    "templates.files": "templates workbooks.files workbooks.reading",
    "templates.record": "rules templates templates.files workbooks.form",
    "templates.content": "rules.engine rules rules.frames rules.checks templates templates.record workbooks.form",
    "templates.design": "templates templates.files templates.content templates.lint templates.engine workbooks.files",
    "templates.lint": "templates templates.files templates.content workbooks.files workbooks.form workbooks.reading",
    "templates.engine": (
        "rules rules.frames templates templates.files templates.record templates.content templates.lint "
        "workbooks.files workbooks.form workbooks.reading"
    ),
    "addin": "rules.engine rules workbooks.files workbooks.reading",
    "addin.functions": "rules.engine rules rules.frames rules.advice workbooks.form workbooks.reading",
    "addin.excel": (
        "rules.engine rules rules.frames rules.advice workbooks.files workbooks.form workbooks.reading templates.engine "
        "addin addin.functions"
    ),
    "addin.calc": "rules.engine rules.frames workbooks.files addin addin.functions",
    "addin.install": "rules.engine rules.frames workbooks.files addin addin.functions",
    "addin.cli": (
        "rules rules.engine rules.frames rules.advice workbooks.files workbooks.form workbooks.reading templates.lint "
        "templates.engine "
        "addin addin.functions addin.cli.commands"
    ),
    "addin.cli.commands": (  # builds and installs the other hosts
        "rules.engine rules rules.checks rules.frames rules.advice workbooks.files workbooks.form workbooks.reading workbooks.lambdas "
        "workbooks.building templates.files templates.record templates.content templates.design templates.lint "
        "templates.engine addin addin.cli addin.excel addin.calc addin.install"
    ),
}


@cache
def modules() -> dict[str, Path]:
    """Every module of the product by its name."""
    paths = [path for top in TOPS for path in (ROOT / top).rglob("*.py")]
    return {".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p for p in paths}


@cache
def imports() -> dict[str, frozenset[str]]:
    """What each module imports of ours."""
    return {name: frozenset(_imported(name, path)) - {name} for name, path in modules().items()}


def _imported(name: str, path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name in modules())
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{name}: relative imports hide which room is meant"
            inner = [f"{node.module}.{a.name}" for a in node.names]
            found = {each if each in modules() else node.module for each in inner}
            yield from found & modules().keys()


def room(module: str) -> str:
    """The folder of a module; the folder of the sheets counts as part of `building`."""
    name = module if modules()[module].name == "__init__.py" else module.rpartition(".")[0]
    return name.removesuffix(".sheets")


def test_each_room_has_its_line() -> None:
    assert {room(m) for m in modules()} - LEAVES == MAY_IMPORT.keys() - LEAVES


def test_an_import_stays_within_what_its_room_may_import() -> None:
    wrong = {
        (a, b)
        for a, found in imports().items()
        for b in found - LEAVES
        if room(b) != room(a) and room(b) not in MAY_IMPORT[room(a)].split()
    }
    assert not sorted(wrong)


def test_a_room_may_import_no_more_than_it_does() -> None:
    used = {(room(a), room(b)) for a, found in imports().items() for b in found - LEAVES if room(b) != room(a)}
    assert {(a, b) for a, line in MAY_IMPORT.items() for b in line.split()} <= used


def test_leaves_stand_on_nothing_above_them() -> None:
    assert {b for a in LEAVES for b in imports()[a]} <= LEAVES | {m for m in modules() if room(m) == "rules.engine"}


def test_hosts_do_not_import_one_another() -> None:
    """Only commands do, which build and install the others."""
    hosts = {"addin.excel", "addin.calc", "addin.install", "addin.cli", "addin.cli.commands"}
    found = {host: hosts & set(MAY_IMPORT[host].split()) for host in hosts - {"addin.cli.commands"}}
    assert {host: others for host, others in found.items() if others} == {"addin.cli": {"addin.cli.commands"}}


def test_the_product_never_imports_its_tests() -> None:
    for name, path in modules().items():
        assert not re.search(r"^(?:from|import) tests\b", path.read_text("utf-8"), re.MULTILINE), name


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert not list(circles())


def circles() -> Iterator[frozenset[str]]:
    """Sets of modules that reach each other (Tarjan's strongly connected components)."""
    numbers: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []

    def visit(module: str) -> Iterator[frozenset[str]]:
        numbers[module] = lowest[module] = len(numbers)
        stack.append(module)
        for other in sorted(imports()[module]):
            if other not in numbers:
                yield from visit(other)
                lowest[module] = min(lowest[module], lowest[other])
            elif other in stack:
                lowest[module] = min(lowest[module], numbers[other])
        if lowest[module] == numbers[module]:
            at = stack.index(module)
            found = frozenset(stack[at:])
            del stack[at:]
            if len(found) > 1:
                yield found

    for module in modules():
        if module not in numbers:
            yield from visit(module)


PAGE = ROOT / "ARCHITECTURE.md"
NAMED = re.findall(
    r"`((?:[\w.*<>-]+/)+[\w.*<>-]*|[A-Z]+\.md)`", PAGE.read_text("utf-8") + (ROOT / "SECURITY.md").read_text("utf-8")
)


@pytest.mark.parametrize("named", sorted(set(NAMED)))
def test_each_path_of_the_pages_exists(named: str) -> None:
    assert list(ROOT.glob(re.sub("<[^>]*>", "*", named))), named


def test_the_page_names_every_room() -> None:
    folders = {room(m).replace(".", "/") + "/" for m in modules()}
    assert folders <= set(NAMED), sorted(folders - set(NAMED))


@pytest.mark.parametrize(
    ("section", "word"),
    [("A frame", "etrade"), ("A column of the table of lines", "other_subsidy"), ("A button", "申請書下書き")],
)
def test_a_change_finds_its_files(section: str, word: str) -> None:
    """Every file of the product that names this one of its kind is named where the page tells how to add another."""
    told = PAGE.read_text("utf-8").partition(f"### {section}\n")[2].partition("\n### ")[0].replace("<frame>", word)
    suffixes = (".py", ".toml", ".xml", ".bas")
    paths = [p for top in TOPS for p in (ROOT / top).rglob("*") if p.suffix in suffixes and "examples" not in p.parts]
    naming = [p for p in paths if re.search(rf"\b{word}\b", p.read_text("utf-8"))]
    missing = {p.relative_to(ROOT).as_posix() for p in naming} - set(re.findall(r"`([^`]+)`", told))
    assert not missing, sorted(missing)
