"""The five frames (枠・類型). A new frame is a module, its TOML page, and one line here."""

from __future__ import annotations

from types import ModuleType

from rules.engine.argument import VALUE, ArgumentError
from rules.frames import etrade, group, invoice, normal, security

FRAMES = (normal, invoice, etrade, security, group)


def frame(name: str) -> ModuleType:
    """The frame of that name, in English (`invoice`) or Japanese (`インボイス対応類型`).

    >>> frame("通常枠").NAME
    'normal'
    """
    for module in FRAMES:
        if name in (module.NAME, module.LABEL, module.LABEL.split()[-1]):
            return module
    known = "、".join(f"{m.NAME}（{m.LABEL}）" for m in FRAMES)
    raise ArgumentError("frame", VALUE, f"{name} という枠はありません。使えるのは {known} です。")
