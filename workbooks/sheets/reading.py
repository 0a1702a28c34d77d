"""How a line of 見積 is read: the first working columns of 明細計算, as `workbooks.rows` reads the same cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from rules import lines, tax
from rules.argument import NUM, VALUE
from rules.evaluate import guard
from rules.normal import PROCESSES
from workbooks.layout import AMOUNT, LINES, NO, OTHER_SUBSIDY, QUOTE, YES
from workbooks.sheets import working
from workbooks.sheets.lists import JOIN, OTHER, Lookups
from workbooks.sheets.working import ARGUMENTS, FLAGS, NAMED, PROCESS, SERVICE, cell, column
from workbooks.text import absolute, blank, per_edition, quoted, total, trimmed

TAXED = absolute(AMOUNT, "J9")  # 1 where the prices hold tax
BETWEEN = "、，,／/ ･､"  # between the functions of one cell, as `workbooks.rows` takes them
HYPHENS = "‐‑‒–—―−ー－"
WIDE = {"Ｐ": "P", "ｐ": "P", **dict(zip("０１２３４５６７", "01234567", strict=True)), **dict.fromkeys(HYPHENS, "-")}


def read(n: int, look: Lookups) -> Mapping[str, str]:
    """How line n is read: a text for each name of working.READ but the amount."""
    typed = {c.name: at(c.name, n) for c in LINES.columns if not c.computed}
    me = {name: cell(name, n) for name in working.READ}
    inside = {**_kind(me, typed, look), **_numbers(me, typed), **_words(me, typed)}
    return {**_presence(n, typed), **{name: f"IF({me['used']}=0,0,{text})" for name, text in inside.items()}}


def limits(n: int, look: Lookups) -> Mapping[str, str]:
    """The months that count on line n, for each frame; 0 where there is no limit."""
    category = cell("category", n)
    return {name: f"IF({category}=0,0,{find(_row(category, look))})" for name, find in look.limits.items()}


def at(name: str, n: int) -> str:
    """A cell of the table of lines."""
    return absolute(QUOTE, f"{LINES.letter(name)}{LINES.header + n}")


def _presence(n: int, typed: Mapping[str, str]) -> Mapping[str, str]:
    """Whether there is a line at all, and which it is."""
    joined = "&".join(typed.values())
    before = "" if n == 1 else f"+SUM({column('used').partition(':')[0]}:{cell('used', n - 1).partition('!')[2]})"
    return {
        "used": f"IF({trimmed(joined)}={quoted('')},0,1)",
        "filled": f"COUNTA({','.join(typed.values())})",
        "order": f"IF({cell('used', n)}=0,0,1{before})",
    }


def _kind(me: Mapping[str, str], typed: Mapping[str, str], look: Lookups) -> Mapping[str, str]:
    """Which category and contract it is, and what these mean."""
    contract = trimmed(typed["contract"])
    return {
        "category": _category(typed["category"], look),
        "major": f"IF({me['category']}=0,0,{look.major(_row(me['category'], look))})",
        "terms": _terms(contract, look),
        "allowed": f"IF({me['terms']}=0,0,{look.allowed(me['terms'])})",
        "timed": f"IF({me['allowed']}=1,{look.timed(me['terms'])},IF({blank(typed['months'])},0,1))",
        "monthly": f"IF(AND({me['timed']}=1,{contract}<>{quoted('年額')}),TRUE,FALSE)",
        "yearly": f"IF({contract}={quoted('年額')},TRUE,FALSE)",
        "service": f"IF({me['major']}={SERVICE},TRUE,FALSE)",
        "twice": _twice(trimmed(typed["other_subsidy"])),
    }


def _numbers(me: Mapping[str, str], typed: Mapping[str, str]) -> Mapping[str, str]:
    """The amounts without tax, the quantity, the months."""
    less = replace(ARGUMENTS["discount"], default=0, optional=True)
    return {
        "typed_price": guard(ARGUMENTS["price"], typed["price"]),
        "price": _without_tax(me["typed_price"]),
        "quantity": guard(ARGUMENTS["quantity"], typed["quantity"]),
        "months": f"IF({me['timed']}=1,{_months(me, typed['months'])},1)",
        "typed_discount": guard(less, typed["discount"]),
        "discount": _without_tax(me["typed_discount"]),
    }


def _words(me: Mapping[str, str], typed: Mapping[str, str]) -> Mapping[str, str]:
    """The functions, the processes, and which lines belong to one tool.

    Texts are compared once for each line, exactly; from then on the number of the tool's last line stands for its name.
    """
    same = f"SUMPRODUCT(MAX(EXACT({column('word')},{me['word']})*{column('order')}))"
    named = f"COUNTIFS({column('tool')},{me['tool']},{column('major')},{working.SOFTWARE})"
    name = f"IF(LEN({me['word']})=0,{trimmed(typed['item'])},{me['word']})"
    return {
        "spelt": _listed(typed["functions"]),
        **{flag: _holds(me["spelt"], JOIN + name + JOIN) for flag, name in zip(FLAGS, NAMED, strict=True)},
        "codes": _plain(typed["processes"]),
        **{place: _holds(me["codes"], kind) for place, kind in zip(PROCESS, PROCESSES, strict=True)},
        "processes": total(me[place] for place in PROCESS),
        "word": trimmed(typed["tool"]),
        "name": f"IF({me['category']}={lines.SOFTWARE},{name},{quoted('')})",
        "tool": same,
        "named": named,
    }


def _category(typed: str, look: Lookups) -> str:
    """カテゴリー as a number; the number leads the text. A line without one has no amount."""
    text = trimmed(typed)
    number = f'IF(ISNUMBER({typed}),{typed},VALUE(LEFT({text},FIND(" ",{text}&" ")-1)))'
    return f"IF({text}={quoted('')},{VALUE},INDEX({look.numbers},MATCH({number},{look.numbers},0)))"


def _row(category: str, look: Lookups) -> str:
    return f"MATCH({category},{look.numbers},0)"


def _terms(contract: str, look: Lookups) -> str:
    """Which contract it is, 0 for an unknown one. A line without one has no amount."""
    found = f"MATCH({contract},{look.contracts},0)"
    return f"IF({contract}={quoted('')},{VALUE},IF(ISNUMBER({found}),{found},0))"


def _twice(said: str) -> str:
    """1 where another subsidy pays the same cost; an error where the answer cannot be read."""
    yes = f"OR({said}={quoted(OTHER_SUBSIDY)},{said}={quoted(YES)})"
    no = f"OR({said}={quoted('')},{said}={quoted(OTHER)},{said}={quoted(NO)})"
    return f"IF({yes},1,IF({no},0,{VALUE}))"


def _months(me: Mapping[str, str], typed: str) -> str:
    """月数; a yearly contract counts whole years."""
    whole = f"IF({me['yearly']},IF(INT({typed}/{lines.YEAR})*{lines.YEAR}<>{typed},{VALUE},{typed}),{typed})"
    return f"IF(ISNUMBER({typed}),IF(ISERROR({guard(ARGUMENTS['months'], typed)}),{NUM},{whole}),{VALUE})"


def _without_tax(amount: str) -> str:
    """An amount without tax: whole, or an error where the tax does not divide it."""

    def net(e: tax.Edition) -> str:
        share = Fraction(1) / (1 + e.standard.rate)
        n, d = share.numerator, share.denominator
        return f"IF(INT({amount}*{n}/{d})*{d}={amount}*{n},INT({amount}*{n}/{d}),{VALUE})"

    return f"IF({TAXED}=1,{per_edition(tax.Edition, net)},{amount})"


def _listed(typed: str) -> str:
    """The functions of a cell, each between two dots: ・会計・決済・."""
    text = trimmed(typed)
    for separator in BETWEEN:
        text = f"SUBSTITUTE({text},{quoted(separator)},{quoted(JOIN)})"
    return f"{quoted(JOIN)}&{text}&{quoted(JOIN)}"


def _plain(typed: str) -> str:
    """The processes of a cell in half-width letters."""
    text = f"UPPER({typed})"
    for wide, narrow in WIDE.items():
        text = f"SUBSTITUTE({text},{quoted(wide)},{quoted(narrow)})"
    return text


def _holds(text: str, part: str) -> str:
    return f"IF(ISNUMBER(FIND({quoted(part)},{text})),1,0)"
