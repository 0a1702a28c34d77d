"""What changed between two editions of the 公募要領: every value that differs with its sources, and what that does to a quote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any, cast

from rules import applicant, consumption_tax, line_limits, near_minimum_wage, obligations
from rules.advice.what_if import told
from rules.assess import Assessment, amounts
from rules.engine.argument import ArgumentError
from rules.engine.edition import edition, editions, spoken
from rules.excel_values import NA
from rules.frames import FRAMES
from rules.quote import Quote

# The dates of rounds are another's every year, and minimum wages have years of their own: neither is a value of an edition
PAGES: dict[str, type] = {
    **{f.label: f.parameters for f in FRAMES},
    "明細の上限": line_limits.Edition,
    "申請できる事業者": applicant.Edition,
    "最低賃金近傍": near_minimum_wage.Edition,
    "賃上げ計画など": obligations.Edition,
    "消費税": consumption_tax.Edition,
}
LABELS = {f.name: f.label for f in FRAMES}
SPOKEN = 20  # 3/4 is said as a fraction, 3/200 as 1.5%
KEYS = ("name", "key", "number", "frame", "frames", "missed", "year", "past")  # what tells the items of a list apart
WORDS = (
    "since",
    "document",
    "label",
    "at",
    "doubt",
    "doubts",
    "note",
    "confidence",
)  # what is said of a value, not the value


@dataclass(frozen=True)
class Value:
    """One value of an edition: what it is of, its name there, the value and its source."""

    label: str
    name: str
    value: Any
    at: str


@dataclass(frozen=True)
class Change:
    """A value that two editions hold differently; None where one has none."""

    page: str
    old: Value | None
    new: Value | None


@dataclass(frozen=True)
class Effect:
    """補助額（円）of a quote in one frame by either edition."""

    label: str
    old: int | None
    new: int | None
    steps: tuple[str, ...]  # labels of the steps that differ, with both amounts


def first_day(year: int) -> date:
    """The day since when the last edition of a year is in force.

    Units: a year of the calendar（西暦）.
    Errors: ArgumentError, #N/A, for a year without an edition; it names those that there are.
    Source: the pages of rules/frames/.

    >>> first_day(2026)
    datetime.date(2026, 3, 30)
    """
    known = [e.since for e in editions(FRAMES[0].parameters)]
    days = [day for day in known if day.year == year]
    if not days:
        raise ArgumentError(
            "year", NA, f"{year}年の版はありません。ある版は {'、'.join(f'{d.year}年' for d in known)} です。"
        )
    return max(days)


def changes(old: date, new: date) -> tuple[Change, ...]:
    """Every value that differs between the editions in force on two days, page by page.

    Units: those of the law: 円 as whole numbers, rates as fractions, か月.
    Errors: EditionError for a day before the first edition.
    Source: each value has its own; the pages of rules/.

    >>> [(c.old.value, c.new.value) for c in changes(date(2025, 3, 31), date(2026, 3, 30)) if c.page == "通常枠" and c.old and c.new]
    [(1499999, 1500000)]
    """
    return tuple(change for page, cls in PAGES.items() for change in _page(page, cls, old, new))


def _page(page: str, cls: type, old: date, new: date) -> Iterator[Change]:
    before, after = (dict(values(edition(cls, day))) for day in (old, new))
    for path in dict.fromkeys((*before, *after)):
        a, b = before.get(path), after.get(path)
        if (a and a.value) != (b and b.value) or (a is None) != (b is None):
            yield Change(page, a, b)


def values(
    p: Any, path: tuple[str, ...] = (), label: str = "", at: str = ""
) -> Iterator[tuple[tuple[str, ...], Value]]:
    """Every value below a part of an edition by the names that lead to it."""
    label, at = getattr(p, "title", label), getattr(p, "at", at)
    for f in fields(p):
        value = getattr(p, f.name)
        here = (*path, f.name)
        if f.name in WORDS or f.name.endswith("_at"):
            continue
        if is_dataclass(value):
            yield from values(value, here, label, at)
        elif isinstance(value, tuple) and any(is_dataclass(item) for item in cast("tuple[Any, ...]", value)):
            items = cast("tuple[Any, ...]", value)
            keys = [_key(item) for item in items]
            for n, item in enumerate(items):
                yield from values(item, (*here, keys[n], f"{keys[:n].count(keys[n])}"), label, at)
        else:
            yield here, Value(label, f.name, value, at)


def _key(item: Any) -> str:
    return "/".join(f"{getattr(item, name)}" for name in KEYS if hasattr(item, name))


def effects(quote: Quote, old: date, new: date) -> tuple[Effect, ...]:
    """What the change of editions does to a quote, in every frame that has an amount by one of them.

    Units: 円.
    Errors: none: an amount is None on a day before the first edition.
    Source: the pages of rules/frames/.

    >>> from tests import samples
    >>> [(e.old, e.new) for e in effects(samples.quote(), date(2025, 3, 31), date(2026, 3, 30))]
    [(650000, 650000), (1050000, 1050000)]
    """
    found = (_effect(*(amounts(told(quote, application_date=day), f) for day in (old, new))) for f in FRAMES)
    return tuple(e for e in found if (e.old, e.new) != (None, None))


def _effect(before: Assessment, after: Assessment) -> Effect:
    was = {s.name: s.value for s in before.calculation.steps} if before.calculation else {}
    now = after.calculation.steps if after.calculation else ()
    differing = (f"{s.label}: {was[s.name]:,}円 → {s.value:,}円" for s in now if was.get(s.name, s.value) != s.value)
    return Effect(after.label, before.subsidy, after.subsidy, tuple(differing))


def shown(value: Any) -> str:
    """A value as a table shows it: a small rate in percent, a frame by its label.

    Units: amounts in 円 or 万円, rates as fractions or %.
    Errors: none.
    Source: nothing of the law beside the value and the labels of rules/frames/.

    >>> shown(1_500_000), shown(True), shown(("normal", "group")), shown(None)
    ('150万円', 'はい', '通常枠、複数者連携デジタル化・AI導入枠', 'なし')
    >>> shown(Fraction(3, 4)), shown(Fraction(3, 200))
    ('3/4', '1.5%')
    """
    if value is None or value == ():
        return "なし"
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, tuple):
        return "、".join(LABELS.get(str(each), str(each)) for each in cast("tuple[Any, ...]", value))
    return f"{float(value * 100):g}%" if isinstance(value, Fraction) and value.denominator > SPOKEN else spoken(value)
