"""`hojokin calc`: one amount from arguments given as key=value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from addin.cli.members_file import members, value
from addin.cli.text_table import table
from rules.engine.argument import VALUE, ArgumentError
from rules.engine.edition import cite
from rules.engine.evaluate import Calculation, in_force, scalar
from rules.findings import LEVELS, Finding, worst_first
from rules.frames.contract import Frame

MOST_DIGITS = 300


def values(words: Sequence[str]) -> dict[str, Any]:
    """The arguments of a call.

    >>> values(["cost=1000000", "small_biz=true"])
    {'cost': 1000000, 'small_biz': True}
    """
    pairs = [word.partition("=") for word in words]
    for key, sign, _ in pairs:
        if not sign:
            raise ArgumentError(key, VALUE, f"「{key}」は key=value の形ではありません（例: cost=1000000）。")
    twice = [key for i, (key, _, _) in enumerate(pairs) if key in [k for k, _, _ in pairs[:i]]]
    if twice:
        raise ArgumentError(twice[0], VALUE, f"{twice[0]} が二度書かれています。一つにしてください。")
    return {key: members(text) if key == "members" else value(text) for key, _, text in pairs}


def calculate(frame: Frame, words: Sequence[str], on: date | None) -> tuple[Calculation, tuple[Finding, ...]]:
    """The amount and what the frame says of it."""
    c = scalar(frame, values(words), on)
    return c, worst_first(tuple(frame.findings(c, in_force(frame, on))))


def as_json(c: Calculation, findings: Sequence[Finding]) -> dict[str, Any]:
    """The answer as data; values are whole yen."""
    steps = [{"name": s.name, "label": s.label, "value": s.value, "source": cite(s.source)} for s in c.steps]
    head = {"frame": c.frame, "edition": c.edition.isoformat(), "subsidy": c.subsidy}
    return {**head, "steps": steps, "findings": [finding_json(f) for f in findings]}


def finding_json(f: Finding) -> dict[str, str]:
    """A finding as data, its source in words."""
    return {**asdict(f), "source": cite(f.source) if f.source else ""}


def as_text(frame: Frame, c: Calculation, findings: Sequence[Finding]) -> str:
    """The answer for a person."""
    steps = table([[s.label, s.value, cite(s.source)] for s in c.steps], right=[1])
    return f"{frame.label}（{c.edition} 以降の版）\n{steps}\n補助額: {c.subsidy:,}円{findings_text(findings)}"


def findings_text(findings: Sequence[Finding]) -> str:
    """Findings for a person, one a line."""
    lines = [f"[{LEVELS[f.level]}] {f.code} {f.cell} {f.message}".replace("  ", " ") for f in findings]
    return "".join(f"\n{line}" for line in lines)
