"""Pieces of cell formulas: references to named cells, dates, the edition in force, blank cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from rules.engine.edition import editions
from rules.engine.formula import formula
from rules.frames import frame, invoice
from workbooks.form import entered_cells
from workbooks.form.layout import INPUT, LISTS, RESULT, YES, Input, Result
from workbooks.form.vocabulary import TIDY

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
    """The cell of a named result; of an input where it stands as read, or its own where any text will do.

    >>> ref("subject"), ref("employees") == entered_cells.value_of("employees")
    ("'見積'!$C$5", True)
    """
    if name in entered_cells.ENTRIES and entered_cells.ENTRIES[name].kind:
        return entered_cells.value_of(name)
    place: Input | Result = INPUT[name] if name in INPUT else RESULT[name]
    return absolute(place.sheet, place.cell)


def day(d: date) -> str:
    """A date as a formula.

    >>> day(date(2026, 3, 30))
    'DATE(2026,3,30)'
    """
    return formula(d).text


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


def per_edition(cls: type[Any], make: Callable[[Any], str]) -> str:
    """`dated` over the editions of a page."""
    return dated([(e.since, make(e)) for e in editions(cls)])


def trimmed(cell: str) -> str:
    """The text of a cell without spaces around it, of whichever kind; what stands on 一覧 is tidy."""
    return cell if cell.startswith(f"'{LISTS}'!") else TIDY.formula(cell)


def blank(cell: str) -> str:
    """Whether a cell holds nothing to read; an error is something."""
    return f"IF(ISERROR({cell}),FALSE,LEN({trimmed(cell)})=0)"


def asked(i: Input) -> str:
    """Whether an input concerns this applicant, as a formula."""
    said = [("kind", i.only), (i.when, YES if i.when else "")]
    tests = [f'IF(ISERROR({ref(name)}),FALSE,{ref(name)}="{word}")' for name, word in said if word]
    if i.frames:
        tests.append(_applied_for(i.frames))
    return f"AND({','.join(tests)})" if tests else "TRUE"


def _applied_for(names: Sequence[str]) -> str:
    """Whether 申請する枠 is one of these; blank is インボイス対応類型."""
    cell = trimmed(ref("frame"))
    same = [f'{cell}="{frame(name).label}"' for name in names]
    if invoice.FRAME.name in names:
        same.append(f"LEN({cell})=0")
    return f"IFERROR(OR({','.join(same)}),FALSE)"


def quoted(text: str) -> str:
    """A text as a literal of a formula."""
    return formula(text).text


def unfilled(i: Input) -> str:
    """Whether an input's cell is blank."""
    return blank(entered_cells.text_of(i.name))


HALF = {unicodedata.normalize("NFKC", chr(c)): chr(c) for c in range(0xFF66, 0xFF9E)}  # katakana as ｱ, ｲ …
MARKS = {"\u3099": "ﾞ", "\u309a": "ﾟ"}


def halfwidth(text: str) -> str:
    """Katakana as half-width kana; all other letters stay.

    >>> halfwidth("キャッシュバック有り")
    'ｷｬｯｼｭﾊﾞｯｸ有り'
    """
    parts = (unicodedata.normalize("NFD", letter) for letter in text)
    return "".join(HALF.get(p[0], p[0]) + "".join(MARKS.get(m, m) for m in p[1:]) if p[0] in HALF else p for p in parts)


def total(parts: Iterable[str]) -> str:
    """A sum written out."""
    return "+".join(parts)
