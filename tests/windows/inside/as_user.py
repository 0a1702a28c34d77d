"""Runs a command line as a user of another name would, in that user's own folders:

python as_user.py "補助 太郎" "cmd /d /c ..."
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def environ(user: str) -> dict[str, str]:
    """The variables of a user's desk; nothing that a developer's machine adds."""
    home = Path(rf"C:\users\{user}")
    local, roaming = home / "AppData" / "Local", home / "AppData" / "Roaming"
    own = {
        "USERNAME": user,
        "USERPROFILE": home,
        "HOMEPATH": rf"\users\{user}",
        "LOCALAPPDATA": local,
        "APPDATA": roaming,
        "TEMP": local / "Temp",
        "TMP": local / "Temp",
    }
    (local / "Temp").mkdir(parents=True, exist_ok=True)
    roaming.mkdir(parents=True, exist_ok=True)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "HOJOKIN"))}
    return kept | {key: str(value) for key, value in own.items()}


if __name__ == "__main__":
    given, line = sys.argv[1:]
    sys.exit(subprocess.run(line, env=environ(given), cwd="C:\\", check=False).returncode)
