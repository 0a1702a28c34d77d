"""The process behind the cells: `pythonw -I -B -m addin.excel.serve {CLSID}`, started by the add-in's DLL.

xlwings' COM server answers from one thread until Excel ends. The two entries are loaded once only: xlwings would read a
module anew when its file changes, as an update does to a running Excel. The law is read while the DLL, which asks ten
times a second, has not found the server yet.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from threading import Thread
from typing import Any, cast

from addin.excel import places

ENTRIES = ("addin.excel.dispatch", "addin.excel.macros")
WARMING = "hojokin-warming"
MANY = 100_000  # objects: a range comes as a tuple for each row, and Python would look for rubbish at every 700


def main(words: Sequence[str]) -> int:
    """Serves the class id in the first word until Excel lets go."""
    places.mend(os.environ)
    import xlwings  # looks for folders of the user when it is loaded
    from xlwings import _xlwindows, udfs  # pyright: ignore

    # At its exit xlwings ends every Excel that has no window, which may be another program's, with work in it.
    atexit.unregister(_xlwindows.cleanup)
    known: dict[str, Any] = udfs.udf_modules  # pyright: ignore
    for name in ENTRIES:
        known[name] = _entry(name)
    gc.set_threshold(MANY)
    Thread(target=_warm, name=WARMING, daemon=True).start()
    cast(Any, xlwings).serve(words[0])
    return 0


def _entry(name: str) -> dict[str, Any]:
    """A module as xlwings keeps it; without a time of its file it is not read again."""
    return {"filename": name, "filetime": None, "module": importlib.import_module(name)}


def _warm() -> None:
    from addin.excel.cells import answered

    answered("SUBSIDY_INVOICE", (1.0, True))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
