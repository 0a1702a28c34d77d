"""提案書: one page whose figures, frame, dates and promises are those of the frame applied for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rules import obligations, schedule
from rules.dates import slashed
from rules.frames import FRAMES, frame
from tests.sheet import SMALL, Sheet, shared
from workbooks.building import fill
from workbooks.building.sheets import (
    lists,
    proposal,
    proposal_annex,
    proposal_deadline,
    proposal_derivation,
    proposal_duties,
    proposal_estimate,
)
from workbooks.form import layout

EXAMPLES = Path(fill.__file__).parents[1] / "examples"
PAGES = {"normal": "normal", "invoice": "wholesale", "etrade": "etrade", "security": "security", "group": "group"}
OWN = {  # what only this frame promises
    "normal": "あと3年間、労働生産性の数値",
    "invoice": "インボイス制度への対応とツール",
    "etrade": "アカウントを無償で発行",
    "security": "セキュリティ対策の状況",
    "group": "代表事業者に構成員の労働生産性",
}


@pytest.fixture
def desk() -> Sheet:
    return shared()


def example(name: str) -> dict[str, Any]:
    data = fill.load(EXAMPLES / f"{PAGES[name]}.toml")
    inputs = {k: "、".join(v) if isinstance(v, list) else v for k, v in data["inputs"].items()}
    lines = [{k: fill.spelt(layout.LINES.of(k), v) for k, v in line.items()} for line in data["lines"]]
    return {**data, "inputs": inputs, "lines": lines}


def page(desk: Sheet) -> list[Any]:
    """Every text and number of the page."""
    return [desk.shown(f"提案書!{letter}{row}") for row in range(1, 75) for letter in "ABCDEFGHIJ"]


def words(desk: Sheet) -> str:
    return "\n".join(v for v in page(desk) if isinstance(v, str))


@pytest.mark.parametrize("name", PAGES)
def test_figures_and_promises_are_of_the_frame(desk: Sheet, name: str) -> None:
    data = example(name)
    desk.enter(data)
    text = words(desk)
    assert frame(name).label in text
    for other, promise in OWN.items():
        assert (promise in text) is (other == name or (name == "etrade" and other == "invoice")), other
    for result in ("out_gross", "out_subsidy", "out_own_burden", "out_out_of_pocket"):
        assert desk.shown(layout.RESULT[result].address) in page(desk)
    assert desk.shown(f"提案書!C{proposal.GRANT + 2}") == desk.shown(layout.RESULT[f"out_{name}_subsidy"].address) > 0
    coming = schedule.next_round(name, data["inputs"]["application_date"])
    assert (f"{slashed(coming.closing)}（17時）" if coming else proposal_deadline.NONE) in text
    report = slashed(coming.report) if coming and coming.report else "未公表"
    assert f"実績報告の期限: {report}" in text
    assert (coming.doubt if coming else "") in text
    assert "後払い" in text and "採択と交付を約束するものではありません" in text and "計算の版" in text


@pytest.mark.parametrize("name", PAGES)
def test_lines_add_up_to_the_total(desk: Sheet, name: str) -> None:
    desk.enter(example(name))
    for letter, result in (("H", "out_total"), ("I", "out_eligible")):
        amounts = [
            desk.shown(f"提案書!{letter}{row}") for row in range(proposal_estimate.FIRST, proposal_estimate.REST + 1)
        ]
        total = sum(a for a in amounts if isinstance(a, float))
        assert (
            total == desk.shown(f"提案書!{letter}{proposal_estimate.SUMS}") == desk.shown(layout.RESULT[result].address)
        )


def test_the_group_s_lines_are_its_members_sums(desk: Sheet) -> None:
    desk.enter(example("group"))
    items = [desk.shown(f"提案書!A{proposal_estimate.FIRST + n}") for n in range(5)]
    assert items == [label for label, _ in proposal_estimate.SUMS_OF_GROUP]


def test_deadlines_per_frame(desk: Sheet) -> None:
    for on in (date(2026, 5, 12), date(2026, 6, 16), date(2026, 8, 26), date(2026, 10, 31)):
        for f in FRAMES:
            desk.enter({"inputs": {"application_date": on, "frame": f.label}})
            closing = schedule.next_deadline(f.name, on)
            shown = desk.shown(f"提案書!C{proposal.DATES}")
            assert shown.startswith(f"{slashed(closing)}（" if closing else "収録した締切は残っていません"), (
                f.name,
                on,
            )


@pytest.mark.parametrize(
    ("past", "target"), [(False, "1年後3%以上、3年間の年平均で3%以上"), (True, "1年後4%以上、3年間の年平均で4%以上")]
)
def test_the_target_of_productivity(desk: Sheet, past: bool, target: str) -> None:
    desk.enter({"inputs": {"frame": "通常枠", "past_grant": past}})
    assert target in words(desk)


def test_a_raise_is_promised_only_where_it_is_asked_for(desk: Sheet) -> None:
    data = example("normal")
    desk.enter(data)
    assert "1人当たり給与支給総額を3年間の年平均で3.0%以上" in words(desk) and "事業場内最低賃金" in words(desk)
    inputs = {k: v for k, v in data["inputs"].items() if k != "quoted_gross"}  # it is that of all lines
    desk.enter({**data, "inputs": inputs, "lines": data["lines"][1:2]})
    assert "賃上げ計画は、この枠・この補助額では要件ではありません" in words(desk)
    inputs = {**example("invoice")["inputs"], "past_grant": True}
    desk.enter({**example("invoice"), "inputs": inputs})
    assert "小規模事業者として、賃上げ計画は要件の適用外" in words(desk)


def test_a_frame_that_falls_says_why(desk: Sheet) -> None:
    data = example("etrade")
    desk.enter({**data, "inputs": {**data["inputs"], "accounts_unlimited": True}})
    assert desk.shown(layout.RESULT["out_subsidy"].address) == 0
    assert "上限の無い契約は対象外" in desk.shown(f"提案書!A{proposal_estimate.TOLD}")


@pytest.mark.parametrize(
    ("inputs", "line"),
    [
        ({}, ""),
        (
            {"planned_order": date(2026, 10, 30)},
            "発注か支払の予定日が、交付決定（予定）より前",
        ),  # round 6 closes on that day
        ({"planned_order": date(2026, 10, 31), "valid_until": date(2026, 10, 30)}, "見積の有効期限が、発注できる日"),
        ({"application_date": date(2026, 9, 29), "planned_report": date(2027, 5, 1)}, "実績報告の期限より後"),
        ({"application_date": date(2026, 9, 29), "planned_report": date(2027, 4, 30)}, ""),
    ],
)
def test_a_planned_date_that_does_not_fit_is_said(desk: Sheet, inputs: dict[str, Any], line: str) -> None:
    data = example("invoice")
    desk.enter({**data, "inputs": {**data["inputs"], **inputs}})
    shown = desk.shown(f"提案書!A{proposal_estimate.TOLD}")
    assert (line in shown) if line else shown == ""


def test_the_rounds_of_an_edition_without_any(desk: Sheet) -> None:
    data = example("invoice")
    desk.enter({**data, "inputs": {**data["inputs"], "application_date": date(2025, 6, 1)}})
    assert "収録した締切は残っていません" in words(desk)


def test_the_raise_names_the_year_of_its_figure(desk: Sheet) -> None:
    """岡山県: 1,104 from 2026-10-02, with 30 yen 1,134; until then 1,047 and 1,077."""
    data = example("normal")
    for on, said in ((date(2026, 10, 2), "1,134円以上（令和8年度の"), (date(2026, 10, 1), "1,077円以上（令和7年度の")):
        desk.enter({**data, "inputs": {**data["inputs"], "application_date": on}})
        assert said in words(desk)


def test_a_discount_on_the_total_shows_in_each_line(desk: Sheet) -> None:
    data = example("invoice")
    inputs = {k: v for k, v in data["inputs"].items() if k != "quoted_gross"}
    desk.enter({**data, "inputs": inputs})
    before = desk.shown(layout.RESULT["out_total"].address)
    desk.enter({**data, "inputs": {**inputs, "total_discount": 10_000}})
    amounts = [desk.shown(f"提案書!H{row}") for row in range(proposal_estimate.FIRST, proposal_estimate.REST + 1)]
    less = [desk.shown(f"提案書!G{row}") for row in range(proposal_estimate.FIRST, proposal_estimate.REST)]
    assert sum(x for x in less if isinstance(x, float)) == 10_000 + sum(
        line.get("discount", 0) for line in data["lines"]
    )
    assert (
        sum(a for a in amounts if isinstance(a, float))
        == before - 10_000
        == desk.shown(f"提案書!H{proposal_estimate.SUMS}")
    )


def test_an_empty_page_shows_dashes_and_no_amount(desk: Sheet) -> None:
    desk.enter({})
    assert "―" in page(desk)
    assert not [v for v in page(desk) if isinstance(v, float) and v]
    assert "申請日を入れると出ます" in words(desk)


AFTER_THE_LAST = date(2026, 11, 30)


@pytest.mark.parametrize("name", ["invoice", "group"])
def test_after_the_last_closing_date_the_page_says_so_first(desk: Sheet, name: str) -> None:
    data = example(name)
    desk.enter({**data, "inputs": {**data["inputs"], "application_date": AFTER_THE_LAST}})
    last = max(r.closing for r in schedule.rounds(name, AFTER_THE_LAST))
    told = desk.shown(f"提案書!A{proposal_estimate.TOLD}")
    assert told.startswith("申請日（2026/11/30）の後に、収録した締切が残っていません")
    assert f"最後の締切は{slashed(last)}です" in told
    assert [desk.shown(f"提案書!C{row}") for row in (9, 10)] == ["収録した回なし"] * 2  # the large type
    assert desk.shown(f"提案書!C{proposal.GRANT + 2}") == desk.shown(layout.RESULT["out_subsidy"].address)  # below


def test_before_it_the_line_is_empty(desk: Sheet) -> None:
    desk.enter(example("invoice"))
    assert desk.shown(f"提案書!A{proposal_estimate.TOLD}") == ""


def test_a_year_s_price_is_told_from_a_month_s(desk: Sheet) -> None:
    line = {"item": "年間利用料", "category": "1 ソフトウェア", "functions": "会計", "contract": "年額", "unit": "契約",
            "quantity": 1, "price": 36_000, "months": 24}  # fmt: skip
    desk.enter(
        {
            "inputs": {
                "application_date": date(2026, 8, 1),
                "industry": "卸売業",
                "employees": 9,
                "small_claim": False,
            },
            "lines": [line],
        }
    )
    row = [desk.shown(f"提案書!{letter}{proposal_estimate.FIRST}") for letter in "ACDEFHIJ"]
    assert row == ["年間利用料", "年額", "1 契約", 36_000, 24, 72_000, 72_000, "対象"]


CUT = (  # a line of each kind, what counts of it, and how the page says why
    ({"category": "1 ソフトウェア", "functions": "会計", "contract": "月額", "price": 15_000, "months": 30}, 360_000, "減額 ▲90,000円: 対象は24か月まで。"),
    ({"category": "1 ソフトウェア", "functions": "会計", "contract": "リース", "price": 12_000, "months": 24}, 0, "対象外: 契約の形が対象外です"),
    ({"category": "1 ソフトウェア", "functions": "会計", "contract": "買取", "price": 100_000}, 100_000, "対象"),
    ({"category": "8 PC・タブレット等", "contract": "買取", "price": 432_000}, 432_000, "対象"),
)  # fmt: skip


def test_every_line_says_whether_it_counts_and_every_cut_its_yen(desk: Sheet) -> None:
    category = next(c for c in lists.category_choices() if c.startswith("8"))
    lines = [{"item": f"行{n}", "quantity": 1, "unit": "台", **line} for n, (line, _, _) in enumerate(CUT)]
    lines[-1]["category"] = category
    inputs = {"application_date": date(2026, 8, 1), "industry": "卸売業", "employees": 9, "small_claim": False}
    desk.enter({"inputs": inputs, "lines": lines})
    for n, (_, eligible, why) in enumerate(CUT):
        row = proposal_estimate.FIRST + n
        assert (desk.shown(f"提案書!I{row}"), desk.shown(f"提案書!J{row}")) == (eligible, why)
    first, second, third = (desk.shown(f"提案書!A{proposal.STEPS + n}") for n in range(proposal_derivation.LINES))
    total = 450_000 + 288_000 + 100_000 + 432_000
    assert (
        first
        == f"① 見積の合計 {total:,}円 − 対象外の行 288,000円 − 月数の上限を超える分 90,000円 ＝ 補助対象経費 892,000円（税抜）"
    )
    # 460,000 × 3/4 = 345,000; PC 432,000 × 1/2 = 216,000, at most 100,000
    assert "ソフトウェア等 460,000円" in second and "→ 345,000円" in second
    assert "PC等 432,000円×1/2 ＝ 216,000円 − 上限を超える分 116,000円" in second
    assert third == "③ 補助額 ＝ 345,000円 ＋ 100,000円 ＋ 0円 ＝ 445,000円"
    assert desk.shown(layout.RESULT["out_subsidy"].address) == 445_000


def test_a_line_of_travel_costs_is_not_called_sound(desk: Sheet) -> None:
    data = example("invoice")
    service = data["lines"][2]
    lines = [
        *data["lines"],
        {**service, "item": "出張交通費"},
        {**service, "item": "交通費精算の設定", "note": "旅費は別"},
    ]
    inputs = {k: v for k, v in data["inputs"].items() if k != "quoted_gross"}
    desk.enter({**data, "inputs": inputs, "lines": lines})
    said = [desk.shown(f"提案書!J{proposal_estimate.FIRST + n}") for n in range(len(lines))]
    assert (said[2], *said[-2:]) == ("対象", proposal_estimate.TRAVEL, "対象")
    assert desk.shown(f"別紙!J{layout.ANNEX_FIRST + len(lines) - 2}") == proposal_estimate.TRAVEL


@pytest.mark.parametrize("name", PAGES)
def test_the_derivation_ends_in_the_subsidy(desk: Sheet, name: str) -> None:
    desk.enter(example(name))
    subsidy = desk.shown(layout.RESULT["out_subsidy"].address)
    texts = [desk.shown(f"提案書!A{proposal.STEPS + n}") for n in range(proposal_derivation.LINES)]
    assert [t[0] for t in texts] == ["①", "②", "③"]
    assert texts[-1].endswith(f"＝ {subsidy:,.0f}円")
    assert f"{desk.shown(layout.RESULT['out_total'].address):,.0f}円" in texts[0]


def test_more_lines_than_the_page_holds_stand_on_the_annex(desk: Sheet) -> None:
    line = {"category": "1 ソフトウェア", "functions": "会計", "contract": "買取", "unit": "式", "quantity": 1}
    count = SMALL.lines
    lines = [{**line, "item": f"行{n}", "price": 1_000 * n} for n in range(1, count + 1)]
    inputs = {"application_date": date(2026, 8, 1), "industry": "卸売業", "employees": 9, "small_claim": False}
    desk.enter({"inputs": inputs, "lines": lines})
    assert desk.shown(f"提案書!A{proposal_estimate.REST}").startswith(
        f"その他 {count - layout.PROPOSAL_LINES}行（全部の行と対象・対象外の理由は「別紙」）"
    )
    found = [
        (desk.shown(f"別紙!A{layout.ANNEX_FIRST + n}"), desk.shown(f"別紙!H{layout.ANNEX_FIRST + n}"))
        for n in range(count + 1)
    ]
    assert found == [*((f"行{n}", 1_000 * n) for n in range(1, count + 1)), ("", "")]
    assert [desk.shown(f"別紙!{letter}{proposal_annex.SUMS}") for letter in "GHI"] == [
        136_000,
        136_000,
        0,
    ]  # 1,000 × (1 + 2 + … + 16)


def test_of_a_group_the_annex_shows_what_each_shop_pays_and_gets(desk: Sheet) -> None:
    data = example("group")
    desk.enter(data)
    for n, member in enumerate(data["members"]):
        cost = member["cost"] + member.get("pc_cost", 0) + member.get("register_cost", 0)
        row = [desk.shown(f"別紙!{letter}{layout.ANNEX_FIRST + n}") for letter in "AGHIJ"]
        assert row[:3] == [member["name"], cost, cost + cost // 10]
        assert row[4] == row[2] - row[3]
    base = desk.shown(layout.RESULT["out_group_base_part"].address)
    assert desk.shown(f"別紙!I{proposal_annex.SUMS}") == base


def test_every_promise_has_its_source_or_says_its_doubt() -> None:
    """The sentences of the page: of proposal.toml each cites a place; of the rules each names its text or its doubt."""
    for part in proposal.texts().values():
        for sentence in part:
            assert sentence["at"].endswith("（2026年は未確認）"), sentence["text"]
    said, read = proposal_duties.Sentences(), proposal_duties.Sentences()
    proposal_duties.productivity(said)
    proposal_duties.pay(said)
    of_2025 = obligations.editions(obligations.Edition)[0]  # whose text was read
    for f in FRAMES:
        proposal_duties.case(read, of_2025, f)
        read.texts += [proposal_duties.goal(f.name, past, of_2025) for past in (False, True)]
    doubtful = [text for text in said.texts if text not in read.texts]
    assert len(doubtful) > len(FRAMES)
    for text in doubtful:
        traced = "2025年の公募要領" in text or "未確認" in text or "事務局に確かめ" in text
        assert traced or text.startswith("・賃上げ計画: "), text  # the last is followed by its doubts


def test_the_page_and_the_drafts_say_the_same_doubts(desk: Sheet) -> None:
    data = example("normal")
    desk.enter(data)
    plan = obligations.wage_plan(1_500_000, False, False, data["inputs"]["application_date"])
    assert plan.doubt in words(desk)
    goal = obligations.target("normal", False, data["inputs"]["application_date"])
    assert goal and goal.doubt in words(desk)
    desk.enter(example("invoice"))  # a 小規模事業者 that was never granted: nothing is asked
    assert "2026年の原文は未確認です" in words(desk)
    desk.enter({**data, "inputs": {**data["inputs"], "wage_exempt": "介護サービス事業者"}})
    assert "介護サービス事業者として、賃上げ計画は要件の適用外" in words(desk)


def test_one_style_of_sentence() -> None:
    for part in proposal.texts().values():
        for sentence in part:
            last = sentence["text"].rstrip("。）").rpartition("。")[2]
            assert last.endswith(("ます", "です", "ません", "ください", "入金", "ます）")) or "（" in last, sentence[
                "text"
            ]
