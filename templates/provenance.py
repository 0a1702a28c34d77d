"""What a draft was made from: the hash of every input, the numbers that came out, the edition and the versions.

>>> from tests.samples import assessment
>>> provenance(assessment()).numbers["subsidy"]
Number(label='補助額', value=1050000)
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import Any

from rules import VERSION
from rules.assess import Assessment
from workbooks import layout

SHORT = 16  # letters of the hash of one input
APART = ("inputs", "lines", "cells", "findings")  # of a quote: no tables
TABLES = {"partners": "取引先", "members": "構成員", "months": "月別の賃金", "plan": "計画"}
LINE, INPUT = "line", "input"


@dataclass(frozen=True)
class Number:
    """A number of a draft: what it is called, and how much."""

    label: str
    value: int


@dataclass(frozen=True)
class Hash:
    """One input, line or row of a table: what it is called, and the hash of what was typed."""

    label: str
    digest: str


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


def provenance(a: Assessment) -> Provenance:
    """What drafts of this assessment are made from; the template comes later."""
    edition = a.edition.isoformat() if a.edition else ""
    hashes = {key: Hash(label, _hash(value)[:SHORT]) for key, label, value in _entries(a)}
    return Provenance(edition, a.frame, a.label, digest(a), dict(_numbers(a)), hashes)


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
    for share in a.shares:
        if share.amount is not None:
            key, called = f"{LINE}.{share.line.number}", _line(share.line)
            yield f"{key}.amount", Number(f"{called}の金額", share.amount)
            yield f"{key}.eligible", Number(f"{called}の補助対象経費", share.eligible)
    for name, value in a.quote.inputs.items():
        if isinstance(value, int) and not isinstance(value, bool):
            yield f"{INPUT}.{name}", Number(_label(name), value)


def _row(row: Any) -> dict[str, Any]:
    return {k: v for k, v in asdict(row).items() if k != "cells"}


def _line(line: Any) -> str:
    return f"明細{line.number}{f'「{line.item}」' if line.item else ''}"


def _label(name: str) -> str:
    return layout.INPUT[name].label if name in layout.INPUT else name


def _canonical(value: Any) -> Any:
    """What JSON does not know, in one fixed form."""
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, date | Fraction):
        return str(value)
    return repr(value)
