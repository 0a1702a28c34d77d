"""requirements.lock: which packages, which versions, which files (SHA-256)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

BUILD_ONLY = frozenset(("setuptools",))  # for making the editable install; the add-in needs none
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)(?:\s*;\s*([^\\\n]+?))?\s*\\?$")
HERE = "sys_platform == 'win32'"


@dataclass(frozen=True)
class Pin:
    """One locked package."""

    name: str
    version: str
    hashes: frozenset[str]


def pins(path: Path) -> list[Pin]:
    """What Windows needs from a lock file. A condition that is not known stops the program.

    >>> pins(Path(__file__).parents[2] / "requirements.lock")[0].name
    'defusedxml'
    """
    found: list[Pin] = []
    for block in re.split(r"\n(?=[A-Za-z0-9])", path.read_text("utf-8")):
        first = PIN.match(block.splitlines()[0] if block else "")
        if first is None or first[1] in BUILD_ONLY:
            continue
        if first[3] not in (None, HERE):
            raise ValueError(f"{path.name}: {first[3]}")
        found.append(Pin(first[1], first[2], frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", block))))
    return found


def text(wanted: list[Pin]) -> str:
    """The pins as a file for pip."""
    return "".join(
        " \\\n    ".join([f"{p.name}=={p.version}", *(f"--hash=sha256:{h}" for h in sorted(p.hashes))]) + "\n"
        for p in wanted
    )
