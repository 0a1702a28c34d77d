"""The amounts that cells ask for most, by the compiled formulas; None where the rules themselves must answer.

>>> amount("SUBSIDY_INVOICE", (1_000_000.0, True))
('ok', 750000.0)
>>> amount("SUBSIDY_INVOICE", (((625_000.0,), (None,)), True))
('arr', ((500000.0,), (None,)), ((1, 0, 2015),))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from typing import Any

from addin import functions
from addin.excel.com_values import Answer, Row, grid, rows, taken
from addin.functions.catalog import PREFIX
from addin.functions.compiled import NAMES, plan
from rules.engine.argument import kinds
from rules.frames import group

GROUP = f"{PREFIX}GROUP"
# spreadsheet name -> frame, and how many arguments stand before as_of
FRAMES = {f"{PREFIX}{name.upper()}": (name, len(frame.arguments)) for name, frame in NAMES.items()}
COLUMNS = len(group.COLUMNS)
BLANK = (None, "")


def amount(name: str, arguments: Row) -> Answer | None:
    """The answer to one call of a function of a frame, its arguments as COM hands them over."""
    if name not in FRAMES or len(arguments) > FRAMES[name][1] + 1:
        return None
    if name == GROUP:
        return _group(arguments)
    frame, count = FRAMES[name]
    if tuple in map(type, arguments):
        return _range(getattr(functions, frame), frame, count, arguments)
    yen = _one(frame, count, arguments)
    return None if yen is None else ("ok", yen)


def _one(frame: str, count: int, values: Row) -> float | None:
    if len(values) > count:
        found, values = plan(frame, values[count]), values[:count]
    else:
        found = plan(frame, None)
    return None if found is None else found.one(*values)


def _range(call: Callable[..., Any], frame: str, count: int, arguments: Row) -> Answer | None:
    """Ranges of one size among the arguments; the rest of Excel's rules for sizes is for addin.functions.broadcasting."""
    sizes = {(len(found), len(found[0])) for found in map(rows, arguments) if found}
    if len(sizes) != 1:
        return None
    _, width = sizes.pop()
    columns = [_flat(found, width) if (found := rows(a)) else a for a in arguments]
    yen = _whole(frame, count, columns)
    if yen is not None:
        return "ok", tuple(zip(*[iter(yen)] * width, strict=True))
    cells = list(_each(call, frame, count, columns))
    return grid([cells[at : at + width] for at in range(0, len(cells), width)])


def _flat(found: Sequence[Row], width: int) -> list[Any]:
    """All cells of a range, row by row."""
    return [cell for (cell,) in found] if width == 1 else list(chain.from_iterable(found))


def _whole(frame: str, count: int, columns: list[Any]) -> list[float] | None:
    """All rows at once, where they share an edition and every value is clean."""
    as_of = columns[count] if len(columns) > count else None
    found = None if isinstance(as_of, list) else plan(frame, as_of)
    return None if found is None else found.many([*columns[:count], *repeat(None, count - len(columns))])


def _each(call: Callable[..., Any], frame: str, count: int, columns: list[Any]) -> Iterator[Any]:
    """Row by row; what is not clean goes to the function of the catalogue."""
    for values in zip(*(c if isinstance(c, list) else repeat(c) for c in columns), strict=False):  # type: ignore[arg-type]
        yen = _one(frame, count, values)
        yield call(*map(taken, values)) if yen is None else yen


def _group(arguments: Row) -> Answer | None:
    """Members one by one, their sum, then the group's own formula."""
    members, analysis, admin, users, as_of = (*arguments, *repeat(None, 5 - len(arguments)))
    each, totals = (None, None) if isinstance(as_of, tuple) else (plan("invoice", as_of), plan("group", as_of))
    if each is None or totals is None or tuple in map(type, (analysis, admin, users)):
        return None
    filled = (row for row in rows(members) if not all(cell in BLANK for cell in row))
    amounts = [each.one(*row[:COLUMNS]) for row in filled]
    if not amounts or None in amounts or len(amounts) > (kinds()["members"].high or 0):
        return None
    count = float(len(amounts))
    yen = totals.one(sum(a for a in amounts if a), count, analysis, admin, count if users is None else users)
    return None if yen is None else ("ok", yen)
