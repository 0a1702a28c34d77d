"""Findings as the commands give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from rules.engine.edition import cite
from rules.findings import ERROR, LEVELS, Finding


def finding_json(f: Finding) -> dict[str, str]:
    """A finding as data, its source in words."""
    return {**asdict(f), "source": cite(f.source) if f.source else ""}


def findings_text(findings: Sequence[Finding]) -> str:
    """Findings for a person, one a line."""
    lines = [f"[{LEVELS[f.level]}] {f.code} {f.cell} {f.message}".replace("  ", " ") for f in findings]
    return "".join(f"\n{line}" for line in lines)


def errors(findings: Sequence[Finding]) -> bool:
    """Whether one is an error."""
    return any(f.level == ERROR for f in findings)
