"""A price list against a quote: every difference at its cell, blank cells filled in a copy, nothing else touched."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addin.cli.commands.prices import EXAMPLES
from addin.cli.main import main
from rules.assess import amounts
from rules.checks import price_list
from rules.checks.price_list import Product
from rules.findings import NOTICE, WARNING, Finding
from rules.frames import invoice
from rules.quote import Line
from tests import samples
from tests.books import book, patched, sheet_part
from tests.office import converted
from workbooks.building import cached_values, fill
from workbooks.form.layout import LINES
from workbooks.form.side_files import PRODUCTS
from workbooks.reading.quote_file import assess_file, open_checked

HEAD = [c.title for c in PRODUCTS.columns]
CLOUD = ["みほん会計", "1 ソフトウェア", "会計", "共P-04", "年額", "60000", ""]
SETUP = ["みほん会計 導入設定", "6", "", "", "買取", "80000", ""]
LINE = {
    "item": "利用料",
    "tool": "みほん会計",
    "category": "1 ソフトウェア",
    "functions": "会計",
    "processes": "共P-04",
}
WHOLE: dict[str, Any] = {**LINE, "contract": "年額", "quantity": 1, "price": 60_000, "months": 12}


def listed(path: Path, *rows: Sequence[Any], head: Sequence[str] = HEAD, encoding: str = "utf-8-sig") -> Path:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([head, *rows])
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def quote(path: Path, *rows: dict[str, Any], **inputs: Any) -> Path:
    return book(path, {"tax_mode": "税抜", **inputs}, rows)


def told(capsys: pytest.CaptureFixture[str], *words: Path | str) -> tuple[int, list[dict[str, Any]]]:
    status = main(["prices", *map(str, words), "--json"])
    return status, json.loads(capsys.readouterr().out)["findings"]


def place(name: str, number: int = 1) -> str:
    return LINES.cell(name, number)


def compared(line: Line, product: Product) -> list[Finding]:
    """What differs of one line of the sample and its product."""
    a = amounts(samples.of(invoice.FRAME, lines=(line,)), invoice.FRAME)
    found = price_list.matched(a.quote.lines, [product])
    return list(price_list.findings(a, found, [product], frozenset()))


SOLD = Product(2, tool="みほん会計", category=1, functions=frozenset(("会計",)), contract="年額", price=60_000)
BOUGHT = Line(1, "利用料", "みほん会計", 1, frozenset(("会計",)), contract="年額", quantity=1, price=60_000, months=12)


@pytest.mark.parametrize(
    ("price", "found"),
    [(59_999, [("PRICE", NOTICE)]), (60_000, []), (60_001, [("PRICE", WARNING)]), (0, [("PRICE", NOTICE)])],
)
def test_a_price_below_at_and_above_the_listed_one(price: int, found: list[tuple[str, str]]) -> None:
    findings = compared(replace(BOUGHT, price=price), SOLD)
    assert [(f.code, f.level) for f in findings] == found
    for f in findings:
        assert f.cell == "lines.price.1"
        assert f"単価{price:,}円" in f.message and "60,000円" in f.message and "未確認" in f.message


@pytest.mark.parametrize(
    ("change", "cell", "words"),
    [
        ({"category": 2}, "category", "カテゴリー「2」が、価格表の2行目の「1」"),
        ({"functions": frozenset(("受発注", "会計"))}, "functions", "機能「会計・受発注」が、価格表の2行目の「会計」"),
        ({"contract": "月額"}, "contract", "契約「月額」が、価格表の2行目の「年額」"),
    ],
)
def test_what_is_registered_otherwise_is_told_with_both_values(change: dict[str, Any], cell: str, words: str) -> None:
    (found,) = compared(replace(BOUGHT, **change), SOLD)
    assert (found.code, found.level, found.cell) == ("REGISTERED", WARNING, f"lines.{cell}.1")
    assert words in found.message
    assert found.source.startswith("koubo-2025-invoice#2-2(1)")


def test_a_monthly_price_is_not_held_against_a_yearly_one() -> None:
    assert [f.code for f in compared(replace(BOUGHT, contract="月額", price=99_000), SOLD)] == ["REGISTERED"]


def test_a_service_is_not_its_software_and_an_own_row_comes_first() -> None:
    service = Line(2, "研修", "みほん会計", 6, contract="買取", quantity=1, price=80_000)
    setup = Product(3, tool="研修", category=6, contract="買取", price=80_000)
    assert price_list.matched([BOUGHT, service], [SOLD])[1][1] is None
    assert price_list.matched([BOUGHT, service], [SOLD, setup])[1][1] is setup
    spelt = replace(BOUGHT, tool="ﾐﾎﾝ会計　")
    assert price_list.matched([spelt], [replace(SOLD, tool="ミホン 会計")])[0][1] is not None


def test_two_rows_of_one_name_and_category_decide_nothing() -> None:
    twice = [SOLD, replace(SOLD, number=3, price=70_000)]
    assert price_list.matched([BOUGHT], twice)[0][1] is None


@pytest.mark.parametrize(
    ("change", "products", "words"),
    [
        ({"tool": "みほん会計2"}, [SOLD], "「みほん会計2」は価格表にありません。近い名前は「みほん会計」です"),
        ({"tool": "まったく別のもの"}, [SOLD], "「まったく別のもの」は価格表にありません。登録した名前と"),
        ({"category": None}, [SOLD, replace(SOLD, category=3)], "に当たる行が価格表に二つ以上あり"),
        ({"category": 3, "item": ""}, [SOLD], "「みほん会計」（カテゴリー3）は価格表にありません"),
        ({"category": 3, "item": "銀行連携"}, [SOLD], "「銀行連携」は価格表にありません"),
    ],
)
def test_a_line_without_a_product_is_told_once(change: dict[str, Any], products: list[Product], words: str) -> None:
    a = amounts(samples.of(invoice.FRAME, lines=(*[replace(BOUGHT, **change)] * 3, BOUGHT)), invoice.FRAME)
    lines = a.quote.lines[:3] if len(products) == 1 else a.quote.lines[:1]
    found = [(line, None) for line in lines]
    assert price_list.matched(a.quote.lines, products)[: len(found)] == found
    (told,) = price_list.findings(a, found, products, frozenset())
    assert told.level == NOTICE and words in told.message


def test_a_pc_is_no_registered_tool() -> None:
    a = amounts(
        samples.of(invoice.FRAME, lines=(replace(BOUGHT, item="ノートPC", tool="", category=8),)), invoice.FRAME
    )
    assert list(price_list.findings(a, price_list.matched(a.quote.lines, [SOLD]), [SOLD], frozenset())) == []


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.builds(replace, st.just(SOLD), price=st.integers(0, 99), category=st.integers(1, 9)), max_size=6),
    st.lists(
        st.builds(
            replace, st.just(BOUGHT), price=st.none() | st.integers(0, 99), category=st.none() | st.integers(1, 9)
        ),
        max_size=6,
    ),
)
def test_only_blank_cells_are_filled_and_then_nothing_differs(products: list[Product], lines: list[Line]) -> None:
    lines = [replace(line, number=n, cells={c: f"{c}{n}" for c in vars(line)}) for n, line in enumerate(lines, 1)]
    a = amounts(samples.quote(), invoice.FRAME)
    blank = {line.cell(n) for line in lines for n in price_list.TAKEN if getattr(line, n) in (None, "")}
    values = price_list.fillings(price_list.matched(lines, products), blank, a)
    assert values.keys() <= blank
    filled = [
        replace(line, **{name: value for at, (name, value) in values.items() if at in line.cells.values()})
        for line in lines
    ]
    touched = {n for n, (old, new) in enumerate(zip(lines, filled, strict=True)) if old != new}
    again = price_list.matched(filled, products)
    differing = {f.cell for f in price_list.findings(a, again, products, frozenset()) if f.code == "PRICE"}
    assert not {f"price{n + 1}" for n in touched} & differing


def test_a_new_list_can_be_used_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "--new", str(tmp_path / "価格表.csv")]) == 0
    assert main(["prices", "--new", str(tmp_path / "価格表.csv")]) == 2  # never over a file
    assert "既にあります" in capsys.readouterr().err
    mine = {**WHOLE, "tool": EXAMPLES[0][0], "item": "利用料"}
    status, found = told(capsys, tmp_path / "価格表.csv", quote(tmp_path / "q.xlsx", mine))
    assert (status, found) == (0, [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_every_finding_has_its_cell(encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prices = listed(tmp_path / "価格表.csv", CLOUD, SETUP, encoding=encoding)
    rows = (
        {**WHOLE, "price": 66_000},
        {**WHOLE, "item": "みほん会計 導入設定", "category": "6", "functions": None, "processes": None, "contract": "買取", "price": 90_000, "months": None},
        {**WHOLE, "tool": "みほん会計クラウド", "item": "別の利用料"},
        {**WHOLE, "tool": "みほん会計クラウド", "item": "別の利用料2"},
    )  # fmt: skip
    status, found = told(capsys, prices, quote(tmp_path / "q.xlsx", *rows))
    assert status == 0  # nothing but warnings
    assert [(f["code"], f["cell"]) for f in found] == [
        ("PRICE", place("price", 1)),
        ("PRICE", place("price", 2)),
        ("REGISTERED", place("tool", 3)),  # told once, with what is nearly alike
    ]
    assert "「みほん会計」" in found[2]["message"]


def test_a_sheet_is_read_like_a_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (
        ["株式会社みほん 価格表"],
        [],
        [f"{t}（円）" if t == "単価" else t for t in HEAD],
        [*CLOUD[:5], 55_000, None],
    ):
        sheet.append(row)
    made.save(tmp_path / "価格表.xlsx")
    _, found = told(capsys, tmp_path / "価格表.xlsx", quote(tmp_path / "q.xlsx", WHOLE))
    assert [f["code"] for f in found] == ["PRICE"]
    assert "価格表の4行目の55,000円" in found[0]["message"]


def test_the_number_of_the_tool_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prices = listed(tmp_path / "p.csv", [*CLOUD[:-1], "DL99-0000001"])
    _, found = told(capsys, prices, quote(tmp_path / "q.xlsx", WHOLE, tool_number="DL99-0000009"))
    assert "DL99-0000001" in found[0]["message"]
    assert told(capsys, prices, quote(tmp_path / "r.xlsx", WHOLE, tool_number="DL99-0000001")) == (0, [])


# ------------------------------------------------------------------------------------------------- the copy


def cells(path: Path) -> dict[str, Any]:
    """Every value of the sheet 見積."""
    sheet = openpyxl.load_workbook(path)[LINES.sheet]
    return {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None}


def at(name: str, number: int = 1) -> str:
    return place(name, number).partition("!")[2]


def test_blank_cells_take_the_list_and_no_other_byte_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prices = listed(tmp_path / "p.csv", CLOUD, SETUP)
    chosen = {"item": "利用料", "tool": "みほん会計", "quantity": 2, "months": 12}
    source = quote(tmp_path / "q.xlsx", chosen, {"item": "みほん会計 導入設定", "quantity": 1, "price": 80_000})
    patched(source, "xl/workbook.xml", ' fullCalcOnLoad="1"', "")  # as Excel saves it
    before = source.read_bytes()
    out = tmp_path / "out.xlsx"
    assert main(["prices", str(prices), str(source), "--fill", str(out), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert source.read_bytes() == before
    old, new = cells(source), cells(out)
    assert {k: v for k, v in new.items() if k not in old} == {
        at("category"): "1 ソフトウェア",
        at("functions"): "会計",
        at("processes"): "共P-04",
        at("contract"): "年額",
        at("price"): 60_000,
        at("category", 2): "6 導入設定・マニュアル作成・導入研修",
        at("contract", 2): "買取",
    }
    assert {k: new[k] for k in old} == old
    assert len(answer["filled"]) == 7 and answer["findings"] == []
    with zipfile.ZipFile(source) as a, zipfile.ZipFile(out) as b:
        assert a.namelist() == b.namelist()
        differing = {n for n in a.namelist() if a.read(n) != b.read(n)}
    assert len(differing) == 2  # the sheet, and workbook.xml that asks for a calculation
    first = open_checked(out)[1].lines[0]
    assert (first.price, first.contract, first.quantity) == (60_000, "年額", 2)


def test_a_line_that_differs_takes_nothing(tmp_path: Path) -> None:
    prices = listed(tmp_path / "p.csv", CLOUD)
    source = quote(tmp_path / "q.xlsx", {"tool": "みほん会計", "contract": "月額", "quantity": 1, "months": 12})
    assert main(["prices", str(prices), str(source), "--fill", str(tmp_path / "out.xlsx")]) in (0, 1)
    assert cells(tmp_path / "out.xlsx") == cells(source)


def test_a_formula_that_shows_nothing_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prices = listed(tmp_path / "p.csv", CLOUD)
    source = quote(
        tmp_path / "q.xlsx", {"tool": "みほん会計", "quantity": 1, "months": 12, "price": '=IF(A1="",""," ")'}
    )
    old = f'<c r="{at("price")}"><f>IF(A1="",""," ")</f><v></v></c>'
    if b"<v />" in zipfile.ZipFile(source).read(sheet_part(LINES.sheet)):
        old = old.replace("<v></v>", "<v />")
    patched(source, sheet_part(LINES.sheet), old, old.replace("><f>", ' t="str"><f>'))  # calculated: ""
    out = tmp_path / "out.xlsx"
    assert main(["prices", str(prices), str(source), "--fill", str(out), "--json"]) in (0, 1)
    answer = json.loads(capsys.readouterr().out)
    assert cells(out)[at("price")] == '=IF(A1="",""," ")'
    assert place("price") not in answer["filled"] and place("contract") in answer["filled"]


def test_a_copy_is_never_over_a_file_and_never_mixes_taxes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prices, chosen = listed(tmp_path / "p.csv", CLOUD), {"tool": "みほん会計", "quantity": 1, "months": 12}
    source = quote(tmp_path / "q.xlsx", chosen)
    for out, words in (
        (source, "すでにある"),
        (tmp_path / "a.xlsm", "種類（拡張子）"),
        (tmp_path / "no" / "a.xlsx", "書けません"),
    ):
        assert main(["prices", str(prices), str(source), "--fill", str(out)]) == 2
        assert words in capsys.readouterr().err
    gross = quote(tmp_path / "g.xlsx", chosen, tax_mode="税込")
    assert main(["prices", str(prices), str(gross), "--fill", str(tmp_path / "out.xlsx")]) == 2
    assert "税込" in capsys.readouterr().err
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.office
def test_the_copy_is_worth_what_the_quote_was(tmp_path: Path) -> None:
    """LibreOffice trusts the results that a file brings: the copy brings none, and has the amounts of wholesale.toml."""
    data = fill.load(Path(fill.__file__).parents[1] / "examples" / "wholesale.toml")
    first, *rest = data["lines"]
    chosen = {name: value for name, value in first.items() if name not in price_list.TAKEN}
    source = tmp_path / "q.xlsx"
    source.write_bytes(cached_values.saved(fill.filled({**data, "lines": [chosen, *rest]})))
    prices = listed(tmp_path / "p.csv", ["例示会計クラウド", "1", "会計", "", "月額", "4980", ""])
    assert main(["prices", str(prices), str(source), "--fill", str(tmp_path / "out.xlsx")]) == 0
    (tmp_path / "calc").mkdir()
    a = assess_file(converted(tmp_path / "out.xlsx", "xlsx", tmp_path / "calc"))
    assert a.subsidy == 609_680
    assert "RESULT" not in {f.code for f in a.findings}
