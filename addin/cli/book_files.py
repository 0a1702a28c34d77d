"""Where a command puts a workbook that it makes: never over another file."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from rules.engine.argument import VALUE, ArgumentError
from workbooks.files import writer

XLSX = ".xlsx"


def busy() -> AbstractContextManager[Any]:
    """A sign of life on a terminal: a book of a thousand rows takes seconds."""
    from rich.console import Console

    return Console(stderr=True).status("ブックを作っています…", spinner="line")


def free(out: str | None) -> None:
    """Refuses a wrong or a taken name before the work begins; whether it is still free the writer decides."""
    if out is None:
        return
    if Path(out).suffix.lower() != XLSX:
        raise ArgumentError("out", VALUE, f"-o {out} の名前は {XLSX} で終えてください。")
    if os.path.lexists(out):
        raise ArgumentError("out", VALUE, f"{out} は既にあります。上書きはしないので、別の名前を指定してください。")


def written(out: str | None, folder: Path, stem: str, data: bytes) -> Path:
    """A new file, never over another. A name that the call gives must be free; ours are numbered."""
    return writer.numbered(folder, stem, XLSX, data) if out is None else writer.new(Path(out), data)
