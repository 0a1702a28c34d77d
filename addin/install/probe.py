"""What the private Python answers: `python -m addin.install.probe` prints one line of JSON in ASCII."""

from __future__ import annotations

import importlib
import json
import struct
import sys
from contextlib import suppress
from datetime import date
from typing import Any

NEEDED = ("pythoncom", "win32com.client", "xlwings", "openpyxl", "docxtpl", "lxml.etree")
KNOWN = ((1_000_000, True, 2, 0, 0, date(2026, 6, 1)), 750_000)  # 50万円＋(1,000,000−625,000)×2/3


def answer() -> dict[str, Any]:
    """The version, a known yen, and what cannot be imported."""
    from addin import functions
    from addin.late_binding import bind_late

    with suppress(Exception):  # what it lacks is named below; without it xlwings would write into %TEMP%
        bind_late()
    return {
        "version": list(sys.version_info[:3]),
        "bits": struct.calcsize("P") * 8,
        "yen": functions.invoice(*KNOWN[0]),
        "editions": functions.edition(),
        "missing": {name: why for name in NEEDED if (why := _failure(name))},
    }


def _failure(name: str) -> str:
    try:
        importlib.import_module(name)
    except Exception as e:  # a damaged DLL raises what it likes
        return f"{type(e).__name__}: {e}"
    return ""


if __name__ == "__main__":
    print(json.dumps(answer()))
