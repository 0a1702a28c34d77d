"""Keeps a file open as Excel keeps an add-in, until its own input ends: others may read it, not write or delete it."""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

READ, SHARE_READ, EXISTING = 0x80000000, 1, 3

if __name__ == "__main__":
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    kernel.CreateFileW.restype = wintypes.HANDLE
    held = kernel.CreateFileW(sys.argv[1], READ, SHARE_READ, None, EXISTING, 0, None)
    assert held != wintypes.HANDLE(-1).value, sys.argv
    print("held", flush=True)
    sys.stdin.read()
