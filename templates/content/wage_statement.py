"""賃上げ計画の表明文: what the firm tells its employees, and who heard it."""

from __future__ import annotations

import re

from rules import minimum_wage, obligations, payroll
from rules.assess import Assessment
from rules.engine.edition import edition
from templates import japanese
from templates.content import wage_requirement
from templates.content.narratives import UNKNOWN
from templates.content.words import Duty, Labelled, Noted, Payroll, Pledge

JUDGED = "達成の判定には、効果報告の期間が始まる時の地域別最低賃金が使われます（2025年の公募要領。2026年は未確認）。"
SHORT = "WAGEPLAN"
OPTIONAL = "表明文は、加点などのために賃上げを約束するときだけ使い、約束しないときは渡しません。"
REACHED = "。いまの額はこの目標に届いている"
PERSONS = (
    ("従業員の代表者", "wage_representative", "役員は不可"),
    ("給与の担当者", "wage_payroll", ""),
    ("事業場内最低賃金の従業員", "wage_lowest", ""),
)


def pledge(a: Assessment) -> Pledge:
    """Everything that the 表明文 prints."""
    get = a.quote.get
    when = get("wage_when")
    return {
        "raises": get("wage_raise") is not False,
        "when": japanese.day(when) if when else "令和　　年　　月　　日",
        "how": get("wage_how") or UNKNOWN,
        "leader": " ".join(str(v) for v in (get("rep_title"), get("rep_name")) if v) or UNKNOWN,
        "margin": get("wage_margin") or UNKNOWN,
        "payroll": _payroll(a),
        "growth": _growth(a),
        "floor": _floor(a),
        "revision": _revision(a),
        "persons": [{"label": label, "name": get(name) or UNKNOWN, "note": note} for label, name, note in PERSONS],
        "duty": _duty(a),
        "short": [f.message for f in a.findings if f.code == SHORT],  # a promise below the duty would be rejected
        "repayment": _repayment(a),
    }


def places(a: Assessment) -> list[str]:
    """What this draft cites."""
    if a.edition is None:
        return []
    p = edition(obligations.Edition, a.on)
    plan, wished = payroll.plan(a), None if a.subsidy is None else obligations.bonus(a.subsidy, a.on, a.frame)
    asked = [r.at for r in p.wage if a.frame in r.frames]
    said = [plan.source] if plan else []
    more = [wished.at] if wished else []
    return [*asked, *said, *more, p.payroll.at, p.small.at, *(r.at for r in p.repayment)]


def _payroll(a: Assessment) -> list[Payroll]:
    """Each year's total, head-count and what is left for one head, cut to whole yen."""
    inputs, rows = a.quote.inputs, list[Payroll]()
    for n, label in enumerate(("直近の決算期", *(f"計画{n}年目" for n in range(1, payroll.YEARS + 1)))):
        heads, each = payroll.heads(inputs, n), payroll.per_head(inputs, n)
        rows.append(
            {
                "label": label,
                "value": japanese.known(inputs.get(payroll.PAYROLL[n]), UNKNOWN, japanese.yen),
                "heads": UNKNOWN if heads is None else japanese.decimal(heads),
                "each": UNKNOWN if each is None else japanese.yen(int(each)),
            }
        )
    return rows


def _growth(a: Assessment) -> str:
    """What grows and how fast, as the edition counts it."""
    found = payroll.growth(a)
    if found is None:
        return f"年平均成長率 {UNKNOWN}"
    heads = "（従業員数は変わらないとして）" if found.unchanged else ""
    return f"{found.measure}の年平均成長率 {japanese.percent(found.rate)}{heads}"


def _wage(a: Assessment) -> minimum_wage.Wage | None:
    prefecture = a.quote.get("office_prefecture") or a.quote.get("prefecture")
    return minimum_wage.in_force(prefecture, a.on) if prefecture and a.on else None


def _floor(a: Assessment) -> list[Labelled]:
    """The lowest wage in the firm, beside the prefecture's, and the target in yen."""
    wage, own, margin = _wage(a), a.quote.get("office_min_wage"), _margin(a)
    later = minimum_wage.coming(wage.prefecture, a.on) if wage and a.on else None
    told, aim = _figures(wage, later), later or wage  # a promise outlives the figure of today
    goal = (
        f"{japanese.yen(aim.yen + margin)}以上（{aim.year}の地域別最低賃金＋{margin}円）" if aim and margin else UNKNOWN
    )
    short = aim.yen + margin - own if aim and margin and own is not None else None
    return [
        {"label": "事業場内最低賃金（時給）", "value": japanese.known(own, UNKNOWN, japanese.yen)},
        {"label": "地域別最低賃金（時給）", "value": told},
        {"label": "目標とする事業場内最低賃金", "value": f"{goal}{_distance(short)}"},
    ]


def _distance(short: int | None) -> str:
    """How far the lowest wage of today is from the target."""
    if short is None:
        return ""
    return f"。いまの額はこの目標に{japanese.yen(short)}足りない" if short > 0 else REACHED


def _figures(wage: minimum_wage.Wage | None, later: minimum_wage.Wage | None) -> str:
    """The prefecture's minimum wage in force, and what it becomes."""
    if wage is None:
        return UNKNOWN
    now = f"{japanese.yen(wage.yen)}（{wage.prefecture}、{wage.year}、{japanese.day(wage.since)}から）"
    return f"{now}。{japanese.day(later.since)}からは{japanese.yen(later.yen)}（{later.year}）" if later else now


def _margin(a: Assessment) -> int | None:
    """The yen of 賃上げ幅, such as +30円."""
    found = re.search("[0-9]{1,9}", str(a.quote.get("wage_margin") or ""))
    return int(found[0]) if found else None


def _revision(a: Assessment) -> str:
    """What is not known of the 地域別最低賃金 used, and what it becomes by a revision already recorded."""
    wage = _wage(a)
    if wage is None or a.on is None:
        return ""
    later = minimum_wage.coming(wage.prefecture, a.on)
    said = f"{japanese.day(later.since)}からは{later.year}の{japanese.yen(later.yen)}になります。" if later else ""
    return f"{said}{(later or wage).doubt}{JUDGED}"


def _duty(a: Assessment) -> Duty:
    """What the subsidy of this quote obliges to."""
    found = wage_requirement.duty(a)
    if found is None:
        return {"text": "補助額か小規模事業者かどうかが分からないため、賃上げの義務は判定していません。", "doubt": ""}
    if not found.required:
        return {"text": f"{found.ground}。{OPTIONAL}{wage_requirement.wish(a)}", "doubt": found.doubt}
    joint = "" if found.ground.endswith("は") else "、"
    text = f"{found.ground}{joint}{'、'.join(found.least)}が求められます。{wage_requirement.wish(a)}"
    return {"text": text, "doubt": found.doubt}


def _repayment(a: Assessment) -> list[Noted]:
    """What would be paid back when the promise is missed; nothing where nothing is owed."""
    plan = payroll.plan(a)
    if plan is None or a.subsidy is None or not plan.required:
        return []
    rows = [r for r in edition(obligations.Edition, a.on).repayment if r.share]
    shown = [r for r in rows if r.missed != "minimum_wage" or plan.minimum_wage_plus is not None]
    return [
        {
            "label": r.title,
            "value": japanese.yen(obligations.repayment(a.subsidy, r.missed, r.year, a.on)),
            "note": r.doubt,
        }
        for r in shown
    ]
