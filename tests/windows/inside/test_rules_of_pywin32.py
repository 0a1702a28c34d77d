"""What pywin32 does to values: what Python sends, as VBA holds it, and what VBA hands over, as Python sees it. The answers
are written to the file in HOJOKIN_ANSWERS; outside, tests.excel.fakecom is asked the same.
"""

from __future__ import annotations

import ctypes
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyopenvba.interpreter._values import NOTHING, VBAArray, VBADate, VBAErrorValue

from tests.windows.inside import bridge, rules
from tests.windows.inside.late import ComError, Late

ECHO = "tests.windows.inside.echo"
found: dict[str, dict[str, str]] = {"sent": {}, "arrives": {}, "raised": {}}


@pytest.fixture(scope="module")
def server() -> Iterator[Late]:
    ctypes.OleDLL("ole32").CoInitialize(None)  # type: ignore[attr-defined]
    yield bridge.server(bridge.COMMAND.replace("addin.excel.serve", f"{ECHO}_server"))
    Path(os.environ["HOJOKIN_ANSWERS"]).write_text(json.dumps(found), "utf-8")


@pytest.mark.parametrize("text", rules.SENT)
def test_what_python_sends(server: Late, text: str) -> None:
    back: list[Any] = []
    values = (ECHO, "answer", bridge.array(text), NOTHING, NOTHING)
    try:
        said = held(server.call("CallUDF", *values, back=back))
        if back[:2] != list(values[:2]):
            said += " and a variable of the caller is overwritten"
    except ComError as e:
        said = f"error {e.hresult}"
    except KeyError:  # a type that VBA does not know
        said = "refused"
    found["sent"][text] = said


@pytest.mark.parametrize("text", rules.ARRIVES)
def test_what_arrives_in_python(server: Late, text: str) -> None:
    value = eval(text, {**vars(rules.vba_names()), "array": bridge.array, "block": bridge.block})
    seen = {server.call("CallUDF", ECHO, "seen", bridge.array(value), NOTHING, NOTHING, by=by) for by in ("ref", "val")}
    assert len(seen) == 1
    found["arrives"][text] = seen.pop()


def test_an_error_of_excel_s_objects() -> None:
    """Over pywin32's own client: what a call of Excel's that fails raises."""
    import pythoncom
    import win32com.client
    import win32com.server.util
    from win32com.server.exception import COMException

    class Sheet:
        _public_methods_ = ("Fail",)

        def Fail(self) -> None:
            raise COMException("なぜ", rules.REFUSED, "Microsoft Excel")

    sheet = win32com.client.Dispatch(win32com.server.util.wrap(Sheet()))
    with pytest.raises(pythoncom.com_error) as caught:
        sheet.Fail()
    found["raised"]["refusal"] = rules.kind_of(caught.value.args)


def held(value: Any) -> str:
    """A value that VBA holds, in the words of `rules.described`."""
    if isinstance(value, VBAArray):
        cells = nested(value) if value.items else [[]] * (value.bounds[0][1] + 1) if len(value.bounds) > 1 else []
        return f"array({', '.join(map(described_rows, cells))})"
    return scalar(value)


def nested(a: VBAArray) -> list[Any]:
    """An array's cells, the last index innermost."""
    sizes = [high - low + 1 for low, high in a.bounds]

    def at(prefix: list[int]) -> Any:
        if len(prefix) == len(sizes):
            index, stride = 0, 1
            for i, size in zip(prefix, sizes, strict=True):
                index, stride = index + i * stride, stride * size
            return a.items[index]
        return [at([*prefix, i]) for i in range(sizes[len(prefix)])]

    return at([])


def described_rows(value: Any) -> str:
    if isinstance(value, list):
        return f"array({', '.join(map(described_rows, value))})"
    return held(value)


def scalar(value: Any) -> str:
    if isinstance(value, VBADate):
        return f"datetime {value.to_datetime().isoformat()}"
    if isinstance(value, VBAErrorValue):
        return f"error value {value.number}"
    name = {"VBAInt": "int", "VBACurrency": "Decimal"}.get(type(value).__name__, type(value).__name__)
    text = f"{value:f}" if name == "Decimal" else str(int(value)) if name == "int" else repr(value)
    return "None" if repr(value) == "Null" else f"{name} {text}"
