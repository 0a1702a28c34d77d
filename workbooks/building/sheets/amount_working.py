"""Cells of 補助額 that other cells need and that have no name of their own: right of the printed part."""

from __future__ import annotations

from rules.frames.contract import Frame
from workbooks.building.formula_text import absolute
from workbooks.form import amount_layout
from workbooks.form.amount_layout import AMOUNT, SECTIONS, Section

RAW, GATE = "J", "K"  # a value before its check; #N/A where a frame has no amount
REDUCED, TAXED, AGREED = (absolute(AMOUNT, f"{RAW}{amount_layout.BASIS + at}") for at in (1, 2, 3))
LISTED, LESS, LEFT = (absolute(AMOUNT, f"{GATE}{amount_layout.BASIS + at}") for at in (1, 2, 3))  # 合計からの値引
CLOSING, DECISION, REPORT, FIRST, DOUBT, LAST = (  # 公募の回
    absolute(AMOUNT, f"L{amount_layout.BASIS + at}") for at in range(1, 7)
)
HIGH, LOW = (absolute(AMOUNT, f"M{amount_layout.BASIS + at}") for at in (1, 2))  # and its two parts
LINE_TAX, LINE_GROSS = (absolute(AMOUNT, f"{letter}{amount_layout.BASIS + 4}") for letter in (RAW, GATE))


def section(frame: Frame) -> Section:
    """The section of a frame."""
    return next(s for s in SECTIONS if s.frame is frame)


def state(s: Section) -> str:
    """The number of what a frame lacks, or why it falls; 0 where it can be calculated."""
    return absolute(AMOUNT, f"{RAW}{s.state}")


def lacks(s: Section) -> str:
    """Whether a frame lacks something."""
    return absolute(AMOUNT, f"{RAW}{s.state + 1}")


def gate(s: Section) -> str:
    """1 where a frame is calculated, an error otherwise."""
    return absolute(AMOUNT, f"{GATE}{s.state}")


def words(s: Section) -> str:
    """What a frame lacks, or why it falls, in words."""
    return absolute(AMOUNT, f"B{s.state}")


def outlay(s: Section) -> str:
    """All that is bought, 税抜."""
    return absolute(AMOUNT, f"{RAW}{s.totals[1].row}")


def gross(s: Section) -> str:
    """All that is paid, 税込."""
    return absolute(AMOUNT, f"{RAW}{s.totals[2].row}")


def tax(s: Section) -> str:
    """消費税 on all that is bought."""
    return absolute(AMOUNT, f"{RAW}{s.totals[0].row}")
