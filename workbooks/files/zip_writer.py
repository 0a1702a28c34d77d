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

TIME = (2026 - 1980) << 25 | 1 << 21 | 1 << 16  # 2026-01-01 00:00, as MS-DOS counts
VERSION, UNIX, RIGHTS, UTF8 = 20, 3, 0o600 << 16, 0x800
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


def member(name: str, data: bytes) -> Member:
    """A part, packed."""
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Member(name, packer.compress(data) + packer.flush(), len(data), zlib.crc32(data))


def members(blob: bytes) -> dict[str, Member]:
    """The members of a zip that is known to be sound (workbooks/files/zip_guard.py), as they lie in it."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        for m in archive.infolist():
            begin = m.header_offset + HEAD.size + sum(struct.unpack_from("<2H", blob, m.header_offset + 26))
            packed = blob[begin : begin + m.compress_size]
            found[m.orig_filename] = Member(m.orig_filename, packed, m.file_size, m.CRC, m.compress_type)
    return found


def package(parts: Iterable[Member]) -> bytes:
    """A zip of the members in their order.

    >>> zipfile.ZipFile(io.BytesIO(package([member("a.txt", b"A")]))).read("a.txt")
    b'A'
    """
    out, entries = io.BytesIO(), []
    for m in parts:
        name = m.name.encode()
        known = (0 if m.name.isascii() else UTF8, m.method, TIME, m.crc, len(m.packed), m.size, len(name), 0)
        entries.append(ENTRY.pack(b"PK\1\2", VERSION, UNIX, VERSION, 0, *known, 0, 0, 0, RIGHTS, out.tell()) + name)
        out.write(HEAD.pack(b"PK\3\4", VERSION, *known) + name + m.packed)
    start, directory = out.tell(), b"".join(entries)
    out.write(directory + END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), start, 0))
    return out.getvalue()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of some parts."""
    return package(member(name, data) for name, data in parts.items())
