"""Wheels: fetched by pip, checked against the lock, and unpacked. The private Python needs no pip of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath

from addin.install import lock_file
from addin.install.disk import Disk
from addin.install.zip_files import Limits, files, zipped
from rules.refusal import Refusal

LIMITS = Limits(members=20_000, each=64 << 20, total=256 << 20)
PLATFORM = ("--platform", "win_amd64", "--implementation", "cp")
# Of xlwings only what is under the BSD licence goes to a PC; its own add-in, which virus scanners mistake, stays away too.
UNWANTED = re.compile(r"xlwings/((pro|addin)/.*|server\.py|xlwingslib\..*|.*\.xl(am|sm|sb|sx))")
DLL = re.compile(r"xlwings(32|64)-([0-9.]+)\.dll")


def fetch(disk: Disk, python: Path, pins: Sequence[lock_file.Pin], version: str, folder: Path) -> None:
    """Downloads the wheels of 64-bit Windows into a folder."""
    wanted = folder / "requirements.txt"
    disk.write(wanted, lock_file.text(list(pins)).encode())
    options = ["--disable-pip-version-check", "--no-input", "-q", "--no-deps", "--require-hashes", "--only-binary"]
    target = [*PLATFORM, "--python-version", version, "-d", folder, "-r", wanted]
    done = disk.run([python, "-m", "pip", "download", *options, ":all:", *target])
    if done.code and "No module named pip" in done.text:
        raise Refusal("この Python には pip がありません。配布 ZIP（hojokin-offline.zip）から入れてください。")
    if done.code:
        raise Refusal(
            "部品をダウンロードできません。ネットワークを確かめるか、配布 ZIP（hojokin-offline.zip）から入れてください。"
        )


def chosen(pins: Sequence[lock_file.Pin], folder: Path) -> list[Path]:
    """The wheel of each pin, whose SHA-256 the lock knows."""
    known = {sha256(path.read_bytes()).hexdigest(): path for path in sorted(folder.glob("*.whl"))}
    found: list[Path] = []
    for pin in pins:
        fitting = sorted(pin.hashes & known.keys())
        if not fitting:
            raise Refusal(
                f"部品 {pin.name} {pin.version} が無いか、中身が違います。配布 ZIP をもう一度受け取ってください。"
            )
        found.append(known[fitting[0]])
    return found


def unpacked(wheel: Path) -> Iterator[tuple[str, str, bytes]]:
    """Each file of a wheel: "site" or "scripts", where it goes in there, and its bytes."""
    for name, data in files(wheel, LIMITS):
        place = _place(PurePosixPath(name))
        if place is not None and not UNWANTED.fullmatch(name):
            yield (*place, data)


def slim(wheel: Path) -> bytes:
    """A wheel without what is not wanted; unchanged where it holds nothing of that."""
    found = dict(files(wheel, LIMITS))
    wanted = {name: data for name, data in found.items() if not UNWANTED.fullmatch(name)}
    return wheel.read_bytes() if wanted == found else zipped(wanted)


def _place(path: PurePosixPath) -> tuple[str, str] | None:
    """`package.data/` holds parts for other places: packages, and xlwings' DLLs; its scripts are not needed."""
    if not path.parts[0].endswith(".data"):
        return "site", str(path)
    kind, rest = path.parts[1], path.parts[2:]
    if kind in ("purelib", "platlib"):
        return "site", "/".join(rest)
    return ("scripts", path.name) if kind == "data" and DLL.fullmatch(path.name) else None
