# pyright: basic, reportMissingImports=false
"""Runs under Debian's own Python: opens workbooks in an office with the extension, edits, reads, chooses from the menu.

A job: open (a path, or none for an empty document), sheet (unprotects all, adds one), set [[address, value or =formula]], array [[range, formula]], calculate (all),
choose (commands of the menu), read [ranges], formulas [cells], save (a path). In that order.
"""

import json
import sys
from pathlib import Path

from tests.office.desk import Office, save


def main(asked: str, answered: str) -> None:
    request = json.loads(Path(asked).read_text("utf-8"))
    with Office(request["profile"], *request["options"]) as office:
        results = [one(office, job) for job in request["jobs"]]
        Path(answered).write_text(json.dumps(results, ensure_ascii=False), "utf-8")


def one(office, job) -> dict:
    document = office.open(job["open"]) if job.get("open") else office.new()
    try:
        if job.get("sheet"):
            opened(document, job["sheet"])
        for address, value in job.get("set", ()):
            put(place(document, address), value)
        for address, formula in job.get("array", ()):
            place(document, address).setArrayFormula(formula)
        document.calculateAll() if job.get("calculate") else document.calculate()
        said = [chosen(office, document, name) for name in job.get("choose", ())]
        found = {address: shown(place(document, address)) for address in job.get("read", ())}
        formulas = {address: place(document, address).FormulaLocal for address in job.get("formulas", ())}
        if job.get("save"):
            save(document, job["save"])
        return {"said": said, "read": found, "formulas": formulas}
    finally:
        document.close(True)


def opened(document, name: str) -> None:
    document.unprotect("")
    for sheet in document.Sheets:
        sheet.unprotect("")
    document.Sheets.insertNewByName(name, document.Sheets.Count)


def chosen(office, document, name: str) -> list:
    helper = office.create("com.sun.star.frame.DispatchHelper")
    event = helper.executeDispatch(document.CurrentController.Frame, f"jp.hojokin:{name}", "", 0, ())
    return [event.State, event.Result]


def place(document, address: str):
    """見積!C5, or C5 of the first sheet."""
    sheet, _, cells = address.rpartition("!")
    page = document.Sheets.getByName(sheet) if sheet else document.Sheets.getByIndex(0)
    return page.getCellRangeByName(cells)


def put(cell, value) -> None:
    if isinstance(value, str) and value.startswith("="):
        cell.setFormula(value)
    elif isinstance(value, str):
        cell.setString(value)
    else:
        cell.setValue(float(value))


def shown(area) -> list:
    """The rows of a range: numbers, texts, and errors as Calc shows them."""
    rows = [list(row) for row in area.getDataArray()]
    top, left = area.RangeAddress.StartRow, area.RangeAddress.StartColumn
    for a in area.queryFormulaCells(4).RangeAddresses:
        for r in range(a.StartRow, a.EndRow + 1):
            for c in range(a.StartColumn, a.EndColumn + 1):
                rows[r - top][c - left] = "error " + area.getCellByPosition(c - left, r - top).String
    return rows


if __name__ == "__main__":
    main(*sys.argv[1:])
