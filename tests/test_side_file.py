"""Files beside the quote: columns by their headings, wrong cells at their rows, and what is no such file in one sentence."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addin.cli.main import main
from rules.checks.price_list import Product
from rules.checks.report import Actual
from tests.test_prices import CLOUD, HEAD, WHOLE, listed, quote
from workbooks.form.side_files import ACTUALS, PRODUCTS
from workbooks.reading.side_file import Side, side_file
from workbooks.reading.xlsx_guard import Unreadable


def products(path: Path) -> Side[Product]:
    return side_file(path, Product, PRODUCTS)


@pytest.mark.parametrize(
    ("price", "words"),
    [
        ("六万", "「単価」（2行目）の「六万」を数として読めません"),
        ("9" * 5_000, "桁が多すぎます"),
        ("-1", "負の数"),
        ("0.5", "1円未満の端数"),
        ("10000000001", "上限の10,000,000,000円を超え"),
        ("", "「単価」（2行目）が空欄です"),
        ("#N/A", "エラー値"),
    ],
)
def test_a_wrong_price_is_a_finding_at_its_row(price: str, words: str, tmp_path: Path) -> None:
    side = products(listed(tmp_path / "p.csv", [*CLOUD[:5], price, ""], CLOUD))
    assert [f.cell for f in side.findings] == ["p.csv 2行目"]
    assert words in side.findings[0].message and len(side.findings[0].message) < 200
    assert [row.readable for row in side.rows] == [False, True]


@pytest.mark.parametrize("price", ["６０，０００", "60,000", " 60000 ", "60000.0"])
def test_a_price_is_read_as_a_cell_of_the_quote_is(price: str, tmp_path: Path) -> None:
    side = products(listed(tmp_path / "p.csv", [*CLOUD[:5], price, ""]))
    assert (side.findings, side.rows[0].price) == ((), 60_000)


def test_a_comma_in_a_price_without_quotes_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("ツール名,カテゴリー,契約,単価\nみほん会計,1,年額,1,280\n", "utf-8")
    side = products(path)
    assert side.rows == ()
    assert "より多い値「280」" in side.findings[0].message


def test_columns_stand_in_any_order_and_strange_ones_are_named(tmp_path: Path) -> None:
    head = ["備考", "単価（円、税抜）", "ｶﾃｺﾞﾘｰ", "契 約", "ツール名"]
    side = products(listed(tmp_path / "p.csv", ["x", 1, 1, "買取", "みほん"], head=head))
    assert (side.rows[0].tool, side.rows[0].price, side.ignored) == ("みほん", 1, ("備考",))


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (["ツール名", "カテゴリー", "契約"], "列「単価」がありません。列を加えて"),
        (["ツール名", "カテゴリー", "契約", "単 価 格"], "列「単価」がありません。「単 価 格」のことなら"),
        (["ツール名", "カテゴリー", "契約", "単価", "単価"], "列「単価」が二つあります（4列目と5列目）"),
        (["a", "b"], "見出しの行が見つかりません"),
    ],
)
def test_a_heading_that_is_missing_or_doubled_is_refused(head: list[str], words: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as raised:
        products(listed(tmp_path / "p.csv", ["a", 1, "買取", 1, 1], head=head))
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "見出しの行が見つかりません"),
        ("ツール名,単価\n".encode("utf-16"), "を読めません"),
        (b"\x00\x01\xff" * 9, "を読めません"),
        (b"\x81" * 99 + b"\x20", "を読めません"),
        ("ツール名,カテゴリー,契約,単価\n".encode("euc-jp"), "を読めません"),
        (("ツール名,カテゴリー,契約,単価\n" + "x" * 200_000).encode(), "を読めません"),
        (",".join(HEAD).encode() + b"\n" + b"a,1,,,x,1,\n" * 100_000, "100,000行あります"),
        (b"a" * (5 << 20), "大きすぎます（上限4MB）"),
    ],
    ids=["empty", "utf-16", "binary", "half a letter", "euc-jp", "endless cell", "100,000 rows", "5 MB"],
)
def test_a_hostile_file_is_refused_in_one_sentence(
    data: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "p.csv").write_bytes(data)
    book = quote(tmp_path / "q.xlsx", WHOLE)
    for command in ("prices", "report"):
        assert main([command, str(tmp_path / "p.csv"), str(book)]) == 2
        shown = capsys.readouterr()
        assert shown.out == "" and len(shown.err.splitlines()) == 1
        assert words in shown.err or command == "report"


ROWS = st.lists(st.lists(st.text(max_size=9) | st.sampled_from(CLOUD), max_size=8), max_size=6)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=99) | ROWS.map(lambda rows: "\n".join(map(",".join, [HEAD, *rows])).encode("utf-8", "replace"))
)
def test_whatever_stands_in_a_file_is_rows_findings_or_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "p.csv"
    path.write_bytes(data)
    with suppress(Unreadable):
        side = products(path)
        assert all(row.readable or side.findings for row in side.rows)
        assert all("p.csv" in f.cell for f in side.findings)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "無い.csv", tmp_path / "a\0.csv", tmp_path / "無い.xlsx"):
        with pytest.raises(Unreadable):
            products(path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.csv")
        with pytest.raises(Unreadable):
            products(tmp_path / "pipe.csv")


def test_as_many_rows_as_a_table_may_have(tmp_path: Path) -> None:
    most, blank = PRODUCTS.most, [""] * len(HEAD)
    assert len(products(listed(tmp_path / "p.csv", *[CLOUD] * most, *[blank] * 9)).rows) == most
    with pytest.raises(Unreadable, match="9,999行あります。読めるのは9,998行まで"):
        products(listed(tmp_path / "q.csv", *[CLOUD] * (most + 1)))
    with pytest.raises(Unreadable, match="1,001行あります"):
        side_file(listed(tmp_path / "a.csv", *[["利用料"]] * 1_001, head=["品名"]), Actual, ACTUALS)


def test_a_day_is_read_in_any_spelling(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("品名,発注日,支払日\n利用料,令和8年11月10日,2026/11/31\n", "cp932")
    side = side_file(path, Actual, ACTUALS)
    assert str(side.rows[0].ordered_on) == "2026-11-10"
    assert "「支払日」（2行目）の「2026/11/31」は暦に無い日付です" in side.findings[0].message
