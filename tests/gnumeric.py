"""Gnumeric (`ssconvert --recalc`), an engine that nobody here wrote: a workbook recalculated, and its named results."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from workbooks.form.layout import RESULTS


def results(path: Path, folder: Path) -> Mapping[str, Any]:
    """Every result by its name, as Gnumeric calculates it; None for an error."""
    made = folder / f"{path.stem}.gnumeric.xlsx"
    done = subprocess.run(
        ["ssconvert", "--recalc", str(path), str(made)],
        env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(made, data_only=True)
    return {r.name: _value(book[r.sheet][r.cell].value) for r in RESULTS}


def _value(value: Any) -> Any:
    return None if isinstance(value, str) else value
