"""What every test has: a cache of its own, so that none meets what another run, or a person's own work, left there."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An empty folder for what can be made anew."""
    with pytest.MonkeyPatch.context() as patch:
        name = "LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME"
        patch.setenv(name, str(tmp_path_factory.mktemp("cache")))
        yield
