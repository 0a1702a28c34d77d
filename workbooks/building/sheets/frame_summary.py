"""What each frame is for and what it pays, in short words with the numbers of the newest editions."""

from __future__ import annotations

from collections.abc import Sequence

from rules import line_limits, near_minimum_wage
from rules.dates import japanese_month
from rules.engine.edition import cite, editions
from rules.frames import FRAMES
from workbooks.form.text_width import width

SOURCES = "出典"
Row = tuple[str, Sequence[str]]


def rows() -> Sequence[Row]:
    """A label and a text per frame, in the order of `rules.frames`."""
    limits = editions(line_limits.Edition)[-1]
    found = [f.summary(editions(f.parameters)[-1], limits) for f in FRAMES]
    return (
        ("活用のしかた", [s.use for s in found]),
        ("対象になる経費", [s.costs for s in found]),
        ("補助率", [s.rates for s in found]),
        ("補助額の上限", [s.caps for s in found]),
        ("補助額の下限", [s.floor for s in found]),
        (SOURCES, ["\n".join(dict.fromkeys(map(cite, s.sources))) for s in found]),
    )


def notes() -> Sequence[str]:
    """※1 and ※2 of the leaflet."""
    wage = editions(near_minimum_wage.Edition)[-1].test
    year = f"{japanese_month(wage.first)}からの1年で、" if wage.first else ""
    return (
        "※1 IPA（情報処理推進機構）の「サイバーセキュリティお助け隊サービスリスト」に載ったサービス。",
        f"※2 {year}{wage.title}。「計画」で月ごとに判定します。　出典: {cite(wage.at)}",
    )


def lines_of(text: str, letters: int) -> int:
    """Lines that a text takes in a cell so many half-width letters wide."""
    return sum(max(1, -(-width(part) // letters)) for part in text.split("\n"))
