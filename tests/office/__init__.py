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


def recalculated(
    workbook: Path, jobs: Sequence[Typed], wanted: Sequence[str], folder: Path, timeout: int = 600
) -> list[dict[str, Any]]:
    """For each job its cells typed into the workbook, and the wanted cells read; an error value is None."""
    request = {"workbook": str(workbook), "jobs": jobs, "wanted": list(wanted), "profile": str(folder / "profile")}
    asked, answered = folder / "asked.json", folder / "answered.json"
    asked.write_text(json.dumps(request, ensure_ascii=False), "utf-8")
    run("tests.office.calc", str(asked), str(answered), timeout=timeout)
    return json.loads(answered.read_text("utf-8"))


def stored(workbooks: Sequence[Path], forms: Sequence[str], folder: Path) -> Path:
    """Each workbook opened once, calculated, and stored as every form (`xlsx`, `pdf`); the folder with the files."""
    (folder / "out").mkdir()
    request = {"workbooks": [str(w) for w in workbooks], "forms": list(forms), "folder": str(folder / "out")}
    asked = folder / "asked.json"
    asked.write_text(json.dumps(request | {"profile": str(folder / "profile")}, ensure_ascii=False), "utf-8")
    run("tests.office.storing", str(asked))
    return folder / "out"


def converted(path: Path, form: str, folder: Path, options: Sequence[str] = ()) -> Path:
    """The file that LibreOffice writes of another: opened, calculated, and saved as `xlsx`, or `csv:` with a filter."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _ran(
        [
            "soffice",
            profile,
            *options,
            "--headless",
            "--norestore",
            "--convert-to",
            form,
            "--outdir",
            str(folder),
            str(path),
        ]
    )
    return folder / f"{path.stem}.{form.partition(':')[0]}"


def run(module: str, *words: str, timeout: int = 600, **variables: str) -> str:
    """Runs a module under the Python that has `uno`; what it printed."""
    return _ran([PYTHON, "-m", module, *words], timeout, **variables)


def environment(**variables: str) -> dict[str, str]:
    """The environment of an office: our fonts, and nothing of the tests' own Python."""
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}
    fonts = str(ROOT / "setup" / "fonts-ja.conf")
    return {**kept, "FONTCONFIG_FILE": fonts, "LC_ALL": "C.UTF-8", **variables}


def _ran(command: Sequence[str], timeout: int = 600, **variables: str) -> str:
    """Runs a program of LibreOffice; what it printed."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment(**variables), capture_output=True, text=True, timeout=timeout, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
