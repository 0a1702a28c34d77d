"""`hojokin compare`, `check` and `draft`: the commands that read a quote."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from addin.cli.calc import finding_json, findings_text
from addin.cli.text_table import table
from rules import other_applications, schedule, zero_reasons
from rules.advice.advice import short
from rules.advice.options import ranked
from rules.assess import Assessment
from rules.engine.edition import cite
from rules.findings import ERROR
from rules.frames import frame
from workbooks.reading.portal_limits import blanks
from workbooks.reading.quote_file import assess_file, open_checked

WHY = "足りないもの・申請できない理由・0円の理由"
TOGETHER = "あわせて申請するとき（2025年の公募要領。2026年は未確認）"
NO_DATE = "―"


@dataclass(frozen=True)
class Answer:
    """What a command prints, for a person and as data; `found` when an error was among the findings."""

    text: str
    data: dict[str, Any]
    found: bool


def compare(call: argparse.Namespace) -> Answer:
    """Every frame for one quote, best first; one that falls has 0 and why; one that lacks inputs is last."""
    _, quote = open_checked(call.quote)
    found = ranked(quote)
    rows = [
        [a.label, a.eligible if not a.needs else None, a.subsidy, a.own_burden, _closing(a), zero_reasons.why(a)]
        for a in found
    ]
    head = ["枠", "対象経費", "補助額", "自己負担（税抜）", "次の締切", WHY]
    text = "\n".join([*closed(found), table([head, *rows], right=[1, 2, 3]), "", TOGETHER, *_together()])
    return Answer(text, {"late": "".join(closed(found)[:1]), "frames": [_amounts(a) for a in found]}, _errors(found[0]))


def check(call: argparse.Namespace) -> Answer:
    """Every finding of one quote in the frame that it applies for, or in another that the call names."""
    a = assess_file(call.quote, frame(call.frame) if call.frame else None)
    text = f"{a.label}として調べました。\n" + (findings_text(a.findings).strip() or "誤りも警告もありません。")
    empty = blanks(a.quote)
    if empty:
        text += f"\n必須の未記入: {len(empty)}件（最初は {empty[0].address}「{empty[0].label}」）"
    advice = short(a)
    text += "".join(["\n助言（詳しくは hojokin advise）", *(f"\n・{told}" for told in advice)]) if advice else ""
    missing = [{"label": i.label, "cell": i.address} for i in empty]
    found = [finding_json(f) for f in a.findings]
    data = {"frame": a.frame, "label": a.label, "findings": found, "missing": missing, "advice": advice}
    return Answer(text, data, _errors(a))


def draft(call: argparse.Namespace) -> Answer:
    """Word drafts of one quote."""
    from templates.engine.render import drafted  # Word's libraries are loaded by this command alone
    from templates.files.output_folder import kept, told

    a = assess_file(call.quote, frame(call.frame) if call.frame else None)
    done = drafted(a, call.out, call.templates)
    made = done.paths
    if call.pdf:
        from templates.engine.pdf import pdfs
        from templates.engine.proposal_pdf import annexed, made_from

        made += pdfs(made, Path(call.quote), made_from(a, Path(call.quote)), annexed(a))
    files = [str(path) for path in made]
    stayed = [{"new": str(new), "kept": str(old)} for new, old in kept(made)]
    by_hand = {"taken": done.taken, "left": done.left}
    data = {"files": files, "kept": stayed, "by_hand": by_hand, "findings": [finding_json(f) for f in a.findings]}
    return Answer("\n".join([*told(made), *done.told()]) + findings_text(a.findings), data, _errors(a))


def closed(found: list[Assessment]) -> list[str]:
    """That no closing date is left, first of all; nothing where one is, or where the day of application is not given."""
    late = [a.label for a in found if a.on and schedule.next_deadline(a.frame, a.on) is None]
    if not late:
        return []
    day = found[0].on
    which = "どの枠にも" if len(late) == len(found) else "・".join(late) + "に"
    told = f"申請日（{day}）の後に、収録した締切が{which}ありません。その補助額は参考です。事務局の公表で確かめてください。"
    return [told, ""]


def _closing(a: Assessment) -> str:
    found = schedule.next_deadline(a.frame, a.on) if a.on else None
    return f"{found}" if found else NO_DATE


def _together() -> list[str]:
    """What may be applied for at the same time, with the frames that each sentence concerns and its source."""
    return [
        f"・{'・'.join(frame(name).label.split()[-1] for name in s.frames)}: {s.text}（{cite(s.at)}）"
        for s in other_applications.sentences()
    ]


COMMANDS = {"compare": compare, "check": check, "draft": draft}


def _errors(a: Assessment) -> bool:
    return any(f.level == ERROR for f in a.findings)


def _amounts(a: Assessment) -> dict[str, Any]:
    known = {"eligible": a.eligible, "subsidy": a.subsidy, "own_burden": a.own_burden, "out_of_pocket": a.out_of_pocket}
    amounts = known if not a.needs else dict.fromkeys(known)
    return {
        "frame": a.frame,
        "label": a.label,
        **amounts,
        "needs": a.needs,
        "falls": a.falls,
        "why": zero_reasons.why(a),
    }
