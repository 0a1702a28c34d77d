"""申請できる事業者: 中小企業等 and 小規模事業者 by industry, and what excludes an applicant (2-1-1, 2-1-2).

Employees are 常時使用する従業員: neither officers nor the sole proprietor.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rules.engine.argument import VALUE, Argument, ArgumentError, given
from rules.engine.edition import Parameter, edition

CAPITAL = Argument("capital", "count", "資本金の額又は出資の総額（円）。無ければ空欄", None, True)
EMPLOYEES = Argument("employees", "count", "常時使用する従業員の数（役員と個人事業主を除く）")


@dataclass(frozen=True)
class Industry(Parameter):
    """業種分類: its limits are inclusive."""

    name: str
    aliases: tuple[str, ...]
    capital: int | None  # yen; None: the capital does not count
    employees: int | None  # None: the limit of one of the industries in `among`
    among: tuple[str, ...]
    small: int | None  # None: never 小規模事業者
    note: str


@dataclass(frozen=True)
class Exclusion(Parameter):
    """申請の対象外となる事業者: a question; はい excludes the applicant from the frames named."""

    key: str
    question: str
    frames: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """One block of applicant.toml."""

    since: date
    document: str
    note: str  # what of the edition is not confirmed
    industry: tuple[Industry, ...]
    exclusion: tuple[Exclusion, ...]


def industries(on: date | None = None) -> tuple[Industry, ...]:
    """The industries (業種) of the edition in force, in the order of the text."""
    return edition(Edition, on).industry


def find(industry: str, on: date | None = None) -> Industry:
    """An industry by its name or an alias.

    >>> find("宿泊業").name
    '旅館業'
    """
    for row in industries(on):
        if industry == row.name or industry in row.aliases:
            return row
    known = "、".join(row.name for row in industries(on))
    raise ArgumentError("industry", VALUE, f"{industry} という業種はありません。使えるのは {known} です。")


def is_sme(industry: str, capital: int | None, employees: int, on: date | None = None, main: str | None = None) -> bool:
    """Whether an applicant is 中小企業等: capital or employees within the limit of its industry.

    `capital` None: there is none (個人事業主など), so that the employees alone decide. `main` is the 主たる業種 that
    組合, 財団, 社団 and NPO法人 need; it may be left out where the answer is the same for every industry.

    >>> is_sme("小売業", 60_000_000, 50), is_sme("小売業", 60_000_000, 51), is_sme("NPO法人", None, 200, main="旅館業")
    (True, False, True)
    """
    q = given((CAPITAL, EMPLOYEES), {"capital": capital, "employees": employees})
    row = find(industry, on)
    if row.capital is not None and q["capital"] is not None and q["capital"] <= row.capital:
        return True
    answers = {q["employees"] <= limit for limit in _limits(row, main, on)}
    if len(answers) > 1:
        wanted = "、".join(row.among)
        message = f"{row.name} は主たる業種で決まります。{wanted} のうちの業種で調べてください。"
        raise ArgumentError("industry", VALUE, message)
    return answers.pop()


def is_small(industry: str, employees: int, on: date | None = None) -> bool:
    """Whether an applicant is 小規模事業者; 医療法人, NPO法人 and the like never are.

    >>> is_small("サービス業", 5), is_small("サービス業", 6), is_small("医療法人", 1)
    (True, False, False)
    """
    count = given((EMPLOYEES,), {"employees": employees})["employees"]
    limit = find(industry, on).small
    return limit is not None and count <= limit


def _limits(row: Industry, main: str | None, on: date | None) -> set[int]:
    """The limits on employees that may apply: one, unless the main industry is needed and not given."""
    if row.employees is not None:
        return {row.employees}
    chosen = row.among if main is None else (find(main, on).name,)
    if not set(chosen) <= set(row.among):
        wanted = "、".join(row.among)
        raise ArgumentError("main", VALUE, f"{main} は{row.name}の主たる業種になりません。使えるのは {wanted} です。")
    return {limit for name in chosen if (limit := find(name, on).employees) is not None}
