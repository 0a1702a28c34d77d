"""What may be applied for at the same time and after an earlier grant, in sentences with their sources (other_applications.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rules.engine.edition import build, load


@dataclass(frozen=True)
class Sentence:
    """One sentence, the frames that it concerns, and where it stands: `document#place`."""

    text: str
    frames: tuple[str, ...]
    at: str


@cache
def sentences(frame: str = "") -> tuple[Sentence, ...]:
    """All sentences, or those of a frame.

    >>> [len(sentences(name)) for name in ("normal", "group")]
    [2, 2]
    """
    known = load(Path(__file__).with_suffix(".toml"))["sentence"]
    found = [build(Sentence, data, "together.toml") for data in known]
    return tuple(s for s in found if not frame or frame in s.frames)
