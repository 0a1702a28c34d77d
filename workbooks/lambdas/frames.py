"""Each frame as an Excel LAMBDA: the one formula with its steps as LET names, every edition behind `as_of`.

Nothing but functions that work cell by cell (IF, INT, comparisons): a range for any single argument gives a result of its
shape, as Excel's own functions do. Errors come in the order in which `rules.engine.evaluate` looks at the arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from rules.engine.argument import NUM, SIZES, VALUE, Argument, kinds
from rules.engine.dated_formula import DatedFormula, MemberSum
from rules.engine.edition import editions
from rules.engine.evaluate import checked_cell, first_error_or, formulas
from rules.engine.formula import formula, renamed
from rules.excel_values import NA
from rules.frames.contract import Frame

Binding = tuple[str, str]  # a LET name and its text
LAST_DAY = date(9999, 12, 31)  # the last date that a cell can hold
AS_OF = "as_of"


@dataclass(frozen=True)
class Since:
    """A formula's text and the day since when it holds."""

    day: date
    text: str


def frame_lambda(frame: Frame, on: date | None = None) -> str:
    """A frame as the text of a LAMBDA, as a person types it. `on`: only the edition of that day, without `as_of`.

    >>> from rules.frames import security
    >>> frame_lambda(security.FRAME)[:50]
    '=LAMBDA(cost, small_biz, [as_of], LET(as_of_ok, IF'
    """
    dated = [] if on else [(checked(AS_OF), day(AS_OF, formula(_newest(frame)).text))]
    lets, result = _group(frame, frame.members, on) if frame.members else _single(frame, on)
    head = [f"[{a.name}]" if a.optional else a.name for a in frame.arguments]
    text = let([*dated, *lets], first_error_or(result, [name for name, _ in dated]))
    return f"=LAMBDA({', '.join([*head, *([] if on else [f'[{AS_OF}]'])])}, {text})"


def let(bindings: Iterable[Binding], result: str) -> str:
    """LET(name, text, …, result)."""
    return f"LET({''.join(f'{name}, {text}, ' for name, text in bindings)}{result})"


def checked(name: str) -> str:
    """The LET name of an argument once it is checked."""
    return f"{name}_ok"


def entry(a: Argument, default: str | None = None) -> str:
    """An argument's value, its default where it is left out or blank, or the error that its domain gives it."""
    text = column(a, default)
    return f"IF(ISOMITTED({a.name}),{default or literal_of(a)},{text})" if a.optional else text


def column(a: Argument, default: str | None = None) -> str:
    """As `entry`, for what cannot be left out as a whole, such as a column of a table."""
    text = checked_cell(replace(a, optional=False), a.name)
    if a.name == "small_biz":
        for word, value in SIZES.items():
            text = f'IF(EXACT({a.name},"{word}"),{str(value).upper()},{text})'
    return blank(a.name, default or literal_of(a), text) if a.optional else text


def literal_of(a: Argument) -> str:
    """An argument's default as Excel text."""
    return str(a.default).upper()


def blank(name: str, default: str, text: str) -> str:
    """`text`, or the default where the value is blank or an empty text; an error stays."""
    return f'IF(ISERROR({name}),{name},IF({name}="",{default},{text}))'


def day(name: str, default: str) -> str:
    """A date argument's value or its error, as `addin.functions.arguments.day` takes it."""
    within = f"IF({name}<=0,{NUM},IF({name}>{formula(LAST_DAY).text},{NUM},INT({name})))"
    text = blank(name, default, f"IF(ISNUMBER({name}),{within},{VALUE})")
    return f"IF(ISOMITTED({name}),{default},{text})"


def by_edition(known: Sequence[Since]) -> str:
    """The text of the edition in force on the day `as_of_ok`; #N/A before the first. Equal neighbours become one."""
    each = [next(same) for _, same in groupby(known, key=lambda s: s.text)]
    text = each[-1].text
    for older, newer in zip(each[-2::-1], each[:0:-1], strict=True):
        text = f"IF({checked(AS_OF)}<{formula(newer.day).text},{older.text},{text})"
    return f"IF({checked(AS_OF)}<{formula(known[0].day).text},{NA},{text})"


def _newest(frame: Frame) -> date:
    """The first day of the newest edition of all that the frame calculates with."""
    return max(editions(page.parameters)[-1].since for page in (frame, *([frame.members.of] if frame.members else [])))


def _single(frame: Frame, on: date | None) -> tuple[list[Binding], str]:
    """The guards of a frame with one cost, and its result."""
    inner = {a.name: checked(a.name) for a in frame.arguments}
    result = _dated(frame, on, lambda since: _steps(frame, since, inner))
    for low, high in frame.ordered:
        result = f"IF({inner[low]}<={inner[high]},{result},{NUM})"
    return [(inner[a.name], entry(a)) for a in frame.arguments], first_error_or(result, list(inner.values()))


def _dated(frame: Frame, on: date | None, text: Callable[[date | None], str]) -> str:
    if on:
        return text(on)
    return by_edition([Since(e.since, text(e.since)) for e in editions(frame.parameters)])


def _steps(frame: DatedFormula, on: date | None, inner: dict[str, str]) -> str:
    """The steps of one edition as LET names; the result is the last."""
    steps = formulas(frame, on)
    return let([(s.name, renamed(s.value.text, inner)) for s in steps], steps[-1].name)


def _group(frame: Frame, m: MemberSum, on: date | None) -> tuple[list[Binding], str]:
    """The members' columns, their sum in each edition, and the group's own formula over it."""
    inner = {a.name: checked(a.name) for a in frame.arguments[1:]}
    sums = _sums([on] if on else [e.since for e in editions(m.of.parameters)], m.of)
    lets = [
        ("filled", 'BYROW(members, LAMBDA(line, SUM(IF(ISERROR(line),1,IF(line="",0,1)))))'),
        ("count", "SUM(IF(filled>0,1,0))"),
        *((a.name, _column(number)) for number, a in enumerate(m.of.arguments, 1)),
        *((checked(a.name), column(a)) for a in m.of.arguments),
        *((f"base_{number}", s.text) for number, s in enumerate(sums, 1)),
        ("base", _base(sums)),
        *((inner[a.name], entry(a, default="count" if a.default is None else None)) for a in frame.arguments[1:]),
    ]
    names = {"base": "base", "count": "count", **inner}
    result = _dated(frame, on, lambda since: _steps(frame, since, names))
    for low, high in frame.ordered:
        result = f"IF({names[low]}<={names[high]},{result},{NUM})"
    return lets, first_error_or(result, [*inner.values(), "base"])


def _column(number: int) -> str:
    """A column of the members' table, blank where the table is narrower."""
    return "INDEX(members,0,1)" if number == 1 else f'IF(COLUMNS(members)<{number},"",INDEX(members,0,{number}))'


def _sums(days: Sequence[date], member: DatedFormula) -> list[Since]:
    """The members' subsidies added up, once for each edition of their formula that differs."""
    each = {a.name: checked(a.name) for a in member.arguments}
    known = [Since(d, _steps(member, d, each)) for d in days]
    merged = [next(same) for _, same in groupby(known, key=lambda s: s.text)]
    return [Since(s.day, f"SUM(IF(filled>0,{first_error_or(s.text, list(each.values()))},0))") for s in merged]


def _base(sums: Sequence[Since]) -> str:
    """The sum of the edition in force, or the error of a table that is no table of members."""
    text = "base_1"
    for number, later in enumerate(sums[1:], 2):
        text = f"IF({checked(AS_OF)}<{formula(later.day).text},{text},base_{number})"
    text = f"IF(count>{kinds()['members'].high},{NUM},{text})"
    return f"IF(ROWS(members)*COLUMNS(members)=1,IF(count=0,{VALUE},{text}),{text})"
