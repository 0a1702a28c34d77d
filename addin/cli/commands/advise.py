"""`hojokin advise`: what a consultant would say about a quote, to be read aloud to the customer."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from unicodedata import normalize

from addin.cli.advice_group import named
from addin.cli.advice_json import as_json
from addin.cli.advice_text import as_text
from addin.cli.findings import errors
from addin.cli.members_file import MOST_DIGITS
from addin.cli.options import answered, parse_date, quoted
from rules.advice.advice import advise
from rules.advice.cash import WAYS, cash
from rules.advice.inverse import inverse
from rules.engine.argument import VALUE, ArgumentError
from workbooks.reading.quote_file import open_checked

HELP = "見積について、専門家のように助言する（有利な順）"


def register(parser: argparse.ArgumentParser) -> None:
    """A quote, what is wished for, and the day."""
    quoted(parser)
    parser.add_argument("--target", metavar="円", help="ほしい補助額。要る経費を枠ごとに示す")
    parser.add_argument("--own", metavar="円", help="出せる自己負担（税抜）。買える経費を枠ごとに示す")
    parser.add_argument(
        "--pay",
        metavar="行=払い方",
        action="append",
        help="明細の行の払い方（一括・年払・月払）。何度でも。省くと一括（例: 1=月払）",
    )
    parser.add_argument("--received", metavar="YYYY-MM-DD", help="補助金が入金される日。省くと、すべての支払の後とする")
    parser.add_argument("--member", metavar="名前", help="複数者連携枠の構成員1者の支払・補助額・手出し")
    parser.add_argument("--today", metavar="YYYY-MM-DD", help="どの日の時点で言うか。省くと今日")


def run(call: argparse.Namespace) -> int:
    """Prints the advice, or its facts as JSON."""
    target, own, today = (
        _whole(call.target, "--target"),
        _whole(call.own, "--own"),
        parse_date(call.today, "today") or date.today(),
    )
    found = advise(open_checked(call.quote)[1], today)
    wished = inverse(found.frames, target, own)
    money = cash(found.best, _ways(call.pay or ()), parse_date(call.received, "received"))
    chosen = named(found.group, call.member)
    text, data = as_text(found, wished, money, chosen), as_json(found, wished, money)
    return answered(call, text, data, errors(found.best.findings))


def _ways(said: Sequence[str]) -> dict[int, str]:
    """How each line is paid, as the calls of --pay say; full-width digits and ＝ are read as well."""
    found = dict[int, str]()
    for text in said:
        number, _, way = normalize("NFKC", text).partition("=")
        if not (number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS and way in WAYS):
            message = (
                f"--pay {text} は「行の番号=払い方」ではありません。払い方は{'・'.join(WAYS)}です（例: --pay 1=月払）。"
            )
            raise ArgumentError("pay", VALUE, message)
        found[int(number)] = way
    return found


def _whole(said: str | None, name: str) -> int | None:
    if said is None or (said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS):
        return None if said is None else int(said)
    raise ArgumentError(name, VALUE, f"{name} {said} は0以上の整数ではありません（例: {name} 1000000）。")
