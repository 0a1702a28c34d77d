"""Excel's objects late bound: pywin32 neither makes nor reads modules of Excel's type library in this process.

They lie in %TEMP%\\gen_py for every Python program of the user. Making them takes seconds at the first start, no
un-installer finds them, and one that another program has left damaged would break every button. xlwings, which makes
them whenever it is imported, needs them for nothing that the add-in uses.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

NOWHERE = str(Path(sys.prefix) / "no-gen_py")


def bind_late() -> None:
    """Call before win32com.client or xlwings is imported: pywin32 then believes that it lies in a ZIP, with no modules."""
    win32com: Any = importlib.import_module("win32com")
    assert "win32com.client" not in sys.modules
    win32com.__gen_path__, win32com.gen_py.__path__ = NOWHERE, [NOWHERE]
    kept, win32com.__loader__ = win32com.__loader__, SimpleNamespace(archive="\0")  # its only sign of a ZIP
    try:
        importlib.import_module("win32com.client.gencache")
    finally:
        win32com.__loader__ = kept
