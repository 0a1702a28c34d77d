"""What a consultant says: the sentences to three invented customers, the duties in yen, the dates, and what `hojokin` prints."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.cli.advice_json import as_json
from addin.cli.advice_text import as_text
from addin.cli.main import main
from rules import business_days, obligations, schedule
from rules.advice import duties, timeline
from rules.advice.advice import SENTENCES, advise, short
from rules.advice.inverse import inverse
from rules.assess import amounts
from rules.checks.check import assess
from rules.engine.edition import cite, editions, load
from rules.engine.evaluate import scalar
from rules.frames import FRAMES, frame, invoice, normal, security
from rules.quote import Quote
from tests import customers, samples
from tests.books import filled_in
from tests.oracle import obligations as oracle
from tests.quotes import quotes

EXAMPLES = Path(__file__).parent.parent / "workbooks" / "examples"
SAID = {
    "wholesaler": [
        "「受発注クラウド」は30か月でなく24か月で契約すれば、補助額は同じで支払が120,000円（税抜）減ります。",
        "PC・タブレット等は経費200,000円まで補助が増え、それを超える102,500円には補助がつきません。",
        "セキュリティ対策推進枠に「見守り隊」で180,000円を別に申請すると、補助額は合計788,888円（＋180,000円）になります。",
    ],
    "care": [
        "補助額を1円下げて1,499,999円で申請すれば（経費は減らさず自主的に下げられます）、賃上げ計画の義務がなくなり",
        "「介護サービス事業者」（介護保険法の保険給付の対象となるサービスの介護サービス事業者）に当たりませんか。",
        "事業場内最低賃金が2年目に未達なら、返還は1,000,000円です。",
    ],
    "street": [
        "(c) 事務費・専門家経費は経費638,888円まで補助が増え、それを超える262,222円には補助がつきません。",
        "構成員が1者抜けると10者を下回り、補助額は0円（−6,814,805円）になります。",
    ],
}


@pytest.mark.parametrize("name", SAID)
def test_each_customer_hears_what_concerns_it(name: str) -> None:
    quote = customers.CUSTOMERS[name]()
    text = as_text(advise(quote, quote.applied_on or customers.DAY))
    for sentence in SAID[name]:
        assert sentence in text
    assert "過ぎていて" not in text


@pytest.mark.parametrize("name", SAID)
def test_after_the_last_known_round_that_comes_first(name: str) -> None:
    text = as_text(advise(customers.CUSTOMERS[name](), customers.AFTER))
    assert text.startswith("収録した最後の締切（")
    assert "を過ぎていて、次の公募は分かりません。" in text.splitlines()[0]


def test_an_unknown_number_of_the_watch_is_asked_for() -> None:
    text = as_text(advise(customers.wholesaler(otasuke_number=None), customers.DAY))
    assert "お助け隊サービスのIPAのリストの番号が分かれば申請でき、補助額は合計788,888円（＋180,000円）です。" in text
    granted = as_text(advise(customers.wholesaler(otasuke_number=None, otasuke_granted=True), customers.DAY))
    assert "リストの番号" not in granted


# --- duties -----------------------------------------------------------------------------------------------------------


def test_worked_examples_of_repayment() -> None:
    """R01–R04: a grant of 4,500,000."""
    cost = replace(customers.care().lines[0], price=9_000_000)
    found = duties.duty(amounts(replace(customers.care(), lines=(cost,)), normal.FRAME))
    assert found
    told = {(r.name, r.year): r.yen for r in found.repaid}
    assert told[("事業場内最低賃金", 1)] == 4_500_000
    assert told[("事業場内最低賃金", 2)] == 3_000_000
    assert told[("事業場内最低賃金", 3)] == 1_500_000
    assert told[("給与支給総額", 3)] == 4_500_000


def test_the_wage_gap_in_yen() -> None:
    found = duties.duty(amounts(customers.care(), normal.FRAME))
    assert found and found.hourly
    # 新潟県 from 2026-10-02: 1,108 + 30 − 1,080 = 58 an hour, × 1,920 hours
    assert (found.hourly.needed, found.hourly.short, found.hourly.yearly) == (1_138, 58, 58 * 1_920)
    # 120,000,000 ÷ 40 = 3,000,000 a head; × 1.03, 1.03², 1.03³ (3,278,181)
    assert [y.needed for y in found.years] == [3_090_000, 3_182_700, 3_278_181]
    assert [y.firm for y in found.years] == [3_600_000, 7_308_000, 11_127_240]
    assert [y.short for y in found.years] == [30_000, 61_500, 94_557]


@given(base=st.integers(1_000_000, 500_000_000), heads=st.integers(1, 60), past=st.booleans())
@settings(max_examples=40, deadline=None)
def test_the_pay_that_is_needed_is_the_least_that_keeps_the_promise(base: int, heads: int, past: bool) -> None:
    quote = customers.care(wage_base=base, wage_heads=Fraction(heads), past_grant=past)
    found = duties.duty(amounts(quote, normal.FRAME))
    assert found and found.plan.cagr
    for y in found.years:
        each = Fraction(base, heads)
        assert (oracle.growth(each, y.needed, y.year) or 0) >= found.plan.cagr
        assert (oracle.growth(each, y.needed - 1, y.year) or 0) < found.plan.cagr


@pytest.mark.parametrize(
    "change", [{"wage_base": None}, {"wage_heads": None}, {"prefecture": None}, {"office_min_wage": None}]
)
def test_what_is_not_told_is_not_made_up(change: dict[str, Any]) -> None:
    found = duties.duty(amounts(customers.care(**change), normal.FRAME))
    assert found
    assert bool(found.years) == ("wage_base" not in change)
    assert found.person == (not {"wage_base", "wage_heads"} & set(change))
    assert (found.hourly is None) == ("prefecture" in change)
    assert as_text(advise(customers.care(**change), customers.DAY))


def test_without_a_duty_there_is_none() -> None:
    assert duties.duty(amounts(customers.care(wage_exempt="介護サービス事業者"), normal.FRAME)) is None
    assert duties.duty(amounts(customers.wholesaler(), invoice.FRAME)) is None


def test_every_exemption_has_words_and_each_stands_in_the_law() -> None:
    rows = load(Path(duties.__file__).with_name("exemptions.toml"))["exemption"]
    assert [row["name"] for row in rows] == list(obligations.exempt_trades())


def test_a_firm_of_another_trade_is_told_of_the_exemptions_without_being_asked() -> None:
    quote = customers.care(business="金属加工を営む。", name="株式会社みほん金属", industry="製造業")
    kinds = {t.kind for t in duties.questions(amounts(quote, normal.FRAME))}
    assert kinds == {"exempt_any"}


# --- dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", FRAMES, ids=lambda f: f.name)
def test_rounds_are_passed_next_or_later(module: Any) -> None:
    a = amounts(samples.of(module, application_date=date(2026, 4, 1)), module)
    for day in (date(2026, 4, 1) + timedelta(7 * n) for n in range(40)):
        found = timeline.timeline(a, day)
        following = schedule.next_round(module.name, day)
        assert found.next == following
        assert bool(timeline.late(a, found)) == (following is None)
        assert [r.state for r in found.rounds] == sorted(
            (r.state for r in found.rounds), key=[timeline.PASSED, timeline.NEXT, timeline.LATER].index
        )
        for start in found.starts:
            assert following and start.by <= following.closing - timedelta(start.lead.days)
            assert start.by == following.closing or business_days.is_business_day(start.by)
            assert business_days.between(start.by, following.closing) >= start.lead.business_days
            assert start.possible == (start.by >= day)


def test_a_later_day_of_application_closes_no_round_before_its_day() -> None:
    """5次 closes on 29 September, 6次 on 30 October: told on 1 September, 59 days before, both are open."""
    a = amounts(samples.of(invoice.FRAME, application_date=date(2026, 10, 5)), invoice.FRAME)
    today = date(2026, 9, 1)
    states = {r.round.label: r.state for r in timeline.timeline(a, today).rounds}
    assert (states["4次締切分"], states["5次締切分"], states["6次締切分"]) == (
        timeline.PASSED, timeline.NEXT, timeline.AIM,
    )  # fmt: skip
    told = next(t.text for t in timeline.tips(a, timeline.timeline(a, today)) if t.kind == "deadline")
    assert told == "申請日の後の締切は6次締切分の2026年10月30日17時（あと59日、営業日で39日）です。"


def test_a_day_of_application_after_every_round_is_said_before_they_have_closed() -> None:
    a = amounts(samples.of(invoice.FRAME, application_date=date(2026, 12, 1)), invoice.FRAME)
    told = timeline.late(a, timeline.timeline(a, date(2026, 9, 1)))
    assert told and told.text.startswith(
        "見積の申請日（2026年12月1日）は収録した最後の締切（6次締切分、2026年10月30日）より後で、"
    )


def test_a_day_of_application_whose_round_has_closed_is_said() -> None:
    a = amounts(customers.wholesaler(application_date=date(2026, 9, 1)), invoice.FRAME)
    kinds = {t.kind for t in timeline.tips(a, timeline.timeline(a, customers.DAY))}
    assert kinds == {"stale", "deadline", "lead"}


def test_each_lead_waits_for_one_that_is_listed() -> None:
    for page in editions(schedule.Edition):
        assert {lead.after for lead in page.lead if lead.after} <= {lead.label for lead in page.lead}


# --- what to do by when -----------------------------------------------------------------------------------------------


def test_a_plan_in_business_days() -> None:
    """5次 closes on Tuesday 29 September; the 21st to the 23rd are holidays: ten business days before is the 10th."""
    a = amounts(customers.wholesaler(application_date=date(2026, 9, 1)), invoice.FRAME)
    found = timeline.timeline(a, date(2026, 9, 1))
    assert [(f"{t.day}", t.word, t.left) for t in found.tasks if t.day] == [
        ("2026-09-10", "までに", 7),  # GビズIDプライム
        ("2026-09-29", "までに", 17),  # SECURITY ACTION
        ("2026-09-29", "までに", 17),  # the application
        ("2026-11-09", "予定", 44),  # 交付決定
        ("2026-11-09", "から", 44),  # orders
        ("2027-04-30", "までに", 158),  # all paid
        ("2027-04-30", "までに", 158),  # 実績報告
    ]
    assert found.tasks[-1].day is None and "後払い" in found.tasks[-1].note
    assert "2026年9月10日（木）までに" in as_text(advise(customers.wholesaler(application_date=a.on), date(2026, 9, 1)))


@pytest.mark.parametrize("module", FRAMES, ids=lambda f: f.name)
def test_tasks_are_in_order_and_their_days_are_those_of_the_round(module: Any) -> None:
    a = amounts(samples.of(module, application_date=date(2026, 4, 1)), module)
    for day in (date(2026, 4, 1) + timedelta(11 * n) for n in range(26)):
        found = timeline.timeline(a, day)
        dated = [t for t in found.tasks if t.day]
        assert [t.day for t in dated] == sorted(t.day for t in dated if t.day)
        for task in dated:
            assert task.day
            assert task.left == (None if task.day < day else business_days.between(day, task.day))
        if r := found.next:
            by = {t.todo: t.day for t in found.tasks}
            assert by["交付申請を出す"] == r.closing
            assert by["発注・契約する"] == r.decision
            assert by["実績報告を出す"] == r.report
            assert by["納品と請求を受け、支払を終える"] == (business_days.latest(r.report) if r.report else None)


def test_who_has_his_decision_sees_the_dates_of_his_own_round() -> None:
    own = {"application_date": date(2026, 6, 1), "decision_date": date(2026, 7, 23), "order_date": date(2026, 8, 3)}
    a = amounts(samples.of(invoice.FRAME, **own), invoice.FRAME)
    found = timeline.timeline(a, date(2026, 9, 1))
    assert found.starts == ()
    by = {t.todo: (t.day, t.note) for t in found.tasks}
    assert by["実績報告を出す"][0] == date(2027, 1, 29)  # of the 2nd round
    assert by["発注・契約する"] == (date(2026, 7, 23), "2026年8月3日に済み")


def test_days_beyond_the_recorded_holidays_are_said() -> None:
    a = amounts(samples.of(invoice.FRAME), invoice.FRAME)
    assert any("2027年までの祝日だけ" in d for d in timeline.timeline(a, date(2028, 1, 4)).doubts)
    assert not any("祝日だけ" in d for d in timeline.timeline(a, date(2026, 9, 1)).doubts)


# --- all of it --------------------------------------------------------------------------------------------------------


@given(seed=st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_any_quote_can_be_advised(seed: int) -> None:
    for quote in quotes(2, seed):
        found = advise(quote, customers.DAY)
        assert [a.subsidy or 0 for a in found.frames] == sorted((a.subsidy or 0 for a in found.frames), reverse=True)
        assert as_text(found)
        assert json.loads(json.dumps(as_json(found)))["frames"]
        assert all(cite(tip.at) for tip in found.tips if tip.at)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_the_short_advice_has_at_most_five_sentences(seed: int) -> None:
    for quote in quotes(2, seed):
        for module in FRAMES:
            told = short(assess(quote, module))
            assert sum(text.count("。") for text in told) <= SENTENCES


@pytest.mark.parametrize(
    "quote",
    [Quote({}, ()), Quote({"application_date": date(2020, 1, 1)}, ()), samples.of(security.FRAME, tax_unknown=True)],
)
def test_a_quote_without_an_amount_is_advised_too(quote: Quote) -> None:
    assert as_text(advise(quote, customers.DAY))
    assert not any(short(assess(quote, module)) for module in FRAMES if module.line_classes)


def test_dividing_may_take_the_duty_away() -> None:
    # together 3,000,000 × 1/2 = 1,500,000 with four processes; apart 2,500,000 × 1/2, and 500,000 × 3/4
    record = replace(customers.care().lines[0], price=2_500_000)
    books = replace(record, number=2, item="会計", tool="会計", price=500_000, functions=frozenset({"会計"}))
    text = as_text(advise(replace(customers.care(), lines=(record, books)), customers.DAY))
    assert (
        "補助額は合計1,625,000円（一つだけより＋125,000円）になります。この分け方では、賃上げ計画の義務がなくなります。"
        in text
    )


def test_another_frame_that_pays_more_is_named() -> None:
    told = short(assess(customers.care(), invoice.FRAME))
    assert told[0] == "通常枠なら、同じ見積で補助額は1,500,000円（＋1,500,000円）です。"


def test_a_quote_without_processes_is_told_what_one_would_bring() -> None:
    cloud = replace(customers.care().lines[0], processes=frozenset[str](), functions=frozenset({"会計"}))
    text = as_text(advise(replace(customers.care(), lines=(cloud,)), customers.DAY))
    # 2,700,000 × 1/2 = 1,350,000; インボイス対応類型 with one function: 500,000
    assert "1つでもあれば通常枠の補助額は1,350,000円（＋850,000円）です。" in text


def test_wishes_come_true() -> None:
    found = advise(customers.wholesaler(), customers.DAY)
    for wish in inverse(found.frames, 700_000, 300_000):
        a = next(a for a in found.frames if a.frame == wish.frame)
        assert a.calculation and wish.cost is not None
        given = {**a.calculation.given, "cost": wish.cost}
        subsidy = scalar(frame(a.frame), given, a.on).subsidy
        if wish.wish == "subsidy":
            assert subsidy >= 700_000
        else:
            assert sum(given.get(name, 0) for name in ("cost", "pc_cost", "register_cost")) - subsidy <= 300_000


# --- the commands -----------------------------------------------------------------------------------------------------


def test_the_command_says_the_same_as_text_and_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = str(filled_in(tmp_path / "care.xlsx", customers.care()))
    status = main(["advise", book, "--today", "2026-10-05", "--target", "1000000"])
    text = capsys.readouterr().out
    assert main(["advise", book, "--today", "2026-10-05", "--target", "1000000", "--json"]) == status
    data = json.loads(capsys.readouterr().out)
    for sentence in [t["text"] for t in data["tips"]] + [w["text"] for w in data["inverse"]]:
        assert sentence in text
    assert data["frames"][0]["subsidy"] == 1_500_000
    assert {r["yen"] for r in data["duty"]["repaid"]} == {0, 500_000, 1_000_000, 1_500_000}


@pytest.mark.parametrize("wrong", [["--target", "abc"], ["--own", "-1"], ["--today", "soon"], ["--target", "１"]])
def test_a_wrong_wish_is_refused_in_one_line(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["advise", str(EXAMPLES / "wholesale.xlsx"), *wrong]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_check_ends_with_a_short_advice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = str(filled_in(tmp_path / "wholesaler.xlsx", customers.wholesaler()))
    main(["check", book])
    told = capsys.readouterr().out.partition("\n助言（詳しくは hojokin advise）\n")[2].splitlines()
    assert [t.removeprefix("・") for t in told] == list(short(assess(customers.wholesaler(), invoice.FRAME)))
    main(["check", book, "--json"])
    assert len(json.loads(capsys.readouterr().out)["advice"]) == len(told)


@pytest.mark.parametrize("example", sorted(path.stem for path in EXAMPLES.glob("*.xlsx")))
def test_every_example_is_advised(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["advise", str(EXAMPLES / f"{example}.xlsx"), "--today", "2026-10-05"]) in (0, 1)
    shown = capsys.readouterr()
    assert shown.err == ""
    assert "枠（有利な順）" in shown.out
