"""Identifiers in a quote: check digits of 法人番号 and 登録番号, and a マイナンバー that must stand nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from stdnum.jp import cn, in_

from rules.checks_quote import texts
from rules.codes import rule
from rules.findings import WARNING, Finding
from rules.quote import Line, Member, Partner, Quote

CORPORATE = {
    "corporate_number": "法人番号",
    "vendor_corporate_number": "支援事業者の法人番号",
    "expert_corporate_number": "外部専門家の法人番号",
}
COVER = "（個人番号）"
REGISTERED = "vendor_invoice_number"
TWELVE = re.compile(r"(?<![0-9A-Za-z])[0-9]{4}[- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9])")
NARROW = str.maketrans("０１２３４５６７８９－　", "0123456789- ")


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
    for text, cell in texts(quote):
        if _found(text):
            message = "マイナンバー（12桁の個人番号）らしい数字があります。個人番号は入れられません。消してください。"
            yield rule("NUMBER")(message, cell)


def _found(text: str) -> bool:
    """Whether a text holds a マイナンバー."""
    return any(in_.is_valid(found) for found in TWELVE.findall(text.translate(NARROW)))


def masked(quote: Quote) -> Quote:
    """The quote without the numbers of people, so that no message and no draft repeats one.

    >>> masked(Quote({"business": "番号 1234-5678-9018"}, ())).inputs
    {'business': '番号 （個人番号）'}
    """
    inputs = {name: _masked(value) for name, value in quote.inputs.items()}
    return replace(
        quote,
        inputs=inputs,
        lines=tuple(_rid(line) for line in quote.lines),
        partners=tuple(_rid(partner) for partner in quote.partners),
        members=tuple(_rid(member) for member in quote.members),
    )


R = TypeVar("R", Line, Partner, Member)


def _rid(row: R) -> R:
    held = {name: value for name, value in vars(row).items() if isinstance(value, str)}
    changed = {name: new for name, value in held.items() if (new := _masked(value)) != value}
    return replace(row, **changed) if changed else row


def _masked(value: Any) -> Any:
    """A value with every マイナンバー in its text covered; the text keeps its own digits elsewhere."""
    if isinstance(value, tuple):
        return tuple(_masked(part) for part in value)
    if not isinstance(value, str) or not _found(value):
        return value
    narrow = value.translate(NARROW)  # one letter for one letter: the places stay
    for match in reversed(list(TWELVE.finditer(narrow))):
        if in_.is_valid(match.group()):
            value = value[: match.start()] + COVER + value[match.end() :]
    return value
