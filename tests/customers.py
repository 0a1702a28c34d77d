"""Three invented customers with their quotes, as they come to a consultant: a wholesaler, a care business, a shopping street."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from rules.frames import group, invoice, normal
from rules.quote import Line, Quote
from tests import samples

DAY = date(2026, 10, 5)  # the 6th round, the last one known, closes on 2026-10-30
AFTER = date(2026, 11, 29)


def _lines(*lines: Line) -> tuple[Line, ...]:
    return tuple(replace(line, number=n) for n, line in enumerate(lines, 1))


def wholesaler(**change: Any) -> Quote:
    """業務用食材の卸, 12 people: an order cloud for 30 months, a dear PC, a rented copier, and a watch in the same quote.

    Order cloud 20,000 × 24 = 480,000 and setup 200,000: 680,000, of which 666,666⅔ at 3/4 and the rest at 2/3: 508,888;
    PC 302,500 × 1/2, at most 100,000. Watch 15,000 × 24 × 1/2 = 180,000.
    """
    cloud = {"contract": "月額", "quantity": 1, "unit": "契約"}
    lines = _lines(
        Line(0, "受発注クラウド", "受発注クラウド", 1, frozenset({"会計", "受発注"}), price=20_000, months=30, **cloud),
        Line(0, "初期設定", "受発注クラウド", 6, contract="買取", unit="式", quantity=1, price=200_000),
        Line(0, "ノートパソコン", "受発注クラウド", 8, contract="買取", unit="台", quantity=1, price=302_500),
        Line(0, "複合機", "受発注クラウド", 8, contract="リース", unit="台", quantity=1, price=8_000, months=60),
        replace(samples.WATCH, price=15_000),
    )
    firm = {"small_claim": False, **samples.staff(12), "otasuke_number": "2024-001-00", "otasuke_granted": False}
    return samples.of(invoice.FRAME, lines=lines, **{"application_date": DAY, **firm, **change})


def care(**change: Any) -> Quote:
    """訪問介護と通所介護, 40 people: four processes, and exactly the subsidy from which the wage duty begins.

    3,000,000 × 1/2 = 1,500,000.
    """
    lines = _lines(
        Line(0, "介護記録クラウド", "介護記録クラウド", 1, processes=frozenset({"介P-06", "共P-02", "共P-04", "共P-05"}), contract="買取",
             unit="式", quantity=1, price=2_700_000),
        Line(0, "操作研修", "介護記録クラウド", 6, contract="買取", unit="時間", quantity=40, price=7_500),
    )  # fmt: skip
    firm = {
        "name": "株式会社ひなたケア",
        "industry": "サービス業",
        "industry_code": "8541",
        "business": "訪問介護と通所介護を営み、記録と請求を紙で行っている。",
        "small_claim": False,
        "near_min_wage": False,
        **samples.staff(40),
        "wage_heads": Fraction(40),
        "wage_base": 120_000_000,
        "wage_y1": 122_400_000,
        "wage_y2": 124_848_000,
        "wage_y3": 127_344_960,
        "office_min_wage": 1_080,
    }
    return samples.of(normal.FRAME, lines=lines, **{"application_date": DAY, **firm, **change})


def street(**change: Any) -> Quote:
    """A shopping street of ten shops: (c) asked for beyond the tenth of (a)+(b).

    (a) 10 × (800,000: 588,888; PC 100,000: 50,000) = 6,388,880; its tenth × 2/3 = 425,925, which 638,888 yen of (c) reach.
    """
    members = tuple(replace(m, name=f"架空通り{m.number}番店") for m in samples.MEMBERS)
    firm = {"application_date": date(2026, 8, 20), "members": members, "analysis_cost": 0, "admin_cost": 901_110}
    return samples.of(group.FRAME, **{**firm, **change})


CUSTOMERS = {"wholesaler": wholesaler, "care": care, "street": street}
