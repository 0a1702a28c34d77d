"""The fields of 申請マイページ as entries: label, value as text, how much of the limit is used, what is still owed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, TypeGuard, cast

from rules import minimum_wage, payroll
from rules.assess import Assessment
from rules.engine.edition import cite
from templates import japanese
from templates.content import hardware, narratives, wage_requirement
from templates.content.narratives import UNKNOWN, asked
from templates.content.words import Control, Entry, Sign
from workbooks.form import portal_fields as fields
from workbooks.form.portal_fields import Field

BLANK = "（空欄）"
SIGNED = "draft"  # the block whose fields stand at the head of every draft
DIALLED, HYPHENS = re.compile("[-0-9－‐]+"), re.compile("[-－‐]")  # a telephone number as it is written
UNIT = re.compile("^円[、。]?")  # in a hint beside an amount that says 円 already
IN_CELL = f"。「{fields.SEPARATOR}」で区切る"  # of a hint: how a cell is filled, not the screen
CONTROLS = {"date": "date", "yesno": "yesno"}  # kinds with a control of their own; all others are plain text
MOST_OPTIONS = 20  # more choices than these are no list to click
MOST_BOXES = 9  # more choices than these are printed by the chosen one alone


def sign(a: Assessment) -> Sign:
    """申請日, 作成者の立場, 作成者, 確認者 by name."""
    found = {b.id: b for b in fields.blocks()}[SIGNED]
    made = {f.name: entry(f, a.quote.inputs) for f in found.fields}

    def signed(name: str) -> Entry:
        return {**made[name], "value": _signed(a.quote.get(name))}

    return {
        "application_date": signed("application_date"),
        "frame": signed("frame"),
        "role": signed("role"),
        "author": signed("author"),
        "reviewer": signed("reviewer"),
    }


def _signed(value: Any) -> str:
    if value is None:
        return UNKNOWN
    return japanese.day(value) if isinstance(value, date) else str(value)


def entry(f: Field, inputs: Mapping[str, Any], guide: str = "") -> Entry:
    """One field: label, value as it is typed, a note (how it reads, how long it is, what to mind), and what is owed."""
    value = inputs.get(f.name)
    shown = (UNKNOWN if f.required else BLANK) if value is None else text(f, value)
    reading = readable(f, value)
    counted = isinstance(value, str) and f.limit is not None and f.kind != "digits"
    count = japanese.counter(str(value), f.limit or 0) if counted else ""
    hint = f.hint.replace(IN_CELL, "")
    hint = UNIT.sub("", hint) if reading else hint
    head, tail = japanese.cut(shown, f.limit) if counted and f.limit else (shown, "")
    plain = _plain(f.label, head, "\n".join(t for t in (reading, count, hint) if t))
    made: Entry = {**plain, "name": f.name, "tail": tail}
    return {**made, **owed(f, guide)} if _owed(f, inputs) else made


def owed(f: Field, guide: str = "") -> Control:
    """What of an entry shows that the applicant still owes it: a control of its kind, and the choices to click."""
    listed = f.choices if f.kind in ("choice", "multi") and len(f.choices) <= MOST_OPTIONS else ()
    ask = f"{asked(name=f.name)}{guide}"
    return {"ask": ask, "control": CONTROLS.get(f.kind, "text"), "options": [{"text": c} for c in listed]}


def text(f: Field, value: Any) -> str:
    """A value as it is typed or chosen on the screen."""
    if f.kind == "yesno":
        return japanese.boxes(("はい", "いいえ"), ("はい" if value else "いいえ",))
    chosen = _chosen(value)
    if f.kind in ("choice", "multi"):
        known = 1 < len(f.choices) <= MOST_BOXES and set(chosen) <= set(f.choices)
        return japanese.boxes(f.choices, chosen) if known else fields.SEPARATOR.join(str(c) for c in chosen)
    if isinstance(value, date) and f.kind == "date":
        return japanese.day(value)
    if f.kind == "tel" and DIALLED.fullmatch(str(value)):
        return HYPHENS.sub("", str(value))
    return japanese.typed(value) if _is_number(value, f) else str(value)


def _chosen(value: Any) -> Sequence[Any]:
    return cast(Sequence[Any], value) if isinstance(value, tuple | list) else (value,)


def readable(f: Field, value: Any) -> str:
    """A value in its readable form, where that differs from what is typed."""
    if value is None or f.kind == "date":
        return ""
    forms: dict[str, Callable[[Any], str]] = {
        "yen": japanese.yen,
        "count": japanese.number,
        "decimal": japanese.decimal,
    }
    shown = forms[f.kind](value) if _is_number(value, f) else str(value) if f.kind == "tel" else text(f, value)
    return "" if shown == text(f, value) else shown


def _is_number(value: Any, f: Field) -> TypeGuard[int | float | Fraction]:
    return f.kind in ("yen", "count", "decimal") and not isinstance(value, str)


def _owed(f: Field, inputs: Mapping[str, Any]) -> bool:
    return f.required and inputs.get(f.name) is None


def entries(fields: Iterable[Field], a: Assessment) -> Iterator[Entry]:
    """The entries of some fields, with what is computed beside them."""
    for f in fields:
        if not f.asked(a.quote.inputs, a.frame):
            continue
        found = entry(f, a.quote.inputs, narratives.business(a) if f.name == "business" else "")
        yield {**found, **owed(f)} if f.name == hardware.USE and hardware.owed(a) else found
        if f.name == "office_min_wage":
            yield from _minimum(a)


def _minimum(a: Assessment) -> list[Entry]:
    """The 地域別最低賃金 to compare with, and what is doubtful in it."""
    prefecture = a.quote.get("office_prefecture") or a.quote.get("prefecture")
    wage = minimum_wage.in_force(prefecture, a.on) if prefecture and a.on else None
    if wage is None:
        return []
    source = cite(wage.source.partition("#")[0])
    value = f"{wage.prefecture} {japanese.yen(wage.yen)}\n{wage.year}、{japanese.day(wage.since)}から"
    return [computed("地域別最低賃金（時給）", value, wage.doubt or source)]


def wage_growth(a: Assessment) -> list[Entry]:
    """年平均成長率 of the wage plan, to compare with what the screen computes."""
    found = payroll.growth(a)
    if found is None:
        return []
    heads = "。従業員数は変わらないとして" if found.unchanged else ""
    note = f"画面の計算と照らす（0.1%未満切り捨て{heads}）"
    return [computed(f"{found.measure}の年平均成長率（{payroll.YEARS}年）", japanese.percent(found.rate), note)]


def promise(a: Assessment) -> list[Entry]:
    """What the subsidy obliges to."""
    found = wage_requirement.duty(a)
    if found is None:
        return []
    said = "\n".join(found.least) if found.required else found.ground
    wished = wage_requirement.wish(a)
    more = [computed("賃上げの加点", wished, "")] if wished else []
    return [computed("賃上げ計画の義務", said, found.doubt), *more]


def computed(label: str, value: str, hint: str) -> Entry:
    """An entry that no field stands behind."""
    return _plain(label, value, hint)


def _plain(label: str, value: str, note: str) -> Entry:
    """An entry with nothing owed."""
    return {
        "name": "", "label": label, "value": value, "note": note, "tail": "", "ask": "", "control": "text", "options": [],
    }  # fmt: skip
