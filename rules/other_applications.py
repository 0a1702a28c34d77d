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


@dataclass(frozen=True)
class Together:
    """Frames that one applicant may apply for in the same period, each once."""

    frames: tuple[str, ...]
    at: str
    doubt: str


@dataclass(frozen=True)
class Once:
    """The tools that this frame serves stand either in its application or in others', never in both."""

    frame: str
    at: str
    doubt: str


@cache
def sentences(frame: str = "") -> tuple[Sentence, ...]:
    """All sentences, or those of a frame.

    >>> [len(sentences(name)) for name in ("normal", "group")]
    [2, 2]
    """
    known = load(Path(__file__).with_suffix(".toml"))["sentence"]
    found = [build(Sentence, data, "together.toml") for data in known]
    return tuple(s for s in found if not frame or frame in s.frames)


@cache
def together() -> tuple[Together, ...]:
    """The sets of frames that may be applied for in the same period.

    >>> [t.frames for t in together() if "group" in t.frames]
    [('group', 'security')]
    """
    return tuple(
        build(Together, data, "together.toml") for data in load(Path(__file__).with_suffix(".toml"))["together"]
    )


@cache
def once() -> Once:
    """What may stand in one application only."""
    return build(Once, load(Path(__file__).with_suffix(".toml"))["once"], "together.toml")
