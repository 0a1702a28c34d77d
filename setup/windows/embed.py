"""Makes a ZIP like the embeddable package of python.org from a whole Python for Windows, in which it runs:

    python.exe setup/windows/embed.py OUT.zip

The library is compiled and zipped; venv, ensurepip, tkinter, the tests and all packages are left out, as they are there.
"""

from __future__ import annotations

import py_compile
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

TOP = Path(sys.base_prefix)
SHORT = f"python{sys.version_info.major}{sys.version_info.minor}"
PROGRAMS = ("python.exe", "pythonw.exe", "python3.dll", f"{SHORT}.dll", "vcruntime140.dll", "vcruntime140_1.dll")
ABSENT = {"site-packages", "test", "tests", "tkinter", "idlelib", "turtledemo", "ensurepip", "venv", "__pycache__"}
NO_EXTENSION = ("_test", "tcl", "tk", "_tkinter", "zlib1")
PATHS = f"{SHORT}.zip\n.\n\n# Uncomment to run site.main() automatically\n#import site\n"


def main(out: str) -> None:
    """Writes the ZIP."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in (*PROGRAMS, "LICENSE.txt"):
            made.write(TOP / name, name)
        for path in sorted((TOP / "DLLs").iterdir()):
            if path.suffix in (".pyd", ".dll") and not path.name.startswith(NO_EXTENSION):
                made.write(path, path.name)
        made.writestr(f"{SHORT}.zip", _library())
        made.writestr(f"{SHORT}._pth", PATHS)


def _library() -> bytes:
    packed, top = BytesIO(), TOP / "Lib"
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        compiled = Path(folder) / "module.pyc"
        for path in sorted(top.rglob("*.py")):
            place = path.relative_to(top)
            if ABSENT.isdisjoint(place.parts) and place.parts[0] != "lib2to3":
                mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
                py_compile.compile(str(path), str(compiled), place.as_posix(), True, invalidation_mode=mode)
                made.write(compiled, place.with_suffix(".pyc").as_posix())
    return packed.getvalue()


if __name__ == "__main__":
    main(sys.argv[1])
