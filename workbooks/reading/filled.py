"""The cells of a filled quote workbook as plain data, from a file or from a workbook that is open in Excel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rules.excel_values import NAMES, VALUE

UNCALCULATED = "#未計算"  # stands for the value of a formula that no program has calculated yet
ERRORS = frozenset((*NAMES, UNCALCULATED))


def known(error: str) -> str:
    """An error value that the reader knows; any other counts as #VALUE!."""
    return error if error in ERRORS else VALUE


@dataclass(frozen=True)
class Cell:
    """A cell's value: None or "" for blank, str, bool, number, date or datetime, or an error value's text (#N/A)."""

    value: Any
    address: str = ""  # 見積!H12, with the sheet's name in the file


@dataclass(frozen=True)
class Filled:
    """Everything the reader takes from a workbook. A name that is absent counts as a blank cell."""

    names: Mapping[str, Cell]  # defined name of an input -> its cell
    rows: Sequence[Mapping[str, Cell]]  # of the table of lines, blank ones too: column's Python name -> its cell
    tables: Mapping[str, Sequence[Mapping[str, Cell]]] = field(
        default_factory=dict[str, Sequence[Mapping[str, Cell]]]
    )  # the rows of every other table by its name
    results: Mapping[str, Cell] = field(default_factory=dict[str, Cell])  # defined name of a result -> its cached value
    hidden: Sequence[str] = ()  # the first filled cell of each row of a table that is hidden
    narrow: Sequence[str] = ()  # the first filled cell of each column of a table that is hidden
    merged: Sequence[str] = ()  # blank cells of filled rows that another row's value covers
    lost: Sequence[str] = ()  # cells and columns on which no amount depends and that the file does not have, in words

    @property
    def addresses(self) -> frozenset[str]:
        """The cells that are read as inputs."""
        rows = (row for table in (self.rows, *self.tables.values()) for row in table)
        return frozenset(c.address for cells in (self.names, *rows) for c in cells.values())
