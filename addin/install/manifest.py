"""What install put where, with its SHA-256: `app/manifest.json`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from addin.install.disk import Disk

NAME = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """One installation."""

    version: str
    python: str  # 3.12
    xlwings: str  # the version of its DLLs
    xlam: str  # SHA-256 of Hojokin.xlam
    files: dict[str, str]  # path below app, with / -> SHA-256
    rules: str = ""  # the title of the rule pack that was taken last
    kept: tuple[str, ...] = field(default=())  # old rule pages below the root, newest last


def read(app: Path) -> Manifest | None:
    """The manifest of an installation, if it is there and whole."""
    try:
        data: dict[str, Any] = json.loads((app / NAME).read_text("utf-8"))
        data["kept"] = tuple(data["kept"])
        return Manifest(**data)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write(disk: Disk, app: Path, manifest: Manifest) -> None:
    """Written last: without it, nothing is an installation."""
    disk.write(app / NAME, json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode())


def listing(folder: Path, base: Path) -> dict[str, str]:
    """Every file below a folder with its SHA-256, named from `base`."""
    found = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != NAME)
    return {p.relative_to(base).as_posix(): digest(p) for p in found}


def digest(path: Path) -> str:
    """SHA-256 of a file; "" where it is not there."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def damaged(app: Path, manifest: Manifest) -> list[str]:
    """The files that are missing or differ."""
    return [name for name, known in manifest.files.items() if digest(app / name) != known]
