"""`hojokin doctor`: whether the add-in is well, and how to mend it (Windows)."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from addin.cli.options import HOME
from addin.exit_codes import DONE, FOUND

HELP = "アドインを点検し、直し方を示す（Windows）"


def register(parser: argparse.ArgumentParser) -> None:
    """A file for the report."""
    parser.add_argument("--report", metavar="FILE", help="結果を、個人の名前を除いて JSON で書く")


def run(call: argparse.Namespace) -> int:
    """Prints every check."""
    from addin.install import doctor
    from addin.install.disk import Disk
    from addin.places import here
    from workbooks.files import writer

    found = doctor.checks(here(os.environ, HOME), Disk())
    print(doctor.shown(found))
    if call.report:
        data = doctor.report(found, os.environ).encode()
        path = Path(call.report)
        written = writer.numbered(path.parent, path.stem, path.suffix, data)
        print(f"{written} に書きました（利用者とコンピューターの名前は除いてあります）。")
    return DONE if all(c.well for c in found) else FOUND
