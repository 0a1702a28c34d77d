"""チェック: one simple check as a formula, and the pieces that such formulas share."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

from rules.codes import codes
from rules.findings import NOTICE
from rules.frames import FRAMES
from workbooks.layout import INPUT, YES
from workbooks.sheets import gates, places
from workbooks.text import quoted, ref, trimmed


@dataclass(frozen=True)
class Test:
    """A simple check: `wrong` is TRUE, FALSE, or an error while it cannot be told."""

    code: str
    text: str  # what to do where it is wrong
    wrong: str
    cell: str  # 見積!C5
    level: str = ""  # where it is not the code's own

    @property
    def notice(self) -> bool:
        """Whether there is only something to know."""
        return (self.level or codes()[self.code]["level"]) == NOTICE


def at(name: str) -> str:
    return INPUT[name].address


def said(name: str) -> str:
    return f"{trimmed(ref(name))}={quoted(YES)}"


def applied(*frames: ModuleType) -> str:
    """Whether one of these frames is applied for."""
    number = ref("out_frame")
    return f"OR({','.join(f'{number}={FRAMES.index(f) + 1}' for f in frames)})"


def where(frame: ModuleType, wrong: str) -> str:
    """A test that concerns one frame only."""
    return f"IF({applied(frame)},{wrong},FALSE)"


def falls(frame: ModuleType) -> str:
    """Whether the frame applied for falls, as 補助額 says it."""
    s = places.section(frame)
    at = [number for number, test in enumerate(gates.tests(s), 1) if test.falls]
    return where(frame, f"OR({','.join(f'{places.state(s)}={number}' for number in at)})")
