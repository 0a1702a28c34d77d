"""What carrying a quote into the newest form changes in yen, frame by frame, and why as far as it is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rules.assess import Assessment, amounts
from rules.checks.codes import yen
from rules.frames import FRAMES
from rules.frames.contract import Frame
from workbooks.reading.filled import Filled
from workbooks.reading.quote_file import open_checked
from workbooks.reading.read import quote

MOST = 6  # reasons told of one frame
STALE = "もとのファイルの額は、規則で計算した額と違いました。計算し直す前の値か、上書きされた値です。"


@dataclass(frozen=True)
class Change:
    """One frame's 補助額（円）: what the old file held, what the rules give on its date, what the new file gives."""

    frame: str
    label: str
    held: int | None
    old: int | None
    new: int | None
    reasons: tuple[str, ...]


def changes(old: Filled, target: Path) -> list[Change]:
    """Every frame that has an amount before or after."""
    before, now = quote(old), open_checked(target)[1]
    made = [_change(old, amounts(before, frame), amounts(now, frame), frame) for frame in FRAMES]
    return [c for c in made if (c.held, c.old, c.new) != (None, None, None)]


def _change(filled: Filled, old: Assessment, new: Assessment, frame: Frame) -> Change:
    cell = filled.results.get(f"out_{frame.name}_subsidy")
    value = cell.value if cell else None
    held = int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    reasons = [STALE] if held is not None and held != old.subsidy else []
    if old.subsidy != new.subsidy:
        reasons += list(_reasons(old, new))[:MOST]
    return Change(frame.name, frame.label, held, old.subsidy, new.subsidy, tuple(reasons))


def _reasons(old: Assessment, new: Assessment) -> Iterator[str]:
    """The edition, then the lines, then the steps that differ."""
    if old.edition != new.edition:
        since = [f"{a.edition}以降の版" if a.edition else "有効な版なし" for a in (old, new)]
        yield f"版が変わりました: {since[0]} → {since[1]}"
    for label, a in (("もと", old), ("写し", new)):
        if a.needs or a.falls:
            yield (
                f"{label}では計算できません: {a.needs or a.falls}"
                if a.needs
                else f"{label}では申請できません: {a.falls}"
            )
    for one, other in zip(old.expenses, new.expenses, strict=False):
        if one.eligible != other.eligible:
            name = f"{one.line.number}行目「{one.line.item}」の対象経費"
            yield f"{name}: {yen(one.eligible)} → {yen(other.eligible)}（月数・役務などの定め）"
    before = {s.name: s for s in old.calculation.steps} if old.calculation else {}
    after = new.calculation.steps if new.calculation else ()
    for s in after:
        if s.name in before and before[s.name].value != s.value:
            yield f"{s.label}: {yen(before[s.name].value)} → {yen(s.value)}"
