# pyright: basic, reportMissingImports=false, reportAttributeAccessIssue=false
"""Runs under Debian's own Python: seconds that Calc takes to open a workbook, calculate all, and after one changed cell."""

import json
import sys
import time

from tests.office.desk import Office

ROUNDS = 5


def main(profile: str, workbook: str, address: str, result: str) -> None:
    with Office(profile) as office:
        start = time.perf_counter()
        document = office.open(workbook)
        opened = time.perf_counter() - start
        for sheet in document.Sheets:
            sheet.unprotect("")
        document.enableAutomaticCalculation(False)
        at, shown = cell(document, address), cell(document, result)
        before = shown.Value
        everything = [timed(document.calculateAll) for _ in range(ROUNDS)]
        one = [changed(document, at) for _ in range(ROUNDS)]
        assert shown.Value != before, "the result did not follow the changed cell"
        document.close(True)
    print(json.dumps({"open": opened, "all": sorted(everything)[ROUNDS // 2], "one": sorted(one)[ROUNDS // 2]}))


def cell(document, address: str):
    sheet, _, place = address.partition("!")
    return document.Sheets.getByName(sheet).getCellRangeByName(place)


def timed(run) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def changed(document, at) -> float:
    at.Value = at.Value + 1
    return timed(document.calculate)


if __name__ == "__main__":
    main(*sys.argv[1:])
