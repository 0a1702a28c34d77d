# pyright: basic, reportOptionalOperand=false, reportArgumentType=false
# What is blank has been turned away before any sum.
"""Oracle: 通常枠 (law text, section 1.2; 2025 公募要領 通常枠 2-2(3), 2-2(4), 2-3)."""

from fractions import Fraction
from math import floor


def _is_yen(value: object) -> bool:
    # section 6b: whole yen, 0 to 10,000,000,000
    return type(value) is int and 0 <= value <= 10_000_000_000


def _flag(value: object) -> bool | None:
    if value is None:  # section 6b: a blank optional argument means its default, FALSE
        return False
    if type(value) is bool:
        return value
    if type(value) is int and value == 1:
        return True
    if type(value) is int and value == 0:
        return False
    return None


def subsidy(
    cost: int | None, processes: int | None, near_min_wage: bool | None = False, *, year: int = 2026
) -> int | None:
    """補助額 in whole yen, 0 when not eligible; None outside the domain."""
    if type(year) is not int or year not in (2025, 2026):
        return None
    near = _flag(near_min_wage)
    if near is None:
        return None
    if not _is_yen(cost):
        return None
    if type(processes) is not int or processes < 0:  # section 6b: processes 0 or more
        return None
    if processes == 0:  # section 6b: 0 processes: not eligible
        return 0
    if near:
        rate = Fraction(2, 3)  # section 1.2: 最低賃金近傍の事業者 2/3, both brackets
    else:
        rate = Fraction(1, 2)  # section 1.2: 1/2
    amount = floor(cost * rate)  # 1円未満切り捨て
    if processes >= 4:
        if amount > 4_500_000:  # section 1.2: 4 or more processes, up to 4,500,000
            amount = 4_500_000
        # computed below 1,500,000: allowed, lower bracket (section 1.2; 2025 2-2(4))
    else:
        if year == 2026:
            cap = 1_500_000  # section 1.2 and A1: the flyer, 5万円～150万円
        else:
            cap = 1_499_999  # 2025 公募要領 2-3: 5万円～150万円未満
        if amount > cap:
            amount = cap
    if amount < 50_000:  # section 1.2, A12: below 50,000 not eligible
        return 0
    return amount
