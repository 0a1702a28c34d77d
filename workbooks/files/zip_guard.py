"""A zip as Office writes it: whole, small, every member named once and inflated here, never beyond what it declares.

Both guards stand on it: of workbooks (workbooks/reading/xlsx_guard.py) and of Word documents (templates/files/docx_guard.py). Only the zip's
own directory is trusted to be read first. What is wrong is raised by the caller's own `refuse`, in its own words.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

MAX_MEMBERS = 1_000  # a quote has about 40; Excel adds one for each picture, chart and comment
MAX_PART = 32 << 20  # bytes inflated: the reader holds one part at a time, at about five times its size
MAX_TOTAL = 64 << 20  # bytes inflated, all members together
MAX_RATIO = 250  # inflated to packed: sheets reach 40, only a bomb goes towards deflate's 1,000
RATIO_FROM = 1 << 20  # bytes inflated below which a ratio does no harm

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls and .doc, and of every file with a password
PASSWORD = "EncryptedPackage".encode("utf-16-le")  # the stream that holds the encrypted document
ZIP, ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
LOCAL, END = 30, 22  # bytes of a member's own header without its name, and of the end record without a comment
SEALED, UTF8 = 0x61, 0x800  # bits of a member's flags: 0, 5, 6 (encrypted, a patch: zipfile reads none of them), and 11
DAMAGED, LARGE, NAMES, BOMB = "damaged", "large", "names", "bomb"  # what can be wrong with a parcel
BROKEN = (  # whatever zipfile raises on bytes that are no ZIP, or only half of one
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(ValueError, OverflowError, LookupError),
)
Refuse = Callable[[str], NoReturn]  # takes one of the four


@dataclass(frozen=True)
class Parcel:
    """The members of a zip in the order of the file."""

    blob: bytes
    members: Sequence[zipfile.ZipInfo]
    start: int  # where the zip's directory begins

    @property
    def names(self) -> set[str]:
        """What the members are called, as the zip says it: on Windows `filename` has / where the zip has \\."""
        return {m.orig_filename for m in self.members}

    def parts(self, refuse: Refuse) -> Iterator[tuple[str, bytes]]:
        """Every member by name, one inflated after the other, once the directory is found to be sound."""
        self.check(refuse)
        for member in self.members:
            yield member.orig_filename, self.inflate(member, refuse)

    def check(self, refuse: Refuse) -> None:
        """Whether the members are few, small, named once, and one behind the other."""
        members = self.members
        if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_TOTAL:
            refuse(LARGE)
        if len({m.orig_filename.lower() for m in members}) < len(members) or not all(map(_plain, members)):
            refuse(NAMES)
        if not all(map(self._headed, members)):
            refuse(DAMAGED)
        ends = [self._data(m) + m.compress_size for m in members]
        starts = [*(m.header_offset for m in members), self.start]
        if starts[0] != 0 or any(end > begin for end, begin in zip(ends, starts[1:], strict=True)):
            refuse(DAMAGED)
        if any(_bomb(m) for m in members):
            refuse(BOMB)

    def inflate(self, member: zipfile.ZipInfo, refuse: Refuse) -> bytes:
        """A member's bytes. zipfile would take the declared size on trust; a reader might then inflate far more."""
        begin = self._data(member)
        packed = self.blob[begin : begin + member.compress_size]
        data, whole = packed, True
        if member.compress_type == zipfile.ZIP_DEFLATED:
            stream = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                data = stream.decompress(packed, member.file_size + 1)
            except zlib.error:
                refuse(DAMAGED)
            whole = stream.eof and not stream.unused_data
        if not whole or len(data) != member.file_size or zlib.crc32(data) != member.CRC:
            refuse(DAMAGED)
        return data

    def _headed(self, member: zipfile.ZipInfo) -> bool:
        """Whether a member's own header says the name that the directory says, as every reader wants it."""
        at = member.header_offset
        name = self.blob[at + LOCAL : at + LOCAL + int.from_bytes(self.blob[at + 26 : at + 28], "little")]
        told = name.decode("utf-8" if member.flag_bits & UTF8 else "cp437", "replace")
        return self.blob[at : at + len(ZIP)] == ZIP and told == member.orig_filename

    def _data(self, member: zipfile.ZipInfo) -> int:
        """Where a member's packed bytes begin: behind its own header, name and extra field."""
        at = member.header_offset
        name, extra = (int.from_bytes(self.blob[at + k : at + k + 2], "little") for k in (26, 28))
        return at + LOCAL + name + extra


def opened(blob: bytes, refuse: Refuse) -> Parcel:
    """A zip with nothing before or after it."""
    if blob[-END : -END + 4] != ZIP_END:
        refuse(DAMAGED)
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            members = sorted(archive.infolist(), key=lambda m: m.header_offset)
            return Parcel(blob, members, archive.start_dir)
    except BROKEN:
        refuse(DAMAGED)


def _plain(member: zipfile.ZipInfo) -> bool:
    """Whether a member has a relative name without .. and is stored in a way that every reader knows."""
    name = member.orig_filename
    odd = name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/") or ":" in name
    known = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return known and not odd and not member.flag_bits & SEALED


def _bomb(member: zipfile.ZipInfo) -> bool:
    size = member.file_size
    return size > MAX_PART or (size > RATIO_FROM and size > MAX_RATIO * member.compress_size)
