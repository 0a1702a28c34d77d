"""Text for a terminal: columns that line up although Japanese letters are twice as wide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbooks.form.text_width import TERMINAL, width


def table(rows: Sequence[Sequence[Any]], right: Sequence[int] = ()) -> str:
    """Rows as lines with aligned columns; the columns in `right` are numbers and stand at the right.

    >>> print(table([["補助額", 750000], ["上限", 3500000]], right=[1]))
    補助額    750,000
    上限    3,500,000
    """
    cells = [[_shown(value) for value in row] for row in rows]
    widths = [max(width(row[i], TERMINAL) for row in cells) for i in range(len(cells[0]))] if cells else []
    return "\n".join(_line(row, widths, right) for row in cells)


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    padded = [_pad(text, widths[i], i in right) for i, text in enumerate(row)]
    return "  ".join(padded).rstrip()


def _pad(text: str, wanted: int, right: bool) -> str:
    space = " " * (wanted - width(text, TERMINAL))
    return space + text if right else text + space


def _shown(value: Any) -> str:
    if value is None:
        return "—"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
