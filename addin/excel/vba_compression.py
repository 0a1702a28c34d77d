"""The compression of VBA streams ([MS-OVBA] 2.4.1): in chunks of 4 KB, text that was there before becomes a reference.

>>> squeezed(b"abcdefghijklmnopqrstuv.").hex()
'0119b000616263646566676800696a6b6c6d6e6f70007172737475762e'
"""

from __future__ import annotations

import struct

CHUNK = 4096  # bytes compressed at a time
SHORTEST = 3  # bytes that a reference is worth
PACKED, RAW = 0xB000, 0x3000  # a chunk's head but for its length


def squeezed(data: bytes) -> bytes:
    """The compressed container of a stream."""
    chunks = (data[at : at + CHUNK] for at in range(0, len(data), CHUNK))
    return b"\x01" + b"".join(_chunk(chunk) for chunk in chunks)


def _chunk(chunk: bytes) -> bytes:
    packed = _packed(chunk)
    if len(packed) < CHUNK:
        return struct.pack("<H", PACKED | (len(packed) - 1)) + packed
    return struct.pack("<H", RAW | (CHUNK - 1)) + chunk.ljust(CHUNK, b"\0")


def _packed(chunk: bytes) -> bytes:
    """Groups of eight letters or references, each group behind a byte that says which is which."""
    out, at = bytearray(), 0
    seen: dict[bytes, list[int]] = {}
    while at < len(chunk):
        flag = len(out)
        out.append(0)
        for bit in range(8):
            if at >= len(chunk):
                break
            back, length = _match(chunk, at, seen)
            if length:
                out[flag] |= 1 << bit
                out += _reference(at, back, length)
            else:
                out.append(chunk[at])
            for passed in range(at, at + (length or 1)):
                seen.setdefault(chunk[passed : passed + SHORTEST], []).append(passed)
            at += length or 1
    return bytes(out)


def _match(chunk: bytes, at: int, seen: dict[bytes, list[int]]) -> tuple[int, int]:
    """How far back the longest earlier copy lies, the nearest of several, and its length; 0 when there is none."""
    longest = min((0xFFFF >> _offset_bits(at)) + SHORTEST, len(chunk) - at)
    best = (0, 0)
    if longest < SHORTEST:
        return best
    for place in reversed(seen.get(chunk[at : at + SHORTEST], ())):
        length = SHORTEST
        while length < longest and chunk[place + length] == chunk[at + length]:
            length += 1
        if length > best[1]:
            best = (at - place, length)
        if length == longest:
            break
    return best


def _reference(at: int, back: int, length: int) -> bytes:
    return struct.pack("<H", ((back - 1) << (16 - _offset_bits(at))) | (length - SHORTEST))


def _offset_bits(at: int) -> int:
    """The further into the chunk, the more bits say how far back, and the fewer how long."""
    return max((at - 1).bit_length(), 4) if at > 1 else 4
