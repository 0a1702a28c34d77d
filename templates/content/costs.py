"""The lines, totals and steps of the 経費内訳・補助額計算書 as text."""

from __future__ import annotations

from typing import Any, cast

from rules import line_limits, schedule
from rules.assess import Assessment, Expense
from rules.checks.codes import codes
from rules.checks.lines import travelling
from rules.engine.edition import edition, spoken
from rules.findings import ERROR, LEVELS, Finding
from rules.frames import etrade, frame
from rules.quote import FUNCTIONS, Line
from templates import japanese
from templates.content import citations, narratives, portal_entries
from templates.content.narratives import SOFTWARE, UNKNOWN
from templates.content.words import Entry, Labelled, LineRow, Noted, Pair, Software, Step, Sums, Told
from workbooks.form import layout

NONE = "―"  # nothing to say in this cell
RATES = (
    ("near", "near_min_wage", "最低賃金近傍の事業者"),
    ("large", "large", "大企業など"),
    ("small", "small_biz", "小規模事業者"),
)  # a rate's other value, the argument that chooses it, and whom it is for
BESIDE = 2  # letters of a unit that fit beside the number


def _closed(a: Assessment) -> str:
    """That there is no closing date left to apply for."""
    late = a.on is not None and schedule.next_deadline(a.frame, a.on) is None
    return "（収録した締切が申請日の後に無く、参考）" if late else ""


def amounts(a: Assessment) -> list[Noted]:
    """The totals; where one cannot be known the reason stands in its place, never 0."""
    return [
        amount(*_base(a), apportioned(a) or "上限を当てた後の額"),
        amount("補助額", a.subsidy, f"{a.label}　申請日の版による見込み{_closed(a)}{_capped(a)}", refusal(a)),
        amount("自己負担（税抜）", a.own_burden, "見積の合計（税抜）− 補助額"),
        amount("支払総額（税込）", a.gross, "見積の合計＋消費税（税率ごとに切り捨て）。先に全額を支払う"),
        amount("手出し（税込）", a.out_of_pocket, "実質負担額。支払総額 − 補助額（補助金が入った後に残る負担）"),
    ]


def _base(a: Assessment) -> tuple[str, int | None]:
    """What the subsidy starts from: 電子取引類型 has to share it first."""
    label = "クラウド利用費（税抜、按分の前）" if a.frame == etrade.FRAME.name else "補助対象経費（税抜）"
    return label, a.eligible if a.total is not None else None


def apportioned(a: Assessment) -> str:
    """電子取引類型: how the fee becomes 按分後の補助対象経費; "" elsewhere or where it is not known."""
    own, total = etrade.accounts(a.quote), a.quote.get("total_accounts")
    if a.frame != etrade.FRAME.name or a.calculation is None or own is None or not total:
        return ""
    share = japanese.yen(a.part("cost") * own // total)
    return f"按分後の補助対象経費: {japanese.yen(a.part('cost'))}×{own}／{total} ＝ {share}（1円未満切り捨て）"


def _capped(a: Assessment) -> str:
    """電子取引類型: the cap beside the amount."""
    if a.frame != etrade.FRAME.name or a.edition is None:
        return ""
    return f"。按分後の補助対象経費×補助率、上限{spoken(edition(etrade.Edition, a.on).cap.value)}"


def refusal(a: Assessment) -> str:
    """Why there is no amount; "" where there is one."""
    return "" if a.subsidy is not None else japanese.lacking(a.needs)


def table(a: Assessment) -> list[LineRow]:
    """Every line of the quote, with what counts of it and why the rest does not."""
    return [_line(expense, a) for expense in a.expenses]


def sums(a: Assessment) -> Sums:
    """The last row of the table."""
    if a.total is None:
        return {"amount": NONE, "eligible": NONE, "cut": NONE}
    amount, eligible, cut = map(japanese.number, (a.total, a.eligible, a.total - a.eligible))
    return {"amount": amount, "eligible": eligible, "cut": cut}


def premises(a: Assessment) -> list[Labelled]:
    """The arguments of the calculation."""
    if a.calculation is None:
        return []
    labels = {x.name: x for x in frame(a.frame).arguments}
    rows: list[Labelled] = [
        {"label": _premise(labels[name].doc), "value": _argument(labels[name].kind, value)}
        for name, value in a.calculation.given.items()
        if name in labels
    ]
    return rows + _rate(a)


def _rate(a: Assessment) -> list[Labelled]:
    """Which of the frame's rates was taken, and why."""
    rates, given = (
        getattr(edition(frame(a.frame).parameters, a.on), "rate", None),
        a.calculation and a.calculation.given,
    )
    for name, argument, why in RATES:
        if given and rates is not None and hasattr(rates, name):
            chosen = bool(given[argument])
            value = f"{spoken(getattr(rates, name) if chosen else rates.rate)}（{why}{'' if chosen else '以外'}）"
            return [{"label": "補助率", "value": value}]
    return _first_rate(a)


def _first_rate(a: Assessment) -> list[Labelled]:
    """Which of the two rates the first band was given, where a frame has two."""
    first = getattr(edition(frame(a.frame).parameters, a.on), "band_1", None)
    small = getattr(first, "small", None)
    if first is None or small is None:
        return []
    rate, size = (small, "小規模事業者") if a.small_biz else (first.rate, "小規模事業者以外")
    return [{"label": f"第1段（{first.title}）の率", "value": f"{spoken(rate)}（{size}）"}]


def steps(a: Assessment) -> list[Step]:
    """Every step: label, yen, the place in the text."""
    found = a.calculation.steps if a.calculation else ()
    return [
        {
            "number": n,
            "label": s.label,
            "value": japanese.number(int(s.value)),
            "source": citations.short(s.source, marks(a)),
        }
        for n, s in enumerate(found, 1)
    ]


def findings(a: Assessment, level: str = "") -> list[Told]:
    """The findings, worst first; of one level if it is named."""
    return [_finding(f, marks(a)) for f in a.findings if level in ("", f.level)]


def errors(a: Assessment) -> list[Told]:
    """What the first page of every draft must say."""
    return findings(a, ERROR)


def software(a: Assessment) -> list[Software]:
    """The software lines with what the frame looks at in them."""
    rows: list[Software] = [
        {
            "item": s.line.item or NONE,
            "functions": "・".join(f for f in FUNCTIONS if f in s.line.functions) or "なし",
            "processes": "、".join(sorted(s.line.processes)) or NONE,
        }
        for s in a.expenses
        if s.line.category == SOFTWARE
    ]
    return rows or [{"item": "該当する行がありません", "functions": NONE, "processes": NONE}]


def quoted(a: Assessment) -> list[Entry]:
    """The quote's own particulars: 件名, 見積番号, 発行者 …"""
    rows = [i for group in layout.GROUPS[:2] for i in group.inputs if i.required or a.quote.get(i.name) is not None]
    return [_particular(i, a) for i in rows]


def beside(entries: list[Entry]) -> list[Pair]:
    """Two entries in each row of a table; the last may stand alone."""
    return [
        {"left": left, "right": entries[n + 1] if n + 1 < len(entries) else portal_entries.computed("", "", "")}
        for n, left in enumerate(entries)
        if n % 2 == 0
    ]


def _particular(i: layout.Input, a: Assessment) -> Entry:
    found = portal_entries.computed(i.label, _plain(i.kind, a.quote.get(i.name)), "")
    if not owed(a, i):
        return {**found, "name": i.name}
    control = portal_entries.CONTROLS.get(i.kind, "text")
    return {**found, "name": i.name, "ask": narratives.asked(name=i.name), "control": control}


def owed(a: Assessment, i: layout.Input) -> bool:
    """Whether a required input is blank."""
    return i.required and a.quote.get(i.name) is None


def marks(a: Assessment) -> dict[str, str]:
    """The short names of the documents that the steps and the findings cite."""
    steps = a.calculation.steps if a.calculation else ()
    return citations.marks([s.source for s in steps] + [f.source for f in a.findings])


def amount(label: str, value: int | None, note: str, otherwise: str = japanese.IMPOSSIBLE) -> Noted:
    """An amount with what it is called and a remark."""
    return {"label": label, "value": japanese.known(value, otherwise, japanese.yen), "note": note}


def _line(expense: Expense, a: Assessment) -> LineRow:
    line = expense.line
    short = line.quantity is not None and len(line.unit) <= BESIDE
    return {
        "number": line.number,
        "item": line.item or NONE,
        "tool": line.tool,
        "category": _category(line, a),
        "contract": line.contract or NONE,
        "terms": "\n".join(t for t in (line.contract, f"{line.months}か月" if line.months else "") if t) or NONE,
        "months": japanese.known(line.months, NONE),
        "quantity": f"{japanese.known(line.quantity, NONE)} {line.unit if short else ''}".strip(),
        "unit": "" if short else line.unit,
        "price": japanese.known(line.price, NONE),
        "discount": japanese.number(line.discount + expense.allotted) if line.discount or expense.allotted else NONE,
        "amount": japanese.known(expense.amount, NONE),
        "eligible": japanese.number(expense.eligible) if expense.amount is not None else NONE,
        "cut": japanese.number(expense.cut) if expense.cut else NONE,
        "reason": "\n".join(t for t in (*_why(expense, a), line.note) if t) or NONE,
    }


def _category(line: Line, a: Assessment) -> str:
    if line.category is None or a.edition is None:
        return NONE
    known = {c.number: c for c in edition(line_limits.Edition, a.on).category}
    found = known.get(line.category)
    return f"{found.major}-{found.number} {found.name}" if found else str(line.category)


def _why(expense: Expense, a: Assessment) -> list[str]:
    """What of 合計からの値引 the line bears, and why less than the amount counts, with the yen of each limit."""
    borne = [f"値引のうち {japanese.yen(expense.allotted)}は合計からの値引の分"] if expense.allotted else []
    if expense.reason:
        return [*borne, line_limits.REASONS[expense.reason]]
    p = edition(line_limits.Edition, a.on)
    limit = p.months(expense.line.category) if expense.line.category else None
    late = expense.step("line_amount") - expense.step("line_months")
    over = expense.step("line_months") - expense.step("line_capped")
    said = borne
    if travelling(a, expense):
        said.append("交通費・宿泊費の分は対象外（要確認）")
    if late and limit:
        said.append(f"{limit.value}か月を超える分 {japanese.yen(late)}")
    if over:
        said.append(f"{p.services.title}を超える分 {japanese.yen(over)}")
    return said


def _finding(f: Finding, known: dict[str, str]) -> Told:
    return {
        "level": LEVELS[f.level],
        "code": f.code,
        "title": codes().get(f.code, {}).get("title", ""),
        "message": f.message,
        "cell": f.cell or NONE,
        "source": citations.short(f.source, known) or NONE,
    }


def _plain(kind: str, value: Any) -> str:
    if value is None:
        return UNKNOWN
    if kind == "yen":
        return japanese.yen(value)
    return japanese.day(value) if kind == "date" else str(value)


def _premise(doc: str) -> str:
    """An argument's description without what concerns the spreadsheet only."""
    return doc.partition("。")[0].replace("なら TRUE、それ以外は FALSE", "").replace("なら TRUE", "")


def _argument(kind: str, value: Any) -> str:
    if isinstance(value, list):
        return f"{len(cast(list[Any], value))}者"
    if kind == "flag":
        return "はい" if value else "いいえ"
    return japanese.number(value) if isinstance(value, int) else NONE
