"""Hojokin.xlam from text: VBA modules in `vba/`, one function for each of the catalogue, a ribbon tab and sheets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from addin.excel import vba_project, wrappers
from addin.excel.settings_sheets import XLWINGS, sheets
from addin.excel.vba_project import Module
from addin.excel.xlam_file import xlam
from addin.functions.catalog import catalog
from workbooks.files import writer

HERE = Path(__file__).parent
PROJECT = "Hojokin"
KINDS = {".bas": vba_project.STANDARD, ".cls": vba_project.CLASS}


def build_xlam(path: Path) -> None:
    """Writes the add-in; the same sources give the same bytes."""
    writer.over(path, built())


def built() -> bytes:
    """The add-in's bytes."""
    return xlam_bytes(modules())


def xlam_bytes(code: Mapping[str, Module]) -> bytes:
    """The file's bytes, with the given modules beside those that the workbook and its sheets have."""
    pages = sheets(catalog.values())
    documents = [
        Module("ThisWorkbook", vba_project.WORKBOOK, ""),
        *(Module(s.code, vba_project.SHEET, "") for s in pages),
    ]
    project = vba_project.project(PROJECT, [*documents, *code.values()])
    return xlam(pages, project, HERE.joinpath("ribbon.xml").read_text("utf-8"))


def modules() -> dict[str, Module]:
    """The modules with code, by name."""
    written = [_read(path) for path in sorted(HERE.joinpath("vba").iterdir()) if path.suffix in KINDS]
    made = Module(wrappers.MODULE, vba_project.STANDARD, wrappers.code(catalog.values()))
    return {m.name: m for m in [*written, made]}


def _read(path: Path) -> Module:
    """A source file; its name is the module's."""
    return Module(path.stem, KINDS[path.suffix], path.read_text("ascii").replace("@XLWINGS@", XLWINGS))
