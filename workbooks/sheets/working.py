"""補助額, right side: one row of working per line of 明細, mirroring `rules.assess` cell by cell.

Every limit comes from the rules' own formula (`rules.lines.eligible`) run on Excel text; what stands here by hand is only
how a line is read (which contract, which category) and why it may not count (`rules.lines.REASONS`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from rules import invoice, lines, tax
from rules.argument import NUM, VALUE, Argument, kinds
from rules.evaluate import guard, guarded
from rules.formula import Formula, renamed
from rules.quote import FUNCTIONS
from rules.trace import Let, Step
from workbooks.layout import AMOUNT, AMOUNT_TOP, LINES, NO, OTHER_SUBSIDY, QUOTE, YES
from workbooks.sheets.lists import JOIN, OTHER, Lookups
from workbooks.style import COUNT, GREY, PALE, heading, put
from workbooks.text import absolute, dated, every, per_edition, quoted, span, total, trimmed

LEFT = 8  # column H
FIRST = AMOUNT_TOP
END = 500  # rows of 見積 down to which nothing but lines stands
SOFTWARE, SERVICE, HARDWARE = 1, 3, 4  # 大分類 as numbers
PC, REGISTER = 8, 9  # カテゴリー
TAXED = absolute(AMOUNT, "E9")  # 1 where the prices hold tax
ARGUMENTS = {a.name: a for a in lines.ARGUMENTS}

FLAGS = tuple(f"has_{n}" for n in range(1, len(FUNCTIONS) + 1))
READ = {
    "used": "行がある",
    "filled": "入力のセル",
    "order": "通し番号",
    "category": "カテゴリー",
    "major": "大分類",
    "terms": "契約",
    "allowed": "契約が対象",
    "timed": "月数が要る",
    "typed_price": "単価（入力）",
    "price": "単価（税抜）",
    "quantity": "数量",
    "months": "月数",
    "typed_discount": "値引（入力）",
    "discount": "値引（税抜）",
    "monthly": "月額",
    "yearly": "年額",
    "limit": "月数の上限",
    "service": "役務",
    **dict(zip(FLAGS, FUNCTIONS, strict=True)),
    "own": "行だけの理由",
    "software": "対象のソフト",
    "reason": "理由の番号",
    "before": "先の行の役務",
    "full": "金額（検査前）",
}


def _let(e: lines.Edition) -> list[Step]:
    trace = Let()
    lines.eligible(SimpleNamespace(**{name: Formula(name) for name in ARGUMENTS}), e, trace)
    return list(trace)


STEPS: tuple[Step, ...] = tuple(_let(every(lines.Edition)[-1]))
NAMES: tuple[str, ...] = (*READ, *(s.name for s in STEPS))


def letter(name: str) -> str:
    """The column of a working value on 補助額."""
    return get_column_letter(LEFT + NAMES.index(name))


def column(name: str, number: int = LINES.rows) -> str:
    """The range of a working value over all lines, or down to line `number`."""
    return span(AMOUNT, f"{letter(name)}{FIRST}", f"{letter(name)}{FIRST + number - 1}")


def cell(name: str, number: int) -> str:
    """The cell of a working value of line `number`, from 1."""
    return absolute(AMOUNT, f"{letter(name)}{FIRST + number - 1}")


def overflow() -> str:
    """Whether cells are filled on 見積 that no working row reads: rows put in by hand."""
    first, last = LINES.first, END
    before, after = LINES.letter("tool"), LINES.letter("category")
    parts = (
        span(QUOTE, f"{LINES.letter('item')}{first}", f"{before}{last}"),
        span(QUOTE, f"{after}{first}", f"{LINES.letter('other_subsidy')}{last}"),
    )
    return f"COUNTA({','.join(parts)})<>SUM({column('filled')})"


def own(text: str) -> str:
    """A formula as it stands on 補助額 itself: without the name of its own sheet."""
    return text.replace(f"'{AMOUNT}'!", "")


def build(sheet: Worksheet, look: Lookups) -> None:
    """Writes the block."""
    first, last = letter(NAMES[0]), letter(NAMES[-1])
    heading(sheet, first, last, AMOUNT_TOP - 2, "明細の行ごとの計算（見積の行の順。印刷されません）")
    labels = {**READ, **{s.name: s.label for s in STEPS}}
    for name in NAMES:
        put(
            sheet,
            f"{letter(name)}{AMOUNT_TOP - 1}",
            labels[name],
            size=8,
            back=PALE,
            box=True,
            wrap=True,
            align="center",
        )
        sheet.column_dimensions[letter(name)].width = 9 if name in READ else 12
    for number in range(1, LINES.rows + 1):
        for name, text in {**_read(number, look), **_steps(number)}.items():
            where = f"{letter(name)}{FIRST + number - 1}"
            put(sheet, where, own(f"={text}"), size=8, box=True, form=COUNT, colour=GREY if name in READ else "000000")


def _read(n: int, look: Lookups) -> Mapping[str, str]:
    """How line n is read: a text for each name of READ."""
    typed = {
        c.name: absolute(QUOTE, f"{LINES.letter(c.name)}{LINES.header + n}") for c in LINES.columns if not c.computed
    }
    me = {name: cell(name, n) for name in NAMES}
    inside = {
        "category": _category(typed["category"], look),
        "major": f"IF({me['category']}=0,0,{look.major(_row(me['category'], look))})",
        "terms": _terms(typed["contract"], look),
        "allowed": f"IF({me['terms']}=0,0,{look.allowed(me['terms'])})",
        "timed": f"IF({me['terms']}=0,0,{look.timed(me['terms'])})",
        "typed_price": guard(ARGUMENTS["price"], typed["price"]),
        "price": _without_tax(me["typed_price"]),
        "quantity": guard(ARGUMENTS["quantity"], typed["quantity"]),
        "months": f"IF({me['timed']}=1,{_months(me, typed['months'])},1)",
        "typed_discount": guard(_blank_is_zero(ARGUMENTS["discount"]), typed["discount"]),
        "discount": _without_tax(me["typed_discount"]),
        "monthly": f"IF({trimmed(typed['contract'])}={quoted('月額')},TRUE,FALSE)",
        "yearly": f"IF({trimmed(typed['contract'])}={quoted('年額')},TRUE,FALSE)",
        "limit": f"IF({me['category']}=0,0,{look.limit(_row(me['category'], look))})",
        "service": f"IF({me['major']}={SERVICE},TRUE,FALSE)",
        **{flag: _has(typed["functions"], name) for flag, name in zip(FLAGS, FUNCTIONS, strict=True)},
        "own": _own_reason(me, typed),
        "software": f"IF(AND({me['major']}={SOFTWARE},{me['own']}=0),1,0)",
        "reason": _reason(me, typed),
        "before": _before(n),
    }
    read = {name: f"IF({me['used']}=0,0,{text})" for name, text in inside.items()}
    return {**_presence(n, typed), **read}


def _presence(n: int, typed: Mapping[str, str]) -> Mapping[str, str]:
    """Whether there is a line at all, and which it is."""
    joined = "&".join(typed.values())
    return {
        "used": f"IF({trimmed(joined)}={quoted('')},0,1)",
        "filled": f"COUNTA({','.join(typed.values())})",
        "order": f"IF({cell('used', n)}=0,0,SUM({column('used', n)}))",
    }


def _category(typed: str, look: Lookups) -> str:
    """カテゴリー as a number; the number leads the text. A line without one has no amount."""
    text = trimmed(typed)
    number = f'IF(ISNUMBER({typed}),{typed},VALUE(LEFT({text},FIND(" ",{text}&" ")-1)))'
    return f"IF({text}={quoted('')},{VALUE},INDEX({look.numbers},MATCH({number},{look.numbers},0)))"


def _terms(typed: str, look: Lookups) -> str:
    """Which contract it is, 0 for an unknown one. A line without one has no amount."""
    found = f"MATCH({trimmed(typed)},{look.contracts},0)"
    return f"IF({trimmed(typed)}={quoted('')},{VALUE},IF(ISNUMBER({found}),{found},0))"


def _months(me: Mapping[str, str], typed: str) -> str:
    """月数; a yearly contract counts whole years."""
    whole = f"IF({me['yearly']},IF(INT({typed}/{lines.YEAR})*{lines.YEAR}<>{typed},{VALUE},{typed}),{typed})"
    return f"IF(ISNUMBER({typed}),IF(ISERROR({guard(ARGUMENTS['months'], typed)}),{NUM},{whole}),{VALUE})"


def _row(category: str, look: Lookups) -> str:
    return f"MATCH({category},{look.numbers},0)"


def _blank_is_zero(a: Argument) -> Argument:
    return replace(a, default=0, optional=True)


def _without_tax(amount: str) -> str:
    """An amount without tax: whole, or an error where the tax does not divide it."""

    def net(e: tax.Edition) -> str:
        share = Fraction(1) / (1 + e.standard.rate)
        n, d = share.numerator, share.denominator
        return f"IF(INT({amount}*{n}/{d})*{d}={amount}*{n},INT({amount}*{n}/{d}),{VALUE})"

    return f"IF({TAXED}=1,{per_edition(tax.Edition, net)},{amount})"


def _has(typed: str, function: str) -> str:
    """Whether the 機能 cell names a function; the usual separators are taken."""
    text = trimmed(typed)
    for separator in ("、", "，", ",", "／", "/", " "):
        text = f"SUBSTITUTE({text},{quoted(separator)},{quoted(JOIN)})"
    whole = f"{quoted(JOIN)}&{text}&{quoted(JOIN)}"
    return f"IF(ISNUMBER(FIND({quoted(JOIN + function + JOIN)},{whole})),1,0)"


def _own_reason(me: Mapping[str, str], typed: Mapping[str, str]) -> str:
    """`rules.assess._own_reason`: why a line cannot count by itself."""
    said = trimmed(typed["other_subsidy"])
    yes = f"OR({said}={quoted(OTHER_SUBSIDY)},{said}={quoted(YES)})"
    no = f"OR({said}={quoted('')},{said}={quoted(OTHER)},{said}={quoted(NO)})"
    other = f"IF({yes},3,IF({no},0,{VALUE}))"
    functions = total(me[flag] for flag in FLAGS)
    served = f"IF(AND({me['major']}={SOFTWARE},{functions}=0),2,{other})"
    hard = served if "Ⅳ" in invoice.MAJORS else f"IF({me['major']}={HARDWARE},5,{served})"
    return f"IF({me['major']}=0,6,IF({me['allowed']}=0,1,{hard}))"


def _reason(me: Mapping[str, str], typed: Mapping[str, str]) -> str:
    """`rules.assess._company_reason`: options, services and hardware need eligible software, of their own tool if named."""
    tools = span(QUOTE, f"{LINES.letter('tool')}{LINES.first}", f"{LINES.letter('tool')}{LINES.last}")
    same = f"EXACT({trimmed(tools)},{trimmed(typed['tool'])})"
    named = f"SUMPRODUCT({same}*({column('major')}={SOFTWARE}))"
    served = f"SUMPRODUCT({same}*({column('software')}=1))"
    company = f"IF(SUM({column('software')})=0,4,IF({named}=0,0,IF({served}>0,0,4)))"
    return f"IF({me['own']}>0,{me['own']},IF({me['major']}={SOFTWARE},0,{company}))"


def _before(n: int) -> str:
    """役務 that the lines above have used of the cap."""
    if n == 1:
        return "0"
    above = [column(name, n - 1) for name in ("line_months", "major", "reason")]
    return f"SUMIFS({above[0]},{above[1]},{SERVICE},{above[2]},0)"


def _steps(n: int) -> Mapping[str, str]:
    """The limits of the law on line n."""
    me = {name: cell(name, n) for name in NAMES}
    texts = [(e.since, [renamed(s.value.text, me) for s in _let(e)]) for e in every(lines.Edition)]
    found = {}
    for i, s in enumerate(STEPS):
        text = dated([(since, each[i]) for since, each in texts])
        if i == 0:  # the amount: an error where a cell cannot be read, or beyond every quote
            needed = [me[name] for name in ("category", "terms", "own", "price", "quantity", "months", "discount")]
            found["full"] = f"IF({me['used']}=0,0,{guarded(text, needed)})"
            text = _inside(me["full"])
        found[s.name] = f"IF({me['used']}=0,{quoted('')},{text})"
    return found


def _inside(amount: str) -> str:
    """An amount from 0 to the most that a quote may hold."""
    kind = kinds()["yen"]
    return f"IF(OR({amount}<{kind.low},{amount}>{kind.high}),{NUM},{amount})"


def cost(*categories: int) -> str:
    """補助対象経費 of all lines, or of the lines of some categories."""
    if not categories:
        rest = "".join(f"-{cost(number)}" for number in (PC, REGISTER))
        return f"SUM({column('line_eligible')}){rest}"
    return total(f"SUMIFS({column('line_eligible')},{column('category')},{number})" for number in categories)


def functions() -> str:
    """Functions of all eligible software together (和集合), at least 1."""
    found = total(f"IF(SUMIFS({column(flag)},{column('software')},1)>0,1,0)" for flag in FLAGS)
    return f"IF({found}=0,1,{found})"
