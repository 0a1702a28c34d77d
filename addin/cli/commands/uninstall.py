"""`hojokin uninstall`: the add-in taken away; quotes and drafts stay (Windows)."""

from __future__ import annotations

import argparse
import os

from addin.cli.options import HOME
from addin.exit_codes import DONE

HELP = "アドインを取り除く（見積と下書きは残る）"


def register(_: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def run(_: argparse.Namespace) -> int:
    """Takes it away and says what is left."""
    from addin.install.disk import Disk
    from addin.install.remove import uninstall
    from addin.places import here

    left = uninstall(here(os.environ, HOME), Disk())
    print("取り除きました。見積と下書きは残っています。" + "".join(f"\n残したもの: {name}" for name in left))
    return DONE
