"""The project's own tests on Windows' Python, all but what own.toml names with its reason."""

from __future__ import annotations

import re

import pytest

from tests.windows.machine import PYTHON, run
from tests.windows.report import LINES, MARK

LEAST = 5_000  # of some 5,800; doctests and parametrised ones count one by one


@pytest.mark.windows
@pytest.mark.timeout(7_200)
def test_the_projects_own_tests() -> None:
    plugin = ("-p", "tests.windows.inside.own", "-p", "no:cacheprovider")
    ran = run(PYTHON, "-m", "pytest", "-q", *plugin, "-m", "", "--timeout=600", "--tb=short", timeout=7_000)
    assert ran.code == 0, ran.out[-20_000:]
    assert not re.findall(r"^stale: .*", ran.out, re.M)
    passed = re.findall(r"(\d+) passed", ran.out)
    assert int(passed[-1]) >= LEAST
    LINES.append(f"{MARK}the project's own tests on Windows' Python: {ran.out.splitlines()[-1]}")
    LINES.extend(f"{MARK}  {line}" for line in re.findall(r"^left out: .*", ran.out, re.M))
