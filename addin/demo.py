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
    table = Table(
        title="インボイス枠 インボイス対応類型（円）", caption="自己負担は税抜、手出しは税込（支払総額−補助額）"
    )
    table.add_column("申請者", overflow="fold")
    for heading in ("対象経費", "補助額", "自己負担", "手出し", "指摘"):
        table.add_column(heading, justify="right", no_wrap=True)
    for _, a, _ in done:
        amounts = [a.eligible, a.subsidy, a.own_burden, a.out_of_pocket, len(a.findings)]
        table.add_row(str(a.quote.get("name", "")), *("—" if n is None else f"{n:,}" for n in amounts))
    return table


if __name__ == "__main__":
    sys.exit(main())
