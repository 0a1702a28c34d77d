"""チェック: the rows whose formula is not a condition of `rules.checks`, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rules.checks.codes import codes
from rules.findings import NOTICE
from rules.frames import FRAMES, group
from workbooks.building.formula_text import absolute, blank, halfwidth, quoted, ref, total, trimmed
from workbooks.building.sheets import amount_working, line_columns, plan, plan_common, plan_wage_raise, rounds
from workbooks.building.sheets.check_facts import applied
from workbooks.building.sheets.lists import Lookups
from workbooks.form.layout import INPUT, LINES, MEMBER_TABLE, NO, PARTNER_TABLE, PLAN, PLAN_TABLE

Row = tuple[str, str, str, str]  # as the last fields of check_conditions.Test: wrong, cell, level, bad
NUMBERS = ("corporate_number", "vendor_corporate_number", "vendor_invoice_number", "expert_corporate_number")


def own(look: Lookups, unread: str) -> Mapping[str, Row]:
    """These rows by their ids; `unread`: how many cells and rows cannot be read."""
    listed = line_columns.column(line_columns.LISTED)
    return {
        # what the reader cannot read never reaches the checks
        "INPUT.unread": _row(
            f"OR({unread}>0,ISERROR(SUM({listed})))", LINES.cell("price", 1), bad=f"ISERROR({listed})"
        ),
        # `rules.planned_dates` and the drafts know the round of any quote; the sheet has it in cells of 補助額
        "ROUND.unknown": _row(rounds.beyond(), "application_date"),
        "ROUND.expired": _row(rounds.expired(), "valid_until"),
        "ROUND.late": _row(rounds.late(), "planned_report"),
        # Python reads each text word by word; COUNTIF counts cells
        "KICKBACK": _row(_kickback(look), LINES.cell("note", 1)),
        "KICKBACK.refused": _row(f"{_cells(_texts(), _refusals(look))}>0", LINES.cell("note", 1), NOTICE),
        # 計画 shows the growth and its verdict, which is repeated
        "GROWTH": _row(_growth(), PLAN_TABLE.cell("operating", 2)),
        "WAGEPLAN": _row(_wage_plan(), "wage_y3"),
        # the reader checks the digits of a number (`workbooks.reading.identifiers`)
        "NUMBER": _row(_numbers(), "vendor_invoice_number"),
        # an address is taken apart by patterns, which a formula has not
        "ADDRESS.address": _row(_address(ref("address")), "address"),
        "ADDRESS.vendor": _row(_address(ref("vendor_address")), "vendor_address"),
    }


def _row(wrong: str, cell: str, level: str = "", bad: str = "") -> Row:
    return wrong, INPUT[cell].address if cell in INPUT else cell, level, bad


def _kickback(look: Lookups) -> str:
    """Cells with a word, less those whose word is refused or part of a harmless one; or nothing left to pay."""
    words = look.lists.choice(_patterns(codes()["KICKBACK"]["words"]))
    harmless = look.lists.choice(_patterns(codes()["KICKBACK"]["harmless"]))
    places_ = _texts()
    promised = f"{_cells(places_, words)}-({_cells(places_, _refusals(look))})-({_cells(places_, harmless)})"
    own, less, whole = ref("out_own_burden"), amount_working.LESS, amount_working.LISTED
    # Without the discount the customer would bear his burden in proportion, or more
    nothing = f"IF({applied(group.FRAME)},{own}<={less},AND({whole}>0,{own}*{whole}<={less}*({whole}-{less})))"
    nothing = f"IF(ISNUMBER({own}),IF(ISERROR({nothing}),FALSE,{nothing}),FALSE)"
    return f"OR({promised}>0,{nothing})"


def _texts() -> list[str]:
    """Where a word of 実質的還元 is looked for."""
    places_ = [LINES.column(n) for n in ("item", "note")]
    return [*places_, PARTNER_TABLE.column("note"), MEMBER_TABLE.column("role"), ref("subject"), ref("business")]


def _refusals(look: Lookups) -> str:
    """A word that is refused at once, as `rules.checks.whole_quote` reads it."""
    data = codes()["KICKBACK"]
    return look.lists.choice(_patterns(f"{word}{end}" for word in data["words"] for end in data["negated"]))


def _patterns(words: Iterable[str]) -> tuple[str, ...]:
    """What COUNTIF looks for; half-width kana, as some people write them, too."""
    return tuple(dict.fromkeys(f"*{text}*" for word in words for text in (word, halfwidth(word))))


def _cells(ranges: Iterable[str], patterns: str) -> str:
    """How many times cells hold one of these words."""
    return total(f"SUMPRODUCT(COUNTIF({place},{patterns}))" for place in ranges)


def _growth() -> str:
    rows = [plan.TOP + n for n in range(len(FRAMES))]
    verdicts = [f"CHOOSE({ref('out_frame')},{','.join(absolute(PLAN, f'{c}{row}') for row in rows)})" for c in "FJ"]
    return f"OR({','.join(f'{verdict}={quoted(plan_common.MISSED)}' for verdict in verdicts)})"


def _wage_plan() -> str:
    short = f"{plan_wage_raise.VERDICT}={quoted(plan_common.MISSED)}"
    asked = f"AND(ISNUMBER({plan_wage_raise.NEED}),{trimmed(ref('wage_raise'))}={quoted(NO)})"
    none = quoted(INPUT["wage_margin"].choices[0])
    low = f"AND(ISNUMBER({plan_wage_raise.PLUS}),{trimmed(ref('wage_margin'))}={none})"
    return f"OR({short},{asked},{low})"


def _numbers() -> str:
    """A 法人番号 that is not 13 digits or whose check digit is wrong; a 登録番号 that is not T and such a number."""
    own, vendor, registered, expert = (trimmed(ref(name)) for name in NUMBERS)
    wrong = [f"IF({n}={quoted('')},FALSE,{_unlike(n)})" for n in (own, vendor, expert)]
    code = f"OR(LEFT({registered},1)<>{quoted('T')},{_unlike(f'MID({registered},2,99)')})"
    return f"OR({','.join(wrong)},IF({registered}={quoted('')},FALSE,{code}))"


def _unlike(number: str) -> str:
    """Whether a text is no 法人番号: the first of its 13 digits is 9 less the weighted sum of the others, modulo 9."""
    check = f"9-MOD({total(f'MID({number},{n},1)*{2 - n % 2}' for n in range(2, 14))},9)"
    return f"IF(LEN({number})<>13,TRUE,IFERROR(LEFT({number},1)*1<>{check},TRUE))"


def _address(cell: str) -> str:
    """As `rules.checks.firm.address`: what follows the postcode has no number; half-width and full-width alike."""
    data = codes()["ADDRESS"]
    digits = "0123456789０１２３４５６７８９"
    marks = [*digits, *data["words"], *(f"{n}{mark}" for n in data["numerals"] for mark in data["after"])]
    text = f"SUBSTITUTE(SUBSTITUTE({trimmed(cell)},{quoted('〒 ')},{quoted('〒')}),{quoted('〒')},{quoted('')})"
    hyphen = f"ISNUMBER(FIND(MID({text},4,1),{quoted('-－‐−ー')}))"
    led = f"OR(LEFT({trimmed(cell)},1)={quoted('〒')},AND({hyphen},ISNUMBER(FIND(MID({text},1,1),{quoted(digits)}))))"
    rest = f"IF({led},MID({text},IF({hyphen},9,8),999),{text})"
    listed = "{" + ",".join(quoted(mark) for mark in marks) + "}"
    return f"IF({blank(cell)},NA(),SUMPRODUCT(ISNUMBER(FIND({listed},{rest}))*1)=0)"
