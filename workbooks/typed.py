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
from typing import Any, TypeVar

from rules.argument import kinds
from rules.findings import ERROR, Finding
from workbooks.filled import ERRORS, UNCALCULATED, Cell

T = TypeVar("T")
MAX_TEXT = 32_767  # characters that a cell holds
MAX_DIGITS = 15  # digits that Excel keeps exactly
SHOWN = 20  # characters of a wrong value that a message repeats
SHOWN_DIGITS = 8  # more digits may be a マイナンバー: never repeated
# Control characters and invisible marks that would hide a word or break a document; line breaks stay
DROPPED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b\u200c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
HYPHENS = re.compile("[‐‑‒–—―−ー－]")
WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+")
NUMBER = re.compile(rf"[-−]?(?:{WHOLE.pattern})(?:\.[0-9]+)?")
WEEKDAY = re.compile(r"\([月火水木金土日]\)$")
MONTH_DAY = r"年([0-9]{1,2})月([0-9]{1,2})日|[./\-]([0-9]{1,2})[./\-]([0-9]{1,2})"
WESTERN = re.compile(rf"([0-9]{{4}})(?:{MONTH_DAY}|([0-9]{{2}})([0-9]{{2}}))")
ERA = re.compile(rf"(令和|平成|昭和|大正|明治|[RHSTM])([0-9]{{1,2}}|元)(?:{MONTH_DAY})")
BEFORE = {"令R": 2018, "平H": 1988, "昭S": 1925, "大T": 1911, "明M": 1867}  # the year before an era's first
DATE_FORM = "2026/10/5 の形で入れてください。"
EPOCH = date(1899, 12, 30)  # day 0 of Excel's calendar, for every day after 1900-02-28
EARLIEST, LATEST = date(1868, 1, 1), date(2100, 12, 31)
EARLIEST_DAY = date(1910, 1, 1)  # of a date that Excel keeps as a number: before it, someone typed a year or a month
ANSWERS = {"はい": True, "いいえ": False, "あり": True, "なし": False, "TRUE": True, "FALSE": False}


class Mistake(ValueError):
    """A cell that cannot be read: a Japanese sentence that follows the name of the cell, and what to do."""


def blank(value: Any) -> bool:
    """Whether a cell counts as empty: nothing, or only white space."""
    return value is None or (isinstance(value, str) and not text(value))


def text(value: Any) -> str:
    """A text as typed, without control characters and without white space at its ends."""
    if isinstance(value, date | time | timedelta):
        raise Mistake("が日付や時刻に変わっています。セルの表示形式を「文字列」にして入れ直してください。")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return excel_number(value)
    cleaned = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").encode("utf-8", "ignore").decode()
    return DROPPED.sub("", cleaned)[:MAX_TEXT].strip()


def plain(value: Any) -> str:
    """A text in which only its digits and letters matter: 全角 becomes 半角."""
    return unicodedata.normalize("NFKC", text(value)).strip()


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
    shown = plain(value).replace("−", "-") if isinstance(value, str) else excel_number(value)
    if not NUMBER.fullmatch(shown):
        raise Mistake(f"{_shown(value)}を数として読めません。単位や記号を付けず、数字だけで入れてください。")
    found = Fraction(shown.replace(",", ""))
    if low is not None and found < low:
        raise Mistake(f"が{'負の数' if low == 0 else f'{low}より小さい数'}です。{low}以上の数で入れてください。")
    if abs(found) >= 10**digits:
        raise Mistake(f"の桁が多すぎます。{digits}桁までの数で入れてください。")
    return found


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


def amount(value: Any) -> int:
    """An amount in whole yen that a formula of the law takes: 0 to 10,000,000,000."""
    return whole(value, high=kinds()["yen"].high, unit="円")


def day(value: Any) -> date:
    """A date: Excel's own, its number, or a text such as 2026/10/5, 2026年10月5日, 令和8年10月5日, R8.10.5, 20261005.

    >>> day("令和８年１０月５日"), day(46300.0)
    (datetime.date(2026, 10, 5), datetime.date(2026, 10, 5))
    """
    if isinstance(value, bool | time | timedelta):
        raise Mistake(f"が日付ではありません。{DATE_FORM}")
    if isinstance(value, date):
        return _dated(value.date() if isinstance(value, datetime) else value, EARLIEST_DAY)
    if isinstance(value, int | float):
        if 0 < value <= (LATEST - EPOCH).days:
            return _dated(EPOCH + timedelta(int(value)), EARLIEST_DAY)
        value = excel_number(value)  # 20261005 typed as a number
    return _dated(_spelt(value), EARLIEST)


def _dated(found: date, earliest: date) -> date:
    if not earliest <= found <= LATEST:
        raise Mistake(f"の年（{found.year}年）が正しくないようです。{DATE_FORM}")
    return found


def _spelt(value: str) -> date:
    shown = WEEKDAY.sub("", "".join(plain(value).split())).upper()
    match = WESTERN.fullmatch(shown) or ERA.fullmatch(shown)
    if match is None:
        raise Mistake(f"{_shown(value)}を日付として読めません。{DATE_FORM}")
    *head, month, day_of_month = (part for part in match.groups() if part)
    try:
        return date(_year(*head), int(month), int(day_of_month))
    except ValueError:
        raise Mistake(f"{_shown(value)}は暦に無い日付です。{DATE_FORM}") from None


def _year(first: str, of_era: str = "") -> int:
    """A year, 2026, or that of an era, 令和8."""
    if not of_era:
        return int(first)
    return next(year for names, year in BEFORE.items() if first[0] in names) + int(of_era.replace("元", "1"))


def yes(value: Any) -> bool:
    """はい or いいえ."""
    if isinstance(value, bool):
        return value
    answer = ANSWERS.get(plain(value).upper())
    if answer is None:
        raise Mistake("は「はい」か「いいえ」で入れてください。")
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
    return "".join(HYPHENS.sub("", plain(value)).replace("-", "").split()).upper()


def telephone(value: Any) -> str:
    """A telephone number; where Excel took it for a number, with the 0 in front again."""
    found = plain(value)
    return f"0{found}" if isinstance(value, int | float) and not found.startswith("0") else found


def choice(value: Any, choices: Sequence[str], strict: bool) -> str:
    """One of the choices, however its letters are typed; another text as it is, unless `strict`."""
    typed = text(value)
    found = next((c for c in choices if same(c, typed)), None)
    if found is None and strict:
        raise Mistake(f"{_shown(value)}は選べません。{_listed(choices)}から選んでください。")
    return found or typed


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


def _listed(choices: Sequence[str]) -> str:
    few = 6
    return "・".join(choices) if len(choices) <= few else "セルの一覧"


def _shown(value: Any) -> str:
    """A wrong value for a message, の「12万円」; "" where it is long or may be a number of a person."""
    typed = " ".join(text(value).split())
    hidden = sum(c.isdigit() for c in unicodedata.normalize("NFKC", typed)) > SHOWN_DIGITS
    return "" if hidden or len(typed) > SHOWN else f"の「{typed}」"
