"""`make demo`: the example quotes, from the filled workbook to Word drafts, with a table of the amounts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from rules.assess import Assessment
from rules.findings import LEVELS
from rules.frames import frame
from templates.render import drafts
from workbooks.check import assess_file

EXAMPLES = Path(__file__).parent.parent / "workbooks" / "examples"
SHOWN = ("wholesale", "manufacturer")  # the two filled quotes of the invoice frame


def main() -> int:
    """Assesses the examples, writes their drafts, prints the table."""
    call = argparse.ArgumentParser(description="見本の見積から下書きを作ります。")
    call.add_argument("-o", "--out", default="out", help="下書きを置くフォルダー")
    out = Path(call.parse_args().out)
    console = Console()
    done: list[tuple[Path, Assessment, list[Path]]] = []
    for name in track(SHOWN, description="見積を読み、下書きを作っています", console=console, transient=True):
        path = EXAMPLES / f"{name}.xlsx"
        assessment = assess_file(path, frame("invoice"))
        done.append((path, assessment, drafts(assessment, out)))
    console.print(summary(done))
    for _, assessment, files in done:
        for finding in assessment.findings:
            console.print(f"[{LEVELS[finding.level]}] {finding.code} {finding.cell} {finding.message}", markup=False)
        for file in files:
            console.print(f"  {file}", markup=False, highlight=False)
    return 0


def summary(done: list[tuple[Path, Assessment, list[Path]]]) -> Table:
    """Eligible cost, subsidy, own burden and findings, one quote a row."""
    table = Table(title="インボイス枠 インボイス対応類型")
    for heading in ("見積", "申請者"):
        table.add_column(heading)
    for heading in ("対象経費", "補助額", "自己負担（税抜）", "手出し（税込）", "指摘", "下書き"):
        table.add_column(heading, justify="right")
    for path, a, files in done:
        amounts = [a.eligible, a.subsidy, a.own_burden, a.out_of_pocket, len(a.findings), len(files)]
        table.add_row(path.name, str(a.quote.get("name", "")), *("—" if n is None else f"{n:,}" for n in amounts))
    return table


if __name__ == "__main__":
    sys.exit(main())
