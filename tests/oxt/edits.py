# pyright: basic, reportMissingImports=false
"""Runs under Debian's own Python: a thousand edits in Calc; prints the office's memory in MB after every hundred.

python -m tests.oxt.edits PROFILE ROUNDS [OPTION…]
"""

import sys
from pathlib import Path

from tests.office.desk import Office

ROWS, STEP = 200, 100


def main(profile: str, rounds: str, *options: str) -> None:
    with Office(profile, *options) as office:
        document = office.new()
        sheet = document.Sheets.getByIndex(0)
        prepared(sheet)
        sizes = []
        for n in range(int(rounds)):
            edit(sheet, n)
            if n % STEP == STEP - 1:
                sizes.append(round(resident(office.process.pid), 1))
        assert sheet.getCellRangeByName("B1").getError() == 0
        document.close(True)
        print(*sizes)


def prepared(sheet) -> None:
    """Amounts, sentences and tables that all rest on a few cells."""
    for r in range(1, ROWS + 1):
        sheet.getCellRangeByName(f"A{r}").setValue(600_000 + r)
        sheet.getCellRangeByName(f"B{r}").setFormula(f"=SUBSIDY_INVOICE(A{r}+$H$1;TRUE();2;$H$2)")
    for r in range(1, 11):
        sheet.getCellRangeByName(f"C{r}").setFormula(f'=SUBSIDY_WHY("normal";A{r}+$H$1;3)')
    sheet.getCellRangeByName(f"D1:D{ROWS}").setArrayFormula(f"=SUBSIDY_INVOICE(A1:A{ROWS};TRUE())")
    sheet.getCellRangeByName("J1:L14").setArrayFormula('=SUBSIDY_EXPLAIN("invoice";A1+$H$1;TRUE())')


def edit(sheet, n: int) -> None:
    """A number, now and then a text or nothing, as people do."""
    cell = sheet.getCellRangeByName("H1" if n % 2 else "H2")
    if n % 10 == 9:
        cell.setString("約" if n % 20 == 9 else "")
    else:
        cell.setValue(float(n * 37 % 100_000))
    sheet.getCellRangeByName(f"A{n % ROWS + 1}").setValue(float(600_000 + n))


def resident(group: int) -> float:
    """Memory of the office's own process, in MB."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text().rpartition(")")
        except OSError:
            continue
        if name.endswith("(soffice.bin") and int(rest.split()[2]) == group:
            return int((stat.parent / "statm").read_text().split()[1]) * 4096 / 1e6
    raise SystemExit("LibreOffice is gone")


if __name__ == "__main__":
    main(*sys.argv[1:])
