"""A stock xlwings on Windows imports hojokin_xlwings.py and answers as our own add-in does."""

from __future__ import annotations

from pathlib import Path

from tests.windows.machine import PYTHON, run


def test_xlwings_own_import_and_server_give_the_rules_amounts(tmp_path: Path) -> None:
    ran = run(PYTHON, "-m", "tests.windows.inside.stock", tmp_path)
    assert ran.code == 0, ran.out[-3000:]
    said = ran.out.splitlines()
    assert "imported 13 functions, 9 macros, with help in Japanese" in said
    assert "functions 13, calls 38, differences 0" in said
    assert "an error handed over arrives as: left out" in said
