"""The sample's assessment for each frame, and what is computed of it, for tests that take all five."""

from __future__ import annotations

from typing import Any

from rules.assess import Assessment
from rules.checks.check import assess
from rules.frames import FRAMES, frame
from tests import samples

NAMES = tuple(f.name for f in FRAMES)


def made(frame_name: str, /, **change: Any) -> Assessment:
    """The sample of a frame, assessed with all checks; keywords replace inputs or whole tables."""
    module = frame(frame_name)
    own = {"months": samples.MONTHS} if frame_name == "normal" else {}
    return assess(samples.of(module, **{**own, **change}), module)
