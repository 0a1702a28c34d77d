"""The edges of single lines: the months that count, and the sum of the services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rules import line_limits
from rules.advice.options import months_cut, service_cut
from rules.advice.what_if import Tip, quoted, told
from rules.assess import Assessment, Expense
from rules.checks.codes import yen
from rules.engine.edition import edition
from rules.frames import frame
from rules.quote import Line, Quote


def tips(a: Assessment) -> Iterator[Tip]:
    """Every edge of the lines that count in a frame that has an amount."""
    if a.calculation and a.expenses:
        for expense in a.expenses:
            yield from _too_long(a, expense)
        yield from _longer(a)
        yield from _services(a)


def _limit(a: Assessment, expense: Expense) -> int | None:
    """The months that count of a line at most; None where it has no limit or no months."""
    p = edition(line_limits.Edition, a.on)
    limit, terms = p.months(expense.line.category, frame(a.frame).month_limits), p.terms(expense.line.contract)
    timed = terms is not None and terms.months and expense.reason == 0 and expense.line.months
    return limit.value if limit and timed else None


def _changed(a: Assessment, lines: Sequence[Line]) -> Quote:
    """The quote with some lines in the places of their numbers; its printed total would be another."""
    new = {line.number: line for line in lines}
    return replace(told(a.quote, quoted_gross=None), lines=tuple(new.get(x.number, x) for x in a.quote.lines))


def _too_long(a: Assessment, expense: Expense) -> Iterator[Tip]:
    """A contract for more months than count."""
    limit, line = _limit(a, expense), expense.line
    if limit is None or not months_cut(expense):
        return
    quote = _changed(a, [replace(line, months=limit)])
    then = quoted(a, quote)
    if then.subsidy is None or a.subsidy is None or then.total is None or a.total is None:
        return
    saved, less = a.total - then.total, a.subsidy - then.subsidy
    same = "補助額は同じ" if not less else f"補助額は{yen(then.subsidy)}（{'−' if less > 0 else '＋'}{yen(abs(less))}）"
    text = (
        f"「{line.item}」は{line.months}か月でなく{limit}か月で契約すれば、{same}で支払が{yen(saved)}（税抜）減ります。"
    )
    at = edition(line_limits.Edition, a.on).months(line.category, frame(a.frame).month_limits)
    yield Tip("months", text, saved - less, a.frame, a.subsidy, then.subsidy, at=at.at if at else "", quote=quote)


def _longer(a: Assessment) -> Iterator[Tip]:
    """Contracts for fewer months than would count, all of them together."""
    short = [(s.line, limit) for s in a.expenses if (limit := _limit(a, s)) and (s.line.months or 0) < limit]
    quote = _changed(a, [replace(line, months=limit) for line, limit in short])
    then = quoted(a, quote) if short else a
    if then.subsidy is None or a.subsidy is None or then.total is None or a.total is None or then.subsidy <= a.subsidy:
        return
    first, more = short[0], f"など{len(short)}行" if len(short) > 1 else ""
    limits = f"{first[1]}か月{'など' if more else ''}"
    paid, gain = then.total - a.total, then.subsidy - a.subsidy
    text = f"「{first[0].item}」{more}を対象になる月数（{limits}）まで延ばすと、支払は{yen(paid)}（税抜）増え、補助額は{yen(gain)}増えます。"
    yield Tip("months_up", text, 0, a.frame, a.subsidy, then.subsidy, quote=quote, near=False)


def _services(a: Assessment) -> Iterator[Tip]:
    """Services beyond what counts of them together."""
    over = [s for s in a.expenses if service_cut(s)]
    if over:
        cut, most = sum(service_cut(s) for s in over), edition(line_limits.Edition, a.on).services
        quote = _changed(a, [replace(s.line, discount=s.line.discount + service_cut(s)) for s in over])
        text = f"役務は合計{yen(most.value)}までが対象で、それを超える{yen(cut)}には補助がつきません。"
        yield Tip("services", text, cut, a.frame, a.subsidy, quoted(a, quote).subsidy, at=most.at, quote=quote)
