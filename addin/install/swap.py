"""One installation takes another's place: all of it, or none.

The note `pending` stands while things move and says what was there before; the add-in that Excel had is kept beside it.
Whatever stops half-way, `recover` gives the last complete state.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from addin.install.disk import Disk, mark
from addin.install.manifest import digest
from addin.install.start_menu import unlisted
from addin.places import XLAM, Places


def swap(places: Places, disk: Disk) -> None:
    """The stage becomes the installation; not yet final: `commit` or `recover` ends it."""
    disk.discard(places.trash)
    had = places.app.exists()
    if places.xlam.exists():
        disk.write(before(places), places.xlam.read_bytes())
    elif before(places).exists():
        disk.delete(before(places))
    note = {"had": had, "xlam": digest(places.stage / XLAM)}
    disk.write(places.pending, json.dumps(note).encode())
    if had:
        disk.move(places.app, places.old)
    disk.move(places.stage, places.app)
    place(places, disk, (places.app / XLAM).read_bytes())


def place(places: Places, disk: Disk, data: bytes) -> None:
    """Puts the add-in where Excel finds it, as a new file: without the mark of the web."""
    if not places.xlam.exists() or places.xlam.read_bytes() != data:
        disk.write(places.xlam, data, beside=places.xlstart.parent)  # Excel, starting, opens what is in XLSTART itself
    if mark(places.xlam).exists():
        disk.delete(mark(places.xlam))


def commit(places: Places, disk: Disk) -> None:
    """The new installation stands; the old one goes (what cannot be deleted now goes with the next installation)."""
    disk.delete(places.pending)
    with suppress(OSError):
        for leftover in (places.old, places.trash):
            disk.discard(leftover)
        if before(places).exists():
            disk.delete(before(places))


def recover(places: Places, disk: Disk) -> bool:
    """Undoes a swap that was not committed. Whether there was one."""
    try:
        note: dict[str, Any] = json.loads(places.pending.read_text("utf-8"))
    except FileNotFoundError:
        return False
    disk.discard(places.trash)
    if places.app.exists() and (places.old.exists() or not note["had"]):
        disk.move(places.app, places.trash)
    if places.old.exists():
        disk.move(places.old, places.app)
    if before(places).exists():
        place(places, disk, before(places).read_bytes())
    elif digest(places.xlam) == note["xlam"]:
        disk.delete(places.xlam)
    if not note["had"]:
        unlisted(places, disk)
    disk.delete(places.pending)
    with suppress(OSError):
        disk.discard(places.trash)
        if before(places).exists():
            disk.delete(before(places))
    return True


def before(places: Places) -> Path:
    """The add-in that Excel had before; outside of XLSTART, and with a name that Excel does not open."""
    return places.root / "before.bin"
