"""hojokin inject and hojokin lambda: the functions as LAMBDA names of Excel 365, in a workbook or as a text to paste."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

DONE = 0


def add_commands(commands: Any) -> None:
    """Both commands with their Japanese help."""
    inject = commands.add_parser("inject", help="ブックの写しに関数を入れる（Excel 365 で、何も入れずに使える）")
    inject.add_argument("workbook", help="ブック（.xlsx・.xlsm）。もとのファイルは変えない")
    inject.add_argument("-o", "--out", metavar="FILE", help="写しの名前（既定: もとの名前に -365 を付ける）")
    inject.set_defaults(run=run_inject)
    text = commands.add_parser("lambda", help="枠の LAMBDA を示す（Excel 365 の「名前の管理」に貼る）")
    text.add_argument("frame", help="枠: 英語か日本語の名前（invoice、通常枠 など。hojokin law で一覧）")
    text.add_argument("--as-of", metavar="YYYY-MM-DD", help="申請日。その日の版だけにする（省くとすべての版）")
    text.set_defaults(run=run_lambda)


def run_inject(call: argparse.Namespace) -> int:
    """hojokin inject."""
    from workbooks.lambdas.inject import inject_file

    done = inject_file(Path(call.workbook), Path(call.out) if call.out else None)
    print(f"{done.path} に {len(done.names)} の関数を入れました: {'、'.join(n.name for n in done.names)}")
    for name in done.scoped:
        print(f"シートだけの名前 {name} は残しました。そのシートでは、その名前が先に使われます。")
    return DONE


def run_lambda(call: argparse.Namespace) -> int:
    """hojokin lambda."""
    from addin.cli.main import as_of
    from rules.engine.evaluate import in_force
    from rules.frames import frame
    from workbooks.lambdas.frames import frame_lambda

    module, on = frame(call.frame), as_of(call.as_of)
    in_force(module, on)  # a day before every edition has no formula
    print(frame_lambda(module, on))
    return DONE
