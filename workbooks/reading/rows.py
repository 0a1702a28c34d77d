"""One row of the table of lines becomes a Line; what is missing or cannot be read is a finding at its cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from rules import line_limits
from rules.engine.argument import kinds
from rules.findings import Finding
from rules.frames.normal import PROCESSES
from rules.quote import Line
from workbooks.form import layout, word_lists
from workbooks.form.vocabulary import ANSWERED, AS_TYPED, CODES, NAMES, NUMBER, TIDY, Fold, composed, key
from workbooks.reading import cell_values
from workbooks.reading.cell_values import Mistake
from workbooks.reading.filled import Cell

T = TypeVar("T")
Row = Mapping[str, Cell]
TITLES = {c.name: c.title for c in layout.LINES.columns if not c.computed}
NEEDED = ("category", "contract", "quantity", "price")  # of every line
OPTIONAL = {  # where a dash stands for nothing
    "functions": NAMES,
    "processes": CODES,
    "months": NUMBER,
    "discount": NUMBER,
    "other_subsidy": ANSWERED,
}
BROKEN = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")  # what no document can hold
JOIN = "・"  # between the functions of one cell, as the sheet writes them
OUTRIGHT, YEARLY = "買取", "年額"


def line(number: int, row: Row, rule: line_limits.Edition, found: list[Finding]) -> Line | None:
    """The line in row `number` of the table, from 1; None where every input of the row is blank."""
    cells = {name: cell.address for name, cell in row.items()}
    row = {name: cell for name, cell in row.items() if not (cell_values.blank(cell.value) or _dash(name, cell.value))}
    if not row:
        return None
    mine: list[Finding] = []

    def take(name: str, read: Callable[[Any], T]) -> T | None:
        return cell_values.take(row.get(name), f"「{TITLES[name]}」（{number}行目）", read, mine)

    contract = take("contract", _contract) or ""
    made = Line(
        number=number,
        item=take("item", cell_values.text) or "",
        tool=take("tool", _tool) or "",
        category=take("category", _category),
        functions=take("functions", _functions) or frozenset(),
        processes=take("processes", _processes) or frozenset(),
        contract=contract,
        unit=take("unit", cell_values.text) or "",
        quantity=take("quantity", lambda value: cell_values.whole(value, high=kinds()["yen"].high)),
        price=take("price", cell_values.amount),
        months=None if contract == OUTRIGHT else take("months", lambda value: _months(value, contract)),
        discount=take("discount", _discount) or 0,
        note=take("note", cell_values.text) or "",
        other_subsidy=take("other_subsidy", cell_values.yes) or False,
        cells=cells,
    )
    mine += _lacking(made, row, rule)
    found += mine
    return replace(made, readable=not mine)


def one_tool(found: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, each tool spelled as on its first line: spaces and capitals do not part a tool from its options."""
    first: dict[str, str] = {}
    return tuple(replace(line, tool=first.setdefault(key(line.tool), line.tool)) for line in found)


def _dash(name: str, value: Any) -> bool:
    """Whether only a dash stands in an optional cell, where there is nothing."""
    return name in OPTIONAL and isinstance(value, str) and set(OPTIONAL[name].text(value)) <= {"-", " "}


def _lacking(made: Line, row: Row, rule: line_limits.Edition) -> Iterator[Finding]:
    """What a line needs and does not say."""
    for name in NEEDED:
        if name not in row:
            yield _blank(made, name, "が空欄です。値を入れるか、使わない行ならほかの欄も消してください。")
    terms = rule.terms(made.contract)
    if terms is not None and terms.months and "months" not in row:
        yield _blank(made, "months", f"が空欄です。契約が{made.contract}の行には月数を入れてください。")


def _blank(made: Line, name: str, message: str) -> Finding:
    return cell_values.unreadable(f"「{TITLES[name]}」（{made.number}行目）{message}", made.cell(name))


def _category(value: Any) -> int:
    """カテゴリー: its number, its name, or both."""
    found = word_lists.category(cell_values.raw(value))
    if found is None:
        raise Mistake("はセルの一覧から選んでください。先頭の数字がカテゴリーの番号です。")
    return found


def _contract(value: Any) -> str:
    """契約: a word of the list; an unknown one is left to the checks."""
    said = cell_values.text(value)
    return word_lists.CONTRACT.find(cell_values.raw(value)) or (
        f"{said}（見えない文字あり）" if said in word_lists.contracts() else said
    )


def _tool(value: Any) -> str:
    """ツール, with all that tells it from another."""
    return composed(BROKEN.sub("", TIDY.text(cell_values.raw(value))))


def _discount(value: Any) -> int:
    try:
        return cell_values.amount(value)
    except Mistake as e:
        raise Mistake(f"{e}値引は正の数で入れます。") from None


def _functions(value: Any) -> frozenset[str]:
    return _several(value, NAMES, word_lists.strange_functions, f"一覧（{JOIN.join(word_lists.KNOWN)}）")


def _processes(value: Any) -> frozenset[str]:
    """プロセス: 共Ｐ－０１ is 共P-01, whichever hyphen was typed."""
    return _several(
        value, CODES, word_lists.strange_processes, f"プロセス（{PROCESSES[0]}～{PROCESSES[-1]}。例: 共P-04）"
    )


def _several(value: Any, fold: Fold, strange: Callable[[Sequence[str]], Sequence[str]], listed: str) -> frozenset[str]:
    """The words of one cell. Each that is in no list is named as it was typed: left out, it would change the amount."""
    parts, seen = fold.parts(cell_values.raw(value)), AS_TYPED.parts(cell_values.raw(value))
    wrong = strange(parts)
    if wrong:
        names = "」「".join(cell_values.short(word) for part, word in zip(parts, seen, strict=True) if part in wrong)
        raise Mistake(f"の「{names}」は{listed}にありません。「・」で区切って入れ直してください。")
    return frozenset(parts)


def _months(value: Any, contract: str) -> int:
    months = cell_values.whole(value, low=1, high=kinds()["yen"].high)
    if contract == YEARLY and months % line_limits.YEAR:
        raise Mistake(f"は、契約が{YEARLY}の行では{line_limits.YEAR}の倍数で入れてください。")
    return months
