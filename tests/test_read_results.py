"""Results that a file holds against those computed now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from rules.assess import amounts
from rules.engine import evaluate
from rules.findings import Finding
from rules.frames import invoice
from tests import samples
from tests.books import book, filled_in, only
from workbooks.form import layout
from workbooks.reading.cached_results import recomputed
from workbooks.reading.filled import Cell, Filled
from workbooks.reading.read import compare_results, open_quote


def results_of(changes: dict[str, Any]) -> tuple[Finding, ...]:
    """What a file says whose results are right but for these."""
    now = amounts(samples.quote(), invoice.FRAME)
    assert now.calculation is not None
    right = {f"out_invoice_{s.name}": s.value for s in now.calculation.steps}
    right |= {
        "out_total": now.total,
        "out_small_biz": True,
        "out_invoice_functions": 2,
        "out_subsidy": now.subsidy,
        "out_gross": now.gross,
    }
    cells = {name: Cell(value, layout.RESULT[name].address) for name, value in {**right, **changes}.items()}
    return compare_results(Filled({}, (), {}, cells), now)


def test_results_that_agree_or_were_never_calculated_are_no_finding() -> None:
    assert results_of({}) == ()
    assert (
        results_of({"out_total": None, "out_gross": "", "out_invoice_subsidy": "#VALUE!", "out_tax": 152_000.0}) == ()
    )


def test_a_result_that_differs_is_one_warning_at_its_cell() -> None:
    wrong = only(results_of({"out_total": 1}))
    assert ("warning", "RESULT", layout.RESULT["out_total"].address) == (wrong.level, wrong.code, wrong.cell)
    assert "1ですが、計算し直すと1,520,000です" in wrong.message


def test_of_several_results_that_differ_the_subsidy_is_named() -> None:
    wrong = only(results_of({"out_total": 1, "out_small_biz": False, "out_subsidy": 1_050_001.0}))
    assert layout.RESULT["out_subsidy"].address == wrong.cell
    assert "1,050,001ですが、計算し直すと1,050,000です（ほかに2か所）" in wrong.message


def test_every_result_that_can_be_known_is_compared(tmp_path: Path) -> None:
    sample = samples.quote()
    path = filled_in(tmp_path / "q.xlsx", sample)
    stale = book(tmp_path / "s.xlsx", results={r.name: -1 for r in layout.RESULTS})
    assert len(layout.RESULTS) == len(open_quote(stale).results)
    filled, now = replace(open_quote(path), results=open_quote(stale).results), amounts(sample, invoice.FRAME)
    known = {
        name for name, value in recomputed(now, invoice.FRAME).items() if value is not None and name in layout.RESULT
    }
    assert {f"out_invoice_{s.name}" for s in evaluate.formulas(invoice.FRAME)} | {"out_total", "out_frame"} <= known
    assert f"ほかに{len(known) - 1}か所" in only(compare_results(filled, now)).message


def test_a_frame_that_is_not_applied_for_is_compared_too() -> None:
    wrong = only(results_of({"out_normal_eligible": -1}))
    assert layout.RESULT["out_normal_eligible"].address == wrong.cell
    assert wrong.message.startswith("ファイルにある「通常枠 補助対象経費（税抜）」は-1ですが")


def test_the_frame_applied_for_is_named_first() -> None:
    sample = samples.quote()
    sample = replace(sample, inputs={**sample.inputs, "frame": "セキュリティ対策推進枠"})
    wrong = {"out_invoice_subsidy": -1, "out_security_eligible": -1}
    cells = {name: Cell(value, layout.RESULT[name].address) for name, value in wrong.items()}
    service = replace(sample.lines[0], functions=frozenset({"お助け隊"}))
    sample = replace(sample, lines=(service, *sample.lines[1:]))
    found = only(compare_results(Filled({}, (), {}, cells), amounts(sample, invoice.FRAME)))
    assert "「セキュリティ対策推進枠 補助対象経費（税抜）」" in found.message
