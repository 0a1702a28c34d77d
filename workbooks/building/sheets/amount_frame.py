"""補助額: one section per frame. Its premises, each step in its own cell with its source, and what stays with the customer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from openpyxl.worksheet.worksheet import Worksheet

from rules.engine import evaluate
from rules.engine.edition import cite, editions
from rules.engine.evaluate import checked_cell, first_error_or
from rules.engine.formula import renamed
from workbooks.building.formula_text import AS_OF, dated, quoted, ref
from workbooks.building.sheets import amount_working, eligibility, frame_inputs, line_columns, line_detail, members, tax
from workbooks.building.sheets.amount_working import GATE, RAW
from workbooks.building.style import COUNT, GREY, PALE, YEN, heading, put
from workbooks.form.amount_layout import AMOUNT, Result, Section

LAST = "G"  # of the printed columns
TOTALS = (
    "補助対象になる経費",
    "合計 − 補助額。補助対象でない分も含みます",
    "支払総額（税込）− 補助額。支払いから入金までの立替が要ります",
)


def own(text: str) -> str:
    """A formula as it stands on 補助額 itself: without the name of its own sheet."""
    return text.replace(f"'{AMOUNT}'!", "")


def build(sheet: Worksheet, s: Section, raw: Mapping[str, str]) -> None:
    """Writes a section."""
    heading(sheet, "B", LAST, s.top, s.frame.label)
    _state(sheet, s)
    titles(sheet, s.top + 2, "前提", "この額を出すもと")
    titles(sheet, s.steps[0].row - 1, "計算の各段階", "出典")
    titles(sheet, s.totals[0].row - 1, "経費と負担", "計算のしかた")
    for r in s.premises:
        row(sheet, r, frame_inputs.NOTES[r.name])
        hidden(sheet, f"{RAW}{r.row}", raw[r.name])
    for r in s.steps:
        row(sheet, r, _source(s, r), strong=r is s.steps[-1])
    for r, note in zip(s.totals, TOTALS, strict=True):
        row(sheet, r, note)
    for name, text in {**_premises(s), **_steps(s), **_totals(s)}.items():
        sheet[next(r.cell for r in (*s.premises, *s.steps, *s.totals) if r.name == name)] = own(f"={text}")


def titles(sheet: Worksheet, at: int, first: str, last: str) -> None:
    """The titles of a list of results."""
    for letter, words in (("B", first), ("C", "額・値"), ("D", last)):
        put(sheet, f"{letter}{at}", words, size=9, back=PALE, box=True, align="center")
    _wide(sheet, at, PALE)


def row(sheet: Worksheet, r: Result, note: str, strong: bool = False) -> None:
    """A framed row: the label, the cell, what stands behind it."""
    form = {"yen": YEN, "count": COUNT}.get(r.kind, "General")
    put(sheet, f"B{r.row}", r.label, size=9, box=True, bold=strong, wrap=True)
    put(sheet, r.cell, None, box=True, bold=strong, form=form, align="right")
    put(sheet, f"D{r.row}", note, size=8, colour=GREY, box=True, wrap=True)
    _wide(sheet, r.row)
    sheet.row_dimensions[r.row].height = 26 if len(r.label) > NARROW or _longest(note) > WIDE else 19


NARROW, WIDE = 30, 75  # letters of a label and of a note on one line


def _longest(note: str) -> int:
    """The letters of a note, or of the longest text that its formula may show."""
    return max(map(len, TEXT.findall(note)), default=0) if note.startswith("=") else len(note)


TEXT = re.compile(r'"[^"]*"')


def _wide(sheet: Worksheet, at: int, back: str = "") -> None:
    for letter in "EFG":
        put(sheet, f"{letter}{at}", None, box=True, back=back)
    sheet.merge_cells(f"D{at}:{LAST}{at}")


def hidden(sheet: Worksheet, cell: str, text: str) -> None:
    """A cell beside the printed part."""
    put(sheet, cell, own(f"={text}"), size=8, colour=GREY, form=COUNT)


def _state(sheet: Worksheet, s: Section) -> None:
    """Whether the frame has an amount, and why not; the gate that every amount passes."""
    tests, state = eligibility.tests(s), amount_working.state(s)
    put(sheet, f"B{s.state}", own(f"={eligibility.sentence(s, state, tests)}"), size=9, wrap=True, indent=1)
    sheet.merge_cells(f"B{s.state}:{LAST}{s.state}")
    sheet.row_dimensions[s.state].height = 18
    hidden(sheet, f"{RAW}{s.state}", eligibility.number(tests))
    hidden(sheet, f"{RAW}{s.state + 1}", eligibility.lacking(state, tests))
    given = [AS_OF, *(ref(r.name) for r in s.premises)]
    hidden(sheet, f"{GATE}{s.state}", f"IF({state}>0,NA(),{first_error_or('1', given)})")


def _source(s: Section, r: Result) -> str:
    """Where a step comes from, in the edition in force."""
    name = r.name.removeprefix(f"out_{s.frame.name}_")
    sources = [
        (e.since, quoted(cite(next(step.source for step in evaluate.formulas(s.frame, e.since) if step.name == name))))
        for e in editions(s.frame.parameters)
    ]
    return own("=" + dated(sources))


def _premises(s: Section) -> Mapping[str, str]:
    """The arguments, each checked as every engine checks it."""
    checked = {a.name: replace(a, optional=False) for a in s.frame.inputs}
    prefix = f"out_{s.frame.name}_"
    return {r.name: checked_cell(checked[r.name.removeprefix(prefix)], f"{RAW}{r.row}") for r in s.premises}


def _steps(s: Section) -> Mapping[str, str]:
    """Each step as a plain formula over cells, closed by the gate; a frame that falls has a subsidy of 0."""
    prefix = f"out_{s.frame.name}_"
    names = {r.name.removeprefix(prefix): ref(r.name) for r in (*s.premises, *s.steps)} | {"as_of": AS_OF}
    texts = [
        (e.since, {x.name: x.value.text for x in evaluate.formulas(s.frame, e.since)})
        for e in editions(s.frame.parameters)
    ]
    found: dict[str, str] = {}
    for r in s.steps:
        each = [(since, step[r.name.removeprefix(prefix)]) for since, step in texts]
        found[r.name] = first_error_or(renamed(dated(each, "as_of"), names), [amount_working.gate(s)])
    last = s.steps[-1].name
    found[last] = f"IF({amount_working.lacks(s)},NA(),IF({amount_working.state(s)}>0,0,{found[last]}))"
    return found


def _totals(s: Section) -> Mapping[str, str]:
    eligible, burden, pocket = (r.name for r in s.totals)
    subsidy = ref(s.steps[-1].name)
    counted = amount_working.outlay(s) if s.frame.members else f"SUM({line_columns.column('line_eligible', s.frame)})"
    return {
        eligible: f"IF({amount_working.lacks(s)},NA(),{counted})",
        burden: f"{amount_working.outlay(s)}-{subsidy}",
        pocket: f"{amount_working.gross(s)}-{subsidy}",
    }


def paid(sheet: Worksheet, s: Section) -> None:
    """What is bought in all, its tax and what is paid: of the lines, or of a group."""
    bought, taxed, gross = line_detail.TOTAL, amount_working.LINE_TAX, amount_working.LINE_GROSS
    if s.frame.members:
        own_costs = "+".join(ref(f"out_group_{name}") for name in ("analysis_cost", "admin_cost"))
        bought = f"IF({amount_working.lacks(s)},NA(),{members.OUTLAY}+{own_costs})"
        taxed = tax.on(amount_working.outlay(s), "0")
        gross = f"{amount_working.outlay(s)}+{amount_working.tax(s)}"
    hidden(sheet, f"{RAW}{s.totals[0].row}", taxed)
    hidden(sheet, f"{RAW}{s.totals[1].row}", bought)
    hidden(sheet, f"{RAW}{s.totals[2].row}", gross)


__all__: Sequence[str] = ("build", "hidden", "own", "paid", "row", "titles")
