"""The user's folder for what can be made anew at any time."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

WINDOWS = ("Hojokin", "cache")  # below %LOCALAPPDATA%; `hojokin uninstall` takes it away


def folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """The folder, as the system wants it, whether it is there or not; None where the system names none.

    >>> here = Path.cwd()
    >>> [folder({"HOME": str(here)}, system).relative_to(here).as_posix() for system in ("linux", "darwin")]
    ['.cache/hojokin', 'Library/Caches/hojokin']
    >>> folder({"XDG_CACHE_HOME": "relative"}, "linux")
    """
    home = environ.get("HOME", "")
    below: tuple[str, ...]
    if platform == "win32":
        root, below = environ.get("LOCALAPPDATA", ""), WINDOWS
    elif platform == "darwin":
        root, below = home, ("Library", "Caches", "hojokin")
    else:
        root = environ.get("XDG_CACHE_HOME", "")
        root, below = (root, ("hojokin",)) if Path(root).is_absolute() else (home, (".cache", "hojokin"))
    return Path(root, *below) if Path(root).is_absolute() else None
