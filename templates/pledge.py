"""賃上げ計画の表明文: what the firm tells its employees, and who heard it."""

from __future__ import annotations

import re
from typing import Any

from rules import minimum_wage, obligations
from rules.assess import Assessment
from rules.edition import edition
from templates import duty, words
from templates.story import UNKNOWN

YEARS = 3
REACHED = "。いまの額はこの目標に届いている"
PERSONS = (
    ("従業員の代表者", "wage_representative", "役員は不可"),
    ("給与の担当者", "wage_payroll", ""),
    ("事業場内最低賃金の従業員", "wage_lowest", ""),
)


def pledge(a: Assessment) -> dict[str, Any]:
    """Everything that the 表明文 prints."""
    get = a.quote.get
    when = get("wage_when")
    return {
        "raises": get("wage_raise") is not False,
        "when": words.day(when) if when else "令和　　年　　月　　日",
        "how": get("wage_how") or UNKNOWN,
        "leader": " ".join(str(v) for v in (get("rep_title"), get("rep_name")) if v) or UNKNOWN,
        "margin": get("wage_margin") or UNKNOWN,
        "payroll": _payroll(a),
        "growth": _growth(a),
        "floor": _floor(a),
        "revision": _revision(a),
        "persons": [{"label": label, "name": get(name) or UNKNOWN, "note": note} for label, name, note in PERSONS],
        "duty": _duty(a),
        "repayment": _repayment(a),
    }


def places(a: Assessment) -> list[str]:
    """What this draft cites."""
    if a.edition is None:
        return []
    p = edition(obligations.Edition, a.on)
    return [*(r.at for r in p.wage if a.frame in r.frames or r == p.wage[0]), p.small.at, *(r.at for r in p.repayment)]


def _payroll(a: Assessment) -> list[dict[str, str]]:
    names = (("直近の決算期", "wage_base"), *((f"計画{n}年目", f"wage_y{n}") for n in range(1, YEARS + 1)))
    return [{"label": label, "value": _yen(a.quote.get(name))} for label, name in names]


def _growth(a: Assessment) -> str:
    base, last = a.quote.get("wage_base"), a.quote.get(f"wage_y{YEARS}")
    if a.edition is None or not base or base < 0 or last is None or last < 0:
        return UNKNOWN
    return words.percent(obligations.growth(base, last, YEARS, a.on))


def _wage(a: Assessment) -> minimum_wage.Wage | None:
    prefecture = a.quote.get("office_prefecture") or a.quote.get("prefecture")
    return minimum_wage.in_force(prefecture, a.on) if prefecture and a.on else None


def _floor(a: Assessment) -> list[dict[str, str]]:
    """The lowest wage in the firm, beside the prefecture's, and the target in yen."""
    wage, own, margin = _wage(a), a.quote.get("office_min_wage"), _margin(a)
    local = f"{words.yen(wage.yen)}（{wage.prefecture}、{words.day(wage.since)}から）" if wage else UNKNOWN
    goal = f"{words.yen(wage.yen + margin)}以上（上の地域別最低賃金＋{margin}円）" if wage and margin else UNKNOWN
    reached = bool(wage and margin and own is not None and own >= wage.yen + margin)
    return [
        {"label": "事業場内最低賃金（時給）", "value": _yen(own)},
        {"label": "地域別最低賃金（時給）", "value": local},
        {"label": "目標とする事業場内最低賃金", "value": f"{goal}{REACHED if reached else ''}"},
    ]


def _margin(a: Assessment) -> int | None:
    """The yen of 賃上げ幅, such as +30円."""
    found = re.search("[0-9]+", str(a.quote.get("wage_margin") or ""))
    return int(found[0]) if found else None


def _revision(a: Assessment) -> str:
    """That the newest revision of the 地域別最低賃金 is not recorded; "" where no figure is used."""
    newest = minimum_wage.years()[-1]
    wage = _wage(a)
    return newest.doubt if wage and wage.since >= min(f.since for f in newest.wage) else ""


def _duty(a: Assessment) -> dict[str, str]:
    """What the subsidy of this quote obliges to."""
    found = duty.duty(a)
    if found is None:
        return {"text": "補助額か小規模事業者かどうかが分からないため、賃上げの義務は判定していない。", "doubt": ""}
    if not found.required:
        return {"text": f"{found.ground}。加点の希望は任意。", "doubt": found.doubt}
    joint = "" if found.ground.endswith("は") else "、"
    return {"text": f"{found.ground}{joint}{'、'.join(found.least)}が求められる。", "doubt": found.doubt}


def _repayment(a: Assessment) -> list[dict[str, str]]:
    """What would be paid back when the promise is missed; nothing where nothing is owed."""
    if a.subsidy is None or a.small_biz is None or a.edition is None:
        return []
    plan = obligations.wage_plan(a.subsidy, bool(a.quote.get("past_grant")), a.small_biz, a.on, a.frame)
    if not plan.required:
        return []
    rows = [r for r in edition(obligations.Edition, a.on).repayment if r.share]
    shown = [r for r in rows if r.missed != "minimum_wage" or plan.minimum_wage_plus is not None]
    return [
        {
            "label": r.title,
            "value": words.yen(obligations.repayment(a.subsidy, r.missed, r.year, a.on)),
            "note": r.doubt,
        }
        for r in shown
    ]


def _yen(value: int | None) -> str:
    return UNKNOWN if value is None else words.yen(value)
