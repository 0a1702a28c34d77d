"""Oracle: 複数者連携デジタル化・AI導入枠 (law text, section 1.5; 2025 公募要領 複数社連携IT導入枠 2-4)."""

from fractions import Fraction
from math import floor

from . import invoice


def _is_yen(value: object) -> bool:
    # section 6b: whole yen, 0 to 10,000,000,000
    return type(value) is int and 0 <= value <= 10_000_000_000


def _is_blank(row: tuple) -> bool:
    """A row blank in all columns is not a member (section 6b)."""
    for value in row:
        if value is not None:
            return False
    return True


def _analysis(cost: int, heads: int) -> int:
    """(b) 消費動向等分析経費."""
    amount = floor(cost * Fraction(2, 3))  # section 1.5: 2/3
    if amount > 500_000 * heads:  # section 1.5: 50万円×グループ構成員数
        amount = 500_000 * heads
    return amount


def _admin(cost: int, ab: int) -> int:
    """(c) 事務費・専門家経費."""
    amount = floor(cost * Fraction(2, 3))  # section 1.5: 2/3
    if amount > 2_000_000:  # section 1.5: 200万円
        amount = 2_000_000
    # section 1.5, A4: 10 % of the subsidy (a)+(b) after its cap, times 2/3
    tenth = floor(ab * Fraction(10, 100) * Fraction(2, 3))
    if amount > tenth:
        amount = tenth
    return amount


def parts(
    members: list[tuple],
    analysis_cost: int | None = 0,
    admin_cost: int | None = 0,
    analysis_members: int | None = None,
    *,
    year: int = 2026,
) -> dict[str, int] | None:
    """a, b, ab (after the cap), c and subsidy; None outside the domain. Same figures in 2025 and 2026."""
    if type(year) is not int or year not in (2025, 2026):
        return None
    if analysis_cost is None:  # section 6b: a blank optional argument means its default
        analysis_cost = 0
    if admin_cost is None:
        admin_cost = 0
    if not _is_yen(analysis_cost) or not _is_yen(admin_cost):
        return None
    a = 0
    count = 0
    for row in members:
        if len(row) != 5:  # cost, small_biz, functions, pc_cost, register_cost
            return None
        if _is_blank(row):
            continue
        one = invoice.subsidy(row[0], row[1], row[2], row[3], row[4], year=year)
        if one is None:  # section 6b: every error in any argument comes back, used or not
            return None
        a = a + one  # section 1.5 (a): the sum over members of section 1.1
        count = count + 1
    if count > 10_000:  # section 6b: members up to 10,000
        return None
    if analysis_members is None:
        heads = count  # section 1.5, A5: otherwise all members
    else:
        if type(analysis_members) is not int or analysis_members < 0 or analysis_members > count:
            return None
        heads = analysis_members  # section 1.5, A5: the members that introduce (b) tools
    if count < 10:  # section 1.5: at least 10 members (10者以上)
        return {"a": 0, "b": 0, "ab": 0, "c": 0, "subsidy": 0}
    b = _analysis(analysis_cost, heads)
    ab = a + b
    if ab > 30_000_000:  # section 1.5, A7: (a)+(b) 3,000万円まで, the sum is capped
        ab = 30_000_000
    c = _admin(admin_cost, ab)
    return {"a": a, "b": b, "ab": ab, "c": c, "subsidy": ab + c}


def subsidy(
    members: list[tuple],
    analysis_cost: int | None = 0,
    admin_cost: int | None = 0,
    analysis_members: int | None = None,
    *,
    year: int = 2026,
) -> int | None:
    """補助額 of the whole group; None outside the domain."""
    found = parts(members, analysis_cost, admin_cost, analysis_members, year=year)
    if found is None:
        return None
    return found["subsidy"]
