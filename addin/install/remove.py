"""`hojokin uninstall`: what install put goes, nothing else; drafts and quotes stay."""

from __future__ import annotations

import sys
from pathlib import Path

from addin.install import manifest, swap
from addin.install.disk import Disk, mark
from addin.install.install import CLOSE, emptied, said
from addin.install.menu import unlisted
from addin.install.places import Places
from rules.refusal import Refusal

REMOVING = "removing"  # tells hojokin.cmd to remove what Python runs from
WORK = ("rules-old", "rules-new", "download")  # what update and install make besides


def uninstall(places: Places, disk: Disk, prefix: Path | None = None) -> list[str]:
    """Removes the installation; what is not ours stays and is named."""
    if disk.locked(places.xlam):
        raise Refusal(CLOSE)
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
        _files(places, found, disk, inside)
    foreign = [path.relative_to(places.root).as_posix() for path in _rest(places, found)]
    if inside and not foreign:
        disk.write(places.root / REMOVING, b"")  # the running Python cannot delete itself: hojokin.cmd ends it
    emptied(places, disk)
    return foreign


def _files(places: Places, found: manifest.Manifest, disk: Disk, inside: bool) -> None:
    """The manifest's files, then the manifest, then the folders that are empty."""
    for path in [places.app / name for name in found.files]:
        try:
            if path.exists():
                disk.delete(path)
        except PermissionError:
            if not inside:
                raise
    for leftover in (places.stage, places.old, places.trash, *(places.root / name for name in WORK)):
        disk.discard(leftover)
    if swap.before(places).exists():
        disk.delete(swap.before(places))
    _folders(places.root, disk)
    if not inside:
        disk.delete(places.app / manifest.NAME)
        _folders(places.root, disk)


def _folders(root: Path, disk: Disk) -> None:
    """Empty folders, the deepest first."""
    for folder in sorted((p for p in root.rglob("*") if p.is_dir()), key=lambda p: -len(p.parts)):
        if not any(folder.iterdir()):
            disk.delete(folder)


def _rest(places: Places, found: manifest.Manifest) -> list[Path]:
    """Files below the root that install did not put."""
    ours = {places.app / name for name in (*found.files, manifest.NAME)} | {places.root / REMOVING}
    return sorted(p for p in places.root.rglob("*") if p.is_file() and p not in ours)
