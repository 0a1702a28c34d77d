"""従業員数: the number that the size is judged by, beside the numbers of each kind of employment, which may contradict it.

常時使用する従業員 are those whose dismissal must be announced (労働基準法第20条): all regular employees are, 派遣 are their
agency's, and part-timers may lawfully be left out.
"""

from __future__ import annotations

from rules import applicant
from rules.engine.argument import ArgumentError
from rules.quote import PERSON, Quote

REGULAR = "staff_regular"  # 正規雇用
DECIDING = ("industry", "employees", REGULAR, "small_claim")  # the inputs that the size follows from
KINDS = (REGULAR, "staff_contract", "staff_part", "staff_other")  # all but 派遣


def least(quote: Quote) -> int | None:
    """The employees that there are at least: 常時使用, or 正規雇用 where that is more; None where neither is told.

    >>> least(Quote({"employees": 5, "staff_regular": 30}, ())), least(Quote({}, ()))
    (30, None)
    """
    told = [n for name in ("employees", REGULAR) if (n := quote.get(name)) is not None]
    return max(told, default=None)


def everyone(quote: Quote) -> int | None:
    """All whom the firm employs itself; None while a kind is not told.

    >>> everyone(Quote({"staff_regular": 4, "staff_contract": 0, "staff_part": 3, "staff_other": 0}, ()))
    7
    """
    told = [quote.get(name) for name in KINDS]
    return None if None in told else sum(n for n in told if n is not None)


def small(quote: Quote) -> bool | None:
    """Whether the applicant is 小規模事業者: its true size; the claim where the size cannot be told.

    None while a cell that decides cannot be read."""
    if quote.unread(*DECIDING):
        return None
    claim, industry = quote.get("small_claim"), quote.get("industry")
    if industry is None:
        return claim
    within = applicant.is_small(industry, least(quote) or 0, quote.applied_on)  # some industries never are
    if quote.get("employees") is None:  # there may be more than are told
        return claim if within else False
    return within and claim is not False


def sme(quote: Quote, count: int | None) -> bool | None:
    """Whether the applicant is 中小企業等 with so many employees; None where that cannot be told."""
    industry, capital = quote.get("industry"), quote.get("capital")
    person = quote.get("kind") == PERSON
    if industry is None or count is None:
        return None
    try:
        within = applicant.is_sme(industry, None if person else capital, count, quote.applied_on)
    except ArgumentError:
        return None
    return None if capital is None and not person and not within else within


def sizes(quote: Quote, count: int) -> tuple[bool, bool | None]:
    """小規模 and 中小企業等 with so many employees: what hangs on the number."""
    industry = quote.get("industry")
    return (
        industry is not None and applicant.is_small(industry, count, quote.applied_on),
        sme(quote, count),
    )


def changes_size(quote: Quote, count: int) -> bool:
    """Whether the size is another with so many employees than with 常時使用する従業員数 as told."""
    return sizes(quote, count) != sizes(quote, quote.inputs["employees"])
