"""Names that people spell in several ways: of products, and of the holder of an account（口座名義）."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache

ALIKE = 0.6  # how near a name must be to be offered, as difflib counts it
OFFERED = 2
SMALL_KANA = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")  # a bank's list of transfers has large ones
HYPHENS = str.maketrans(dict.fromkeys("-‐‑–—―−ｰ", "ー"))
HIRAGANA = {c: c + 0x60 for c in range(0x3041, 0x3097)}


def folded(name: str) -> str:
    """A name whose width, capitals and spaces do not matter.

    >>> folded("ﾌﾘｰ　Cloud") == folded("フリー cloud")
    True
    """
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The known names that are nearly this one, the nearest first.

    >>> nearest("みほん会計クラウド", ["みほん会計 クラウド2", "例示受発注"])
    ['みほん会計 クラウド2']
    """
    spelt = {folded(other): other for other in known}
    return [spelt[key] for key in get_close_matches(folded(name), spelt, n=OFFERED, cutoff=ALIKE)]


def holder(name: str, forms: Sequence[str]) -> str:
    """口座名義 as banks print it, without its legal form: `forms` are 株式会社, カ) …

    >>> forms = ["株式会社", "カブシキガイシャ", "カ)"]
    >>> holder("ｶ)ｱｵﾊﾞｼﾖｸｻﾞｲ", forms) == holder("カブシキガイシャ アオバショクザイ", forms) == "アオバシヨクザイ"
    True
    """
    spelt = _printed(name)
    for form in sorted(map(_printed, forms), key=len, reverse=True):
        spelt = spelt.removeprefix(form).removesuffix(form)
    return spelt


@lru_cache(maxsize=1_000)
def _printed(name: str) -> str:
    return folded(name).translate(HIRAGANA).translate(HYPHENS).translate(SMALL_KANA)
