"""hojokin.oxt in the genuine LibreOffice Calc: jobs handed to one office, what the cells show handed back."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from addin.calc.build import unpacked
from tests.office import run

COMMAND = f"{sys.executable} -m addin.cli"
Job = Mapping[str, Any]


def bundled(folder: Path) -> list[str]:
    """Options of an office that has the extension, unpacked, with no installation."""
    unpacked(folder / "extensions" / "hojokin")
    return [f"-env:BUNDLED_EXTENSIONS={(folder / 'extensions').as_uri()}"]


def worked(jobs: Sequence[Job], folder: Path, options: Sequence[str]) -> list[dict[str, Any]]:
    """What an office with these options makes of the jobs (see worker.py)."""
    asked, answered = folder / "asked.json", folder / "answered.json"
    request = {"profile": str(folder / "profile"), "options": list(options), "jobs": list(jobs)}
    asked.write_text(json.dumps(request, ensure_ascii=False), "utf-8")
    run("tests.oxt.worker", str(asked), str(answered), HOJOKIN=COMMAND)
    return json.loads(answered.read_text("utf-8"))
