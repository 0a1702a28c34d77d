"""資金繰り: the calendar sums to the yen, and what it says of later payments is what the rules say of the months that are paid."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.cli.main import main
from rules import consumption_tax
from rules.advice.cash import MONTHLY, ONCE, WAYS, YEARLY, Cash, cash
from rules.assess import Assessment, amounts
from rules.checks.codes import yen
from rules.engine.argument import ArgumentError
from rules.frames import FRAMES, frame, group, invoice, normal
from rules.quote import Quote
from templates import japanese
from templates.content import cash_flow
from tests import customers, samples
from tests.books import filled_in
from tests.quotes import quotes

OF = {"wholesaler": invoice.FRAME, "care": normal.FRAME, "street": group.FRAME}


def calendar(a: Assessment, ways: dict[int, str] | None = None, received: date | None = None) -> Cash:
    found = cash(a, ways or {}, received)
    assert found
    return found


def payable(a: Assessment, dice: random.Random) -> dict[int, str]:
    """Some lines that have months, each with a way to be paid."""
    found: dict[int, str] = {}
    for s in a.expenses:
        way = dice.choice(WAYS)
        try:
            cash(a, {s.line.number: way})
        except ArgumentError:
            assert way != ONCE
        else:
            found[s.line.number] = way
    return found


@pytest.mark.parametrize("name", OF)
def test_a_customer_who_pays_at_once_lays_out_everything(name: str) -> None:
    a = amounts(customers.CUSTOMERS[name](), OF[name])
    found = calendar(a)
    assert [(m.out, m.income) for m in found.months] == [(a.gross, 0), (0, a.subsidy)]
    assert found.peak == a.gross and cash_flow.peak(a) == japanese.yen(
        found.peak
    )  # as the 資金繰り表 of the drafts says
    assert found.months[-1].balance == -(a.out_of_pocket or 0)
    assert not found.told


@given(seed=st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_every_calendar_sums_to_the_yen(seed: int) -> None:
    dice = random.Random(seed)
    for quote in quotes(2, seed):
        for module in FRAMES:
            a = amounts(quote, module)
            found = cash(a, ways := payable(a, dice))
            if found is None:
                assert a.total is None or a.subsidy is None or a.quote.get("reduced_base", 0) > a.total
                continue
            assert sum(m.out for m in found.months) == a.gross
            assert sum(m.income for m in found.months) == a.subsidy
            assert found.months[-1].balance == -(a.out_of_pocket or 0)
            assert found.peak == a.gross  # the subsidy comes last, where nobody says when
            assert all(m.out >= 0 for m in found.months)
            check_each_month(a, found, ways)
            check_unpaid(a, found)


def check_each_month(a: Assessment, found: Cash, ways: dict[int, str]) -> None:
    """By plain counting: of each line the months that have begun, or its years, or all."""
    so_far = 0
    for month in found.months[:-1]:
        assert month.number is not None
        net = Fraction(0)
        for s in a.expenses:
            way, length = ways.get(s.line.number, ONCE), s.line.months or 1
            begun = {ONCE: length, MONTHLY: month.number + 1, YEARLY: (month.number // 12 + 1) * 12}[way]
            net += Fraction((s.amount or 0) * min(begun, length), length) // 1
        so_far += month.out
        if a.expenses and a.total:
            reduced = int(Fraction(a.quote.get("reduced_base", 0) * net, a.total))
            assert so_far == net + consumption_tax.tax(int(net), reduced, a.on)


def check_unpaid(a: Assessment, found: Cash) -> None:
    """What is paid by 実績報告 is a quote of its own; the rules alone say its amounts."""
    left = found.unpaid
    if left is None:
        return
    then = amounts(left.quote, frame(a.frame))
    assert then.subsidy == left.subsidy
    assert then.falls or (left.subsidy or 0) <= (a.subsidy or 0)
    if left.quote.lines and not a.quote.get("reduced_base"):
        assert then.gross == (a.gross or 0) - left.gross


def test_random_quotes_leave_something_unpaid() -> None:
    dice = random.Random(7)
    made = [(a, payable(a, dice)) for quote in quotes(150, 7) for a in [amounts(quote, invoice.FRAME)]]
    dated = [(replace(a, quote=dated_quote(a.quote)), ways) for a, ways in made if a.gross is not None and a.subsidy]
    unpaid = [found for a, ways in dated if (found := cash(a, ways)) and found.unpaid]
    assert len(unpaid) > 20
    for a, ways in dated:
        if found := cash(a, ways):
            check_unpaid(a, found)


def dated_quote(quote: Quote) -> Quote:
    days = {"planned_payment": date(2026, 12, 25), "planned_report": date(2027, 1, 15)}
    return replace(quote, inputs={**quote.inputs, **days})


def test_paid_by_the_month_the_report_comes_before_most_of_it() -> None:
    """Paid 2026-12-25 and reported 2027-01-15: one month of the cloud, and the setup. (20,000 + 200,000) × 3/4 + 100,000."""
    a = amounts(customers.wholesaler(), invoice.FRAME)
    found = calendar(a, {1: MONTHLY})
    assert found.unpaid and found.unpaid.subsidy == 265_000
    assert found.unpaid.gross == 29 * 22_000
    assert [line.item for line in found.unpaid.lines] == ["受発注クラウド"]
    assert len(found.months) == 31 and found.months[1].out == 22_000


def test_a_payment_on_the_day_of_the_report_is_in_time() -> None:
    """Paid from 2026-12-15, the second month on 2027-01-15. (40,000 + 200,000) × 3/4 + 100,000."""
    a = amounts(customers.wholesaler(planned_payment=date(2026, 12, 15)), invoice.FRAME)
    found = calendar(a, {1: MONTHLY})
    assert found.unpaid and found.unpaid.subsidy == 280_000


def test_goods_of_the_reduced_rate_are_spread_over_the_months() -> None:
    """Of 1,942,500 yen 194,250 at 8%, which is a tenth: a month of 20,000 yen bears 18,000 × 10% and 2,000 × 8%."""
    a = amounts(customers.wholesaler(reduced_base=194_250), invoice.FRAME)
    found = calendar(a, {1: MONTHLY})
    assert a.total == 1_942_500
    assert {m.out for m in found.months[1:-1]} == {20_000 + 1_800 + 160}
    check_each_month(a, found, {1: MONTHLY})


def test_paid_by_the_year() -> None:
    """One year of 480,000, and 60,000 + 160,000 + 120,000: 820,000. 500,000 + 195,000 × 2/3 + 100,000."""
    found = calendar(amounts(samples.of(invoice.FRAME), invoice.FRAME), {1: YEARLY})
    assert [m.day for m in found.months] == [date(2026, 12, 25), date(2027, 12, 25), None]
    assert found.months[1].out == 528_000
    assert found.unpaid and (found.unpaid.subsidy, found.unpaid.gross) == (730_000, 528_000)


def test_a_subsidy_between_the_payments_lowers_what_lies_out() -> None:
    a = amounts(customers.wholesaler(), invoice.FRAME)
    early, late = calendar(a, {1: MONTHLY}, date(2027, 4, 1)), calendar(a, {1: MONTHLY})
    assert late.peak == a.gross
    before = sum(m.out for m in early.months if m.day and m.day < date(2027, 4, 1))
    assert early.peak == max(before, a.out_of_pocket or 0) < late.peak
    assert early.months[-1].balance == late.months[-1].balance


def test_without_days_nothing_is_said_of_the_report() -> None:
    quote = customers.wholesaler(planned_payment=None)
    found = calendar(amounts(quote, invoice.FRAME), {1: MONTHLY})
    assert found.unpaid is None and found.months[3].day is None and found.months[3].number == 3


@pytest.mark.parametrize(
    ("change", "ways", "received", "said"),
    [
        ({}, {9: MONTHLY}, None, "9行目は、見積の明細にありません"),
        ({}, {2: MONTHLY}, None, "「初期設定」は月数の無い契約"),
        ({}, {}, date(2026, 12, 24), "補助金は後払い"),
        ({"planned_payment": None}, {}, date(2027, 4, 1), "補助金は後払い"),
    ],
)
def test_what_cannot_be_is_refused(
    change: dict[str, Any], ways: dict[int, str], received: date | None, said: str
) -> None:
    with pytest.raises(ArgumentError, match=said):
        cash(amounts(customers.wholesaler(**change), invoice.FRAME), ways, received)


@pytest.mark.parametrize("wrong", [["--pay", "1"], ["--pay", "a=月払"], ["--pay", "1=分割"], ["--received", "春"]])
def test_a_wrong_way_is_refused_in_one_line(
    wrong: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = str(filled_in(tmp_path / "wholesaler.xlsx", customers.wholesaler()))
    assert main(["advise", book, *wrong]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_command_shows_the_calendar(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = str(filled_in(tmp_path / "wholesaler.xlsx", customers.wholesaler()))
    call = ["advise", book, "--today", "2026-10-05", "--pay", "１＝月払"]
    main(call)
    text = capsys.readouterr().out
    main([*call, "--json"])
    data = json.loads(capsys.readouterr().out)["cash"]
    assert f"立替の最大額は{yen(data['peak'])}" in text
    assert sum(m["out"] for m in data["months"]) == data["peak"] == 2_136_750
    assert data["unpaid"]["subsidy_if_not_counted"] == 265_000 and "書かれていません" in data["unpaid"]["doubt"]
    assert "別の枠と組み合わせて申請するときの補助額は含みません。" in text
    assert "補助額は265,000円（−343,888円）です。" in text and "払い方は聞いていない" not in text
