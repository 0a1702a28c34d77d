"""Cells that call our functions under another program's name for them, put right.

A workbook that Excel saved beside its own add-in calls `[1]!SUBSIDY_INVOICE(…)` or `'C:\\…\\Hojokin.xlam'!SUBSIDY_INVOICE(…)`;
one that it saved without any may call `_xludf.SUBSIDY_INVOICE(…)`. Calc shows an error there.

>>> plain("=IF(A1,[1]!SUBSIDY_INVOICE(A1,TRUE),_xludf.SUBSIDY_WHY(B1))")
'=IF(A1,SUBSIDY_INVOICE(A1,TRUE),SUBSIDY_WHY(B1))'
>>> plain("='file:///C:/a/It''s/Hojokin.xlam'#SUBSIDY_INVOICE(A1,TRUE)+[2]!OTHER(1)")
'=SUBSIDY_INVOICE(A1,TRUE)+[2]!OTHER(1)'
"""

# pyright: basic, reportMissingImports=false

from __future__ import annotations

import re
from typing import Any

from addin.calc.names import FUNCTIONS
from addin.functions.catalog import catalog

ERRORS = 4  # of com.sun.star.sheet.FormulaResult
BOOK = r"(?:\[[^\[\]]+\]|'(?:[^']|'')*'|[^\s'!#()=+*/,;&<>^-]+\.xla[m]?)[!#]+\$?"
NAME = rf"(?:{re.escape(FUNCTIONS.upper())}\.)?({'|'.join(sorted(catalog, key=len, reverse=True))})"
CALL = re.compile(rf"(?:{BOOK}|_xludf\.|_xlfn\.|_xll\.)+{NAME}(?=\s*\()", re.IGNORECASE)


def made() -> Any:
    """The job that runs when a document has been loaded."""
    import unohelper
    from com.sun.star.task import XJob

    class Repair(unohelper.Base, XJob):
        def execute(self, arguments):
            told = {a.Name: a.Value for group in arguments if group.Name == "Environment" for a in group.Value}
            document = told.get("Model")
            if document is not None and document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                repaired(document)

    return Repair()


def plain(formula: str) -> str:
    """A formula with the functions' plain names."""
    return CALL.sub(lambda match: match[1].upper(), formula)


def repaired(document: Any) -> tuple[int, int]:
    """Puts the cells of a document right: how many were mended, and how many could not be (protected sheets)."""
    mended = locked = 0
    for sheet in document.Sheets:
        for cell in _wrong(sheet):
            if sheet.isProtected() and cell.CellProtection.IsLocked:
                locked += 1
            else:
                _enter(sheet, cell)
                mended += 1
    return mended, locked


def _wrong(sheet: Any) -> list[Any]:
    """Cells with an error whose formula calls one of ours elsewhere; of an array, its first cell."""
    found = []
    for a in sheet.queryFormulaCells(ERRORS).RangeAddresses:
        area = sheet.getCellRangeByPosition(a.StartColumn, a.StartRow, a.EndColumn, a.EndRow)
        for r, row in enumerate(area.getFormulaArray()):
            for c, formula in enumerate(row):
                if CALL.search(formula):
                    found.append(area.getCellByPosition(c, r))
    return found


def _enter(sheet: Any, cell: Any) -> None:
    formula = cell.Formula
    if formula.startswith("{"):
        cursor = sheet.createCursorByRange(cell)
        cursor.collapseToCurrentArray()
        if cursor.ArrayFormula:
            cursor.setArrayFormula(plain(formula.strip("{}")))
    else:
        cell.Formula = plain(formula)
