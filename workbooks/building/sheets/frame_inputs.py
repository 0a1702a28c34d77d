"""補助額: what each frame's formula takes, before its check, from the sheets that a person fills."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rules import headcount, line_limits, near_minimum_wage
from rules.engine.argument import VALUE, Argument
from rules.engine.evaluate import checked_cell
from rules.frames import FRAMES
from rules.frames.contract import Frame
from workbooks.building.formula_text import AS_OF, blank, per_edition, quoted, ref
from workbooks.building.sheets import line_columns, members, partners
from workbooks.building.sheets import plan_near_minimum_wage as months
from workbooks.building.sheets.lists import Lookups
from workbooks.form.layout import NO, YES


def raw(look: Lookups) -> Mapping[str, str]:
    """A text for every premise, by the name of its result."""
    inputs = {f"out_{f.name}_{a.name}": INPUTS[a.name][0](f) for f in FRAMES for a in f.inputs}
    return {"out_small_biz": small(look), "out_near_min_wage": near_min_wage(), **inputs}


def given(name: str, otherwise: str) -> str:
    """An input, or what a blank one stands for."""
    return f"IF({blank(ref(name))},{otherwise},{ref(name)})"


def agreed(name: str) -> str:
    """Whether an input says はい."""
    return f"{ref(name)}={quoted(YES)}"


def _answer(name: str) -> str:
    """はい or いいえ as TRUE or FALSE; blank is FALSE, all else an error."""
    return f"IF({agreed(name)},TRUE,FALSE)"


def small(look: Lookups) -> str:
    """`rules.headcount.small`: the true size; the claim where the size cannot be told."""
    claim, industry, employees = ref("small_claim"), ref("industry"), ref("employees")
    count = checked_cell(Argument("employees", "count", ""), employees)
    limit = look.small(f"MATCH({industry},{look.industries},0)")
    many = f"IF(ISERROR({limit}),FALSE,{regular()}>{limit})"  # the limit of an industry that never is small is below 0
    size = f"IF({many},FALSE,IF({count}<={limit},TRUE,FALSE))"
    claimed = f"IF({claim}={quoted(YES)},TRUE,IF({claim}={quoted(NO)},FALSE,NA()))"
    unknown = f"IF({many},FALSE,{claimed})"
    told = f"IF({blank(employees)},{unknown},IF({claim}={quoted(NO)},FALSE,{size}))"
    return f"IF(ISERROR({AS_OF}),{AS_OF},IF({blank(industry)},{claimed},{told}))"  # no edition, no limits


def regular() -> str:
    """正規雇用の従業員数; 0 where it is not told, an error where it cannot be read."""
    return given(headcount.REGULAR, "0")


MONTHS = months.NUMBERS
FILLED = months.FILLED


def near_min_wage() -> str:
    """`rules.near_minimum_wage.of`, where an open question counts as no: the months if any is filled, or else the typed answer."""
    shown = f"IF({FILLED}<>COUNT({MONTHS}),{VALUE},IF({months.HITS}>={_needed()},TRUE,FALSE))"
    return f"IF({FILLED}=0,{_answer('near_min_wage')},{shown})"


def undecided() -> str:
    """Whether the months without an answer could still make it 最低賃金近傍."""
    open_ones = f"{near_minimum_wage.MONTHS}-{months.TOLD}"
    return f"AND({FILLED}>0,{months.HITS}<{_needed()},{months.HITS}+{open_ones}>={_needed()})"


def _needed() -> str:
    return per_edition(near_minimum_wage.Edition, lambda e: str(e.test.months))


def introducing() -> str:
    """`rules.frames.group.introducing`: members with tools of (b), as typed, as marked, or all of them."""
    marks = members.down("given_analysis")
    yes, no = (f"COUNTIF({marks},{quoted(word)})" for word in (YES, NO))
    everyone = f"IF({yes}+{no}=0,{members.HEADS},{yes})"
    return f"IF({blank(ref('analysis_members'))},{everyone},{ref('analysis_members')})"


# What each input is taken from, whichever frame asks for it, and what the sheet says of that
INPUTS: Mapping[str, tuple[Callable[[Frame], str], str]] = {
    "cost": (line_columns.cost, "対象経費の合計（シート「明細計算」）"),
    "processes": (line_columns.processes, "対象になるソフトウェアのプロセスの種類。汎P-07だけなら0"),
    "near_min_wage": (lambda _: ref("out_near_min_wage"), "上の「最低賃金近傍の事業者か」"),
    "small_biz": (lambda _: ref("out_small_biz"), "上の「小規模事業者か」"),
    "functions": (line_columns.functions, "対象になるソフトウェアの機能を合わせて数えます（和集合）"),
    "pc_cost": (lambda f: line_columns.cost(f, line_limits.PC), "カテゴリー8の対象経費の合計"),
    "register_cost": (lambda f: line_columns.cost(f, line_limits.REGISTER), "カテゴリー9の対象経費の合計"),
    "sme_accounts": (lambda _: partners.ACCOUNTS, "シート「取引先」の一覧。一覧が無ければ、そこに入れた数"),
    "total_accounts": (lambda _: given("total_accounts", VALUE), "シート「取引先」"),
    "large": (lambda _: _answer("large"), "シート「申請者」の「大企業」。空欄は FALSE"),
    "base": (lambda _: members.BASE, "シート「構成員」の補助額の合計"),
    "count": (lambda _: members.HEADS, "シート「構成員」の行の数"),
    "analysis_cost": (lambda _: given("analysis_cost", "0"), "シート「構成員」。空欄は0"),
    "admin_cost": (lambda _: given("admin_cost", "0"), "シート「構成員」。空欄は0"),
    "analysis_members": (lambda _: introducing(), "シート「構成員」の数か「(b)導入」の印。どちらも無ければ全員"),
}
NOTES = {
    "out_small_biz": "業種と従業員数（正規雇用の方が多ければその数）から判定します。TRUE＝小規模。「小規模として申請」が「いいえ」なら FALSE",
    **{f"out_{f.name}_{a.name}": INPUTS[a.name][1] for f in FRAMES for a in f.inputs},
    "out_invoice_cost": "カテゴリー1～7の対象経費の合計（シート「明細計算」）",
    "out_etrade_cost": "対象になるソフトウェアの行の合計（シート「明細計算」）",
    "out_security_cost": "対象になるサービスの行の合計（シート「明細計算」）",
}
