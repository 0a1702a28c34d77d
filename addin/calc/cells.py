"""The functions behind the cells. Nothing is ever raised into Calc: our own mistakes become #VALUE!."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Any, cast

from addin.calc.uno_values import Table, answer, given, taken
from addin.functions.catalog import PREFIX, Function, catalog
from addin.functions.compiled import NAMES, plan
from rules.engine.argument import VALUE, ArgumentError, ExcelError
from rules.frames import frame as frame_named

LOG = logging.getLogger(__name__)
DATES = ("as_of", "today")
# spreadsheet name -> frame and number of its arguments before as_of, where every argument is a single value
SINGLE = {f"{PREFIX}{n.upper()}": (n, len(f.arguments)) for n, f in NAMES.items() if not f.members}


def made() -> Any:
    """The object that Calc calls: one method for each function of the catalogue."""
    import unohelper  # type: ignore[import-not-found]  # LibreOffice's Python alone has it
    from jp.hojokin import XFunctions  # type: ignore[import-not-found]  # from XFunctions.idl

    methods = {name: method(entry) for name, entry in catalog.items()}
    return type("Functions", (unohelper.Base, XFunctions), methods)()  # type: ignore[misc]


def method(entry: Function) -> Callable[..., Table]:
    """One function of the catalogue as Calc calls it, the object first.

    >>> method(catalog["SUBSIDY_INVOICE"])(None, 1_000_000.0, 1.0, None, None, None, None)
    ((750000.0,),)
    """

    def called(_: Any, *arguments: Any) -> Table:
        try:
            return answer(entry.call(*_values(entry, arguments)))
        except Exception:
            LOG.exception("%s", entry.name)  # seen where LibreOffice was started from a terminal
            return answer(ExcelError(VALUE))

    return _amount(entry, called) if entry.name in SINGLE else called


def _amount(entry: Function, called: Callable[..., Table]) -> Callable[..., Table]:
    """The amounts that cells ask for most, by the compiled formulas; what is not clean goes to the catalogue."""
    frame, _ = SINGLE[entry.name]
    newest = plan(frame, None)

    def amount(_: Any, *arguments: Any) -> Table:
        as_of = arguments[-1]
        found = plan(frame, as_of or None) if as_of.__class__ is float else newest if as_of is None else None
        yen = None if found is None else found.one(*arguments[:-1])
        if yen is not None:
            return ((yen,),)
        return (_columns(entry, arguments) if tuple in map(type, arguments) else None) or called(None, *arguments)

    return amount


def _columns(entry: Function, arguments: tuple[Any, ...]) -> Table | None:
    """Columns of one length on one day: all rows at once, or row by row where a value is not clean."""
    frame, count = SINGLE[entry.name]
    ranges = [cast(tuple[tuple[Any, ...], ...], a) for a in arguments if isinstance(a, tuple)]
    lengths = {(len(r), len(r[0])) for r in ranges}
    as_of = arguments[count] or None
    found = None if isinstance(as_of, tuple) else plan(frame, as_of)
    if found is None or len(lengths) > 1 or next(iter(lengths))[1] > 1:
        return None
    columns = [_column(a) for a in arguments[:count]]
    yen = found.many(columns) or list(_each(entry, found.one, columns, as_of))
    return tuple((amount,) for amount in yen)


def _each(entry: Function, one: Callable[..., float | None], columns: list[Any], as_of: Any) -> Iterator[float | str]:
    for values in zip(*(c if isinstance(c, list) else repeat(c) for c in columns), strict=False):  # type: ignore[arg-type]
        yen = one(*values)
        yield given(entry.call(*values, as_of)) if yen is None else yen


def _column(value: Any) -> Any:
    """A column as a list, its blank cells None; a single value as it is."""
    if not isinstance(value, tuple):
        return value
    return [None if cell == "" else cell for (cell,) in cast(tuple[tuple[Any]], value)]


def _values(entry: Function, arguments: tuple[Any, ...]) -> list[Any]:
    """The arguments of one call in the terms of addin.functions."""
    repeated = entry.arguments[-1].repeated  # they come as one sequence
    values = [taken(a) for a in ((*arguments[:-1], *arguments[-1]) if repeated else arguments)]
    for at, value in enumerate(values):
        if value == 0 and _is_day(entry, values, at):
            values[at] = None  # a blank cell: no day is 0
        elif not (repeated or value is None or isinstance(value, list)) and entry.arguments[at].table:
            values[at] = [[value]]  # a range of one cell
    return values


def _is_day(entry: Function, values: list[Any], at: int) -> bool:
    """Whether an argument is a day; among repeated ones it is the last that the frame takes."""
    if not entry.arguments[-1].repeated:
        return entry.arguments[at].name in DATES
    try:
        return at == len(frame_named(values[0]).arguments) + 1
    except ArgumentError:
        return False
