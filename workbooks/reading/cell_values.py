"""One cell's value as the kind of its field asks: yen, dates, choices … What cannot be read says what to do instead.

A value is what a spreadsheet hands over: None or "" for blank, str, bool, int, float, a date, or the text of an error
value such as #N/A. Amounts are whole yen; floats end here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any, TypeVar

from rules.engine.argument import kinds
from rules.excel_values import day_of, serial_of
from rules.findings import ERROR, Finding
from workbooks.form.entered_cells import MAX_DIGITS, Number
from workbooks.form.vocabulary import (
    ANSWERS,
    CODE,
    DATED,
    LETTERS,
    LONGEST,
    NUMBER,
    TIDY,
    TODO,
    TYPED,
    Words,
    composed,
    usual,
)
from workbooks.reading.filled import ERRORS, UNCALCULATED, Cell

T = TypeVar("T")
MAX_TEXT = 32_767  # characters that a cell holds
SHOWN = 20  # characters of a wrong value that a message repeats
SHOWN_DIGITS = 8  # more digits may be a マイナンバー: never repeated
# Control characters and invisible marks that would hide a word or break a document; line breaks stay
DROPPED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b\u200c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
NARROW = {c + 0xFEE0: c for c in range(0x21, 0x7F)} | {0x3000: 0x20}  # full-width ASCII
DIGITS_ONLY = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]*)?")
WESTERN, SHORT = re.compile(r"[0-9]{4}"), re.compile(r"[0-9]{1,2}")
RUN = 8  # digits of a date typed in one: 20261005
EARLIEST, LATEST = date(1868, 1, 1), date(2100, 12, 31)
EARLIEST_DAY = date(1910, 1, 1)  # of a date that Excel keeps as a number: before it, someone typed a year or a month
DUST = 9  # decimals beyond which a number is only what a binary fraction leaves behind


class Mistake(ValueError):
    """A cell that cannot be read: a Japanese sentence that follows the name of the cell, and what to do."""


def blank(value: Any) -> bool:
    """Whether a cell counts as empty: nothing, or only white space."""
    return value is None or (isinstance(value, str) and not TIDY.text(value))


def text(value: Any) -> str:
    """A text as typed: whole kana, without control characters and without white space at its ends."""
    cleaned = raw(value).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return composed(DROPPED.sub("", cleaned.encode("utf-8", "ignore").decode())[:MAX_TEXT].strip())


def raw(value: Any) -> str:
    """A cell's value as a text function of the sheet sees it."""
    if isinstance(value, date | time | timedelta):
        raise Mistake("が日付や時刻に変わっています。セルの表示形式を「文字列」にして入れ直してください。")
    if isinstance(value, bool):
        return str(value).upper()
    return excel_number(value) if isinstance(value, int | float) else str(value)


def plain(value: Any) -> str:
    """A text in 半角 letters and digits, such as an address of mail; ① and ² stay what they are."""
    return text(value).translate(NARROW).strip()


def excel_number(value: float) -> str:
    """A number with the digits that Excel keeps: 1100 * 1.1 is 1210, not 1210.0000000000002."""
    return format(Decimal(format(value, f".{MAX_DIGITS}g")), "f")


def real(value: Any, low: int | None = 0, digits: int = MAX_DIGITS) -> Fraction:
    """A number, from a number or from digits typed as text; `low` None allows it below 0.

    >>> real("１，０００．５")
    Fraction(2001, 2)
    """
    if isinstance(value, bool):
        raise Mistake("に TRUE か FALSE が入っています。半角の数字で入れてください。")
    if isinstance(value, date | time | timedelta):
        raise Mistake("が日付か時刻になっています。セルの表示形式を「標準」にして数字で入れ直してください。")
    found = _typed(value) if isinstance(value, str) else _stored(value)
    if low is not None and found < low:
        raise Mistake(f"が{'負の数' if low == 0 else f'{low}より小さい数'}です。{low}以上の数で入れてください。")
    if abs(found) >= 10**digits:
        raise Mistake(f"の桁が多すぎます。{digits}桁までの数で入れてください。")
    return found


def _typed(value: str) -> Fraction:
    """A number typed as a text, as `vocabulary.number` reads it on the sheet."""
    shown = NUMBER.text(value)
    if len(shown) > LONGEST and DIGITS_ONLY.fullmatch(shown):
        raise Mistake(f"の桁が多すぎます。{MAX_DIGITS}桁までの数で入れてください。")
    if len(shown) > LONGEST or not TYPED.fullmatch(shown):
        raise Mistake(f"{_shown(value)}を数として読めません。{TODO['number']}")
    return Fraction(shown.replace(",", ""))


def _stored(value: float) -> Fraction:
    if not isfinite(value):
        raise Mistake(f"を数として読めません。{TODO['number']}")
    return round(Fraction(excel_number(value)), DUST)


def whole(value: Any, low: int | None = 0, high: int | None = None, unit: str = "") -> int:
    """A whole number.

    >>> whole("１２，０００"), whole(12_000.0)
    (12000, 12000)
    """
    found = real(value, low)
    if found.denominator != 1:
        raise Mistake(f"に1{unit}未満の端数があります。整数で入れてください。")
    if high is not None and found > high:
        raise Mistake(f"が上限の{high:,}{unit}を超えています。桁を確かめてください。")
    return int(found)


def within(value: Any, what: Number, unit: str = "") -> int | Fraction:
    """A number that is what its cell asks for."""
    return whole(value, what.low, what.high, unit) if what.whole else real(value, what.low)


def amount(value: Any) -> int:
    """An amount in whole yen that a formula of the law takes: 0 to 10,000,000,000."""
    return whole(value, high=kinds()["yen"].high, unit="円")


def day(value: Any) -> date:
    """A date: Excel's own, its number, or a text such as 2026/10/5, 2026年10月5日, 令和8年10月5日, R8.10.5, 20261005.

    >>> day("令和８年１０月５日"), day(46300.0)
    (datetime.date(2026, 10, 5), datetime.date(2026, 10, 5))
    """
    if isinstance(value, bool | time | timedelta):
        raise Mistake(f"が日付ではありません。{TODO['date']}")
    if isinstance(value, date):
        return _dated(value.date() if isinstance(value, datetime) else value, EARLIEST_DAY)
    if isinstance(value, int | float):
        if 0 < value <= serial_of(LATEST):
            return _dated(day_of(value), EARLIEST_DAY)
        value = excel_number(value)  # 20261005 typed as a number
    return _dated(_spelt(value), EARLIEST)


def _dated(found: date, earliest: date) -> date:
    if not earliest <= found <= LATEST:
        raise Mistake(f"の年（{found.year}年）が正しくないようです。{TODO['date']}")
    return found


def _spelt(value: str) -> date:
    shown = DATED.text(NUMBER.text(value))
    if len(shown) == RUN and "/" not in shown:
        shown = f"{shown[:4]}/{shown[4:6]}/{shown[6:]}"
    first, *rest = shown.split("/")
    year = _year(first)
    if year is None or len(rest) != len(("月", "日")) or not all(map(SHORT.fullmatch, rest)):
        raise Mistake(f"{_shown(value)}を日付として読めません。{TODO['date']}")
    try:
        return date(year, int(rest[0]), int(rest[1]))
    except ValueError:
        raise Mistake(f"{_shown(value)}は暦に無い日付です。{TODO['date']}") from None


def _year(typed: str) -> int | None:
    """A year, 2026, or that of an era, R8."""
    if typed[:1] in LETTERS and SHORT.fullmatch(typed[1:]):
        return LETTERS[typed[0]] + int(typed[1:])
    return int(typed) if WESTERN.fullmatch(typed) else None


def yes(value: Any) -> bool:
    """はい or いいえ."""
    if isinstance(value, bool):
        return value
    answer = ANSWERS.find(raw(value))
    if answer is None:
        raise Mistake(f"は{TODO['yesno']}")
    return answer


def digits(value: Any, limit: int | None) -> str:
    """A number that is a name, such as 法人番号: only its digits, without hyphens."""
    found = number_code(value)
    if isinstance(value, int | float) and limit is not None and limit < MAX_SHORT:
        found = found.zfill(limit)  # Excel dropped the zeros in front
    if not (found.isascii() and found.isdigit()) or (limit is not None and len(found) != limit):
        raise Mistake(f"は{limit or ''}{'桁の' if limit else ''}数字で入れてください。ハイフンは要りません。")
    return found


MAX_SHORT = 10  # digits from which a missing one is no zero in front but a mistake (法人番号 begins with 1–9)


def number_code(value: Any) -> str:
    """A number with a letter in front, such as T1234567890123: 半角, without hyphens and spaces."""
    return CODE.text(raw(value))


def telephone(value: Any) -> str:
    """A telephone number; where Excel took it for a number, with the 0 in front again."""
    found = plain(value)
    return f"0{found}" if isinstance(value, int | float) and not found.startswith("0") else found


def choice(value: Any, choices: Sequence[str]) -> str:
    """One of the choices, however its letters are typed; another text as it is."""
    typed = text(value)
    return next((c for c in choices if same(c, typed)), typed)


def named(value: Any, words: Words) -> Any:
    """What a cell names of a closed list."""
    found = words.find(raw(value))
    if found is None:
        raise Mistake(f"{_shown(value)}は一覧にありません。{_hint(value)}{TODO['choice']}")
    return found


def _hint(value: Any) -> str:
    """What is wrong with a text that only looks right."""
    typed = text(value)
    meant = usual(typed)
    return f"「{meant}」に見えますが、別の文字が混じっています。" if meant != typed else ""


def take(cell: Cell | None, called: str, read: Callable[[Any], T], found: list[Finding]) -> T | None:
    """A cell's value, or None where it is blank or cannot be read; the latter adds a finding at the cell.

    >>> found = []
    >>> take(Cell("約1000", "見積!K19"), "「単価」", amount, found), found[0].message
    (None, '「単価」の「約1000」を数として読めません。単位や記号を付けず、数字だけで入れてください。')
    """
    if cell is None or blank(cell.value):
        return None
    try:
        _refuse_errors(cell.value)
        return read(cell.value)
    except Mistake as e:
        found.append(unreadable(f"{called}{e}", cell.address))
        return None


def unreadable(message: str, cell: str) -> Finding:
    """The finding for a cell that cannot be read or lacks a value."""
    return Finding(ERROR, "INPUT", message, cell)


def _refuse_errors(value: Any) -> None:
    if not isinstance(value, str):
        return
    if value == UNCALCULATED:
        raise Mistake("の数式がまだ計算されていません。Excel で開いて保存するか、値を直接入れてください。")
    if value in ERRORS:
        raise Mistake(f"がエラー値 {value} です。数式を直すか、値を直接入れてください。")


def same(one: str, other: str) -> bool:
    """Whether two texts differ at most in 全角・半角 and spaces."""
    first, second = ("".join(unicodedata.normalize("NFKC", text).split()) for text in (one, other))
    return first == second


def short(word: str) -> str:
    """A word for a message; masked where it may be a number of a person."""
    return "…" if sum(c.isdigit() for c in word) > SHOWN_DIGITS else word if len(word) <= SHOWN else word[:SHOWN] + "…"


def _shown(value: Any) -> str:
    """A wrong value for a message, の「12万円」; "" where it is long or may be a number of a person."""
    typed = " ".join(text(value).split())
    digits = sum(unicodedata.numeric(c, -1) in range(10) for c in unicodedata.normalize("NFKC", typed))  # 一二三, too
    hidden = digits > SHOWN_DIGITS
    return "" if hidden or len(typed) > SHOWN else f"の「{typed}」"
