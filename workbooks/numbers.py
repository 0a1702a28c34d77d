"""Identifiers in a quote: check digits of 法人番号 and 登録番号, and a マイナンバー that must stand nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.jp import cn, in_

from rules.codes import rule
from rules.findings import WARNING, Finding
from rules.quote import Quote

CORPORATE = {"corporate_number": "法人番号", "vendor_corporate_number": "支援事業者の法人番号"}
REGISTERED = "vendor_invoice_number"
TWELVE = re.compile(r"(?<![0-9A-Za-z])[0-9]{4}[- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9])")
NARROW = str.maketrans("０１２３４５６７８９－　", "0123456789- ")


def number_findings(quote: Quote) -> tuple[Finding, ...]:
    """NUMBER: wrong check digits, and twelve digits that make a マイナンバー (which no message repeats)."""
    return (*_corporate(quote), *_registered(quote), *_personal(quote))


def _corporate(quote: Quote) -> Iterator[Finding]:
    for name, label in CORPORATE.items():
        number = quote.get(name)
        if number is not None and not cn.is_valid(str(number)):
            message = f"{label}の検査数字が合いません。国税庁の公表サイトで番号を確かめて直してください。"
            yield rule("NUMBER")(message, quote.cell(name))


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
    texts = [(value, quote.cell(name)) for name, value in quote.inputs.items() if isinstance(value, str)]
    for line in quote.lines:
        texts += [(line.item, line.cell("item")), (line.note, line.cell("note")), (line.tool, line.cell("tool"))]
    for text, cell in texts:
        if any(in_.is_valid(found) for found in TWELVE.findall(text.translate(NARROW))):
            message = "マイナンバー（12桁の個人番号）らしい数字があります。個人番号は入れられません。消してください。"
            yield rule("NUMBER")(message, cell)
