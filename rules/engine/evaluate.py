"""A frame's formula run on single values, on columns, or as Excel text. Arguments are checked alike in all three."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from rules.engine import column
from rules.engine.argument import NUM, VALUE, Argument, ArgumentError, bounded, given, kinds
from rules.engine.arithmetic import where
from rules.engine.compiler import Program, formulas, in_force, program
from rules.engine.dated_formula import DatedFormula, MemberSum
from rules.engine.steps import Step, Trace


@dataclass(frozen=True)
class Calculation:
    """One amount and how it came about."""

    frame: str
    edition: date  # the day since when the edition is in force
    given: Mapping[str, Any]  # the arguments, complete
    program: Program
    values: tuple[int, ...]  # of its steps（円）
    assumed: tuple[str, ...]  # optional arguments that were not given

    @property
    def subsidy(self) -> int:
        """補助額（円）: the last step."""
        return self.values[-1]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step with its value: made when asked for, since a cell asks for the last value alone."""
        return tuple(s._replace(value=value) for s, value in zip(self.program.steps, self.values, strict=True))

    def step(self, name: str) -> int:
        """The value of one step, in yen."""
        return next(value for s, value in zip(self.program.steps, self.values, strict=True) if s.name == name)

    @property
    def known(self) -> SimpleNamespace:
        """Every argument and every step by its name."""
        return SimpleNamespace(**self.given, **{s.name: s.value for s in self.steps})


def scalar(frame: DatedFormula, values: Mapping[str, Any], on: date | None = None) -> Calculation:
    """One quote's subsidy with its steps; a value outside the domain raises ArgumentError.

    >>> from rules.frames import invoice
    >>> scalar(invoice.FRAME, {"cost": 1_000_000, "small_biz": True}).subsidy
    750000
    """
    if frame.members:
        return _with_members(frame, frame.members, values, on)
    q = given(frame.arguments, values)
    _ordered(frame, q)
    return _run(frame, q, in_force(frame, on), q, _assumed(frame, values))


def columns(frame: DatedFormula, values: Mapping[str, Any], on: date | None = None) -> Any:
    """A column of subsidies from columns of inputs (NumPy arrays, Polars expressions, Ibis columns).

    Missing, wrong or out-of-domain values give NULL. Of a group they are the totals over its members.

    >>> from rules.frames import invoice
    >>> import numpy as np
    >>> columns(invoice.FRAME, {"cost": np.array([625_000, -1]), "small_biz": np.array([True, True])}).tolist()
    [500000, None]
    """
    q = {a.name: _intake(a, values) for a in frame.inputs}
    for low, high in frame.ordered:
        q[low] = where(q[low], q[low] <= q[high])
    result = frame.amount(SimpleNamespace(**q), in_force(frame, on), Trace())
    return _complete(result, list(q.values())).num


def checked_cell(a: Argument, cell: str) -> str:
    """An argument's value as Excel text: the value itself, or the Excel error that the domain gives it."""
    if a.kind == "flag":
        number = f"IF(ISNUMBER({cell}),IF({cell}=1,TRUE,IF({cell}=0,FALSE,{VALUE})),{VALUE})"
        text = f"IF(ISERROR({cell}),{cell},IF(ISLOGICAL({cell}),{cell},{number}))"
    else:
        kind = kinds()[a.kind]
        high = "" if kind.high is None else f"IF({cell}>{kind.high},{NUM},"
        checked = f"IF({cell}<{kind.low},{NUM},{high}{cell}{')' if high else ''})"
        whole = f"IF({cell}<0,{VALUE},IF(INT({cell})<>{cell},{VALUE},{checked}))"
        text = f"IF(ISERROR({cell}),{cell},IF(ISNUMBER({cell}),{whole},{VALUE}))"
    if not a.optional or a.default is None:
        return text
    return f"IF(ISBLANK({cell}),{str(a.default).upper()},{text})"


def first_error_or(text: str, cells: Sequence[str]) -> str:
    """`text`, or the first error among the argument cells: every error comes back, used or not."""
    for cell in reversed(cells):
        text = f"IF(ISERROR({cell}),{cell},{text})"
    return text


def _run(
    frame: DatedFormula, q: Mapping[str, Any], p: Any, shown: Mapping[str, Any], assumed: tuple[str, ...] = ()
) -> Calculation:
    made = program(frame, p.since)
    return Calculation(frame.name, p.since, shown, made, made.run(**q), assumed)


def _assumed(frame: DatedFormula, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Optional arguments that were left out or blank."""
    return tuple(a.name for a in frame.arguments if a.optional and values.get(a.name) in (None, ""))


def _ordered(frame: DatedFormula, q: Mapping[str, Any]) -> None:
    for low, high in frame.ordered:
        if q[low] > q[high]:
            raise ArgumentError(low, NUM, f"{low} が {high} を超えています（{q[low]:,} ＞ {q[high]:,}）。")


def _intake(a: Argument, values: Mapping[str, Any]) -> Any:
    """One argument: a column within its domain, NULL elsewhere; or one value for all rows, as it is."""
    value = values.get(a.name)
    if value is None or isinstance(value, bool | int | float | str):
        return given([a], {a.name: value})[a.name]
    flag = a.kind == "flag"
    read = column.read(value, flag=flag, default=a.default if a.optional else None)
    return read if flag else bounded(read, a.kind)


def _complete(result: Any, arguments: Sequence[Any]) -> Any:
    """The result where every argument has a value, used or not; otherwise NULL."""
    for a in arguments:
        if isinstance(a, column.Column):
            result = result.where(a.known())
    return result


def _with_members(frame: DatedFormula, m: MemberSum, values: Mapping[str, Any], on: date | None) -> Calculation:
    """Members one by one, their sum, then the group's own formula; what has no default stands for all of them."""
    table, *rest = frame.arguments
    q = given(rest, {name: value for name, value in values.items() if name != table.name})
    rows = members(m, values.get(table.name))
    q = {name: len(rows) if value is None else value for name, value in q.items()}
    sum_name, count_name = (a.name for a in m.totals[:2])
    _ordered(frame, {count_name: len(rows), **q})
    each = program(m.of, in_force(m.of, on).since)
    totals = {sum_name: sum(each.run(**row)[-1] for row in rows), count_name: len(rows), **q}
    everyone = tuple(a.name for a in rest if a.default is None and values.get(a.name) in (None, ""))
    return _run(frame, totals, in_force(frame, on), {**q, table.name: rows}, everyone)


def members(m: MemberSum, rows: Iterable[Any] | str | None) -> list[dict[str, Any]]:
    """The rows of a members table that are not blank, each complete and valid."""
    if not isinstance(rows, Iterable) or isinstance(rows, str):
        raise ArgumentError("members", VALUE, "members（構成員の表）がありません。構成員の行を範囲で渡してください。")
    names = [a.name for a in m.of.arguments]
    found: list[dict[str, Any]] = []
    for number, row in enumerate(rows, 1):
        cells: list[Any] = list(cast("Iterable[Any]", row)) if isinstance(row, list | tuple) else [row]
        if all(cell is None or cell == "" for cell in cells):
            continue
        try:
            found.append(given(m.of.arguments, dict(zip(names, cells, strict=False))))
        except ArgumentError as e:
            raise ArgumentError("members", e.error, f"構成員の{number}行目: {e.message}") from e
    limit = kinds()["members"].high
    if limit is not None and len(found) > limit:
        raise ArgumentError("members", NUM, f"構成員が{limit:,}者を超えています。")
    return found


__all__ = ["Calculation", "checked_cell", "columns", "first_error_or", "formulas", "in_force", "members", "scalar"]
