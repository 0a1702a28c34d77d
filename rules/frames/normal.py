"""通常枠 (normal): 補助額 in the order of 公募要領 2-3."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from rules import line_limits
from rules import near_minimum_wage as near
from rules.checks.codes import rule, yen
from rules.engine.argument import Argument
from rules.engine.arithmetic import choose, floor, minimum
from rules.engine.edition import Amount, Parameter, Rate, spoken
from rules.engine.steps import Trace
from rules.findings import Finding
from rules.frames.contract import BELOW, Expenses, Frame, Summary
from rules.line_limits import SOFTWARE
from rules.quote import UNREAD, Line, Quote

PROCESSES = tuple(f"P-0{number}" for number in range(1, 8))  # 共P-01 … 共P-05, 各業種P-06 of any industry, 汎P-07
GENERIC = PROCESSES[-1]  # 汎用・自動化・分析ツール
NO_PROCESS = "業務プロセスが0です（汎P-07 だけでは申請できません）"
UNTOLD = "業務プロセス（明細の「プロセス」の列）"
ARGUMENTS = (
    Argument("cost", "yen", "ソフトウェア購入費・導入関連費（円、税抜）"),
    Argument("processes", "count", "業務プロセスの数（共P-01～各業種P-06、汎P-07だけなら0）"),
    Argument("near_min_wage", "flag", "最低賃金近傍の事業者なら TRUE。省くと FALSE", False, True),
)


@dataclass(frozen=True)
class NearRate(Rate):
    """補助率と、最低賃金近傍の事業者の補助率."""

    near: Fraction


@dataclass(frozen=True)
class LowerTier(Parameter):
    """プロセスが少ないときの上限額（円）. Two readings of the same sentence, and which one is used."""

    up_to: int
    strict: int
    strict_at: str  # where `strict` stands, which another document says
    reading: str

    @property
    def cap(self) -> int:
        """The cap in the reading chosen by the page."""
        return {"up_to": self.up_to, "strict": self.strict}[self.reading]


@dataclass(frozen=True)
class Edition:
    """One block of normal.toml."""

    since: date
    document: str
    rate: NearRate
    lower_tier: LowerTier
    tier_from: Amount
    cap: Amount
    upper_tier_from: Amount
    floor_amount: Amount
    rounding: Parameter


def subsidy(q: Any, p: Edition, step: Trace) -> Any:
    """補助額（円）. q has the names of ARGUMENTS; under the lower limit it is 0.

    >>> from types import SimpleNamespace as Q
    >>> from rules.engine.edition import edition
    >>> subsidy(Q(cost=4_000_000, processes=3, near_min_wage=False), edition(Edition), Trace())
    1500000
    """
    rate = choose(q.near_min_wage, p.rate.near, p.rate.rate)
    amount = step("amount", "経費に補助率を掛けた額", floor(q.cost * rate), p.rate.at)
    few = step("few", p.lower_tier.title, choose(q.processes >= 1, p.lower_tier.cap, 0), p.lower_tier.at)
    cap = step(
        "cap", "プロセス数による補助上限額", choose(q.processes >= p.tier_from.value, p.cap.value, few), p.cap.at
    )
    capped = step("capped", "上限を当てた額", minimum(amount, cap), p.cap.at)
    return step("subsidy", p.rounding.title, choose(capped < p.floor_amount.value, 0, capped), p.floor_amount.at)


def processes(line: Line) -> frozenset[str]:
    """The kinds of process of a line: 建P-06 and 製P-06 are one kind, and another code is none.

    >>> sorted(processes(Line(1, processes=frozenset({"共P-01", "建P-06", "製P-06", "共P-09"}))))
    ['P-01', 'P-06']
    """
    return frozenset(kind for kind in PROCESSES for code in line.processes if kind in code)


def accepts(line: Line) -> bool:
    """Whether a software line belongs to this frame: it has a process."""
    return bool(processes(line))


def missing_inputs(quote: Quote, expenses: Expenses) -> str:
    """What the frame still lacks: the processes of the software."""
    if not any(processes(s.line) for s in expenses):
        return UNTOLD
    return UNREAD if near.unread(quote) else ""


def in_upper_tier(c: Any, p: Edition) -> bool:
    """Whether a calculation stands in the upper bracket, which has duties of its own: enough processes, and its minimum
    amount reached. The lower bracket ends at the same yen in the flyer's reading, but stays the lower one."""
    return c.given["processes"] >= p.tier_from.value and c.subsidy >= p.upper_tier_from.value


def arguments_from(quote: Quote, expenses: Expenses) -> dict[str, Any]:
    """Arguments from the quote: distinct processes of the eligible software, where 汎P-07 alone counts as none."""
    kinds = frozenset[str]().union(
        *(processes(s.line) for s in expenses if s.line.category == SOFTWARE and s.reason == 0)
    )
    alone = kinds <= {GENERIC}
    return {"processes": 0 if alone else len(kinds), "near_min_wage": near.of(quote) or False}


def generic(q: Any, p: Edition) -> Any:
    """Whether no process counts."""
    return q.processes <= 0


def below(q: Any, p: Edition) -> Any:
    """Whether the amount does not reach the lower limit."""
    return (q.processes > 0) & (q.capped < p.floor_amount.value)


def at_edge(q: Any, p: Edition) -> Any:
    """Whether the amount is what one of the two readings of the lower tier does not give."""
    return (q.processes >= 1) & (q.processes < p.tier_from.value) & (q.subsidy > p.lower_tier.strict)


def lower(q: Any, p: Edition) -> Any:
    """Whether the processes are those of the upper tier and the amount is not."""
    reached = (q.subsidy >= p.floor_amount.value) & (q.subsidy < p.upper_tier_from.value)
    return (q.processes >= p.tier_from.value) & reached


def findings(c: Any, p: Edition) -> Iterator[Finding]:
    """What is doubtful or lost in one calculation."""
    q, amount = c.known, c.step("capped")
    if generic(q, p):
        yield rule("GENERIC")("業務プロセスが0です。汎P-07 だけでは申請できません。補助額は0円です。")
    if below(q, p):
        message = f"計算した額{yen(amount)}が下限{yen(p.floor_amount.value)}に届かないため、補助額は0円です。"
        yield rule("FLOOR")(message, at=p.floor_amount.at)
    if at_edge(q, p):
        message = (
            f"{p.lower_tier.title}は、リーフレットでは{yen(p.lower_tier.up_to)}まで、公募要領の引用（一致する五つの二次資料）では{yen(p.lower_tier.up_to)}未満です。"
            f"{yen(c.subsidy - p.lower_tier.strict)}少ない額になることがあります。どちらでも下の区分で、{p.tier_from.title}の区分に掛かる賃上げの義務はありません。"
        )
        yield rule("EDGE150")(message, at=p.lower_tier.strict_at)
    if lower(q, p):
        message = f"{p.tier_from.title}ですが{yen(p.upper_tier_from.value)}に届かないため、下の区分として扱われ、その額以上に掛かる賃上げの義務はありません。"
        yield rule("LOWER")(message, at=p.upper_tier_from.at)


def summary(p: Edition, limits: line_limits.Edition) -> Summary:
    """The frame in short words."""
    return Summary(
        "ITツールで業務を効率化し、DXを進める",
        line_limits.usual_costs(limits),
        f"{p.rate.rate}\n最低賃金近傍の事業者（※2） {p.rate.near}",
        f"1～{p.tier_from.value - 1}プロセス {spoken(p.lower_tier.cap)}\n{p.tier_from.value}プロセス以上 {spoken(p.cap.value)}",
        f"{spoken(p.floor_amount.value)}（届かなければ0円）",
        (p.rate.at, p.lower_tier.at, p.cap.at),
    )


FRAME = Frame(
    name="normal",
    label="通常枠",
    arguments=ARGUMENTS,
    parameters=Edition,
    amount=subsidy,
    summary=summary,
    zero_input=("processes", NO_PROCESS),
    zero_otherwise=BELOW,
    deciding=("amount", "cap"),
    line_classes="ⅠⅡⅢ",
    accepts=accepts,
    missing_function="業務プロセスがありません",
    missing_inputs=missing_inputs,
    arguments_from=arguments_from,
    findings=findings,
)
