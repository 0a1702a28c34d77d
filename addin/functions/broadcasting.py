"""One value or a range of values: a function of single values applied as Excel applies its own, cell by cell.

A range is a list of rows; a single value stands for every cell. Ranges of one row or one column stretch along the
other; where sizes do not fit, the cells that only one of them has are #N/A.

>>> spread(lambda a, b: a + b, [[1], [2]], 10)
[[11], [12]]
>>> spread(lambda a, b: a + b, 1, 2)
3
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rules.engine.argument import ExcelError
from rules.excel_values import NA

Rows = list[list[Any]]


def spread(call: Callable[..., Any], *values: Any) -> Any:
    """`call` on single values, or on every cell of the ranges among them."""
    if not any(is_range(v) for v in values):
        return call(*values)
    grids = [rows(v) for v in values]
    height, width = max(len(g) for g in grids), max(len(g[0]) for g in grids)
    return [[_cell(call, grids, r, c) for c in range(width)] for r in range(height)]


def is_range(value: Any) -> bool:
    """Whether a value is a range."""
    return isinstance(value, list | tuple)


def rows(value: Any) -> Rows:
    """A value as rows: a flat list is one column, a single value one cell."""
    if not is_range(value) or not value:
        return [[None if is_range(value) else value]]
    return [list(row) if is_range(row) else [row] for row in value]


def _cell(call: Callable[..., Any], grids: list[Rows], r: int, c: int) -> Any:
    picked: list[Any] = []
    for grid in grids:
        i, j = (0 if len(grid) == 1 else r), (0 if len(grid[0]) == 1 else c)
        if i >= len(grid) or j >= len(grid[i]):
            return ExcelError(NA)
        picked.append(grid[i][j])
    return call(*picked)
