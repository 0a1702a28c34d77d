"""How the text of a cell is read, said once (vocabulary.toml): for the reader in Python, and as a formula for the sheet.

A Fold replaces characters one after the other. What it does not know stays, so that both sides refuse the same cell.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text("utf-8"))
Pairs = tuple[tuple[str, str], ...]
WILDEST = 60  # replacements inside each other: Excel takes 64 levels
CONTROLS = {
    "\t": "CHAR(9)",
    "\n": "CHAR(10)",
    "\r": "CHAR(13)",
    "\x01": "CHAR(1)",
}  # no formula can hold them as they are
YES_WORDS, NO_WORDS = tuple(DATA["yes"]), tuple(DATA["no"])
TODO: Mapping[str, str] = DATA["todo"]
LETTERS = {era: data["before"] for era, data in DATA["eras"].items()}  # 元号の英字: the year before its first
KANGXI = (0x2F00, 0x2FD5)
PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFD))  # 外字: every machine shows another letter, or none


@dataclass(frozen=True)
class Fold:
    """Replacements, and then no spaces at the ends and never two together."""

    pairs: Pairs

    def text(self, value: str) -> str:
        """A text as the rules read it.

        >>> TIDY.text(" 月　額\\u200b\\u00a0")
        '月 額'
        """
        for old, new in self.pairs:
            value = value.replace(old, new)
        return " ".join(part for part in value.split(" ") if part)

    def parts(self, value: str) -> tuple[str, ...]:
        """Its words.

        >>> NAMES.parts("会計、 受発注")
        ('会計', '受発注')
        """
        return tuple(part for part in self.text(value).split(" ") if part)

    def formula(self, cell: str) -> str:
        """The same as a formula that Excel 2010, Calc and the small engines read alike.

        >>> Fold((("　", " "), ("\\t", ""))).formula("A1")
        'TRIM(SUBSTITUTE(SUBSTITUTE(A1,"　"," "),CHAR(9),""))'
        """
        assert len(self.pairs) <= WILDEST, len(self.pairs)
        for old, new in self.pairs:
            cell = f"SUBSTITUTE({cell},{literal(old)},{literal(new)})"
        return f"TRIM({cell})"


def literal(text: str) -> str:
    """A text as a formula holds it."""
    return CONTROLS.get(text) or '"' + text.replace('"', '""') + '"'


def _to(new: str, olds: Iterable[str]) -> Pairs:
    return tuple((old, new) for old in olds)


def wide(letters: str) -> Pairs:
    """The full-width forms of some ASCII letters: ０ is 0.

    >>> wide("1P")
    (('１', '1'), ('Ｐ', 'P'))
    """
    return tuple((chr(ord(c) + 0xFEE0), c) for c in letters)


DIGITS = "0123456789"
SPACES = _to(" ", DATA["spaces"])
SPACED = (*SPACES, *_to("", DATA["unseen"]))
HYPHENS = _to("-", DATA["hyphens"])
PARTED = (*SPACED, *HYPHENS, *_to(" ", DATA["separators"]))
SPACELESS: Pairs = ((" ", ""),)
DIALS = (*wide("T"), ("ｔ", "T"), ("t", "T"))
ERAS: Pairs = tuple((name, era) for era, data in DATA["eras"].items() for name in data["names"])
SMALL = "".join(LETTERS).lower()

KANA = re.compile("([\u3041-\u30ff])([\u3099\u309a])")


def composed(text: str) -> str:
    """A text whose kana are whole: か and a loose ゛ become が. Nothing else is normalized, so that 旧字体 stay.

    >>> composed("か\\u3099ソ"), composed("\\ufa19") == "\\ufa19"
    ('がソ', True)
    """
    return KANA.sub(lambda m: unicodedata.normalize("NFC", m[0]), text)


def _loose() -> Pairs:
    """Every kana with a loose ゛ or ゜, and the whole one."""
    pairs = [(chr(c) + mark, composed(chr(c) + mark)) for c in range(0x3041, 0x3100) for mark in "\u3099\u309a"]
    return tuple((old, new) for old, new in pairs if len(new) == 1)


TIDY = Fold(SPACED)
LONG = 200  # letters of a name that tell it from others; MATCH takes 255
WILD = Fold(tuple((c, chr(ord(c) + 0xFEE0)) for c in "*?~"))  # what MATCH would take for other letters
WHOLE_KANA = Fold(_loose())
NUMBER = Fold((*SPACED, *wide(DIGITS), *HYPHENS, *wide(",.")))
CODE = Fold((*SPACED, *SPACELESS, *wide(DIGITS), *_to("", ("-", *DATA["hyphens"])), *DIALS))
AS_TYPED = Fold((*SPACED, *_to(" ", DATA["separators"])))  # the same words, their letters unchanged
NAMES = Fold(PARTED)  # several functions, parted by single spaces
CODES = Fold((*PARTED, *wide(DIGITS), *wide("P"), ("ｐ", "P"), ("p", "P")))
DATED = Fold(  # after NUMBER
    (
        *SPACELESS, ("（", "("), ("）", ")"), *_to("", (f"({day})" for day in "月火水木金土日")), *ERAS, ("元", "1"),
        *wide("".join(LETTERS)), *wide(SMALL), *((c, c.upper()) for c in SMALL), *_to("/", "年月.-"), ("日", ""), ("／", "/"),
    )
)  # fmt: skip


@cache
def radicals() -> Mapping[str, str]:
    """部首の文字 and the usual letter of each.

    >>> radicals()["\\u2f49"], radicals()["\\u2ed1"]
    ('月', '長')
    """
    first, last = KANGXI
    return {**{chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(first, last + 1)}, **DATA["radicals"]}


def usual(text: str) -> str:
    """A text with the usual letters in the place of radicals; 旧字体 and 異体字 stay."""
    return "".join(radicals().get(c, c) for c in text)


def private(text: str) -> str:
    """The first 外字 of a text; "" where there is none."""
    return next((c for c in text if any(low <= ord(c) <= high for low, high in PRIVATE)), "")


@dataclass(frozen=True)
class Words:
    """A closed list: what a cell may say, and what it means."""

    meaning: Mapping[str, Any]  # by the spelling, folded
    fold: Fold

    @classmethod
    def of(cls, meaning: Mapping[str, Any]) -> Words:
        """Of what people write; 全角 and 半角 of a spelling are both taken, radicals stand for their usual letters.

        >>> Words.of({"月額": 2}).find("⽉\\u00a0額")
        2
        """
        both = {
            spelt: value for word, value in meaning.items() for spelt in (word, unicodedata.normalize("NFKC", word))
        }
        letters = {c for word in both for c in word}
        alike = tuple((old, new) for old, new in radicals().items() if new in letters)
        fold = Fold((*SPACED, *SPACELESS, *alike, *(wide(DIGITS) if letters & set(DIGITS) else ())))
        return cls({fold.text(spelt): value for spelt, value in both.items()}, fold)

    def find(self, text: str) -> Any:
        """What a text means; None where it is not in the list."""
        return self.meaning.get(self.fold.text(text))


ANSWERS = Words.of({**dict.fromkeys(YES_WORDS, True), **dict.fromkeys(NO_WORDS, False)})
ANSWERED = Fold((*ANSWERS.fold.pairs, *HYPHENS))  # where a dash may stand for nothing


def looked_up(text: str, keys: str, values: str) -> str:
    """What the word in a cell means, as a formula; an error where it is not in the list.

    MATCH takes * and ? for any letters and a for A: what it finds is held against the word itself.
    """
    place = f"MATCH({text},{keys},0)"
    return f"IF(EXACT(INDEX({keys},{place}),{text}),INDEX({values},{place}),#VALUE!)"


def key(text: str) -> str:
    """What makes two names one: spaces, loose kana and capitals do not part them.

    >>> key("ﾌﾘｰ　Cloud ") == key("ﾌﾘｰ cloud")
    True
    """
    return upper(WILD.text(WHOLE_KANA.text(TIDY.text(text))))[:LONG]


def upper(text: str) -> str:
    """Capitals, letter by letter, as the sheet's UPPER writes them."""
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text)


def key_formula(kana: str) -> str:
    """The same, of a cell that TIDY and WHOLE_KANA have folded."""
    return f"LEFT(UPPER({WILD.formula(kana)}),{LONG})"


FORMS = ("0", "#,##0", "0.0", "0.00", "#,##0.0", "#,##0.00")  # of a number typed as a text
TYPED = re.compile(r"(?:0|-?[1-9][0-9]{0,2}(?:,[0-9]{3})+|-?[1-9][0-9]*)(?:\.[0-9]{1,2})?")
LONGEST = 19  # letters of a number: all digits that Excel keeps, with their commas


def empty(text: str) -> str:
    """Whether a folded text says nothing."""
    return f"LEN({text})=0"


def dashed(text: str) -> str:
    """The same for an optional cell, in which a dash stands for nothing."""
    return f'LEN(SUBSTITUTE(SUBSTITUTE({text},"-","")," ",""))=0'


def number(cell: str, text: str, nothing: Callable[[str], str] = empty) -> str:
    """The number in a cell, whose text folded by NUMBER stands in `text`: "" for blank, an error where it is none."""
    value = f'VALUE(SUBSTITUTE({text},",",""))'
    same = ",".join(f'EXACT({text},TEXT({value},"{form}"))' for form in FORMS)
    typed = f"IF(LEN({text})>{LONGEST},#VALUE!,IF(OR({same}),{value},#VALUE!))"
    known = f'IF(ISNUMBER({cell}),ROUND({cell},9),IF({nothing(text)},"",{typed}))'
    return f"IF(ISLOGICAL({cell}),#VALUE!,{known})"


def bounded(found: str, low: int | None, high: int | None, whole: bool) -> str:
    """A number found, within its bounds; "" stays."""
    tests = [f"ABS({found})>=10^15"]
    tests += [f"{found}<{low}"] if low is not None else []
    tests += [f"{found}>{high}"] if high is not None else []
    within = f"IF(OR({','.join(tests)}),#NUM!,{found})"
    text = f"IF(INT({found})<>{found},#VALUE!,{within})" if whole else within
    return f"IF(ISNUMBER({found}),{text},{found})"


def answer(cell: str, text: str, nothing: Callable[[str], str] = empty) -> str:
    """はい or いいえ of a cell, whose text folded by ANSWERS stands in `text`."""
    words = f'IF({_one_of(text, YES_WORDS)},"{YES_WORDS[0]}",IF({_one_of(text, NO_WORDS)},"{NO_WORDS[0]}",#VALUE!))'
    typed = f'IF({nothing(text)},"",{words})'
    return f'IF(ISLOGICAL({cell}),IF({cell},"{YES_WORDS[0]}","{NO_WORDS[0]}"),{typed})'


def digits(cell: str, text: str, count: int, padded: bool) -> str:
    """So many digits, whose text folded by CODE stands in `text`; `padded`: Excel may have dropped zeros in front."""
    short = f'IF(ISNUMBER({cell}),RIGHT("{"0" * count}"&{text},MAX({count},LEN({text}))),{text})' if padded else text
    same = f'IF(EXACT(TEXT(VALUE({text}),"{"0" * count}"),{short}),{short},#VALUE!)'
    return f'IF({empty(text)},"",IF(LEN({text})>{count},#VALUE!,{same}))'


def day(cell: str, text: str, year: str, month: str, of_month: str) -> str:
    """A date, from the number in a cell or the parts of its text; a day before Excel's calendar gives a number below 1."""
    shifted = f"DATE({year}+400,{month},{of_month})"  # 400 years have the same calendar, and 146097 days
    real = f"IF(AND(MONTH({shifted})={month},DAY({shifted})={of_month}),{shifted}-146097,#VALUE!)"
    typed = f"IF(OR({year}<1868,{year}>2100),#VALUE!,{real})"
    stored = f"IF(AND({cell}>=3654,{cell}<73416),INT({cell}),IF(AND({cell}>0,{cell}<73416),#VALUE!,{typed}))"
    return f'IF(ISLOGICAL({cell}),#VALUE!,IF({empty(text)},"",IF(ISNUMBER({cell}),{stored},{typed})))'


def split_date(text: str) -> tuple[str, str, str]:
    """The year, the month and the day of a text that DATED has folded, as numbers; an error where there are none."""
    first, second = f'FIND("/",{text})', f'FIND("/",{text},FIND("/",{text})+1)'
    year = f"LEFT({text},{first}-1)"
    letters = "".join(LETTERS)
    of_era = f'CHOOSE(FIND(LEFT({text},1),"{letters}"),{",".join(map(str, LETTERS.values()))})+{_two(f"MID({text},2,{first}-2)")}'
    western = f'IF(EXACT(TEXT(VALUE({year}),"0000"),{year}),VALUE({year}),#VALUE!)'
    month = f"MID({text},{first}+1,{second}-{first}-1)"
    return (
        f'IF(ISNUMBER(FIND(LEFT({text},1),"{letters}")),{of_era},{western})',
        _two(month),
        _two(f"MID({text},{second}+1,9)"),
    )


def _two(part: str) -> str:
    """One or two digits as a number."""
    same = f'OR(EXACT({part},TEXT(VALUE({part}),"0")),EXACT({part},TEXT(VALUE({part}),"00")))'
    return f"IF(LEN({part})>2,#VALUE!,IF({same},VALUE({part}),#VALUE!))"


def slashed(text: str) -> str:
    """20261005 with its slashes."""
    parts = f'LEFT({text},4)&"/"&MID({text},5,2)&"/"&RIGHT({text},2)'
    return f'IF(AND(LEN({text})=8,ISERROR(FIND("/",{text}))),{parts},{text})'


def _one_of(text: str, words: Sequence[str]) -> str:
    return f"OR({','.join(f'EXACT({text},{literal(word)})' for word in words)})"
