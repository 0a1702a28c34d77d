"""The files that go with a quote, as tables: 価格表（what a vendor has registered）and 実績（what was bought and paid）.

A column that the table of lines has, too, is that column: it is read, bounded and called alike.
"""

from __future__ import annotations

from dataclasses import replace

from workbooks.form.tables import LINES, Column, Table

DATE = "date"


def _lines(*names: str) -> tuple[Column, ...]:
    return tuple(LINES.of(name) for name in names)


def _table(most: int, *columns: Column) -> Table:
    """A table of at most so many rows."""
    return replace(LINES, header=0, left=1, most=most, columns=columns)


PRODUCTS = _table(
    9_998,  # below its headings, as many as a sheet that is read may have
    replace(LINES.of("tool"), title="ツール名", required=True),
    *_lines("category", "functions", "processes", "contract", "price"),
    Column("tool_number", "ツール番号", "text", 16),
)
ACTUALS = _table(
    2 * LINES.most,
    replace(LINES.of("item"), required=True),
    *(replace(column, required=False) for column in _lines("price", "quantity")),
    Column("ordered_on", "発注日", DATE, 12),
    Column("delivered_on", "納品日", DATE, 12),
    Column("invoiced_on", "請求日", DATE, 12),
    Column("invoiced", "請求額", "yen", 12, high="yen"),
    Column("paid_on", "支払日", DATE, 12),
    Column("paid", "支払額", "yen", 12, high="yen"),
    Column("method", "支払方法", "text", 16),
    Column("payer", "口座名義", "text", 24),
)
