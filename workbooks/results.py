"""Results that a workbook holds against those computed now: they differ where it was not calculated after a change."""

from __future__ import annotations

from collections.abc import Mapping

from rules.assess import Assessment
from rules.findings import WARNING, Finding
from workbooks import layout
from workbooks.filled import Filled

STEP = "out_invoice_"  # + the name of a step or an argument of the invoice frame
SUBSIDY = f"{STEP}subsidy"


def compare_results(filled: Filled, assessment: Assessment) -> tuple[Finding, ...]:
    """A finding RESULT where a number in the file is not the recomputed one; for all of them one, at the subsidy first.

    A cell without a number (never calculated, or an error) is no finding, nor is an amount that cannot be known now.
    """
    now = _recomputed(assessment)
    wrong = [name for name, cell in filled.results.items() if _differs(cell.value, now.get(name))]
    if not wrong:
        return ()
    first = SUBSIDY if SUBSIDY in wrong else wrong[0]
    cell, label = filled.results[first], layout.RESULT[first].label
    rest = f"（ほかに{len(wrong) - 1}か所）" if len(wrong) > 1 else ""
    message = f"ファイルにある「{label}」は{_said(cell.value)}ですが、計算し直すと{_said(now[first])}です{rest}。"
    todo = "数式を上書きしていなければ、Excel で F9 を押して計算し直し、保存してください。"
    return (Finding(WARNING, "RESULT", message + todo, cell.address),)


def _recomputed(a: Assessment) -> Mapping[str, int | bool | None]:
    """Every result that a workbook may hold; None where it cannot be known."""
    totals = {
        "out_small_biz": a.small_biz,
        "out_total": a.total,
        "out_tax": a.tax,
        "out_gross": a.gross,
        "out_own_burden": a.own_burden,
        "out_out_of_pocket": a.out_of_pocket,
    }
    c = a.calculation
    if c is None or a.frame != "invoice":
        return totals
    given = {f"{STEP}{name}": value for name, value in c.given.items()}
    return {**totals, "out_functions": c.given["functions"], **given, **{f"{STEP}{s.name}": s.value for s in c.steps}}


def _differs(cached: object, now: int | bool | None) -> bool:
    return isinstance(cached, bool | int | float) and now is not None and float(cached) != float(now)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"{value:,.15g}" if isinstance(value, int | float) else ""
