"""What a draft was made from: the hash of every input, the numbers that came out, the edition and the versions.

>>> from tests.samples import assessment
>>> provenance(assessment()).numbers["subsidy"]
Number(label='補助額', value=1050000, printed=True)
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from fractions import Fraction
from hashlib import sha256
from itertools import chain
from typing import Any, TypeVar, cast

from rules import VERSION
from rules.assess import Assessment
from templates import japanese
from workbooks.form import layout

SHORT = 16  # letters of the hash of one input
APART = ("inputs", "lines", "cells", "findings")  # of a quote: no tables
TABLES = {"partners": "取引先", "members": "構成員", "months": "月別の賃金", "plan": "計画"}
LINE, INPUT = "line", "input"
# Columns that a table did not have at first: left out where blank, so that drafts of the time before stay what they were
LATER = {c.name for table in layout.TABLES for c in table.columns if c.since > table.since}
NUMERAL = re.compile(r"(?<![0-9,.])([△-]?)([0-9]+(?:[,.][0-9]+)*)")


@dataclass(frozen=True)
class Number:
    """A number of a draft: what it is called, how much, and whether the draft prints it."""

    label: str
    value: int
    printed: bool = field(default=True, compare=False)


@dataclass(frozen=True)
class Hash:
    """One input, line or row of a table: what it is called, the hash of what was typed, and whether the draft prints it."""

    label: str
    digest: str
    printed: bool = field(default=True, compare=False)
    forms: tuple[str, ...] = field(
        default=(), compare=False, repr=False
    )  # how it may be printed, unspaced; never stored


Entry = TypeVar("Entry", Number, Hash)


@dataclass(frozen=True)
class Provenance:
    """Everything that a draft remembers of its making."""

    edition: str  # date, or ""
    frame: str  # name, such as invoice
    label: str  # name for a person
    digest: str  # sha256 of all inputs
    numbers: Mapping[str, Number]
    hashes: Mapping[str, Hash]
    program: str = VERSION
    template: str = ""  # name and sha256 of the template
    template_digest: str = ""
    text: str = ""  # hash of the text as it was printed
    controls: Mapping[str, str] = field(default_factory=dict[str, str], compare=False)  # hash of each control's, too


def provenance(a: Assessment) -> Provenance:
    """What drafts of this assessment are made from; the template comes later."""
    edition = a.edition.isoformat() if a.edition else ""
    hashes = {key: Hash(label, _hash(value)[:SHORT], forms=_unspaced(value)) for key, label, value in _entries(a)}
    return Provenance(edition, a.frame, a.label, digest(a), dict(_numbers(a)), hashes)


def seen(p: Provenance, text: str) -> Provenance:
    """The same, knowing which numbers and inputs stand in the text of a draft."""
    plain = "".join(text.split())
    numerals = _numerals(text)
    numbers = {key: _shown(n, bool(_often(n.value, numerals))) for key, n in p.numbers.items()}
    hashes = {key: _shown(h, not h.forms or any(form in plain for form in h.forms)) for key, h in p.hashes.items()}
    return replace(p, numbers=numbers, hashes=hashes)


def _shown(entry: Entry, printed: bool) -> Entry:
    return entry if entry.printed == printed else replace(entry, printed=printed)


def count(value: int, text: str) -> int:
    """How often a number stands in a text, with or without commas.

    >>> count(1200, "1,200 円、1200、21,200、1,200,000"), count(-5, "△5"), count(5, "15、5.1、5")
    (2, 1, 1)
    """
    return _often(value, _numerals(text))


def _often(value: int, numerals: Counter[str]) -> int:
    return sum(numerals[form] for form in {f"{value:,}", str(value)})


def _numerals(text: str) -> Counter[str]:
    """How often each numeral stands in a text; one with a sign counts without it, too."""
    found = NUMERAL.findall(text)
    return Counter(chain((digits for _, digits in found), (f"-{digits}" for sign, digits in found if sign)))


def _unspaced(value: Any) -> tuple[str, ...]:
    return tuple("".join(form.split()) for form in _forms(value))


def _forms(value: Any) -> tuple[str, ...]:
    """How a text or a day is printed; () for what has no form of its own."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, date):
        return (japanese.day(value),)
    if isinstance(value, Mapping):
        row = cast("Mapping[str, Any]", value)
        return tuple(v for name, v in row.items() if name in ("item", "name") and isinstance(v, str) and v)
    many = cast("tuple[Any, ...] | frozenset[Any]", value) if isinstance(value, tuple | frozenset) else ()
    return tuple(v for v in many if isinstance(v, str))


def digest(a: Assessment) -> str:
    """The sha256 of the frame and every input, line and table: equal inputs, equal hash.

    >>> from tests.samples import assessment
    >>> digest(assessment()) == digest(assessment(capital=1))
    False
    """
    rows = [_row(line) for line in a.quote.lines]
    tables = {name: [_row(r) for r in table] for name, table in _tables(a) if table}
    return _hash({"frame": a.frame, "inputs": dict(a.quote.inputs), "lines": rows, **tables})


def _hash(data: Any) -> str:
    text = json.dumps(data, sort_keys=True, default=_canonical, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _tables(a: Assessment) -> Iterator[tuple[str, Any]]:
    """Whatever a quote holds besides its inputs and lines."""
    yield from ((f.name, getattr(a.quote, f.name)) for f in fields(a.quote) if f.name not in APART)


def _entries(a: Assessment) -> Iterator[tuple[str, str, Any]]:
    """(key, label, value) of everything that was typed."""
    for name, value in a.quote.inputs.items():
        yield f"{INPUT}.{name}", _label(name), value
    for line in a.quote.lines:
        yield f"{LINE}.{line.number}", _line(line), _row(line)
    for name, table in _tables(a):
        for number, row in enumerate(table, 1):
            yield f"{name}.{number}", f"{TABLES.get(name, name)} {number}行目", _row(row)


def _numbers(a: Assessment) -> Iterator[tuple[str, Number]]:
    """Each number by a name that stays, with what it is called; what cannot be known is not there."""
    amounts = (
        ("total", "見積の合計（税抜）", a.total),
        ("tax", "消費税", a.tax),
        ("gross", "支払総額（税込）", a.gross),
        ("eligible", "補助対象経費（税抜）", a.eligible if a.total is not None else None),
        ("subsidy", "補助額", a.subsidy),
        ("own_burden", "自己負担（税抜）", a.own_burden),
        ("out_of_pocket", "手出し（税込）", a.out_of_pocket),
    )
    yield from ((name, Number(label, value)) for name, label, value in amounts if value is not None)
    for step in a.calculation.steps if a.calculation else ():
        yield f"step.{step.name}", Number(f"計算「{step.label}」", int(step.value))
    for expense in a.expenses:
        if expense.amount is not None:
            key, called = f"{LINE}.{expense.line.number}", _line(expense.line)
            yield f"{key}.amount", Number(f"{called}の金額", expense.amount)
            yield f"{key}.eligible", Number(f"{called}の補助対象経費", expense.eligible)
    for name, value in a.quote.inputs.items():
        if isinstance(value, int) and not isinstance(value, bool):
            yield f"{INPUT}.{name}", Number(_label(name), value)


def _row(row: Any) -> dict[str, Any]:
    return {k: v for k, v in asdict(row).items() if k != "cells" and (v or k not in LATER)}


def _line(line: Any) -> str:
    return f"明細{line.number}{f'「{line.item}」' if line.item else ''}"


def _label(name: str) -> str:
    return layout.INPUT[name].label if name in layout.INPUT else name


def _canonical(value: Any) -> Any:
    """What JSON does not know, in one fixed form."""
    if isinstance(value, frozenset | set):
        return sorted(cast("set[Any]", value))
    if isinstance(value, date | Fraction):
        return str(value)
    return repr(value)
