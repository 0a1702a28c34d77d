"""資金繰り as a table with its sentences, and as data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from addin.cli.text_table import table
from rules.advice.cash import Cash, Month, Unpaid
from rules.assess import Assessment
from rules.checks.codes import yen
from rules.dates import japanese, japanese_month
from rules.engine.edition import cite


def calendar(money: Cash | None) -> str:
    """The months in which money moves, equal payments after one another as one row."""
    if money is None:
        return ""
    runs = [list(run) for _, run in groupby(money.months, key=lambda m: (m.out, m.income))]
    rows = [[_span(run), sum(m.out for m in run) or "", run[0].income or "", run[-1].balance] for run in runs]
    return table([["月", "支払", "補助金の入金", "残高（入金−支払）"], *rows], right=[1, 2, 3])


def _span(run: list[Month]) -> str:
    if len(run) == 1:
        return _called(run[0])
    return f"{_called(run[0])}～{_called(run[-1])}（{len(run)}回、1回{yen(run[0].out)}）"


def _called(m: Month) -> str:
    if m.day:
        return japanese_month(m.day)
    return "未定" if m.number is None else f"支払の{m.number}か月後" if m.number else "支払の月"


def sentences(a: Assessment, money: Cash | None) -> Iterator[str]:
    """What the calendar says, and on what it rests."""
    if money is None:
        return
    if not money.told:
        how = "（月払・年払の行は --pay 行=月払）" if money.ways else ""
        yield f"払い方は聞いていないので、すべて納品のときに一括で支払うものとしました{how}。"
    last = "" if money.received else "。入金の日は分からないので、すべての支払の後としました（--received）"
    yield f"立替の最大額は{yen(money.peak)}、補助金が入った後の手出しは{yen(a.out_of_pocket or 0)}です{last}。"
    if money.told and not (money.paid_on and money.report):
        yield "支払日か実績報告の日が分からないので、実績報告の後に支払う分があるかは言えません。"
    if money.unpaid and money.report:
        yield from _unpaid(a, money.unpaid, money.report)


def _unpaid(a: Assessment, left: Unpaid, report: date) -> Iterator[str]:
    names, more = left.lines[0].item, f"など{len(left.lines)}行" if len(left.lines) > 1 else ""
    yield f"実績報告（{japanese(report)}）の後に支払うのは、「{names}」{more}の{yen(left.gross)}です。"
    less = (a.subsidy or 0) - (left.subsidy or 0)
    then = f"{yen(left.subsidy or 0)}（−{yen(less)}）" if less > 0 else "同じ"
    yield f"それまでに支払った分だけが対象だとすると、補助額は{then}です。一括で前払いできるか、事務局と支援事業者に確かめてください。"
    if left.due:
        yield f"{left.due.doubt}（{cite(left.due.at)}）"


def as_json(money: Cash | None) -> dict[str, Any] | None:
    """The same as data."""
    if money is None:
        return None
    months = [
        {"number": m.number, "month": _month(m.day), "out": m.out, "income": m.income, "balance": m.balance}
        for m in money.months
    ]
    left = money.unpaid
    unpaid = (
        {
            "until": f"{money.report}",
            "gross": left.gross,
            "lines": [line.number for line in left.lines],
            "subsidy_if_not_counted": left.subsidy,
            "source": cite(left.due.at) if left.due else "",
            "doubt": left.due.doubt if left.due else "",
        }
        if left
        else None
    )
    ways = [{"number": line.number, "way": way} for line, way in money.ways]
    return {
        "frame": money.frame,
        "ways": ways,
        "told": money.told,
        "months": months,
        "peak": money.peak,
        "unpaid": unpaid,
    }


def _month(day: date | None) -> str | None:
    return f"{day:%Y-%m}" if day else None
