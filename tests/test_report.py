"""What was bought and paid against the quote: order, period, amounts, payer; what to hand in and until when.

The sample applies on 2026-09-15, in the fifth round: 交付決定 planned for 2026-11-09, 実績報告 by 2027-04-30.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addin.cli.commands.report import _limit
from addin.cli.main import main
from rules.assess import Assessment, amounts
from rules.checks import report
from rules.checks.report import STEPS, Actual
from rules.engine.edition import cite
from rules.findings import ERROR, NOTICE, WARNING, Finding
from rules.frames import FRAMES, group, invoice
from rules.quote import Line
from tests import samples
from tests.books import filled_in
from workbooks.form.layout import INPUT
from workbooks.form.side_files import ACTUALS

DAY = timedelta(days=1)
DECIDED, LIMIT = date(2026, 11, 9), date(2027, 4, 30)
LINE = samples.LINES[0]  # 480,000 a year
DONE = Actual(
    2,
    item=LINE.item,
    price=LINE.price,
    quantity=1,
    ordered_on=date(2026, 11, 16),
    delivered_on=date(2026, 12, 1),
    invoiced_on=date(2026, 12, 2),
    invoiced=1_056_000,
    paid_on=date(2026, 12, 25),
    paid=1_056_000,
    method="銀行振込",
    payer="ｶ)ｱｵﾊﾞｼﾖｸｻﾞｲ",
    cells={name: f"a.csv 2行目 {name}" for name in vars(Actual(1))},
)


def assessed(*lines: Line, **inputs: Any) -> Assessment:
    quote = samples.of(invoice.FRAME, **{"decision_date": DECIDED, "lines": lines or (LINE,), **inputs})
    return amounts(quote, invoice.FRAME)


def found(a: Assessment | None = None, **change: Any) -> list[Finding]:
    return list(report.findings(a or assessed(), [replace(DONE, **change)]))


def codes(a: Assessment | None = None, **change: Any) -> list[tuple[str, str, str]]:
    """Code, level and column of each finding."""
    return [(f.code, f.level, f.cell.rpartition(" ")[2]) for f in found(a, **change)]


def test_what_was_done_rightly_is_silent() -> None:
    assert found() == []


@pytest.mark.parametrize(("price", "silent"), [(479_999, False), (480_000, True), (480_001, False), (None, True)])
def test_the_unit_price_must_be_the_quoted_one(price: int | None, silent: bool) -> None:
    findings = found(price=price)
    assert (findings == []) is silent
    for f in findings:
        assert (f.code, f.level) == ("ACTUAL", WARNING)
        assert f"単価{price:,}円が、見積の480,000円（lines.price.1）と違います" in f.message
        assert "請求・支払内訳シート" in f.message and cite(f.source).endswith("P.4「値引き前の単価と値引き後の単価」")


def test_another_quantity_is_told() -> None:
    assert codes(quantity=2) == [("ACTUAL", WARNING, "quantity")]


@pytest.mark.parametrize(
    ("day", "codes_"), [(DECIDED - DAY, [("ORDER", ERROR, "ordered_on")]), (DECIDED, []), (DECIDED + DAY, [])]
)
def test_nothing_is_ordered_before_the_decision(day: date, codes_: list[tuple[str, str, str]]) -> None:
    assert codes(ordered_on=day) == codes_


def test_a_decision_that_is_only_planned_proves_nothing() -> None:
    a = assessed(decision_date=None)
    early, blank = found(a, ordered_on=DECIDED - DAY)[::-1]
    assert [(f.code, f.level) for f in (blank, early)] == [("ORDER", WARNING)] * 2
    assert "2026-11-09を最初の日として" in blank.message and "予定日（2026-11-09）より前" in early.message


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True)])
def test_every_step_lies_within_the_period(name: str, days: int, late: bool) -> None:
    dates: dict[str, Any] = dict.fromkeys(STEPS, LIMIT - 9 * DAY) | {"paid_on": LIMIT - DAY, name: LIMIT + days * DAY}
    rounds = [f for f in found(**dates) if f.code == "ROUND"]
    assert [(f.level, f.cell.rpartition(" ")[2]) for f in rounds] == ([(WARNING, name)] if late else [])
    assert all("5次締切分の実績報告の期限（2027-04-30）" in f.message for f in rounds)


@pytest.mark.parametrize("name", ["delivered_on", "invoiced_on"])
@pytest.mark.parametrize(("days", "wrong"), [(-1, True), (0, False), (1, False)])
def test_the_order_comes_first(name: str, days: int, wrong: bool) -> None:
    ordered = date(2026, 11, 16)
    change: dict[str, Any] = {name: ordered + days * DAY}
    assert codes(**change) == ([("STEPS", ERROR, name)] if wrong else [])


@pytest.mark.parametrize(("days", "level"), [(-1, ERROR), (0, NOTICE), (1, "")])
def test_the_invoice_comes_before_the_payment(days: int, level: str) -> None:
    paid = date(2026, 12, 2) + days * DAY
    assert codes(paid_on=paid) == ([("STEPS", level, "paid_on")] if level else [])


def test_what_is_not_done_yet_is_named() -> None:
    (f,) = found(delivered_on=None, paid_on=None)
    assert (f.code, f.level) == ("STEPS", WARNING)
    assert "納品日・支払日が空欄" in f.message


@pytest.mark.parametrize(
    ("paid", "level"), [(1_055_999, ERROR), (1_055_120, ERROR), (1_056_000, ""), (1_056_001, WARNING), (0, ERROR)]
)
def test_what_is_paid_is_what_was_invoiced(paid: int, level: str) -> None:
    assert codes(paid=paid) == ([("PAID", level, "paid")] if level else [])


@pytest.mark.parametrize(
    "method", ["銀行振込", "ネットバンキング振込", "口座振替", "クレジットカード（１回払い）", "法人カード", ""]
)
def test_ways_to_pay(method: str) -> None:
    assert found(method=method) == []


@pytest.mark.parametrize(
    "method",
    ["現金", "現金振込", "カード 分割", "クレジットカード２回払い", "リボ払い", "デビットカード", "約束手形", "PayPay"],
)
def test_ways_that_are_not_taken(method: str) -> None:
    assert codes(method=method) == [("PAID", ERROR, "method")]


@pytest.mark.parametrize(
    "payer",
    [
        "株式会社あおば食材",
        "（株）あおば食材",
        "あおば食材株式会社",
        "カ）アオバシヨクザイ",
        "ｱｵﾊﾞｼｮｸｻﾞｲ(ｶ",
        "カブシキガイシャ　アオバショクザイ",
        "",
    ],
)
def test_the_applicants_own_account(payer: str) -> None:
    assert found(payer=payer) == []


@pytest.mark.parametrize("payer", ["青葉 里子", "アオバ サトコ", "カ）ミナトシヨクザイ", "株式会社はるかシステムズ"])
def test_another_ones_account_also_that_of_the_representative(payer: str) -> None:
    assert codes(payer=payer) == [("PAID", ERROR, "payer")]


def test_a_sole_proprietor_pays_from_his_own_account() -> None:
    a = assessed(kind="個人", name="あおば商店", name_kana="アオバショウテン")
    assert found(a, payer="アオバ　サトコ") == []
    assert codes(assessed(name_kana=None), payer="アオバシヨクザイ") == [("PAID", WARNING, "payer")]  # cannot be told


def test_rows_and_lines_find_each_other_by_their_names() -> None:
    a = assessed(LINE, replace(LINE, item="保守サポート"))
    strange = replace(DONE, item="保守サポ－ト(年)", number=3)
    names = [(f.level, f.message) for f in report.findings(a, [DONE, strange])]
    assert [level for level, _ in names] == [WARNING, WARNING]
    assert "「保守サポート」のことですか" in names[0][1]
    assert "見積の2行目「保守サポート」の実績がありません" in names[1][1]


def test_a_row_that_cannot_be_read_is_no_missing_one() -> None:
    assert found(readable=False, paid=1) == []


@pytest.mark.parametrize("frame", FRAMES, ids=lambda f: f.name)
def test_every_frame_has_its_sources(frame: Any) -> None:
    a = amounts(samples.of(frame, decision_date=DECIDED), frame)
    wrong = replace(DONE, ordered_on=DECIDED - DAY, delivered_on=DECIDED - 2 * DAY, paid_on=DECIDED - 3 * DAY, paid=1, method="現金", payer="x", item="架空")  # fmt: skip
    sources = {f.source for f in report.findings(a, [wrong]) if f.code in ("STEPS", "PAID")}
    assert sources and all(cite(s) for s in sources)
    own = {s for s in sources if s.startswith("koubo-")}
    assert {s.partition("#")[0] for s in own} == {f"koubo-2025-{frame.name}"}
    assert (sources == own) is (frame is group.FRAME)  # the 重点確認事項 are not those of a group


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.tuples(*(st.none() | st.dates(DECIDED - 40 * DAY, LIMIT + 40 * DAY) for _ in STEPS)))
def test_an_error_of_dates_is_exactly_a_wrong_order(dates: tuple[date | None, ...]) -> None:
    ordered, delivered, invoiced, paid = dates
    change: dict[str, Any] = dict(zip(STEPS, dates, strict=True))
    wrong = [f for f in found(**change) if f.level == ERROR]
    early = sum(1 for day in dates if day and day < DECIDED)
    before = sum(1 for day in (delivered, invoiced, paid) if day and ordered and day < ordered)
    assert len(wrong) == early + before + bool(paid and invoiced and paid < invoiced)


def test_the_limit_of_a_round_that_is_not_known() -> None:
    assert "2027-04-30（5次締切分。" in _limit(assessed())
    unknown = _limit(assessed(application_date=date(2026, 10, 15)))
    assert "分かりません" in unknown and "6次の締切は一つの二次資料" in unknown
    assert "分かりません" in _limit(assessed(application_date=date(2026, 11, 15)))


# ------------------------------------------------------------------------------------------------- the command


def written(path: Path, *rows: dict[str, Any], encoding: str = "utf-8-sig") -> Path:
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, [c.title for c in ACTUALS.columns])
    table.writeheader()
    table.writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def test_from_a_new_list_to_a_clean_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quote = filled_in(tmp_path / "見積.xlsx", samples.quote(decision_date=DECIDED))
    path = tmp_path / "実績.csv"
    assert main(["report", "--new", str(path), str(quote)]) == 0
    capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert [row["品名"] for row in rows] == [line.item for line in samples.LINES]
    done = {
        "発注日": "2026/11/16",
        "納品日": "令和8年12月1日",
        "請求日": "2026-12-02",
        "請求額": "100,000",
        "支払日": "2026/12/25",
        "支払額": "100000",
        "支払方法": "銀行振込",
        "口座名義": "カ）アオバショクザイ",
    }
    filled = written(tmp_path / "済.csv", *({**row, **done} for row in rows), encoding="cp932")
    assert main(["report", str(filled), str(quote), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["findings"], answer["limit"], answer["round"]) == ([], "2027-04-30", "5次締切分")
    names = " ".join(d["name"] for d in answer["documents"])
    for paper in ("請求書", "支払の証憑", "画面の写し", "納品書", "役務の実施内容説明資料", "口座情報"):
        assert paper in names
    assert "契約書、注文書" in answer["kept"][0]["name"]
    assert all("公募要領" in d["source"] or "重点確認事項" in d["source"] for d in answer["documents"])


def test_wrong_rows_end_with_1_and_name_their_cells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quote = filled_in(tmp_path / "q.xlsx", samples.quote(decision_date=DECIDED))
    paid = {"品名": LINE.item, "発注日": "2026/11/8", "支払額": "9" * 5_000, "口座名義": "番号 1234-5678-9018"}
    assert main(["report", str(written(tmp_path / "a.csv", paid)), str(quote)]) == 1
    text = capsys.readouterr().out
    assert "[誤り] INPUT a.csv 2行目 「支払額」（2行目）の桁が多すぎます" in text
    assert "9999" not in text and "1234-5678-9018" not in text
    unpaid = {**paid, "支払額": ""}
    assert main(["report", str(written(tmp_path / "b.csv", unpaid)), str(quote)]) == 1
    text = capsys.readouterr().out
    assert "[誤り] ORDER b.csv 2行目" in text and "（個人番号）" in text and "1234-5678-9018" not in text
    assert "未確認" in text and "実績報告の期限: 2027-04-30" in text


def test_a_formula_in_a_quote_is_none_in_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = replace(LINE, item="@SUM(A1)")
    quote = filled_in(tmp_path / "q.xlsx", samples.quote(decision_date=DECIDED))
    quote = filled_in(quote, replace(samples.quote(decision_date=DECIDED), lines=(line,)))
    assert main(["report", "--new", str(tmp_path / "a.csv"), str(quote)]) == 0
    assert "\n＠SUM(A1)," in (tmp_path / "a.csv").read_text("utf-8-sig")
    assert main(["report", str(tmp_path / "a.csv"), str(quote)]) == 0
    assert "見積にありません" not in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["a.csv"], ["--new", "a.csv"], ["--new", "a.txt", "q.xlsx"]])
def test_a_wrong_call_says_what_is_missing(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", *words]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_decision_date_has_a_cell_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quote = filled_in(tmp_path / "q.xlsx", samples.quote())
    assert main(["report", str(written(tmp_path / "a.csv")), str(quote), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["findings"][0]["cell"] == INPUT["decision_date"].address
