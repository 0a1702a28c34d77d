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
        results = [one(document, job, request["wanted"]) for job in request["jobs"]]
        Path(answered).write_text(json.dumps(results, ensure_ascii=False), "utf-8")
        document.close(True)


def one(document, job: list, wanted: list) -> dict:
    for address, value in job:
        put(cell(document, address), value)
    document.calculateAll()
    found = {address: shown(cell(document, address)) for address in wanted}
    for address, _ in job:
        cell(document, address).clearContents(EVERYTHING)
    return found


def put(at, value) -> None:
    if isinstance(value, str):
        at.String = value
    else:
        at.Value = float(value)


def shown(at):
    if at.getError():
        return None
    return at.String if at.FormulaResultType2 == 2 else at.Value


def cell(document, address: str):
    sheet, _, place = address.partition("!")
    return document.Sheets.getByName(sheet).getCellRangeByName(place)


if __name__ == "__main__":
    main(*sys.argv[1:])
