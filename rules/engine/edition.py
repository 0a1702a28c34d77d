"""Editions of the 公募要領: the values in force on a date, read from the TOML page beside each module.

A page holds one complete `[[edition]]` block per edition. Nothing is inherited from the block before; a missing or
unknown key is an error. Each value carries its label and its source, `"document#place"`, whose document stands in
`sources.toml`.
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from rules.refusal import Refusal

E = TypeVar("E")
FRACTION = re.compile(r"[0-9]{1,9}(/[1-9][0-9]{0,8}|\.[0-9]{1,9})?")  # no 1e300000000: it would take hours to write out
ABSENT = "-"  # how a TOML page says that a value does not exist (資本金の基準が無い業種)


class EditionError(Refusal):
    """No edition is in force on that date, or a page lacks a value or has one too many."""


@dataclass(frozen=True)
class Parameter:
    """What every value of the law carries."""

    label: str  # Japanese; {up_to} and the like stand for the parameter's own values
    at: str  # "document#place"

    @property
    def title(self) -> str:
        """The label with its numbers set in: 補助額{up_to}以下の部分 becomes 補助額50万円以下の部分."""
        return self.label.format_map({name: spoken(value) for name, value in vars(self).items()})


@dataclass(frozen=True)
class Rate(Parameter):
    """補助率."""

    rate: Fraction


@dataclass(frozen=True)
class CappedRate(Rate):
    """補助率と上限額（円）."""

    up_to: int


@dataclass(frozen=True)
class Amount(Parameter):
    """一つの金額（円）・月数・人数など."""

    value: int


@dataclass(frozen=True)
class Document:
    """A document of `sources.toml`."""

    title: str
    date: str  # as printed on it; "" where it bears none
    file: str  # its official file name
    seen: str  # "read" or "second-hand"
    confidence: str  # A: official text read, B: two agreeing sources, C: one source
    note: str


def edition(cls: type[E], on: date | None = None) -> E:
    """The edition in force on a date; without a date, the newest.

    >>> from rules.frames.invoice import Edition
    >>> edition(Edition, date(2026, 6, 1)).since
    datetime.date(2026, 3, 30)
    >>> edition(Edition, date(2020, 1, 1))
    Traceback (most recent call last):
    rules.engine.edition.EditionError: 2020-01-01 に有効な版がありません（最も古い版は 2025-03-31 から）。
    """
    known: tuple[Any, ...] = editions(cls)
    past = [e for e in known if on is None or e.since <= on]
    if not past:
        raise EditionError(f"{on} に有効な版がありません（最も古い版は {known[0].since} から）。")
    return past[-1]


def editions(cls: type[E]) -> tuple[E, ...]:
    """All editions of a page, oldest first."""
    return built(cls)


@cache
def built(cls: type[Any]) -> tuple[Any, ...]:
    """All editions of a page, read once."""
    path = page(cls)
    found = [build(cls, data, path.name) for data in load(path)["edition"]]
    return tuple(sorted(found, key=lambda e: e.since))


def page(cls: type) -> Path:
    """The TOML page beside the module that defines `cls`."""
    file = sys.modules[cls.__module__].__file__
    return Path(str(file)).with_suffix(".toml")


@cache
def load(path: Path) -> dict[str, Any]:
    """A TOML page of this folder."""
    return tomllib.loads(path.read_text("utf-8"))


@cache
def documents() -> dict[str, Document]:
    """Every document that the law is cited from."""
    path = Path(__file__).parents[1] / "sources.toml"
    return {key: build(Document, data, f"sources.toml {key}") for key, data in load(path).items()}


def cite(source: str) -> str:
    """A source in words.

    >>> cite("koubo-2025-invoice#2-3 補足2(イ)")
    'IT導入補助金2025 公募要領（インボイス枠 インボイス対応類型） 2-3 補足2(イ)'
    """
    key, _, place = source.partition("#")
    document = documents()[key]
    second = "" if document.seen == "read" else "（原文未確認）"
    return f"{document.title}{second} {place}".strip()


def build(cls: Any, data: Any, where: str) -> Any:
    """`data` as `cls`, checked key by key."""
    if get_origin(cls) is tuple:
        return tuple(build(get_args(cls)[0], item, f"{where}[{i}]") for i, item in enumerate(data))
    if get_origin(cls) is UnionType:
        kinds = [kind for kind in get_args(cls) if kind is not NoneType]
        return None if data == ABSENT else build(kinds[0], data, where)
    types = _types(cls)
    if not types:
        return _value(cls, data, where)
    if gap := types.keys() ^ data.keys():
        raise EditionError(f"{where}: 値に過不足があります: {'、'.join(sorted(gap))}")
    made = cls(**{name: build(kind, data[name], f"{where} {name}") for name, kind in types.items()})
    for at in (getattr(made, name) for name in types if name == "at" or name.endswith("_at")):
        if at.partition("#")[0] not in documents():
            raise EditionError(f"{where}: 出典の文書 {at!r} が sources.toml にありません")
    return made


@cache
def _types(cls: Any) -> dict[str, Any]:
    """The fields of a dataclass and their types; asked once, since Python works them out anew each time."""
    return get_type_hints(cls) if hasattr(cls, "__dataclass_fields__") else {}


def _value(cls: Any, data: Any, where: str) -> Any:
    if isinstance(data, cls) and not (cls is int and isinstance(data, bool)):
        return data
    if cls is Fraction and isinstance(data, str | int) and FRACTION.fullmatch(str(data)):
        return Fraction(data)
    raise EditionError(f"{where}: {data!r} は {cls.__name__} ではありません")


def spoken(value: Any) -> str:
    """A value of the law as its text prints it.

    >>> spoken(500_000), spoken(1_499_999), spoken(Fraction(3, 4)), spoken(24)
    ('50万円', '1,499,999円', '3/4', '24')
    """
    man = 10**4
    if isinstance(value, int) and value >= man:
        return f"{value // man:,}万円" if value % man == 0 else f"{value:,}円"
    return str(value)
