"""`hojokin build`: the workbook, the examples and the templates, made anew from the rules, with their SHA-256."""

from __future__ import annotations

import argparse
from hashlib import sha256
from pathlib import Path

from addin.exit_codes import DONE

HELP = "見積ワークブックとテンプレートを作り直す"


def register(parser: argparse.ArgumentParser) -> None:
    """The folder."""
    parser.add_argument("-o", "--out", default="dist", metavar="DIR", help="置き場所（既定: dist）")


def run(call: argparse.Namespace) -> int:
    """Prints what was made."""
    for path, digest in build(call.out):
        print(f"{digest}  {path}")
    return DONE


def build(out: str | Path) -> list[tuple[Path, str]]:
    """Writes everything below `out`; the same rules give the same bytes.

    A workbook or a template that differs may be filled in or edited: it stays, and the new one gets a number.
    """
    from addin.calc.build import build_oxt
    from addin.excel import stock_module
    from addin.excel.build import build_xlam
    from templates.design.build import built as templates
    from templates.files.output_folder import placed
    from workbooks.building.build import examples
    from workbooks.building.quote_workbook import built as workbook
    from workbooks.files.writer import over

    folder = Path(out)
    placed(folder, [], "ブック")  # a place that is none is said before the work begins
    made = placed(folder, [("quote", ".xlsx", workbook())], "ブック")
    made += placed(folder / "examples", [(name, ".xlsx", data) for name, data in examples().items()], "見本")
    made += placed(folder / "templates", [(name, ".docx", data) for name, data in templates().items()], "テンプレート")
    programs = [
        folder / name for name in ("Hojokin.xlam", "hojokin.oxt", stock_module.NAME)
    ]  # nobody fills these in: the newest takes the place
    build_xlam(programs[0])
    build_oxt(programs[1])
    over(programs[2], stock_module.text().encode())
    return [(path, sha256(path.read_bytes()).hexdigest()) for path in (*programs, *made)]
