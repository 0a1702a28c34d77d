"""The empty quote workbook, sheet by sheet.

All formulas, lists and texts come from the rules' pages; nothing of the law is typed here. Only functions that Excel 2010
has, so that every Excel and Calc gives the same yen with nothing installed.
"""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.worksheet import Worksheet

from workbooks.building import cached_values
from workbooks.building.formula_text import absolute
from workbooks.building.sheets import (
    amount,
    applicant,
    check,
    functions,
    line_detail,
    lists,
    members,
    partners,
    plan,
    proposal,
    proposal_annex,
    quote,
    start,
)
from workbooks.building.style import put
from workbooks.files import reproducible, writer
from workbooks.form.layout import (
    AMOUNT,
    ANNEX,
    APPLICANT,
    CHECK,
    FORM,
    FORM_CELL,
    FORM_NAME,
    FUNCTIONS,
    INPUTS,
    LISTS,
    MEMBERS,
    PARTNERS,
    PLAN,
    PROPOSAL,
    QUOTE,
    RESULTS,
    SHEETS,
    START,
    WORKING,
    Size,
)

INPUT_TAB, RESULT_TAB, TOOL_TAB = "9DC3E6", "A9D18E", "D9D9D9"
TABS = {
    START: "1F4E79",
    **dict.fromkeys((APPLICANT, QUOTE, PLAN, PARTNERS, MEMBERS), INPUT_TAB),
    **dict.fromkeys((AMOUNT, WORKING), RESULT_TAB),
    PROPOSAL: "F4B183",
    ANNEX: "F4B183",
    FUNCTIONS: TOOL_TAB,
    CHECK: "FFD966",
}
USUAL = Size()


def made(size: Size = USUAL) -> Workbook:
    """The workbook, before it is written; `size` says how many rows are prepared."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = {name: book.create_sheet(name) for name in SHEETS}
    look = lists.build(sheets[LISTS])
    check.lists(look)
    start.build(sheets[START])
    applicant.build(sheets[APPLICANT], look.lists)
    quote.build(sheets[QUOTE], look, size)
    plan.build(sheets[PLAN], look, size)
    partners.build(sheets[PARTNERS], look, size)
    members.build(sheets[MEMBERS], look, size)
    line_detail.build(sheets[WORKING], look, size)
    amount.build(sheets[AMOUNT], look)
    proposal.build(sheets[PROPOSAL], look, sheets[AMOUNT])
    proposal_annex.build(sheets[ANNEX], size)
    functions.build(sheets[FUNCTIONS], look, size)
    check.unread(look, size)
    check.build(sheets[CHECK], look)
    _name(book)
    _finish(book, sheets)
    return book


def build(path: Path, size: Size = USUAL) -> None:
    """Writes the empty workbook over the one before."""
    writer.over(path, built(size))


def built(size: Size = USUAL) -> bytes:
    """The bytes of the empty workbook, with its calculated values."""
    return cached_values.saved(made(size))


def _name(book: Workbook) -> None:
    """A defined name for every input and result, and for the version of the form."""
    put(book[START], FORM_CELL, FORM, size=8, colour="FFFFFF")
    book.defined_names[FORM_NAME] = DefinedName(FORM_NAME, attr_text=absolute(START, FORM_CELL))
    for place in (*INPUTS, *RESULTS):
        book.defined_names[place.name] = DefinedName(place.name, attr_text=absolute(place.sheet, place.cell))


def _finish(book: Workbook, sheets: dict[str, Worksheet]) -> None:
    for name, colour in TABS.items():
        sheets[name].sheet_properties.tabColor = colour
        sheets[name].sheet_view.zoomScale = 100
    book.properties.creator = book.properties.lastModifiedBy = "Hojokin"
    book.properties.title = "デジタル化・AI導入補助金 見積と補助額"
    book.properties.created = book.properties.modified = reproducible.WRITTEN
    book.calculation = CalcProperties(fullCalcOnLoad=True)
    book.active = 0
