"""`hojokin update`: newer rules in place of the installed ones, and back (Windows)."""

from __future__ import annotations

import argparse
import os
from datetime import datetime
from pathlib import Path

from addin.cli.options import HOME
from addin.exit_codes import DONE
from rules.refusal import Refusal

HELP = "ルールの新しい版を入れる（Windows）"


def register(parser: argparse.ArgumentParser) -> None:
    """A pack of rules, or the way back."""
    parser.add_argument("pack", nargs="?", metavar="PACK.zip", help="ルールの更新の ZIP")
    parser.add_argument("--undo", action="store_true", help="前のルールに戻す")


def run(call: argparse.Namespace) -> int:
    """Changes the rules and says how."""
    from addin.install import update
    from addin.install.disk import Disk
    from addin.places import here

    if bool(call.pack) == call.undo:
        raise Refusal("hojokin update PACK.zip か、hojokin update --undo のどちらかで実行してください。")
    places, now = here(os.environ, HOME), datetime.now()
    print(update.undo(places, Disk(), now) if call.undo else update.update(places, Path(call.pack), Disk(), now))
    return DONE
