"""Findings as the commands give them."""

from __future__ import annotations

from collections.abc import Sequence

from rules.findings import ERROR, LEVELS, Finding


def findings_text(findings: Sequence[Finding]) -> str:
    """Findings for a person, one a line."""
    lines = [f"[{LEVELS[f.level]}] {f.code} {f.cell} {f.message}".replace("  ", " ") for f in findings]
    return "".join(f"\n{line}" for line in lines)


def errors(findings: Sequence[Finding]) -> bool:
    """Whether one is an error."""
    return any(f.level == ERROR for f in findings)
