"""Filled -> Quote: every cell gets the type of its field; a cell that cannot be read becomes a finding INPUT."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rules import consumption_tax, line_limits
from rules.checks.codes import rule
from rules.engine.edition import EditionError, edition
from rules.findings import Finding
from rules.quote import Line, Quote
from workbooks.form import layout, word_lists
from workbooks.form.entered_cells import NUMBERED, WITH_TAX, number_of
from workbooks.form.layout import Input
from workbooks.form.portal_fields import SEPARATOR
from workbooks.form.vocabulary import DATA
from workbooks.reading import cell_values, columns, tables
from workbooks.reading.filled import Filled

GROSS = layout.TAX_MODES[1]  # 税込
NO_TAX = "見積書の税抜の額に直し、税区分を税抜にしてください。"
SEPARATORS = re.compile(rf"(\s*[{re.escape(''.join(DATA['separators']))}]\s*|\s+)")  # between several choices


def quote(filled: Filled) -> Quote:
    """The quote of a filled workbook, with a finding for each cell that cannot be read.

    >>> from workbooks.reading.filled import Cell
    >>> read = quote(Filled({"subject": Cell("会計 "), "capital": Cell("千万円", "申請者!C9")}, ()))
    >>> read.inputs
    {'subject': '会計'}
    >>> read.findings[0].message
    '「資本金」の「千万円」を数として読めません。単位や記号を付けず、数字だけで入れてください。'
    """
    found: list[Finding] = []
    values = {
        i.name: cell_values.take(filled.names.get(i.name), f"「{i.label}」", _reader(i), found) for i in layout.INPUTS
    }
    inputs = {name: value for name, value in values.items() if value is not None}
    on = _known(inputs.get("application_date"))
    more = tables.more(filled.tables, found)
    table = tables.lines(filled.rows, edition(line_limits.Edition, on), found)
    if inputs.get("tax_mode") == GROSS:
        table = tuple(_without_tax(line, on, found) for line in table)
        inputs |= dict(_net_inputs(inputs, filled, on, found))
        if any(f.code == "TAX" for f in found):
            inputs["tax_unknown"] = True
    cells = {name: cell.address for name, cell in filled.names.items()}
    inputs = {name: value for name, value in inputs.items() if value is not None}
    return Quote(inputs, table, cells, tuple(found), **more)


def _reader(i: Input) -> Callable[[Any], Any]:
    """How a cell of this input is read."""
    readers: dict[str, Callable[[Any], Any]] = {
        "date": cell_values.day,
        "yesno": cell_values.yes,
        "digits": lambda v: cell_values.digits(v, i.limit),
        "tel": cell_values.telephone,
        "mail": cell_values.plain,
        "multi": lambda v: _several(v, _spelt(i)),
        "choice": lambda v: _choice(v, i),
    }
    if number_of(i):
        return lambda v: columns.number(v, i)
    if i.name in NUMBERED:
        return cell_values.number_code
    return readers.get(i.kind, cell_values.text)


def _choice(value: Any, i: Input) -> str:
    known = word_lists.OF_INPUT.get(i.name)
    return cell_values.named(value, known) if known else cell_values.choice(value, i.choices)


def _spelt(i: Input) -> Mapping[str, str]:
    """Each choice by every spelling that is taken."""
    frames = word_lists.OF_INPUT["frame"].meaning if i.name == "also_applied" else dict[str, str]()
    return {**{choice: choice for choice in i.choices}, **frames}


def _several(value: Any, choices: Mapping[str, str]) -> tuple[str, ...]:
    """The choices of one cell, however they are parted; what is none of them stays as it was typed."""
    return tuple(dict.fromkeys(_named(SEPARATORS.split(cell_values.text(value)), choices)))


def _named(pieces: Sequence[str], choices: Mapping[str, str]) -> Iterator[str]:
    """The choices among words and, in turn, what parts them: a choice may hold a 「、」 or a space itself."""
    most = max(len(SEPARATORS.split(choice)) for choice in choices)
    at, other = 0, list[str]()
    while at < len(pieces):
        ends = range(min(len(pieces), at + most), at, -2)
        named = ((end, choices[c]) for end in ends for c in choices if cell_values.same("".join(pieces[at:end]), c))
        end, known = next(named, (at + 1, ""))
        if known:
            yield from _others(other[:-1])
            yield known
            other = []
        else:
            other += pieces[at : end + 1]
        at = end + 1
    yield from _others(other)


def _others(pieces: Sequence[str]) -> Iterator[str]:
    """Answers that are in no list."""
    return (part.strip() for part in re.split(f"[{SEPARATOR}\n]", "".join(pieces)) if part.strip())


def _known(on: date | None) -> date | None:
    """The application date where an edition is in force on it; otherwise None, which means the newest."""
    try:
        edition(line_limits.Edition, on)
    except EditionError:
        return None
    return on


def _without_tax(line: Line, on: date | None, found: list[Finding]) -> Line:
    """A line whose 単価 and 値引 were typed with tax; where they are no whole yen without it, it has no amount."""
    net = {name: _net(getattr(line, name), on) for name in ("price", "discount")}
    wrong = list(_unconvertible(line, net))
    found += wrong
    return replace(line, price=net["price"], discount=net["discount"] or 0, readable=line.readable and not wrong)


def _net_inputs(
    inputs: Mapping[str, Any], filled: Filled, on: date | None, found: list[Finding]
) -> Iterator[tuple[str, int | None]]:
    """合計からの値引 without tax; None where it is no whole yen then."""
    for name in WITH_TAX & inputs.keys():
        net = _net(inputs[name], on)
        if net is None:
            message = f"「{layout.INPUT[name].label}」の税込{inputs[name]:,}円は、税抜にすると1円未満の端数が出ます。"
            found.append(cell_values.unreadable(message + NO_TAX, filled.names[name].address))
        yield name, net


def _net(gross: int | None, on: date | None) -> int | None:
    return None if gross is None else consumption_tax.without_tax(gross, on)


def _unconvertible(line: Line, net: dict[str, int | None]) -> Iterator[Finding]:
    for name, without in net.items():
        gross = getattr(line, name)
        if gross is not None and without is None:
            message = (
                f"{layout.LINES.called(name, line.number)}の税込{gross:,}円は、税抜にすると1円未満の端数が出ます。"
            )
            yield rule("TAX")(message + NO_TAX, line.cell(name))
