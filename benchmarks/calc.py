# pyright: basic, reportMissingImports=false
"""The functions in LibreOffice Calc against its own formulas, in one run; exit status 1 where a goal is missed.

    python benchmarks/calc.py

Native stands for the same amount from the same cells by one formula of IF and INT, made from the rules: every step of
the frame, and the checks of its arguments. A bare formula of two rates, with no check and no cap, is shown for scale.
About 11 µs of each call are LibreOffice's own way to Python and back (a function that does nothing takes as long).
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from rules.engine.evaluate import checked_cell, first_error_or, formulas
from rules.engine.formula import renamed
from rules.frames import invoice

ROWS, ROUNDS = 10_000, 9
SINGLE, ARRAY = 10.0, 2.0  # goals
LETTERS = "ABCDE"
BARE = "INT(IF(A1<=625000,A1*IF(B1=1,4,3)/5,500000+(A1-625000)*2/3))"
OURS = f"SUBSIDY_INVOICE({','.join(f'{letter}1' for letter in LETTERS)})"


def native() -> str:
    """The whole frame in one cell: its steps set into each other, behind the checks of the arguments."""
    cells = {a.name: f"{letter}1" for a, letter in zip(invoice.ARGUMENTS, LETTERS, strict=True)}
    texts = dict(cells)
    steps = formulas(invoice.FRAME)
    for step in steps:
        texts[step.name] = f"({renamed(step.value.text, texts)})"
    return first_error_or(texts[steps[-1].name], [checked_cell(a, cells[a.name]) for a in invoice.ARGUMENTS])


def local(text: str, rows: int | None = None) -> str:
    """A formula as UNO takes it: semicolons, truth values as calls; with `rows`, its cells as columns."""
    text = text.replace(",", ";").replace("TRUE", "TRUE()").replace("FALSE", "FALSE()")
    for letter in LETTERS if rows else ():
        text = text.replace(f"{letter}1;", f"{letter}1:{letter}{rows};").replace(
            f"{letter}1)", f"{letter}1:{letter}{rows})"
        )
        for sign in "<>=*-/":
            text = text.replace(f"{letter}1{sign}", f"{letter}1:{letter}{rows}{sign}")
    return f"={text}"


def main() -> int:
    """Starts the office and prints the table."""
    from tests.office import run
    from tests.oxt import bundled

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        said = run("benchmarks.calc", "--office", str(folder / "profile"), *bundled(folder), timeout=580)
    print(said, end="")
    return 1 if "MISSED" in said else 0


def measured(profile: str, *options: str) -> None:
    """Runs under the Python that has `uno`."""
    from tests.office.desk import Office

    with Office(profile, *options) as office:
        kinds = {"ours": OURS, "native": native(), "bare": BARE}
        cells = {f"{k}, cells": _document(office, text, False) for k, text in kinds.items()}
        columns = {f"{k}, one array": _document(office, text, True) for k, text in kinds.items()}
        found = dict.fromkeys((*cells, *columns), 9000000000.0)
        for _ in range(ROUNDS):
            for name, document in (cells | columns).items():
                began = time.perf_counter()
                document.calculateAll()
                found[name] = min(found[name], time.perf_counter() - began)
        answers = {k: [_shown(cells[f"{k}, cells"]), _shown(columns[f"{k}, one array"])] for k in ("ours", "native")}
        assert answers["ours"] == answers["native"], "not the same amounts"
        for document in (cells | columns).values():
            document.close(True)
    for name, took in found.items():
        print(f"{name:<20} {took * 1e3:8.1f} ms  {took / ROWS * 1e6:6.2f} µs a row")
    goal("10,000 cells: ours / native", found["ours, cells"] / found["native, cells"], SINGLE)
    goal("one array of 10,000 rows: ours / native", found["ours, one array"] / found["native, one array"], ARRAY)
    print(f"beside the bare formula: {found['ours, cells'] / found['bare, cells']:.1f}", end=" and ")
    print(f"{found['ours, one array'] / found['bare, one array']:.1f}")


def _document(office: Any, text: str, array: bool) -> Any:
    """A sheet of quotes with one formula a row, or one array."""
    document = office.new()
    sheet = document.Sheets.getByIndex(0)
    data = tuple((400_000.0 + 311 * n, float(n % 2), 1.0 + n % 2, float(n % 7 * 50_000), 0.0) for n in range(ROWS))
    sheet.getCellRangeByName(f"A1:E{ROWS}").setDataArray(data)
    target = sheet.getCellRangeByName(f"G1:G{ROWS}")
    if array:
        target.setArrayFormula(local(text, ROWS))
    else:
        sheet.getCellRangeByName("G1").setFormula(local(text))
        target.fillAuto(0, 1)
    return document


def _shown(document: Any) -> Any:
    return document.Sheets.getByIndex(0).getCellRangeByName(f"G1:G{ROWS}").getDataArray()


def goal(text: str, value: float, limit: float) -> None:
    """Prints a ratio beside its goal."""
    print(f"{text:<42} {value:6.2f}  goal ≤ {limit:g} {'' if value <= limit else 'MISSED'}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--office"]:
        measured(*sys.argv[2:])
    else:
        sys.exit(main())
