"""チェック: in which cell each fact stands that the conditions of checks name, as `rules.checks.facts` has their values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from rules import headcount, line_limits
from rules.checks.facts import Known
from rules.engine.formula import Formula, formula
from rules.frames import FRAMES
from rules.frames.contract import Frame
from rules.frames.normal import PROCESSES
from workbooks.building.formula_text import AS_OF, blank, per_edition, quoted, ref, total, trimmed
from workbooks.building.sheets import (
    amount_working,
    eligibility,
    frame_inputs,
    line_columns,
    members,
    partners,
    plan_wage_raise,
)
from workbooks.building.sheets.lists import Lookups
from workbooks.building.sheets.proposal_cells import of_frame
from workbooks.form.layout import LINES, MEMBER_TABLE, NO, YES


def applied(*frames: Frame) -> str:
    """Whether one of these frames is applied for."""
    number = ref("out_frame")
    return f"OR({','.join(f'{number}={FRAMES.index(f) + 1}' for f in frames)})"


def _eligible(*categories: int) -> str:
    column, category = line_columns.column("line_eligible"), line_columns.column("category")
    return total(f"SUMIFS({column},{category},{number})" for number in categories)


def _falls(frame: Frame) -> str:
    """Whether a frame falls, as 補助額 says it."""
    s = amount_working.section(frame)
    return eligibility.falling(amount_working.state(s), eligibility.tests(s)) or "FALSE"


def _size_changes(look: Lookups) -> str:
    """Whether the firm is 小規模 with the number told and not with all; 中小企業等 has no list on 一覧."""
    limit = look.small(f"MATCH({trimmed(ref('industry'))},{look.industries},0)")
    changes = f"AND({ref('employees')}<={limit},{_everyone()}>{limit})"
    return f"IF(ISERROR({limit}),FALSE,{changes})"


def _everyone() -> str:
    kinds = [ref(name) for name in headcount.KINDS]
    return f"IF(COUNT({','.join(kinds)})={len(kinds)},SUM({','.join(kinds)}),NA())"


def _process(name: str) -> str:
    """Whether software that counts has a kind of process."""
    return f"(SUMIFS({line_columns.column(name)},{line_columns.column('software')},1)>0)"


def _facts(look: Lookups) -> Mapping[str, str]:
    results = {name: ref(f"out_{name}") for name in ("subsidy", "total", "small_biz")}
    marks = members.READ.down("given_analysis")
    lost = f"AND(NOT(ISERROR({amount_working.LISTED})),ISERROR({amount_working.LESS}))"
    return {
        **results,
        "on": AS_OF,
        "read": f"IF(ISERROR({amount_working.LISTED}),NA(),TRUE)",
        "calculated": f"({of_frame(lambda f: amount_working.state(amount_working.section(f)))}=0)",
        "falls": of_frame(_falls),
        "too_much_off": f"AND({applied(*line_columns.OF_LINES)},{lost})",
        "tax_disagrees": f"IF(ISERROR({amount_working.LISTED}),NA(),{amount_working.AGREED}=1)",
        "everyone": _everyone(),
        "size_changes": _size_changes(look),
        "wage_due": plan_wage_raise.on_date(look, f"({AS_OF}-DAY({AS_OF}))"),
        "wage_now": plan_wage_raise.on_date(look, AS_OF),
        "first_day": amount_working.FIRST,
        "software": f"SUM({line_columns.column('software')})",
        "software_lines": f"COUNTIF({line_columns.column('category')},{line_limits.SOFTWARE})",
        "software_cost": f"({_eligible(line_limits.SOFTWARE)})",
        "services_cost": f"({_eligible(*line_limits.SERVICES)})",
        "accounts": partners.ACCOUNTS,
        "partners": partners.READ.rows(),
        "members": members.HEADS,
        "months_told": f"({frame_inputs.FILLED})",
        "heads_untold": f"AND({blank(ref('analysis_members'))},COUNTIF({marks},{quoted(YES)})+COUNTIF({marks},{quoted(NO)})=0)",
        **{kind: _process(name) for kind, name in zip(PROCESSES, line_columns.PROCESS, strict=True)},
        "near": ref("out_near_min_wage"),
        "near_undecided": frame_inputs.undecided(),
    }


class Cells(Known):
    """The facts of the quote as formulas."""

    def __init__(self, look: Lookups) -> None:
        self.facts = _facts(look)

    def fact(self, name: str) -> Formula:
        """A fact by its formula, an input by its cell."""
        return Formula(self.facts[name] if name in self.facts else trimmed(ref(name)))

    def __getitem__(self, name: str) -> Formula:
        return self.fact(name) if name in self.facts else self.given(name, Formula("NA()"))

    def given(self, name: str, default: Any) -> Formula:
        """A fact, or what stands for it where it is an error or its cell is blank."""
        if isinstance(default, str) and not default and name not in self.facts:
            return self.fact(name)  # a blank is an empty text already
        lacks = f"ISERROR({self.facts[name]})" if name in self.facts else blank(ref(name))
        return Formula(f"IF({lacks},{formula(default).text},{self.fact(name).text})")

    def blank(self, name: str) -> Formula:
        """Whether an input's cell is blank."""
        return Formula(blank(ref(name)))

    def law(self, page: type, value: Callable[[Any, str], Any]) -> Formula:
        """The values of every edition and frame, and a choice among them."""
        return Formula(f"({of_frame(lambda f: per_edition(page, lambda e: formula(value(e, f.name)).text))})")

    def steps(self, module: Frame) -> SimpleNamespace:
        """The cells of the frame's section on 補助額."""
        section, head = amount_working.section(module), f"out_{module.name}_"
        names = [r.name for r in (*section.premises, *section.steps)]
        return SimpleNamespace(**{name.removeprefix(head): Formula(ref(name)) for name in names})


class Rows(Cells):
    """The facts of every row of a table, as ranges."""

    def __init__(self, look: Lookups, table: str) -> None:
        super().__init__(look)
        self.table, self.quote = table, Cells(look)

    def fact(self, name: str) -> Formula:
        """The cells of a column, as they are read."""
        if self.table == "lines":
            return Formula(line_columns.column(name) if name in line_columns.PLACE else LINES.column(name))
        read = {"partners": partners.READ, "members": members.READ}[self.table]
        if name == "name":
            return Formula(MEMBER_TABLE.column(name))
        return Formula(read.down(next(n for n in (name, f"argument_{name}", f"given_{name}") if n in read.names)))

    def __getitem__(self, name: str) -> Formula:
        return self.fact(name)

    def blank(self, name: str) -> Formula:
        """Whether each cell of a column is empty; of tools, what names them."""
        return Formula(f"(LEN({self.fact('word' if name == 'tool' else name).text})=0)")

    def steps(self, module: Frame) -> SimpleNamespace:
        """Every member's own arguments and steps."""
        names = [a.name for a in module.arguments if a.kind != "flag"]
        return SimpleNamespace(**{name: self[name] for name in (*names, *members.STEPS)})
