"""One answer everywhere: the sheet and the command line read every cell alike, or both name the cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rules.assess import amounts
from rules.frames import invoice, normal
from tests import gnumeric, one_answer, quotes, three_way
from tests.sheet import Sheet, differences, shared, typed
from workbooks.form.layout import INPUT, LINES

CATEGORY, FUNCTIONS, CONTRACT, QUANTITY, PRICE, MONTHS, DISCOUNT, TOOL, PROCESSES, TWICE = (
    LINES.cell(name, 1)
    for name in ("category", "functions", "contract", "quantity", "price", "months", "discount", "tool", "processes", "other_subsidy")
)  # fmt: skip
SOUND: dict[str, Any] = {
    INPUT["small_claim"].address: "はい",
    LINES.cell("item", 1): "会計・受発注クラウド",
    TOOL: "みほん クラウド",
    CATEGORY: "1 ソフトウェア",
    FUNCTIONS: "会計・受発注",
    CONTRACT: "月額",
    LINES.cell("unit", 1): "式",
    QUANTITY: 1.0,
    PRICE: 30_000.0,
    MONTHS: 24.0,
    LINES.cell("item", 2): "初期設定",
    LINES.cell("tool", 2): "みほん クラウド",
    LINES.cell("category", 2): "6 導入設定・マニュアル作成・導入研修",
    LINES.cell("contract", 2): "買取",
    LINES.cell("unit", 2): "式",
    LINES.cell("quantity", 2): 1.0,
    LINES.cell("price", 2): 100_000.0,
}
# 30,000 × 24 + 100,000 = 820,000; two functions: 500,000 at 4/5 (625,000 of the cost), the other 195,000 at 2/3
RIGHT = 630_000
ALIKE = [
    *(
        (CONTRACT, text)
        for text in ("月額\u00a0", "月額\u200b", "月額\n", "⽉額", "\ufeff月 額", "月\t額", "\u3000月額")
    ),
    *((FUNCTIONS, f"会計{mark}受発注") for mark in "；;＋+｜|・･／/&＆．.、､，,｡\u00a0\n\t\u3000"),
    (FUNCTIONS, "\u200b会計・・受発注、"),
    *(
        (TOOL, text)
        for text in ("みほん　クラウド", "みほん\u00a0 クラウド", "みほん クラウド\n", "みほん クラウト\u3099")
    ),
    *((PRICE, text) for text in ("30,000", "30000", "３０，０００", " 30,000\u00a0", "30000.0", "３００００")),
    *((MONTHS, text) for text in ("24", "２４", "24\n")),
    *((CATEGORY, text) for text in ("１　ソフトウェア", "1", "ソフトウェア", "１ソフトウェア", 1.0)),
    *((place, "－") for place in (DISCOUNT, PROCESSES, TWICE)),
    (TWICE, "なし"),
    (INPUT["small_claim"].address, "はい\u200b"),
]
REFUSED = [
    *((PRICE, text) for text in ("4980①", "4980²", "②", "￥15,000", "¥8,000-", "128,000円", "1,00", "007", "1e4", "△5,000", "９" * 40)),
    *((DISCOUNT, text) for text in ("△5,000", "(5,000)", "▲3000", "10%", -5000.0, 0.1)),
    *((FUNCTIONS, text) for text in ("会計、受発注配送", "会計 と 受発注", "受注", "会計受発注", "在庫管理")),
    *((PROCESSES, text) for text in ("共P-09", "共P-01～共P-03", "P-01P-02", "会計")),
    *((CATEGORY, text) for text in ("10 その他", "家具", "①", "1.5")),
    *((TWICE, text) for text in ("○", "たぶん")),
    (QUANTITY, "一"),
    (MONTHS, "24か月"),
    (INPUT["small_claim"].address, "○"),
    (INPUT["industry"].address, "製造業？"),
    (INPUT["employees"].address, "５人"),
    (INPUT["application_date"].address, "2026年10月吉日"),
    (INPUT["application_date"].address, "46300"),
    (INPUT["kind"].address, "法⼈ など"),
    (INPUT["corporate_number"].address, "118030101877"),
]  # fmt: skip


@pytest.fixture
def sheet() -> Sheet:
    return shared()


def both(sheet: Sheet, cells: dict[str, Any]) -> list[Any]:
    """Where the sheet in formulon and the reader differ."""
    return list(one_answer.differing(quotes.read(cells), one_answer.in_formulon(sheet, cells)))


@pytest.mark.parametrize(("cell", "text"), [*ALIKE, (LINES.cell("unit", 1), "式")])
def test_what_looks_the_same_is_the_same_amount(sheet: Sheet, cell: str, text: Any) -> None:
    cells = SOUND | {cell: text}
    read = quotes.read(cells)
    assert (read.findings, amounts(read, invoice.FRAME).subsidy) == ((), RIGHT)
    assert both(sheet, cells) == []


@pytest.mark.parametrize(("cell", "text"), REFUSED)
def test_what_cannot_be_read_is_named_by_both(sheet: Sheet, cell: str, text: Any) -> None:
    cells = SOUND | {cell: text}
    assert {f.cell for f in quotes.read(cells).findings} == {cell}
    assert both(sheet, cells) == []
    links = [sheet.shown(f"チェック!E{row}") for row in range(1, 120)]
    assert cell in links


@pytest.mark.parametrize("less", [0, 11, 110_000, 902_000, 902_011, 10, 100_000, "110,000", "－", "11万"])
@pytest.mark.parametrize("on", ["2026-10-05", "2020-01-01"])
def test_a_discount_typed_with_tax_is_read_alike(sheet: Sheet, less: Any, on: str) -> None:
    taxed = {INPUT["tax_mode"].address: "税込", PRICE: 33_000.0, LINES.cell("price", 2): 110_000.0}
    cells = SOUND | taxed | {INPUT["total_discount"].address: less, INPUT["application_date"].address: on}
    assert both(sheet, cells) == []
    if less == "110,000" and on.startswith("2026"):  # 720,000 + 100,000 − 100,000 = 720,000; (720,000 − 625,000) × 2/3
        assert amounts(quotes.read(cells), invoice.FRAME).subsidy == 500_000 + 63_333


def test_every_unknown_word_is_named() -> None:
    (said,) = quotes.read(SOUND | {FUNCTIONS: "会計、受注、在庫"}).findings
    assert "「受注」「在庫」" in said.message and said.cell == FUNCTIONS
    (said,) = quotes.read(SOUND | {FUNCTIONS: "会計；サーバー＋Ｐ－０１"}).findings
    assert "「サーバー」「Ｐ－０１」" in said.message  # as it was typed, so that it can be searched for


@pytest.mark.parametrize(
    "text", ["令和8年10月5日", "Ｒ８．１０．５（月）", "㋿8年10月5日", "20261005", "2026-10-05", "２０２６／１０／５"]
)
def test_a_date_typed_as_a_text_decides_the_edition_on_both(sheet: Sheet, text: str) -> None:
    cells = SOUND | {INPUT["application_date"].address: text}
    assert f"{quotes.read(cells).get('application_date')}" == "2026-10-05"
    assert both(sheet, cells) == []


def test_texts_inin_formulon(sheet: Sheet) -> None:
    for cells in one_answer.jobs(3, 8, 2026):
        assert both(sheet, cells) == []


@pytest.mark.office
def test_texts_in_calc() -> None:
    counts = one_answer.compared(one_answer.jobs(3, 5, 2027), formulon=False)
    assert sum(counts.values()) > 1000


@pytest.mark.parametrize("which", [0, 40, 80, 100, "sound", "texts"])
def test_gnumeric_gives_every_result(which: Any, tmp_path: Path) -> None:
    """It has no cached values to fall back upon: openpyxl drops them where it writes the cells."""
    page = {"sound": SOUND, "texts": SOUND | dict(ALIKE[::5])}.get(which)
    cells = page if page else dict(typed(three_way.pages(2, 2026)[which]))
    book = openpyxl.load_workbook(three_way.workbook(tmp_path))
    for address, value in cells.items():
        name, _, place = address.partition("!")
        book[name][place] = value
    book.save(tmp_path / "filled.xlsx")
    assert differences(quotes.read(cells), gnumeric.results(tmp_path / "filled.xlsx", tmp_path)) == {}


def test_a_quote_of_the_normal_frame_counts_each_process_however_parted(sheet: Sheet) -> None:
    cells = SOUND | {PROCESSES: "共Ｐ－０１／共p‐02\n共P-03・製P-06", INPUT["frame"].address: "通常枠"}
    read = quotes.read(cells)
    assert normal.processes(read.lines[0]) == {"P-01", "P-02", "P-03", "P-06"}
    assert both(sheet, cells) == []
