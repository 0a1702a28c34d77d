"""What `hojokin build` makes on Windows is what it makes here, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.cli.commands.build import build
from tests.windows.machine import PYTHON, run


@pytest.mark.windows
@pytest.mark.timeout(1_200)
def test_every_artefact_is_the_same_as_on_linux(tmp_path: Path) -> None:
    here = {path.relative_to(tmp_path / "here"): digest for path, digest in build(tmp_path / "here")}
    ran = run(PYTHON, "-m", "addin.cli", "build", "-o", tmp_path / "there", timeout=1_000)
    assert ran.code == 0, ran.out
    made = {path: (tmp_path / "there" / path).read_bytes() for path in here}
    assert made == {path: (tmp_path / "here" / path).read_bytes() for path in here} and len(made) >= 25
    assert all(digest in ran.out for digest in here.values())
