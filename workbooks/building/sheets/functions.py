"""関数: every function of the add-in with an example on real numbers, live, and beside it what it should give.

The values come from the rules when the workbook is built, so that a reader without the add-in sees them. The functions
themselves are the add-in's: only this sheet, which no reader of quotes needs, knows them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from addin import functions as addin_functions
from addin.functions.catalog import PREFIX, Function, catalog
from rules import schedule
from rules.engine.edition import editions
from rules.excel_values import serial_of
from workbooks.building.formula_text import day, quoted, span
from workbooks.building.sheets.lists import Lookups
from workbooks.building.style import ACCENT, DATE, GREY, PALE, YEN, heading, paged, printed, protect, put, title, widths
from workbooks.form.layout import FUNCTIONS, LINES, MEMBER_TABLE, Size
from workbooks.form.text_width import width

LONGEST, LINE, WORDS = 250, 190, 32  # letters of a cell's text, of a line over all columns, of a line of a value
TOP = 9  # row of the first function
STEP = 3  # rows of a function: the example, its arguments, a gap
DAY = max(e.since for e in editions(schedule.Edition))  # an example's date: the first day of the newest schedule
MEMBERS = (  # cost, small_biz, functions, pc_cost, register_cost
    (600_000, True, 2, 120_000, None),
    (900_000, False, 2, 200_000, None),
    (480_000, True, 1, None, 300_000),
    (1_250_000, False, 3, 180_000, 260_000),
    *((540_000, True, 2, None, None),) * 6,
)
QUOTE = (  # the lines of a quote, by the columns' names
    {
        "category": 1,
        "functions": "会計・受発注",
        "processes": "共P-04",
        "contract": "買取",
        "quantity": 1,
        "price": 720_000,
    },
    {"category": 6, "contract": "買取", "quantity": 1, "price": 180_000},
)
COLUMNS = tuple(c for c in LINES.columns if c.name in QUOTE[0])  # those that the example needs


@dataclass(frozen=True)
class Range:
    """A range of this sheet as an argument: its place, and what stands there."""

    place: str
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Example:
    """A call: the function, its arguments, and for a table which of its cells is shown."""

    name: str
    arguments: tuple[Any, ...]
    part: tuple[int, int] | None = None  # row and column, from 1
    words: tuple[str, str] | None = None  # what an answer is called: TRUE, FALSE
    form: str = YEN

    @property
    def formula(self) -> str:
        """The call as a cell holds it, without the equals sign."""
        call = f"{PREFIX}{self.name}({','.join(_spelt(a) for a in self.arguments)})"
        if self.words:  # LibreOffice shows no stored logical value of a function that it does not know
            return f"IF({call},{quoted(self.words[0])},{quoted(self.words[1])})"
        return f"INDEX({call},{self.part[0]},{self.part[1]})" if self.part else call

    @property
    def result(self) -> Any:
        """What the rules give."""
        call = getattr(addin_functions, self.name.lower())
        return call(*(a.rows if isinstance(a, Range) else a for a in self.arguments))

    @property
    def value(self) -> Any:
        """What the cell shows."""
        if self.words:
            return self.words[0] if self.result else self.words[1]
        return self.result[self.part[0] - 1][self.part[1] - 1] if self.part else self.result


def _spelt(value: Any) -> str:
    if isinstance(value, Range):
        return value.place
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date):
        return day(value)
    return "" if value is None else quoted(value) if isinstance(value, str) else str(value)


COUNT = 13  # functions; the tables that the examples use stand below them
BELOW = TOP + COUNT * STEP + 1  # heading of the members' table
LINES_TOP = BELOW + len(MEMBERS) + 4  # heading of the lines' table
TABLES = LINES_TOP + len(QUOTE) + 4  # heading of the tables that two functions give
MEMBER_RANGE = Range(
    span(FUNCTIONS, f"B{BELOW + 2}", f"F{BELOW + 1 + len(MEMBERS)}").replace(f"'{FUNCTIONS}'!", ""), MEMBERS
)
LAST_COLUMN = "BCDEFGHIJKLMNOPQR"[len(COLUMNS) - 1]
QUOTE_RANGE = Range(
    span(FUNCTIONS, f"B{LINES_TOP + 1}", f"{LAST_COLUMN}{LINES_TOP + 1 + len(QUOTE)}").replace(f"'{FUNCTIONS}'!", ""),
    ([c.title for c in COLUMNS], *([line.get(c.name) for c in COLUMNS] for line in QUOTE)),
)
EXAMPLES = (
    Example("INVOICE", (1_000_000, True, 2, 250_000)),
    Example("NORMAL", (2_400_000, 4, False)),
    Example("ETRADE", (1_200_000, 30, 40)),
    Example("SECURITY", (240_000, True)),
    Example("GROUP", (MEMBER_RANGE, 3_000_000, 600_000, 10)),
    Example("EXPLAIN", ("invoice", 1_000_000, True), (1, 1)),
    Example("WHY", ("security", 240_000, True), form="General"),
    Example("REQUIRED_COST", ("invoice", 500_000, True)),
    Example("COMPARE", (QUOTE_RANGE, True), (1, 1)),
    Example("IS_SME", ("卸売業", 50_000_000, 120), words=("中小企業等", "対象外"), form="General"),
    Example("IS_SMALL", ("卸売業", 4), words=("小規模", "中小"), form="General"),
    Example("DEADLINE", ("invoice", DAY), form=DATE),
    Example("EDITION", (DAY,), form="General"),
)


def build(sheet: Worksheet, look: Lookups, _: Size) -> None:  # noqa: ARG001  nothing here is looked up
    """Writes the sheet; it has one size."""
    title(
        sheet,
        "関数（アドインを入れた人のための見本）",
        "アドインが無くても、このブックの補助額は計算できます。ここは関数の使い方の見本です。",
    )
    widths(sheet, {"A": 3, "B": 30, "C": 22, "D": 18, "E": 18, "F": 26, "G": 44})
    put(
        sheet,
        "B5",
        "「いまの計算」はアドインの関数です。アドインが無いと、開いて計算し直したときに #NAME? になります。そのときは「正しい値」を見てください。",
        size=9,
    )
    put(
        sheet,
        "B6",
        "アドインを入れたのに #NAME? のままなら、リボンの「リンク修復」を押すか、セルを F2 と Enter で入れ直します。",
        size=9,
    )
    for letter, text in zip(
        "BCEFG", ("関数", "例（そのままセルに入れられます）", "", "いまの計算", "正しい値"), strict=True
    ):
        put(
            sheet, f"{letter}{TOP - 1}", text, size=9, bold=True, back=ACCENT, colour="FFFFFF", box=True, align="center"
        )
    put(sheet, f"D{TOP - 1}", None, back=ACCENT, box=True)
    sheet.merge_cells(f"C{TOP - 1}:E{TOP - 1}")
    for n, example in enumerate(EXAMPLES):
        _example(sheet, TOP + n * STEP, example, catalog[PREFIX + example.name])
    _members(sheet)
    _quote(sheet)
    last = _tables(sheet)
    sheet.freeze_panes = f"C{TOP}"
    printed(sheet, f"A1:{LAST_COLUMN}{last}", landscape=True)
    paged(sheet, 72, [TOP + 8 * STEP, TABLES])
    protect(sheet)


def _example(sheet: Worksheet, row: int, example: Example, what: Function) -> None:
    put(sheet, f"B{row}", what.name, bold=True, colour=ACCENT, box=True)
    text = "=" + (example.formula if len(example.formula) < LONGEST else what.signature)
    found = put(sheet, f"C{row}", text, size=9, box=True, shrink=True)
    found.data_type, found.quotePrefix = "s", True  # the text of a formula, to be read
    for letter in "DE":
        put(sheet, f"{letter}{row}", None, box=True)
    sheet.merge_cells(f"C{row}:E{row}")
    words = isinstance(example.value, str)
    looks: dict[str, Any] = {"box": True, "form": example.form, "align": "left" if words else "right"}
    looks |= {"wrap": True, "size": 8} if words else {"size": 10}
    put(sheet, f"F{row}", f"={example.formula}", **looks)
    put(sheet, f"G{row}", example.value, bold=not words, back=PALE, **looks)
    put(
        sheet,
        f"B{row + 1}",
        f"{what.doc}\n引数: {_arguments(what)}",
        size=8,
        colour=GREY,
        wrap=True,
        top=True,
        indent=1,
    )
    sheet.merge_cells(f"B{row + 1}:G{row + 1}")
    sheet.row_dimensions[row].height = max(20, 12 * -(-width(str(example.value)) // WORDS) if words else 0)
    sheet.row_dimensions[row + 1].height = 14 * (
        1 + -(-sum(width(a.doc) + len(a.name) + 5 for a in what.arguments) // LINE)
    )
    sheet.row_dimensions[row + 2].height = 5


def _arguments(what: Function) -> str:
    return "、".join(f"{'[' if a.optional else ''}{a.name}{']' if a.optional else ''}＝{a.doc}" for a in what.arguments)


def _members(sheet: Worksheet) -> None:
    """The members that SUBSIDY_GROUP's example takes."""
    heading(sheet, "B", "G", BELOW, "例に使う表: 構成員（SUBSIDY_GROUP）")
    titles = [
        c.title
        for c in MEMBER_TABLE.columns
        if c.name in ("small_biz", "cost", "functions", "pc_cost", "register_cost")
    ]
    ordered = (titles[1], titles[0], *titles[2:])  # as the function wants them: the cost first
    _table(sheet, BELOW + 1, ordered, MEMBERS)


def _quote(sheet: Worksheet) -> None:
    """The lines that SUBSIDY_COMPARE's example takes."""
    heading(
        sheet,
        "B",
        LAST_COLUMN,
        LINES_TOP,
        "例に使う表: 見積の明細（SUBSIDY_COMPARE）。「見積」の表をそのまま範囲にできます",
    )
    _table(sheet, LINES_TOP + 1, [c.title for c in COLUMNS], QUOTE_RANGE.rows[1:])


def _tables(sheet: Worksheet) -> int:
    """What the two functions that give a table give; the last row."""
    row = TABLES
    for example, titles in (
        (EXAMPLES[5], ("段階", "円", "場所")),
        (EXAMPLES[8], ("枠", "対象経費", "補助額", "自己負担（税抜）")),
    ):
        call = Example(example.name, example.arguments).formula
        heading(sheet, "B", "G", row, f"表を返す関数: {PREFIX}{example.name}")
        note = f"Excel 365 では 1つのセルに ={call} と入れると、この表が広がります。"
        put(sheet, f"B{row + 1}", note, size=8, colour=GREY)
        _table(sheet, row + 2, titles, example.result)
        row += len(example.result) + 4
    return row - 1


def _table(sheet: Worksheet, row: int, titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A table of plain values; a text in the last of fewer columns runs on to the right."""
    for letter, text in zip("BCDEFG", titles, strict=False):
        put(sheet, f"{letter}{row}", text, size=9, back=PALE, box=True, align="center", shrink=True)
    heights: Any = sheet.row_dimensions
    for at, values in enumerate(rows, row + 1):
        for letter, value in zip("BCDEFG", values, strict=False):
            words = isinstance(value, str)
            form = "General" if words or isinstance(value, bool) else YEN
            align = "left" if words else "center" if form == "General" else "right"
            size = 8 if words else 9
            put(
                sheet, f"{letter}{at}", value, box=True, wrap=words and letter == "B", form=form, align=align, size=size
            )
            long = words and letter == "B" and width(value) > WORDS
            heights[at].height = max(heights[at].height or 16, 26 if long else 16)


def values() -> Mapping[str, Any]:
    """What each live cell should show: its cached value, so that a reader without the add-in sees it."""
    return {f"F{TOP + n * STEP}": _stored(example.value) for n, example in enumerate(EXAMPLES)}


def _stored(value: Any) -> Any:
    """A value as a cell of the file holds it: a date as its day number."""
    if isinstance(value, date):
        return float(serial_of(value))
    return value if isinstance(value, bool | str) else float(value)
