"""What the ribbon's buttons call, with the active workbook. Nothing is ever raised, and no COM object is kept.

The answer is Array("ok" or "err", a Japanese message, and an instruction for VBA: "explorer:FOLDER", "open:FILE",
"newbook:FILE" or ""), a list as dispatch's. Light, as dispatch is: addin.excel.buttons is loaded by the first button.
"""

from __future__ import annotations

from typing import Any

import xlwings

from addin.excel.dispatch import BROKEN


@xlwings.func
@xlwings.arg("name", "raw")
@xlwings.arg("argument", "raw")
@xlwings.ret("raw")
def macro(name: str, argument: str) -> list[str]:
    """The answer to one button."""
    try:
        from addin.excel.buttons import pressed

        return list(pressed(name, str(argument or ""), _caller()))
    except Exception as e:
        return ["err", BROKEN.format(repr(e)), ""]
    finally:
        _caller(forget=True)  # or Excel could not close


def _caller(forget: bool = False) -> Any:
    """The active workbook, which xlwings keeps until it is told to forget it; None where there is none."""
    from xlwings import _xlwindows as kept  # pyright: ignore

    if forget:
        kept.BOOK_CALLER = None
    return kept.BOOK_CALLER
