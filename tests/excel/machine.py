"""The built add-in, run by a VBA interpreter that is not ours (pyOpenVBA), with a stand-in for the one module that
starts Python.

The interpreter connects no events and lacks some members of Application and Workbook; those are added here and note in
`asked` what the add-in asks of Excel. All else runs as it stands in the file: every module but HojokinBridge.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyopenvba.apps.excel import ExcelApplication, _model
from pyopenvba.excel import ExcelFile
from pyopenvba.interpreter._objects import method
from pyopenvba.interpreter._values import MISSING, error
from pyopenvba.vba import VBAModuleKind

from addin.excel import build
from addin.excel.vba_project import Module

HERE = Path(__file__).parent
STAND_INS = HERE / "vba"
asked: list[tuple[str, ...]] = []


class Excel(_model.Application):
    """Excel with the members that the interpreter lacks."""

    @method
    def MacroOptions(self, Macro: Any, Description: Any, Category: Any, ArgumentDescriptions: Any) -> None:
        low, high = ArgumentDescriptions.bounds[0]
        helps = [str(ArgumentDescriptions.get([i])) for i in range(low, high + 1)]
        asked.append(("describe", str(Macro), str(Description), str(Category), *helps))

    @method
    def OnTime(self, _when: Any, Procedure: Any) -> None:
        asked.append(("later", str(Procedure)))


class Book(_model.Workbook):
    """A workbook with the members that the interpreter lacks."""

    @method
    def IsAddin(self) -> bool:
        return self.name.endswith(".xlam")

    @method
    def LinkSources(self, _kind: Any) -> Any:
        return _model.EMPTY

    @method
    def FollowHyperlink(self, Address: Any) -> None:
        asked.append(("open", str(Address)))


class Books(_model.Workbooks):
    """The open workbooks, with templates."""

    @method
    def Add(self, Template: Any = MISSING) -> Any:
        if Template is not MISSING:
            asked.append(("new", str(Template)))
            if not Path(str(Template)).exists():
                raise error(1004, "no such file")
        made = super().Add()
        made.__class__ = Book
        return made


def stand_in() -> dict[str, Module]:
    """The add-in's modules, the bridge replaced, the tests' driver added."""
    extra = (Module(p.stem, build.KINDS[p.suffix], p.read_text("ascii")) for p in sorted(STAND_INS.iterdir()))
    return {**build.modules(), **{m.name: m for m in extra}}


def load(path: Path) -> Any:
    """An Excel that has the add-in's file open, and one empty workbook in front."""
    app = ExcelApplication.open(path, with_vba=False)
    app.application.__class__ = Excel
    app.application.workbooks_.__class__ = Books
    with ExcelFile(path) as file:
        for module in file.vba_project().modules:
            kind = "standard" if module.kind is VBAModuleKind.standard else "class"
            app.add_module(
                module.source.replace("Private WithEvents", "Private").replace(
                    "Private Sub mExcel_", "Public Sub mExcel_"
                ),
                name=module.name,
                kind=kind,
            )
    app.add_workbook()
    for book in app.workbooks():
        book.__class__ = Book
    return app
