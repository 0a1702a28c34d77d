# pyright: basic, reportMissingImports=false, reportAttributeAccessIssue=false
"""Runs under Debian's own Python: opens a workbook in Calc, types the cells of each job, reads the wanted ones."""

import json
import subprocess
import sys
import time
from pathlib import Path

EVERYTHING = 1 | 2 | 4 | 16  # values, dates, text and formulas of a cell


def main(asked: str, answered: str) -> None:
    request = json.loads(Path(asked).read_text("utf-8"))
    office = start(request["profile"])
    try:
        document = opened(connect(), request["workbook"])
        results = [one(document, job, request["wanted"]) for job in request["jobs"]]
        Path(answered).write_text(json.dumps(results, ensure_ascii=False), "utf-8")
        document.close(True)
    finally:
        office.kill()


def start(profile: str) -> subprocess.Popen:
    return subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            *QUIET,
            f"--accept=pipe,name={PIPE};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


QUIET = ("--norestore", "--nologo")
PIPE = f"hojokin{time.time_ns()}"


def connect():
    import uno  # Debian's own Python has it, not the environment of the tests

    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(300):
        try:
            context = resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:  # the pipe is not there yet
            time.sleep(0.1)
    raise SystemExit("LibreOffice did not answer within 30 seconds")


def opened(desktop, path: str):
    from com.sun.star.beans import PropertyValue

    hidden = PropertyValue(Name="Hidden", Value=True)
    document = desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, (hidden,))
    for sheet in document.Sheets:
        sheet.unprotect("")
    return document


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
