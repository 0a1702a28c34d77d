"""The limits on a quote's lines (大分類・カテゴリー): what of each line counts, in whole yen, and why the rest does not.

The same kind of formula as a frame's: it runs on one line, on columns, and as the cells beside the 見積 table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules.dates import YEAR
from rules.engine.argument import Argument
from rules.engine.arithmetic import Fraction, choose, floor, minimum
from rules.engine.edition import Amount, Parameter, spoken
from rules.engine.steps import Trace
from rules.quote import Line

# Numbers of カテゴリー that the checks and the frames speak of, and where a hardware line's cost goes
SOFTWARE, CONSULTING, SETUP, SUPPORT, PC, REGISTER = 1, 5, 6, 7, 8, 9
SERVICES = (CONSULTING, SETUP, SUPPORT)  # 役務
PAIRED = (SETUP, SUPPORT)  # need the software that they were registered with
PARTS = {PC: "pc_cost", REGISTER: "register_cost"}  # all others: cost
ARGUMENTS = (
    Argument("price", "yen", "単価（円、税抜）"),
    Argument("quantity", "count", "数量"),
    Argument("months", "positive", "月数（買取は1）"),
    Argument("discount", "yen", "値引（円）"),
    Argument("monthly", "flag", "月額なら TRUE"),
    Argument("yearly", "flag", "年額なら TRUE"),
    Argument("limit", "count", "対象になる月数の上限。上限が無ければ0"),
    Argument("service", "flag", "大分類Ⅲ 役務なら TRUE"),
    Argument("before", "yen", "先の行の役務の額の合計（円）"),
    Argument("reason", "count", "対象外の理由の番号。対象なら0"),
    Argument("allotted", "yen", "合計からの値引のうちこの行の分（円）"),
)
# Why a line does not count at all; the number stands in the sheet's cells.
MAJORS = "ⅠⅡⅢⅣ"  # 大分類
NOTHING: Mapping[int, str] = {}
COUNTS, BAD_CONTRACT, NO_FUNCTION, TWICE, ALONE, NOT_HERE, UNREAD, OUTSIDE, UNPAIRED, SECOND = range(10)
REASONS = {
    COUNTS: "",
    BAD_CONTRACT: "契約の形が対象外です",
    NO_FUNCTION: "この枠に要る機能かプロセスがありません",
    TWICE: "同じ経費に他の国の補助金を使っています",
    ALONE: "対象になるソフトウェア（カテゴリー1）と一緒ではありません",
    NOT_HERE: "この枠では対象にならないカテゴリーです",
    UNREAD: "行に読めないセルか空欄があります",
    OUTSIDE: "金額が0円未満か、大きすぎます",
    UNPAIRED: "対になるソフトウェア（カテゴリー1）が見積にありません",
    SECOND: "導入・活用コンサルティング（カテゴリー5）は、額の大きい1つだけが対象です",
}


@dataclass(frozen=True)
class Category:
    """カテゴリー: its 大分類 and the parameter that limits its months."""

    number: int
    name: str
    major: str  # Ⅰ–Ⅳ
    limit: str  # software, option, service or "-"
    at: str


@dataclass(frozen=True)
class Contract:
    """契約の形."""

    name: str
    eligible: bool
    months: bool  # whether the number of months must be given
    label: str
    at: str


@dataclass(frozen=True)
class Edition:
    """One block of line_limits.toml."""

    since: date
    document: str
    software: Amount
    option: Amount
    service: Amount
    otasuke_months: Amount
    services: Amount
    hourly: Amount
    consulting: Amount
    pair: Parameter
    category: tuple[Category, ...]
    contract: tuple[Contract, ...]

    def months(self, category: int | None, instead: Mapping[int, str] = NOTHING) -> Amount | None:
        """The limit on the months of a category, if it has one; `instead` names a frame's own limits."""
        common = next((c.limit for c in self.category if c.number == category), "-")
        name = instead.get(category or 0, common)
        return None if name == "-" else getattr(self, name)

    def major(self, category: int | None) -> str:
        """大分類 of a category: Ⅰ, Ⅱ, Ⅲ, Ⅳ, or "" for none."""
        return next((c.major for c in self.category if c.number == category), "")

    def terms(self, name: str) -> Contract | None:
        """A contract by its name, 買取 …"""
        return next((c for c in self.contract if c.name == name), None)


def eligible(q: Any, p: Edition, step: Trace) -> Any:
    """補助対象経費（円）of one line. q has the names of ARGUMENTS.

    >>> from types import SimpleNamespace
    >>> from rules.engine.edition import edition
    >>> line = {"price": 20_000, "quantity": 1, "months": 36, "discount": 0, "monthly": True, "yearly": False}
    >>> rest = {"limit": 24, "service": False, "before": 0, "reason": 0, "allotted": 0}
    >>> eligible(SimpleNamespace(**line, **rest), edition(Edition), Trace())
    480000
    """
    full = q.price * q.quantity
    periods = choose(q.yearly, floor(full * q.months * Fraction(1, YEAR)), choose(q.monthly, full * q.months, full))
    listed = step("line_listed", "金額（税抜、合計からの値引の前）", periods - q.discount, p.document)
    amount = step("line_amount", "金額（税抜）", listed - q.allotted, p.document)
    limited = choose(q.limit > 0, choose(q.months > q.limit, floor(amount * q.limit // q.months), amount), amount)
    dated = step("line_months", "月数の上限を当てた額", limited, p.software.at)
    room = step(
        "line_room",
        "役務の上限の残り",
        choose(q.before < p.services.value, p.services.value - q.before, 0),
        p.services.at,
    )
    capped = step(
        "line_capped", f"{p.services.title}を当てた額", choose(q.service, minimum(dated, room), dated), p.services.at
    )
    return step("line_eligible", "補助対象経費", choose(q.reason > 0, 0, capped), p.document)


def usual_costs(limits: Edition) -> str:
    """What most frames pay for, in short words."""
    periods = f"クラウド利用料（最大{limits.software.value}か月）、オプション（{limits.option.value}か月）"
    return f"ソフトウェア、{periods}、導入関連費（役務は{spoken(limits.services.value)}まで）"


def paired(line: Line, all_lines: Iterable[Line]) -> bool:
    """Whether a service of カテゴリー6 or 7 stands beside its software; one that names none is not doubted here.

    >>> cloud, setup = Line(1, item="会計", category=1), Line(2, tool="会計", category=6)
    >>> paired(setup, [cloud]), paired(setup, [setup]), paired(Line(2, category=6), [cloud])
    (True, False, True)
    """
    names = {s.tool or s.item for s in all_lines if s.category == SOFTWARE}
    return line.category not in PAIRED or not line.tool or line.tool in names


def union(texts: Iterable[frozenset[str]]) -> frozenset[str]:
    """All names that occur: functions over several tools count once (和集合)."""
    return frozenset[str]().union(*texts)
