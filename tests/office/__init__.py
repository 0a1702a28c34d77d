"""LibreOffice at work: a workbook kept open in Calc, cells typed in, results read back."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PYTHON = "/usr/bin/python3"  # the one that Debian's python3-uno belongs to

Typed = Sequence[tuple[str, Any]]  # address such as 見積!C5, and what is typed there


def recalculated(workbook: Path, jobs: Sequence[Typed], wanted: Sequence[str], folder: Path) -> list[dict[str, Any]]:
    """For each job its cells typed into the workbook, and the wanted cells read; an error value is None."""
    request = {"workbook": str(workbook), "jobs": jobs, "wanted": list(wanted), "profile": str(folder / "profile")}
    asked, answered = folder / "asked.json", folder / "answered.json"
    asked.write_text(json.dumps(request, ensure_ascii=False), "utf-8")
    fonts = {**os.environ, "FONTCONFIG_FILE": str(ROOT / "setup" / "fonts-ja.conf"), "LC_ALL": "C.UTF-8"}
    for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"):
        fonts.pop(name, None)
    script = str(Path(__file__).with_name("calc.py"))
    done = subprocess.run(
        [PYTHON, script, str(asked), str(answered)], env=fonts, capture_output=True, text=True, timeout=110, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(answered.read_text("utf-8"))
