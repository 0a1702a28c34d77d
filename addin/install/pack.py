"""`hojokin pack`: one ZIP to install from without a network; and the pack of a rule edition (`--rules`)."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from addin.install import lock_file, wheels, zip_files
from addin.install.disk import Disk
from addin.install.rule_pages import pages
from addin.install.source import LIMITS, LOCK, PACK, ROOMS, Source
from addin.install.zip_files import zipped
from addin.places import XLAM, Interpreter
from rules.refusal import Refusal

PYTHON = "3.12"
# ASCII, since cmd reads the code page of the system; the path of the folder itself may be Japanese.
START = r"""@echo off
cd /d "%~dp0"
rem py is looked for in its own places, and no module in this folder
set NoDefaultCurrentDirectoryInExePath=1
set "run=import os, sys; sys.path.insert(0, os.path.abspath('project')); from addin.cli.main import main; sys.exit(main(['install', '--from', '.']))"
if exist python\python.exe (.\python\python.exe -I -B -X utf8 -c "%run%") else (py -{python} -I -B -X utf8 -c "%run%")
pause
"""
GUIDE = """Hojokin {version} の入れ方（Windows。管理者の権限は要りません）

1. Excel をすべて閉じます。
2. この ZIP を右クリックし「すべて展開」で展開します（展開せずに開くと動きません）。
3. install.cmd をダブルクリックします。青い警告が出たら「詳細情報」→「実行」を選びます。
4. 「入りました」と出たら、どれかのキーを押して閉じ、Excel を開きます。タブ「補助金」が増えています。
{python}
うまくいかないときは、スタートメニューの「Hojokin の点検」を実行してください。直し方が出ます。
取り除くときは、Excel を閉じて、スタートメニューの「Hojokin を取り除く」を実行します。作った見積と下書きは残ります。
"""
OWN_PYTHON = "\nPython はこの ZIP に入っています。ほかの Python には触れません。\n"
NEEDS_PYTHON = "\n先に python.org の Python {0}（64ビット、Windows installer）を入れておきます。Microsoft Store のものは使えません。\n"


def pack(source: Source, disk: Disk, python: Interpreter, embed: Path | None, version: str = PYTHON) -> bytes:
    """The offline ZIP; the same parts give the same bytes."""
    parts = {f"project/{name}": data for name, data in source.project_files()}
    parts |= dict(source.notices())
    own = _embedded(embed) if embed else {}
    version = _version(own) if own else version
    parts |= own | {XLAM: source.xlam()} | _wheels(source, disk, python, version)
    told = GUIDE.format(version=source.version, python=OWN_PYTHON if own else NEEDS_PYTHON.format(version))
    parts["使い方.txt"] = told.replace("\n", "\r\n").encode("utf-8-sig")
    parts["install.cmd"] = START.replace("{python}", version).replace("\n", "\r\n").encode("ascii")
    hashes = {name: sha256(data).hexdigest() for name, data in sorted(parts.items())}
    head = {"version": source.version, "python": version, "files": hashes}
    parts[PACK] = json.dumps(head, ensure_ascii=False, indent=1).encode()
    return zipped(parts)


def _wheels(source: Source, disk: Disk, python: Interpreter, version: str) -> dict[str, bytes]:
    """The wheels that the lock names, without what is not wanted, and a lock of their own."""
    pins = lock_file.pins(source.lock)
    with tempfile.TemporaryDirectory() as folder:
        wheels.fetch(disk, python.path, pins, version, Path(folder))
        found = {path.name: wheels.slim(path) for path in wheels.chosen(pins, Path(folder))}
    known = [frozenset((sha256(data).hexdigest(),)) for data in found.values()]
    own = [replace(pin, hashes=hashes) for pin, hashes in zip(pins, known, strict=True)]
    return {LOCK: lock_file.text(own).encode(), **{f"wheels/{name}": data for name, data in found.items()}}


def _embedded(path: Path) -> dict[str, bytes]:
    """The files of python.org's embeddable package for 64-bit Windows."""
    found = {f"python/{name}": data for name, data in zip_files.files(path, LIMITS)}
    if not any(name.endswith("._pth") for name in found) or "python/pythonw.exe" not in found:
        raise Refusal(
            f"「{path.name}」は Windows の埋め込み用 Python ではありません。"
            "python.org の embeddable package（64-bit）を指定してください。"
        )
    return found


def _version(own: Mapping[str, bytes]) -> str:
    """3.12, from python312._pth."""
    digits = next(Path(name).stem for name in own if name.endswith("._pth")).removeprefix("python")
    return f"{digits[0]}.{digits[1:]}"


def rule_pack(source: Source, cases: Path, title: str, changes: Sequence[str]) -> bytes:
    """The pages of the law and the worked cases, for `hojokin update` elsewhere."""
    parts = {f"rules/{name}": path.read_bytes() for name, path in pages(source.project / ROOMS[0]).items()}
    parts |= {f"cases/{path.name}": path.read_bytes() for path in sorted(cases.glob("*.toml"))}
    hashes = "".join(f'"{name}" = "{sha256(data).hexdigest()}"\n' for name, data in parts.items())
    head = (
        f"title = {json.dumps(title, ensure_ascii=False)}\nchanges = {json.dumps(list(changes), ensure_ascii=False)}\n"
    )
    return zipped({**parts, "pack.toml": f"{head}\n[files]\n{hashes}".encode()})
