"""Cells on genuine Windows programs. The tests themselves are in `inside`, where Windows' Python runs them."""

import pytest

from tests.windows.machine import suite


@pytest.mark.timeout(600)
def test_cells() -> None:
    suite("test_chain.py")


@pytest.mark.windows
@pytest.mark.timeout(3_600)
def test_cells_with_every_error_and_many_rows() -> None:
    suite("test_chain.py", "-m", "windows", timeout=3_000)


@pytest.mark.windows
@pytest.mark.timeout(1_800)
def test_the_server_s_life() -> None:
    suite("test_life.py", "-m", "", timeout=1_500)
