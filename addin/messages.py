"""入力チェック, 枠の比較 and 申請書下書き in the words of a message box: one text for Excel and for LibreOffice.

What they say comes as the commands' JSON has it (addin/answers.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rules.findings import ERROR, LEVELS

SHOWN = 10  # findings of a list, so that the box fits the screen
CLEAN = "誤りも警告もありません。"
Answer = Mapping[str, Any]


def check(answer: Answer) -> str:
    """入力チェック where the workbook itself shows nothing: findings of each level, the worst, what is not filled in.

    >>> print(check({"label": "通常枠", "findings": [], "missing": [{"label": "件名", "cell": "見積!C5"}]}))
    通常枠として調べました。
    誤りも警告もありません。
    必須の未記入: 1件（最初は 見積!C5「件名」）
    """
    findings = answer["findings"]
    return "\n".join([*checked(answer["label"], findings), *listed(findings), *unfilled(answer["missing"])])


def checked(label: str, findings: Sequence[Answer]) -> list[str]:
    """In which frame, and how many findings of each level: 誤り 2件、警告 1件."""
    counts = {name: sum(f["level"] == level for f in findings) for level, name in LEVELS.items()}
    counted = "、".join(f"{name} {n}件" for name, n in counts.items() if n)
    return [tried(label), f"{counted}。" if counted else CLEAN]


def tried(label: str) -> str:
    """In which frame the quote was checked."""
    return f"{label}として調べました。"


def unfilled(missing: Sequence[Answer]) -> list[str]:
    """How many fields must still be filled in."""
    return [f"必須の未記入: {len(missing)}件（最初は {first['cell']}「{first['label']}」）" for first in missing[:1]]


def listed(findings: Sequence[Answer]) -> list[str]:
    """The first findings, a line each."""
    lines = [f"・{LEVELS[f['level']]} {f['cell']} {f['message']}".replace("  ", " ") for f in findings[:SHOWN]]
    return lines + ([f"（ほか{len(findings) - SHOWN}件）"] if len(findings) > SHOWN else [])


def compare(answer: Answer) -> str:
    """枠の比較: best first, as the answer puts them; that no closing date is left before them."""
    late = [answer["late"], ""] if answer["late"] else []
    return "\n".join([*late, "補助額の大きい順です（円。自己負担は税抜）。", *map(_frame, answer["frames"])])


def _frame(f: Answer) -> str:
    if f["subsidy"] is None:
        return f"－ {f['label']}: {f['needs']}が要ります"
    burden = "不明" if f["own_burden"] is None else f"{f['own_burden']:,}"
    amounts = f"補助額 {f['subsidy']:,}（対象経費 {f['eligible']:,}、自己負担 {burden}）"
    return f"・{f['label']}: {amounts}" + (f" ※{f['why']}" if f["why"] else "")


def draft(answer: Answer) -> str:
    """申請書下書き: what was made and where, and what is wrong with the quote."""
    paths = [Path(file) for file in answer["files"]]
    return "\n".join([*made(paths), *warned(answer["findings"])])


def made(paths: Sequence[Path]) -> list[str]:
    """Which drafts, and where."""
    head = f"下書きを{len(paths)}つ、{paths[0].parent} に作りました。" if paths else "作った下書きはありません。"
    return [head, *(path.name for path in paths)]


def warned(findings: Sequence[Answer]) -> list[str]:
    """That there are errors."""
    errors = sum(f["level"] == ERROR for f in findings)
    return [f"誤りが{errors}件あります。「入力チェック」で確かめてください。"] if errors else []
