"""`hojokin pack`: a ZIP that installs without a network, or one of newer rules."""

from __future__ import annotations

import argparse
from hashlib import sha256
from pathlib import Path

from addin.cli.options import HOME
from addin.exit_codes import DONE

HELP = "ネットワークなしで入れられる配布 ZIP を作る"


def register(parser: argparse.ArgumentParser) -> None:
    """What goes into the ZIP."""
    parser.add_argument("-o", "--out", default="dist/hojokin-offline.zip", metavar="ZIP", help="作る ZIP")
    parser.add_argument("--embed", metavar="ZIP", help="中に入れる Python（python.org の embeddable package、64-bit）")
    parser.add_argument("--python", default="3.12", help="--embed が無いときの Python の版（既定: 3.12）")
    parser.add_argument("--rules", metavar="名前", help="代わりに、ルールの更新の ZIP を作る")
    parser.add_argument("--cases", default="tests/cases", metavar="DIR", help="ルールの計算例（既定: tests/cases）")
    parser.add_argument("--change", action="append", default=[], metavar="値", help="前の版の値を変えるとき、その場所")


def run(call: argparse.Namespace) -> int:
    """Writes the ZIP and prints its SHA-256."""
    from addin.excel.build import built
    from addin.install import pack
    from addin.install.disk import Disk
    from addin.install.source import Source, whole
    from addin.places import running
    from templates.files.output_folder import placed

    source = Source(HOME, built)
    whole(source)
    if call.rules:
        data = pack.rule_pack(source, Path(call.cases), call.rules, call.change)
    else:
        data = pack.pack(source, Disk(), running(), Path(call.embed) if call.embed else None, call.python)
    out = Path(call.out)
    (path,) = placed(out.parent, [(out.stem, out.suffix, data)], "配布 ZIP")
    print(f"{sha256(data).hexdigest()}  {path}")
    return DONE
