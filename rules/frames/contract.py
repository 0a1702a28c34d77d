"""What a frame (枠・類型) is: a formula of the law, which lines of a quote it takes, and what a quote must tell it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rules.engine.dated_formula import DatedFormula
from rules.findings import Finding
from rules.quote import Line, Quote

Shares = Sequence[Any]  # the lines of a quote after the limits (rules.assess.Share)


def _no_line(line: Line) -> bool:
    return False


def _complete(quote: Quote, shares: Shares) -> str:
    return ""


def _nothing(*_: Any) -> Iterator[Any]:
    return iter(())


def _no_arguments(quote: Quote, shares: Shares) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, eq=False, kw_only=True)
class Frame(DatedFormula):
    """One frame. What is not said of it is usual: nothing is missing, nothing forbids it, no line counts."""

    deciding: tuple[str, ...]  # the steps that say why, in one sentence
    line_classes: str = ""  # 大分類 whose lines count; "" where the costs stand in a table of their own
    month_limits: Mapping[int, str] = field(
        default_factory=dict[int, str]
    )  # カテゴリー -> limit, where not the usual one
    accepts: Callable[[Line], bool] = _no_line  # whether a software line belongs to this frame
    missing_function: str = ""  # why a software line does not belong to it
    missing_inputs: Callable[[Quote, Shares], str] = _complete  # what a quote still lacks; "" if nothing
    ineligibility: Callable[[Quote, Shares], Iterator[tuple[str, str]]] = _nothing  # each cell that forbids it, and why
    arguments_from: Callable[[Quote, Shares], Mapping[str, Any]] = _no_arguments  # beside the costs and the size
    findings: Callable[[Any, Any], Iterator[Finding]] = _nothing  # what is doubtful or lost in one calculation
    outlay: Callable[[Quote], int] | None = None  # all that is bought（円、税抜）, where it does not stand in the lines

    def ineligible_because(self, quote: Quote, shares: Shares) -> str:
        """Why the frame cannot be applied for at all; "" where it can."""
        return next((why for _, why in self.ineligibility(quote, shares)), "")
