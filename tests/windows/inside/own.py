"""A plugin of pytest on Windows: leaves out what own.toml names, says so, and refuses a line that names nothing.

python.exe -m pytest -p tests.windows.inside.own
"""

from __future__ import annotations

import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

TABLE = Path(__file__).parents[1] / "own.toml"
REASONS = {what: row["why"] for row in tomllib.loads(TABLE.read_text("utf-8"))["left_out"] for what in row["what"]}
answered: dict[str, int] = dict.fromkeys(REASONS, 0)


def _left_out(*names: str) -> bool:
    found = {what for what in REASONS for name in names if fnmatchcase(name, what)}
    for what in found:
        answered[what] += 1
    return bool(found)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A module, before it is imported."""
    name = collection_path.relative_to(config.rootpath).as_posix()
    return True if collection_path.suffix == ".py" and _left_out(name) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test of a module that is otherwise run."""
    gone = [item for item in items if _left_out(item.nodeid, *(f"@{mark.name}" for mark in item.iter_markers()))]
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in set(gone)]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was left out, by pattern."""
    for what, count in answered.items():
        terminalreporter.write_line(f"left out: {what} ({count}): {REASONS[what]}" if count else f"stale: {what}")
