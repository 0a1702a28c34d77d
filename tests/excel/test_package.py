"""Hojokin.xlam as others read it: oletools, olefile, pyOpenVBA, openpyxl, openxml-audit. None of them is ours."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import olefile
import pytest
from defusedxml.ElementTree import fromstring
from olefile import OleFileIO
from oletools.mraptor import MacroRaptor
from oletools.olevba import VBA_Parser, decompress_stream
from openpyxl import Workbook, load_workbook
from openxml_audit import FileFormat, OpenXmlValidator, predict
from pyopenvba import ExcelFile, check_file

import rules
from addin.excel import build, settings_sheets, vba_project
from addin.excel.compound_file import compound_file
from addin.excel.vba_compression import squeezed
from addin.excel.vba_project import Module
from addin.places import INTERPRETER

ROOT = Path(__file__).parent.parent.parent
SOURCES = build.modules()
RIBBON = build.HERE.joinpath("ribbon.xml").read_text("utf-8")
CUSTOM_UI = "{http://schemas.microsoft.com/office/2009/07/customui}"
SIGNATURES = {  # of the callbacks that Excel calls, by attribute
    "onLoad": r"Public Sub {}\((?:ByRef |ByVal )?ribbon As Object\)",
    "onAction": r"Public Sub {}\((?:ByRef |ByVal )?control As Object\)",
    "getLabel": r"Public Sub {}\(control As Object, ByRef returned As Variant\)",
}
SUSPICIOUS = {  # what olevba remarks on, and why the add-in needs it
    "Lib": "declares xlwings' DLL, which starts Python",
    "CallByName": "members newer than Excel 2016 are bound late",
    "Environ": "%LOCALAPPDATA% in the interpreter's path",
    "Open": "opens a workbook that a button has made",
    "open": "opens a workbook that a button has made",
    "Hex Strings": "the letters of ordinary names",
    "Base64 Strings": "the letters of ordinary names",
}
MACROS_ARE_THERE = "Active content content type"  # openxml-audit's security rule: true of every macro file


@pytest.fixture(scope="module")
def xlam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("xlam") / "Hojokin.xlam"
    build.build_xlam(path)
    return path


@pytest.fixture(scope="module")
def parts(xlam: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(xlam) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def project(parts: dict[str, bytes]) -> bytes:
    return parts["xl/vbaProject.bin"]


def test_two_builds_are_equal_byte_for_byte(xlam: Path, tmp_path: Path) -> None:
    build.build_xlam(tmp_path / "again.xlam")
    assert xlam.read_bytes() == (tmp_path / "again.xlam").read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == ["again.xlam"]


# the VBA project


def macros(path: Path) -> Any:
    """What oletools finds: file, stream, name and code of each module."""
    return VBA_Parser(str(path)).extract_macros()


def test_olevba_gives_back_the_source_of_every_module(xlam: Path) -> None:
    found = {Path(name).stem: code for _, _, name, code in macros(xlam)}
    documents = {name: Module(name, kind, "").source for name, kind in documents_of().items()}
    assert {**documents, **{n: m.source for n, m in SOURCES.items()}} == found


def test_pyopenvba_gives_back_the_source_of_every_module(xlam: Path) -> None:
    with ExcelFile(xlam) as file:
        found = {m.name: m.source for m in file.vba_project().modules}
        references = {r.name for r in file.references()}
        assert not list(file.validate())
    wanted = {n: m.source for n, m in SOURCES.items()}
    assert wanted == {
        n: source.replace("\r\n", "\n").replace("\n", "\r\n") for n, source in found.items() if n in wanted
    }
    assert set(found) == {*wanted, *documents_of()} and references == set(vba_project.REFERENCES)


def test_pyopenvba_finds_nothing_wrong_with_the_file(xlam: Path) -> None:
    report = check_file(xlam)
    assert report.complete and not report.issues


def test_olefile_reads_the_container_without_a_defect(project: bytes) -> None:
    ole: Any = OleFileIO(io.BytesIO(project), raise_defects=olefile.DEFECT_UNSURE)
    assert not ole.parsing_issues
    listed = {"/".join(path) for path in ole.listdir()}
    modules = {f"VBA/{name}" for name in [*SOURCES, *documents_of()]}
    assert listed == modules | {"PROJECT", "PROJECTwm", "VBA/_VBA_PROJECT", "VBA/dir"}
    assert bytes.fromhex("CC61FFFF000100") == ole.openstream("VBA/_VBA_PROJECT").read()


@pytest.mark.parametrize(
    "sizes", [(0, 1, 63, 64, 65), (4095, 4096, 4097), (511, 512, 513, 70_000), (3_000_000,), (5,) * 40]
)
def test_olefile_reads_streams_of_every_size(sizes: tuple[int, ...]) -> None:
    streams = {f"s{i}": bytes((i + k) % 251 for k in range(size)) for i, size in enumerate(sizes)}
    ole: Any = OleFileIO(io.BytesIO(compound_file({"A": streams})), raise_defects=olefile.DEFECT_UNSURE)
    assert not ole.parsing_issues
    assert streams == {name: ole.openstream(f"A/{name}").read() for name in streams}


@pytest.mark.parametrize("size", [0, 1, 2, 3, 9, 4095, 4096, 4097, 10_000])
@pytest.mark.parametrize("pattern", ["a", "ab", "".join(map(chr, range(256)))], ids=["one", "two", "all"])
def test_oletools_undoes_the_compression(size: int, pattern: str) -> None:
    data = (pattern.encode("latin-1") * size)[:size]
    assert data == decompress_stream(bytearray(squeezed(data)))


def test_oletools_undoes_the_compression_of_noise() -> None:
    state, data = 1, bytearray()
    for _ in range(4096):  # one chunk that does not shrink: it is kept raw
        state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        data.append(state >> 56)
    assert bytes(data) == decompress_stream(bytearray(squeezed(bytes(data))))


def test_mraptor_raises_no_alarm(xlam: Path) -> None:
    code = "\n".join(code for *_, code in macros(xlam))
    raptor = MacroRaptor(code)
    raptor.scan()
    assert not raptor.suspicious and not raptor.autoexec and not raptor.write


def test_olevba_remarks_on_nothing_but_what_we_know(xlam: Path) -> None:
    found: Any = VBA_Parser(str(xlam)).analyze_macros()
    assert {word for kind, word, _ in found if kind == "Suspicious"} <= set(SUSPICIOUS)
    assert not [word for kind, word, _ in found if kind == "AutoExec"]
    assert {word for kind, word, _ in found if kind == "IOC"} <= {"8.dll"}


@pytest.mark.parametrize("names", [("Hojokin",), ("A", "a"), ("表",), ("a" * 32,), ("1a",)])
def test_module_names_that_excel_refuses_stop_the_build(names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError):
        vba_project.project("Hojokin", [Module(n, vba_project.STANDARD, "") for n in names])


def test_japanese_in_vba_stops_the_build() -> None:
    with pytest.raises(UnicodeEncodeError):
        vba_project.project("P", [Module("M", vba_project.STANDARD, "' 補助金")])


def documents_of() -> dict[str, str]:
    return {
        "ThisWorkbook": vba_project.WORKBOOK,
        "Sheet1": vba_project.SHEET,
        "Sheet2": vba_project.SHEET,
        "Sheet3": vba_project.SHEET,
    }


# the package


def test_every_relation_leads_to_a_part_and_every_part_has_a_type(parts: dict[str, bytes]) -> None:
    types = fromstring(parts["[Content_Types].xml"])
    known = {e.get("PartName", "").lstrip("/") for e in types} | {f"*.{e.get('Extension')}" for e in types}
    for name, data in parts.items():
        assert name == "[Content_Types].xml" or {name, f"*.{name.rpartition('.')[2]}"} & known
        if name.endswith(".rels"):
            base = dirname(dirname(name))
            assert all(normpath(join(base, e.get("Target", ""))) in parts for e in fromstring(data))


def test_code_names_are_the_modules_of_the_project(parts: dict[str, bytes]) -> None:
    text = b"".join(data for name, data in parts.items() if name.startswith("xl/") and name.endswith(".xml"))
    assert set(documents_of()) == {name.decode() for name in re.findall(rb'codeName="(\w+)"', text)}


def test_openpyxl_reads_the_sheets(parts: dict[str, bytes]) -> None:
    """openpyxl knows no add-ins: it is given the same parts under the type of a macro workbook."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as copy:
        for name, data in parts.items():
            copy.writestr(name, data.replace(b"addin.macroEnabled", b"sheet.macroEnabled"))
    book = load_workbook(raw, keep_vba=True)
    assert [(s.title, s.sheet_state) for s in book.worksheets] == [
        ("config", "visible"),
        ("texts", "hidden"),
        ("functions", "hidden"),
    ]
    for sheet in settings_sheets.sheets(build.catalog.values()):
        rows = [tuple(v for v in row if v is not None) for row in book[sheet.name].iter_rows(values_only=True)]
        assert list(sheet.rows) == rows


def test_settings_are_what_the_installer_expects(parts: dict[str, bytes]) -> None:
    settings = dict(settings_sheets.config())
    everything = b"".join(parts.values())
    assert everything.count(INTERPRETER.encode()) == 1 and settings["INTERPRETER_WIN"] == INTERPRETER
    bridge = SOURCES["HojokinBridge"].code
    assert {settings["XLWINGS"]} == set(re.findall(r"xlwings(?:32|64)-([\d.]+)\.dll", bridge))
    assert f"xlwings=={settings['XLWINGS']} " in (ROOT / "requirements.lock").read_text("utf-8")
    assert "@" not in bridge


def test_the_version_is_said_once() -> None:
    page = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert page["project"]["dynamic"] == ["version"] and "version" not in page["project"]
    assert page["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "rules.VERSION"}
    assert ("version", f"Hojokin {rules.VERSION}") in settings_sheets.texts()


def test_every_text_that_vba_asks_for_is_there() -> None:
    code = "\n".join(m.code for m in SOURCES.values())
    assert set(re.findall(r'hjText\("(\w+)"\)', code)) == {key for key, _ in settings_sheets.texts()[1:]}
    assert set(re.findall(r'hjSetting\("(\w+)"\)', code)) <= {key for key, _ in settings_sheets.config()}


def audit(path: Path, security: bool = False) -> tuple[list[str], Any]:
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, security_validation=security).validate(path)
    return [str(e) for e in result.errors], predict(result)


def test_openxml_audit_is_happier_than_with_openpyxls_empty_workbook(xlam: Path, tmp_path: Path) -> None:
    Workbook().save(tmp_path / "empty.xlsx")
    baseline, _ = audit(tmp_path / "empty.xlsx")
    found, verdict = audit(xlam)
    assert found == [] and len(baseline) > 0
    assert "at risk" not in verdict.headline


def test_openxml_audits_security_rules_see_the_macros_and_nothing_else(xlam: Path) -> None:
    found, _ = audit(xlam, security=True)
    assert found and all(MACROS_ARE_THERE in f for f in found)


# the ribbon


def test_every_callback_is_there_with_its_signature() -> None:
    for element in fromstring(RIBBON).iter():
        for key, pattern in SIGNATURES.items():
            if callback := element.get(key):
                module, name = callback.split(".")
                assert len(re.findall(pattern.format(name) + "$", SOURCES[module].code, re.M)) == 1, callback


def test_every_attribute_that_calls_back_is_one_whose_signature_is_checked() -> None:
    attributes = {key for e in fromstring(RIBBON).iter() for key in e.keys()}  # noqa: SIM118 - an element, not a dict
    assert set(SIGNATURES) == {key for key in attributes if key.startswith(("on", "get"))}


def test_every_button_is_explained_in_japanese() -> None:
    tab = fromstring(RIBBON).find(f".//{CUSTOM_UI}tab")
    assert tab is not None and tab.get("label") == "補助金"
    labels = [b.get("label") for b in tab.iter(f"{CUSTOM_UI}button")]
    assert labels == [
        *("新しい見積", "入力チェック", "枠の比較", "申請書下書き", "提案書", "値に固定"),
        *("リンク修復", "ルールの版", "最後のエラー", "ヘルプ"),
    ]
    for button in tab.iter(f"{CUSTOM_UI}button"):
        assert button.get("screentip") == button.get("label")
        assert button.get("supertip", "").endswith("。") and button.get("imageMso")
    ids = [e.get("id") for e in tab.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
