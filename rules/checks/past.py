"""Checks of what went before and stands beside: an earlier grant, the same processes, another frame, 役務 too dear."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.assess import Assessment
from rules.checks.codes import rule, yen
from rules.dates import months_after
from rules.findings import WARNING, Finding
from rules.frames import FRAMES, frame, normal
from rules.line_limits import CONSULTING, SETUP, SOFTWARE, SUPPORT

UNSEEN = "（2025年の公募要領による。2026年の原文は未確認）"
SERVICES = (CONSULTING, SETUP, SUPPORT)  # 役務
ALONE = ("normal", "invoice", "etrade")  # frames that a member of a group may not apply for at the same time


def earlier(a: Assessment) -> Iterator[Finding]:
    """EARLIER: less than 12 months since a grant, where the frame bars that."""
    found, granted = rule("EARLIER"), a.quote.get("past_date")
    grants = found.data["grants"].get(a.frame)
    if not granted or not grants or a.on is None or not a.on < months_after(granted, found.data["months"]):
        return
    message = (
        f"前の交付決定（{granted}）から{found.data['months']}か月たっていません。前の年度の{grants}で受けた交付決定なら、"
        f"この枠には申請できません{UNSEEN}。前に受けた枠と2026年の公募要領を確かめてください。"
    )
    yield found(message, a.quote.cell("past_date"), at=found.data["places"][a.frame])


def same(a: Assessment) -> Iterator[Finding]:
    """SAME: the software has the processes of an earlier grant: all of them, or some."""
    told = a.quote.get("past_processes")
    before = {kind for kind in normal.PROCESSES for word in re.split("[、,，\\s]+", str(told or "")) if kind in word}
    software = [s.line for s in a.shares if s.line.category == SOFTWARE and s.reason == 0]
    now = {kind for line in software for kind in normal.processes(line)}
    if not before & now:
        return
    shared = "、".join(sorted(before & now))
    if before == now:
        message = f"プロセス（{shared}）が前に受けたソフトウェアと完全に同じです。不採択になります{UNSEEN}。"
    else:
        message = f"プロセス（{shared}）が前に受けたソフトウェアと重なります。減点されます{UNSEEN}。"
    yield rule("SAME")(message, a.quote.cell("past_processes"))


def together(a: Assessment) -> Iterator[Finding]:
    """TOGETHER: another application of the same period that 2025 does not allow beside this one."""
    found, cell = rule("TOGETHER"), a.quote.cell("also_applied")
    also = {f.name for f in FRAMES for label in a.quote.get("also_applied") or () if label == f.label}
    barred = also & set(ALONE) if a.frame == "group" else also & {"group"} if a.frame in ALONE else set[str]()
    if barred:
        names = "・".join(frame(name).label for name in sorted(barred))
        message = f"{a.label}と{names}には、同じ期間に重ねて申請できません{UNSEEN}。どちらか一つにしてください。"
        yield found(message, cell, at=found.data["group"])
    if a.frame in also:
        message = f"{a.label}に同時に二つの申請はできません{UNSEEN}。一つにまとめてください。"
        yield found(message, cell)


def dear(a: Assessment) -> Iterator[Finding]:
    """DEARSERVICE: 役務 costs several times as much as the software; the law gives no number."""
    found = rule("DEARSERVICE")
    services = sum(s.eligible for s in a.shares if s.line.category in SERVICES)
    software = sum(s.eligible for s in a.shares if s.line.category == SOFTWARE)
    if not software or services <= software * found.data["times"]:
        return
    first = next(s.line for s in a.shares if s.line.category in SERVICES and s.eligible)
    message = (
        f"役務（{yen(services)}）がソフトウェア（{yen(software)}）の{found.data['times']}倍を超えています。役務の割合が著しく高額でないことが要件です"
        f"{UNSEEN}。基準の数字は無いので、内訳と理由を説明できるようにしてください。"
    )
    yield found(message, first.cell("price"))


def founded(a: Assessment) -> Iterator[Finding]:
    """SELF: a firm that an earlier recipient founded counts as the same person."""
    if a.quote.get("founded_by_recipient"):
        message = (
            "過去に交付を受けた個人事業主が設立した法人と答えています。同一の者とみなされ、申請は1者だけ、前の交付の条件も掛かります"
            f"{UNSEEN}。"
        )
        at = "koubo-2025-invoice#2-1-2(2)②"
        yield rule("SELF")(message, a.quote.cell("founded_by_recipient"), at=at, level=WARNING)


CHECKS = (earlier, same, together, dear, founded)
