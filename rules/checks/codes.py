"""The codes of findings (checks.toml): level, source and parameters of each; a check supplies cell and sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules.engine.edition import load
from rules.findings import Finding

UNSEEN = "（2025年の公募要領による。2026年の原文は未確認）"  # of what no text of 2026 that was read says
SHEET = "sheet"  # of checks.toml: no code, but the rows of チェック


@dataclass(frozen=True)
class Rule:
    """One code of checks.toml."""

    code: str
    data: dict[str, Any]

    def __call__(self, message: str, cell: str = "", level: str = "", at: str = "") -> Finding:
        """The finding with this sentence at this cell.

        >>> rule("GENERIC")("汎P-07 だけでは申請できません。").level
        'error'
        """
        return Finding(level or self.data["level"], self.code, message, cell, at or self.data["at"])


def codes() -> dict[str, Any]:
    """Every code with its level, title and source."""
    return {code: data for code, data in _page().items() if code != SHEET}


def sentences() -> dict[str, str]:
    """What the sheet チェック says of each check, by its id, in the order of the sheet."""
    return _page()[SHEET]


def _page() -> dict[str, Any]:
    return load(Path(__file__).with_name("checks.toml"))


def rule(code: str) -> Rule:
    """A code's rule."""
    return Rule(code, codes()[code])


def yen(amount: int) -> str:
    """An amount as a sentence prints it.

    >>> yen(12345)
    '12,345円'
    """
    return f"{amount:,}円"
