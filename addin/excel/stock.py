"""What the functions and macros of hojokin_xlwings.py ask: the same answers as our add-in's, for a stock xlwings.

xlwings' own VBA writes an exception as text into the cell, and pywin32 has no way to hand an Excel error over (it sends
"argument left out" instead). So nothing is raised here, and where our add-in shows an error the cell stays empty; the
reason is told by SUBSIDY_WHY and by hojokin_last_error.
"""

from __future__ import annotations

from typing import Any, cast

from addin.excel.cells import answered

TITLE = "補助金"
EMPTY = ""  # an amount that there is not: None would be shown as 0


def cell(name: str, *arguments: Any) -> list[list[Any]]:
    """One function of the catalogue for xlwings: rows of values, never a tuple, which pywin32 takes apart.

    >>> cell("SUBSIDY_INVOICE", 1_000_000.0, True), cell("SUBSIDY_INVOICE", ((625_000.0,), (None,)), True)
    ([[750000.0]], [[500000.0], ['']])
    >>> cell("SUBSIDY_INVOICE", -1.0, True)
    [['']]
    """
    kind, value, *_ = answered(name, arguments)
    if kind == "err":
        return [[EMPTY]]
    if not isinstance(value, tuple | list):
        return [[value]]
    return [[EMPTY if each is None else each for each in row] for row in cast(Any, value)]


def press(name: str) -> None:
    """One button of the ribbon on the workbook that called: its message, and what it asks Excel to open."""
    import xlwings

    from addin.excel.buttons import pressed

    book: Any = xlwings.Book.caller()
    kind, message, instruction = pressed(name, "", book.api)
    if message:
        book.app.alert(message, TITLE, mode="info" if kind == "ok" else "critical")
    _carry_out(book.api, instruction)


def _carry_out(book: Any, instruction: str) -> None:
    """Opens what a button made: newbook:FILE, open:FILE or explorer:FOLDER."""
    kind, _, path = instruction.partition(":")
    if kind == "newbook":
        book.Application.Workbooks.Add(path)
    elif path:
        book.FollowHyperlink(path)
