"""`hojokin new`: an empty quote workbook of any size."""

from __future__ import annotations

import argparse
from pathlib import Path

from addin.cli.book_files import XLSX, busy, free, written
from addin.exit_codes import DONE
from rules.engine.argument import VALUE, ArgumentError

HELP = "空の見積ワークブックを作る"
BLANK = "見積"  # its name where the call does not say


def register(parser: argparse.ArgumentParser) -> None:
    """The name and how many rows are prepared."""
    parser.add_argument("-o", "--out", metavar="FILE.xlsx", help=f"名前（既定: {BLANK}{XLSX}）")
    parser.add_argument("--lines", type=int, default=0, metavar="N", help="用意する明細の行数")
    parser.add_argument("--members", type=int, default=0, metavar="N", help="用意する構成員の行数")


def run(call: argparse.Namespace) -> int:
    """Writes the workbook."""
    from workbooks.building.quote_workbook import built
    from workbooks.form import layout

    for name, most in (("lines", layout.MOST_LINES), ("members", layout.MOST_MEMBERS)):
        if not 0 <= getattr(call, name) <= most:
            raise ArgumentError(name, VALUE, f"--{name} は0から{most:,}までの整数で指定してください。")
    free(call.out)
    with busy():
        data = built(layout.Size.of(lines=call.lines, members=call.members))
    print(written(call.out, Path(), BLANK, data))
    return DONE
