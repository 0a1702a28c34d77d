# pyright: basic, reportOptionalOperand=false, reportArgumentType=false
# What is blank has been turned away before any sum.
"""Oracle: the lines of a quote (law text, section 2 and 'Definitions' in section 5)."""

from fractions import Fraction
from math import floor


def _is_yen(value: object) -> bool:
    # section 6b: whole yen, 0 to 10,000,000,000
    return type(value) is int and 0 <= value <= 10_000_000_000


def amount(
    price: int | None, quantity: int | None, months: int | None, contract: str | None, discount: int | None
) -> int | None:
    """Amount of a line, 税抜 (単価, 数量, 月数, 契約, 値引); None when it cannot be known."""
    if discount is None:  # a blank 値引 is no discount
        discount = 0
    if not _is_yen(price) or not _is_yen(discount):
        return None
    if type(quantity) is not int or quantity < 0:
        return None
    if contract == "買取":
        total = price * quantity  # section 5: 単価 × 数量; 月数 is ignored
    elif contract == "月額":
        if type(months) is not int or months < 1:  # section 5: 月数 blank is an error
            return None
        total = price * quantity * months  # section 5: 単価 is per month
    elif contract == "年額":
        if type(months) is not int or months < 1:  # section 5: 月数 blank is an error
            return None
        if months % 12 != 0:  # section 5: 月数 then a multiple of 12
            return None
        total = price * quantity * (months // 12)  # section 5: 単価 is per year
    else:  # section 5, CONTRACT: only these three are eligible
        return None
    total = total - discount  # section 5: − 値引
    if not _is_yen(total):  # below 0, or over 10,000,000,000 (section 6b)
        return None
    return total


def _month_limit(category: int) -> int | None:
    if category == 1:  # section 2: ソフトウェア 24 months (also the row for an お助け隊 service, 24 months)
        return 24
    if category in (2, 3, 4):  # section 2: オプション 12 months
        return 12
    if category == 7:  # section 2: 保守サポート 24 months
        return 24
    return None  # 5, 6 (役務), 8, 9 (ハードウェア): no limit


def _after_months(category: int, cost: int, months: int | None) -> int:
    limit = _month_limit(category)
    if limit is None or months is None:  # 買取 lines have no months and are never cut
        return cost
    if months <= limit:
        return cost
    return cost * limit // months  # proportional, 1円未満切り捨て


def together(category: int, tool: str, software: list[str]) -> bool:
    """Whether a service is bought together with its software; software holds the names in the quote.

    2025 2-2(2), table: カテゴリー6 and 7 「カテゴリー１（ソフトウェア）と対になっている役務を導入する場合に限り、申請可能とする」.
    A line that names no software may belong to any.
    """
    if category not in (6, 7):
        return True
    if tool == "":
        return True
    return tool in software


def eligible(lines: list[tuple[int, int, int | None]]) -> list[tuple[int, int]] | None:
    """(eligible, cut) of each line (category, amount, months), in order; None when a line is not valid."""
    found = []
    services = 0  # 役務 so far
    consulting = None  # the place of the one カテゴリー5 line that counts
    for place, (category, cost, _) in enumerate(lines):
        # 2025 2-2(2), table: カテゴリー5 「１交付申請当たり、１つのみ申請可能とする」; the text does not say which one:
        # the applicant would choose the dearer
        if category == 5 and (consulting is None or cost > lines[consulting][1]):
            consulting = place
    for place, (category, cost, months) in enumerate(lines):
        if type(category) is not int or category < 1 or category > 9:  # section 2: カテゴリー1 to 9
            return None
        if not _is_yen(cost):
            return None
        if months is not None and (type(months) is not int or months < 1):
            return None
        keep = _after_months(category, cost, months)
        if category == 5 and place != consulting:
            found.append((0, cost))
            continue
        if category in (5, 6, 7):  # section 2: 役務 cost ≤ 2,000,000 in all
            room = 2_000_000 - services
            if keep > room:
                keep = room
            services = services + keep
        found.append((keep, cost - keep))
    return found


def spread(amounts: list[int], discount: int) -> list[int] | None:
    """What each line bears of a discount after the total; None where it is above the total.

    The text asks for the price paid (2025 2-2(4)) and says nothing of how a discount on the total is divided: in proportion
    to the amounts, whole yen, the yen left over to the largest fractions, the earlier line first.
    """
    total = sum(amounts)
    if discount > total:
        return None
    if discount == 0:
        return [0 for _ in amounts]
    exact = [Fraction(amount * discount, total) for amount in amounts]
    whole = [floor(part) for part in exact]
    left = discount - sum(whole)
    fractions = sorted([(-(part - floor(part)), place) for place, part in enumerate(exact)])
    for _, place in fractions[:left]:
        whole[place] = whole[place] + 1
    return whole
