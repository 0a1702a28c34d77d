# pyright: basic, reportOptionalOperand=false, reportArgumentType=false
# What is blank has been turned away before any sum.
"""Oracle: インボイス枠 電子取引類型 (law text, section 1.3; 2025 公募要領 電子取引類型 2-3, 補足1)."""

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
    cost: int | None,
    sme_accounts: int | None,
    total_accounts: int | None,
    large: bool | None = False,
    *,
    year: int = 2026,
) -> int | None:
    """補助額 in whole yen; None outside the domain. 2025 and 2026 have the same figures."""
    if type(year) is not int or year not in (2025, 2026):
        return None
    is_large = _flag(large)
    if is_large is None:
        return None
    if not _is_yen(cost):
        return None
    if type(sme_accounts) is not int or type(total_accounts) is not int:  # a blank total is 'unlimited': no amount
        return None
    if total_accounts < 1 or total_accounts > 100_000:  # section 6b
        return None
    if sme_accounts < 0 or sme_accounts > total_accounts:  # section 6b
        return None
    if is_large:
        rate = Fraction(1, 2)  # section 1.3: 大企業・その他の事業者等 1/2
    else:
        rate = Fraction(2, 3)  # section 1.3, A14: 中小企業・小規模事業者等 2/3
    eligible = Fraction(cost * sme_accounts, total_accounts)  # section 1.3; 2025 補足1: not rounded here
    amount = floor(eligible * rate)  # section 1.3: one floor, at the end
    if amount > 3_500_000:  # section 1.3: ～350万円
        amount = 3_500_000
    return amount  # no lower limit
