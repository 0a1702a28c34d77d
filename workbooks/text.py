"""Pieces of cell formulas: references to named cells, dates, the edition in force, blank cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from rules.edition import editions
from workbooks.layout import INPUT, RESULT, Input, Result

E = TypeVar("E")
WIDE_SPACE = "　"
AS_OF = "'補助額'!$C$7"  # the cell that decides the edition


def absolute(sheet: str, cell: str) -> str:
    """A cell of a sheet as formulas write it.

    >>> absolute("見積", "C5")
    "'見積'!$C$5"
    """
    letters = cell.rstrip("0123456789")
    return f"'{sheet}'!${letters}${cell[len(letters) :]}"


def span(sheet: str, first: str, last: str) -> str:
    """A range of a sheet.

    >>> span("一覧", "A2", "A9")
    "'一覧'!$A$2:$A$9"
    """
    return f"{absolute(sheet, first)}:{absolute('', last).removeprefix(chr(39) * 2 + '!')}"


def ref(name: str) -> str:
    """The cell of a named input or result.

    >>> ref("subject")
    "'見積'!$C$5"
    """
    place: Input | Result = INPUT[name] if name in INPUT else RESULT[name]
    return absolute(place.sheet, place.cell)


def day(d: date) -> str:
    """A date as a formula.

    >>> day(date(2026, 3, 30))
    'DATE(2026,3,30)'
    """
    return f"DATE({d.year},{d.month},{d.day})"


def dated(texts: Sequence[tuple[date, str]], as_of: str = AS_OF) -> str:
    """One text for all editions, or the text of the edition in force on the date in the cell `as_of`.

    >>> dated([(date(2025, 3, 31), "1"), (date(2026, 3, 30), "2")], "A1")
    'IF(A1<DATE(2026,3,30),1,2)'
    >>> dated([(date(2025, 3, 31), "1"), (date(2026, 3, 30), "1")])
    '1'
    """
    text = texts[-1][1]
    for (since, _), (_, earlier) in zip(reversed(texts[1:]), reversed(texts[:-1]), strict=True):
        text = earlier if earlier == text else f"IF({as_of}<{day(since)},{earlier},{text})"
    return text


def every(cls: type[E]) -> tuple[E, ...]:
    """All editions of a page, oldest first."""
    return editions(cls)  # type: ignore[return-value]


def per_edition(cls: type, make: Callable[[Any], str]) -> str:
    """`dated` over the editions of a page."""
    return dated([(e.since, make(e)) for e in every(cls)])


def trimmed(cell: str) -> str:
    """The text of a cell without spaces around it, the wide space included."""
    return f'TRIM(SUBSTITUTE({cell},"{WIDE_SPACE}"," "))'


def blank(cell: str) -> str:
    """Whether a cell holds nothing to read; an error is something."""
    return f"IF(ISERROR({cell}),FALSE,LEN({trimmed(cell)})=0)"


def asked(i: Input) -> str:
    """Whether an input concerns this applicant, as a formula."""
    tests = []
    if i.only:
        tests.append(f'{ref("kind")}="{i.only}"')
    if i.when:
        tests.append(f'{ref(i.when)}="はい"')
    return f"AND({','.join(tests)})" if tests else "TRUE"


def quoted(text: str) -> str:
    """A text as a literal of a formula."""
    return '"' + text.replace('"', '""') + '"'


def total(parts: Iterable[str]) -> str:
    """A sum written out."""
    return "+".join(parts)
