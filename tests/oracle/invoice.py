# pyright: basic, reportOptionalOperand=false, reportArgumentType=false
# What is blank has been turned away before any sum.
"""Oracle: インボイス枠 インボイス対応類型 (law text, section 1.1; 2025 公募要領 インボイス対応類型 2-3)."""

from fractions import Fraction
from math import floor


def _is_year(value: object) -> bool:
    return type(value) is int and value in (2025, 2026)  # editions 2025 and 2026


def _is_yen(value: object) -> bool:
    # section 6b: whole yen, 0 to 10,000,000,000; a bool, a float, a fraction or a text is no amount
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


def _software(cost: int, small: bool, functions: int) -> int:
    """ソフトウェア・オプション・役務: two marginal tiers on the subsidy (section 1.1)."""
    if small:
        rate = Fraction(4, 5)  # section 1.1: 小規模事業者 4/5 on the first 500,000 of subsidy
    else:
        rate = Fraction(3, 4)  # section 1.1: 3/4 on the first 500,000 of subsidy
    first = cost * rate
    if first <= 500_000:  # section 1.1: 補助額50万円以下の部分
        exact = first
    else:
        used_up = Fraction(500_000) / rate  # the cost that fills the first tier: 666,666 2/3 or 625,000 (A2)
        exact = 500_000 + (cost - used_up) * Fraction(2, 3)  # section 1.1: 50万円超の部分 2/3, any size
    amount = floor(exact)  # section 1.1, A3: floored once per component
    if functions == 1:
        cap = 500_000  # section 1.1: 1機能 ～50万円
    else:
        cap = 3_500_000  # section 1.1: 2機能以上 ～350万円
    if amount > cap:
        amount = cap
    return amount  # no lower limit: 補助下限は無く


def _pc(cost: int) -> int:
    """PC・タブレット・プリンター・スキャナー・複合機."""
    amount = floor(cost * Fraction(1, 2))  # section 1.1: 1/2
    if amount > 100_000:  # section 1.1: ～10万円 in total
        amount = 100_000
    return amount


def _register(cost: int) -> int:
    """レジ・券売機."""
    amount = floor(cost * Fraction(1, 2))  # section 1.1: 1/2
    if amount > 200_000:  # section 1.1: ～20万円 in total
        amount = 200_000
    return amount


def steps(
    cost: int | None,
    small_biz: bool | None,
    functions: int | None = 2,
    pc_cost: int | None = 0,
    register_cost: int | None = 0,
    *,
    year: int = 2026,
) -> dict[str, int] | None:
    """The components and their sum; None outside the domain. 2025 and 2026 have the same figures."""
    if not _is_year(year):
        return None
    small = _size(small_biz)
    if small is None:
        return None
    if functions is None:  # section 6b: a blank optional argument means its default
        functions = 2
    if pc_cost is None:
        pc_cost = 0
    if register_cost is None:
        register_cost = 0
    if not _is_yen(cost) or not _is_yen(pc_cost) or not _is_yen(register_cost):
        return None
    if type(functions) is not int or functions < 1:  # section 6b: functions 1 or more
        return None
    if cost == 0:  # section 1.1: hardware with no software: 0
        return {"software": 0, "pc": 0, "register": 0, "subsidy": 0}
    software = _software(cost, small, functions)
    pc = _pc(pc_cost)
    register = _register(register_cost)
    return {"software": software, "pc": pc, "register": register, "subsidy": software + pc + register}


def subsidy(
    cost: int | None,
    small_biz: bool | None,
    functions: int | None = 2,
    pc_cost: int | None = 0,
    register_cost: int | None = 0,
    *,
    year: int = 2026,
) -> int | None:
    """補助額 in whole yen; None outside the domain."""
    found = steps(cost, small_biz, functions, pc_cost, register_cost, year=year)
    if found is None:
        return None
    return found["subsidy"]
