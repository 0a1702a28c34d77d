"""The five frames (枠・類型). A new frame is a module, its TOML page, and one line here."""

from __future__ import annotations

from rules.engine.argument import VALUE, ArgumentError
from rules.frames import etrade, group, invoice, normal, security
from rules.frames.contract import Frame

FRAMES: tuple[Frame, ...] = (normal.FRAME, invoice.FRAME, etrade.FRAME, security.FRAME, group.FRAME)


def frame(name: str) -> Frame:
    """The frame of that name, in English (`invoice`) or Japanese (`インボイス対応類型`).

    >>> frame("通常枠").name
    'normal'
    """
    for each in FRAMES:
        if name in (each.name, each.label, each.label.split()[-1]):
            return each
    known = "、".join(f"{f.name}（{f.label}）" for f in FRAMES)
    raise ArgumentError("frame", VALUE, f"{name} という枠はありません。使えるのは {known} です。")
