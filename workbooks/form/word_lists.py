"""The closed lists that a cell may name, each with every spelling that is taken: for the reader and for 一覧 alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rules import applicant, line_limits, minimum_wage
from rules.engine.edition import editions
from rules.frames import FRAMES
from rules.frames.normal import PROCESSES
from rules.frames.security import SERVICE
from rules.quote import FUNCTIONS
from workbooks.form.layout import INPUT
from workbooks.form.vocabulary import (
    ANSWERED,
    ANSWERS,
    CODE,
    CODES,
    DIGITS,
    NAMES,
    NUMBER,
    SPACED,
    TIDY,
    Fold,
    Words,
    wide,
)

NOTHING = "なし"  # 機能 of a software line that has none of those that a frame asks for
KNOWN = (*FUNCTIONS, SERVICE, NOTHING)  # what 機能 may say
MARK = PROCESSES[0][:2]  # P-, once in each process


def _frames() -> Mapping[str, str]:
    return {name: f.label for f in FRAMES for name in (f.label, f.label.split()[-1], f.name)}


def _industries() -> Mapping[str, str]:
    rows = applicant.industries()
    return {**{alias: row.name for row in rows for alias in row.aliases}, **{row.name: row.name for row in rows}}


def _prefectures() -> Mapping[str, str]:
    names = minimum_wage.prefectures()
    short = {name[:-1]: name for name in names if name[-1] in minimum_wage.SUFFIXES}
    return {**short, **{name: name for name in names}}


def _categories() -> Mapping[str, int]:
    """カテゴリー by its number, its name, or both: the first word of the cell."""
    newest = editions(line_limits.Edition)[-1].category  # type: ignore[attr-defined]
    return {spelt: c.number for c in newest for spelt in (str(c.number), c.name, f"{c.number}{c.name}")}


def contracts() -> tuple[str, ...]:
    """The contracts that the rules know, in their order."""
    return tuple(c.name for c in editions(line_limits.Edition)[-1].contract)  # type: ignore[attr-defined]


CATEGORY = Words.of(_categories())
FIRST = Fold((*SPACED, *wide(DIGITS)))  # before the first word of カテゴリー is taken
CONTRACT = Words.of({name: name for name in contracts()})
OF_INPUT: Mapping[str, Words] = {
    "frame": Words.of(_frames()),
    "industry": Words.of(_industries()),
    "prefecture": Words.of(_prefectures()),
    "office_prefecture": Words.of(_prefectures()),
    **{name: Words.of({c: c for c in INPUT[name].choices}) for name in ("kind", "role", "tax_mode")},
}
FOLDS: Mapping[
    str, Fold
] = {  # what is done to the text of a cell before it is read, by the reader of its column or input
    "category": FIRST,
    "contract": CONTRACT.fold,
    "functions": NAMES,
    "processes": CODES,
    "answer": ANSWERED,
    "yesno": ANSWERS.fold,
    **dict.fromkeys(("number", "months", "discount", "date"), NUMBER),
    **dict.fromkeys(("digits", "code"), CODE),
    **dict.fromkeys(("text", "tool", ""), TIDY),
    **{name: words.fold for name, words in OF_INPUT.items()},
}


def category(text: str) -> int | None:
    """The number of a カテゴリー; what stands after a space does not matter.

    >>> category("１　ソフトウェア"), category("7保守サポート"), category("10 その他")
    (1, 7, None)
    """
    return CATEGORY.meaning.get(FIRST.text(text).partition(" ")[0])


def strange_functions(parts: Sequence[str]) -> tuple[str, ...]:
    """The words of 機能 that are in no list."""
    return tuple(part for part in parts if part not in KNOWN)


def strange_processes(parts: Sequence[str]) -> tuple[str, ...]:
    """The words of プロセス that are no process: each ends with one kind, 製P-06 with P-06."""
    return tuple(
        part
        for part in parts
        if part != NOTHING and (part[-len(PROCESSES[0]) :] not in PROCESSES or part.count(MARK) > 1)
    )
