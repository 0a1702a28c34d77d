"""賃上げ計画の義務 in yen for this firm: what must be paid more, what is repaid when a promise is missed, what may free it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from rules import minimum_wage, obligations, payroll
from rules.advice.what_if import Tip, told
from rules.assess import Assessment
from rules.checks.codes import yen
from rules.engine.argument import ArgumentError, kinds
from rules.engine.edition import edition, load
from rules.obligations import WagePlan
from rules.required_cost import least

TEXTS = ("name", "industry", "business", "subject")  # where a firm says what it does


@dataclass(frozen=True)
class PayYear:
    """給与支給総額 of a year of the plan（円）: of one person where the edition counts so, else of the firm."""

    year: int
    needed: int  # the least that keeps the promised growth
    raised: int  # that less the base
    planned: int | None  # as entered, whole yen
    short: int | None  # what the plan lacks; None where nothing is planned
    firm: int | None  # what the whole firm pays more than in the base year


@dataclass(frozen=True)
class Hourly:
    """事業場内最低賃金（円、時間額）against what is promised."""

    prefecture: str
    legal: int
    needed: int
    paid: int | None
    short: int | None
    yearly: int | None  # what one person below it costs more in a year
    at: str


@dataclass(frozen=True)
class Repaid:
    """返還額（円）when a promise is missed in a year of the plan."""

    name: str
    year: int
    yen: int
    at: str


@dataclass(frozen=True)
class Duty:
    """What an application promises, in yen."""

    plan: WagePlan
    person: bool  # whether the years' figures are those of one person
    years: tuple[PayYear, ...]  # empty where the base year is not told
    hourly: Hourly | None
    repaid: tuple[Repaid, ...]
    reliefs: tuple[str, ...]


def duty(a: Assessment) -> Duty | None:
    """The duty that an assessment brings; None where there is none, or it is not known.

    >>> from tests import samples
    >>> from rules.assess import amounts
    >>> from rules.frames import invoice
    >>> found = duty(amounts(samples.of(invoice.FRAME, past_grant=True, small_claim=False, employees=9), invoice.FRAME))
    >>> [(y.year, y.needed, y.raised) for y in found.years] if found else None
    [(1, 4554000, 154000), (2, 4713390, 313390), (3, 4878359, 478359)]
    """
    plan = payroll.plan(a)
    if plan is None or not plan.required or a.subsidy is None:
        return None
    person = edition(obligations.Edition, a.on).payroll.per_head and payroll.per_head(a.quote.inputs, 0) is not None
    reliefs = tuple(r.label for r in edition(obligations.Edition, a.on).relief)
    return Duty(plan, person, tuple(_years(a, plan, person)), _hourly(a, plan), tuple(_repaid(a, plan)), reliefs)


def _years(a: Assessment, plan: WagePlan, person: bool) -> Iterator[PayYear]:
    inputs, base = a.quote.inputs, _paid(a, 0, person)
    if base is None or base <= 0 or plan.cagr is None:
        return
    for year in range(1, payroll.YEARS + 1):
        needed, planned = _needed(base, plan.cagr, year, a), _paid(a, year, person)
        heads = payroll.heads(inputs, year) if person else Fraction(1)
        total, first = needed * (heads or 1), inputs[payroll.PAYROLL[0]]
        yield PayYear(
            year,
            needed,
            _up(needed - base),
            None if planned is None else int(planned),
            None if planned is None else max(_up(needed - planned), 0),
            None if heads is None else max(_up(total - first), 0),
        )


def _paid(a: Assessment, year: int, person: bool) -> Fraction | None:
    """給与支給総額 of a year, of one person or of the firm."""
    if person:
        return payroll.per_head(a.quote.inputs, year)
    total = a.quote.get(payroll.PAYROLL[year])
    return None if total is None else Fraction(total)


def _needed(base: Fraction, cagr: Fraction, years: int, a: Assessment) -> int:
    """The least whole yen whose growth over so many years is enough."""
    high = kinds()["yen"].high or 0
    return least(lambda pay: obligations.growth(base, pay, years, a.on) >= cagr, high)


def _up(yen_: Fraction | int) -> int:
    return -int(-yen_ // 1)


def _hourly(a: Assessment, plan: WagePlan) -> Hourly | None:
    q, plus = a.quote, plan.minimum_wage_plus
    prefecture = q.get("office_prefecture") or q.get("prefecture")
    if plus is None or not prefecture or a.on is None:
        return None
    try:
        legal = minimum_wage.coming(prefecture, a.on) or minimum_wage.in_force(prefecture, a.on)
    except ArgumentError:
        return None
    if legal is None:
        return None
    paid, hours, needed = q.get("office_min_wage"), q.get("fin_hours"), legal.yen + plus
    short = None if paid is None else max(needed - paid, 0)
    yearly = None if short is None or hours is None else _up(short * Fraction(hours))
    return Hourly(legal.prefecture, legal.yen, needed, paid, short, yearly, legal.source)


def _repaid(a: Assessment, plan: WagePlan) -> Iterator[Repaid]:
    for row in edition(obligations.Edition, a.on).repayment:
        if row.missed == "payroll" or plan.minimum_wage_plus is not None:
            yield Repaid(row.name, row.year, obligations.repayment(a.subsidy or 0, row.missed, row.year, a.on), row.at)


def questions(a: Assessment) -> Iterator[Tip]:
    """What would free the firm from the duty, if it applies: as questions, those that its own words suggest first."""
    plan = payroll.plan(a)
    if plan is None or not plan.required or not a.subsidy:
        return
    trades = [e for e in edition(obligations.Edition, a.on).exempt if _frees(a, e.name)]
    risk = max((r.yen for r in _repaid(a, plan)), default=0)
    likely = [e for e in trades if e.name in _suggested(a)]
    for e in likely:
        text = f"賃上げ要件の適用外の「{e.name}」（{e.label}）に当たりませんか。当たれば賃上げ計画の義務（未達なら最大{yen(risk)}の返還）がなくなります。"
        yield Tip("exempt", text, risk, a.frame, a.subsidy, a.subsidy, {"wage_exempt": e.name}, e.at, e.doubt)
    others = "、".join(f"「{e.name}」" for e in trades if e not in likely)
    if others and not likely:
        text = f"賃上げ要件の適用外になる事業（{others}）を営んでいれば、賃上げ計画の義務はありません。"
        yield Tip("exempt_any", text, 0, a.frame, a.subsidy, a.subsidy, {}, trades[0].at, trades[0].doubt, near=False)


def _frees(a: Assessment, trade: str) -> bool:
    """Whether naming a trade takes the duty away."""
    plan = payroll.plan(replace(a, quote=told(a.quote, wage_exempt=trade)))
    return plan is not None and not plan.required


def _suggested(a: Assessment) -> set[str]:
    said = " ".join(str(a.quote.get(name) or "") for name in TEXTS)
    page = load(Path(__file__).with_name("exemptions.toml"))["exemption"]
    return {row["name"] for row in page if any(word in said for word in row["words"])}


def tips(a: Assessment) -> Iterator[Tip]:
    """The duty in sentences: what is at stake, what the plan lacks."""
    yield from questions(a)
    found = duty(a)
    if found is None:
        return
    last = found.years[-1] if found.years else None
    who = "1人当たり" if found.person else ""
    if last and last.short:
        text = (
            f"賃上げ計画は、{last.year}年目の{who}給与支給総額が必要な{yen(last.needed)}に{yen(last.short)}足りません。"
        )
        yield Tip("pay_short", text, 0, a.frame, a.subsidy, a.subsidy, at=found.plan.source, doubt=found.plan.doubt)
    if found.hourly and found.hourly.short:
        h = found.hourly
        text = f"事業場内最低賃金は時給{yen(h.needed)}（{h.prefecture}の地域別最低賃金{yen(h.legal)}＋{h.needed - h.legal}円）以上が要り、今より{yen(h.short or 0)}足りません。"
        yield Tip("wage_short", text, 0, a.frame, a.subsidy, a.subsidy, at=h.at, doubt=found.plan.doubt)
