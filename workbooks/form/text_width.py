"""How many columns a text takes: Japanese letters are twice as wide as others."""

from __future__ import annotations

from unicodedata import east_asian_width

TERMINAL, PRINT = (
    "FW",
    "FWA",
)  # what is wide: Japanese fonts print ambiguous letters (①, ×) wide, terminals show them narrow


def width(text: str, wide: str = PRINT) -> int:
    """Half-width columns of a text.

    >>> width("補助額 1"), width("①"), width("①", TERMINAL)
    (8, 2, 1)
    """
    return sum(2 if east_asian_width(letter) in wide else 1 for letter in text)
