"""Identifiers in a quote: check digits of 法人番号 and 登録番号, and a マイナンバー that must stand nowhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar, cast

from stdnum.jp import cn, in_

from rules.checks.codes import rule
from rules.checks.whole_quote import texts
from rules.findings import WARNING, Finding
from rules.quote import Line, Member, Partner, Quote

CORPORATE = {
    "corporate_number": "法人番号",
    "vendor_corporate_number": "支援事業者の法人番号",
    "expert_corporate_number": "外部専門家の法人番号",
}
COVER = "（個人番号）"
LENGTH = 12  # digits of a マイナンバー
REGISTERED = "vendor_invoice_number"
# As a form has it: twelve digits, together or in fours
TWELVE = re.compile(r"(?<![0-9A-Za-z])(?<![0-9][- ])[0-9]{4}[- ]?[0-9]{4}[- ]?[0-9]{4}(?![- ]?[0-9])")
NARROW = str.maketrans("０１２３４５６７８９－　", "0123456789- ")
# As people spell it: in threes, fours or ones with any sign between, over lines, with letters around. The signs are one
# letter each in `_plain`; a group that goes on (a 法人番号 1-4444-4444-4444, a card's 16 digits) is none
BETWEEN = "[-\n]{1,3}"
SPELT = re.compile(
    rf"(?<![0-9])(?<![0-9]-)(?:[0-9]{{4}}(?:{BETWEEN}[0-9]{{4}}){{2}}|[0-9]{{3}}(?:{BETWEEN}[0-9]{{3}}){{3}}"
    rf"|[0-9](?:{BETWEEN}[0-9]){{11}})(?!-?[0-9])|(?<![0-9])[0-9](?:\n?[0-9]){{11}}(?![0-9])"
)
SIGNS = frozenset("-‐‑‒–—―−ー－ｰ_＿.．。・･‧/／\\＼,，|｜'’ \t")  # and whatever Unicode calls a dash or a blank
MONEY = re.compile(r"[¥￥$＄] ?$"), re.compile(r" ?(?:円|万|千|百|億|%|％|yen|JPY)", re.IGNORECASE)  # before and after
DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")  # how a moment begins: 202610051230


def number_findings(quote: Quote) -> tuple[Finding, ...]:
    """NUMBER: wrong check digits, and twelve digits that make a マイナンバー (which no message repeats)."""
    return (*_corporate(quote), *_registered(quote), *_personal(quote))


def _corporate(quote: Quote) -> Iterator[Finding]:
    told = [(label, quote.get(name), quote.cell(name)) for name, label in CORPORATE.items()]
    for row in (*quote.members, *quote.partners):
        owner = "構成員" if isinstance(row, Member) else "取引先"
        told.append((f"{owner}（{row.number}行目）の法人番号", row.corporate_number, row.cell("corporate_number")))
    for label, number, cell in told:
        if number is not None and not cn.is_valid(str(number)):
            message = f"{label}の検査数字が合いません。国税庁の公表サイトで番号を確かめて直してください。"
            yield rule("NUMBER")(message, cell)


def _registered(quote: Quote) -> Iterator[Finding]:
    number = quote.get(REGISTERED)
    if number is None or is_registered(str(number)):
        return
    shape = re.fullmatch(r"T[0-9]{13}", str(number))
    sole = shape is not None and not quote.get("vendor_corporate_number")  # a person's number has no published check
    message = "登録番号の検査数字が合いません。" if shape else "登録番号が「T＋13桁の数字」の形ではありません。"
    hint = "個人事業主の番号なら、このままでかまいません。" if sole else ""
    yield rule("NUMBER")(
        f"{message}国税庁の公表サイトで番号を確かめてください。{hint}",
        quote.cell(REGISTERED),
        level=WARNING if sole else "",
    )


def is_registered(number: str) -> bool:
    """Whether a 登録番号 is T and a 法人番号 with its right check digit.

    >>> is_registered("T5835678256246"), is_registered("5835678256246")
    (True, False)
    """
    return number.startswith("T") and cn.is_valid(number.removeprefix("T"))


def _personal(quote: Quote) -> Iterator[Finding]:
    for text, cell in _texts(quote):
        clear = any(True for _ in _clear(text))
        if clear or any(True for _ in _spelt(text)):
            message = "マイナンバー（12桁の個人番号）らしい数字があります。個人番号は入れられません。消してください。"
            yield rule("NUMBER")(message, cell, level="" if clear else WARNING)


def _texts(quote: Quote) -> Iterator[tuple[str, str]]:
    """Every text of a quote with its cell, those in sets, too."""
    yield from texts(quote)
    for line in quote.lines:
        yield from ((part, line.cell(n)) for n in ("functions", "processes") for part in getattr(line, n))


def _clear(text: str) -> Iterator[tuple[int, int]]:
    """Where a text holds a マイナンバー as a form has it."""
    for match in TWELVE.finditer(text.translate(NARROW)):  # one letter for one letter: the places stay
        if in_.is_valid(match.group()):
            yield match.span()


def _spelt(text: str) -> Iterator[tuple[int, int]]:
    """Where a text holds one as people spell it; no amount, and no moment with letters around it."""
    plain = "".join(map(_plain, text))
    for match in SPELT.finditer(plain):
        digits, (begin, end) = "".join(filter(str.isdigit, match.group())), match.span()
        money = MONEY[0].search(text[:begin]) or MONEY[1].match(text[end:])
        if in_.is_valid(digits) and not money and not (end - begin == len(digits) and DAY.match(digits)):
            yield begin, end


@cache
def _plain(letter: str) -> str:
    """A digit in any dress（１, ①, ², 一）as a digit, a sign that may stand between two as a hyphen; one for one."""
    value = unicodedata.numeric(letter, -1)
    if value in range(10):
        return str(int(value))
    if letter in "\r\n\x0b\x0c\x85\u2028\u2029":
        return "\n"
    return "-" if letter in SIGNS or unicodedata.category(letter) in ("Pd", "Zs", "Cf") else letter


def masked(quote: Quote) -> Quote:
    """The quote without the numbers of people, so that no message and no draft repeats one.

    >>> masked(Quote({"business": "番号 1234-5678-9018"}, ())).inputs
    {'business': '番号 （個人番号）'}
    """
    return replace(
        quote,
        inputs={name: _masked(value) for name, value in quote.inputs.items()},
        lines=tuple(map(_rid, quote.lines)),
        partners=tuple(map(_rid, quote.partners)),
        members=tuple(map(_rid, quote.members)),
        findings=tuple(replace(f, message=covered(f.message)) for f in quote.findings),
    )


R = TypeVar("R", Line, Partner, Member)


def _rid(row: R) -> R:
    changed = {name: new for name, value in vars(row).items() if (new := _masked(value)) != value}
    return replace(row, **changed) if changed else row


def _masked(value: Any) -> Any:
    """A value with every マイナンバー in its text covered."""
    if isinstance(value, tuple):
        return tuple(map(_masked, cast("tuple[Any, ...]", value)))
    if isinstance(value, frozenset):
        return frozenset(map(_masked, cast("frozenset[Any]", value)))
    return covered(value) if isinstance(value, str) else value


def covered(text: str) -> str:
    """A text with every マイナンバー covered; it keeps its own digits elsewhere.

    >>> covered("番号①②③④・5678／9018、電話 03-1234-5678")
    '番号（個人番号）、電話 03-1234-5678'
    """
    if len(text) < LENGTH:
        return text
    for find in (_clear, _spelt):
        for begin, end in reversed(list(find(text))):
            text = text[:begin] + COVER + text[end:]
    return text
