"""Every 0 of the comparison says why, in the rules' words and on the sheet; what may be applied for together is named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from addin.answers import closed
from rules import other_applications, schedule, zero_reasons
from rules.advice.options import ranked
from rules.frames import FRAMES, etrade, frame, normal
from rules.quote import Line, Member, Quote
from tests.sheet import Sheet, shared
from workbooks.building.sheets.lists import category_choices
from workbooks.form import amount_layout, layout

ON = date(2026, 8, 1)
FIRM = {"application_date": ON, "industry": "卸売業", "employees": 40, "small_claim": False, "tax_mode": "税抜"}
SOFT = {"category": 1, "contract": "買取", "quantity": 1, "price": 60_000}


def why(name: str, inputs: dict[str, Any], *lines: dict[str, Any], members: int = 0) -> str:
    made = tuple(Line(n, item="品", **line) for n, line in enumerate(lines, 1))
    group = tuple(Member(n, name=f"店{n}", small_biz=True, cost=100_000) for n in range(1, members + 1))
    found = next(a for a in ranked(Quote({**FIRM, **inputs}, made, members=group)) if a.frame == name)
    assert found.subsidy == 0, found
    return zero_reasons.why(found)


def test_each_frame_says_why_it_pays_nothing() -> None:
    # 60,000 × 1/2 = 30,000, under 50,000
    assert why("normal", {}, {**SOFT, "processes": frozenset({"共P-04"})}).startswith(
        "計算した額30,000円が下限50,000円に届かない"
    )
    assert why("normal", {}, {**SOFT, "processes": frozenset({"汎P-07"})}) == normal.NO_PROCESS
    assert why("invoice", {}, {**SOFT, "contract": "リース", "functions": frozenset({"会計"})}).startswith(
        f"{zero_reasons.NO_COST}。契約の形が対象外です"
    )
    rescue = {**SOFT, "contract": "月額", "months": 1, "functions": frozenset({"お助け隊"})}
    assert why("security", {"otasuke_number": "1"}, rescue).startswith("計算した額30,000円が下限")
    own = {"sme_accounts": 0, "total_accounts": 10}
    assert why("etrade", own, {**SOFT, "functions": frozenset({"受発注"})}) == etrade.NO_ACCOUNTS
    assert why("group", {}, members=9).startswith("構成員が9者です")
    assert "上限の無い契約" in why(
        "etrade", {**own, "accounts_unlimited": True}, {**SOFT, "functions": frozenset({"受発注"})}
    )


def test_where_something_is_paid_nothing_is_said() -> None:
    lines = (Line(1, item="品", **{**SOFT, "price": 600_000, "functions": frozenset({"会計"})}),)
    found = next(a for a in ranked(Quote(FIRM, lines)) if a.frame == "invoice")
    assert (found.subsidy, zero_reasons.why(found)) == (450_000, "")


@pytest.fixture
def desk() -> Sheet:
    return shared()


CATEGORY = next(c for c in category_choices() if c.startswith("1"))
SHEET = {  # frame -> inputs, line, the words of its row in the comparison
    "normal": ({}, {"processes": "共P-04"}, zero_reasons.BELOW),
    "invoice": ({}, {"functions": "会計", "contract": "リース"}, zero_reasons.NO_COST),
    "security": ({"otasuke_number": "1"}, {"functions": "お助け隊"}, zero_reasons.BELOW),
    "etrade": ({"sme_accounts": 0, "total_accounts": 10}, {"functions": "受発注"}, etrade.NO_ACCOUNTS),
}


@pytest.mark.parametrize("name", SHEET)
def test_the_sheet_says_it_too(desk: Sheet, name: str) -> None:
    inputs, line, words = SHEET[name]
    desk.enter(
        {
            "inputs": {**FIRM, **inputs, "frame": frame(name).label},
            "lines": [{**SOFT, "item": "品", "category": CATEGORY, **line}],
        }
    )
    result = layout.RESULT
    assert desk.shown(result[f"out_{name}_subsidy"].address) == 0
    section = next(s for s in amount_layout.SECTIONS if name == s.frame.name)
    assert desk.shown(f"補助額!B{section.state}") == f"補助額は0円です: {words}"


def test_what_may_be_applied_for_together_names_every_frame() -> None:
    for f in FRAMES:
        assert other_applications.sentences(f.name), f.label
    assert "通常枠・インボイス枠に申請できず" in other_applications.sentences("group")[0].text
    assert any("お助け隊" in s.text for s in other_applications.sentences("security"))


def test_no_date_is_left_after_the_last_round() -> None:
    lines = (Line(1, item="品", **{**SOFT, "functions": frozenset({"会計"})}),)
    late = ranked(Quote({**FIRM, "application_date": date(2026, 11, 1)}, lines))
    assert "収録した締切がどの枠にもありません" in closed(late)[0]
    early = ranked(Quote({**FIRM, "application_date": date(2026, 5, 1)}, lines))
    assert closed(early) == []
    group_only = ranked(Quote({**FIRM, "application_date": date(2026, 9, 1)}, lines))
    assert schedule.next_deadline("group", date(2026, 9, 1)) is None
    assert "複数者連携デジタル化・AI導入枠にありません" in closed(group_only)[0]
    undated = ranked(Quote({k: v for k, v in FIRM.items() if k != "application_date"}, lines))
    assert closed(undated) == []
