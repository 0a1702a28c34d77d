"""Texts over their limit, dates out of order, and the blanks of a quote."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import samples
from workbooks.reading.portal_limits import blanks, entry_findings


def found(**inputs: Any) -> list[str]:
    return [f.code for f in entry_findings(samples.quote(**inputs))]


def test_the_sound_sample_is_silent() -> None:
    assert found() == []
    assert blanks(samples.quote()) == ()


@pytest.mark.parametrize(("length", "codes"), [(255, []), (256, ["LENGTH"])])
def test_a_text_over_its_limit(length: int, codes: list[str]) -> None:
    assert found(business="あ" * length) == codes


@pytest.mark.parametrize(
    "inputs",
    [
        {"started_on": date(2026, 9, 16)},
        {"wage_when": date(2026, 9, 16)},
        {"valid_until": date(2026, 8, 31)},
        {"planned_payment": date(2026, 11, 15)},
        {"planned_report": date(2026, 12, 24)},
    ],
)
def test_dates_out_of_order(inputs: dict[str, Any]) -> None:
    assert found(**inputs) == ["DATES"]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("葛󠄀\U00020bb7\ufa19髙﨑商店", []),  # 異体字, 旧字体: never changed, nothing to say
        ("みほん\ue000商店", ["LETTERS"]),  # 外字
        ("⽉\u2f2d商店", ["LETTERS"]),  # 康熙部首
        ("⻑⻄商店", ["LETTERS"]),
    ],
)
def test_letters_that_only_look_right_are_said(name: str, codes: list[str]) -> None:
    assert found(name=name) == codes


def test_the_usual_letter_is_offered() -> None:
    (said,) = entry_findings(samples.quote(name="⽉見商店"))
    assert "「⽉」を「月」に直してください" in said.message


def test_the_same_day_is_in_order() -> None:
    assert found(wage_when=date(2026, 9, 15), planned_payment=date(2026, 11, 16)) == []


def test_blanks_come_in_the_order_of_the_sheet() -> None:
    assert [i.name for i in blanks(samples.quote(business=None, author=None))] == ["author", "business"]
