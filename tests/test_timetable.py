"""Planned dates against the round: what the findings, the 資金繰り表 and the 提案書 say of each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rules.checks.check import assess
from rules.frames import group, invoice
from rules.planned_dates import decided, doubts
from templates.content import cash_flow
from tests import samples


def said(**inputs: Any) -> list[tuple[str, str, str]]:
    q = samples.of(invoice.FRAME, **inputs)
    return [(d.name, d.code, d.wrong) for d in doubts(q, "invoice")]


@pytest.mark.parametrize(
    ("inputs", "first"),
    [
        ({"decision_date": date(2026, 11, 20)}, date(2026, 11, 20)),  # the notice itself
        ({}, date(2026, 11, 9)),  # applied 09-15: round 5, decided 11-09
        ({"application_date": date(2026, 9, 29)}, date(2026, 11, 9)),  # its closing day
        (
            {"application_date": date(2026, 9, 30)},
            date(2026, 10, 31),
        ),  # round 6 closes 10-30, its decision is not known
        ({"application_date": date(2026, 10, 31)}, date(2026, 11, 1)),  # no round is known: not on the day itself
        ({"application_date": date(2025, 6, 1)}, date(2025, 6, 2)),  # nor in the edition of 2025
        ({"application_date": None}, None),
    ],
)
def test_the_first_day_on_which_may_be_ordered(inputs: dict[str, Any], first: date | None) -> None:
    found = decided(samples.of(invoice.FRAME, **inputs), "invoice")
    assert (found and found[0]) == first


def test_an_application_after_the_last_known_round_does_not_pass_in_silence() -> None:
    ((name, code, wrong),) = said(
        application_date=date(2027, 6, 1), valid_until=None, planned_order=None, planned_payment=None
    )
    assert (name, code) == ("application_date", "ROUND")
    assert "6次締切分、締切2026-10-30" in wrong
    assert said(application_date=date(2026, 10, 30), planned_order=date(2026, 11, 16)) == []
    assert said(application_date=date(2025, 6, 1), valid_until=None) == []  # whose rounds were never recorded


def test_each_frame_has_its_own_rounds() -> None:
    q = samples.of(group.FRAME, application_date=date(2026, 8, 26))
    assert [d.name for d in doubts(q, "group")] == ["application_date"]
    assert list(doubts(q, "invoice")) == []


def test_the_cash_table_says_so_beside_the_step() -> None:
    wrong = {"planned_order": date(2026, 11, 8), "planned_report": date(2027, 5, 1), "valid_until": date(2026, 11, 1)}
    rows = {
        row["label"]: row["note"]
        for row in cash_flow.schedule_rows(assess(samples.of(invoice.FRAME, **wrong), invoice.FRAME))
    }
    assert "※ 発注の予定日（2026-11-08）が5次締切分の交付決定の予定日（2026-11-09）より前です" in rows["発注・契約"]
    assert "※ 見積の有効期限（2026-11-01）が5次締切分の交付決定の予定日" in rows["発注・契約"]
    assert "※ 実績報告の予定日（2027-05-01）が、5次締切分の実績報告の期限（2027-04-30）より後です" in rows["実績報告"]
    right = cash_flow.schedule_rows(assess(samples.of(invoice.FRAME), invoice.FRAME))
    assert not any("※" in row["note"] for row in right)
