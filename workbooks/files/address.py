"""Columns of a sheet: their letters and their numbers, from 1."""

from __future__ import annotations

from functools import cache


def number(text: str) -> int:
    """The number of a column: C is 3.

    >>> number("C"), number("GZ")
    (3, 208)
    """
    total = 0
    for letter in text:
        total = total * 26 + ord(letter) - ord("A") + 1
    return total


@cache
def letters(column: int) -> str:
    """The letters of a column: 3 is C.

    >>> letters(3), letters(208)
    ('C', 'GZ')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
