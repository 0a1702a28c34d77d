"""An input cell with what makes it friendly: its format, its dropdown, its hint, and a check with a Japanese sentence."""

from __future__ import annotations

from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from rules.engine.argument import kinds
from workbooks.building.sheets.lists import Lists, category_choices, function_choices
from workbooks.building.style import DATE, YEN, entry
from workbooks.form.layout import NO, YES, Column, Input

TEXT = "@"
FORMS = {
    "yen": YEN,
    "count": YEN,
    "decimal": "General",
    "date": DATE,
    "digits": TEXT,
    "tel": TEXT,
    "mail": TEXT,
    "kana": TEXT,
}
PROMPT, TITLE = 250, 30  # characters that Excel takes (255 and 32), with some to spare
LONGEST = 1_000_000_000_000
Kind = Input | Column
LISTED = {"category": category_choices, "functions": function_choices}  # by how a column is read


def form(kind: str) -> str:
    """The number format of a kind: texts stay texts, so that nothing typed becomes a formula or loses a zero."""
    return FORMS.get(kind, TEXT)


def write(sheet: Worksheet, cells: str, what: Kind, lists: Lists) -> None:
    """The entry cell, or cells of a column, with its validation."""
    first = cells.split(":", maxsplit=1)[0]
    number = what.kind in ("yen", "count", "decimal")
    for row in sheet[cells] if ":" in cells else ((sheet[first],),):
        for cell in row:
            entry(sheet, cell.coordinate, form(what.kind), wrap=not number, align="right" if number else "left")
    made: Any = _validation(what, lists)
    made.allow_blank = True
    made.showErrorMessage, made.showInputMessage = True, True
    made.promptTitle, made.prompt = cut(_label(what), TITLE), cut(_prompt(what), PROMPT)
    made.errorTitle = cut(_label(what), TITLE)
    made.add(cells)
    sheet.add_data_validation(made)


def _label(what: Kind) -> str:
    return what.title if isinstance(what, Column) else what.label


def cut(text: str, length: int) -> str:
    """A text of so many letters at most."""
    return text if len(text) <= length else text[: length - 1] + "…"


def _prompt(what: Kind) -> str:
    parts = [what.hint] if what.hint else []
    if isinstance(what, Input):
        parts += [f"選択肢: {'／'.join(what.choices)}"] if what.kind == "multi" else []
        parts += [f"{what.limit}字まで"] if what.kind == "long" and what.limit else []
        parts += [] if what.required else ["空欄でもかまいません"]
    return "\n".join(parts) or "入力してください"


def choices(what: Kind) -> tuple[str, ...]:
    """The closed choice of a cell; () where anything may be typed."""
    if what.kind == "yesno":
        return (YES, NO)
    if isinstance(what, Column) and what.reader in LISTED:
        return LISTED[what.reader]()
    return what.choices if what.kind == "choice" else ()


def _validation(what: Kind, lists: Lists) -> DataValidation:
    if what.kind in ("choice", "yesno"):
        found = DataValidation(type="list", formula1=_range(what, lists))
        found.error = "一覧から選んでください（▼を押すと出ます）。"
        return found
    if what.kind in ("yen", "count"):
        low = -LONGEST if what.negative else 0
        high = kinds()["yen"].high or LONGEST
        found = DataValidation(type="whole", operator="between", formula1=str(low), formula2=str(max(high, -low)))
        found.error = f"{'整数' if low else '0以上の整数'}を、コンマや「円」を付けずに数字だけで入れてください。"
        return found
    if what.kind == "decimal":
        found = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0")
        found.error = "0以上の数を、数字だけで入れてください。"
        return found
    if what.kind == "date":
        found = DataValidation(type="date", operator="between", formula1="DATE(1910,1,1)", formula2="DATE(2100,12,31)")
        found.error = "日付を 2026/10/5 の形で入れてください。"
        return found
    return _length(what)


def _range(what: Kind, lists: Lists) -> str:
    if isinstance(what, Column) and what.reader == "contract":
        return lists.place["契約"]
    return lists.choice(choices(what))


def _length(what: Kind) -> DataValidation:
    limit = what.limit if isinstance(what, Input) else None
    if what.kind == "digits" and limit:
        found = DataValidation(type="textLength", operator="equal", formula1=str(limit))
        found.error = f"{limit}桁の数字を、ハイフンを付けずに入れてください。"
        return found
    most = limit or 1000
    found = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(most))
    found.error = f"{most}字までで入れてください。"
    return found
