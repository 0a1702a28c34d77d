"""The parts of a ZIP of ours, or of one that a guard has passed; and a ZIP of parts: the same parts, the same bytes.

Standard library only, since the installer works with a bare Python.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import IO
from zipfile import ZipFile, ZipInfo

from workbooks.files import zip_writer
from workbooks.files.zip_writer import Day

WRITTEN: Day = (2026, 3, 30)  # the day of every member
FILE, PRIVATE = 0o644, 0o600  # rights of a member where a person unpacks it


def parts(package: bytes | IO[bytes]) -> dict[str, bytes]:
    """Every member by its name, in the order of the file."""
    with ZipFile(BytesIO(package) if isinstance(package, bytes) else package) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(made: Mapping[str, bytes], rights: int = PRIVATE, day: Day = WRITTEN, level: int = -1) -> bytes:
    """A ZIP of the parts, in their order and of one day; `level` of deflate, -1 the usual one.

    >>> parts(zipped({"b": b"2", "a": b"1"}))
    {'b': b'2', 'a': b'1'}
    """
    members = (zip_writer.member(name, data, level) for name, data in made.items())
    return zip_writer.package(members, day, rights)


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
