"""The parts of a ZIP of ours, or of one that a guard has passed; and a ZIP of parts: the same parts, the same bytes.

Standard library only, since the installer works with a bare Python.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Time = tuple[int, int, int, int, int, int]
TIME: Time = (2026, 3, 30, 0, 0, 0)  # of every member
FILE, PRIVATE = 0o644, 0o600  # how a member's file is kept where a person unpacks it
UNIX = 3  # else the system on which it was made


def parts(package: bytes | IO[bytes]) -> dict[str, bytes]:
    """Every member by its name, in the order of the file."""
    with ZipFile(BytesIO(package) if isinstance(package, bytes) else package) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(made: Mapping[str, bytes], mode: int = PRIVATE, time: Time = TIME, level: int | None = None) -> bytes:
    """A ZIP of the parts, in their order and at one time; `level` of deflate, or the usual one.

    >>> parts(zipped({"b": b"2", "a": b"1"}))
    {'b': b'2', 'a': b'1'}
    """
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for name, data in made.items():
            info = ZipInfo(name, time)
            info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, mode << 16, UNIX
            package.writestr(info, data, compresslevel=level)
    return out.getvalue()


def changed(package: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A ZIP with other bytes in its members; each keeps its name, time, packing and attributes."""
    out = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(out, "w") as made:
        for old in source.infolist():
            new = ZipInfo(old.filename, old.date_time)
            new.compress_type, new.external_attr, new.create_system = (
                old.compress_type,
                old.external_attr,
                old.create_system,
            )
            new.comment = old.comment
            made.writestr(new, change(old.filename, source.read(old)))
    return out.getvalue()
