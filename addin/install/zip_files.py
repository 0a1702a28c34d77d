"""Zip files: those that somebody sent (names that stay inside, no more bytes than expected), and our own.

A guard of its own beside workbooks/files/zip_guard.py: packs and Pythons are far larger than a document, are written by
other tools, and their members become files, so that names count more than the order of bytes.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from rules.refusal import Refusal
from workbooks.files import zip_parts
from workbooks.files.zip_guard import BROKEN

DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # names that Windows keeps for devices


@dataclass(frozen=True)
class Limits:
    """How much a zip may hold."""

    members: int
    each: int  # bytes, inflated
    total: int  # bytes, inflated


def files(path: Path, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Every file of a zip, name and bytes; all names are checked before the first is read."""
    called = f"「{path.name}」"
    try:
        if not path.is_file():  # a pipe would be waited for, a device would never end
            raise OSError(path)
        blob = path.read_bytes() if path.stat().st_size <= limits.total else None
    except OSError as e:
        raise Refusal(f"{called}を読めません。場所と名前を確かめてください。") from e
    if blob is None:
        raise Refusal(f"{called}は大きすぎます（上限 {limits.total >> 20} MB）。正しい ZIP を指定してください。")
    try:
        with zipfile.ZipFile(BytesIO(blob)) as opened:
            yield from _read(opened, called, limits)
    except BROKEN as e:
        if isinstance(e, Refusal):
            raise
        raise Refusal(f"{called}は ZIP ではないか、壊れています。もう一度受け取ってください。") from e


def _read(opened: zipfile.ZipFile, called: str, limits: Limits) -> Iterator[tuple[str, bytes]]:
    # orig_filename is what the zip says: on Windows `filename` has / where the zip has \, and `is_dir` goes by that
    members = [m for m in opened.infolist() if not m.orig_filename.endswith("/")]
    _few(members, called, limits)
    for member in members:
        if not _inside(member):
            raise Refusal(f"{called}の中に、置き場所の外を指す名前があります。使わずに、送り主に知らせてください。")
    if len({m.orig_filename.lower() for m in members}) < len(members):
        raise Refusal(f"{called}の中に、同じ名前のファイルが二つあります。使わずに、送り主に知らせてください。")
    for member in members:
        yield member.orig_filename, opened.read(member)  # zipfile reads no more than the size declared, and checks it


def _few(members: list[zipfile.ZipInfo], called: str, limits: Limits) -> None:
    sizes = [m.file_size for m in members]
    if len(sizes) > limits.members or max(sizes, default=0) > limits.each or sum(sizes) > limits.total:
        raise Refusal(f"{called}は展開すると大きすぎます。正しい ZIP を指定してください。")


def _inside(member: zipfile.ZipInfo) -> bool:
    name = member.orig_filename
    parts = name.split("/")
    odd = any(p in ("", ".", "..") or p != p.rstrip(". ") or DEVICE.fullmatch(p) for p in parts)
    return not odd and not re.search(r'[\x00-\x1f\\:*?"<>|]', name) and not stat.S_ISLNK(member.external_attr >> 16)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts, in one order and at one time."""
    return zip_parts.zipped(dict(sorted(parts.items())), zip_parts.FILE)
