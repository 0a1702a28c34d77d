"""What a cell calls: one function of the catalogue by its name, with Value2's values. Nothing is ever raised.

The answer leaves as a list. Of a tuple pywin32 would hand over the first item alone, and write the others into the
variables that VBA called with.

The module is light, so that Excel finds the server soon; what answers (addin.excel.cells) is loaded by the first call.
"""

from __future__ import annotations

from typing import Any

import xlwings

VALUE = 2015  # #VALUE!
BROKEN = "計算の部品を読み込めませんでした（{}）。「hojokin doctor」を実行すると、原因と直し方が分かります。"


@xlwings.func
@xlwings.arg("name", "raw")
@xlwings.arg("arguments", "raw")
@xlwings.ret("raw")
def dispatch(name: str, arguments: tuple[Any, ...]) -> list[Any]:
    """The answer to one call from a cell."""
    try:
        from addin.excel.cells import answered
    except Exception as e:
        return ["err", VALUE, BROKEN.format(repr(e))]
    return list(answered(name, arguments))
