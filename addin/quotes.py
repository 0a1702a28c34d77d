"""`hojokin compare`, `check` and `draft`: the commands that read a quote."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any

from addin.calc import finding_json, findings_text
from addin.compare import ranked
from addin.text import table
from rules.assess import Assessment
from rules.findings import ERROR
from rules.frames import frame
from rules.refusal import Refusal
from workbooks.check import assess_file, open_checked
from workbooks.entries import blanks
from workbooks.layout import FRAMES


@dataclass(frozen=True)
class Answer:
    """What a command prints, for a person and as data; `found` when an error was among the findings."""

    text: str
    data: dict[str, Any]
    found: bool


def compare(call: argparse.Namespace) -> Answer:
    """Every frame for one quote, best first; a frame that lacks inputs last, with what it needs."""
    _, quote = open_checked(call.quote)
    found = ranked(quote)
    rows = [[a.label, a.eligible if not a.needs else None, a.subsidy, a.own_burden, a.needs] for a in found]
    head = ["枠", "対象経費", "補助額", "自己負担（税抜）", "足りないもの"]
    return Answer(table([head, *rows], right=[1, 2, 3]), {"frames": [_amounts(a) for a in found]}, _errors(found[0]))


def check(call: argparse.Namespace) -> Answer:
    """Every finding of one quote."""
    a = assess_file(call.quote, frame(call.frame))
    text = findings_text(a.findings).strip() or "誤りも警告もありません。"
    empty = blanks(a.quote)
    if empty:
        text += f"\n必須の未記入: {len(empty)}件（最初は {empty[0].address}「{empty[0].label}」）"
    missing = [{"label": i.label, "cell": i.address} for i in empty]
    return Answer(text, {"findings": [finding_json(f) for f in a.findings], "missing": missing}, _errors(a))


def draft(call: argparse.Namespace) -> Answer:
    """Word drafts of one quote."""
    from templates.render import drafts  # Word's libraries are loaded by this command alone

    module = frame(call.frame)
    if module not in FRAMES:
        names = "、".join(f.LABEL for f in FRAMES)
        raise Refusal(f"{module.LABEL}の下書きはまだ作れません。作れるのは {names} です。")
    a = assess_file(call.quote, module)
    files = [str(path) for path in drafts(a, call.out)]
    text = "\n".join(files) + findings_text(a.findings)
    return Answer(text, {"files": files, "findings": [finding_json(f) for f in a.findings]}, _errors(a))


COMMANDS = {"compare": compare, "check": check, "draft": draft}


def _errors(a: Assessment) -> bool:
    return any(f.level == ERROR for f in a.findings)


def _amounts(a: Assessment) -> dict[str, Any]:
    known = {"eligible": a.eligible, "subsidy": a.subsidy, "own_burden": a.own_burden, "out_of_pocket": a.out_of_pocket}
    amounts = known if not a.needs else dict.fromkeys(known)
    return {"frame": a.frame, "label": a.label, **amounts, "needs": a.needs}
