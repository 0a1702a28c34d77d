"""複数者連携デジタル化・AI導入枠 (group): two formulas with a sum over the members between them.

The member formula is that of the invoice frame, untouched; the engine sums it; `subsidy` takes the sum.
"""

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
from rules.engine.dated_formula import MemberSum
from rules.engine.edition import Amount, CappedRate, Parameter, spoken
from rules.engine.steps import Trace
from rules.findings import Finding
from rules.frames import invoice
from rules.frames.contract import Expenses, Frame, Summary
from rules.quote import UNREAD, Quote

ARGUMENTS = (
    Argument("members", "members", "構成員の表。列は cost, small_biz, functions, pc_cost, register_cost"),
    Argument("analysis_cost", "yen", "(b) 消費動向等分析経費（円、税抜）。省くと0", 0, True),
    Argument("admin_cost", "yen", "(c) 事務費・専門家経費（円、税抜）。省くと0", 0, True),
    Argument("analysis_members", "some_members", "(b) のツールを導入する構成員の数。省くと全員", None, True),
)
COLUMNS = invoice.ARGUMENTS  # of the table of members
TOTALS = (
    Argument("base", "yen", "(a) 構成員ごとの補助額の合計（円）"),
    Argument("count", "some_members", "構成員数"),
    ARGUMENTS[1],
    ARGUMENTS[2],
    Argument("analysis_members", "some_members", "(b) のツールを導入する構成員の数"),
)


@dataclass(frozen=True)
class Admin(CappedRate):
    """事務費・専門家経費: 補助率、上限額（円）、(a)+(b) に対する割合."""

    share: Fraction


@dataclass(frozen=True)
class Edition:
    """One block of group.toml."""

    since: date
    document: str
    members: Amount
    base: Parameter
    analysis: CappedRate
    combined: Amount
    admin: Admin
    rounding: Parameter


def subsidy(q: Any, p: Edition, step: Trace) -> Any:
    """補助額（円）. q has the names of TOTALS: the members' sum and head-count, and the group's own costs.

    >>> from types import SimpleNamespace as Q
    >>> from rules.engine.edition import edition
    >>> totals = Q(base=7_222_220, count=10, analysis_cost=9_000_000, admin_cost=1_200_000, analysis_members=10)
    >>> subsidy(totals, edition(Edition), Trace())
    13022220
    """
    each, c = p.analysis, p.admin
    base = step("base_part", p.base.title, q.base, p.base.at)
    wanted = step("analysis_line", f"{each.title}に補助率を掛けた額", floor(q.analysis_cost * each.rate), each.at)
    ceiling = step(
        "analysis_cap",
        f"{each.title}の上限（1者当たりの額×導入する構成員数）",
        q.analysis_members * each.up_to,
        each.at,
    )
    analysis = step("analysis_part", f"{each.title}の補助額", minimum(wanted, ceiling), each.at)
    together = step("together", "(a)+(b) の合計", base + analysis, p.combined.at)
    combined = step("combined", "(a)+(b) に上限を当てた額", minimum(together, p.combined.value), p.combined.at)
    plain = step("admin_line", f"{c.title}に補助率を掛けた額", floor(q.admin_cost * c.rate), c.at)
    flat = step("admin_flat", f"{c.title}に定額の上限を当てた額", minimum(plain, c.up_to), c.at)
    tenth = step(
        "admin_share",
        f"{c.title}の上限（(a)+(b) の割合に補助率を掛けた額）",
        floor(combined * (c.share * c.rate)),
        c.at,
    )
    admin = step("admin_part", f"{c.title}の補助額", minimum(flat, tenth), c.at)
    return step("subsidy", p.rounding.title, choose(q.count >= p.members.value, combined + admin, 0), p.rounding.at)


# What is missing, and why the frame falls: the sheet says the same words
FEW = "構成員が足りません"
UNTOLD = "構成員の表"
UNREADABLE = "読めない構成員の行の訂正"
TWICE = "同じ法人番号の構成員が2者以上います"
HELPERS = {
    "vendor_corporate_number": "IT導入支援事業者が構成員に入っています",
    "expert_corporate_number": "外部専門家が構成員に入っています",
}


def missing_inputs(quote: Quote, expenses: Expenses) -> str:
    """What the frame still lacks: its members, which a quote for one firm does not tell."""
    if not quote.members:
        return UNTOLD
    if not all(m.readable for m in quote.members):
        return UNREADABLE
    return UNREAD if quote.unread("analysis_cost", "admin_cost", "analysis_members", *HELPERS) else ""


def ineligibility(quote: Quote, expenses: Expenses) -> Iterator[tuple[str, str]]:
    """Every cell for which the frame cannot be applied for, and why: a 法人番号 twice, a helper among the members."""
    told = [(m.corporate_number, m.cell("corporate_number")) for m in quote.members if m.corporate_number]
    for n, (number, cell) in enumerate(told):
        if number in [earlier for earlier, _ in told[:n]]:
            yield cell, TWICE
    for name, why in HELPERS.items():
        for number, cell in told:
            if number == quote.get(name):
                yield cell, why


def arguments_from(quote: Quote, expenses: Expenses) -> dict[str, Any]:
    """Arguments from the quote."""
    rows = [[getattr(m, a.name) for a in COLUMNS] for m in quote.members]
    costs = {name: quote.get(name) for name in ("analysis_cost", "admin_cost")}
    return {"members": rows, **costs, "analysis_members": introducing(quote)}


def introducing(quote: Quote) -> int | None:
    """Members that introduce tools of (b): as typed, or as marked in the table; None where nobody said."""
    if quote.get("analysis_members") is not None:
        return quote.get("analysis_members")
    told = [m.analysis for m in quote.members if m.analysis is not None]
    return sum(told) if told else None


def outlay(quote: Quote) -> int:
    """What the group buys in all（円、税抜）: the members' costs and the group's own."""
    own = sum(quote.get(name, 0) for name in ("analysis_cost", "admin_cost"))
    return own + sum((m.cost or 0) + (m.pc_cost or 0) + (m.register_cost or 0) for m in quote.members)


def few(count: Any, p: Edition) -> Any:
    """Whether the members are fewer than the edition wants."""
    return count < p.members.value


def over(q: Any, p: Edition) -> Any:
    """Whether the group's limit on (a)+(b) takes something."""
    return q.together > q.combined


def held(q: Any, p: Edition) -> Any:
    """Whether the limit on (c) by (a)+(b) takes something."""
    return q.admin_flat > q.admin_part


def beyond_one(q: Any, p: Edition) -> Any:
    """Whether (b) hangs on how many members introduce its tools."""
    return q.analysis_line > p.analysis.up_to


def findings(c: Any, p: Edition) -> Iterator[Finding]:
    """What is doubtful or lost in one calculation."""
    count, q = len(c.given["members"]), c.known
    if few(count, p):
        yield rule("GROUP")(
            f"構成員が{count}者です。{p.members.value}者以上が要ります。補助額は0円です。", at=p.members.at
        )
        return
    if over(q, p):
        lost = q.together - q.combined
        yield rule("GROUPCAP")(f"(a)+(b) が上限を{yen(lost)}超えています。超えた分は補助されません。", at=p.combined.at)
    if held(q, p):
        less = q.admin_flat - q.admin_part
        flyer = c.subsidy + less
        message = f"(c) は公募要領の「(a)+(b)の{p.admin.share}」の定めで{yen(less)}少なくなります。リーフレットの文だけなら合計{yen(flyer)}です。"
        yield rule("GROUPCAP")(message, at=p.admin.at)
    if c.assumed == ("analysis_members",) and beyond_one(q, p):
        message = (
            f"(b) のツールを導入する人数が無いため全員（{count}者）で計算しました。少なければ (b) の上限が下がります。"
        )
        yield rule("HEADCOUNT")(message, at=p.analysis.at)


def summary(p: Edition, limits: line_limits.Edition) -> Summary:
    """The frame in short words."""
    return Summary(
        "商店街など、複数の中小企業が連携してITツールを入れる",
        "(a) インボイス対応類型と同じ経費\n(b) 消費動向等分析経費\n(c) 事務費・専門家経費",
        f"(a) インボイス対応類型と同じ\n(b)・(c) {p.analysis.rate}",
        f"(a)+(b) {spoken(p.combined.value)}\n(b) {spoken(p.analysis.up_to)}×構成員の数\n"
        f"(c) {spoken(p.admin.up_to)}、かつ (a)+(b) の{p.admin.share}×{p.admin.rate}",
        f"なし（構成員{p.members.value}者以上が要る）",
        (p.analysis.at, p.combined.at, p.admin.at),
    )


FRAME = Frame(
    name="group",
    label="複数者連携デジタル化・AI導入枠",
    arguments=ARGUMENTS,
    parameters=Edition,
    amount=subsidy,
    ordered=(("analysis_members", "count"),),
    members=MemberSum(invoice.FRAME, TOTALS),
    summary=summary,
    zero_otherwise=invoice.ONLY_HARDWARE,
    deciding=("base_part", "analysis_part", "combined", "admin_part"),
    missing_inputs=missing_inputs,
    ineligibility=ineligibility,
    ineligible_code="GROUP",
    ineligible_remedy="構成員の表を直してください。",
    arguments_from=arguments_from,
    findings=findings,
    outlay=outlay,
)
