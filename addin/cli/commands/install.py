"""`hojokin install`: the add-in for Excel put in place (Windows)."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from addin.cli.options import HOME
from addin.exit_codes import DONE
from rules.refusal import Refusal

HELP = "Excel のアドインを入れる（Windows。管理者の権限は要らない）"


def register(parser: argparse.ArgumentParser) -> None:
    """What is installed from."""
    parser.add_argument("--from", dest="source", metavar="ZIP", help="配布 ZIP、または展開したフォルダー")


def run(call: argparse.Namespace) -> int:
    """Installs and says which version."""
    from tempfile import TemporaryDirectory

    from addin.excel.build import built
    from addin.install.disk import Disk
    from addin.install.install import install, said
    from addin.install.source import opened
    from addin.places import here

    disk, places = Disk(), here(os.environ, _source(call))
    with TemporaryDirectory(prefix="hojokin", ignore_cleanup_errors=True) as unpacked:
        with said():
            source = opened(places.source, disk, Path(unpacked) / "pack", built)
        made = install(places, source, disk)
    print(f"入りました（版 {made.version}、{made.xlam[:12]}…）。Excel を開くと、タブ「補助金」があります。")
    return DONE


def _source(call: argparse.Namespace) -> Path:
    if call.source is None:
        return HOME.parent if (HOME.parent / "pack.json").exists() else HOME
    path = Path(call.source).absolute()
    if not path.exists():
        raise Refusal(f"「{path.name}」が見つかりません。配布 ZIP の名前と場所を確かめてください。")
    return path
