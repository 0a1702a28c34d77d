"""Names and cells of the quote workbook: the one contract between the builder, the reader and every document.

>>> INPUT["subject"].address
'見積!C5'
>>> LINES.cell("price", 1)
'見積!K19'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rules.quote import ANSWERS
from workbooks.form import portal_fields
from workbooks.form.amount_layout import AMOUNT, RESULT, RESULTS, Result
from workbooks.form.portal_fields import Field
from workbooks.form.tables import (
    LINES,
    MEMBER_TABLE,
    MONTH_TABLE,
    MORE,
    PARTNER_TABLE,
    PLAN_TABLE,
    TABLES,
    Column,
    Size,
    Table,
    page,
)

START, APPLICANT, QUOTE, PLAN, PARTNERS, MEMBERS = "はじめに", "申請者", "見積", "計画", "取引先", "構成員"
PROPOSAL, ANNEX, FUNCTIONS, CHECK, WORKING, LISTS = "提案書", "別紙", "関数", "チェック", "明細計算", "一覧"
SHEETS = (START, APPLICANT, QUOTE, PLAN, PARTNERS, MEMBERS, AMOUNT, PROPOSAL, ANNEX, FUNCTIONS, CHECK, WORKING, LISTS)
PROPOSAL_LINES = 11  # lines of a quote that 提案書 has room for; 別紙 lists all of them where there are more
ANNEX_FIRST, ANNEX_LAST = 8, "J"  # 別紙: the row of the first line, the last column that is printed
FORM_NAME, FORM_CELL = "hojokin_form", "H1"  # on はじめに
YES, NO = ANSWERS
MOST_LINES, MOST_PARTNERS, MOST_MEMBERS = LINES.most, PARTNER_TABLE.most, MEMBER_TABLE.most
APPLICANT_TOP = 5  # row of the first block's heading on 申請者: label | input | 必須 | hint
APPLICANT_INPUT = "C"


@dataclass(frozen=True)
class Input(Field):
    """A cell that a person fills: a field at its place."""

    sheet: str = field(kw_only=True)
    cell: str = field(kw_only=True)  # such as C5

    @property
    def address(self) -> str:
        """Sheet and cell: 見積!C5."""
        return f"{self.sheet}!{self.cell}"


@dataclass(frozen=True)
class Group:
    """A box of inputs: its labels start in one column, its inputs in another."""

    title: str
    sheet: str
    labels: tuple[str, str]  # first and last column of a label
    values: tuple[str, str]  # first and last column of an input
    row: int  # of the heading
    inputs: tuple[Input, ...]


def _applicant() -> Iterator[Input]:
    row = APPLICANT_TOP
    for block in portal_fields.blocks():
        for number, f in enumerate(block.fields, 1):
            yield Input(**vars(f), sheet=APPLICANT, cell=f"{APPLICANT_INPUT}{row + number}")
        row += len(block.fields) + 2  # the heading, and a blank row


def _group(data: Mapping[str, Any]) -> Group:
    rest = {key: data[key] for key in ("title", "sheet", "row")}
    labels, values = ((first, last) for first, last in (data["labels"], data["values"]))
    made = (portal_fields.made({"since": data.get("since", 1), **i}) for i in data["input"])
    inputs = tuple(
        Input(**vars(f), sheet=data["sheet"], cell=f"{values[0]}{row}") for row, f in enumerate(made, data["row"] + 1)
    )
    return Group(**rest, labels=labels, values=values, inputs=inputs)


*_quote, PARTNER_GROUP, MEMBER_GROUP = map(_group, page()["group"])
GROUPS = tuple(_quote)  # side by side above the lines
INPUTS = (*_applicant(), *(i for group in (*GROUPS, PARTNER_GROUP, MEMBER_GROUP) for i in group.inputs))
INPUT = {i.name: i for i in INPUTS}
TAX_MODES = INPUT["tax_mode"].choices
# The version of the form: the defined name `hojokin_form`; a file without it is of the first
FORM = max(what.since for what in (*INPUTS, *TABLES, *(c for table in TABLES for c in table.columns)))


__all__ = [
    "AMOUNT", "LINES", "MEMBER_TABLE", "MONTH_TABLE", "MORE", "PARTNER_TABLE", "PLAN_TABLE", "RESULT", "RESULTS", "TABLES",
    "Column", "Result", "Size", "Table",
]  # fmt: skip
