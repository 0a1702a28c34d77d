"""What a frame (枠・類型) is: a formula of the law, which lines of a quote it takes, and what a quote must tell it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rules import line_limits
from rules.engine.dated_formula import DatedFormula
from rules.findings import Finding
from rules.quote import Line, Quote

# Why a frame that can be calculated pays nothing, where it does not say it in words of its own
NO_COST = "対象になる経費がありません"
BELOW = "計算した額が下限に届きません"
Expenses = Sequence[Any]  # the lines of a quote after the limits (rules.assess.Expense)


@dataclass(frozen=True)
class Summary:
    """A frame in the short words of a leaflet; a new line stands for the next row of its cell."""

    use: str  # 活用のしかた
    costs: str  # 対象になる経費
    rates: str  # 補助率
    caps: str  # 補助額の上限
    floor: str  # 補助額の下限
    sources: tuple[str, ...]  # "document#place"


def _no_line(line: Line) -> bool:
    return False


def _complete(quote: Quote, expenses: Expenses) -> str:
    return ""


def _nothing(*_: Any) -> Iterator[Any]:
    return iter(())


def _no_arguments(quote: Quote, expenses: Expenses) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, eq=False, kw_only=True)
class Frame(DatedFormula):
    """One frame. What is not said of it is usual: nothing is missing, nothing forbids it, no line counts."""

    summary: Callable[[Any, line_limits.Edition], Summary]  # of an edition, with the limits on lines of its day
    deciding: tuple[str, ...]  # the steps that say why, in one sentence
    zero_input: tuple[str, str] | None = None  # the input without which nothing is paid, and the words that say so
    zero_otherwise: str = NO_COST  # why nothing is paid where that input is there
    line_classes: str = ""  # 大分類 whose lines count; "" where the costs stand in a table of their own
    month_limits: Mapping[int, str] = field(
        default_factory=dict[int, str]
    )  # カテゴリー -> limit, where not the usual one
    accepts: Callable[[Line], bool] = _no_line  # whether a software line belongs to this frame
    missing_function: str = ""  # why a software line does not belong to it
    missing_inputs: Callable[[Quote, Expenses], str] = _complete  # what a quote still lacks; "" if nothing
    ineligibility: Callable[[Quote, Expenses], Iterator[tuple[str, str]]] = (
        _nothing  # each cell that forbids it, and why
    )
    ineligible_code: str = ""  # the finding that says so, and what to do then
    ineligible_remedy: str = ""
    arguments_from: Callable[[Quote, Expenses], Mapping[str, Any]] = _no_arguments  # beside the costs and the size
    findings: Callable[[Any, Any], Iterator[Finding]] = _nothing  # what is doubtful or lost in one calculation
    outlay: Callable[[Quote], int] | None = None  # all that is bought（円、税抜）, where it does not stand in the lines

    def ineligible_because(self, quote: Quote, expenses: Expenses) -> str:
        """Why the frame cannot be applied for at all; "" where it can."""
        return next((why for _, why in self.ineligibility(quote, expenses)), "")
