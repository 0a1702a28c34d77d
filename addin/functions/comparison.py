"""Every frame for one quote, best first: for the command line and for SUBSIDY_COMPARE."""

from __future__ import annotations

from datetime import date
from typing import Any

from addin.functions.broadcasting import rows
from rules import zero_reasons
from rules.advice.options import ranked
from rules.assess import Assessment
from rules.engine.argument import VALUE, Argument, ArgumentError, given
from rules.frames import security
from rules.quote import Line, Quote

FLAGS = (
    Argument("small_biz", "flag", "小規模事業者なら TRUE"),
    Argument("near_min_wage", "flag", "最低賃金近傍の事業者なら TRUE", False, True),
    Argument("large", "flag", "大企業など中小企業でない発注者なら TRUE", False, True),
)


def comparison(lines: Any, small_biz: Any, near_min_wage: Any, large: Any, on: date | None) -> list[list[Any]]:
    """The table of SUBSIDY_COMPARE: frame, eligible cost, subsidy, own burden（円、税抜）.

    A frame that lacks inputs names them beside its own name; its amounts are blank, never text. Lines that say お助け隊
    are taken at their word: the function does not ask for the number in IPA's list.
    """
    flags = given(FLAGS, {"small_biz": small_biz, "near_min_wage": near_min_wage, "large": large})
    inputs = {**flags, "small_claim": flags["small_biz"], "otasuke_number": security.SERVICE}
    inputs |= {"application_date": on} if on else {}
    return [_row(a) for a in ranked(Quote(inputs, _lines(rows(lines))))]


def _lines(table: list[list[Any]]) -> tuple[Line, ...]:
    """The lines of a range laid out as the 見積 table, with or without its row of headings."""
    from workbooks.form.layout import LINES
    from workbooks.reading.filled import Cell, Filled  # the reader of workbooks, which knows what a cell may hold
    from workbooks.reading.inputs import quote

    titles = {c.title: c.name for c in LINES.columns}
    filled_in = [cell for cell in table[0] if cell not in (None, "")]
    named = bool(filled_in) and all(cell in titles for cell in filled_in)
    names = [titles.get(str(cell), "") for cell in table[0]] if named else [c.name for c in LINES.columns]
    inputs = {c.name for c in LINES.columns if not c.computed}
    body = table[1:] if named else table
    filled = [{n: Cell(cell, n) for n, cell in zip(names, row, strict=False) if n in inputs} for row in body]
    read = quote(Filled({}, filled))
    if read.findings:
        raise ArgumentError("lines", VALUE, read.findings[0].message)
    return read.lines


def _row(a: Assessment) -> list[Any]:
    if a.subsidy is None:
        return [f"{a.label}（要: {a.needs}）", None, None, None]
    why = zero_reasons.why(a)
    label = f"{a.label}（{'不可' if a.falls else '0円'}: {why}）" if why else a.label
    return [label, a.eligible, a.subsidy, a.own_burden]
