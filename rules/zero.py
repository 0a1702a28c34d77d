"""Why a frame pays nothing for a quote, in the words that the comparison, the sheet and the drafts say."""

from __future__ import annotations

from rules import lines
from rules.assess import Assessment

NO_COST = "対象になる経費がありません"
HARDWARE = "ソフトウェアの経費が0円なので、ハードウェアだけでは対象になりません"
GENERIC = "業務プロセスが0です（汎P-07 だけでは申請できません）"
ACCOUNTS = "中小企業等の取引先が使うアカウントがありません"
BELOW = "計算した額が下限に届きません"
FEW = "構成員が足りません"
SAYING = {"HARDONLY": HARDWARE, "GENERIC": GENERIC, "ACCOUNTS": ACCOUNTS, "FLOOR": BELOW, "GROUP": FEW}


def why(a: Assessment) -> str:
    """The reason for a subsidy of 0 or for none; "" where something is paid.

    >>> from tests.samples import assessment
    >>> why(assessment())
    ''
    """
    if a.needs or a.falls or a.subsidy:
        return a.needs or a.falls
    if not a.eligible:
        return "。".join([NO_COST, *_reasons(a)])
    said = [code for code in SAYING if any(f.code == code for f in a.findings)]
    return next((_told(a, code) for code in said), NO_COST)


def _reasons(a: Assessment) -> list[str]:
    """Why the lines do not count, each once."""
    return list(dict.fromkeys(lines.REASONS[share.reason] for share in a.shares if share.reason))


def _told(a: Assessment, code: str) -> str:
    """The finding's own sentence, which has the yen, where it speaks of the amount; otherwise the common one."""
    found = next(f.message for f in a.findings if f.code == code)
    return found.rstrip("。") if code in ("FLOOR", "GROUP") else SAYING[code]
