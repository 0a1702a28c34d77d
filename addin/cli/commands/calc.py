"""`hojokin calc`: one amount from arguments given as key=value."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

from addin import answers
from addin.cli.findings import errors, findings_text
from addin.cli.members_file import members, value
from addin.cli.options import FRAME, answered, dated, json_too, parse_date
from addin.cli.text_table import table
from rules.engine.argument import VALUE, ArgumentError
from rules.engine.edition import cite
from rules.engine.evaluate import Calculation, in_force, scalar
from rules.findings import Finding, worst_first
from rules.frames import frame
from rules.frames.contract import Frame

HELP = "補助額を計算する（例: hojokin calc invoice cost=1000000 small_biz=true）"


def register(parser: argparse.ArgumentParser) -> None:
    """A frame and its arguments."""
    parser.add_argument("frame", help=FRAME)
    parser.add_argument("values", nargs="*", metavar="key=value", help="引数")
    dated(parser)
    json_too(parser)


def run(call: argparse.Namespace) -> int:
    """Prints the amount with its steps and findings."""
    module = frame(call.frame)
    c, findings = calculate(module, call.values, parse_date(call.as_of))
    return answered(call, as_text(module, c, findings), as_json(c, findings), errors(findings))


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
    return {**head, "steps": steps, "findings": [answers.finding(f) for f in findings]}


def as_text(frame: Frame, c: Calculation, findings: Sequence[Finding]) -> str:
    """The answer for a person."""
    steps = table([[s.label, s.value, cite(s.source)] for s in c.steps], right=[1])
    return f"{frame.label}（{c.edition} 以降の版）\n{steps}\n補助額: {c.subsidy:,}円{findings_text(findings)}"
