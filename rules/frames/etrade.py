"""インボイス枠 電子取引類型 (etrade): 補助額 in the order of 公募要領 2-3."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from rules import line_limits
from rules.engine.argument import Argument
from rules.engine.arithmetic import choose, minimum
from rules.engine.edition import Amount, Parameter, Rate, spoken
from rules.engine.steps import Trace
from rules.frames.contract import Expenses, Frame, Summary
from rules.line_limits import SOFTWARE
from rules.quote import UNREAD, Line, Quote

ARGUMENTS = (
    Argument("cost", "yen", "クラウド利用費（円、税抜、最大2年分）"),
    Argument("sme_accounts", "some_accounts", "取引先の中小企業等が使うアカウント数"),
    Argument("total_accounts", "accounts", "契約する受注側アカウントの総数"),
    Argument("large", "flag", "大企業など中小企業でない発注者なら TRUE。省くと FALSE", False, True),
)


@dataclass(frozen=True)
class LargeRate(Rate):
    """補助率と、大企業などの補助率."""

    large: Fraction


@dataclass(frozen=True)
class Edition:
    """One block of etrade.toml."""

    since: date
    document: str
    rate: LargeRate
    cap: Amount
    share: Parameter
    rounding: Parameter


def subsidy(q: Any, p: Edition, step: Trace) -> Any:
    """補助額（円）. q has the names of ARGUMENTS. Cut to whole yen once.

    >>> from types import SimpleNamespace as Q
    >>> from rules.engine.edition import edition
    >>> subsidy(Q(cost=1_200_000, sme_accounts=5, total_accounts=10, large=False), edition(Edition), Trace())
    400000
    """
    rate = choose(q.large, p.rate.large, p.rate.rate)
    share = step("share", p.share.title, q.cost * q.sme_accounts * rate // q.total_accounts, p.share.at)
    return step("subsidy", p.rounding.title, minimum(share, p.cap.value), p.cap.at)


ORDERING = "受発注"  # the function that the software must have
# What is missing, and why the frame falls: the sheet says the same words
NO_ACCOUNTS = "中小企業等の取引先が使うアカウントがありません"
UNTOLD = "取引先のアカウント数（中小企業等の数と総数）"
UNREADABLE = "読めない取引先の行の訂正"
UNLIMITED = "アカウント数に上限の無い契約は対象外です"
BEYOND = "中小企業等のアカウント数（{own:,}）が、契約する総数（{total:,}）を超えています"
SEVERAL = "ソフトウェアが2つ以上あります。この類型で申請できるのは1つだけです"


def accepts(line: Line) -> bool:
    """Whether a software line belongs to this frame: it has 受発注."""
    return ORDERING in line.functions


def missing_inputs(quote: Quote, expenses: Expenses) -> str:
    """What the frame still lacks: the accounts, which a plain quote does not tell."""
    if not all(p.readable for p in quote.partners):
        return UNREADABLE
    deciding = ("large", "accounts_unlimited", "total_accounts", *(() if quote.partners else ("sme_accounts",)))
    if quote.unread(*deciding):
        return UNREAD
    told = accounts(quote) is not None or quote.get("total_accounts") is not None or quote.get("accounts_unlimited")
    return "" if told else UNTOLD


def accounts(quote: Quote) -> int | None:
    """Accounts that 中小企業等 use: of the partners listed, or as typed where none is; None where nothing tells."""
    if quote.partners:
        return sum(p.accounts or 0 for p in quote.partners if p.sme)
    return quote.get("sme_accounts")


def ineligibility(quote: Quote, expenses: Expenses) -> Iterator[tuple[str, str]]:
    """Every cell for which the frame cannot be applied for, and why."""
    own, total = accounts(quote), quote.get("total_accounts")
    if quote.get("accounts_unlimited") or total is None:
        name = "accounts_unlimited" if quote.get("accounts_unlimited") else "total_accounts"
        yield quote.cell(name), UNLIMITED
    elif own is not None and own > total:
        yield _passing(quote, total), BEYOND.format(own=own, total=total)
    named: set[str] = set()
    for line in quote.lines:
        if line.category == SOFTWARE and named and (line.tool or line.item) not in named:
            yield line.cell("tool") or line.cell("item"), SEVERAL
        named |= {line.tool or line.item} if line.category == SOFTWARE else set()


def _passing(quote: Quote, total: int) -> str:
    """The cell at which the accounts pass the total: of a partner listed, or as typed."""
    used = 0
    for partner in quote.partners:
        used += (partner.accounts or 0) if partner.sme else 0
        if used > total:
            return partner.cell("accounts")
    return quote.cell("sme_accounts")


def arguments_from(quote: Quote, expenses: Expenses) -> dict[str, Any]:
    """Arguments from the quote."""
    return {
        "sme_accounts": accounts(quote),
        "total_accounts": quote.get("total_accounts"),
        "large": quote.get("large"),
    }


def summary(p: Edition, limits: line_limits.Edition) -> Summary:
    """The frame in short words."""
    return Summary(
        "発注者が費用を持ち、取引先に受発注ソフトを無償で使ってもらう",
        f"クラウド利用料（最大{limits.software.value}か月）。中小企業等の取引先が使うアカウントの割合の分",
        f"中小企業 {p.rate.rate}、大企業 {p.rate.large}",
        spoken(p.cap.value),
        "なし",
        (p.rate.at, p.cap.at, p.share.at),
    )


FRAME = Frame(
    name="etrade",
    label="インボイス枠 電子取引類型",
    arguments=ARGUMENTS,
    parameters=Edition,
    amount=subsidy,
    ordered=(("sme_accounts", "total_accounts"),),
    summary=summary,
    zero_input=("sme_accounts", NO_ACCOUNTS),
    deciding=("share",),
    line_classes="Ⅰ",
    accepts=accepts,
    missing_function="受発注の機能がありません",
    missing_inputs=missing_inputs,
    ineligibility=ineligibility,
    ineligible_code="ETRADE",
    ineligible_remedy="直すか、その行を除いてください。",
    arguments_from=arguments_from,
)
