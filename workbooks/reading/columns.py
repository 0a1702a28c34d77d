"""How a cell of each column is read: by its kind, or by what it names（カテゴリー、契約、機能 …）."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rules import line_limits
from rules.frames.normal import PROCESSES
from workbooks.form import word_lists
from workbooks.form.entered_cells import number_of
from workbooks.form.layout import Input
from workbooks.form.tables import Column
from workbooks.form.vocabulary import AS_TYPED, CODES, NAMES, TIDY, Fold, composed
from workbooks.reading import cell_values
from workbooks.reading.cell_values import Mistake

BROKEN = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")  # what no document can hold
JOIN = "・"  # between the functions of one cell, as the sheet writes them
YEARLY = "年額"


def blank(value: Any, c: Column) -> bool:
    """Whether nothing stands in a cell, or only a dash where that stands for nothing."""
    if c.dash and isinstance(value, str):
        return set(word_lists.FOLDS[c.reader].text(value)) <= {"-", " "}
    return cell_values.blank(value)


def number(value: Any, what: Column | Input) -> Any:
    """A number within the bounds of its cell."""
    asked = number_of(what)
    assert asked is not None
    return cell_values.within(value, asked, "円" if what.kind == "yen" else "")


def contract(value: Any, _: Any = None) -> str:
    """契約: a word of the list; an unknown one is left to the checks."""
    said = cell_values.text(value)
    return word_lists.CONTRACT.find(cell_values.raw(value)) or (
        f"{said}（見えない文字あり）" if said in word_lists.contracts() else said
    )


def months(value: Any, c: Column, contract: str) -> int:
    """月数; a yearly contract counts whole years."""
    found = number(value, c)
    if contract == YEARLY and found % line_limits.YEAR:
        raise Mistake(f"は、契約が{YEARLY}の行では{line_limits.YEAR}の倍数で入れてください。")
    return found


def _category(value: Any, _: Column) -> int:
    """カテゴリー: its number, its name, or both."""
    found = word_lists.category(cell_values.raw(value))
    if found is None:
        raise Mistake("はセルの一覧から選んでください。先頭の数字がカテゴリーの番号です。")
    return found


def _tool(value: Any, _: Column) -> str:
    """ツール, with all that tells it from another."""
    return composed(BROKEN.sub("", TIDY.text(cell_values.raw(value))))


def _discount(value: Any, c: Column) -> int:
    try:
        return number(value, c)
    except Mistake as e:
        raise Mistake(f"{e}値引は正の数で入れます。") from None


def _functions(value: Any, _: Column) -> frozenset[str]:
    return _several(value, NAMES, word_lists.strange_functions, f"一覧（{JOIN.join(word_lists.KNOWN)}）")


def _processes(value: Any, _: Column) -> frozenset[str]:
    """プロセス: 共Ｐ－０１ is 共P-01, whichever hyphen was typed."""
    listed = f"プロセス（{PROCESSES[0]}～{PROCESSES[-1]}。例: 共P-04）"
    return _several(value, CODES, word_lists.strange_processes, listed)


def _several(value: Any, fold: Fold, strange: Callable[[Sequence[str]], Sequence[str]], listed: str) -> frozenset[str]:
    """The words of one cell. Each that is in no list is named as it was typed: left out, it would change the amount."""
    parts, seen = fold.parts(cell_values.raw(value)), AS_TYPED.parts(cell_values.raw(value))
    wrong = strange(parts)
    if wrong:
        names = "」「".join(cell_values.short(word) for part, word in zip(parts, seen, strict=True) if part in wrong)
        raise Mistake(f"の「{names}」は{listed}にありません。「・」で区切って入れ直してください。")
    return frozenset(parts)


READERS: Mapping[str, Callable[[Any, Column], Any]] = {  # by Column.reader
    "text": lambda value, _: cell_values.text(value),
    "yesno": lambda value, _: cell_values.yes(value),
    "answer": lambda value, _: cell_values.yes(value),
    "digits": lambda value, c: cell_values.digits(value, c.limit),
    "number": number,
    "category": _category,
    "contract": contract,
    "tool": _tool,
    "functions": _functions,
    "processes": _processes,
    "discount": _discount,
}
