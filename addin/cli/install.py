"""`hojokin install`, `doctor`, `uninstall`, `update` and `pack` on the command line."""

from __future__ import annotations

import argparse
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from rules.refusal import Refusal

HOME = Path(__file__).parents[2]
DONE, FOUND = 0, 1


def add_commands(commands: Any) -> None:
    """Adds the commands to those of `hojokin`."""
    install = commands.add_parser("install", help="Excel のアドインを入れる（Windows。管理者の権限は要らない）")
    install.add_argument("--from", dest="source", metavar="ZIP", help="配布 ZIP、または展開したフォルダー")
    install.set_defaults(run=run_install)
    doctor = commands.add_parser("doctor", help="アドインを点検し、直し方を示す（Windows）")
    doctor.add_argument("--report", metavar="FILE", help="結果を、個人の名前を除いて JSON で書く")
    doctor.set_defaults(run=run_doctor)
    commands.add_parser("uninstall", help="アドインを取り除く（見積と下書きは残る）").set_defaults(run=run_uninstall)
    update = commands.add_parser("update", help="ルールの新しい版を入れる（Windows）")
    update.add_argument("pack", nargs="?", metavar="PACK.zip", help="ルールの更新の ZIP")
    update.add_argument("--undo", action="store_true", help="前のルールに戻す")
    update.set_defaults(run=run_update)
    _pack(commands)


def _pack(commands: Any) -> None:
    pack = commands.add_parser("pack", help="ネットワークなしで入れられる配布 ZIP を作る")
    pack.add_argument("-o", "--out", default="dist/hojokin-offline.zip", metavar="ZIP", help="作る ZIP")
    pack.add_argument("--embed", metavar="ZIP", help="中に入れる Python（python.org の embeddable package、64-bit）")
    pack.add_argument("--python", default="3.12", help="--embed が無いときの Python の版（既定: 3.12）")
    pack.add_argument("--rules", metavar="名前", help="代わりに、ルールの更新の ZIP を作る")
    pack.add_argument("--cases", default="tests/cases", metavar="DIR", help="ルールの計算例（既定: tests/cases）")
    pack.add_argument("--change", action="append", default=[], metavar="値", help="前の版の値を変えるとき、その場所")
    pack.set_defaults(run=run_pack)


def run_install(call: argparse.Namespace) -> int:
    """hojokin install."""
    from tempfile import TemporaryDirectory

    from addin.install.disk import Disk
    from addin.install.install import install, said
    from addin.install.places import here
    from addin.install.source import opened

    disk, places = Disk(), here(os.environ, _source(call))
    with TemporaryDirectory(prefix="hojokin", ignore_cleanup_errors=True) as unpacked:
        with said():
            source = opened(places.source, disk, Path(unpacked) / "pack")
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


def run_doctor(call: argparse.Namespace) -> int:
    """hojokin doctor."""
    from addin.install import doctor
    from addin.install.disk import Disk
    from addin.install.places import here
    from workbooks.files import writer

    found = doctor.checks(here(os.environ, HOME), Disk())
    print(doctor.shown(found))
    if call.report:
        data = doctor.report(found, os.environ).encode()
        path = Path(call.report)
        written = writer.numbered(path.parent, path.stem, path.suffix, data)
        print(f"{written} に書きました（利用者とコンピューターの名前は除いてあります）。")
    return DONE if all(c.well for c in found) else FOUND


def run_uninstall(_: argparse.Namespace) -> int:
    """hojokin uninstall."""
    from addin.install.disk import Disk
    from addin.install.places import here
    from addin.install.remove import uninstall

    left = uninstall(here(os.environ, HOME), Disk())
    print("取り除きました。見積と下書きは残っています。" + "".join(f"\n残したもの: {name}" for name in left))
    return DONE


def run_update(call: argparse.Namespace) -> int:
    """hojokin update."""
    from addin.install import update
    from addin.install.disk import Disk
    from addin.install.places import here

    if bool(call.pack) == call.undo:
        raise Refusal("hojokin update PACK.zip か、hojokin update --undo のどちらかで実行してください。")
    places, now = here(os.environ, HOME), datetime.now()
    print(update.undo(places, Disk(), now) if call.undo else update.update(places, Path(call.pack), Disk(), now))
    return DONE


def run_pack(call: argparse.Namespace) -> int:
    """hojokin pack."""
    from hashlib import sha256

    from addin.install import pack
    from addin.install.disk import Disk
    from addin.install.places import running
    from addin.install.source import Source, whole
    from templates.files.output_folder import placed

    source = Source(HOME)
    whole(source)
    if call.rules:
        data = pack.rule_pack(source, Path(call.cases), call.rules, call.change)
    else:
        data = pack.pack(source, Disk(), running(), Path(call.embed) if call.embed else None, call.python)
    out = Path(call.out)
    (path,) = placed(out.parent, [(out.stem, out.suffix, data)], "配布 ZIP")
    print(f"{sha256(data).hexdigest()}  {path}")
    return DONE
