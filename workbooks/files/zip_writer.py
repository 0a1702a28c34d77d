"""A zip from its members, at one time and with no trace of the machine: equal members give equal bytes.

What is packed already is copied as it is, which no library offers; the layout is zipfile's own, to the byte.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

Day = tuple[int, int, int]
DAY: Day = (2026, 1, 1)  # of every member; midnight
NEEDED, UNIX, RIGHTS, UTF8 = 20, 3, 0o600, 0x800
HEAD, ENTRY, END = struct.Struct("<4s3H4L2H"), struct.Struct("<4s4B2H4L5H2L"), struct.Struct("<4s4H2LH")


@dataclass(frozen=True)
class Member:
    """A part as it lies in a zip."""

    name: str
    packed: bytes
    size: int  # bytes unpacked
    crc: int
    method: int = zipfile.ZIP_DEFLATED

    @cached_property
    def data(self) -> bytes:
        """The part."""
        return self.packed if self.method == zipfile.ZIP_STORED else zlib.decompress(self.packed, -zlib.MAX_WBITS)


def member(name: str, data: bytes, level: int = zlib.Z_DEFAULT_COMPRESSION) -> Member:
    """A part, packed."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Member(name, packer.compress(data) + packer.flush(), len(data), zlib.crc32(data))


def members(blob: bytes) -> dict[str, Member]:
    """The members of a zip that is known to be sound (workbooks/files/zip_guard.py), as they lie in it."""
    found = dict[str, Member]()
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        for m in archive.infolist():
            begin = m.header_offset + HEAD.size + sum(struct.unpack_from("<2H", blob, m.header_offset + 26))
            packed = blob[begin : begin + m.compress_size]
            found[m.orig_filename] = Member(m.orig_filename, packed, m.file_size, m.CRC, m.compress_type)
    return found


def package(parts: Iterable[Member], day: Day = DAY, rights: int = RIGHTS) -> bytes:
    """A zip of the members in their order; `rights` of each as a file.

    >>> zipfile.ZipFile(io.BytesIO(package([member("a.txt", b"A")]))).read("a.txt")
    b'A'
    """
    out, entries = io.BytesIO(), list[bytes]()
    time = (day[0] - 1980) << 25 | day[1] << 21 | day[2] << 16  # as MS-DOS counts
    for m in parts:
        name = m.name.encode()
        known = (0 if m.name.isascii() else UTF8, m.method, time, m.crc, len(m.packed), m.size, len(name), 0)
        entries.append(ENTRY.pack(b"PK\1\2", NEEDED, UNIX, NEEDED, 0, *known, 0, 0, 0, rights << 16, out.tell()) + name)
        out.write(HEAD.pack(b"PK\3\4", NEEDED, *known) + name + m.packed)
    start, directory = out.tell(), b"".join(entries)
    out.write(directory + END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), start, 0))
    return out.getvalue()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of some parts."""
    return package(member(name, data) for name, data in parts.items())
