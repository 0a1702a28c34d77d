"""What an installation is made from: the project's folder (packages come from the network), or an offline pack."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from addin.install.disk import Disk
from addin.install.manifest import digest
from addin.install.zip_files import Limits, files
from addin.places import XLAM
from rules import VERSION
from rules.refusal import Refusal

PACK, LOCK = "pack.json", "requirements.lock"
ROOMS = ("rules", "workbooks", "templates", "addin")
KINDS = frozenset((".py", ".toml", ".docx", ".xlsx", ".csv", ".bas", ".cls", ".xml", ".json"))
LIMITS = Limits(members=5_000, each=64 << 20, total=512 << 20)


@dataclass(frozen=True)
class Source:
    """A folder to install from."""

    folder: Path
    build: Callable[[], bytes] | None = None  # makes the add-in of the project's folder; a pack brings its own

    @cached_property
    def pack(self) -> dict[str, Any] | None:
        """What the pack says of itself; None for the project's folder."""
        path = self.folder / PACK
        return json.loads(path.read_text("utf-8")) if path.exists() else None

    @property
    def project(self) -> Path:
        """The folder that holds rules/, addin/ …"""
        return self.folder / "project" if self.pack else self.folder

    @property
    def lock(self) -> Path:
        """The lock file."""
        return self.folder / LOCK

    @property
    def wheels(self) -> Path | None:
        """The wheels of the pack."""
        return self.folder / "wheels" if self.pack else None

    @property
    def python(self) -> Path | None:
        """The Python of the pack."""
        own = self.folder / "python"
        return own if self.pack and own.is_dir() else None

    @property
    def version(self) -> str:
        """The project's version."""
        return self.pack["version"] if self.pack else VERSION

    def xlam(self) -> bytes:
        """The add-in: the pack's, or built now."""
        return (self.folder / XLAM).read_bytes() if self.pack or not self.build else self.build()

    def notices(self) -> Iterator[tuple[str, bytes]]:
        """The licences that go with every copy."""
        for name in ("LICENSE", "THIRD_PARTY_NOTICES.md"):
            if (self.folder / name).exists():
                yield name, (self.folder / name).read_bytes()

    def project_files(self) -> Iterator[tuple[str, bytes]]:
        """Every file of the program that an installation needs."""
        for room in ROOMS:
            for path in sorted((self.project / room).rglob("*")):
                if path.suffix in KINDS and not path.name.startswith(("~$", ".~")):
                    yield path.relative_to(self.project).as_posix(), path.read_bytes()


def whole(source: Source) -> None:
    """Refuses a folder that is no source, and a pack of which a file is missing or changed."""
    if source.pack is None:
        wanted = (source.lock.name, "pyproject.toml", *(f"{room}/__init__.py" for room in ("rules", "addin")))
        if not all((source.folder / name).exists() for name in wanted):
            raise Refusal("入れるものがここにありません。配布 ZIP の install.cmd から実行してください。")
        return
    for name, known in source.pack["files"].items():
        if digest(source.folder / name) != known:
            raise Refusal(f"配布 ZIP の {name} が無いか、変わっています。ZIP をもう一度受け取ってください。")


def opened(path: Path, disk: Disk, beside: Path, build: Callable[[], bytes]) -> Source:
    """A source by its path: a folder, or a pack's ZIP, which is unpacked into a new folder `beside`."""
    if path.is_dir():
        return Source(path, build)
    disk.discard(beside)
    for name, data in files(path, LIMITS):
        disk.write(beside / name, data)
    return Source(beside)
