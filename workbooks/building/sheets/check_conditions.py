"""チェック: the conditions of the checks as formulas, in the order of the sentences of `checks.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.checks.check import CHECKS
from rules.checks.codes import codes, sentences
from rules.checks.entry import Check, always
from rules.findings import NOTICE
from workbooks.building.formula_text import span, total
from workbooks.building.sheets import check_formulas, line_columns
from workbooks.building.sheets.check_facts import Cells, Rows, applied
from workbooks.building.sheets.lists import Lookups
from workbooks.form.layout import INPUT, TABLES, Table

ENTRIES = [check for check in CHECKS if isinstance(check, Check)]


@dataclass(frozen=True)
class Test:
    """A row of the sheet: `wrong` is TRUE, FALSE, or an error while it cannot be told."""

    code: str
    text: str  # what to do where it is wrong
    wrong: str
    cell: str  # 見積!C5
    level: str = ""  # where it is not the code's own
    bad: str = ""  # of each row in the cell's table, as an array, whether it is wrong; "" where no row is to blame

    @property
    def notice(self) -> bool:
        """Whether there is only something to know."""
        return (self.level or codes()[self.code]["level"]) == NOTICE


def first(table: Table, bad: str) -> str:
    """The number of the first bad row of a table, 1 where none is.

    The rows' numbers stand in column A: ROW over a range is no array in every calculator.
    """
    number = span(table.sheet, f"A{table.first}", f"A{table.header + table.most}")
    return f"MOD({table.most}-SUMPRODUCT(MAX(({bad})*({number}>0)*({table.most + 1}-{number}))),{table.most})+1"


def tests(look: Lookups, unread: str) -> Iterator[Test]:
    """Every row of the sheet; `unread`: how many cells and rows cannot be read."""
    own, stated = check_formulas.own(look, unread), {id: [c for c in ENTRIES if c.id == id] for id in sentences()}
    for id, text in sentences().items():
        yield Test(id.partition(".")[0], text, *own[id]) if id in own else _test(text, stated[id], look)


def _test(text: str, checks: Sequence[Check], look: Lookups) -> Test:
    """One row: it is wrong where one of its checks holds; its link leads to the cell of the first."""
    head, wrong = checks[0], [_wrong(check, look) for check in checks]
    table, _, column = head.cell.partition(".")
    bad = [_bad(check, look) for check in checks if check.row and check.cell.partition(".")[0] == table]
    one = wrong[0] if len(wrong) == 1 else f"OR({','.join(wrong)})"
    cell = next(t for t in TABLES if t.name == table).cell(column, 1) if column else INPUT[table].address
    return Test(head.code, text, one, cell, head.level, total(bad))


def _bad(check: Check, look: Lookups) -> str:
    """Of each row, whether the condition holds; a row in which something is not known is not bad."""
    assert check.row
    return f"(1-ISERROR(1/({check.row(Rows(look, check.cell.partition('.')[0])).text})))"


def _wrong(check: Check, look: Lookups) -> str:
    """Whether a check holds, asked for only in its frames and where its guards hold."""
    cells, of_lines = Cells(look), check.row and check.cell.startswith("lines.")
    frames = check.frames or (line_columns.OF_LINES if of_lines else ())
    guards = [applied(*frames)] if frames else []
    guards += [c(cells).text for c in (check.when, check.condition if check.row else always) if c is not always]
    text = f"SUMPRODUCT({_bad(check, look)})>0" if check.row else check.condition(cells).text
    for guard in reversed(guards):
        text = f"IF({guard},{text},FALSE)"
    return text
