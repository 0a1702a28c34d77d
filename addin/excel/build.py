"""Hojokin.xlam from text: VBA modules in `vba/`, one function for each of the catalogue, a ribbon tab and sheets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from addin import functions
from addin.catalog import catalog
from addin.excel import ovba, wrappers
from addin.excel.ovba import Module
from addin.excel.package import xlam
from addin.excel.sheets import XLWINGS, sheets
from workbooks import writer

assert functions.__doc__  # importing the functions fills the catalogue
HERE = Path(__file__).parent
PROJECT = "Hojokin"
KINDS = {".bas": ovba.STANDARD, ".cls": ovba.CLASS}


def build_xlam(path: Path) -> None:
    """Writes the add-in; the same sources give the same bytes."""
    writer.over(path, xlam_bytes(modules()))


def xlam_bytes(code: Mapping[str, Module]) -> bytes:
    """The file's bytes, with the given modules beside those that the workbook and its sheets have."""
    pages = sheets(catalog.values())
    documents = [Module("ThisWorkbook", ovba.WORKBOOK, ""), *(Module(s.code, ovba.SHEET, "") for s in pages)]
    project = ovba.project(PROJECT, [*documents, *code.values()])
    return xlam(pages, project, HERE.joinpath("ribbon.xml").read_text("utf-8"))


def modules() -> dict[str, Module]:
    """The modules with code, by name."""
    written = [_read(path) for path in sorted(HERE.joinpath("vba").iterdir()) if path.suffix in KINDS]
    made = Module(wrappers.MODULE, ovba.STANDARD, wrappers.code(catalog.values()))
    return {m.name: m for m in [*written, made]}


def _read(path: Path) -> Module:
    """A source file; its name is the module's."""
    return Module(path.stem, KINDS[path.suffix], path.read_text("ascii").replace("@XLWINGS@", XLWINGS))
