"""`hojokin editions diff 2025 2026 [QUOTE]`: which values changed between two editions, and what that does to a quote."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from addin.cli.commands.law import NAMES
from addin.cli.options import answered, json_too
from addin.cli.text_table import table
from rules.advice.edition_changes import Change, Effect, Value, changes, effects, first_day, shown
from rules.engine.argument import VALUE, ArgumentError
from rules.engine.edition import cite
from workbooks.reading.quote_file import open_checked

HELP = "二つの版の間で変わった値と、見積の補助額への影響を示す（例: hojokin editions diff 2025 2026）"
NONE = "―"
CALLED = {
    **NAMES,
    "over": "地域別最低賃金に加える円",
    "inclusive": "境の額を含む",
    "first": "見る最初の月",
    "year": "比べる年度の始まり",
    "cagr": "年平均成長率",
    "per_head": "1人当たりで見る",
    "past": "過去に交付を受けた事業者だけ",
    "upper": "上の区分だけ",
    "from_yen": "この補助額（円）から",
    "minimum_wage_plus": "地域別最低賃金に加える円",
    "frames": "枠",
}


def register(parser: argparse.ArgumentParser) -> None:
    """Two years, and a quote."""
    parser.add_argument("what", choices=["diff"], help="diff: 二つの版を比べる")
    parser.add_argument("old", metavar="前の年", help="例 2025")
    parser.add_argument("new", metavar="後の年", help="例 2026")
    parser.add_argument("quote", nargs="?", help="見積ワークブック（.xlsx）。補助額がどう変わるかも示す")
    json_too(parser)


def run(call: argparse.Namespace) -> int:
    """Prints what differs."""
    old, new = (first_day(_year(said)) for said in (call.old, call.new))
    found = changes(old, new)
    effect = effects(open_checked(call.quote)[1], old, new) if call.quote else ()
    data = {
        "old": f"{old}",
        "new": f"{new}",
        "changes": [{"page": c.page, "old": _value_json(c.old), "new": _value_json(c.new)} for c in found],
        "effects": [{"label": e.label, "old": e.old, "new": e.new, "steps": e.steps} for e in effect],
    }
    return answered(call, _text(found, effect), data)


def _year(said: str) -> int:
    if said.isascii() and said.isdigit() and len(said) == len("2026"):
        return int(said)
    raise ArgumentError("year", VALUE, f"「{said}」は年ではありません（例: 2025）。")


def _value_json(value: Value | None) -> dict[str, Any] | None:
    return value and {"label": value.label, "name": value.name, "value": shown(value.value), "source": _source(value)}


def _source(value: Value | None) -> str:
    return cite(value.at) if value and value.at else NONE


def _text(found: Sequence[Change], effect: Sequence[Effect]) -> str:
    lines: list[str] = []
    for (page, label, *places), group in groupby(found, key=_head):
        told = "、".join(f"{CALLED.get(_told(c).name, _told(c).name)} {_shown(c.old)} → {_shown(c.new)}" for c in group)
        lines += [f"■ {page}: {label}", f"  {told}", f"  出典: {' → '.join(places)}"]
    if effect:
        amounts = [[e.label, e.old, e.new] for e in effect]
        lines += ["", table([["枠", "前の補助額", "後の補助額"], *amounts], right=[1, 2])]
        lines += [f"・{e.label} {step}" for e in effect for step in e.steps]
    return "\n".join(lines)


def _told(c: Change) -> Value:
    found = c.new or c.old
    assert found
    return found


def _head(c: Change) -> tuple[str, ...]:
    return c.page, _told(c).label, _source(c.old), _source(c.new)


def _shown(value: Value | None) -> str:
    return shown(value.value) if value else NONE
