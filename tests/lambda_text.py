"""What is in the text of a formula: its own names, the functions it calls, how deep they stand."""

from __future__ import annotations

import re

from workbooks.lambdas.names import TOKEN

CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*([Cc]\d*)?|[Cc]\d*")  # A1 and R1C1, whole or half
MACRO_WORDS = {
    "RESULT",
    "RETURN",
    "VALUE",
    "ARGUMENT",
    "EVALUATE",
    "CALL",
    "EXEC",
    "EXECUTE",
    "ERROR",
    "YIELD",
    "BREAK",
    "ELSE",
    "GROUP",
    "REGISTER",
}


def own_names(text: str) -> set[str]:
    """The parameters and LET names of a formula.

    >>> sorted(own_names("=LAMBDA(cost, [as_of], LET(half, INT(cost/2), half))"))
    ['as_of', 'cost', 'half']
    """
    found = (m["left_out"] or (m["word"] if not m["call"] else "") for m in TOKEN.finditer(text))
    return {word for word in found if word and word not in ("TRUE", "FALSE")}


def refused(name: str) -> bool:
    """Whether Excel refuses a name for a parameter or in LET.

    >>> [name for name in ("pc1", "r", "C", "r1c1", "Value", "cost", "cost_ok", "low") if refused(name)]
    ['pc1', 'r', 'C', 'r1c1', 'Value']
    """
    return bool(CELL.fullmatch(name)) or name.upper() in MACRO_WORDS or not name.isascii()


def functions(text: str) -> set[str]:
    """The functions that a formula calls."""
    return {m["word"] for m in TOKEN.finditer(text) if m["call"]}


def depth(text: str) -> int:
    """How deep brackets stand within brackets; no function within functions is deeper.

    >>> depth('LET(a, INT(1), IF(INT(a)>0, "((((", (a)))')
    3
    """
    levels, level = [0], 0
    for letter in re.sub(r'"(?:[^"]|"")*"', "", text):
        level += (letter == "(") - (letter == ")")
        levels.append(level)
    return max(levels)
