"""Writes a Windows DLL with one export that forwards to another DLL's, byte by byte: no compiler is needed.

    python setup/windows/forwarder.py bcryptprimitives.dll ProcessPrng advapi32.SystemFunction036

Wine 8 lacks bcryptprimitives.dll, which Rust's library loads for random numbers (python-calamine, formualizer).
ProcessPrng(buffer, size) and SystemFunction036(buffer, size) take the same arguments and do the same.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

BASE, PAGE, SECTOR, HEAD = 0x180000000, 0x1000, 0x200, 0x200
AMD64, DLL, GUI = 0x8664, 0x2022, 2
FIXED = 40 + 4 + 4 + 2  # the directory, one address, one name, one ordinal
OPTIONAL = 240  # bytes of the optional header, its 16 directories included


def dll(name: str, export: str, target: str) -> bytes:
    """The file's bytes: DOS header, PE header, one section that is the export table."""
    body = _exports(name, export, target)
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", AMD64, 1, 0, 0, 0, OPTIONAL, DLL)
    section = struct.pack("<8sIIIIIIHHI", b".rdata", len(body), PAGE, SECTOR, HEAD, 0, 0, 0, 0, 0x40000040)
    dos = b"MZ" + bytes(58) + struct.pack("<I", 64)
    return (dos + coff + _optional(len(body)) + section).ljust(HEAD, b"\0") + body.ljust(SECTOR, b"\0")


def _exports(name: str, export: str, target: str) -> bytes:
    texts = [text.encode() + b"\0" for text in (name, export, target)]
    at = [PAGE + FIXED + sum(map(len, texts[:n])) for n in range(3)]
    directory = struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, at[0], 1, 1, 1, PAGE + 40, PAGE + 44, PAGE + 48)
    return directory + struct.pack("<IIH", at[2], at[1], 0) + b"".join(texts)


def _optional(size: int) -> bytes:
    code = struct.pack("<HBBIIIII", 0x20B, 14, 0, 0, SECTOR, 0, 0, 0)
    image = struct.pack("<QIIHHHHHHIIIIHH", BASE, PAGE, SECTOR, 6, 0, 0, 0, 6, 0, 0, 2 * PAGE, HEAD, 0, GUI, 0x100)
    stack = struct.pack("<QQQQII", 1 << 20, 1 << 12, 1 << 20, 1 << 12, 0, 16)
    return code + image + stack + struct.pack("<II", PAGE, size) + bytes(8 * 15)


if __name__ == "__main__":
    out, export, target = sys.argv[1:]
    Path(out).write_bytes(dll(Path(out).name, export, target))
