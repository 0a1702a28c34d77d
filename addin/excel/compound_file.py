"""A compound file ([MS-CFB] version 3): the container in which Excel keeps a VBA project.

Written whole and once: header, streams, one small-stream area, directory, allocation table. The same content gives the
same bytes; no time and no machine is noted.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

SECTOR, SMALL = 512, 64  # bytes of a sector, and of a piece of the small-stream area
SMALL_BELOW = 4096  # bytes: a shorter stream lies in the small-stream area
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD  # marks in the allocation table
NONE = 0xFFFFFFFF  # no such directory entry
STORAGE, STREAM, ROOT = 1, 2, 5
RED, BLACK = 0, 1
IN_HEADER = 109  # allocation sectors that the header itself lists: 7 MB of file
LONGEST_NAME = 31

Tree = Mapping[str, "bytes | Tree"]


@dataclass
class Entry:
    """One directory entry while the file is laid out."""

    name: str
    kind: int
    data: bytes = b""
    color: int = BLACK
    left: int = NONE
    right: int = NONE
    child: int = NONE
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        """Its 128 bytes in the directory."""
        name = self.name.encode("utf-16-le") + b"\0\0" if self.name else b""
        head = struct.pack("<64sHBBIII", name, len(name), self.kind, self.color, self.left, self.right, self.child)
        return head + bytes(36) + struct.pack("<IQ", self.start, self.size)  # no class, no flags, no times


@dataclass
class Area:
    """Sectors, or pieces of the small-stream area, with the chain that links them."""

    unit: int
    data: bytearray = field(default_factory=bytearray)
    chain: list[int] = field(default_factory=list[int])

    def put(self, data: bytes) -> int:
        """Appends a stream; where it starts."""
        if not data:
            return END
        start, count = len(self.chain), -(-len(data) // self.unit)
        self.data += data.ljust(count * self.unit, b"\0")
        self.chain += [*range(start + 1, start + count), END]
        return start


def compound_file(tree: Tree) -> bytes:
    """The file that holds a tree of storages and streams."""
    entries = [Entry("Root Entry", ROOT)]
    entries[0].child = _add(entries, tree)
    sectors, small = Area(SECTOR), Area(SMALL)
    for entry in entries:
        if entry.kind == STREAM:
            entry.size = len(entry.data)
            entry.start = (small if entry.size < SMALL_BELOW else sectors).put(entry.data)
    entries[0].start, entries[0].size = sectors.put(bytes(small.data)), len(small.data)
    links = _links(small.chain)
    small_links = (sectors.put(links) if links else END, len(links) // SECTOR)
    directory = sectors.put(_directory(entries))
    tables = _allocate(sectors)
    return _header(tables, directory, small_links) + bytes(sectors.data)


def _add(entries: list[Entry], tree: Tree) -> int:
    """Appends a storage's children, and theirs; the entry at the root of their search tree."""
    numbered: list[tuple[Entry, int]] = []
    for name, content in tree.items():
        if not 0 < len(name) <= LONGEST_NAME:
            raise ValueError(f"a name in a compound file has 1 to {LONGEST_NAME} letters: {name!r}")
        entry = Entry(name, STREAM, content) if isinstance(content, bytes) else Entry(name, STORAGE)
        entries.append(entry)
        numbered.append((entry, len(entries) - 1))
        if not isinstance(content, bytes):
            entry.child = _add(entries, content)
    numbered.sort(key=lambda pair: _order(pair[0].name))
    return _balanced(numbered, len(numbered).bit_length(), 1)


def _order(name: str) -> tuple[int, str]:
    """Entries are searched by length first, then by letters in capitals."""
    return len(name), name.upper()


def _balanced(entries: list[tuple[Entry, int]], depth: int, level: int) -> int:
    """A balanced search tree: black throughout but for its lowest level, which may have gaps and is red."""
    if not entries:
        return NONE
    middle = len(entries) // 2
    entry, number = entries[middle]
    entry.left = _balanced(entries[:middle], depth, level + 1)
    entry.right = _balanced(entries[middle + 1 :], depth, level + 1)
    entry.color = RED if level == depth and level > 1 else BLACK
    return number


def _directory(entries: list[Entry]) -> bytes:
    unused = Entry("", 0, color=RED).packed()
    packed = b"".join(entry.packed() for entry in entries)
    return packed + unused * (-len(packed) % SECTOR // len(unused))


def _links(chain: list[int]) -> bytes:
    packed = struct.pack(f"<{len(chain)}I", *chain)
    return packed + b"\xff" * (-len(packed) % SECTOR)


def _allocate(sectors: Area) -> list[int]:
    """Appends the allocation table, which covers its own sectors too; where they are."""
    count = 1
    while len(_links(sectors.chain + [TABLE] * count)) > count * SECTOR:
        count += 1
    if count > IN_HEADER:
        raise ValueError("too big for a compound file without an extended table (7 MB)")
    first = len(sectors.chain)
    sectors.chain += [TABLE] * count
    sectors.data += _links(sectors.chain)
    return list(range(first, first + count))


def _header(tables: list[int], directory: int, small_links: tuple[int, int]) -> bytes:
    magic = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    version = struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    places = struct.pack("<9I", 0, len(tables), directory, 0, SMALL_BELOW, *small_links, END, 0)
    listed = tables + [FREE] * (IN_HEADER - len(tables))
    return magic + version + places + struct.pack(f"<{IN_HEADER}I", *listed)
