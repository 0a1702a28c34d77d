"""What lies in `inside` runs in Windows' Python, which the tests here start; there is no Wine to start from there."""

import sys
from typing import Any

from tests.windows.report import LINES

collect_ignore_glob = ["test_*.py", "machine.py"] if sys.platform == "win32" else ["inside/*"]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Shows what was counted."""
    for line in LINES:
        terminalreporter.write_line(line)
