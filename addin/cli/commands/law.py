"""`hojokin law`: a frame's parameters, steps and sources straight from the edition, for holding against the text."""

from __future__ import annotations

import argparse
from dataclasses import fields
from datetime import date
from fractions import Fraction
from typing import Any

from addin.cli.options import dated, parse_date
from addin.cli.text_table import table
from addin.exit_codes import DONE
from rules import line_limits
from rules.engine.edition import Parameter, cite, documents, edition, spoken
from rules.engine.evaluate import formulas, in_force
from rules.frames import FRAMES, frame
from rules.frames.contract import Frame

HELP = "枠の率・上限・計算の段階を出典つきで示す"
NAMES = {
    "rate": "補助率",
    "small": "補助率（小規模事業者）",
    "near": "補助率（最低賃金近傍の事業者）",
    "large": "補助率（大企業など）",
    "up_to": "上限",
    "strict": "上限（含まない読み方）",
    "reading": "計算に使う読み方",
    "single": "上限（1機能）",
    "multiple": "上限（2機能以上）",
    "multiple_from": "2機能以上とする数",
    "share": "割合",
    "value": "値",
}


def register(parser: argparse.ArgumentParser) -> None:
    """A frame, or all of them."""
    parser.add_argument("frame", nargs="?", help="枠。省くとすべて")
    dated(parser)


def run(call: argparse.Namespace) -> int:
    """Prints a page a frame."""
    frames = [frame(call.frame)] if call.frame else list(FRAMES)
    print("\n\n".join(law(module, parse_date(call.as_of)) for module in frames))
    return DONE


def law(frame: Frame, on: date | None) -> str:
    """One frame's page of the law, in Japanese."""
    p = in_force(frame, on)
    limits = edition(line_limits.Edition, on)
    parts = [
        f"■ {frame.label}（{p.since} 以降の申請）",
        f"主な文書: {cite(p.document)}",
        "\n【値】",
        table([["項目", "", "値", "出典"], *rows(p)]),
        "\n【計算の段階】",
        table([["段階", "名前", "式", "出典"], *steps(frame, on)]),
        "\n【明細の上限】",
        table([["項目", "", "値", "出典"], *rows(limits)]),
        "\n【出典】",
        table(_documents([*rows(p), *rows(limits), *steps(frame, on)], p)),
    ]
    return "\n".join(parts)


def rows(p: Any) -> list[list[str]]:
    """Every value of an edition: label, which value, the value, its source."""
    found: list[list[str]] = []
    for field in fields(p):
        value = getattr(p, field.name)
        if isinstance(value, Parameter):
            found += _values(value)
    return found


def _values(p: Parameter) -> list[list[str]]:
    named = [(f.name, getattr(p, f.name)) for f in fields(p) if f.name not in ("label", "at", *_places(p))]
    if not named:
        return [[p.title, "", "", cite(p.at)]]
    sources = {name: cite(getattr(p, f"{name}_at", p.at)) for name, _ in named}
    return [[p.title, NAMES.get(name, name), _spoken(value), sources[name]] for name, value in named]


def _places(p: Parameter) -> list[str]:
    """The fields that say where another field stands: strict_at."""
    return [f.name for f in fields(p) if f.name.endswith("_at")]


READINGS = {"up_to": "上限の値をそのまま使う", "strict": "含まない読み方を使う"}


def _spoken(value: Any) -> str:
    return str(value) if isinstance(value, Fraction) else READINGS.get(str(value), spoken(value))


def steps(frame: Frame, on: date | None) -> list[list[str]]:
    """Every step: label, name, formula, source."""
    return [[s.label, s.name, s.value.text, cite(s.source)] for s in formulas(frame, on)]


def _documents(cited: list[list[str]], p: Any) -> list[list[str]]:
    """The documents behind the page: title, date, how it was seen, confidence."""
    used = [d for d in documents().values() if any(d.title in row[-1] for row in cited) or d is documents()[p.document]]
    seen = {"read": "原文を読んだ", "second-hand": "原文は未確認"}
    head = ["文書", "日付", "確認", "確度", "備考"]
    return [head, *([d.title, d.date or "記載なし", seen[d.seen], d.confidence, d.note] for d in used)]
