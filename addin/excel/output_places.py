"""Where files go that a button makes: beside the workbook, or into the user's documents."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

DOCUMENTS, LOCAL, PROFILE = 5, 28, 40  # CSIDL_PERSONAL, CSIDL_LOCAL_APPDATA, CSIDL_PROFILE
LONGEST = 260


def folder(book: Any) -> Path:
    """The workbook's own folder; the documents where it has none, lies on the web, or may not be written to."""
    path = str(book.Path or "")
    if path and "://" not in path and _writable(Path(path)):
        return Path(path)
    return documents()


def documents() -> Path:
    """The user's documents, wherever Windows keeps them."""
    found = known(DOCUMENTS) or Path.home() / "Documents"
    found.mkdir(parents=True, exist_ok=True)
    return found


def known(number: int) -> Path | None:
    """A folder of the user by its number, as Windows itself knows it; None elsewhere."""
    if sys.platform != "win32":
        return None
    import ctypes

    buffer = ctypes.create_unicode_buffer(LONGEST)
    return Path(buffer.value) if ctypes.windll.shell32.SHGetFolderPathW(None, number, None, 0, buffer) == 0 else None


def mend(environ: MutableMapping[str, str]) -> None:
    """Puts the user's own folders back into the variables of the environment.

    The DLL that starts the server hands them on in the code page of the system: the folder of a user whose name has
    other letters arrives as one that is not there, or is somebody else's.
    """
    profile, local = known(PROFILE), known(LOCAL)
    told = environ.get("USERPROFILE", "")
    if profile is None or local is None:
        return
    for name, value in list(environ.items()):
        below = value[len(told) :]
        if told and value.lower().startswith(told.lower()) and below[:1] in ("", "\\", "/"):
            environ[name] = f"{profile}{below}"
    environ.update(USERPROFILE=str(profile), LOCALAPPDATA=str(local))
    for name in ("TEMP", "TMP"):
        if not Path(environ.get(name, "")).is_dir():
            environ[name] = str(local / "Temp")


def stem(book: Any) -> str:
    """The workbook's name without its ending."""
    name = str(book.Name)
    return Path(name).stem if "." in name else name


def _writable(place: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=place):
            return True
    except OSError:
        return False
