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
from templates.engine.render import drafts
from workbooks.reading.quote_file import assess_file

EXAMPLES = Path(__file__).parents[2] / "workbooks" / "examples"
SHOWN = ("normal", "wholesale", "manufacturer", "etrade", "security", "group")  # a filled quote of every frame


def main() -> int:
    """Assesses the examples, writes their drafts, prints the table."""
    call = argparse.ArgumentParser(description="見本の見積から下書きを作ります。")
    call.add_argument("-o", "--out", default="out", help="下書きを置くフォルダー")
    out = Path(call.parse_args().out)
    console = Console()
    done: list[tuple[Assessment, list[Path]]] = []
    for name in track(SHOWN, description="見積を読み、下書きを作っています", console=console, transient=True):
        a = assess_file(EXAMPLES / f"{name}.xlsx")
        done.append((a, drafts(a, out)))
    console.print(summary([a for a, _ in done]))
    for a, files in done:
        for finding in a.findings:
            said = f"[{LEVELS[finding.level]}] {finding.code} {finding.cell} {finding.message}"
            console.print(f"{a.quote.get('name', '')}: {said}", markup=False)
        for file in files:
            console.print(f"  {file}", markup=False, highlight=False)
    return 0


def summary(done: list[Assessment]) -> Table:
    """Frame, eligible cost, subsidy, own burden and findings, one quote a row."""
    table = Table(title="見本の見積（円）", caption="自己負担は税抜、手出しは税込（支払総額−補助額）")
    for heading in ("枠", "申請者"):
        table.add_column(heading, overflow="fold")
    for heading in ("対象経費", "補助額", "自己負担", "手出し", "指摘"):
        table.add_column(heading, justify="right", no_wrap=True)
    for a in done:
        amounts = [a.eligible, a.subsidy, a.own_burden, a.out_of_pocket, len(a.findings)]
        shown = ("—" if n is None else f"{n:,}" for n in amounts)
        table.add_row(a.label.split()[-1], str(a.quote.get("name", "")), *shown)
    return table


if __name__ == "__main__":
    sys.exit(main())
