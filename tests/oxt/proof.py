"""Long proofs of hojokin.oxt, which `make test` has no time for:  python -m tests.oxt.proof

1. unopkg installs the file into a new profile, the functions answer there, unopkg removes it, nothing stays.
2. A thousand edits; the memory of LibreOffice stays flat.
3. The examples that `make test` leaves out, as tests/oxt/test_quotes.py proves the others.

Last result (LibreOffice 25.2.3, Debian 12): see the end of docs/calc.md.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from addin.calc.build import build_oxt
from addin.calc.names import EXTENSION
from tests.office import environment, run
from tests.oxt import bundled, worked
from tests.oxt.test_quotes import LONG, proved

ROUNDS = 1_000
FLAT = 1.05  # memory at the end against memory after three tenths
NOBODY = 65_534  # unopkg refuses to write into the profile of root
WORD = b"hojokin"
TOOLBAR = re.compile(rb'<item oor:path="/org.openoffice.Office.UI.CalcWindowState/.*?</item>')
JOB: dict[str, Any] = {"set": [("A1", "=SUBSIDY_INVOICE(1000000;TRUE())")], "read": ["A1"]}


def main() -> int:
    """Prints what was found; exit status 1 where a promise is broken."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        good = [installed(folder / "unopkg"), edited(folder / "edits"), *(example(name, folder) for name in LONG)]
    return 0 if all(good) else 1


def installed(folder: Path) -> bool:
    """Into a profile and out of it again, through the file that users get."""
    folder.mkdir()
    build_oxt(folder / "hojokin.oxt")
    opened(folder)
    added = package(folder, "add", str(folder / "hojokin.oxt"))
    listed = package(folder, "list")
    answer = worked([JOB], folder, [])[0]["read"]["A1"]
    opened(folder)
    removed = package(folder, "remove", EXTENSION)
    after = package(folder, "list")
    gone = worked([JOB], folder, [])[0]["read"]["A1"]  # this start sweeps up what unopkg only marked
    left = traces(folder / "profile")
    print(f"unopkg: installed {EXTENSION in listed}, =SUBSIDY_INVOICE(1000000;TRUE()) {answer}")
    print(f"unopkg: removed {EXTENSION not in after}, the cell then {gone}, files that name it: {left or 'none'}")
    print("\n".join(filter(None, (added.strip(), removed.strip()))) or "unopkg said nothing")
    return EXTENSION in listed and answer == [[750_000]] and EXTENSION not in after and gone != answer and not left


def package(folder: Path, *words: str) -> str:
    """unopkg on the folder's profile, as a user who is not root."""
    other = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.getuid() == 0 else []
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [*other, "unopkg", words[0], profile, *words[1:]]
    done = subprocess.run(
        command, env=environment(HOME=str(folder)), capture_output=True, text=True, timeout=600, check=False
    )
    return done.stdout + done.stderr


def opened(folder: Path) -> None:
    """Lets that other user work in the folder."""
    for path in (*folder.parents[:1], folder, *folder.rglob("*")):
        path.chmod(0o777)
        if os.getuid() == 0:
            shutil.chown(path, NOBODY, NOBODY)


def traces(profile: Path) -> list[str]:
    """Files of the profile that still speak of the extension, but for where LibreOffice noted its toolbar stood."""
    files = [path for path in profile.rglob("*") if path.is_file()]
    return [str(p.relative_to(profile)) for p in files if WORD in TOOLBAR.sub(b"", p.read_bytes()) + p.name.encode()]


def edited(folder: Path) -> bool:
    """A thousand edits."""
    folder.mkdir()
    said = run("tests.oxt.edits", str(folder / "profile"), str(ROUNDS), *bundled(folder), timeout=550)
    sizes = [float(size) for size in said.split()]
    ratio = sizes[-1] / sizes[len(sizes) * 3 // 10 - 1]
    print(f"{ROUNDS:,} edits: MB after every hundred: {said.strip()}; end / after three tenths {ratio:.3f} (≤ {FLAT})")
    return ratio <= FLAT


def example(name: str, folder: Path) -> bool:
    """One example's quote: its results, a changed price, saving."""
    (folder / name).mkdir()
    proved(name, folder / name)
    print(f"{name}: every result is that of the rules; nothing is lost")
    return True


if __name__ == "__main__":
    sys.exit(main())
