"""Excel's objects for the server: the VBA interpreter's own model of Excel (pyOpenVBA) as real IDispatch objects, by
pywin32's server side. What the model lacks is added here and notes in `asked` what Excel was asked for.

    excel = load(path_of_Hojokin_xlam)
    opened(excel, path_of_a_quote)
    excel.run("Press", "hj_check")
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC
from decimal import Decimal
from pathlib import Path
from typing import Any

import pythoncom  # type: ignore[import-not-found]
import win32com.client  # type: ignore[import-not-found]
import win32com.server.policy  # type: ignore[import-not-found]
import win32com.server.util  # type: ignore[import-not-found]
import winerror  # type: ignore[import-not-found]
from pyopenvba.apps.excel import _model
from pyopenvba.apps.excel._io import save_workbook
from pyopenvba.exceptions import VBARuntimeError, VBAUnsupportedError
from pyopenvba.interpreter._objects import VBAObject, member, method
from pyopenvba.interpreter._values import (
    EMPTY,
    MISSING,
    NOTHING,
    NULL,
    VBAArray,
    VBACurrency,
    VBADate,
    VBAErrorValue,
    VBAInt,
    error,
)
from win32com.server.exception import COMException  # type: ignore[import-not-found]

from tests.windows.inside import late, office
from tests.windows.inside.variants import EXCEL_ERROR, PARAM_NOT_FOUND, Pointer

PUT = 4 | 8  # DISPATCH_PROPERTYPUT, …PUTREF
REFUSED = -2146827284  # 0x800A03EC, Excel's own number
NOT_WITHOUT_ARGUMENTS = {("Worksheet", "Range")}
DRIVER = f"""{office.DRIVER}
Public Sub Press(ByVal id As String)
    Dim control As FakeControl
    Set control = New FakeControl
    control.ID = id
    hjOnAction control
End Sub
"""
asked: list[tuple[str, ...]] = []
calls: Counter[str] = Counter()  # what the server asked of Excel's objects
unknown: set[str] = set()  # of that, what the model does not know


class Policy(win32com.server.policy.BasicWrapPolicy):
    """An object of the model as IDispatch. As with Excel's own, a method refuses to be read like a property."""

    def _wrap_(self, obj: Any) -> None:
        self._obj_, self._com_interfaces_ = obj, [pythoncom.IID_IDispatch]
        self._names = ["", *(spec.name for spec in obj._vba_members.values())]

    def _query_interface_(self, _iid: Any) -> int:
        return 0

    def _getidsofnames_(self, names: Any, _language: int) -> Any:
        spec = self._obj_.vba_member(names[0])
        if spec is None:
            unknown.add(f"{self._obj_.vba_type_name}.{names[0]}")
            raise COMException(scode=winerror.DISP_E_UNKNOWNNAME)
        return (self._names.index(spec.name),)

    def _invoke_(self, dispid: int, language: int, flags: int, args: Any) -> Any:
        return 0, -1, self._invokeex_(dispid, language, flags, args, None, None)

    def _invokeex_(self, dispid: int, _language: int, flags: int, args: Any, _named: Any, _provider: Any) -> Any:
        kind = self._obj_.vba_type_name
        if dispid == pythoncom.DISPID_NEWENUM:
            calls[f"For Each {kind}"] += 1
            return win32com.server.util.NewEnum([sent(item) for item in self._obj_.vba_iterate()])
        spec = self._member(dispid, args)
        calls[f"{kind}.{spec.name}{' =' if flags & PUT else ''}"] += 1
        if spec.kind == "method" and not flags & pythoncom.DISPATCH_METHOD:
            raise COMException(scode=winerror.DISP_E_MEMBERNOTFOUND)
        if not args and (kind, spec.name) in NOT_WITHOUT_ARGUMENTS:
            raise COMException(scode=winerror.DISP_E_PARAMNOTOPTIONAL)
        try:
            given = [received(a) for a in args]
            if flags & PUT:
                self._obj_.vba_set(spec.name, given[-1], given[:-1])
                return None
            return sent(self._obj_.vba_get(spec.name, given))
        except (VBARuntimeError, VBAUnsupportedError) as e:  # the model measures no text: AutoFit is refused
            raise COMException(description=str(e), source="Microsoft Excel", scode=REFUSED) from e

    def _member(self, dispid: int, args: Any) -> Any:
        if dispid:
            spec = self._obj_.vba_member(self._names[dispid])
        elif args and self._obj_.vba_type_name == "Range":
            spec = self._obj_.vba_member("Item")  # Excel's _Default(row, column)
        else:
            spec = self._obj_.vba_default_member()
        if spec is None:
            raise COMException(scode=winerror.DISP_E_MEMBERNOTFOUND)
        return spec


_kept: list[Any] = []  # until the call in which VBA hands an object over is done


def handed_over(value: Any) -> Any:
    """An object of the model as VBA hands it to the server: its address."""
    made = win32com.server.util.wrap(value, usePolicy=Policy)
    _kept[:] = [made]
    found = re.search(r"with obj at (0x[0-9A-Fa-f]+)", repr(made))
    assert found, repr(made)
    return Pointer(int(found[1], 16))


def sent(value: Any) -> Any:
    """A value of Excel for the server."""
    if isinstance(value, VBAObject):
        return win32com.server.util.wrap(value, usePolicy=Policy)
    if any(value is nothing for nothing in (EMPTY, NOTHING, MISSING, NULL)):
        return None
    if isinstance(value, VBAErrorValue):
        return win32com.client.VARIANT(pythoncom.VT_ERROR, EXCEL_ERROR + value.number)
    if isinstance(value, VBADate):
        return value.to_datetime().replace(tzinfo=UTC)
    if isinstance(value, VBACurrency):
        return Decimal(value)
    if isinstance(value, VBAInt):
        return int(value)
    return _rows(value) if isinstance(value, VBAArray) else value


def _rows(array: VBAArray) -> Any:
    if len(array.bounds) == 1:
        return tuple(map(sent, array.items))
    (top, bottom), (left, right) = array.bounds
    return [[sent(array.get([r, c])) for c in range(left, right + 1)] for r in range(top, bottom + 1)]


def received(value: Any) -> Any:
    """A value of the server for the model."""
    if isinstance(value, tuple):
        if value and isinstance(value[0], tuple):
            height, width = len(value), len(value[0])
            items = [received(value[r][c]) for c in range(width) for r in range(height)]
            return VBAArray([(1, height), (1, width)], items=items)
        return VBAArray([(0, len(value) - 1)], items=[received(item) for item in value])
    if value is None:
        return EMPTY
    if type(value) is int:
        return MISSING if value == PARAM_NOT_FOUND else VBAInt(value, "Long")
    if isinstance(value, pythoncom.TypeIIDs[pythoncom.IID_IDispatch]):
        return win32com.server.util.unwrap(value)
    return value


# what the model lacks


class Excel(_model.Application):
    vba_type_name = "Application"

    @method
    def MacroOptions(self, Macro: Any, Description: Any, Category: Any, ArgumentDescriptions: Any) -> None:  # noqa: ARG002 - by name
        asked.append(("describe", str(Macro)))

    @method
    def Hwnd(self) -> Any:
        return VBAInt(0, "LongLong")


class Book(_model.Workbook):
    vba_type_name = "Workbook"

    @member
    def Date1904(self) -> bool:
        return False

    @method
    def IsAddin(self) -> bool:
        return self.name.endswith(".xlam")

    @method
    def LinkSources(self, _kind: Any) -> Any:
        return EMPTY

    @method
    def FollowHyperlink(self, Address: Any) -> None:
        asked.append(("open", str(Address)))

    @method
    def SaveCopyAs(self, Filename: Any) -> None:
        save_workbook(self, Path(str(Filename)))


class Books(_model.Workbooks):
    @method
    def Add(self, Template: Any = MISSING) -> Any:
        if Template is not MISSING:
            asked.append(("new", str(Template)))
            if not Path(str(Template)).exists():
                raise error(1004, "no such file")
        made = super().Add()
        made.__class__ = Book
        return made


class Page(_model.Worksheet):
    vba_type_name = "Worksheet"

    @method
    def ExportAsFixedFormat(self, Type: Any, Filename: Any) -> None:
        assert Type == 0  # xlTypePDF
        Path(str(Filename)).write_bytes(b"%PDF-1.7\n")
        asked.append(("pdf", self.name))


def load(xlam: Path) -> Any:
    """An Excel that has the add-in and an empty workbook open."""
    late.hand_over = handed_over
    made = office.load(xlam, DRIVER)
    made.add_module("Option Explicit\nPublic ID As String\n", name="FakeControl", kind="class")
    made.application.__class__ = Excel
    made.application.workbooks_.__class__ = Books
    for book in made.workbooks():
        book.__class__ = Book
    return made


def opened(excel: Any, path: Path) -> Any:
    """A workbook, opened and in front."""
    book = excel.application.vba_get("Workbooks").vba_get("Open", [str(path)])
    book.__class__ = Book
    for sheet in book.sheets_:
        if type(sheet) is _model.Worksheet:
            sheet.__class__ = Page
    return book
