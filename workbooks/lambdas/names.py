"""The functions that Excel 365 itself can hold: defined names with a LAMBDA each, and the text as a workbook stores it.

In a file a new function carries `_xlfn.`, a parameter or LET name `_xlpm.`, and an optional parameter, where it is listed,
`_xlop.`; Excel shows none of them. A LAMBDA of functions that Excel does not know by heart would stay `#NAME?`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from rules import applicant, schedule
from rules.engine.edition import documents, editions
from rules.frames import FRAMES, invoice
from rules.frames.contract import Frame
from workbooks.lambdas import lookups
from workbooks.lambdas.frames import frame_lambda

PREFIX = "SUBSIDY_"
MARK = "［Hojokin］"  # a comment that begins with it says that the name is ours
LONGEST, LONGEST_COMMENT = 8_192, 255  # characters of a formula and of a comment that Excel reads
NEW = ("LAMBDA", "LET", "ISOMITTED", "BYROW", "REDUCE", "SEQUENCE")  # functions that need a prefix in a file
TOKEN = re.compile(
    r'(?P<kept>"(?:[^"]|"")*"|#[A-Z/0]+[!?]?)|(?P<gap> +)|\[(?P<left_out>\w+)\]|(?P<word>[A-Za-z_]\w*)(?P<call>\()?'
)


@dataclass(frozen=True)
class Named:
    """A defined name."""

    name: str  # SUBSIDY_INVOICE
    text: str  # =LAMBDA(…), as a person types it
    comment: str

    @property
    def stored(self) -> str:
        """The text as a workbook stores it."""
        return stored(self.text)


def named() -> tuple[Named, ...]:
    """Every function that needs no add-in."""
    frames = [Named(function(f), frame_lambda(f), comment(f"{f.label}の補助額（円）", f.parameters)) for f in FRAMES]
    more = {
        "REQUIRED_COST": (lookups.required_cost(function), "目標の補助額に届く最小の経費（円、税抜）", invoice.Edition),
        "IS_SME": (lookups.is_sme(), "中小企業等なら TRUE", applicant.Edition),
        "IS_SMALL": (lookups.is_small(), "小規模事業者なら TRUE", applicant.Edition),
        "DEADLINE": (lookups.deadline(), "次の締切日", schedule.Edition),
        "EDITION": (lookups.edition_in_force(), "申請日に有効な版", invoice.Edition),
    }
    return (*frames, *(Named(PREFIX + name, text, comment(says, page)) for name, (text, says, page) in more.items()))


def function(frame: Frame) -> str:
    """The name of a frame's function."""
    return PREFIX + frame.name.upper()


def comment(says: str, page: type[Any]) -> str:
    """What Excel's name manager shows: what it is, of which editions, after which document."""
    known = editions(page)
    years = "、".join(f"{e.since.year}年版（{e.since}～）" for e in known)
    return f"{MARK}{says}。版: {years}。出典: {documents()[known[-1].document].title}"


def stored(text: str) -> str:
    """A formula as a workbook stores it.

    >>> stored('=LAMBDA(cost, [as_of], LET(x_ok, IF(ISOMITTED(as_of),#N/A,"as_of"), x_ok))')
    '_xlfn.LAMBDA(_xlpm.cost,_xlop.as_of,_xlfn.LET(_xlpm.x_ok,IF(_xlfn.ISOMITTED(_xlpm.as_of),#N/A,"as_of"),_xlpm.x_ok))'
    """
    return TOKEN.sub(_stored, text.removeprefix("="))


def _stored(match: re.Match[str]) -> str:
    if match["kept"] or match["gap"]:
        return match["kept"] or ""
    if match["left_out"]:
        return f"_xlop.{match['left_out']}"
    word = match["word"]
    if match["call"]:
        return f"_xlfn.{word}(" if word in NEW else f"{word}("
    return word if word in ("TRUE", "FALSE") else f"_xlpm.{word}"
