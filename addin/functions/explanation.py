"""A calculation in words: the steps as a table, and one sentence that says why this amount."""

from __future__ import annotations

from typing import Any

from rules.engine.edition import cite, edition
from rules.engine.evaluate import Calculation
from rules.frames import frame as frame_named

CELL = 250  # characters that fit into a cell of a returned table


def table(c: Calculation) -> list[list[Any]]:
    """One row a step: label, yen, place in the document."""
    return [[s.label[:CELL], s.value, cite(s.source)[:CELL]] for s in c.steps]


def sentence(c: Calculation) -> str:
    """Why this amount, in one Japanese sentence.

    >>> from rules.frames import invoice
    >>> from rules.engine.evaluate import scalar
    >>> sentence(scalar(invoice.FRAME, {"cost": 625_000, "small_biz": True}))[:21]
    'インボイス枠 インボイス対応類型の補助額は'
    """
    module = frame_named(c.frame)
    p = edition(module.parameters, c.edition)
    parts = [f"{s.label}が{s.value:,}円" for s in c.steps if s.name in module.deciding and s.value]
    reason = "、".join(parts) + "だからです" if parts else "対象になる経費が無いからです"
    notes = "".join(f"（{f.message.rstrip('。')}）" for f in module.findings(c, p))
    return f"{module.label}の補助額は{c.subsidy:,}円です。{reason}{_assumed(c)}{notes}。"


def _assumed(c: Calculation) -> str:
    """The usual case that was taken where an argument was left out."""
    if "functions" in c.assumed:
        return f"（機能の数は省かれたため{c.given['functions']}として計算しました）"
    return ""
