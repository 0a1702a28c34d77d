# pyright: basic, reportOptionalOperand=false, reportArgumentType=false
# What is blank has been turned away before any sum.
"""Oracle: セキュリティ対策推進枠 (law text, section 1.4; 2025 公募要領 セキュリティ対策推進枠 2-3)."""

from fractions import Fraction
from math import floor


def _is_yen(value: object) -> bool:
    # section 6b: whole yen, 0 to 10,000,000,000
    return type(value) is int and 0 <= value <= 10_000_000_000


def _size(value: object) -> bool | None:
    """True for 小規模, False for 中小, None for anything else (a blank too: section 6b)."""
    if type(value) is bool:
        return value
    if type(value) is int and value == 1:  # contract: TRUE/FALSE, 1/0, 小規模/中小
        return True
    if type(value) is int and value == 0:
        return False
    if type(value) is str and value == "小規模":
        return True
    if type(value) is str and value == "中小":
        return False
    return None


def subsidy(cost: int | None, small_biz: bool | None, *, year: int = 2026) -> int | None:
    """補助額 in whole yen, 0 below the lower limit; None outside the domain.

    2025 公募要領 2-3 has the same figures: 1/2以内, 小規模事業者は2/3以内, 5万円～150万円.
    """
    if type(year) is not int or year not in (2025, 2026):
        return None
    small = _size(small_biz)
    if small is None:
        return None
    if not _is_yen(cost):
        return None
    if small:
        rate = Fraction(2, 3)  # section 1.4: 小規模事業者 2/3
    else:
        rate = Fraction(1, 2)  # section 1.4: 中小企業 1/2
    amount = floor(cost * rate)  # 1円未満切り捨て
    if amount > 1_500_000:  # section 1.4: ～150万円
        amount = 1_500_000
    if amount < 50_000:  # section 1.4: below 50,000: 0
        return 0
    return amount
