"""Arguments of a frame: their kinds, and the domain (`domain.toml`) that every engine enforces alike.

A single value outside its domain raises ArgumentError; in a column it becomes NULL, in a cell an Excel error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from pathlib import Path
from typing import Any

from rules.engine.arithmetic import where
from rules.engine.edition import build, load
from rules.excel_values import NUM, VALUE
from rules.refusal import Refusal

SIZES = {"小規模": True, "中小": False}  # what a small_biz argument may say in words


@dataclass(frozen=True)
class Kind:
    """One kind of argument; `high` None means no upper bound."""

    label: str
    low: int
    high: int | None


@dataclass(frozen=True)
class Argument:
    """One argument of a frame."""

    name: str
    kind: str  # a key of domain.toml
    doc: str  # Japanese, with its unit
    default: Any = None
    optional: bool = False


class ExcelError(str):
    """An Excel error value, such as #N/A: what an error cell holds, as distinct from a text that looks like it."""

    __slots__ = ()


class ArgumentError(Refusal):
    """A value that gives no amount: which argument, which Excel error, and why in Japanese."""

    def __init__(self, argument: str, error: str, message: str) -> None:
        super().__init__(message)
        self.argument, self.error, self.message = argument, error, message


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of argument, from domain.toml."""
    path = Path(__file__).with_name("domain.toml")
    return {name: build(Kind, data, f"domain.toml {name}") for name, data in load(path).items()}


def given(arguments: Sequence[Argument], values: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of one calculation, complete and valid; the first that is not raises.

    >>> given([Argument("cost", "yen", "経費")], {"cost": -1})
    Traceback (most recent call last):
    rules.engine.argument.ArgumentError: cost（経費）が負の数です。0以上の整数で入れてください。
    """
    names = [a.name for a in arguments]
    if not values.keys() <= {*names}:
        unknown = min(values.keys() - names)
        raise ArgumentError(unknown, VALUE, f"{unknown} という引数はありません。使えるのは {'、'.join(names)} です。")
    plain, found = _plain(), dict[str, Any]()
    for a in arguments:
        value: Any = values.get(a.name)
        kind, low, high = plain[a.kind]
        found[a.name] = value if value.__class__ is kind and low <= value <= high else _given(a, value)
    return found


@cache
def _plain() -> dict[str, tuple[type, int, float]]:
    """Of each kind the values that need no second look, which nearly all are: their class and bounds."""
    return {n: (bool if n == "flag" else int, k.low, inf if k.high is None else k.high) for n, k in kinds().items()}


def _given(a: Argument, value: Any) -> Any:
    if value is None or (value == "" and not isinstance(value, ExcelError)):
        if a.optional:
            return a.default
        raise ArgumentError(a.name, VALUE, f"{_called(a)}が空欄です。値を入れてください。")
    if isinstance(value, ExcelError):
        raise ArgumentError(a.name, str(value), f"{_called(a)}がエラー値 {value} です。元のセルを直してください。")
    return _flag(a, value) if a.kind == "flag" else _whole(a, value)


def _flag(a: Argument, value: Any) -> bool:
    if isinstance(value, str) and value in SIZES and a.name == "small_biz":
        return SIZES[value]
    if isinstance(value, bool) or (isinstance(value, int | float) and value in (0, 1)):
        return bool(value)
    raise ArgumentError(a.name, VALUE, f"{_called(a)}は TRUE か FALSE で入れてください。")


def _whole(a: Argument, value: Any) -> int:
    kind = kinds()[a.kind]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ArgumentError(a.name, VALUE, f"{_called(a)}が数ではありません。半角の整数で入れてください。")
    if isinstance(value, float) and not value.is_integer():
        raise ArgumentError(a.name, VALUE, f"{_called(a)}に1未満の端数があります。整数で入れてください。")
    if value < 0:
        raise ArgumentError(a.name, VALUE, f"{_called(a)}が負の数です。0以上の整数で入れてください。")
    if value < kind.low or (kind.high is not None and value > kind.high):
        limit = f"{kind.low:,} 以上" + ("" if kind.high is None else f" {kind.high:,} 以下")
        raise ArgumentError(a.name, NUM, f"{_called(a)}が範囲の外です。{limit}で入れてください。")
    return int(value)


def _called(a: Argument) -> str:
    return f"{a.name}（{a.doc}）"


def bounded(value: Any, kind: str) -> Any:
    """A number where it lies in the domain of its kind, otherwise no value, in the number's own engine."""
    k = kinds()[kind]
    value = where(value, value >= k.low)
    return value if k.high is None else where(value, value <= k.high)
