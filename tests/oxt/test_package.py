"""The extension as a file: the same bytes each time, nothing but Python's own library, the catalogue's words, plain XML."""

from __future__ import annotations

import ast
import io
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

from addin.calc import bundle, names, registration
from addin.calc.build import build_oxt, files, unpacked
from addin.calc.link_repair import plain
from addin.functions.catalog import catalog
from tests.ranges import LINES

OOR = "{http://openoffice.org/2001/registry}"
ALONE = """
import sys
sys.path.insert(0, {path!r})
from hojokin.addin.calc.cells import catalog, method
lines = {lines!r}
assert method(catalog["SUBSIDY_INVOICE"])(None, 1e6, 1.0, None, None, None, None) == ((750000.0,),)
assert method(catalog["SUBSIDY_COMPARE"])(None, lines, 1.0, None, None, None)[0][2] > 0
import hojokin.addin.calc.menu, hojokin.addin.calc.link_repair
mine = {{"hojokin"}} | set(sys.stdlib_module_names) | {{"__main__"}}
print(sorted({{name.split(".")[0] for name in sys.modules}} - mine))
"""


@pytest.fixture(scope="module")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpacked(tmp_path_factory.mktemp("oxt"))


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("one.oxt", "two.oxt"):
        build_oxt(tmp_path / name)
    data = (tmp_path / "one.oxt").read_bytes()
    assert data == (tmp_path / "two.oxt").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.oxt", "two.oxt"]
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert made.namelist()[0] == "META-INF/manifest.xml"
        assert {info.date_time for info in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_file_of_the_manifest_is_there_and_well_formed(extension: Path) -> None:
    manifest = ET.fromstring((extension / "META-INF" / "manifest.xml").read_text("utf-8"))
    listed = [entry.get("{http://openoffice.org/2001/manifest}full-path") for entry in manifest]
    assert sorted(map(str, listed)) == sorted(registration.KINDS)
    for path in extension.rglob("*"):
        if path.suffix in (".xml", ".xcu", ".xcs", ".components"):
            ET.fromstring(path.read_text("utf-8"))


def test_python_without_packages_runs_it(extension: Path) -> None:
    lines = tuple(tuple("" if cell is None else cell for cell in row) for row in LINES)
    code = ALONE.format(path=str(extension / "pythonpath"), lines=lines)
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_no_module_of_ours_goes_by_a_common_name() -> None:
    for name, data in files().items():
        if not name.endswith(".py"):
            continue
        for node in ast.walk(ast.parse(data)):
            modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {m.split(".")[0] for m in modules} & set(bundle.OURS), name
        assert name == "component.py" or name.startswith(f"pythonpath/{names.PRIVATE}/")


@pytest.mark.parametrize(
    "source",
    [
        "import rules\n",
        "import rules.consumption_tax\n",
        "import json, rules.consumption_tax as t\nimport addin.a, rules.b\n",
    ],
)
def test_an_import_that_cannot_move_stops_the_build(source: str) -> None:
    with pytest.raises(ValueError, match="import one module a line"):
        bundle.moved(source)


def test_the_wizard_has_the_words_of_the_catalogue(extension: Path) -> None:
    root = ET.fromstring((extension / "CalcAddIns.xcu").read_text("utf-8"))
    shown = {node.get(f"{OOR}name"): node for node in root.iter("node")}
    for f in catalog.values():
        node = shown[f.name]
        assert _value(node, "DisplayName") == _value(node, "CompatibilityName") == f.name
        assert _value(node, "Description") == f.doc
        (parameters,) = [n for n in node.iter("node") if n.get(f"{OOR}name") == "Parameters"]
        assert [(_value(p, "DisplayName"), _value(p, "Description")) for p in parameters] == [
            (a.name, a.doc if a.optional else f"【必須】{a.doc}") for a in f.arguments
        ]


def _value(node: ET.Element, name: str) -> str | None:
    return next(p.findtext("value") for p in node.findall("prop") if p.get(f"{OOR}name") == name)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=[1]!SUBSIDY_INVOICE(A1,TRUE)", "=SUBSIDY_INVOICE(A1,TRUE)"),
        ("=[12]!subsidy_invoice(A1,TRUE)*2", "=SUBSIDY_INVOICE(A1,TRUE)*2"),
        ("='C:\\Users\\山田 太郎\\Hojokin.xlam'!SUBSIDY_WHY(B1)", "=SUBSIDY_WHY(B1)"),
        ("='file:///C:/a/Hojokin.xlam'#SUBSIDY_IS_SMALL(B1;2)", "=SUBSIDY_IS_SMALL(B1;2)"),
        ("=Hojokin.xlam!SUBSIDY_EDITION()", "=SUBSIDY_EDITION()"),
        ("=IF(A1>0,[1]!SUBSIDY_NORMAL(A1,3),0)+[1]!SUBSIDY_NORMAL(A2,3)", "=IF(A1>0,SUBSIDY_NORMAL(A1,3),0)+SUBSIDY_NORMAL(A2,3)"),
        ("=_xludf.SUBSIDY_INVOICE(A1,TRUE)", "=SUBSIDY_INVOICE(A1,TRUE)"),
        ("=SUBSIDY_INVOICE(A1,TRUE)", "=SUBSIDY_INVOICE(A1,TRUE)"),
        ("=[1]!OTHER(A1)+[1]Sheet1!A1", "=[1]!OTHER(A1)+[1]Sheet1!A1"),
        ("=[1]!SUBSIDY_UNKNOWN(A1)", "=[1]!SUBSIDY_UNKNOWN(A1)"),
        ("=MY.SUBSIDY_INVOICE(A1)", "=MY.SUBSIDY_INVOICE(A1)"),
    ],
)  # fmt: skip
def test_names_of_another_program(formula: str, expected: str) -> None:
    assert plain(formula) == expected
