"""一覧 (hidden): every list and lookup, filled from the rules' pages. Nothing here is typed by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from rules import applicant, line_limits, minimum_wage
from rules.engine.edition import editions
from rules.frames import FRAMES
from rules.frames.contract import Frame
from rules.frames.security import SERVICE
from rules.line_limits import MAJORS
from rules.quote import FUNCTIONS
from workbooks.building.formula_text import dated, span
from workbooks.building.sheets import as_read
from workbooks.building.style import put
from workbooks.form import word_lists
from workbooks.form.layout import LISTS, NO, YES

NEVER = -1  # the limit of an industry that is never 小規模
OTHER = word_lists.NOTHING
JOIN = "・"


@dataclass
class Lists:
    """The columns of 一覧, each under its title; `place` gives a column's range."""

    sheet: Worksheet
    place: dict[str, str] = field(default_factory=dict[str, str])
    choices: dict[tuple[str, ...], str] = field(default_factory=dict[tuple[str, ...], str])
    used: int = len(as_read.TITLES)  # the first columns hold the inputs as read

    def add(self, key: str, values: Sequence[Any]) -> str:
        """Writes a column and gives its range."""
        self.used += 1
        letter = get_column_letter(self.used)
        put(self.sheet, f"{letter}1", key, bold=True, size=9)
        for row, value in enumerate(values, 2):
            put(self.sheet, f"{letter}{row}", value, size=9)
        self.sheet.column_dimensions[letter].width = 16
        self.place[key] = span(LISTS, f"{letter}2", f"{letter}{len(values) + 1}")
        return self.place[key]

    def choice(self, values: Sequence[str]) -> str:
        """The range of a closed choice; the same choice is written once."""
        key = tuple(values)
        if key not in self.choices:
            self.choices[key] = self.add(f"選択肢{len(self.choices) + 1}", key)
        return self.choices[key]

    def lookup(self, key: str, cls: type[Any], values: Callable[[Any], Sequence[Any]]) -> Callable[[str], str]:
        """A column per edition (one, where all are alike); gives the formula that reads row n of the one in force."""
        known: dict[tuple[Any, ...], str] = {}
        texts: list[tuple[Any, str]] = []
        for e in editions(cls):
            column = tuple(values(e))
            if column not in known:
                known[column] = self.add(f"{key} {e.since:%Y-%m-%d}～", column)
            texts.append((e.since, known[column]))
        return lambda row: dated([(since, f"INDEX({place},{row})") for since, place in texts])


def function_choices() -> tuple[str, ...]:
    """Every combination of the functions, as the 機能 column writes it.

    >>> function_choices()[:5]
    ('会計', '受発注', '決済', 'お助け隊', '会計・受発注')
    """
    names = (*FUNCTIONS, SERVICE)
    found = (JOIN.join(c) for size in range(1, len(names) + 1) for c in combinations(names, size))
    return (*found, OTHER)


def category_choices() -> tuple[str, ...]:
    """カテゴリー as its cells say it: the number leads."""
    return tuple(f"{c.number} {c.name}" for c in editions(line_limits.Edition)[-1].category)


@dataclass(frozen=True)
class Lookups:
    """Formulas that read the law's tables: each takes the row in its list."""

    lists: Lists
    numbers: str  # カテゴリーの番号
    spelt: Mapping[str, tuple[str, str]]  # category, contract: how it may be spelt, and what that means
    industries: str  # 業種の名前と別名
    prefectures: str
    frames: str  # the name of each frame, in their order
    major: Callable[[str], str]
    limits: Mapping[str, Callable[[str], str]]  # by the frame's name
    allowed: Callable[[str], str]
    timed: Callable[[str], str]
    small: Callable[[str], str]
    reasons: str
    wages: Sequence[tuple[str, str]]  # per year: from when, and how much


def build(sheet: Worksheet) -> Lookups:
    """Fills the sheet."""
    lists = Lists(sheet)
    for values in ((YES, NO), function_choices(), category_choices()):
        lists.choice(values)
    newest = editions(line_limits.Edition)[-1]
    rows = _industry_rows(editions(applicant.Edition)[-1])
    keys = {name: _spellings(lists, name, of.meaning) for name, of in word_lists.OF_INPUT.items()}
    as_read.build(sheet, keys)
    found = Lookups(
        lists=lists,
        numbers=lists.add("カテゴリー番号", [c.number for c in newest.category]),
        spelt=_of_lines(lists),
        industries=lists.add("業種と別名", list(rows)),
        prefectures=lists.choice(minimum_wage.prefectures()),
        frames=lists.add("枠の名前", [f.label for f in FRAMES]),
        major=lists.lookup("大分類", line_limits.Edition, lambda e: [_major(e, c.number) for c in newest.category]),
        limits=_limits(lists, [c.number for c in newest.category]),
        allowed=lists.lookup(
            "契約の可否", line_limits.Edition, lambda e: [_terms(e, c.name)[0] for c in newest.contract]
        ),
        timed=lists.lookup(
            "月数の要否", line_limits.Edition, lambda e: [_terms(e, c.name)[1] for c in newest.contract]
        ),
        small=lists.lookup("小規模の人数", applicant.Edition, lambda e: [_industry_rows(e)[name] for name in rows]),
        reasons=lists.add("対象外の理由", [line_limits.REASONS[n] for n in sorted(line_limits.REASONS) if n]),
        wages=[_wage(lists, e) for e in minimum_wage.years()],
    )
    sheet.sheet_state = "hidden"
    return found


def _spellings(lists: Lists, key: str, meaning: Mapping[str, Any]) -> tuple[str, str]:
    """How a word may be spelt, and what that means."""
    return lists.add(f"書き方 {key}", list(meaning)), lists.add(f"意味 {key}", list(meaning.values()))


def _of_lines(lists: Lists) -> Mapping[str, tuple[str, str]]:
    """The words of 見積: a category is its number, a contract its place in the list."""
    lists.add("契約", word_lists.contracts())
    places = {spelt: word_lists.contracts().index(name) + 1 for spelt, name in word_lists.CONTRACT.meaning.items()}
    return {
        "category": _spellings(lists, "カテゴリー", word_lists.CATEGORY.meaning),
        "contract": _spellings(lists, "契約", places),
    }


def _industry_rows(e: applicant.Edition) -> Mapping[str, int]:
    """Every name of an industry with its 小規模 limit."""
    names = {row.name: row for row in e.industry}
    names |= {alias: row for row in e.industry for alias in row.aliases if alias not in names}
    return {name: NEVER if row.small is None else row.small for name, row in names.items()}


def _major(e: line_limits.Edition, number: int) -> int:
    """大分類 as a number from 1; 0 for a category that the edition does not have."""
    return MAJORS.index(e.major(number)) + 1 if e.major(number) else 0


def _limits(lists: Lists, numbers: Sequence[int]) -> Mapping[str, Callable[[str], str]]:
    """The months that count for each category, once for all frames that have the same limits."""
    found: dict[tuple[tuple[int, str], ...], Callable[[str], str]] = {}
    for frame in FRAMES:
        key = tuple(frame.month_limits.items())
        if key not in found:
            found[key] = lists.lookup(f"月数の上限{len(found) + 1}", line_limits.Edition, _months(frame, numbers))
    return {frame.name: found[tuple(frame.month_limits.items())] for frame in FRAMES}


def _months(frame: Frame, numbers: Sequence[int]) -> Callable[[line_limits.Edition], Sequence[int]]:
    """The months of each category in a frame; 0 where there is no limit."""

    def column(e: line_limits.Edition) -> Sequence[int]:
        limits = [e.months(n, frame.month_limits) if e.major(n) else None for n in numbers]
        return [limit.value if limit else 0 for limit in limits]

    return column


def _terms(e: line_limits.Edition, name: str) -> tuple[int, int]:
    """Whether a contract is eligible, and whether it has months."""
    found = e.terms(name)
    return (int(found.eligible), int(found.months)) if found else (0, 0)


def _wage(lists: Lists, e: minimum_wage.Edition) -> tuple[str, str]:
    figures = {f.prefecture: f for f in e.wage}
    rows = [figures[name] for name in minimum_wage.prefectures()]
    since = lists.add(f"最低賃金 {e.label} から", [f.since for f in rows])
    return since, lists.add(f"最低賃金 {e.label} 円", [f.yen for f in rows])
