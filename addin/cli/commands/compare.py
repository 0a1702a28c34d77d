"""`hojokin compare`: a quote in every frame."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from addin import answers
from addin.cli.findings import errors
from addin.cli.options import answered, quoted
from addin.cli.text_table import table
from rules import other_applications, schedule, zero_reasons
from rules.advice.options import ranked
from rules.assess import Assessment
from rules.engine.edition import cite
from rules.frames import frame
from workbooks.reading.quote_file import open_checked

HELP = "一つの見積を枠ごとに比べる"
WHY = "足りないもの・申請できない理由・0円の理由"
HEAD = ("枠", "対象経費", "補助額", "自己負担（税抜）", "次の締切", WHY)
TOGETHER = "あわせて申請するとき（2025年の公募要領。2026年は未確認）"
NO_DATE = "―"


def register(parser: argparse.ArgumentParser) -> None:
    """A quote."""
    quoted(parser)


def run(call: argparse.Namespace) -> int:
    """Prints every frame, best first; one that falls has 0 and why; one that lacks inputs is last."""
    found = ranked(open_checked(call.quote)[1])
    lines = [*answers.closed(found), table([HEAD, *map(_row, found)], right=[1, 2, 3]), "", TOGETHER, *_together()]
    return answered(call, "\n".join(lines), answers.frames(found), errors(found[0].findings))


def _row(a: Assessment) -> list[Any]:
    closing = schedule.next_deadline(a.frame, a.on) if a.on else None
    eligible = None if a.needs else a.eligible
    return [a.label, eligible, a.subsidy, a.own_burden, f"{closing or NO_DATE}", zero_reasons.why(a)]


def _together() -> Iterator[str]:
    """What may be applied for at the same time, with the frames that each sentence concerns and its source."""
    for s in other_applications.sentences():
        yield f"・{'・'.join(frame(name).label.split()[-1] for name in s.frames)}: {s.text}（{cite(s.at)}）"
