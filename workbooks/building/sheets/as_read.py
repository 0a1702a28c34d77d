"""一覧, first columns: every single input and every cell of 計画 as it is read, and what cannot be read, with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from openpyxl.worksheet.worksheet import Worksheet

from workbooks.building.formula_text import absolute
from workbooks.building.sheets.tax import without_tax
from workbooks.building.style import put
from workbooks.form import vocabulary, word_lists
from workbooks.form.entered_cells import (
    DATE,
    DAY,
    ENTRIES,
    FOUND,
    MONTH,
    PLACE,
    TEXT,
    TOP,
    VALUE,
    WITH_TAX,
    WRONG,
    YEAR,
    Entry,
    of_table,
    place,
)
from workbooks.form.layout import MONTH_TABLE
from workbooks.form.vocabulary import TODO
from workbooks.reading import cell_values

TITLES = {
    PLACE: "入力の場所", TEXT: "整えた文字", FOUND: "数・日付の文字", DATE: "日付", YEAR: "年", MONTH: "月", DAY: "日", VALUE: "読んだ値",
    WRONG: "読めない",
}  # fmt: skip
Keys = Mapping[str, tuple[str, str]]  # of each input with a closed list: the ranges of its spellings and their meanings


def build(sheet: Worksheet, keys: Keys) -> None:
    """Writes the columns."""
    for letter, title in TITLES.items():
        put(sheet, f"{letter}{TOP - 1}", title, bold=True, size=9)
        sheet.column_dimensions[letter].width = 16
    for e in ENTRIES.values():
        for letter, text in _cells(e, keys).items():
            put(sheet, f"{letter}{e.row}", text, size=9)


def _cells(e: Entry, keys: Keys) -> Mapping[str, str]:
    """What stands in the row of an entry."""
    cell = absolute(e.sheet, e.cell)
    at = {letter: f"${letter}{e.row}" for letter in TITLES}
    found = {PLACE: e.address, TEXT: f"={word_lists.FOLDS[e.kind].formula(cell)}"}
    if not e.kind:
        return found
    found |= {letter: f"={text}" for letter, text in _value(e, cell, at, keys).items()}
    return found | {WRONG: f"=IF(ISERROR({at[VALUE]}),1,{_beyond(e)})"}


def _beyond(e: Entry) -> str:
    """1 where a month has more people below the threshold than employees (`tables.months`)."""
    name, _, rest = e.name.partition(".below.")
    if name != MONTH_TABLE.name or not rest:
        return "0"
    everyone, below = (place(of_table(MONTH_TABLE, column, int(rest)), VALUE) for column in ("everyone", "below"))
    return f"IF(ISERROR({everyone}),0,IF(AND(ISNUMBER({everyone}),ISNUMBER({below})),IF({below}>{everyone},1,0),0))"


def _value(e: Entry, cell: str, at: Mapping[str, str], keys: Keys) -> Mapping[str, str]:
    """How an entry of its kind is read, in one or several steps."""
    kinds: Mapping[str, Callable[[], Mapping[str, str]]] = {
        "number": lambda: _number(e, cell, at),
        "date": lambda: _date(cell, at),
        "digits": lambda: {VALUE: _digits(e, cell, at[TEXT])},
        "yesno": lambda: {VALUE: vocabulary.answer(cell, at[TEXT])},
        "code": lambda: {VALUE: at[TEXT]},
    }
    return kinds[e.kind]() if e.kind in kinds else {VALUE: _chosen(at[TEXT], *keys[e.name])}


def _number(e: Entry, cell: str, at: Mapping[str, str]) -> Mapping[str, str]:
    assert e.number is not None
    value = vocabulary.bounded(at[FOUND], e.number.low, e.number.high, e.number.whole)
    found = {FOUND: vocabulary.number(cell, at[TEXT])}
    if e.name not in WITH_TAX:
        return found | {VALUE: value}
    gross = at[DATE]  # a column that no number needs
    return found | {DATE: value, VALUE: f"IF(ISNUMBER({gross}),{without_tax(gross)},{gross})"}


def _date(cell: str, at: Mapping[str, str]) -> Mapping[str, str]:
    year, month, day = vocabulary.split_date(at[DATE])
    return {
        FOUND: vocabulary.DATED.formula(at[TEXT]),
        DATE: vocabulary.slashed(at[FOUND]),
        YEAR: year,
        MONTH: month,
        DAY: day,
        VALUE: vocabulary.day(cell, at[TEXT], at[YEAR], at[MONTH], at[DAY]),
    }


def _digits(e: Entry, cell: str, text: str) -> str:
    assert e.limit is not None
    return vocabulary.digits(cell, text, e.limit, e.limit < cell_values.MAX_SHORT)


def _chosen(text: str, keys: str, values: str) -> str:
    return f'IF({vocabulary.empty(text)},"",{vocabulary.looked_up(text, keys, values)})'


def sentence(e: Entry) -> str:
    """What `check` says of such a cell, without its text."""
    if _beyond(e) != "0":
        return f"{e.label}を数として読めないか、全従業員数を超えています。人数を直してください。"
    if e.name in WITH_TAX:
        return f"{e.label}を数として読めないか、税込から税抜にすると1円未満の端数が出ます。{TODO['number']}"
    digits = f"は{e.limit or ''}桁の数字で入れてください。ハイフンは要りません。"
    said = {
        "number": f"を数として読めません。{TODO['number']}",
        "date": f"を日付として読めません。{TODO['date']}",
        "yesno": f"は{TODO['yesno']}",
        "digits": digits,
    }
    return e.label + said.get(e.kind, f"は一覧にありません。{TODO['choice']}")


MEND = "数字は数字だけで、ほかは一覧から選んで入れてください。"


def wrong(e: Entry) -> str:
    """1 where an entry cannot be read."""
    return place(e.name, WRONG)
