"""`hojokin prices`: a quote against the vendor's own list of registered products（価格表）."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from addin import answers
from addin.cli import side_findings
from addin.cli.findings import errors
from addin.cli.options import answered, json_too
from addin.exit_codes import DONE
from rules.assess import Assessment, amounts
from rules.checks import price_list
from rules.checks.price_list import Found, Product, shown
from rules.refusal import Refusal
from workbooks.files import writer
from workbooks.form.side_files import PRODUCTS
from workbooks.reading.cell_values import blank
from workbooks.reading.filled import Filled
from workbooks.reading.inputs import GROSS
from workbooks.reading.quote_file import chosen, open_checked
from workbooks.reading.side_file import side_file

HELP = "見積を価格表（登録したITツールの一覧）と照らし、空欄を埋める"
CLEAN = "価格表との違いはありません。"
WITH_TAX = "単価の税区分が「税込」の見積には、価格表の税抜の単価を入れられません。税区分を「税抜」にしてください。"
OFFER = "空欄は、--fill OUT.xlsx で、価格表の値を入れた写しを作れます。"
SHOWN = 8  # cells that an answer names
EXAMPLES = (  # invented
    ("みほん会計クラウド", 1, "会計", "共P-04", "年額", 60_000, "DL99-0000001"),
    ("みほん会計クラウド 導入設定", 6, "", "", "買取", 80_000, "DL99-0000002"),
)


def register(parser: argparse.ArgumentParser) -> None:
    """A price list and a quote; a copy to fill, or a list to begin with."""
    titles = "、".join(c.title for c in PRODUCTS.columns)
    parser.add_argument("list", nargs="?", metavar="価格表", help=f"CSV か .xlsx。見出し: {titles}")
    parser.add_argument("quote", nargs="?", metavar="見積", help="見積ワークブック（.xlsx）。変えない")
    parser.add_argument(
        "--fill", metavar="OUT.xlsx", help="空欄に価格表の値を入れた写しを作る（入っているセルは変えない）"
    )
    parser.add_argument("--new", metavar="LIST.csv", help="価格表のひな形を作る")
    json_too(parser)


def run(call: argparse.Namespace) -> int:
    """Prints what differs; with --fill of the copy."""
    if call.new:
        print(side_findings.new(call.new, PRODUCTS, _examples()))
        return DONE
    side_findings.both(call, "価格表")
    side = side_file(Path(call.list), Product, PRODUCTS)
    products = [product for product in side.rows if product.readable]
    filled = _fill(Path(call.quote), Path(call.fill), products) if call.fill else []
    now, a, matched = _matched(call.fill or call.quote, products)
    empty = _blank(now)
    found = side_findings.told(side, price_list.findings(a, matched, products, empty))
    lines = [*_said(call.fill, filled), *side_findings.text(side, found, CLEAN)]
    if not call.fill and price_list.fillings(matched, empty, a):
        lines.append(OFFER)
    data = {
        "products": len(products),
        "file": call.fill,
        "filled": filled,
        "ignored": side.ignored,
        "findings": [answers.finding(f) for f in found],
    }
    return answered(call, "\n".join(lines), data, errors(found))


def _matched(path: str | Path, products: list[Product]) -> tuple[Filled, Assessment, Found]:
    """A quote, and each of its lines with its product."""
    filled, quote = open_checked(path)
    return filled, amounts(quote, chosen(quote)), price_list.matched(quote.lines, products)


def _blank(filled: Filled) -> frozenset[str]:
    """Cells in which nothing stands and whose own value counts: not the lower ones of several made one."""
    return frozenset(c.address for row in filled.rows for c in row.values() if blank(c.value)) - set(filled.merged)


def _fill(path: Path, out: Path, products: list[Product]) -> list[str]:
    """Writes the copy; the cells that it has more."""
    from workbooks.building.fill import spelt
    from workbooks.building.put_cells import put
    from workbooks.reading.copied import copied

    blob = copied(path, out)
    old, a, found = _matched(path, products)
    values = price_list.fillings(found, _blank(old), a)
    if a.quote.get("tax_mode") == GROSS and any(name == "price" for name, _ in values.values()):
        raise Refusal(WITH_TAX)
    typed = {address: shown(spelt(PRODUCTS.of(name), value)) for address, (name, value) in values.items()}
    done = put(blob, typed, keep=old.addresses)
    writer.new(out, done.blob)
    return [address for address in values if address not in done.left]


def _said(out: str | None, cells: list[str]) -> list[str]:
    if out is None:
        return []
    which = f"（{'、'.join(cells[:SHOWN])}{'など' if len(cells) > SHOWN else ''}）" if cells else ""
    return [
        f"{out} を作り、{len(cells)}個の空欄に価格表の値を入れました{which}。金額は、Excel か LibreOffice で開いて保存すると計算し直されます。"
    ]


def _examples() -> list[list[Any]]:
    from workbooks.building.fill import spelt

    return [[spelt(c, value) for c, value in zip(PRODUCTS.columns, row, strict=True)] for row in EXAMPLES]
