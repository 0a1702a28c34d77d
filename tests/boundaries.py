"""Quotes below, at and above the thresholds of every frame, as a person types them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from rules.frames import FRAMES

EDITIONS = (date(2025, 3, 31), date(2026, 3, 29), date(2026, 3, 30), None)
FIRM = {"industry": "製造業", "employees": 30, "tax_mode": "税抜"}
SOFTWARE = {"item": "ソフト", "tool": "甲", "category": 1, "contract": "買取", "quantity": 1}


def pages() -> list[dict[str, Any]]:
    """All of them; the editions take turns."""
    found = [*_normal(), *_invoice(), *_etrade(), *_security(), *_group(), *_services(), *_discounts(), *_staff()]
    for number, (page, frame) in enumerate(found):
        on = EDITIONS[number % len(EDITIONS)]
        page["inputs"] |= {"frame": FRAMES[frame].label, **({"application_date": on} if on else {})}
    return [page for page, _ in found]


def _page(*lines: dict[str, Any], **inputs: Any) -> dict[str, Any]:
    return {"inputs": {**FIRM, **inputs}, "lines": list(lines)}


def _normal() -> Iterator[tuple[dict[str, Any], int]]:
    codes = [f"共P-0{n}" for n in range(1, 6)]
    costs = (99_999, 100_000, 2_999_998, 2_999_999, 3_000_000, 3_000_001, 9_000_000, 9_000_001)
    for at, cost in enumerate(costs):
        for many in (3, 4):
            near = {"near_min_wage": True} if at % 2 else {}
            yield _page({**SOFTWARE, "price": cost, "processes": "、".join(codes[:many])}, **near), 0
    for processes in ("汎P-07", "汎P-07、共P-01", "製Ｐー０６、小P-06", "なし"):
        yield _page({**SOFTWARE, "price": 4_000_000, "processes": processes}), 0
    for hits in (2, 3):
        page = _page({**SOFTWARE, "price": 1_000_000, "processes": "共P-01"})
        page["months"] = [{"everyone": 10, "below": 3 if n < hits else 2} for n in range(12)]
        yield page, 0


def _invoice() -> Iterator[tuple[dict[str, Any], int]]:
    for cost in (0, 1, 624_999, 625_000, 666_666, 666_667, 5_166_666, 5_166_667, 5_250_001):
        for small in (True, False):
            inputs = {"employees": 5} if small else {}
            functions = ["会計"] if cost % 2 else ["会計", "決済"]
            pc = {"item": "PC", "category": 8, "contract": "買取", "quantity": 1, "price": 200_000 - cost % 2}
            till = {"item": "レジ", "category": 9, "contract": "買取", "quantity": 1, "price": 400_001 - cost % 2}
            yield _page({**SOFTWARE, "price": cost, "functions": functions}, pc, till, **inputs), 1
    service = {"item": "設定", "tool": "甲", "category": 6, "contract": "買取", "quantity": 1}
    for last in (999_999, 1_000_000, 1_000_001):
        rows = [{**service, "price": price} for price in (1_000_000, last, 1)]
        yield _page({**SOFTWARE, "price": 100_000, "functions": ["会計"]}, *rows), 1
    for months in (11, 12, 13, 24, 25):
        rows = [{**SOFTWARE, "contract": "月額", "price": 99_999, "months": months, "functions": ["会計", "決済"]}]
        rows += [
            {**service, "category": category, "contract": "月額", "price": 7, "months": months} for category in (2, 7)
        ]
        yield _page(*rows), 1


def _etrade() -> Iterator[tuple[dict[str, Any], int]]:
    cloud = {**SOFTWARE, "contract": "月額", "months": 24, "functions": ["受発注"]}
    for price, own, everyone in ((100_000, 7, 20), (437_500, 1, 2), (437_501, 1, 2), (999, 0, 3), (1, 3, 3), (1, 4, 3)):
        for large in (True, False):
            yield _page({**cloud, "price": price}, sme_accounts=own, total_accounts=everyone, large=large), 2
    page = _page({**cloud, "price": 50_000}, total_accounts=10, sme_accounts=9)
    page["partners"] = [{"sme": True, "accounts": 4}, {}, {"sme": False, "accounts": 6}]
    yield page, 2
    yield _page({**cloud, "price": 1}, accounts_unlimited=True), 2
    yield _page({**cloud, "price": 1}, {**cloud, "tool": "乙", "price": 1}, sme_accounts=1, total_accounts=2), 2
    yield _page({**cloud, "price": 1}, {**cloud, "category": 7, "price": 1}, sme_accounts=1, total_accounts=2), 2
    yield _page({**cloud, "price": 1}, total_accounts=2), 2
    yield _page({**cloud, "price": 1}), 2


def _security() -> Iterator[tuple[dict[str, Any], int]]:
    service = {**SOFTWARE, "contract": "月額", "functions": ["お助け隊"]}
    for price, months in ((99_999, 1), (100_000, 1), (75_000, 1), (125_000, 24), (125_001, 24), (125_001, 25)):
        for employees in (5, 30):
            inputs = {"employees": employees, "otasuke_number": "2026-001"}
            yield _page({**service, "price": price, "months": months}, **inputs), 3
    yield _page({**service, "price": 100_000, "months": 5}), 3
    yield _page({**service, "price": 100_000, "months": 5}, otasuke_number="1", otasuke_granted=True), 3
    yield _page({**service, "price": 100_000, "months": 5, "functions": ["会計"]}, otasuke_number="1"), 3


def _group() -> Iterator[tuple[dict[str, Any], int]]:
    for count in (9, 10, 11):
        page = _page(analysis_cost=7_500_000, admin_cost=3_000_000)
        page["members"] = [{"small_biz": n % 2 == 0, "cost": 624_999 + n, "functions": 1} for n in range(count)]
        yield page, 4
    for analysis in (7_500_000, 7_499_999, 22_500_001):
        for admin in (1, 2_999_999, 3_000_001, 4_500_001):
            page = _page(analysis_cost=analysis, admin_cost=admin)
            page["members"] = [
                {"small_biz": False, "cost": 4_500_000, "pc_cost": 200_001, "analysis": n < 9} for n in range(12)
            ]
            yield page, 4
    for change in (
        {"vendor_corporate_number": "1180301018771"},
        {"expert_corporate_number": "1180301018771"},
        {"analysis_members": 11},
    ):
        page = _page(**change)
        page["members"] = [
            {"small_biz": True, "cost": 500_000, **({"corporate_number": "1180301018771"} if n == 3 else {})}
            for n in range(10)
        ]
        yield page, 4


SERVICE = {"item": "設定", "tool": "甲", "category": 6, "contract": "買取", "quantity": 1, "price": 300_000}
BOTH = {**SOFTWARE, "functions": ["会計", "受発注"], "price": 1_000_000}


def _services() -> Iterator[tuple[dict[str, Any], int]]:
    """カテゴリー5 more than once, カテゴリー6 and 7 without their software."""
    for prices in ((5, 4), (4, 5), (5, 5), (3, 5, 4), (0, 0)):
        yield _page(BOTH, *({**SERVICE, "category": 5, "price": price} for price in prices)), 1
    for tool in ("甲", "乙", "", "ソフト"):
        monthly = {**SERVICE, "category": 7, "contract": "月額", "months": 25, "price": 1_001}
        yield _page(BOTH, *({**row, "tool": tool} for row in (SERVICE, monthly))), 1
        yield _page({**BOTH, "tool": ""}, {**SERVICE, "tool": tool}), 1


def _discounts() -> Iterator[tuple[dict[str, Any], int]]:
    """合計からの値引: none, the least, more than one line's worth, all, one too many; amounts up to the largest."""
    for less in (0, 1, 77_777, 100_000, 1_300_001, 1_300_002):
        yield (
            _page(BOTH, SERVICE, {**SERVICE, "category": 5, "price": 1}, {**SERVICE, "price": 1}, total_discount=less),
            1,
        )
    for price, other, less in (
        (9_999_999_999, 1, 9_999_999_998),
        (6_666_666_667, 3_333_333_333, 4_999_999_999),
        (10**10, 1, 7),
    ):
        yield _page({**BOTH, "price": price}, {**SERVICE, "price": other}, total_discount=less), 1
    thirds = [{**SERVICE, "price": 333_333} for _ in range(3)]
    yield _page(BOTH, *thirds, {**SERVICE, "contract": "リース"}, total_discount=100_000), 1
    yield _page({**BOTH, "contract": "月額", "months": 36, "price": 99_999}, total_discount=123_457), 1


def _staff() -> Iterator[tuple[dict[str, Any], int]]:
    """正規雇用 beside 常時使用, at the limit of a 小規模事業者 in 製造業."""
    for employees, regular in ((20, 20), (20, 21), (5, 30), (21, 1), (None, 20), (None, 21)):
        for claim in (True, False, None):
            inputs = {"employees": employees, "staff_regular": regular, "small_claim": claim}
            page = _page(BOTH)
            page["inputs"] |= {name: value for name, value in inputs.items() if value is not None}
            if employees is None:
                del page["inputs"]["employees"]
            yield page, 1
    for claim in (True, False):
        page = _page(BOTH, industry="社会福祉法人", staff_regular=0, small_claim=claim)
        del page["inputs"]["employees"]
        yield page, 1
