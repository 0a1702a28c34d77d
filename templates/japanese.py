"""Numbers and days as a Japanese form prints them. Every value of a draft is formatted here, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from rules.dates import slashed

ERAS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
    (date(1868, 1, 25), "明治"),
)
BMP = 0xFFFF
IMPOSSIBLE = "計算できません"


def number(value: int) -> str:
    """An integer with commas; △ for a minus.

    >>> number(1_050_000), number(-3)
    ('1,050,000', '△3')
    """
    return f"{value:,}" if value >= 0 else f"△{-value:,}"


def yen(value: int) -> str:
    """An amount: 1,050,000 円."""
    return f"{number(value)} 円"


def known(value: Any, otherwise: str, show: Callable[[Any], str] = number) -> str:
    """A value as text, or the words for one that is not known.

    >>> known(1_200, "―"), known(None, "―"), known(1_200, "―", yen)
    ('1,200', '―', '1,200 円')
    """
    return otherwise if value is None else show(value)


def decimal(value: Fraction | int | float) -> str:
    """A number as typed, without binary dust.

    >>> decimal(Fraction(9, 2)), decimal(Fraction(1920))
    ('4.5', '1,920')
    """
    exact = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    whole = number(int(exact)) if exact.denominator == 1 else f"{float(exact):,.6f}".rstrip("0")
    return whole.replace("-", "△")


def typed(value: Fraction | int | float) -> str:
    """A number as it is typed into a screen: no commas, no unit.

    >>> typed(3_000_000), typed(-1500), typed(Fraction(9, 2))
    ('3000000', '-1500', '4.5')
    """
    return decimal(value).replace(",", "").replace("△", "-")


def percent(rate: Fraction) -> str:
    """A rate to a tenth of a percent: 3.0%."""
    return f"{float(rate * 100):.1f}%".replace("-", "△")


def day(value: date) -> str:
    """和暦（西暦）.

    >>> day(date(2026, 9, 15)), day(date(2019, 5, 1))
    ('令和8年9月15日（2026/9/15）', '令和元年5月1日（2019/5/1）')
    """
    western = slashed(value)
    for since, era in ERAS:
        if value >= since:
            year = value.year - since.year + 1
            return f"{era}{'元' if year == 1 else year}年{value.month}月{value.day}日（{western}）"
    return western


def month(value: date) -> str:
    """令和8年11月."""
    return day(value).partition("月")[0] + "月"


def units(text: str) -> int:
    """Length in UTF-16 units, which some screens count: 𠮷 is two.

    >>> units("𠮷野家"), len("𠮷野家")
    (4, 3)
    """
    return sum(2 if ord(letter) > BMP else 1 for letter in text)


def counter(text: str, limit: int) -> str:
    """How much of a limit is used, in both ways of counting where they differ.

    >>> counter("𠮷野家", 255), counter("あ" * 256, 255)
    ('3／255字（数え方により4字）', '256／255字　超過')
    """
    length, wide = len(text), units(text)
    other = f"（数え方により{wide}字）" if wide != length else ""
    return f"{length}／{limit}字{other}" + ("　超過" if max(length, wide) > limit else "")


def cut(text: str, limit: int) -> tuple[str, str]:
    """What fits a limit in both ways of counting, and the rest.

    >>> cut("あいう", 2), cut("𠮷野", 2)
    (('あい', 'う'), ('𠮷', '野'))
    """
    fits = min(len(text), limit)
    while units(text[:fits]) > limit:
        fits -= 1
    return text[:fits], text[fits:]


def wide(value: int) -> str:
    """The number of a heading in full-width digits.

    >>> wide(10)
    '１０'
    """
    return str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))


def boxes(options: tuple[str, ...], chosen: Any) -> str:
    """Every choice with its box, one a line where they are long.

    >>> boxes(("はい", "いいえ"), ("はい",))
    '☑ はい　☐ いいえ'
    """
    marked = [f"{'☑' if option in chosen else '☐'} {option}" for option in options]
    short = sum(len(text) for text in marked) <= 34  # noqa: PLR2004  # letters of one line in the cell
    return ("　" if short else "\n").join(marked)


def lacking(needs: str) -> str:
    """That there is no amount, and what it wants; a whole sentence stays one.

    >>> lacking("見積の明細")
    '計算できません（見積の明細が要ります）'
    """
    return f"{IMPOSSIBLE}。{needs}" if needs.endswith("。") else f"{IMPOSSIBLE}（{needs}が要ります）"
