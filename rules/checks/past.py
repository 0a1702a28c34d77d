"""Checks of what went before and stands beside: an earlier grant, the same processes, another frame, 役務 too dear."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from rules.assess import Assessment, Expense
from rules.checks.codes import UNSEEN, rule, yen
from rules.checks.entry import Check, later
from rules.checks.facts import Facts, of_categories
from rules.engine.condition import among, either, mentions
from rules.findings import WARNING, Finding
from rules.frames import FRAMES, frame, group, normal
from rules.frames.contract import Frame
from rules.line_limits import SERVICES, SOFTWARE

EARLIER, DEAR = rule("EARLIER").data, rule("DEARSERVICE").data
LONG_AGO = date(1901, 1, 1)  # no grant was given then
ALONE = ("normal", "invoice", "etrade")  # frames that a member of a group may not apply for at the same time


def _before(f: Any, kind: str) -> Any:
    """Whether the software of an earlier grant has a kind of process."""
    return mentions(f.given("past_processes", ""), (kind,))


def _same(a: Assessment) -> str:
    f = Facts(a)
    before, now = [k for k in normal.PROCESSES if _before(f, k)], [k for k in normal.PROCESSES if f[k]]
    shared = "、".join(k for k in now if k in before)
    if before == now:
        return f"プロセス（{shared}）が前に受けたソフトウェアと完全に同じです。不採択になります{UNSEEN}。"
    return f"プロセス（{shared}）が前に受けたソフトウェアと重なります。減点されます{UNSEEN}。"


def _barred(module: Frame) -> Sequence[Frame]:
    """The frames that 2025 does not allow beside this one."""
    alone = [f for f in FRAMES if f.name in ALONE]
    return alone if module is group.FRAME else [group.FRAME] if module in alone else []


def _together(module: Frame) -> Check:
    """TOGETHER: another application of the same period that is not allowed beside this one."""

    def message(a: Assessment) -> str:
        also = sorted(f.name for f in _barred(module) if _named(Facts(a), f))
        names = "・".join(frame(name).label for name in also)
        return f"{a.label}と{names}には、同じ期間に重ねて申請できません{UNSEEN}。どちらか一つにしてください。"

    def condition(f: Any) -> Any:
        return either(_named(f, other) for other in _barred(module))

    return Check("TOGETHER", "also_applied", message, condition, frames=(module,), at=rule("TOGETHER").data["group"])


def _named(f: Any, module: Frame) -> Any:
    """Whether a frame is applied for, too: by its short name, which ends the long one."""
    return mentions(f.given("also_applied", ""), (module.label.split()[-1],))


def _twice(module: Frame) -> Check:
    """TOGETHER: the same frame twice."""
    message = f"{{a.label}}に同時に二つの申請はできません{UNSEEN}。一つにまとめてください。"
    return Check("TOGETHER", "also_applied", message, lambda f: _named(f, module), frames=(module,))


def _earlier(a: Assessment) -> Finding:
    granted, grants = a.quote.get("past_date"), EARLIER["grants"][a.frame]
    message = (
        f"前の交付決定（{granted}）から{EARLIER['months']}か月たっていません。前の年度の{grants}で受けた交付決定なら、"
        f"この枠には申請できません{UNSEEN}。前に受けた枠と2026年の公募要領を確かめてください。"
    )
    return rule("EARLIER")(message, at=EARLIER["places"][a.frame])


def _dear(a: Assessment, expense: Expense) -> str:
    services, software = yen(of_categories(a, *SERVICES)), yen(of_categories(a, SOFTWARE))
    return (
        f"役務（{services}）がソフトウェア（{software}）の{DEAR['times']}倍を超えています。役務の割合が著しく高額でないことが要件です"
        f"{UNSEEN}。基準の数字は無いので、内訳と理由を説明できるようにしてください。"
    )


CHECKS = (
    Check(
        "EARLIER", "past_date", _earlier,
        lambda f: f["on"] < later(f.given("past_date", LONG_AGO), EARLIER["months"]),
        frames=tuple(f for f in FRAMES if f.name in EARLIER["grants"]),
    ),
    Check("SAME", "past_processes", _same, lambda f: either(_before(f, kind) & f[kind] for kind in normal.PROCESSES)),
    *(_together(f) for f in FRAMES if _barred(f)),
    *(_twice(f) for f in FRAMES),
    Check(  # the law gives no number
        "DEARSERVICE", "lines.price", _dear,
        lambda f: (f["software_cost"] > 0) & (f["services_cost"] > f["software_cost"] * DEAR["times"]),
        row=lambda line: among(line["category"], SERVICES) & (line["line_eligible"] > 0), first=True,
    ),
    Check(
        "SELF.founded", "founded_by_recipient",
        f"過去に交付を受けた個人事業主が設立した法人と答えています。同一の者とみなされ、申請は1者だけ、前の交付の条件も掛かります{UNSEEN}。",
        lambda f: f.says("founded_by_recipient"), level=WARNING, at="koubo-2025-invoice#2-1-2(2)②",
    ),
)  # fmt: skip
