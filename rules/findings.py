"""What is wrong with a quote: every finding names its cell, says what to do, and cites its source."""

from __future__ import annotations

from dataclasses import dataclass

ERROR, WARNING, NOTICE = "error", "warning", "notice"
LEVELS = {ERROR: "誤り", WARNING: "警告", NOTICE: "お知らせ"}


@dataclass(frozen=True)
class Finding:
    """One finding. error: the amount or the application would be wrong; warning: likely rejection, repayment or lost
    money; notice: a doubt that changes this amount, or something to know."""

    level: str
    code: str
    message: str  # Japanese: what is wrong and what to do
    cell: str = ""  # 見積!H12; "" where no cell is to blame
    source: str = ""  # "document#place"


def worst_first(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Errors, then warnings, then notices; within a level in the order found, without repetitions."""
    order = list(LEVELS)
    return tuple(sorted(dict.fromkeys(findings), key=lambda f: order.index(f.level)))
