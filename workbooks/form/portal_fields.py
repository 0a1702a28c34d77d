"""What a person types in 申請マイページ, as data: the order, labels, limits and choices of portal_fields.toml.

The 申請者 sheet, its reader and the 入力用下書き are made from the same list, so that they cannot disagree.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

KINDS = frozenset(
    ("text", "long", "kana", "digits", "yen", "count", "decimal", "date", "choice", "multi", "yesno", "mail", "tel")
)
SEPARATOR = "、"  # between the choices of a `multi` cell


class FieldError(ValueError):
    """portal_fields.toml is wrong: our mistake, never the user's."""


@dataclass(frozen=True)
class Field:
    """One field of the screen. `name` is also the defined name in the workbook."""

    name: str
    label: str
    kind: str  # one of KINDS
    limit: int | None = None  # digits of `digits`, characters of `long`
    required: bool = False  # blank -> 【要記入】 in the draft
    only: str = ""  # 法人 or 個人; "" for both
    when: str = ""  # a yesno field that must be はい; "" for always
    negative: bool = False  # a number may be below 0
    choices: tuple[str, ...] = ()
    choices_from: str = ""  # industries, prefectures …: a list that the rules own; `choices` holds it
    hint: str = ""
    blank: str = ""  # what a blank cell counts as, in words
    confidence: str = ""  # A–D, see portal_fields.toml
    frames: tuple[str, ...] = ()  # the frames that ask for it; () for all
    since: int = 1  # the form that first had it
    decides: bool = False  # an amount or a frame depends on it: a quote without its cell cannot be read

    def asked(self, inputs: Mapping[str, Any], frame: str = "") -> bool:
        """Whether the field concerns this applicant in a frame; without one, in the frame that the inputs apply for.

        Of an unknown 法人・個人 only the common fields are asked.
        """
        if self.frames and (frame or applied_for(inputs)) not in self.frames:
            return False
        return self.only in ("", inputs.get("kind")) and (not self.when or inputs.get(self.when) is True)


@dataclass(frozen=True)
class Block:
    """One screen, in the order of the portal."""

    id: str
    title: str
    who: str  # who types: 申請者, IT導入支援事業者; 作成者 where it is not a screen
    number: int
    note: str
    fields: tuple[Field, ...]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("portal_fields.toml").read_text("utf-8"))


def checked() -> date:
    """The day when the list was last compared with its source."""
    return _data()["checked"]


def source() -> str:
    """The document of rules/sources.toml that the order and the labels come from."""
    return _data()["source"]


@cache
def blocks() -> tuple[Block, ...]:
    """All blocks in portal order.

    >>> [b.title for b in blocks()][1]
    '基本情報入力'
    """
    return tuple(
        Block(b["id"], b["title"], b["who"], b["number"], b["note"], tuple(made(f) for f in b["field"]))
        for b in _data()["block"]
    )


@cache
def fields() -> tuple[Field, ...]:
    """All fields in portal order."""
    found = tuple(f for b in blocks() for f in b.fields)
    names = [f.name for f in found]
    if twice := {n for n in names if names.count(n) > 1}:
        raise FieldError(f"portal_fields.toml: 同じ名前が二つあります: {'、'.join(sorted(twice))}")
    return found


def field(name: str) -> Field:
    """One field by its name.

    >>> field("business").limit
    255
    """
    return next(f for f in fields() if f.name == name)


def applied_for(inputs: Mapping[str, Any]) -> str:
    """The name of the frame that the inputs apply for（申請する枠）.

    >>> applied_for({"frame": "通常枠"}), applied_for({})
    ('normal', 'invoice')
    """
    from rules import frames
    from rules.frames import invoice

    return frames.frame(inputs.get("frame", invoice.FRAME.name)).name


def missing(inputs: Mapping[str, Any], frame: str = "") -> tuple[Field, ...]:
    """The required fields that are still blank.

    >>> "birthday" in [f.name for f in missing({"kind": "個人"})]
    True
    >>> "birthday" in [f.name for f in missing({"kind": "法人"})]
    False
    """
    return tuple(f for f in fields() if f.required and f.asked(inputs, frame) and inputs.get(f.name) is None)


def made(data: Mapping[str, Any]) -> Field:
    """A field as a page says it."""
    if data["kind"] not in KINDS or not data["name"].isidentifier():
        raise FieldError(f"portal_fields.toml: {data['name']} の kind か name が使えません")
    choices = tuple(data.get("choices", ())) or _choices(data.get("choices_from", ""))
    hint = hinted(data.get("hint", ""), data.get("blank", ""))
    known: dict[str, Any] = {"choices": choices, "frames": tuple(data.get("frames", ())), "hint": hint}
    return Field(**{**data, **known})


def hinted(hint: str, blank: str) -> str:
    """A hint, and what a blank cell counts as."""
    return "。".join(part for part in (hint, blank) if part)


def _choices(source: str) -> tuple[str, ...]:
    """The lists that the rules own."""
    from rules import applicant, frames, minimum_wage, obligations

    if source == "frames":
        return tuple(f.label for f in frames.FRAMES)
    if source == "industries":
        return tuple(row.name for row in applicant.industries())
    if source == "exempt_trades":
        return obligations.exempt_trades()
    return minimum_wage.prefectures() if source == "prefectures" else ()
