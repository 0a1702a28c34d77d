"""Makes a Windows program of a Python script, as pip makes its own: a launcher, a line that names Python, a ZIP.

python setup/windows/program.py LAUNCHER.exe SCRIPT.py PYTHON_AS_WINDOWS_SEES_IT OUT.exe
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path


def program(launcher: bytes, script: str, python: str) -> bytes:
    """The program's bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("__main__.py", script)
    return launcher + f'#!"{python}"\r\n'.encode() + packed.getvalue()


if __name__ == "__main__":
    launcher, script, python, out = sys.argv[1:]
    Path(out).write_bytes(program(Path(launcher).read_bytes(), Path(script).read_text("utf-8"), python))
