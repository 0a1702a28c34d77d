"""Typed columns: NumPy, Polars, DuckDB. A row with text, an error value or a fraction does not fit into one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from rules.frames.contract import Frame
from tests.engines import Answers, Engine, Row
from tests.test_engines import by_duckdb, by_numpy, by_polars, polars_table


def fits(frame: Frame, row: Row) -> bool:
    """Whether every value is of its column's type, or missing."""
    kinds = (bool if a.kind == "flag" else int for a in frame.arguments)
    return all(v is None or type(v) is kind for v, kind in zip(row, kinds, strict=True))


def engine(name: str, by: Callable[[Frame, Any, date], Answers]) -> Engine:
    """A column engine: every error is NULL."""

    def answers(frame: Frame, rows: Sequence[Row], on: date) -> Answers:
        return by(frame, polars_table(frame, list(rows)), on)

    return Engine(name, answers, fits, tells_errors=False, any_day=False)


NUMPY, POLARS, DUCKDB = engine("NumPy", by_numpy), engine("Polars", by_polars), engine("DuckDB", by_duckdb)
