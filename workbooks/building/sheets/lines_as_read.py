"""How a line of 見積 is read: the first working columns of 明細計算, as `workbooks.reading.tables` reads the same cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rules import line_limits
from rules.assess import YEARLY
from rules.engine.argument import NUM, VALUE
from rules.engine.evaluate import checked_cell
from rules.frames.normal import PROCESSES
from workbooks.building.formula_text import AS_OF, absolute, quoted, total, trimmed
from workbooks.building.sheets import line_columns, rows_as_read
from workbooks.building.sheets.amount_working import TAXED
from workbooks.building.sheets.line_columns import ARGUMENTS, FLAGS, NAMED, PROCESS, SERVICE, cell, column
from workbooks.building.sheets.lists import JOIN, Lookups
from workbooks.building.sheets.tax import without_tax
from workbooks.form import vocabulary, word_lists
from workbooks.form.entered_cells import LARGEST, number_of
from workbooks.form.layout import LINES, QUOTE, YES

READ = tuple(c for c in LINES.typed if c.reader not in ("text", "tool"))  # in which not every text will do
NUMBERS = tuple(c for c in READ if number_of(c))
SAYS = {"functions": "spelt", "processes": "codes", "contract": "terms"}  # working columns under names of their own
UNREAD = {
    SAYS.get(c.name, c.name): c for c in READ
}  # which cell cannot be read or is blank, by the column that says so


def read(n: int, look: Lookups) -> Mapping[str, str]:
    """How line n is read: a text for each name of working.READ but the amount."""
    typed = {c.name: at(c.name, n) for c in LINES.typed}
    me = {name: cell(name, n) for name in line_columns.READ}
    plain = {
        c.name: rows_as_read.given(c, typed[c.name], me[f"text_{c.name}"], me.get(f"found_{c.name}", ""))
        for c in line_columns.PLAIN
    }
    inside = {**_kind(me, typed, look), **_numbers(me, typed), **_words(me, typed), **plain}
    texts = _texts(me, typed)
    values = {name: f"IF({me['used']}=0,0,{text})" for name, text in {**inside, "wrong": _wrong(me)}.items()}
    return {**texts, **_presence(n, me, typed), **values}


def _texts(me: Mapping[str, str], typed: Mapping[str, str]) -> Mapping[str, str]:
    """The texts of the cells as folded: all that the columns after them look at."""
    return {
        **{f"text_{c.name}": word_lists.FOLDS[c.reader].formula(typed[c.name]) for c in READ},
        "word": vocabulary.TIDY.formula(typed["tool"]),
        "kana": vocabulary.WHOLE_KANA.formula(me["word"]),
    }


def _wrong(me: Mapping[str, str]) -> str:
    """The titles of the cells that cannot be read or are blank, each in 「」."""
    parts = (f"IF({_unread(name, me)},{quoted(f'「{c.title}」')},{quoted('')})" for name, c in UNREAD.items())
    return "&".join(parts)


def _unread(name: str, me: Mapping[str, str]) -> str:
    """Whether a cell of a line cannot be read: by its own fault, not by that of the contract or of the date."""
    before = {"months": me["terms"], "price": f"IF({TAXED}=1,{AS_OF},0)", "discount": f"IF({TAXED}=1,{AS_OF},0)"}
    if name not in before:
        return f"ISERROR({me[name]})"
    own = _bounded(me["found_months"], 1) if name == "months" else me[f"typed_{name}"]
    return f"IF(ISERROR({before[name]}),ISERROR({own}),ISERROR({me[name]}))"


def first_wrong(n: int) -> str:
    """The address of the first cell of line n that cannot be read."""
    text = quoted(LINES.cell("item", n))
    for c in reversed(READ):
        found = f'ISNUMBER(FIND("「{c.title}」",{cell("wrong", n)}))'
        text = f"IF({found},{quoted(LINES.cell(c.name, n))},{text})"
    return text


def limits(n: int, look: Lookups) -> Mapping[str, str]:
    """The months that count on line n, for each frame; 0 where there is no limit."""
    category = cell("category", n)
    return {name: f"IF({category}=0,0,{find(_row(category, look))})" for name, find in look.limits.items()}


def at(name: str, n: int) -> str:
    """A cell of the table of lines."""
    return absolute(QUOTE, f"{LINES.letter(name)}{LINES.header + n}")


def _presence(n: int, me: Mapping[str, str], typed: Mapping[str, str]) -> Mapping[str, str]:
    """Whether there is a line at all, and which it is."""
    free = trimmed("&".join(typed[c.name] for c in LINES.typed if c.reader == "text"))
    firm = "&".join(me[name] for name in sorted(f"text_{c.name}" for c in READ if not c.dash))
    optional = "&".join(me[f"text_{c.name}"] for c in READ if c.dash)
    nothing = f"AND(LEN({free}&{me['word']}&{firm})=0,{vocabulary.dashed(f'({optional})')})"
    before = "" if n == 1 else f"+SUM({column('used').partition(':')[0]}:{cell('used', n - 1).partition('!')[2]})"
    return {
        "used": f"IF({nothing},0,1)",
        "filled": f"COUNTA({','.join(typed.values())})",
        "order": f"IF({cell('used', n)}=0,0,1{before})",
    }


def _kind(me: Mapping[str, str], typed: Mapping[str, str], look: Lookups) -> Mapping[str, str]:
    """Which category and contract it is, and what these mean."""
    yearly = line_columns.contract(YEARLY)
    return {
        "category": _category(me["text_category"], look),
        "major": f"IF({me['category']}=0,0,{look.major(_row(me['category'], look))})",
        "terms": _terms(me["text_contract"], look),
        "allowed": f"IF({me['terms']}=0,0,{look.allowed(me['terms'])})",
        "timed": f"IF({me['allowed']}=1,{look.timed(me['terms'])},IF({vocabulary.dashed(me['text_months'])},0,1))",
        "monthly": f"IF(AND({me['timed']}=1,{me['terms']}<>{yearly}),TRUE,FALSE)",
        "yearly": f"IF({me['terms']}={yearly},TRUE,FALSE)",
        "service": f"IF({me['major']}={SERVICE},TRUE,FALSE)",
        "other_subsidy": _twice(typed["other_subsidy"], me["text_other_subsidy"]),
    }


def _numbers(me: Mapping[str, str], typed: Mapping[str, str]) -> Mapping[str, str]:
    """The amounts without tax, the quantity, the months."""
    given = ARGUMENTS["price"], replace(ARGUMENTS["discount"], optional=False)
    price, less = (checked_cell(a, me[f"found_{a.name}"]) for a in given)
    found = {
        f"found_{c.name}": vocabulary.number(
            typed[c.name], me[f"text_{c.name}"], vocabulary.dashed if c.dash else vocabulary.empty
        )
        for c in NUMBERS
    }
    return {
        **found,
        "typed_price": price,
        "price": without_tax(me["typed_price"]),
        "quantity": f"IF({vocabulary.empty(me['text_quantity'])},{VALUE},{_bounded(me['found_quantity'], 0)})",
        "months": f"IF({me['timed']}=1,{_months(me, me['found_months'])},1)",
        "typed_discount": f"IF({vocabulary.dashed(me['text_discount'])},0,{less})",
        "discount": without_tax(me["typed_discount"]),
    }


def _words(me: Mapping[str, str], typed: Mapping[str, str]) -> Mapping[str, str]:
    """The functions, the processes, and which lines belong to one tool.

    Names are compared once for each line; from then on the place of the tool's first line stands for its name.
    """
    same = f"MATCH({me['key']},{column('key')},0)"
    named = f"COUNTIFS({column('tool')},{me['tool']},{column('major')},{line_columns.SOFTWARE})"
    name = f"IF(LEN({me['word']})=0,UPPER({trimmed(typed['item'])}),{me['key']})"
    return {
        "spelt": _listed(me["text_functions"]),
        **{flag: _holds(me["spelt"], JOIN + name + JOIN) for flag, name in zip(FLAGS, NAMED, strict=True)},
        "codes": _codes(me["text_processes"]),
        **{place: _holds(me["codes"], kind) for place, kind in zip(PROCESS, PROCESSES, strict=True)},
        "processes": total(me[place] for place in PROCESS),
        "key": f"{quoted(JOIN)}&{vocabulary.key_formula(me['kana'])}",
        "name": f"IF({me['category']}={line_limits.SOFTWARE},{name},{quoted('')})",
        "tool": same,
        "named": named,
    }


def _category(text: str, look: Lookups) -> str:
    """カテゴリー as a number: the first word is its number or its name. A line without one has no amount."""
    word = f'LEFT({text},FIND(" ",{text}&" ")-1)'
    return f"IF({vocabulary.empty(text)},{VALUE},{vocabulary.looked_up(word, *look.spelt['category'])})"


def _row(category: str, look: Lookups) -> str:
    return f"MATCH({category},{look.numbers},0)"


def _terms(text: str, look: Lookups) -> str:
    """Which contract it is, 0 for an unknown one. A line without one has no amount."""
    found = vocabulary.looked_up(text, *look.spelt["contract"])
    return f"IF(ISERROR({text}),{text},IF({vocabulary.empty(text)},{VALUE},IFERROR({found},0)))"


def _twice(typed: str, text: str) -> str:
    """1 where another subsidy pays the same cost; an error where the answer cannot be read."""
    return f"IF({vocabulary.answer(typed, text, vocabulary.dashed)}={quoted(YES)},1,0)"


def _months(me: Mapping[str, str], typed: str) -> str:
    """月数; a yearly contract counts whole years."""
    whole = (
        f"IF({me['yearly']},IF(INT({typed}/{line_limits.YEAR})*{line_limits.YEAR}<>{typed},{VALUE},{typed}),{typed})"
    )
    return f"IF(ISNUMBER({typed}),IF(ISERROR({_bounded(typed, 1)}),{NUM},{whole}),{VALUE})"


def _bounded(found: str, low: int) -> str:
    """A whole number of which a quote may have as many as yen."""
    return vocabulary.bounded(found, low, LARGEST, whole=True)


def _listed(text: str) -> str:
    """The functions of a cell, each between two dots: ・会計・・決済・. An error where a word is not in the list."""
    spelt = f"{quoted(JOIN)}&{_parted(text)}&{quoted(JOIN)}"
    rest = spelt
    for name in word_lists.KNOWN:
        rest = f"SUBSTITUTE({rest},{quoted(JOIN + name + JOIN)},{quoted('')})"
    return f"IF({vocabulary.dashed(text)},{quoted('')},IF(LEN({rest})=0,{spelt},{VALUE}))"


def _codes(text: str) -> str:
    """The processes of a cell, each between two dots. An error where a word does not end with one kind of process."""
    spelt = f"{quoted(JOIN)}&{_parted(text)}&{quoted(JOIN)}"
    ends = total(_times(spelt, kind + JOIN) for kind in PROCESSES)
    several = f"LEN({text})-LEN(SUBSTITUTE({text},{quoted(' ')},{quoted('')}))+1"
    none = _times(spelt, JOIN + word_lists.NOTHING + JOIN)
    sound = f"IF({ends}+{none}={several},{_times(spelt, word_lists.MARK)}+{none}={several},FALSE)"
    return f"IF({vocabulary.dashed(text)},{quoted('')},IF({sound},{spelt},{VALUE}))"


def _parted(text: str) -> str:
    """The words of a text with two dots between them."""
    return f"SUBSTITUTE({text},{quoted(' ')},{quoted(JOIN + JOIN)})"


def _times(text: str, part: str) -> str:
    """How often a part stands in a text."""
    return f"(LEN({text})-LEN(SUBSTITUTE({text},{quoted(part)},{quoted('')})))/{len(part)}"


def _holds(text: str, part: str) -> str:
    return f"IF(ISNUMBER(FIND({quoted(part)},{text})),1,0)"
