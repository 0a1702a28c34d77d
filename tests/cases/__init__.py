"""Worked examples as data, with their arithmetic in words."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FRAMES = ("invoice", "normal", "etrade", "security", "group")


@dataclass(frozen=True)
class Case:
    """One example: what goes in, what must come out."""

    frame: str
    name: str
    as_of: date
    arguments: dict[str, Any]
    subsidy: int | None
    error: str


def cases(frame: str) -> list[Case]:
    """The examples of one frame."""
    return [_case(frame, data) for data in tomllib.loads((HERE / f"{frame}.toml").read_text("utf-8"))["case"]]


def worked_examples() -> list[dict[str, str]]:
    """The rows of worked-examples.csv."""
    with (HERE / "worked-examples.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _case(frame: str, data: dict[str, Any]) -> Case:
    arguments = dict(data["arguments"])
    if "members" in arguments:
        blank: list[Any] = [None] * 5
        arguments["members"] = [m["row"] or blank for m in arguments["members"] for _ in range(m["times"])]
    return Case(frame, data["name"], data["as_of"], arguments, data.get("subsidy"), data.get("error", ""))
