"""インボイス枠 インボイス対応類型 (invoice): 補助額 in the order of 公募要領 2-3.

The bands are on the subsidy, not on the cost, and each component is cut to whole yen by itself. Because the rates fall,
the software subsidy is the least of three lines; every step is a whole yen, since cutting commutes with a whole cap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from rules import line_limits
from rules.checks.codes import rule, yen
from rules.engine.argument import Argument
from rules.engine.arithmetic import choose, floor, minimum
from rules.engine.edition import Amount, CappedRate, Parameter, Rate, spoken
from rules.engine.steps import Trace
from rules.findings import Finding
from rules.frames.contract import Expenses, Frame, Summary
from rules.line_limits import SOFTWARE
from rules.quote import FUNCTIONS, Line, Quote

ARGUMENTS = (
    Argument("cost", "yen", "ソフトウェア購入費・導入関連費（円、税抜）"),
    Argument("small_biz", "flag", "小規模事業者なら TRUE、それ以外は FALSE"),
    Argument("functions", "positive", "会計・受発注・決済のうち有する機能の数。省くと2", 2, True),
    Argument("pc_cost", "yen", "PC・タブレット・プリンター・スキャナー・複合機（円、税抜）。省くと0", 0, True),
    Argument("register_cost", "yen", "POSレジ・モバイルPOSレジ・券売機（円、税抜）。省くと0", 0, True),
)
ONLY_HARDWARE = "ソフトウェアの経費が0円なので、ハードウェアだけでは対象になりません"


@dataclass(frozen=True)
class FirstBand(CappedRate):
    """補助額のうち、上限までの部分に掛ける率."""

    small: Fraction  # 小規模事業者の補助率

    def rest(self, rate: Fraction, above: Fraction) -> Fraction:
        """What the second line starts from: the band's subsidy less the cost of the band at the lower rate."""
        return self.up_to - self.up_to / rate * above


@dataclass(frozen=True)
class Cap(Parameter):
    """機能の数による補助上限額（円）."""

    single: int
    multiple: int
    multiple_from: int


@dataclass(frozen=True)
class Edition:
    """One block of invoice.toml."""

    since: date
    document: str
    band_1: FirstBand
    band_2: Rate
    cap: Cap
    pc: CappedRate
    register: CappedRate
    hardware: Parameter
    form: Amount
    rounding: Parameter


def subsidy(q: Any, p: Edition, step: Trace) -> Any:
    """補助額（円）. q has the names of ARGUMENTS.

    >>> from types import SimpleNamespace as Q
    >>> from rules.engine.edition import edition
    >>> quote = Q(cost=1_000_000, small_biz=False, functions=2, pc_cost=250_000, register_cost=0)
    >>> subsidy(quote, edition(Edition), Trace())
    822222
    """
    first, above = p.band_1, p.band_2.rate
    rate = choose(q.small_biz, first.small, first.rate)
    rest = choose(q.small_biz, first.rest(first.small, above), first.rest(first.rate, above))
    low = step("line_first", f"経費×第1段の率（{first.rate}、小規模は{first.small}）", floor(q.cost * rate), first.at)
    high = step(
        "line_above", f"第1段を使い切り、残りの経費×{above}を足した額", floor(q.cost * above + rest), p.band_2.at
    )
    cap = step("cap", p.cap.title, choose(q.functions >= p.cap.multiple_from, p.cap.multiple, p.cap.single), p.cap.at)
    uncapped = step("uncapped", "上限を当てる前の額（上の二つのうち低い方）", minimum(low, high), first.at)
    software = step("software", "ソフトウェア購入費・導入関連費の補助額", minimum(uncapped, cap), p.cap.at)
    within = step("within", f"うち{first.title}", minimum(software, first.up_to), first.at)
    step("beyond", f"うち{p.band_2.title}", software - within, p.band_2.at)
    pc = step("pc_line", f"{p.pc.title}に補助率を掛けた額", floor(q.pc_cost * p.pc.rate), p.pc.at)
    pc = step("pc_part", f"{p.pc.title}の補助額", minimum(pc, p.pc.up_to), p.pc.at)
    till = step(
        "till_line", f"{p.register.title}に補助率を掛けた額", floor(q.register_cost * p.register.rate), p.register.at
    )
    till = step("register_part", f"{p.register.title}の補助額", minimum(till, p.register.up_to), p.register.at)
    return step("subsidy", p.rounding.title, choose(q.cost > 0, software + pc + till, 0), p.rounding.at)


def accepts(line: Line) -> bool:
    """Whether a software line belongs to this frame: it has one of 会計・受発注・決済."""
    return bool(line.functions & set(FUNCTIONS))


def arguments_from(quote: Quote, expenses: Expenses) -> dict[str, Any]:
    """Arguments from the quote: the functions of all eligible software together (和集合)."""
    names = frozenset[str]().union(
        *(s.line.functions for s in expenses if s.line.category == SOFTWARE and s.reason == 0)
    )
    return {"functions": max(len(names & set(FUNCTIONS)), 1)}


def hardware_only(q: Any, p: Edition) -> Any:
    """Whether there is hardware without software."""
    return (q.cost <= 0) & (q.pc_cost + q.register_cost > 0)


def one_function(q: Any, p: Edition) -> Any:
    """Whether the cap of a single function takes something."""
    return (q.functions < p.cap.multiple_from) & (q.uncapped > q.cap)


def findings(c: Any, p: Edition) -> Iterator[Finding]:
    """What is doubtful or lost in one calculation."""
    if hardware_only(c.known, p):
        yield rule("HARDONLY")("ソフトウェアの経費が0円のため、ハードウェアの補助額も0円です。", at=p.hardware.at)
    lost = c.step("uncapped") - c.step("cap")
    if one_function(c.known, p):
        message = f"機能が1つのため上限{yen(c.step('cap'))}が掛かり、計算上の額より{yen(lost)}少なくなります。"
        yield rule("ONEFUNC")(message, at=p.cap.at)
    if c.given["small_biz"] and _by_form(c, p) != c.step("software"):
        message = f"2025年の公式様式は第1段の経費を{yen(p.form.value)}とするため、グループの様式に写すと1円少なく出ることがあります。"
        yield rule("FORM")(message, at=p.form.at)


def _by_form(c: Any, p: Edition) -> int:
    """ソフトウェア等の補助額 as the 2025 form splits the cost of a 小規模事業者, in whole yen of cost."""
    within = min(c.given["cost"], p.form.value)
    first = min(within * p.band_1.small // 1, p.band_1.up_to)
    return int(min(first + (c.given["cost"] - within) * p.band_2.rate // 1, c.step("cap")))


def summary(p: Edition, limits: line_limits.Edition) -> Summary:
    """The frame in short words."""
    return Summary(
        "会計・受発注・決済のツールで、インボイス制度に対応する",
        f"{line_limits.usual_costs(limits)}、PC・タブレット等、レジ・券売機等",
        f"{p.band_1.title} {p.band_1.rate}（小規模 {p.band_1.small}）\n{p.band_2.title} {p.band_2.rate}\nハードウェア {p.pc.rate}",
        f"1機能 {spoken(p.cap.single)}、{p.cap.multiple_from}機能以上 {spoken(p.cap.multiple)}\n"
        f"PC等 {spoken(p.pc.up_to)}、レジ等 {spoken(p.register.up_to)}",
        "なし",
        (p.band_1.at, p.cap.at, p.pc.at),
    )


FRAME = Frame(
    name="invoice",
    label="インボイス枠 インボイス対応類型",
    arguments=ARGUMENTS,
    parameters=Edition,
    amount=subsidy,
    summary=summary,
    zero_input=("cost", ONLY_HARDWARE),
    deciding=("within", "beyond", "pc_part", "register_part"),
    line_classes="ⅠⅡⅢⅣ",
    accepts=accepts,
    missing_function="会計・受発注・決済の機能がありません",
    arguments_from=arguments_from,
    findings=findings,
)
