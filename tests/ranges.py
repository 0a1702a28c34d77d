"""The table of lines of 見積 as a range of cells, for the functions that take one: its headings, a blank row in between."""

from __future__ import annotations

from typing import Any

LINES: list[list[Any]] = [
    ["品名", "ツール", "大分類", "カテゴリー", "機能", "プロセス", "契約", "単位", "数量", "単価", "月数", "値引", "備考"],
    ["会計クラウド", "みのり", "Ⅰ", "1 ソフトウェア", "会計・受発注", "共P-04", "月額", "契約", 1, 20_000, 36, None, ""],
    [None] * 13,
    ["導入設定", "みのり", "Ⅲ", "6 導入設定", "", "", "買取", "回", 1, 100_000, None, None, "設定一式"],
    ["ノートPC", "みのり", "Ⅳ", "8 PC", "", "", "買取", "台", 1, 200_000, None, None, ""],
]  # fmt: skip


def handed(blank: Any = None) -> tuple[tuple[Any, ...], ...]:
    """The same as Excel hands it over: every number a float."""
    return tuple(tuple(float(v) if isinstance(v, int) else blank if v is None else v for v in row) for row in LINES)
