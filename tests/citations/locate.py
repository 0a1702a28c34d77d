"""A place such as `2-1-1(2)(ト)三` found in an official text by its headings and item numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

QUOTED = re.compile("「([^」]*)」")
PAGE = "〔p."  # a line of ours in the extracts: the printed page that begins here
WIDE = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20}
KANJI = "一二三四五六七"
TOKEN = re.compile(
    r"(?P<section>^\d+(?:-\d+)*)|(?P<annex>別紙\d+)|(?P<note>補足\d+)|(?P<case>ケース\d+)|例(?P<example>\d+)"
    rf"|P\.(?P<page>\d+)|\((?P<number>\d+)\)|\((?P<kana>[ア-ン])\)|(?P<circle>[①-⑳])|(?P<paren>\d+)\)"
    rf"|(?<=[){KANJI}・])(?P<kanji>[{KANJI}])(?=$|[ ・])"
)
ITEM = {  # how an item begins its line; {} is its number
    "section": r"{}(?: |(?=[^-\d. ]))(?!.*\.\.\.\.)",
    "chapter": r"{}\.(?=[^\d. ])(?!.*\.\.\.\.)",
    "annex": r"{}:",
    "note": r"【{}】",
    "case": r"{}:",
    "example": r"\(例{}\)",
    "number": r"\({}\)",
    "kana": r"\({}\)",
    "circle": r"{}",
    "paren": r"{}\)",
    "kanji": r"{} ",
}
NEXT = {  # where the item before it ends
    "section": r"\d(?:-\d)+ ?\D|\d\.[^\d ]",
    "annex": r"別紙",
    "note": r"【補足",
    "case": r"ケース\d",
    "example": r"\(例\d",
    "number": r"\(\d+\)",
    "kana": r"\([ア-ン]\)",
    "circle": r"[①-⑳]",
    "paren": r"\d+\)",
    "kanji": rf"[{KANJI}] ",
}
WIDER = ("section", "annex")  # these end every item


@dataclass(frozen=True)
class Text:
    """An official text, line by line, with the printed page of each line."""

    lines: tuple[str, ...]
    pages: tuple[int, ...]


def plain(words: str) -> str:
    """Full-width digits, letters and brackets made half-width; ① and Ⅰ stay as they are."""
    return re.sub(r"補足 (?=\d)", "補足", words.translate(WIDE).strip())


def squeezed(words: str) -> str:
    """Without any white space, as the passages are compared."""
    return re.sub(r"\s+", "", plain(words))


def read(path: Path) -> Text:
    """An extract of this folder."""
    lines: list[str] = []
    pages: list[int] = []
    page = 0
    for line in path.read_text("utf-8").splitlines()[1:]:
        if line.startswith(PAGE):
            page = int(line[len(PAGE) : -1])
        else:
            lines.append(line)
            pages.append(page)
    return Text(tuple(lines), tuple(pages))


def parts(place: str) -> list[str]:
    """The parts of a citation that names more than one section.

    A remark of ours stands in full-width brackets and is no part of a place. A part without a section has the first's.

    >>> parts("2-2(4)(ケ)、3-4(1)（2026年は未確認）")
    ['2-2(4)(ケ)', '3-4(1)']
    >>> parts("2-1-1(1) 中小企業等の定義①、小規模事業者の定義")
    ['2-1-1(1) 中小企業等の定義①', '2-1-1(1) 小規模事業者の定義']
    """
    bare = plain(re.sub(r"(「[^」]*」)|（[^（）「」]*）", lambda found: found[1] or "", place))
    first, *rest = re.split("、(?=[^」]*(?:「|$))", bare)
    outer = first.partition(" ")[0]
    return [first, *(part if re.match(r"\d+(?:-\d| )|別紙|P\.", part) else f"{outer} {part}" for part in rest)]


def found(text: Text, part: str) -> list[range]:
    """The lines where a part stands, from the section down to the item; none where it does not.

    Items of one kind that follow each other, as in (オ)(カ) or 一・二, are siblings: the lines of each.
    """
    above = here = [range(len(text.lines))]
    above_kinds: tuple[str, ...] = ()
    last, got = "", []
    tokens = list(TOKEN.finditer(re.sub("「.*?」", "", part)))
    for match in tokens:
        kind = str(match.lastgroup)
        above_note = kind != tokens[-1].lastgroup  # a 補足 stands within an item that has further items
        if kind != last:
            above_kinds, above, got = (*above_kinds, last), here, []
        more = [r for outer in above for r in inside(text, outer, kind, match[kind], above_kinds, above_note)]
        if not more:
            return []
        got = [*got, *more]
        last, here = kind, got
    return here


def inside(text: Text, outer: range, kind: str, number: str, above: tuple[str, ...], above_note: bool) -> list[range]:
    """The lines of an item within `outer`: from its number to the next of its kind or of a kind around it."""
    if kind == "page":
        lines = [i for i in outer if text.pages[i] == int(number)]
        return [range(lines[0], lines[-1] + 1)] if lines else []
    shape = "chapter" if kind == "section" and "-" not in number else kind
    begins = re.compile(ITEM[shape].format(re.escape(number)))
    inner = () if above_note else ("note",)
    ends = re.compile("|".join(NEXT[k] for k in dict.fromkeys((kind, *above, *WIDER, *inner)) if k in NEXT))
    return [
        range(max(outer.start, i - (text.lines[i] == number)), end(text, outer, i, ends))  # ① alone between two lines
        for i in outer
        if begins.match(text.lines[i])
    ]


def end(text: Text, outer: range, start: int, ends: re.Pattern[str]) -> int:
    """The first line after `start` that begins another item."""
    return next((i for i in range(start + 1, outer.stop) if ends.match(text.lines[i])), outer.stop)
