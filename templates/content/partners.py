"""電子取引類型: 按分計算書, 取引先一覧 and 取引先同意書 as text."""

from __future__ import annotations

from rules.assess import Assessment
from rules.engine.edition import edition, spoken
from rules.frames import etrade
from rules.quote import Partner
from templates import japanese
from templates.content import narratives
from templates.content.narratives import UNKNOWN
from templates.content.words import Consent, Noted, Option, PartnerRow, PartnerTotals

NONE = "―"


def shares(a: Assessment) -> list[Noted]:
    """The steps of the 按分, each with its arithmetic."""
    own, total = etrade.accounts(a.quote), a.quote.get("total_accounts")
    mine, whole = japanese.known(own, UNKNOWN), japanese.known(total, UNKNOWN)
    cost = a.part("cost")
    known = None not in (own, total) and a.calculation is not None
    part = japanese.yen(cost * (own or 0) // (total or 1)) if known else UNKNOWN
    rows = [
        ("クラウド利用費（補助対象の月数まで）", japanese.yen(cost), "明細は「経費内訳・補助額計算書」"),
        ("① 契約する受注側アカウントの総数", whole, "使う予定のないもの、中小企業等以外のものも数える"),
        ("② うち中小企業・小規模事業者等のアカウント数", mine, "事業者の数ではなくアカウントの数"),
        ("②／①", f"{mine}／{whole}", "約分・四捨五入をせずに掛ける"),
        ("按分後の補助対象経費", part, "利用費×②÷①（1円未満を切り捨てて表示。補助額は切り捨てる前の値から計算）"),
        ("補助率", _rate(a), "発注者の区分による"),
        (
            "補助額",
            UNKNOWN if a.subsidy is None else japanese.yen(a.subsidy),
            f"利用費×②×補助率÷①（上限{_most(a)}まで、1円未満切り捨て）",
        ),
    ]
    return [{"label": label, "value": value, "note": note} for label, value, note in rows]


def partners(a: Assessment) -> list[PartnerRow]:
    """Every 取引先 of the quote, then the accounts of the contract that no 取引先 has."""
    rows = [_partner(number, p) for number, p in enumerate(a.quote.partners, 1)]
    rest = _rest(a)
    if rest <= 0:
        return rows
    last: PartnerRow = {
        "number": NONE, "corporate_number": NONE, "sme": NONE, "counted": NONE, "consent": NONE,
        "name": "割当なし", "accounts": japanese.number(rest), "note": "契約の総数との差",
    }  # fmt: skip
    return [*rows, last]


def totals(a: Assessment) -> PartnerTotals:
    """The last row of the list, and how many consents are still out."""
    listed = a.quote.partners
    waiting = sum(p.sme is not False and p.consent is not True for p in listed)
    return {
        "firms": f"{japanese.number(len(listed))}者",
        "smes": f"{japanese.number(sum(p.sme is True for p in listed))}者",
        "accounts": japanese.number(_listed(a) + max(_rest(a), 0)),
        "counted": japanese.number(sum(p.accounts or 0 for p in listed if p.sme)),
        "open": japanese.number(waiting) if waiting else "",
    }


def _listed(a: Assessment) -> int:
    return sum(p.accounts or 0 for p in a.quote.partners)


def _rest(a: Assessment) -> int:
    """Accounts of the contract beyond those listed; 0 where nothing is listed."""
    return (a.quote.get("total_accounts") or 0) - _listed(a) if a.quote.partners else 0


def consents(a: Assessment) -> list[Consent]:
    """A 取引先同意書 for each 中小企業等 whose consent is still out; one blank form where there is none."""
    named = [p for p in a.quote.partners if p.sme is not False and p.consent is not True]
    return [_consent(p) for p in named] or [_consent(None)]


def excluded() -> list[Option]:
    """What a partner must not be, in short."""
    return [{"text": text} for text in narratives.consent()["excluded"]]


def places() -> list[str]:
    """What the consent is cited from."""
    return [narratives.consent()["at"]]


def _partner(number: int, p: Partner) -> PartnerRow:
    return {
        "number": str(number),
        "name": p.name or UNKNOWN,
        "corporate_number": p.corporate_number or NONE,
        "sme": _answer(p.sme),
        "accounts": japanese.known(p.accounts, UNKNOWN),
        "counted": japanese.number(p.accounts or 0) if p.sme else NONE,
        "consent": "☑" if p.consent else "☐",
        "note": p.note or NONE,
    }


def _consent(p: Partner | None) -> Consent:
    return {
        "name": (p.name if p else "") or "　　　　　　　　　　　　",
        "corporate_number": (p.corporate_number if p else None) or "　　　　　　　　　　　　",
        "accounts": japanese.known(p.accounts, UNKNOWN) if p else "　　",
    }


def _answer(value: bool | None) -> str:
    return UNKNOWN if value is None else "はい" if value else "いいえ"


def _most(a: Assessment) -> str:
    return spoken(edition(etrade.Edition, a.on).cap.value) if a.edition else ""


def _rate(a: Assessment) -> str:
    if a.edition is None:
        return UNKNOWN
    p = edition(etrade.Edition, a.on).rate
    large = bool(a.quote.get("large"))
    return f"{spoken(p.large if large else p.rate)}（{'中小企業・小規模事業者等以外' if large else '中小企業・小規模事業者等'}）"
