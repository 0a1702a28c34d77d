"""Which looks of cells show a number as a date or as a span of time, and the day that a number is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time, timedelta

from rules.excel_values import LAST_SERIAL, moment
from workbooks.files.markup import main, tree

DATE, SPAN = "date", "span"
BUILT_IN = {**dict.fromkeys((*range(14, 23), 27, *range(28, 37), 45, 47, *range(50, 59)), DATE), 46: SPAN}
ASIDE = re.compile(r'"[^"]*"|\\.|[_*].|general|e[+-]', re.IGNORECASE | re.DOTALL)  # letters that stand for themselves
ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
BRACKET = re.compile(r"\[[^\]]*\]")  # a colour, a condition, a language
PART_OF_DATE = re.compile("[ymdhsge]", re.IGNORECASE)


def looks(styles: bytes) -> Sequence[str]:
    """For each look by its number: DATE, SPAN or ""."""
    root = tree(styles)
    space = main(root, "styleSheet")
    own = {f.get("numFmtId", ""): kind(f.get("formatCode", "")) for f in root.iterfind(f"{space}numFmts/{space}numFmt")}
    numbers = (xf.get("numFmtId", "0") for xf in root.iterfind(f"{space}cellXfs/{space}xf"))
    built_in = {str(number): what for number, what in BUILT_IN.items()}
    return [own.get(number, built_in.get(number, "")) for number in numbers]


def kind(code: str) -> str:
    """What a number format shows.

    >>> kind('yyyy"年"m"月"d"日"'), kind("[h]:mm"), kind('#,##0"days"'), kind("[Red]0.00E+00"), kind("General")
    ('date', 'span', '', '', '')
    """
    bare = ASIDE.sub("", code)
    if ELAPSED.search(bare):
        return SPAN
    return DATE if PART_OF_DATE.search(BRACKET.sub("", bare)) else ""


def shown(serial: float, look: str) -> float | date | time | timedelta:
    """A number as the date, the time or the span that its look shows; as it is where it can be none."""
    if not look or not 0 <= serial < LAST_SERIAL + 1:
        return serial
    if look == SPAN:
        return timedelta(serial)
    return moment(serial)
