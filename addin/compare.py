"""Every frame for one quote, best first: for the command line and for SUBSIDY_COMPARE."""

from __future__ import annotations

from datetime import date
from typing import Any

from addin.spread import rows
from rules.argument import VALUE, Argument, ArgumentError, given
from rules.assess import Assessment, assess
from rules.frames import FRAMES
from rules.quote import Quote

FLAGS = (
    Argument("small_biz", "flag", "小規模事業者なら TRUE"),
    Argument("near_min_wage", "flag", "最低賃金近傍の事業者なら TRUE", False, True),
    Argument("large", "flag", "大企業など中小企業でない発注者なら TRUE", False, True),
)


def ranked(quote: Quote) -> list[Assessment]:
    """Every frame for one quote, the largest subsidy first; a frame that lacks inputs comes last."""
    found = [assess(quote, frame) for frame in FRAMES]
    return sorted(found, key=lambda a: (a.subsidy is None, -(a.subsidy or 0)))


def comparison(lines: Any, small_biz: Any, near_min_wage: Any, large: Any, on: date | None) -> list[list[Any]]:
    """The table of SUBSIDY_COMPARE: frame, eligible cost, subsidy, own burden（円、税抜）.

    A frame that lacks inputs names them beside its own name; its amounts are blank, never text.
    """
    from workbooks.rows import read_lines

    flags = given(FLAGS, {"small_biz": small_biz, "near_min_wage": near_min_wage, "large": large})
    read, findings = read_lines(rows(lines))
    if findings:
        raise ArgumentError("lines", VALUE, findings[0].message)
    inputs = {**flags, "small_claim": flags["small_biz"], **({"application_date": on} if on else {})}
    return [_row(a) for a in ranked(Quote(inputs, read))]


def _row(a: Assessment) -> list[Any]:
    if a.subsidy is None:
        return [f"{a.label}（要: {a.needs}）", None, None, None]
    return [a.label, a.eligible, a.subsidy, a.own_burden]
