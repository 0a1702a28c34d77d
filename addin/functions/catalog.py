"""The one list of spreadsheet functions: names, Japanese help, arguments.

A function is a plain Python function. Its help is the first line of its docstring, an argument's help stands in
`Annotated[..., {"doc": ...}]`; Excel, LibreOffice, README and tests are all fed from this list. Python imports a package
before what lies in it, so whoever imports the list has it filled.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, get_type_hints

CATEGORY = "デジタル化・AI導入補助金"
PREFIX = "SUBSIDY_"
LONGEST = 255  # characters of help that Excel's function wizard shows
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Argument:
    """One argument as the function wizard shows it."""

    name: str
    doc: str
    optional: bool
    repeated: bool  # stands for any number of further arguments
    table: bool  # takes a whole range, not one value


@dataclass(frozen=True)
class Function:
    """One spreadsheet function."""

    name: str  # SUBSIDY_INVOICE
    doc: str
    arguments: tuple[Argument, ...]
    call: Callable[..., Any]

    @property
    def signature(self) -> str:
        """SUBSIDY_SECURITY(cost, small_biz, [as_of])."""
        shown = (f"{a.name}…" if a.repeated else f"[{a.name}]" if a.optional else a.name for a in self.arguments)
        return f"{self.name}({', '.join(shown)})"


catalog: dict[str, Function] = {}


def function(f: F) -> F:
    """Adds a Python function to the list; its spreadsheet name is SUBSIDY_ and the Python name in capitals."""
    hints = get_type_hints(f, include_extras=True)
    arguments = tuple(_argument(p, hints[p.name].__metadata__[0]) for p in inspect.signature(f).parameters.values())
    name = PREFIX + f.__name__.upper()
    catalog[name] = Function(name, (f.__doc__ or "").strip().splitlines()[0], arguments, f)
    return f


def _argument(p: inspect.Parameter, meta: dict[str, Any]) -> Argument:
    repeated = p.kind is p.VAR_POSITIONAL
    optional = repeated or p.default is not p.empty
    return Argument(p.name, meta["doc"], optional, repeated, bool(meta.get("table")))
