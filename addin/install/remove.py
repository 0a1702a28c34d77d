"""`hojokin uninstall`: what install put goes, nothing else; drafts and quotes stay."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from addin.install import manifest, swap
from addin.install.disk import Disk, mark
from addin.install.install import CLOSE, emptied, forgotten, said, unused
from addin.install.start_menu import unlisted, waiting
from addin.places import Places
from rules.refusal import Refusal

WORK = ("rules-old", "rules-new", "download")  # what update and install make besides
LOADED = (".exe", ".dll", ".pyd")  # what Windows keeps while Python runs
TRIES = 9_999  # some seconds, while Python ends and a virus scanner looks


def uninstall(places: Places, disk: Disk, prefix: Path | None = None) -> list[str]:
    """Removes the installation; what is not ours stays and is named."""
    unused(places, disk)
    with said(CLOSE):
        swap.recover(places, disk)
    found = manifest.read(places.app)
    if found is None:
        _folders(places.root, disk)
        emptied(places, disk)
        raise Refusal("Hojokin は入っていません。取り除くものはありません。")
    with said(CLOSE):
        for path in (mark(places.xlam), places.xlam):
            if path.exists():
                disk.delete(path)
        unlisted(places, disk)
    inside = (prefix or Path(sys.prefix)).is_relative_to(places.app)
    with said(CLOSE):
        held = _files(places, found, disk, inside)
    others = _others(places, found)
    if held:
        with said(CLOSE):
            _later(places, held, others, disk)
    emptied(places, disk)
    return [path.relative_to(places.root).as_posix() for path in others]


def _files(places: Places, found: manifest.Manifest, disk: Disk, inside: bool) -> list[Path]:
    """The manifest's files, then the manifest, then the folders that are empty. What the running Python holds is left."""
    held: list[Path] = []
    for path in [places.app / name for name in found.files]:
        try:
            if path.exists():
                disk.delete(path)
        except PermissionError:
            if not inside or path.suffix not in LOADED:
                raise
            held.append(path)
    for leftover in (places.stage, places.old, places.trash, places.cache, *(places.root / name for name in WORK)):
        disk.discard(leftover)
    if swap.before(places).exists():
        disk.delete(swap.before(places))
    _folders(places.root, disk)
    disk.delete(places.app / manifest.NAME)
    _folders(places.root, disk)
    return held


def _folders(root: Path, disk: Disk) -> None:
    """Empty folders, the deepest first."""
    for folder in sorted((p for p in root.rglob("*") if p.is_dir()), key=lambda p: -len(p.parts)):
        if not any(folder.iterdir()):
            disk.delete(folder)


def _others(places: Places, found: manifest.Manifest) -> list[Path]:
    """Files below the root that install did not put; one that was deleted while a program had it open may still be seen."""
    ours = {places.app / name for name in (*found.files, manifest.NAME)}
    return sorted(path for path in places.root.rglob("*") if path.is_file() and path not in ours)


def _later(places: Places, held: Sequence[Path], others: Sequence[Path], disk: Disk) -> None:
    """Has cmd remove the folders of what the running Python holds, but for one in which somebody else's files lie."""
    rooms = sorted({places.app / path.relative_to(places.app).parts[0] for path in held})
    disk.afterwards(_line(places, [room for room in rooms if not any(path.is_relative_to(room) for path in others)]))
    if not others:
        forgotten(places, disk)


def _line(places: Places, rooms: Sequence[Path]) -> str:
    """For cmd: removes folders, then those that are empty by then, each again and again until it is gone."""
    words = [(f"/s /q {_quoted(room)}", room) for room in rooms]
    words += [(_quoted(folder), folder) for folder in (places.app, *waiting(places), places.root)]
    return " & ".join(f"(for /l %n in (1,1,{TRIES}) do if exist {_quoted(f)} rmdir {text})" for text, f in words)


def _quoted(path: Path) -> str:
    return f'"{path}"'
