"""インボイス枠 電子取引類型 (etrade): 補助額 in the order of 公募要領 2-3."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from rules.argument import Argument
from rules.edition import Amount, Parameter, Rate
from rules.findings import Finding
from rules.lines import SOFTWARE
from rules.number import choose, least
from rules.quote import Line, Quote
from rules.trace import Trace

NAME, LABEL = "etrade", "インボイス枠 電子取引類型"
ARGUMENTS = (
    Argument("cost", "yen", "クラウド利用費（円、税抜、最大2年分）"),
    Argument("sme_accounts", "some_accounts", "取引先の中小企業等が使うアカウント数"),
    Argument("total_accounts", "accounts", "契約する受注側アカウントの総数"),
    Argument("large", "flag", "大企業など中小企業でない発注者なら TRUE。省くと FALSE", False, True),
)
WITHIN = (("sme_accounts", "total_accounts"),)  # the first may not exceed the second


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
    most: Amount
    share: Parameter
    rounding: Parameter


def subsidy(q: Any, p: Edition, step: Trace) -> Any:
    """補助額（円）. q has the names of ARGUMENTS. Cut to whole yen once.

    >>> from types import SimpleNamespace as Q
    >>> from rules.edition import edition
    >>> subsidy(Q(cost=1_200_000, sme_accounts=5, total_accounts=10, large=False), edition(Edition), Trace())
    400000
    """
    rate = choose(q.large, p.rate.large, p.rate.rate)
    share = step("share", p.share.title, q.cost * q.sme_accounts * rate // q.total_accounts, p.share.at)
    return step("subsidy", p.rounding.title, least(share, p.most.value), p.most.at)


DECIDING = ("share",)  # the steps that say why, in one sentence
MAJORS = "Ⅰ"
LIMITS: dict[int, str] = {}
LACKING = "受発注の機能がありません"
NEVER = range(2, 8)  # カテゴリー of Ⅱ オプション and Ⅲ 役務


def serves(line: Line) -> bool:
    """Whether a software line belongs to this frame: it has 受発注."""
    return "受発注" in line.functions


def needs(quote: Quote, shares: Any) -> str:
    """What the frame still lacks: the accounts, which a plain quote does not tell."""
    told = accounts(quote) is not None or quote.get("total_accounts") is not None or quote.get("accounts_unlimited")
    return "" if told else "取引先のアカウント数（中小企業等の数と総数）"


def accounts(quote: Quote) -> int | None:
    """Accounts that 中小企業等 use: of the partners listed, or as typed where none is; None where nothing tells."""
    if quote.partners:
        return sum(p.accounts or 0 for p in quote.partners if p.sme)
    return quote.get("sme_accounts")


def software(quote: Quote) -> frozenset[str]:
    """The software in the quote, by the names of its tools."""
    return frozenset(line.tool or line.item for line in quote.lines if line.category == SOFTWARE)


def falls(quote: Quote, shares: Any) -> str:
    """Why the frame cannot be applied for at all; "" where it can."""
    own, total = accounts(quote), quote.get("total_accounts")
    if quote.get("accounts_unlimited") or total is None:
        return "アカウント数に上限の無い契約は対象外です"
    if own is not None and own > total:
        return f"中小企業等のアカウント数（{own:,}）が、契約する総数（{total:,}）を超えています"
    if len(software(quote)) > 1:
        return "ソフトウェアが2つ以上あります。この類型で申請できるのは1つだけです"
    if any(s.line.category is not None and s.line.category in NEVER for s in shares):
        return "オプションか役務の行があります。この類型の対象はクラウド利用費だけです"
    return ""


def derived(quote: Quote, shares: Any) -> dict[str, Any]:
    """Arguments from the quote."""
    return {
        "sme_accounts": accounts(quote),
        "total_accounts": quote.get("total_accounts"),
        "large": quote.get("large"),
    }


def findings(c: Any, p: Edition) -> Iterator[Finding]:
    """What is doubtful or lost in one calculation: nothing beyond the quote's own checks."""
    return iter(())
