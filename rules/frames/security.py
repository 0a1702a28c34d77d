"""セキュリティ対策推進枠 (security): 補助額 in the order of 公募要領 2-3."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from rules import line_limits
from rules.checks.codes import rule, yen
from rules.engine.argument import Argument
from rules.engine.arithmetic import choose, floor, minimum
from rules.engine.edition import Amount, Parameter, Rate, spoken
from rules.engine.steps import Trace
from rules.findings import Finding
from rules.frames.contract import BELOW, Expenses, Frame, Summary
from rules.line_limits import SOFTWARE
from rules.quote import UNREAD, Line, Quote

ARGUMENTS = (
    Argument("cost", "yen", "サイバーセキュリティお助け隊サービスの利用料（円、税抜、最大2年分）"),
    Argument("small_biz", "flag", "小規模事業者なら TRUE、それ以外は FALSE"),
)


@dataclass(frozen=True)
class SmallRate(Rate):
    """補助率と、小規模事業者の補助率."""

    small: Fraction


@dataclass(frozen=True)
class Edition:
    """One block of security.toml."""

    since: date
    document: str
    rate: SmallRate
    cap: Amount
    floor_amount: Amount
    rounding: Parameter


def subsidy(q: Any, p: Edition, step: Trace) -> Any:
    """補助額（円）. q has the names of ARGUMENTS; under the lower limit it is 0.

    >>> from types import SimpleNamespace as Q
    >>> from rules.engine.edition import edition
    >>> subsidy(Q(cost=240_000, small_biz=True), edition(Edition), Trace())
    160000
    """
    amount = floor(q.cost * choose(q.small_biz, p.rate.small, p.rate.rate))
    amount = step("amount", "利用料に補助率を掛けた額", amount, p.rate.at)
    capped = step("capped", "上限を当てた額", minimum(amount, p.cap.value), p.cap.at)
    return step("subsidy", p.rounding.title, choose(capped < p.floor_amount.value, 0, capped), p.floor_amount.at)


SERVICE = "お助け隊"  # サイバーセキュリティお助け隊サービス, as 機能 of a line
# What is missing, and why the frame falls: the sheet says the same words
UNTOLD = "サイバーセキュリティお助け隊サービスの明細（機能に「お助け隊」）"
GRANTED = "過去にサイバーセキュリティお助け隊サービスで交付を受けているため、申請できません"
UNLISTED = "IPAの「サイバーセキュリティお助け隊サービスリスト」の番号がありません"


def accepts(line: Line) -> bool:
    """Whether a software line belongs to this frame: it is a service of the IPA list."""
    return SERVICE in line.functions


def missing_inputs(quote: Quote, expenses: Expenses) -> str:
    """What the frame still lacks: a line for such a service."""
    found = any(s.line.category == SOFTWARE and accepts(s.line) for s in expenses)
    if found and quote.unread("otasuke_granted", "otasuke_number"):
        return UNREAD
    return "" if found else UNTOLD


def ineligibility(quote: Quote, expenses: Expenses) -> Iterator[tuple[str, str]]:
    """Every cell for which the frame cannot be applied for, and why."""
    if quote.get("otasuke_granted"):
        yield quote.cell("otasuke_granted"), GRANTED
    if not quote.get("otasuke_number"):
        yield quote.cell("otasuke_number"), UNLISTED


def below(q: Any, p: Edition) -> Any:
    """Whether the amount does not reach the lower limit."""
    return q.capped < p.floor_amount.value


def findings(c: Any, p: Edition) -> Iterator[Finding]:
    """What is doubtful or lost in one calculation."""
    if below(c.known, p):
        message = f"計算した額{yen(c.step('capped'))}が下限{yen(p.floor_amount.value)}に届かないため、補助額は0円です。"
        yield rule("FLOOR")(message, at=p.floor_amount.at)


def summary(p: Edition, limits: line_limits.Edition) -> Summary:
    """The frame in short words."""
    return Summary(
        "サイバー攻撃に備える",
        f"サイバーセキュリティお助け隊サービスの利用料（最大{limits.software.value}か月）※1",
        f"中小企業 {p.rate.rate}、小規模 {p.rate.small}",
        spoken(p.cap.value),
        f"{spoken(p.floor_amount.value)}（届かなければ0円）",
        (p.rate.at, p.cap.at),
    )


FRAME = Frame(
    name="security",
    label="セキュリティ対策推進枠",
    arguments=ARGUMENTS,
    parameters=Edition,
    amount=subsidy,
    summary=summary,
    zero_otherwise=BELOW,
    deciding=("amount",),
    line_classes="Ⅰ",
    month_limits={SOFTWARE: "otasuke_months"},
    accepts=accepts,
    missing_function="サイバーセキュリティお助け隊サービスではありません",
    missing_inputs=missing_inputs,
    ineligibility=ineligibility,
    ineligible_code="OTASUKE",
    ineligible_remedy="ほかの枠を選ぶか、申請者シートの番号と答えを直してください。",
    findings=findings,
)
