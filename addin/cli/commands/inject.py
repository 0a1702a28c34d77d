"""`hojokin inject`: the functions as LAMBDA names of Excel 365, in a copy of a workbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from addin.exit_codes import DONE

HELP = "ブックの写しに関数を入れる（Excel 365 で、何も入れずに使える）"


def register(parser: argparse.ArgumentParser) -> None:
    """A workbook and the name of its copy."""
    parser.add_argument("workbook", help="ブック（.xlsx・.xlsm）。もとのファイルは変えない")
    parser.add_argument("-o", "--out", metavar="FILE", help="写しの名前（既定: もとの名前に -365 を付ける）")


def run(call: argparse.Namespace) -> int:
    """Writes the copy and says what was put into it."""
    from workbooks.lambdas.inject import inject_file

    done = inject_file(Path(call.workbook), Path(call.out) if call.out else None)
    print(f"{done.path} に {len(done.names)} の関数を入れました: {'、'.join(n.name for n in done.names)}")
    for name in done.scoped:
        print(f"シートだけの名前 {name} は残しました。そのシートでは、その名前が先に使われます。")
    return DONE
