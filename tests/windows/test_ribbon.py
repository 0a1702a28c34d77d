"""The ribbon's buttons on genuine Windows programs. The tests themselves are in `inside`, where Windows' Python runs them."""

from __future__ import annotations

import pytest

from addin.excel.buttons import BOOK
from templates.engine.render import drafts
from tests.windows.machine import suite, windows_path
from workbooks.reading.quote_file import assess_file


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where the drafts are that Linux makes of every example."""
    top = tmp_path_factory.mktemp("drafts")
    for path in sorted((BOOK.parent / "examples").glob("*.xlsx")):
        (top / path.stem).mkdir()
        assert drafts(assess_file(path), top / path.stem)
    return {"HOJOKIN_DRAFTS": windows_path(top)}


@pytest.mark.timeout(600)
def test_check_and_draft(made: dict[str, str]) -> None:
    suite("test_ribbon.py", env=made)


@pytest.mark.windows
@pytest.mark.timeout(3_600)
def test_every_button_on_every_example(made: dict[str, str]) -> None:
    suite("test_ribbon.py", "-m", "", env=made, timeout=3_000)
