"""hojokin_xlwings.py in xlwings' own hands: its import of functions, the VBA that it writes, its server over COM.

The workbook is a stand-in that keeps what xlwings asks of Excel's; XLPy() is a few lines in place of xlwings.bas, with
the same Declare, DLL and server. Prints a line for each thing that was compared.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from pyopenvba.apps.excel import ExcelApplication, _model
from pyopenvba.interpreter._objects import method
from pyopenvba.interpreter._values import EMPTY, MISSING, NOTHING, NULL, VBAArray, VBACurrency, VBADate, VBAErrorValue

from addin.excel.cells import answered
from addin.excel.com_values import CODES
from addin.excel.settings_sheets import XLWINGS
from addin.excel.stock_module import NAME, text
from tests import ranges
from tests.windows.inside import bridge, office
from tests.windows.inside.bridge import array, block

MODULE = NAME.removesuffix(".py")
RAISING = "import xlwings as xw\n\n\n@xw.func\ndef FAILS():\n    raise ValueError('not a yen')\n"
HANDED = """
import pythoncom, xlwings as xw
from win32com.client import VARIANT

@xw.func
@xw.ret('raw')
def HANDED():
    return [[VARIANT(pythoncom.VT_ERROR, -2146826273)]]
"""
XLPY = f"""
Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings64-{XLWINGS}.dll" (ByRef Result As Variant, Optional ByVal Config As String = "", Optional ByVal mode As Long = 1) As Long
Public ServerCommand As String
Public Function XLPy() As Object
    Dim server As Variant
    If XLPyDLLActivateAuto(server, ServerCommand, 1) <> 0 Then Err.Raise 1000, , server
    Set XLPy = server
End Function
Public Sub SetCommand(ByVal text As String)
    ServerCommand = text
End Sub
"""
COST, YES, DAY = 1_000_000.0, True, 46111.0
MEMBERS = [[COST, YES, 2.0, 0.0, 0.0]] * 10
ASKED: list[tuple[str, tuple[Any, ...]]] = [
    ("SUBSIDY_INVOICE", (COST, YES)),
    ("SUBSIDY_INVOICE", (COST, YES, 2.0, 200_000.0, 300_000.0, DAY)),
    ("SUBSIDY_INVOICE", (COST, YES, MISSING, MISSING, MISSING, VBADate(DAY))),
    ("SUBSIDY_INVOICE", (VBACurrency(COST), "小規模")),
    ("SUBSIDY_INVOICE", (block([[625_000.0], [EMPTY], ["x"], [VBAErrorValue(2042)], [COST]]), YES)),
    ("SUBSIDY_INVOICE", (block([[625_000.0, COST]]), YES)),
    ("SUBSIDY_INVOICE", (-1.0, YES)),
    ("SUBSIDY_INVOICE", (NULL, YES)),
    *(("SUBSIDY_INVOICE", (VBAErrorValue(number), YES)) for number in CODES.values()),
    ("SUBSIDY_NORMAL", (4_000_000.0, 3.0, MISSING, DAY)),
    ("SUBSIDY_NORMAL", (block([[n * 10_000.0] for n in range(1000)]), 4.0)),
    ("SUBSIDY_ETRADE", (1_200_000.0, 5.0, 10.0)),
    ("SUBSIDY_SECURITY", (240_000.0, YES)),
    ("SUBSIDY_GROUP", (block(MEMBERS), 100_000.0)),
    ("SUBSIDY_EXPLAIN", ("security", 240_000.0, YES)),
    ("SUBSIDY_WHY", ("invoice", -1.0, YES)),
    ("SUBSIDY_WHY", ("invoice", COST, YES)),
    ("SUBSIDY_REQUIRED_COST", ("invoice", 500_000.0, YES)),
    ("SUBSIDY_COMPARE", (block(ranges.handed(EMPTY)), YES)),
    ("SUBSIDY_IS_SME", ("製造業", 100_000_000.0, 50.0)),
    ("SUBSIDY_IS_SMALL", ("製造業", 20.0)),
    ("SUBSIDY_DEADLINE", ("invoice", 46155.0)),
    ("SUBSIDY_DEADLINE", ("invoice", 99999.0)),
    ("SUBSIDY_EDITION", ()),
    ("SUBSIDY_EDITION", (VBADate(DAY),)),
]


class Excel(_model.Application):
    """Excel that asks from VBA, not from a cell."""

    vba_type_name = "Application"

    @method
    def Caller(self) -> Any:
        """Nothing: the range of a cell would need Excel's type library."""
        return NOTHING


class Book:
    """What xlwings' import asks of a workbook: its name, its code and the help of its functions."""

    Name, Version = "見積.xlsm", "16.0"

    def __init__(self) -> None:
        self.Application = self.VBProject = self.VBComponents = self
        self.code, self.help = "", {}

    def __call__(self, _name: str) -> str:
        return "xlwings_udfs"

    def Remove(self, _module: str) -> None:
        """The module of the last import."""

    def Import(self, path: str) -> None:
        """VBA in the PC's code page, as xlwings writes it."""
        self.code = Path(path).read_text("mbcs")

    def MacroOptions(self, name: str, **options: Any) -> None:
        """The help that the function wizard shows."""
        self.help[name.split("!")[1]] = options


def main(folder: str) -> None:
    """Imports the module as xlwings does, and calls what came of it."""
    place = Path(folder)
    for name, code in ((NAME, text()), ("raising.py", RAISING), ("handed.py", HANDED)):
        (place / name).write_text(code, "utf-8")
    sys.path.insert(0, folder)
    book = imported()
    excel = loaded(book.code, folder)
    for name, values in ASKED:
        compare(excel, name, values)
    counts = {name: sum(n == name for n, _ in ASKED) for name, _ in ASKED}
    print(f"functions {len(counts)}, calls {len(ASKED)}, differences 0")
    no_error_can_be_handed_over(folder)


def imported() -> Book:
    """xlwings' "Import Functions"."""
    from xlwings import udfs

    book = Book()
    for name in (MODULE, "raising"):
        udfs.get_udf_module(name, None)  # else xlwings would look for Python code on the workbook's sheets
    udfs.import_udfs(f"{MODULE};raising", book)
    assert "failed:\n    FAILS = Err.Description" in book.code.replace("\r\n", "\n"), book.code[-500:]
    functions = [name for name in book.help if name.startswith("SUBSIDY_")]
    macros = [name for name in book.help if name.startswith("hojokin_")]
    assert book.help["SUBSIDY_INVOICE"]["Description"].startswith("インボイス枠"), book.help["SUBSIDY_INVOICE"]
    assert len(book.help["SUBSIDY_INVOICE"]["ArgumentDescriptions"]) == 6
    print(f"imported {len(functions)} functions, {len(macros)} macros, with help in Japanese")
    return book


def loaded(code: str, folder: str) -> Any:
    """The VBA of the import, beside what stands for xlwings.bas."""
    app = ExcelApplication()
    app.application.__class__ = Excel
    app.add_workbook()
    app.add_module(XLPY, name="XlwingsStandIn", kind="standard")
    code = re.sub(r"(#Const .*?) '.*", r"\1", code.partition("\n")[2])  # the interpreter reads no remark there
    app.add_module(code.replace(", ThisWorkbook,", ", Nothing,"), name="xlwings_udfs", kind="standard")
    office.kernel.LoadLibraryW(bridge.LIBRARY)
    app.run("SetCommand", command(folder))
    return app


def command(folder: str) -> str:
    """The server of a stock xlwings, with the workbook's folder on its path."""
    place = folder.replace("\\", "/")
    return f"\"{bridge.PYTHONW}\" -B -c \"import sys; sys.path.insert(0, '{place}'); import xlwings; xlwings.serve('$(CLSID)')\""


def compare(excel: Any, name: str, values: tuple[Any, ...]) -> None:
    """A cell's value against the answer of our own add-in's entry: the same, but "" where that has an error."""
    given = [MISSING if v is MISSING else v for v in values]
    while given and given[-1] is MISSING:
        given.pop()
    found = shown(excel.run(name, *given))
    kind, value, *more = answered(name, tuple(map(handed, given)))
    expected: Any = "" if kind == "err" else value
    if kind == "arr":
        errors = {(r, c) for r, c, _ in more[0]}
        expected = tuple(tuple("" if (r, c) in errors else x for c, x in enumerate(row)) for r, row in enumerate(value))
    if isinstance(expected, tuple) and len(expected) == 1:
        expected = expected[0] if len(expected[0]) > 1 else expected[0][0]  # xlwings sends one row flat
    assert found == expected, (name, values, found, expected)


def handed(value: Any) -> Any:
    """A value of VBA as pywin32 hands it to Python."""
    if isinstance(value, VBAArray):
        (a, b), (c, d) = value.bounds
        return tuple(tuple(handed(value.get([r, k])) for k in range(c, d + 1)) for r in range(a, b + 1))
    if isinstance(value, VBAErrorValue):
        return -2146828288 + value.number
    if value is EMPTY or value is NULL or value is MISSING:
        return None
    return value.serial if isinstance(value, VBADate) else float(value) if isinstance(value, VBACurrency) else value


def shown(value: Any) -> Any:
    """What the interpreter hands back, its lists as rows."""
    return tuple(map(shown, value)) if isinstance(value, list) else value


def no_error_can_be_handed_over(folder: str) -> None:
    """pywin32 turns every VT_ERROR into "argument left out": a stock xlwings cannot show #VALUE! in a cell."""
    server = bridge.server(command(folder))
    found = server.call("CallUDF", "handed", "HANDED", array(), NOTHING, NOTHING)
    assert found is MISSING, found
    print("an error handed over arrives as: left out")


if __name__ == "__main__":
    main(sys.argv[1])
