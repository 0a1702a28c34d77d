"""What the command line answered, in the words of a message box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rules.findings import LEVELS

SHOWN = 12  # lines of a list, so that the box fits the screen
Answer = Mapping[str, Any]


def check(answer: Answer) -> str:
    """入力チェック: how many findings of each level, then the worst.

    >>> check({"label": "通常枠", "findings": [], "missing": [{"label": "件名", "cell": "見積!C5"}]})
    '通常枠: 誤りも警告もありません。\\n必須の未記入: 1件（最初は 見積!C5「件名」）'
    """
    findings, missing = answer["findings"], answer["missing"]
    found = f"{counted(findings)}。" if findings else "誤りも警告もありません。"
    lines = [f"{answer['label']}: {found}", *listed(findings)]
    if missing:
        lines.append(f"必須の未記入: {len(missing)}件（最初は {missing[0]['cell']}「{missing[0]['label']}」）")
    return "\n".join(lines)


def compare(answer: Answer) -> str:
    """枠の比較: best first, as the command puts them."""
    late = [answer["late"]] if answer["late"] else []  # no closing date is left: said first
    return "\n".join([*late, "補助額の大きい順です（円。自己負担は税抜）。", *map(_frame, answer["frames"])])


def draft(answer: Answer) -> str:
    """申請書下書き: what was made and where, and what is wrong with the quote."""
    paths = [Path(file) for file in answer["files"]]
    made = f"下書きを{len(paths)}つ、{paths[0].parent} に作りました。" if paths else "作った下書きはありません。"
    errors = sum(f["level"] == "error" for f in answer["findings"])
    warned = [f"誤りが{errors}件あります。「入力チェック」で確かめてください。"] if errors else []
    return "\n".join([made, *(path.name for path in paths), *warned])


def counted(findings: Sequence[Answer]) -> str:
    """誤り 2件、警告 1件."""
    counts = {label: sum(f["level"] == level for f in findings) for level, label in LEVELS.items()}
    return "、".join(f"{label} {n}件" for label, n in counts.items() if n)


def listed(findings: Sequence[Answer]) -> list[str]:
    """The first findings, a line each."""
    lines = [f"・{LEVELS[f['level']]} {f['cell']} {f['message']}".replace("  ", " ") for f in findings[:SHOWN]]
    return lines + ([f"（ほか{len(findings) - SHOWN}件）"] if len(findings) > SHOWN else [])


def _frame(f: Answer) -> str:
    if f["subsidy"] is None:
        return f"－ {f['label']}: {f['needs']}が要ります"
    if f["why"]:
        return f"－ {f['label']}: 補助額 0（{f['why']}）"
    burden = "不明" if f["own_burden"] is None else f"{f['own_burden']:,}"
    return f"・{f['label']}: 補助額 {f['subsidy']:,}（対象経費 {f['eligible']:,}、自己負担 {burden}）"
