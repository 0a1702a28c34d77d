"""What the engine runs: a formula of the law with its arguments and, for each edition, its parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rules.engine.argument import Argument


@dataclass(frozen=True, eq=False)  # each is the only one of its name: compared and hashed as itself
class DatedFormula:
    """One formula of the law; each edition of its page has other parameters."""

    name: str
    label: str  # Japanese
    arguments: tuple[Argument, ...]  # what a caller passes
    parameters: type[Any]  # one [[edition]] block of its page
    amount: Callable[[Any, Any, Any], Any]  # from the inputs, the parameters and the trace of its steps
    ordered: tuple[tuple[str, str], ...] = ()  # of two inputs the first may not exceed the second
    members: MemberSum | None = None  # where the first argument is a table of members

    @property
    def inputs(self) -> tuple[Argument, ...]:
        """What `amount` takes: the arguments, or, where there are members, their totals."""
        return self.members.totals if self.members else self.arguments


@dataclass(frozen=True, eq=False)
class MemberSum:
    """A table of members: each row is an amount of its own formula, and the whole formula takes their sum and number."""

    of: DatedFormula  # of one row; its arguments are the columns of the table
    totals: tuple[Argument, ...]  # the sum, the number of members, then the arguments beside the table
