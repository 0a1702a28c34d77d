"""Results that a workbook holds against those computed now: they differ where it was not calculated after a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rules import near_minimum_wage
from rules.assess import Assessment, amounts
from rules.findings import WARNING, Finding
from rules.frames import FRAMES, invoice
from rules.frames import frame as named
from rules.frames.contract import Frame
from rules.quote import Quote
from workbooks.form import layout
from workbooks.form.amount_layout import AMOUNTS, SECTIONS
from workbooks.reading.filled import Filled

SUBSIDY = "out_subsidy"
Values = Mapping[str, int | bool | None]


def chosen(quote: Quote) -> Frame:
    """The frame that a quote applies for（申請する枠）; インボイス対応類型 where it does not say."""
    return named(quote.get("frame", invoice.FRAME.name))


def compare_results(filled: Filled, own: Assessment) -> tuple[Finding, ...]:
    """A finding RESULT where a number in the file is not the recomputed one; for all of them one.

    `own` is an assessment of the quote; the message names the frame applied for first. A cell without a number (never
    calculated, or an error) is no finding, nor is an amount that cannot be known now.
    """
    held = {name: cell.value for name, cell in filled.results.items()}
    if not any(isinstance(value, bool | int | float) for value in held.values()):
        return ()
    frame = chosen(own.quote)
    now = recomputed(own, frame)
    wrong = [name for name in _order(frame) if name in held and _differs(held[name], now.get(name))]
    if not wrong:
        return ()
    first = wrong[0]
    rest = f"（ほかに{len(wrong) - 1}か所）" if len(wrong) > 1 else ""
    message = (
        f"ファイルにある「{_called(first)}」は{_said(held[first])}ですが、計算し直すと{_said(now[first])}です{rest}。"
    )
    todo = "数式を上書きしていなければ、Excel で F9 を押して計算し直し、保存してください。"
    return (Finding(WARNING, "RESULT", message + todo, filled.results[first].address),)


def recomputed(own: Assessment, frame: Frame) -> Values:
    """Every result that a workbook may hold; None where it cannot be known."""
    found = {own.frame: own} | {f.name: amounts(own.quote, f) for f in FRAMES if own.frame != f.name}
    values: dict[str, int | bool | None] = {}
    for a in found.values():
        values |= of_frame(a)
    return {**values, **_chosen(found[frame.name]), **_common(own, frame)}


def of_frame(a: Assessment) -> Values:
    """The results of one frame; an argument or a step of no calculation is left out."""
    prefix = f"out_{a.frame}_"
    found: dict[str, int | bool | None] = {}
    if a.calculation:
        found |= {f"{prefix}{name}": value for name, value in _given(a).items()}
        found |= {f"{prefix}{step.name}": step.value for step in a.calculation.steps}
    return found | {f"{prefix}{name}": _amount(a, name) for name in AMOUNTS}


def _given(a: Assessment) -> Values:
    """The arguments of a calculation; of a group, whose members stand in a table, its totals."""
    assert a.calculation is not None
    given = dict(a.calculation.given)
    if "members" not in given:
        return given
    return {**given, "members": None, "count": len(given["members"]), "base": a.calculation.step("base_part")}


def _amount(a: Assessment, name: str) -> int | None:
    return None if name == "eligible" and a.needs else getattr(a, name)


def _chosen(a: Assessment) -> Values:
    """The results of the frame applied for."""
    totals = {f"out_{name}": getattr(a, name) for name in ("total", "tax", "gross")}
    return {**totals, **{f"out_{name}": _amount(a, name) for name in AMOUNTS}}


def _common(a: Assessment, frame: Frame) -> Values:
    return {
        "out_frame": FRAMES.index(frame) + 1,
        "out_small_biz": a.small_biz,
        "out_near_min_wage": near_min_wage(a.quote),
    }


def near_min_wage(quote: Quote) -> bool | None:
    """As the sheet says it: an open question counts as no."""
    return near_minimum_wage.of(quote) or False


def _order(frame: Frame) -> Sequence[str]:
    """The subsidy applied for, what else belongs to its frame, all others."""
    first = [SUBSIDY, *(r.name for r in layout.RESULTS if r.name.startswith(f"out_{frame.name}_"))]
    return [*first, *(r.name for r in layout.RESULTS if r.name not in first)]


def _called(name: str) -> str:
    """A result's label, with its frame where it belongs to one."""
    frame = next((s.frame for s in SECTIONS if name.startswith(f"out_{s.frame.name}_")), None)
    label = layout.RESULT[name].label
    return f"{frame.label} {label}" if frame else label


def _differs(cached: object, now: int | bool | None) -> bool:
    return isinstance(cached, bool | int | float) and now is not None and float(cached) != float(now)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"{value:,.15g}" if isinstance(value, int | float) else ""
