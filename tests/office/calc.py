# pyright: basic, reportMissingImports=false, reportAttributeAccessIssue=false
"""Runs under Debian's own Python: opens a workbook in Calc, types the cells of each job, reads the wanted ones."""

import json
import sys
from pathlib import Path

from tests.office.desk import Office

EVERYTHING = 1 | 2 | 4 | 16  # values, dates, text and formulas of a cell


def main(asked: str, answered: str) -> None:
    request = json.loads(Path(asked).read_text("utf-8"))
    with Office(request["profile"]) as office:
        document = office.open(request["workbook"])
        for sheet in document.Sheets:
            sheet.unprotect("")
        document.enableAutomaticCalculation(False)  # once for a job, not after each cell
        results = [one(document, job, request["wanted"]) for job in request["jobs"]]
        Path(answered).write_text(json.dumps(results, ensure_ascii=False), "utf-8")
        document.close(True)


def one(document, job: list, wanted: list) -> dict:
    filled: dict = {}  # by sheet: LibreOffice clears the cells of one sheet only
    for address, value in job:
        name, row, column = place(address)
        if name not in filled:
            filled[name] = (document.Sheets.getByName(name), [])
        sheet, places = filled[name]
        put(sheet.getCellByPosition(column, row), value)
        places.append((column, row))
    document.calculate()
    found = read(document, wanted)
    for sheet, places in filled.values():
        index = sheet.RangeAddress.Sheet
        cells = document.createInstance("com.sun.star.sheet.SheetCellRanges")
        cells.addRangeAddresses(tuple(alone(index, x, y) for x, y in places), False)
        cells.clearContents(EVERYTHING)
    return found


def alone(index: int, column: int, row: int):
    """The address of one cell."""
    import uno

    found = uno.createUnoStruct("com.sun.star.table.CellRangeAddress")
    found.Sheet, found.StartColumn, found.EndColumn, found.StartRow, found.EndRow = index, column, column, row, row
    return found


def place(address: str) -> tuple:
    """Sheet, row and column of an address, from 0; few calls across to the office keep a busy machine quick."""
    name, _, cell = address.partition("!")
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return name, int(cell[len(letters) :]) - 1, column - 1


def put(at, value) -> None:
    if isinstance(value, str):
        at.String = value
    else:
        at.Value = float(value)


def read(document, wanted: list) -> dict:
    """The wanted cells, one call for each column of a sheet; an error is None."""
    columns: dict = {}
    for address in wanted:
        sheet, _, place = address.partition("!")
        letters = place.rstrip("0123456789")
        columns.setdefault((sheet, letters), {})[int(place[len(letters) :])] = address
    found = {}
    for (sheet, letters), rows in columns.items():
        first, last = min(rows), max(rows)
        block = document.Sheets.getByName(sheet).getCellRangeByName(f"{letters}{first}:{letters}{last}")
        values = block.getDataArray()
        found.update({address: values[row - first][0] for row, address in rows.items()})
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
