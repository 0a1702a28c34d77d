"""One formula, four engines: a row gives the same in Python, NumPy, Polars and DuckDB, blank and invalid ones too."""

from __future__ import annotations

from datetime import date
from typing import Any

import ibis
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.engine.argument import ArgumentError
from rules.engine.column import Column
from rules.engine.evaluate import columns, scalar
from rules.frames import FRAMES, group, invoice
from rules.frames.contract import Frame
from tests.random_rows import cell, rows

SINGLE = [f for f in FRAMES if not f.members]
EDITIONS = (date(2025, 6, 1), date(2026, 6, 1))
frames = pytest.mark.parametrize("frame", SINGLE, ids=lambda f: f.name)


def one_by_one(frame: Frame, table: list[tuple[Any, ...]], on: date) -> list[int | None]:
    """What each row gives by itself; None where it gives an error."""
    return [one(frame, row, on) for row in table]


def one(frame: Frame, row: tuple[Any, ...], on: date) -> int | None:
    try:
        return scalar(frame, dict(zip((a.name for a in frame.arguments), row, strict=True)), on).subsidy
    except ArgumentError:
        return None


def polars_table(frame: Frame, table: list[tuple[Any, ...]], whole: Any = pl.Int64) -> pl.DataFrame:
    kinds = {a.name: pl.Boolean if a.kind == "flag" else whole for a in frame.arguments}
    return pl.DataFrame(table, schema=kinds, orient="row")


def by_numpy(frame: Frame, df: pl.DataFrame, on: date) -> list[Any]:
    masked = {name: masked_array(df[name]) for name in df.columns}
    return columns(frame, masked, on).tolist()


def masked_array(series: pl.Series) -> Any:
    plain = series.fill_null(False if series.dtype == pl.Boolean else 0).to_numpy()
    return np.ma.array(plain, mask=series.is_null().to_numpy())


def by_polars(frame: Frame, df: pl.DataFrame, on: date) -> list[Any]:
    expression = columns(frame, {name: pl.col(name) for name in df.columns}, on)
    return df.select(x=expression)["x"].to_list()


def by_duckdb(frame: Frame, df: pl.DataFrame, on: date) -> list[Any]:
    t = ibis.memtable(df.to_arrow())
    return t.select(x=columns(frame, {name: t[name] for name in df.columns}, on)).to_pyarrow()["x"].to_pylist()


@frames
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_every_engine_gives_what_each_row_gives_by_itself(frame: Frame, data: st.DataObject) -> None:
    table, on = data.draw(rows(frame, cell)), data.draw(st.sampled_from(EDITIONS))
    expected, df = one_by_one(frame, table, on), polars_table(frame, table)
    assert by_numpy(frame, df, on) == expected
    assert by_polars(frame, df, on) == expected
    assert by_duckdb(frame, df, on) == expected


@frames
def test_a_32_bit_column_does_not_overflow(frame: Frame) -> None:
    table = [tuple(True if a.kind == "flag" else 2_000_000_000 if a.kind == "yen" else 4 for a in frame.arguments)]
    df, on = polars_table(frame, table, pl.Int32), EDITIONS[1]
    expected = one_by_one(frame, table, on)
    assert expected != [None]
    assert [by_numpy(frame, df, on), by_polars(frame, df, on), by_duckdb(frame, df, on)] == [expected] * 3


@frames
def test_a_decimal_column_counts_whole_numbers_only(frame: Frame) -> None:
    cells = [(100_000.0, 100_000), (100_000.5, None), (float("nan"), None), (float("inf"), None), (1e300, None)]
    on, names = EDITIONS[1], [a.name for a in frame.arguments]
    table = [(c, *(True if a.kind == "flag" else 1 for a in frame.arguments[1:])) for c, _ in cells]
    kept = [(c, *row[1:]) for (_, c), row in zip(cells, table, strict=True)]
    expected = one_by_one(frame, kept, on)
    schema = {
        a.name: pl.Float64 if a.kind == "yen" else pl.Boolean if a.kind == "flag" else pl.Int64 for a in frame.arguments
    }
    df = pl.DataFrame(
        [[float(v) if schema[n] == pl.Float64 else v for n, v in zip(names, r, strict=True)] for r in table],
        schema=schema,
        orient="row",
    )
    assert [by_numpy(frame, df, on), by_polars(frame, df, on), by_duckdb(frame, df, on)] == [expected] * 3


@frames
def test_text_in_a_column_gives_no_amount(frame: Frame) -> None:
    mixed = [np.array(["12", 12, None, 1.5, True], dtype=object)]
    rest = [np.array([True] * 5 if a.kind == "flag" else [1] * 5) for a in frame.arguments[1:]]
    got = columns(frame, dict(zip((a.name for a in frame.arguments), mixed + rest, strict=True))).tolist()
    whole = scalar(frame, {a.name: True if a.kind == "flag" else 1 for a in frame.arguments} | {"cost": 12}).subsidy
    assert got == [None, whole, None, None, None]


@given(st.lists(st.tuples(st.integers(0, 12_000_000), st.booleans()), min_size=1, max_size=40), st.data())
@settings(max_examples=25, deadline=None)
def test_a_group_is_the_sum_of_its_members_in_every_engine(
    members: list[tuple[int, bool]], data: st.DataObject
) -> None:
    b, c = data.draw(st.integers(0, 12_000_000)), data.draw(st.integers(0, 6_000_000))
    expected = scalar(group.FRAME, {"members": members, "analysis_cost": b, "admin_cost": c}).subsidy
    df = pl.DataFrame(members, schema={"cost": pl.Int64, "small_biz": pl.Boolean}, orient="row")
    each = columns(invoice.FRAME, {name: pl.col(name) for name in df.columns})
    totals = df.select(base=each.sum(), count=pl.len().cast(pl.Int64))
    totals = totals.with_columns(analysis_cost=b, admin_cost=c, analysis_members=pl.col("count"))
    amount = columns(group.FRAME, {name: pl.col(name) for name in totals.columns})
    assert totals.select(x=amount)["x"].to_list() == [expected]
    t = ibis.memtable(totals.to_arrow())
    amount = columns(group.FRAME, {name: t[name] for name in totals.columns})
    assert t.select(x=amount).to_pyarrow()["x"].to_pylist() == [expected]


def test_a_column_takes_no_python_branch() -> None:
    column = Column(np.array([1, 2]))
    with pytest.raises(TypeError, match="choose"):
        bool(column > 1)
    with pytest.raises(TypeError, match="<="):
        _ = column == 1
