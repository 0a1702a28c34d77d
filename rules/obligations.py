"""What an applicant promises: 賃上げ計画, 労働生産性 and the 返還 when a wage promise is missed (2-1-1(2), 補足1).

All exact: int and Fraction, never a float.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from rules.engine.argument import NUM, VALUE, Argument, ArgumentError, given
from rules.engine.edition import Amount, Parameter, edition, editions

Exact = int | Fraction
PLAN = (
    Argument("subsidy", "yen", "補助額（円）"),
    Argument("past_recipient", "flag", "過去に交付決定を受けた事業者なら TRUE"),
    Argument("small_biz", "flag", "小規模事業者なら TRUE、それ以外は FALSE"),
)
GRANT = Argument("grant", "yen", "交付された補助金の額（円）")
YEARS = Argument("years", "positive", "年数")


@dataclass(frozen=True)
class FrameDoubt:
    """What is doubtful of a rule in one frame."""

    frame: str
    text: str


@dataclass(frozen=True)
class Doubtful(Parameter):
    """A value of which something is doubtful; "" for nothing."""

    doubt: str


@dataclass(frozen=True)
class Raise(Doubtful):
    """賃上げの要件: from which subsidy (yen), the least 年平均成長率 and the yen above 地域別最低賃金."""

    past: bool  # only for those that were granted before
    upper: bool  # only in the upper bracket of 通常枠
    from_yen: int
    cagr: Fraction
    minimum_wage_plus: int | None
    frames: tuple[str, ...]
    confidence: str
    doubts: tuple[FrameDoubt, ...]  # of a frame that `frames` lacks: whether the rule concerns it is not known

    def unsure(self, frame: str) -> str:
        """What is doubtful of the rule in that frame; "" for nothing."""
        return "".join(d.text for d in self.doubts if d.frame == frame)


@dataclass(frozen=True)
class Payroll(Doubtful):
    """What must grow: 給与支給総額 in all or per head (1人当たり)."""

    per_head: bool


@dataclass(frozen=True)
class Free(Parameter):
    """Why a frame asks for no 賃上げ計画."""

    frame: str


@dataclass(frozen=True)
class Bonus(Doubtful):
    """賃上げによる加点, which an applicant may wish for, from a subsidy of so many yen."""

    frame: str
    from_yen: int


@dataclass(frozen=True)
class Exempt(Doubtful):
    """A trade that needs no 賃上げ計画; `name` is what the applicant chooses."""

    name: str


@dataclass(frozen=True)
class Small(Doubtful):
    """Whether 小規模事業者 are exempt from 賃上げ計画."""

    exempt: bool


@dataclass(frozen=True)
class Target(Doubtful):
    """労働生産性の目標 of a frame; first_year None: none after one year."""

    frame: str
    past: bool
    first_year: Fraction | None
    cagr: Fraction
    years: int


@dataclass(frozen=True)
class Repayment(Doubtful):
    """返還: the share of the grant when a promise is missed in a year of the 効果報告."""

    missed: str  # minimum_wage or payroll
    name: str
    year: int
    share: Fraction


@dataclass(frozen=True)
class Relief(Parameter):
    """When no repayment is asked for."""

    missed: str


@dataclass(frozen=True)
class Edition:
    """One block of obligations.toml."""

    since: date
    document: str
    digits: Amount
    wage: tuple[Raise, ...]
    payroll: Payroll
    free: tuple[Free, ...]
    bonus: tuple[Bonus, ...]
    small: Small
    exempt: tuple[Exempt, ...]
    productivity: tuple[Target, ...]
    repayment: tuple[Repayment, ...]
    relief: tuple[Relief, ...]


@dataclass(frozen=True)
class WagePlan:
    """賃上げ計画: what is required, or that nothing is; doubt is "" or a Japanese sentence."""

    required: bool
    cagr: Fraction | None
    minimum_wage_plus: int | None
    source: str
    doubt: str
    measure: str  # what must grow: 給与支給総額 or 1人当たり給与支給総額


def wage_plan(
    subsidy: int,
    past_recipient: bool,
    small_biz: bool,
    on: date | None = None,
    frame: str = "normal",
    exempt: str | None = None,
    upper: bool = True,
) -> WagePlan:
    """The 賃上げ計画 that a subsidy asks for; the stricter one where several apply. `exempt` names an exempt trade.

    `upper`: whether the application stands in the upper bracket of 通常枠, to which a duty by the amount belongs.

    >>> wage_plan(1_500_000, False, False).cagr, wage_plan(1_499_999, False, False).required
    (Fraction(3, 100), False)
    """
    p = edition(Edition, on)
    q = given(PLAN, {"subsidy": subsidy, "past_recipient": past_recipient, "small_biz": small_biz})
    rules = [r for r in p.wage if (q["past_recipient"] or not r.past) and (upper or not r.upper)]
    asked = [r for r in rules if frame in r.frames and q["subsidy"] >= r.from_yen]
    if not asked:
        unsure = "".join(r.unsure(frame) for r in rules if frame not in r.frames and q["subsidy"] >= r.from_yen)
        ground = next(f.at for f in p.free if f.frame == frame)
        return WagePlan(False, None, None, ground, unsure, p.payroll.label)
    free = [p.small] if q["small_biz"] and p.small.exempt else [e for e in p.exempt if e.name == exempt]
    if free:
        return WagePlan(False, None, None, free[0].at, free[0].doubt, p.payroll.label)
    strictest = max(asked, key=lambda r: r.cagr)
    plus = max((r.minimum_wage_plus for r in asked if r.minimum_wage_plus is not None), default=None)
    doubt = "".join(r.doubt + r.unsure(frame) for r in asked)
    return WagePlan(True, strictest.cagr, plus, strictest.at, doubt, p.payroll.label)


def bonus(subsidy: int, on: date | None = None, frame: str = "normal") -> Bonus | None:
    """The 加点 for a raise at a subsidy; None for a frame that has none.

    >>> bonus(3_000_000, frame="group") is None
    True
    """
    known = [b for b in edition(Edition, on).bonus if b.frame == frame and b.from_yen <= subsidy]
    return max(known, key=lambda b: b.from_yen, default=None)


def exempt_trades() -> tuple[str, ...]:
    """The trades that need no 賃上げ計画, in any edition."""
    known: list[str] = [e.name for page in editions(Edition) for e in page.exempt]
    return tuple(dict.fromkeys(known))


def target(frame: str, past_recipient: bool, on: date | None = None) -> Target | None:
    """The 労働生産性 target of a frame; None for a frame that has none (インボイス枠).

    >>> found = target("normal", past_recipient=True)
    >>> found.cagr if found else None
    Fraction(1, 25)
    """
    known = [t for t in edition(Edition, on).productivity if t.frame == frame and (past_recipient or not t.past)]
    return max(known, key=lambda t: t.cagr, default=None)


def productivity(
    operating_profit: Exact, personnel: Exact, depreciation: Exact, employees: Exact, hours: Exact
) -> Fraction:
    """労働生産性: (営業利益 + 人件費 + 減価償却費) ÷ (従業員数 × 年間平均労働時間), yen per hour.

    >>> productivity(5_000_000, 20_000_000, 1_000_000, 5, 2_000)
    Fraction(2600, 1)
    """
    added = _exact(operating_profit=operating_profit, personnel=personnel, depreciation=depreciation)
    heads, time = _exact(employees=employees, hours=hours)
    if heads <= 0 or time <= 0:
        raise ArgumentError("employees", NUM, "従業員数と年間平均労働時間は0より大きい数で入れてください。")
    return sum(added, Fraction(0)) / (heads * time)


def growth(base: Exact, after: Exact, years: int, on: date | None = None) -> Fraction:
    """年平均成長率 (after/base)^(1/years) − 1, cut toward zero to the digits of the edition (0.1%).

    >>> growth(1000, 1093, 3), growth(1000, 1092, 3)
    (Fraction(3, 100), Fraction(29, 1000))
    """
    first, last = _exact(base=base, after=after)
    n = given((YEARS,), {"years": years})["years"]
    if first <= 0 or last < 0:
        raise ArgumentError("base", NUM, "成長率は、基準の値が0より大きく、後の値が0以上のときに計算できます。")
    scale = 10 ** edition(Edition, on).digits.value
    power = last / first * scale**n  # of the growth factor, counted in units of the last digit
    return Fraction(_root(power, n, up=last < first) - scale, scale)


def repayment(grant: int, missed: str, year: int, on: date | None = None) -> int:
    """返還額（円）when a promise is missed in a year of the plan; fractions of a yen are cut.

    `missed` is minimum_wage (事業場内最低賃金) or payroll (給与支給総額). The reliefs of the edition are not applied.

    >>> repayment(4_500_000, "minimum_wage", 2)
    3000000
    """
    yen = given((GRANT,), {"grant": grant})["grant"]
    rows = edition(Edition, on).repayment
    for row in rows:
        if missed in (row.missed, row.name) and year == row.year:
            return yen * row.share // 1
    known = "、".join(f"{row.missed}（{row.name}）の{row.year}年度目" for row in rows)
    raise ArgumentError("missed", VALUE, f"{missed} の{year}年度目という返還はありません。使えるのは {known} です。")


def _exact(**values: Any) -> list[Fraction]:
    """The values as fractions; what is not exact raises."""
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int | Fraction):
            raise ArgumentError(name, VALUE, f"{name} が整数か分数ではありません。")
    return [Fraction(value) for value in values.values()]


def _root(power: Fraction, n: int, up: bool) -> int:
    """The whole n-th root of a number ≥ 0: the largest below it, or with `up` the smallest above it."""

    def fits(k: int) -> bool:
        return k**n < power if up else k**n <= power

    low, high = -1, 1  # every number to low fits, none from high on once it is doubled far enough
    while fits(high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return high if up else low
