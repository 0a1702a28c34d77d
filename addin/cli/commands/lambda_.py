"""`hojokin lambda`: a frame's formula as one LAMBDA to paste into Excel 365."""

from __future__ import annotations

import argparse

from addin.cli.options import FRAME, dated, parse_date
from addin.exit_codes import DONE

HELP = "枠の LAMBDA を示す（Excel 365 の「名前の管理」に貼る）"


def register(parser: argparse.ArgumentParser) -> None:
    """A frame and a day."""
    parser.add_argument("frame", help=FRAME)
    dated(parser, "その日の版だけにする（省くとすべての版）")


def run(call: argparse.Namespace) -> int:
    """Prints the LAMBDA."""
    from rules.engine.evaluate import in_force
    from rules.frames import frame
    from workbooks.lambdas.frames import frame_lambda

    module, on = frame(call.frame), parse_date(call.as_of)
    in_force(module, on)  # a day before every edition has no formula
    print(frame_lambda(module, on))
    return DONE
