"""Oracle: growth, repayment and wage plan (law text, section 4; 2025 公募要領 通常枠 2-1-1(2)(テ)(ト), 補足1)."""

from fractions import Fraction


def _is_yen(value: object) -> bool:
    # section 6b: whole yen, 0 to 10,000,000,000
    return type(value) is int and 0 <= value <= 10_000_000_000


def _is_number(value: object) -> bool:
    return type(value) is int or type(value) is Fraction


def growth(h0: int | Fraction, hn: int | Fraction, n: int) -> Fraction | None:
    """年平均成長率, section 4: ROUNDDOWN((Hn/H0)^(1/n) − 1, 3), toward zero, exact.

    None when h0 is not above 0, hn is below 0, n is not a whole number from 1, or a value is no exact number.
    """
    if not _is_number(h0) or not _is_number(hn) or type(n) is not int:
        return None
    if h0 <= 0 or hn < 0 or n < 1:
        return None
    ratio = Fraction(hn) / Fraction(h0)
    scaled = ratio.numerator * 1000**n  # compare k^n × denominator with numerator × 1000^n
    if ratio >= 1:
        # growth: the largest k with (k/1000)^n <= ratio, k = 1000 + tenths of a percent
        low = 1000
        high = 2000
        while high**n * ratio.denominator <= scaled:
            high = high * 2
        while high - low > 1:  # low always satisfies, high never does
            middle = (low + high) // 2
            if middle**n * ratio.denominator <= scaled:
                low = middle
            else:
                high = middle
        return Fraction(low - 1000, 1000)
    # decline: toward zero, so the smallest k with (k/1000)^n >= ratio
    low = -1
    high = 1000
    while high - low > 1:  # high always satisfies, low never does
        middle = (low + high) // 2
        if middle**n * ratio.denominator >= scaled:
            high = middle
        else:
            low = middle
    return Fraction(high - 1000, 1000)


def repayment(grant: int, missed: str, year: int) -> int | None:
    """返還額 in whole yen when a wage promise is missed in effect-report year 1, 2 or 3 (2025 補足1).

    The exemptions of 補足1 (付加価値額 growth too low, causes beyond control) are not applied here.
    """
    if not _is_yen(grant):
        return None
    if type(year) is not int or year not in (1, 2, 3):
        return None
    if missed == "minimum_wage":  # ケース1: 事業場内最低賃金
        # 補足1: the grant ÷ 3 years × the years from the missed one on, the missed one included.
        # 補足1 is silent on a fraction of a yen; the law text cuts it once, at the end. Cutting after the
        # division would break '全額' in year 1.
        if year == 1:
            return grant  # 例1: 全額
        if year == 2:
            return grant * 2 // 3  # 例2: 2/3
        return grant // 3  # 例3: 1/3
    if missed == "payroll":  # ケース2: 給与支給総額
        if year == 3:
            return grant  # 全額
        return 0  # judged only at the end of the plan, after year 3
    return None


def wage_plan(
    subsidy: int, past_recipient: bool, small_biz: bool, processes: int = 4
) -> tuple[bool, Fraction | None, int | None] | None:
    """賃上げ計画 2026: (required, 1人当たり給与支給総額 CAGR, yen above 地域別最低賃金) (section 4)."""
    if not _is_yen(subsidy):
        return None
    if type(past_recipient) is not bool or type(small_biz) is not bool:
        return None
    if small_biz:  # section 4: 小規模 exempt according to the 2025 text (ト)一; unresolved for 2026
        return (False, None, None)
    if subsidy == 0:  # no grant, no promise
        return (False, None, None)
    # 2025 2-2(4), table: 必須要件 stands in the row of 4 or more processes alone; 1 or more, 150万円未満: 加点項目.
    # 1,500,000 yen with 1 to 3 processes (A1) stays in that row.
    by_amount = subsidy >= 1_500_000 and processes >= 4
    plus = 30 if by_amount else None  # section 4: + 30円 from 1,500,000; the text asks past recipients for the rate
    if past_recipient:  # section 4: recipients of 2022–2025: 2 % + 1.5pt at any amount
        return (True, Fraction(35, 1000), plus)
    if by_amount:  # section 4: 2 % + 1.0pt
        return (True, Fraction(30, 1000), plus)
    return (False, None, None)
