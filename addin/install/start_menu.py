"""The user's own commands in the Start menu."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from addin.install.disk import Disk
from addin.places import Places

COMMAND = "hojokin.cmd"
ITEMS = {
    "Hojokin の点検.cmd": '@call "{}" doctor --report "%USERPROFILE%\\hojokin-doctor.json"\r\n@pause\r\n',
    "Hojokin を取り除く.cmd": '@"{}" uninstall\r\n',  # without call: cmd does not come back to this file, which is gone then
}


def listed(places: Places, disk: Disk) -> None:
    """Writes the commands. ASCII inside, since cmd reads the code page of the system."""
    if places.menu is None:
        return
    command = str(places.app / COMMAND).replace("%", "%%")
    for name, text in ITEMS.items():
        disk.write(places.menu / name, text.format(command).encode("ascii"))


def unlisted(places: Places, disk: Disk) -> None:
    """Takes them out again."""
    if places.menu is None:
        return
    for name in ITEMS:
        if (places.menu / name).exists():
            disk.delete(places.menu / name)
    with suppress(OSError):
        if not any(places.menu.iterdir()):
            disk.delete(places.menu)


def waiting(places: Places) -> list[Path]:
    """Our folder, where it still stands with nothing but the command in it that cmd is just running."""
    if places.menu is None or not places.menu.exists():
        return []
    return [places.menu] if {path.name for path in places.menu.iterdir()} <= ITEMS.keys() else []
