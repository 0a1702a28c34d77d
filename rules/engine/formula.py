"""A number whose arithmetic writes an Excel expression: only `IF`, `INT`, + − × ÷ and comparisons.

`text` is an integer-valued expression; the number is `text / den`, so that rates never become decimals.

>>> (Formula("cost") * Fraction(3, 4) // 1).text
'INT(cost*3/4)'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Any

_SIMPLE = re.compile(r"[A-Za-z_][A-Za-z_0-9.]*|\d+|\$?[A-Z]+\$?\d+")
_NAME = re.compile(r'(?<![\w.#"!\'])([A-Za-z_]\w*)(?![\w(!])')


def _aligned(sign: str) -> Callable[[Formula, Any], Formula]:
    def method(self: Formula, other: Any) -> Formula:
        a, b, den = self.align(other)
        return Formula(f"({a}{sign}{b})", den)

    return method


def _compared(sign: str) -> Callable[[Formula, Any], Formula]:
    def method(self: Formula, other: Any) -> Formula:
        a, b, _ = self.align(other)
        return Formula(f"({a}{sign}{b})")

    return method


@dataclass(frozen=True, eq=False)
class Formula:
    """`text / den`; text is an Excel expression without the leading equals sign."""

    text: str
    den: int = 1

    __add__ = __radd__ = _aligned("+")
    __sub__ = _aligned("-")
    __lt__, __le__, __gt__, __ge__ = _compared("<"), _compared("<="), _compared(">"), _compared(">=")
    equals = _compared("=")

    def __and__(self, other: Any) -> Formula:
        """Both hold: a product, which goes row by row where AND would make one of all rows."""
        return Formula(f"{_factor(self.text)}*{_factor(formula(other).text)}")

    __rand__ = __and__

    def __or__(self, other: Any) -> Formula:
        """One of them holds, row by row."""
        return Formula(f"({self.text}+{formula(other).text}>0)")

    __ror__ = __or__

    def __rsub__(self, other: Any) -> Formula:
        return formula(other) - self

    def __mul__(self, other: Any) -> Formula:
        other = formula(other)
        if self.text == "1":
            return Formula(other.text, self.den * other.den)
        if other.text == "1":
            return Formula(self.text, self.den * other.den)
        return Formula(f"{_factor(self.text)}*{_factor(other.text)}", self.den * other.den)

    __rmul__ = __mul__

    def __floordiv__(self, other: Any) -> Formula:
        other = formula(other)
        above, below = _times(self.text, other.den), _times(other.text, self.den)
        return Formula(above if below == "1" else f"INT({above}/{_factor(below)})")

    def choose(self, yes: Any, no: Any) -> Formula:
        """IF(this, yes, no)."""
        y, n = formula(yes), formula(no)
        den = lcm(y.den, n.den)
        a, b = _times(y.text, den // y.den), _times(n.text, den // n.den)
        return Formula(f"IF({_unwrapped(self.text)},{_unwrapped(a)},{_unwrapped(b)})", den)

    def where(self, condition: Any) -> Formula:
        """This number where the condition holds, otherwise #NUM!."""
        return Formula(f"IF({_unwrapped(formula(condition).text)},{self.text},#NUM!)", self.den)

    def __bool__(self) -> bool:
        raise TypeError("式は if・and・min には使えません。choose と minimum を使ってください。")

    def __eq__(self, other: object) -> Any:
        raise TypeError("式は == で比べられません。<= と >= を使ってください。")

    __hash__ = None  # type: ignore[assignment]

    def align(self, other: Any) -> tuple[str, str, int]:
        """The texts of both over their common denominator, and that."""
        other = formula(other)
        den = lcm(self.den, other.den)
        return _times(self.text, den // self.den), _times(other.text, den // other.den), den


def formula(x: Any) -> Formula:
    """x as a Formula: a number, a text or a day becomes its literal.

    >>> formula("式").text, formula(date(2026, 3, 30)).text
    ('"式"', 'DATE(2026,3,30)')
    """
    if isinstance(x, Formula):
        return x
    if isinstance(x, bool):
        return Formula("TRUE" if x else "FALSE")
    if isinstance(x, str):
        return Formula('"' + x.replace('"', '""') + '"')
    if isinstance(x, date):
        return Formula(f"DATE({x.year},{x.month},{x.day})")
    exact = Fraction(x)
    return Formula(str(exact.numerator), exact.denominator)


def renamed(text: str, names: Mapping[str, str]) -> str:
    """`text` with its names replaced, such as by cell references.

    >>> renamed("INT(cost*3/4)", {"cost": "$C$5"})
    'INT($C$5*3/4)'
    """
    return _NAME.sub(lambda m: names.get(m[1], m[1]), text)


def _times(text: str, k: int) -> str:
    if k == 1:
        return text
    head, star, tail = text.rpartition("*")
    if star and tail.isdigit() and _SIMPLE.fullmatch(head):
        return f"{head}*{int(tail) * k}"
    return str(int(text) * k) if text.isdigit() else f"{_factor(text)}*{k}"


def _factor(text: str) -> str:
    """text, in brackets where a product would tear it apart."""
    if _SIMPLE.fullmatch(text) or _enclosed(text) or (re.fullmatch(r"[A-Z]+\(.*\)", text) and _one_call(text)):
        return text
    return f"({text})"


def _enclosed(text: str) -> bool:
    return text.startswith("(") and _closing(text, 0) == len(text) - 1


def _one_call(text: str) -> bool:
    return _closing(text, text.index("(")) == len(text) - 1


def _closing(text: str, start: int) -> int:
    """Index of the bracket that closes the one at start."""
    depth = 0
    for i, letter in enumerate(text[start:], start):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return i
    return -1


def _unwrapped(text: str) -> str:
    return text[1:-1] if _enclosed(text) else text
