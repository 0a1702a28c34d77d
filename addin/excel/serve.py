"""The process behind the cells: `pythonw -I -B -m addin.excel.serve {CLSID}`, started by the add-in's DLL.

xlwings' COM server answers from one thread until Excel ends. The two entries are loaded once only: xlwings would read a
module anew when its file changes, as an update does to a running Excel. The law is read while the DLL, which asks ten
times a second, has not found the server yet.

The DLL waits for two minutes, and Excel with it, for a process that lives but does not serve: such a one ends here, and VBA says so.
"""

from __future__ import annotations

import atexit
import faulthandler
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from threading import Thread
from typing import Any

from addin.excel import output_places
from addin.late_binding import bind_late

LIMIT = 30  # seconds until it serves; a start takes one or two, some more while a virus scanner reads each file
ENTRIES = ("addin.excel.dispatch", "addin.excel.macros")
WARMING = "hojokin-warming"
MANY = 100_000  # objects: a range comes as a tuple for each row, and Python would look for rubbish at every 700


def main(words: Sequence[str]) -> int:
    """Serves the class id in the first word until Excel lets go."""
    _until(LIMIT)
    output_places.mend(os.environ)  # before anything looks for a folder of the user
    bind_late()
    xlwings: Any = importlib.import_module("xlwings")
    from xlwings import _xlwindows, udfs  # pyright: ignore

    # At its exit xlwings ends every Excel that has no window, which may be another program's, with work in it.
    atexit.unregister(_xlwindows.cleanup)
    known: dict[str, Any] = udfs.udf_modules  # pyright: ignore
    for name in ENTRIES:
        known[name] = _entry(name)
    gc.set_threshold(MANY)
    Thread(target=_warm, name=WARMING, daemon=True).start()
    faulthandler.cancel_dump_traceback_later()
    xlwings.serve(words[0])
    return 0


def _until(seconds: float) -> None:
    """Ends the process after a time, whatever holds it: this clock needs neither Python's lock nor a thread of Python."""
    faulthandler.dump_traceback_later(seconds, exit=True, file=open(os.devnull, "w"))  # noqa: SIM115,PTH123 - kept open


def _entry(name: str) -> dict[str, Any]:
    """A module as xlwings keeps it; without a time of its file it is not read again."""
    return {"filename": name, "filetime": None, "module": importlib.import_module(name)}


def _warm() -> None:
    from addin.excel.cells import answered

    answered("SUBSIDY_INVOICE", (1.0, True))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
