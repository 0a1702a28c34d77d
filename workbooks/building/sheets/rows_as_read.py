"""Rows of 取引先 and 構成員 as they are read: working columns right of the table, as `workbooks.reading.tables` reads the same cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workbooks.building.formula_text import absolute, quoted, trimmed
from workbooks.building.sheets import input_table
from workbooks.building.style import COUNT, GREY, PALE, put
from workbooks.form import vocabulary, word_lists
from workbooks.form.entered_cells import number_of
from workbooks.form.layout import Column, Table

USED, FILLED, WRONG = "used", "filled", "wrong"
OWN = {USED: "行がある", FILLED: "入力のセル", WRONG: "読めないか空欄"}


@dataclass(frozen=True)
class Reading:
    """The working columns of a table, after a narrow one."""

    table: Table
    more: tuple[str, ...] = ()  # further columns, which the table's own sheet fills

    @property
    def left(self) -> int:
        """The first working column, from 1."""
        return self.table.left + len(self.table.columns) + 1

    @property
    def read(self) -> tuple[Column, ...]:
        """The columns in which not every text will do."""
        return tuple(c for c in self.table.typed if c.reader != "text")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The working columns."""
        found = [
            (f"text_{c.name}", *((f"found_{c.name}",) if number_of(c) else ()), f"given_{c.name}") for c in self.read
        ]
        return (USED, FILLED, *(name for names in found for name in names), WRONG, *self.more)

    def letter(self, name: str) -> str:
        """The letter of a working column."""
        return get_column_letter(self.left + self.names.index(name))

    def cell(self, name: str, n: int) -> str:
        """A working value of row n."""
        return absolute(self.table.sheet, f"{self.letter(name)}{self.table.header + n}")

    def down(self, name: str) -> str:
        """A working value of all rows that a workbook may have."""
        first, last = (self.table.header + n for n in (1, self.table.most))
        return f"'{self.table.sheet}'!${self.letter(name)}${first}:${self.letter(name)}${last}"

    def rows(self) -> str:
        """How many rows hold anything."""
        return f"SUM({self.down(USED)})"

    def lost(self) -> str:
        """Whether cells are filled that no working row reads: rows put in by hand."""
        columns = ",".join(self.table.column(c.name) for c in self.table.typed)
        return f"COUNTA({columns})<>SUM({self.down(FILLED)})"

    def titles(self) -> Mapping[str, str]:
        """What stands above the working columns."""
        titles = {c.name: c.title for c in self.table.columns}
        made = {f"{part}_{name}": f"{title}{word}" for name, title in titles.items() for part, word in PARTS.items()}
        return {**OWN, **made}

    def row(self, n: int) -> Mapping[str, str]:
        """How row n is read: "" for a blank cell, an error for one that cannot be read."""
        cells = {c.name: input_table.at(self.table, c.name, n) for c in self.table.typed}
        plain = [cell for name, cell in cells.items() if name not in {c.name for c in self.read}]
        said = "&".join([trimmed("&".join(plain)), *(self.cell(f"text_{c.name}", n) for c in self.read)])
        found = {USED: f"IF(LEN({said})>0,1,0)", FILLED: f"COUNTA({','.join(cells.values())})"}
        for c in self.read:
            found |= self._column(c, cells[c.name], n)
        return found | {WRONG: self._wrong(n)}

    def _column(self, c: Column, cell: str, n: int) -> Mapping[str, str]:
        text, found = self.cell(f"text_{c.name}", n), f"found_{c.name}"
        number = {found: vocabulary.number(cell, text)} if number_of(c) else {}
        value = given(c, cell, text, self.cell(found, n) if number else "")
        return {f"text_{c.name}": word_lists.FOLDS[c.reader].formula(cell), **number, f"given_{c.name}": value}

    def _wrong(self, n: int) -> str:
        """The titles of the cells that cannot be read, or are blank and must not be; each in 「」."""
        parts = list[str]()
        for c in self.read:
            given = self.cell(f"given_{c.name}", n)
            lacks = f"IF(ISERROR({given}),TRUE,{given}={quoted('')})" if c.required else f"ISERROR({given})"
            parts.append(f"IF({lacks},{quoted(f'「{c.title}」')},{quoted('')})")
        used = self.cell(USED, n)
        return f"IF(ISERROR({used}),{quoted('「行」')},IF({used}=0,{quoted('')},{'&'.join(parts)}))"

    def first_wrong(self, n: int) -> str:
        """The address of the first such cell."""
        text = quoted(self.table.cell(self.table.columns[0].name, n))
        for c in reversed(self.read):
            found = f'ISNUMBER(FIND("「{c.title}」",{self.cell(WRONG, n)}))'
            text = f"IF({found},{quoted(self.table.cell(c.name, n))},{text})"
        return text

    def write(self, sheet: Worksheet, rows: int) -> None:
        """Writes the columns that every such table has."""
        titles = self.titles()
        for name in self.names:
            if name in titles:
                self.head(sheet, name, titles[name])
            sheet.column_dimensions[self.letter(name)].width = 12
        for n in range(1, rows + 1):
            self.fill(sheet, n, self.row(n))

    def head(self, sheet: Worksheet, name: str, text: str) -> None:
        """Writes what stands above a working column."""
        at = f"{self.letter(name)}{self.table.header}"
        put(sheet, at, text, size=8, back=PALE, box=True, wrap=True, align="center")

    def fill(self, sheet: Worksheet, n: int, formulas: Mapping[str, str]) -> None:
        """Writes working cells of row n."""
        for name, text in formulas.items():
            at = f"{self.letter(name)}{self.table.header + n}"
            formula = input_table.own(sheet, f"={text}")
            put(sheet, at, formula, size=8, box=True, form=COUNT, align="right", colour=GREY)


PARTS = {"text": "（整えた文字）", "found": "（数）", "given": "（読んだ値）"}


def given(c: Column, cell: str, text: str, found: str) -> str:
    """A cell as its column reads it: "" for a blank one, an error for one that cannot be read."""
    if number := number_of(c):
        return vocabulary.bounded(found, number.low, number.high, number.whole)
    if c.kind == "yesno":
        return vocabulary.answer(cell, text)
    assert c.limit is not None
    return vocabulary.digits(cell, text, c.limit, padded=False)
