"""The hardware lines: which software each serves, and what for (ソフトウェアの使用に資すること)."""

from __future__ import annotations

from rules import line_limits
from rules.assess import Assessment
from rules.engine.edition import edition
from rules.frames import frame
from rules.quote import Line
from templates.content.words import Device

USE = "hardware_use"  # the input that speaks for every device
NAMELESS = "―"


def devices(a: Assessment) -> list[Line]:
    """The lines of 大分類Ⅳ, in a frame that counts them."""
    if a.edition is None or "Ⅳ" not in frame(a.frame).line_classes:
        return []
    p = edition(line_limits.Edition, a.on)
    return [s.line for s in a.expenses if p.major(s.line.category) == "Ⅳ"]


def rows(a: Assessment) -> list[Device]:
    """Every device with its own 備考; what concerns them all stands once, below the table."""
    return [
        {"item": d.item or NAMELESS, "tool": d.tool or "（ツールの列に記入してください）", "use": d.note or _general(a)}
        for d in devices(a)
    ]


def owed(a: Assessment) -> bool:
    """Whether some device has no word on its use at all."""
    return a.quote.get(USE) is None and any(not d.note for d in devices(a))


def _general(a: Assessment) -> str:
    return (
        "（未記入。備考か「ハードウェアの用途」に記入してください）" if a.quote.get(USE) is None else "下の用途のとおり"
    )
