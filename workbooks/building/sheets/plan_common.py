"""計画: what its parts have in common: the years, how a growth is computed, the words of a verdict."""

from __future__ import annotations

from fractions import Fraction

from rules import obligations
from workbooks.building.formula_text import per_edition

YEARS = ("基準年（直近決算期）", "1年目", "2年目", "3年目")
MET, MISSED, NONE, BLANK = "達成", "未達", "目標なし", "未入力"
PERCENT = "0.0%"


def share(rate: Fraction) -> str:
    """A rate as a cell takes it."""
    return f"{rate.numerator}/{rate.denominator}"


def growth(base: str, after: str, years: int) -> str:
    """`rules.obligations.growth`: cut toward zero to the digits of the edition.

    What a binary root leaves behind (2.9999999999999996 for 3) is far below the eighth decimal of the last digit.
    """

    def text(e: obligations.Edition) -> str:
        scale = 10**e.digits.value
        root = f"({after}/{base})^(1/{years})"
        return f"ROUNDDOWN(ROUND({scale}*{root}-{scale},8),0)/{scale}"

    return f"IF({base}>0,IF({after}<0,#NUM!,{per_edition(obligations.Edition, text)}),#NUM!)"
