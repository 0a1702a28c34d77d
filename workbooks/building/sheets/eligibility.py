"""補助額: what a frame still lacks and why it cannot be applied for, in the order and the words of the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules import line_limits
from rules.assess import NO_LINES, SIZE, TOO_MUCH_OFF, UNREADABLE, WITHOUT_TAX
from rules.frames import etrade, group, normal, security
from rules.frames.contract import NO_COST
from workbooks.building.formula_text import AS_OF, blank, per_edition, quoted, ref
from workbooks.building.sheets import amount_working, frame_inputs, line_columns, members, partners
from workbooks.form.amount_layout import Section
from workbooks.form.layout import PARTNER_TABLE

GOOD = "計算できます"
TOO_OLD = "申請日が、収録した最も古い版より前か、日付として読めません"
BELOW_TABLE = "用意した行の下に行があります。行の多いブックに移してください（hojokin migrate）"
FIELD = re.compile(r"\{(\w+):,\}")


@dataclass(frozen=True)
class Test:
    """One reason why there is no amount: `when` it holds, and a text that says it."""

    when: str
    text: str  # an Excel text
    falls: bool = False  # the frame cannot be applied for at all: its subsidy is 0


def tests(s: Section) -> tuple[Test, ...]:
    """All reasons of a frame; the first that holds is the one."""
    found = [Test(f"ISERROR({AS_OF})", quoted(TOO_OLD))]
    found += _group() if s.frame.members else _lines(s)
    return (*found, *_arguments(s))


def number(all_tests: tuple[Test, ...]) -> str:
    """Which reason holds, from 1; 0 where none does."""
    text = "0"
    for at, test in reversed(list(enumerate(all_tests, 1))):
        text = f"IF({test.when},{at},{text})"
    return text


def sentence(s: Section, state: str, all_tests: tuple[Test, ...]) -> str:
    """The reason in words; of a frame that can be calculated, why it pays nothing."""
    return f"CHOOSE({state}+1,{zero(s)},{','.join(test.text for test in all_tests)})"


def zero(s: Section) -> str:
    """Why a frame that can be calculated pays nothing, in the words of `rules.zero_reasons`; that it can, where it pays."""
    result = {name: ref(f"out_{s.frame.name}_{name}") for name in ("subsidy", "eligible")}
    when, words = "TRUE", s.frame.zero_otherwise
    if s.frame.members:
        when, words = few(), group.FEW
    elif s.frame.zero_input:
        name, words = s.frame.zero_input
        when = f"{ref(f'out_{s.frame.name}_{name}')}=0"
    told = f"IF({when},{quoted(words)},{quoted(s.frame.zero_otherwise)})"
    none = f"IF({result['eligible']}=0,{quoted(NO_COST)},{told})"
    shown = f'"補助額は0円です: "&{none}'
    return f"IF(ISERROR({result['subsidy']}),{quoted(GOOD)},IF({result['subsidy']}=0,{shown},{quoted(GOOD)}))"


def few() -> str:
    """Whether the group has fewer members than the edition in force wants."""
    return f"{members.HEADS}<{per_edition(group.Edition, lambda e: str(e.members.value))}"


def lacking(state: str, all_tests: tuple[Test, ...]) -> str:
    """Whether it is something that the frame lacks, not why it falls."""
    fallen = falling(state, all_tests)
    return f"AND({state}>0,NOT({fallen}))" if fallen else f"AND({state}>0)"


def falling(state: str, all_tests: tuple[Test, ...]) -> str:
    """Whether the reason is one for which the frame falls; "" where it has none."""
    at = [f"{state}={number}" for number, test in enumerate(all_tests, 1) if test.falls]
    return f"OR({','.join(at)})" if at else ""


def _need(when: str, words: str) -> Test:
    return Test(when, quoted(f"{words}が要ります"))


def _lines(s: Section) -> Iterator[Test]:
    """As `rules.assess._needs` for a frame whose costs stand in the lines."""
    used = f"SUM({line_columns.column('used')})"
    yield _need(f"ISERROR({used})", UNREADABLE)
    yield Test(line_columns.overflow(), quoted(BELOW_TABLE))
    yield _need(f"{used}=0", NO_LINES)
    yield _need(f"ISERROR({amount_working.LISTED})", UNREADABLE)
    yield _need(f"ISERROR({amount_working.LESS})", TOO_MUCH_OFF)
    if any(a.name == "small_biz" for a in s.frame.arguments):
        yield _need(f"ISERROR({ref('out_small_biz')})", SIZE)
    own = {normal.FRAME: _normal, etrade.FRAME: _etrade, security.FRAME: _security}.get(s.frame, tuple[Test, ...])
    told = [t for t in own() if not t.falls]
    yield from told
    yield _need(f"ISERROR({amount_working.AGREED})", WITHOUT_TAX)
    yield _need(f"{amount_working.AGREED}=1", WITHOUT_TAX)
    yield from (t for t in own() if t.falls)


def _normal() -> Iterator[Test]:
    yield _need(f"SUM({line_columns.column('processes')})=0", normal.UNTOLD)


def _etrade() -> Iterator[Test]:
    listed = partners.READ.rows()
    counted = PARTNER_TABLE.column("counted")
    accounts, everyone = partners.ACCOUNTS, ref("total_accounts")
    unlimited, software = frame_inputs.agreed("accounts_unlimited"), f"{line_columns.column('category')}"
    yield _need(f"ISERROR(SUM({counted}))", etrade.UNREADABLE)
    yield Test(partners.READ.lost(), quoted(BELOW_TABLE))
    told = f"{listed}>0,NOT({blank(ref('sme_accounts'))}),NOT({blank(everyone)}),{unlimited}"
    yield _need(f"NOT(OR({told}))", etrade.UNTOLD)
    yield Test(f"OR({unlimited},{blank(everyone)})", quoted(etrade.UNLIMITED), falls=True)
    beyond = f"IF(ISERROR({accounts}),FALSE,{accounts}>{everyone})"
    yield Test(beyond, _filled(etrade.BEYOND, own=accounts, total=everyone), falls=True)
    names = line_columns.column("name")
    first = f"INDEX({names},MATCH({line_limits.SOFTWARE},{software},0))"
    several = f"SUMPRODUCT(({software}={line_limits.SOFTWARE})*({names}<>{first}))>0"
    yield Test(f"IF(COUNTIF({software},{line_limits.SOFTWARE})=0,FALSE,{several})", quoted(etrade.SEVERAL), falls=True)


def _security() -> Iterator[Test]:
    flag = line_columns.FLAGS[line_columns.NAMED.index(security.SERVICE)]
    found = f"COUNTIFS({line_columns.column('category')},{line_limits.SOFTWARE},{line_columns.column(flag)},1)"
    yield _need(f"{found}=0", security.UNTOLD)
    yield Test(frame_inputs.agreed("otasuke_granted"), quoted(security.GRANTED), falls=True)
    yield Test(blank(ref("otasuke_number")), quoted(security.UNLISTED), falls=True)


def _group() -> Iterator[Test]:
    """As `rules.frames.group` says them."""
    yield Test(f"ISERROR({members.HEADS})", quoted(BELOW_TABLE))
    yield _need(f"{members.HEADS}=0", group.UNTOLD)
    yield _need(f"OR(ISERROR({members.BASE}),ISERROR({members.OUTLAY}))", group.UNREADABLE)
    yield Test(members.doubled(), quoted(group.TWICE), falls=True)
    for name, words in group.HELPERS.items():
        yield Test(members.among(name), quoted(words), falls=True)


def _arguments(s: Section) -> Iterator[Test]:
    """What the engines refuse: an argument that is blank or beyond its domain, or above another one."""
    for r in s.premises:
        yield Test(f"ISERROR({ref(r.name)})", quoted(f"{r.label}が空欄か、計算できる範囲の外です"))
    named = {r.name.removeprefix(f"out_{s.frame.name}_"): r for r in s.premises}
    for low, high in s.frame.ordered:
        words = f"{named[low].label}が、{named[high].label}を超えています"
        yield Test(f"{ref(named[low].name)}>{ref(named[high].name)}", quoted(words))


def _filled(words: str, **cells: str) -> str:
    """A sentence with numbers as an Excel text: {own:,} shows the cell of that name."""
    parts = FIELD.split(words)
    shown = [f'TEXT({cells[part]},"#,##0")' if at % 2 else quoted(part) for at, part in enumerate(parts)]
    return "&".join(shown)
