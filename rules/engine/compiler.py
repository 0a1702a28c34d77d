"""A frame's formula run once for each edition, on Formula, and compiled: a calculation is then plain integer arithmetic.

The text that Excel gets (IF, INT of a quotient, arithmetic, comparisons) is Python's grammar, too. One text serves the
sheets, the LAMBDAs and every calculation in Python, so nothing of the law is stated here.

>>> from rules.frames import invoice
>>> run = program(invoice.FRAME, in_force(invoice.FRAME).since).run
>>> run(cost=625_000, small_biz=True, functions=2, pc_cost=0, register_cost=0)[-1]
500000
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any

from rules.engine.argument import ArgumentError
from rules.engine.dated_formula import DatedFormula
from rules.engine.edition import EditionError, edition
from rules.engine.formula import Formula
from rules.engine.steps import Let, Step
from rules.excel_values import NA


@dataclass(frozen=True)
class Program:
    """One edition of one frame."""

    steps: tuple[Step, ...]  # each with its Python text, on the names of the arguments and of the steps before it
    run: Callable[..., tuple[int, ...]]  # arguments by name -> the value of every step, in their order


def in_force(frame: DatedFormula, on: date | None = None) -> Any:
    """The frame's edition on a date; `#N/A` where there is none."""
    try:
        return edition(frame.parameters, on)
    except EditionError as e:
        raise ArgumentError("as_of", NA, f"as_of（申請日）の{e}") from e


def formulas(frame: DatedFormula, on: date | None = None) -> list[Step]:
    """The frame's steps as Excel text, each naming the steps and inputs before it."""
    trace = Let()
    q = SimpleNamespace(**{a.name: Formula(a.name) for a in frame.inputs})
    frame.amount(q, in_force(frame, on), trace)
    return list(trace)


@cache
def program(frame: DatedFormula, since: date) -> Program:
    """The program of the edition since that day; to be forgotten where a value changes under way, as a test makes it."""
    steps = tuple(s._replace(value=python(s.value.text)) for s in formulas(frame, since))
    names = ", ".join(a.name for a in frame.inputs)
    body = "\n".join(f" {s.name} = {s.value}" for s in steps)
    found: dict[str, Any] = {}
    exec(compile(f"def run({names}):\n{body}\n return {', '.join(s.name for s in steps)},", frame.name, "exec"), found)
    return Program(steps, found["run"])


def python(text: str) -> str:
    """An Excel text of the rules as Python text.

    >>> python("INT((cost*6+IF(small_biz,750000,500000))/9)")
    '(cost * 6 + (750000 if small_biz else 500000)) // 9'
    """
    return ast.unparse(_Python().visit(ast.parse(text, mode="eval")))


class _Python(ast.NodeTransformer):
    """IF becomes a conditional expression, INT of a quotient a floor division; there is no other division."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        match node:
            case ast.Call(ast.Name("IF"), [condition, yes, no]):
                return self.generic_visit(ast.IfExp(condition, yes, no))
            case ast.Call(ast.Name("INT"), [ast.BinOp(above, ast.Div(), below)]):
                return self.generic_visit(ast.BinOp(above, ast.FloorDiv(), below))
            case _:
                raise ValueError(f"not a formula of the rules: {ast.unparse(node)}")

    def visit_Div(self, node: ast.Div) -> ast.AST:
        raise ValueError(f"not a formula of the rules: {type(node).__name__} outside INT")
