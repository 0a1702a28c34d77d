"""The server's start on genuine Windows programs. The tests themselves are in `inside`, where Windows' Python runs them."""

import pytest

from tests.windows.machine import suite


@pytest.mark.windows
@pytest.mark.timeout(1_200)
def test_start() -> None:
    suite("test_start.py", timeout=1_100)
