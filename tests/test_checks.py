"""Each code of the checks: a quote that triggers it, in the right cell, and the sound twin that does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from rules import invoice, normal, security
from rules.assess import Assessment, assess
from rules.codes import codes
from rules.findings import ERROR, LEVELS, NOTICE
from rules.quote import Line, Quote
from tests import samples
from workbooks.numbers import number_findings

CELLS = ("item", "tool", "category", "functions", "contract", "unit", "price", "months", "note", "other_subsidy")


def quote(lines: tuple[Line, ...] = samples.LINES, **inputs: Any) -> Quote:
    """The sound sample with some inputs replaced, its cells named after the inputs."""
    base = samples.quote(vendor_subsidy=None, quoted_gross=None, **inputs)
    placed = tuple(replace(x, number=i, cells={n: f"見積!{n}{i}" for n in CELLS}) for i, x in enumerate(lines, 1))
    return replace(base, lines=placed, cells={name: f"@{name}" for name in base.inputs})


def found(q: Quote, frame: Any = invoice) -> Assessment:
    return assess(replace(q, findings=number_findings(q)), frame)


def codes_of(q: Quote, frame: Any = invoice) -> dict[str, str]:
    """Code -> cell of what is found, without the notice that the sample always has."""
    return {f.code: f.cell for f in found(q, frame).findings if f.code != "FORM"}


def changed(number: int, **values: Any) -> tuple[Line, ...]:
    return tuple(replace(x, **values) if i == number else x for i, x in enumerate(samples.LINES, 1))


def more(*extra: Line) -> tuple[Line, ...]:
    return (*samples.LINES, *extra)


def test_the_sound_sample_has_no_error_and_no_warning() -> None:
    assert codes_of(quote()) == {}


def test_and_its_amounts_are_those_of_the_arithmetic() -> None:
    a = found(quote())
    assert (a.total, a.tax, a.subsidy) == (samples.TOTAL, samples.TAX, samples.SUBSIDY)
    assert a.own_burden == samples.TOTAL - samples.SUBSIDY
    assert a.out_of_pocket == samples.TOTAL + samples.TAX - samples.SUBSIDY


CONSULTING = Line(0, "導入コンサル", samples.TOOL, 5, contract="買取", unit="回", quantity=1, price=50_000)
BIG = replace(CONSULTING, category=6, item="追加設定", price=1_900_000, note="内訳は別紙")
TRIGGERS: list[tuple[str, dict[str, Any], str]] = [
    ("MONTHS", {"lines": changed(1, months=36)}, "見積!months1"),
    ("MONTHS", {"lines": changed(2, months=24)}, "見積!months2"),
    ("SERVICES", {"lines": more(BIG)}, "見積!price6"),
    ("SERVICES", {"lines": more(CONSULTING, CONSULTING)}, "見積!category7"),
    ("SERVICES", {"lines": changed(3, tool="別のソフト")}, "見積!tool3"),
    ("SERVICES", {"lines": changed(3, price=10_001)}, "見積!price3"),
    ("REGISTERPC", {"lines": changed(5, note="レジ用途のタブレット")}, "見積!note5"),
    ("HARDONLY", {"lines": samples.LINES[4:]}, "見積!category1"),
    ("CONTRACT", {"lines": changed(5, contract="リース")}, "見積!contract5"),
    ("CONTRACT", {"lines": changed(5, contract="分割")}, "見積!contract5"),
    ("DOUBLE", {"lines": changed(5, other_subsidy=True)}, "見積!other_subsidy5"),
    ("NOFUNC", {"lines": changed(1, functions=frozenset(("勤怠",)), processes=frozenset())[:1]}, "見積!functions1"),
    ("TOOL", {"lines": changed(5, tool="別のソフト")}, "見積!tool5"),
    ("TOOL", {"lines": changed(2, tool="別のソフト")}, "見積!tool2"),
    ("EDITION", {"application_date": date(2024, 10, 1)}, "@application_date"),
    ("SMALL", {"small_claim": None}, ""),
    ("SMALL", {"employees": None}, ""),
    ("LUMP", {"lines": changed(5, unit="一式", note="")}, "見積!unit5"),
    ("KICKBACK", {"lines": changed(5, note="キャッシュバック有り")}, "見積!note5"),
    ("KICKBACK", {"subject": "実質無料の会計クラウド"}, "@subject"),
    ("INPUT", {"lines": changed(5, discount=220_001)}, "見積!price5"),
    ("INPUT", {"lines": changed(5, price=10**10)}, "見積!price5"),
    ("DISCOUNT", {"total_discount": 10_000}, "@total_discount"),
    ("ORDER", {"decision_date": date(2026, 11, 9), "order_date": date(2026, 11, 8)}, "@order_date"),
    ("ORDER", {"payment_date": date(2026, 9, 1)}, "@payment_date"),
    ("SELF", {"vendor_corporate_number": "6000000000011"}, "@corporate_number"),
    ("SELF", {"same_as_vendor": True}, "@same_as_vendor"),
    ("SELF", {"deemed_large": True}, "@deemed_large"),
    ("SELF", {"income_over": True}, "@income_over"),
    ("SMALL", {"employees": 6}, "@small_claim"),
    ("SMALL", {"industry": "医療法人"}, "@small_claim"),
    ("DOCUMENT", {"certificate_date": date(2026, 6, 14)}, "@certificate_date"),
    ("DOCUMENT", {"security_action_id": "40000000001"}, "@security_action_id"),
    ("DOCUMENT", {"security_action_id": None}, ""),
    ("PAST", {"past_grant": True}, "@past_grant"),
    ("ADDRESS", {"address": "新潟市中央区架空町"}, "@address"),
    ("MINWAGE", {"office_min_wage": 1_049}, "@office_min_wage"),
    ("NUMBER", {"corporate_number": "6000000000012"}, "@corporate_number"),
    ("NUMBER", {"vendor_invoice_number": "T5000000000013"}, "@vendor_invoice_number"),
    ("NUMBER", {"business": "個人番号 1234-5678-9018 を控える"}, "@business"),
]


@pytest.mark.parametrize(("code", "change", "cell"), TRIGGERS, ids=lambda x: str(x)[:40])
def test_a_mistake_is_found_in_its_cell_and_nothing_else_is(code: str, change: dict[str, Any], cell: str) -> None:
    assert codes_of(quote(**change)) == {code: cell}


TWINS: list[dict[str, Any]] = [
    {"lines": changed(1, months=12)},
    {"lines": more(CONSULTING)},
    {"lines": more(replace(BIG, price=1_720_000))},  # 160,000 + 120,000 + 1,720,000 = 2,000,000
    {"lines": changed(3, price=10_000)},
    {"lines": changed(5, unit="一式", note="2台と設置台")},
    {"decision_date": date(2026, 11, 9), "order_date": date(2026, 11, 9), "payment_date": date(2026, 12, 1)},
    {"employees": 5},
    {"employees": 6, "small_claim": False},
    {"certificate_date": date(2026, 6, 15)},
    {"office_min_wage": 1_050},
    {"security_action_id": None, "application_date": date(2026, 5, 12), "certificate_date": date(2026, 5, 1)},
    {"address": "新潟市中央区架空町１丁目"},
    {"address": "架空村字下の沢番地なし", "certificate_date": date(2026, 8, 1)},
    {"business": "電話 0250-00-0000、伝票 1234-5678-9012 を控える"},  # twelve digits without the check digit
]


@pytest.mark.parametrize("change", TWINS, ids=lambda x: str(x)[:50])
def test_the_sound_twin_is_silent(change: dict[str, Any]) -> None:
    assert codes_of(quote(**change)) == {}


def test_the_yen_cut_stand_in_the_message() -> None:
    a = found(quote(changed(1, months=36)))
    (cut,) = [f for f in a.findings if f.code == "MONTHS"]
    assert "480,000円" in cut.message  # 480,000 × 3 years, of which 2 count
    assert a.shares[0].eligible == 960_000


def test_services_keep_the_first_lines_and_lose_what_passes_the_cap() -> None:
    a = found(quote(more(BIG)))  # 160,000 + 120,000 + 1,900,000 = 2,180,000
    assert [s.eligible for s in a.shares if s.line.category in (6, 7)] == [160_000, 120_000, 1_720_000]
    assert "180,000円" in next(f.message for f in a.findings if f.code == "SERVICES")


@pytest.mark.parametrize("change", [{"discount": 220_001}, {"price": 10**10}])
def test_a_line_outside_the_domain_gives_no_amount(change: dict[str, Any]) -> None:
    a = found(quote(changed(5, **change)))
    assert (a.subsidy, a.total, a.own_burden) == (None, None, None)


def test_sums_outside_the_domain_give_no_amount() -> None:
    dear = replace(samples.LINES[0], price=4_900_000_000)
    a = found(quote(more(dear, dear)))
    assert a.subsidy is None
    assert [(f.code, f.level) for f in a.findings] == [("INPUT", ERROR)]
    assert "範囲の外" in a.findings[0].message


def test_a_quote_without_an_amount_always_says_why() -> None:
    a = found(quote(industry=None, small_claim=None))
    assert [(f.code, f.level) for f in a.findings] == [("INPUT", ERROR)]
    assert "小規模事業者かどうか" in a.findings[0].message


def test_a_personal_number_is_never_repeated() -> None:
    messages = [f.message for f in found(quote(business="個人番号 123456789018 を控える")).findings]
    assert messages
    assert not any("1234" in m for m in messages)


def test_a_total_with_tax_in_the_lines_gives_no_amount() -> None:
    q = quote()
    with_tax = replace(q, inputs={**q.inputs, "quoted_gross": samples.TOTAL}, cells={"quoted_gross": "@gross"})
    a = found(with_tax)
    assert (a.subsidy, a.own_burden, a.needs) == (None, None, "税抜の単価")
    assert [(f.code, f.level, f.cell) for f in a.findings] == [("TAX", ERROR, "@gross")]
    right = replace(q, inputs={**q.inputs, "quoted_gross": samples.TOTAL + samples.TAX})
    assert codes_of(right) == {}


@pytest.mark.parametrize(("theirs", "cause"), [(975_000, ""), (1_140_000, "3/4"), (1_216_000, "4/5")])
def test_a_flat_rate_is_named(theirs: int, cause: str) -> None:
    q = quote()  # eligible 1,520,000: × 3/4 = 1,140,000, × 4/5 = 1,216,000
    a = found(replace(q, inputs={**q.inputs, "vendor_subsidy": theirs}))
    (f,) = [f for f in a.findings if f.code == "FLATRATE"]
    assert cause in f.message
    assert ("全額に" in f.message) == bool(cause)


def test_frames_that_fall_pay_nothing() -> None:
    assert found(quote(samples.LINES[4:])).subsidy == 0
    alone = changed(1, processes=frozenset(("汎P-07",)))
    assert found(quote(alone), normal).subsidy == 0
    assert "GENERIC" in codes_of(quote(alone), normal)


def test_generic_counts_as_one_process_beside_another() -> None:
    both = found(quote(changed(1, processes=frozenset(("汎P-07", "共P-01")))), normal)
    assert both.calculation is not None
    assert both.calculation.given["processes"] == 2


def test_a_claim_that_does_not_hold_is_reckoned_at_the_true_size() -> None:
    honest, wrong = found(quote(employees=6, small_claim=False)), found(quote(employees=6))
    assert wrong.subsidy == honest.subsidy
    assert wrong.subsidy is not None
    assert wrong.subsidy < samples.SUBSIDY


def test_a_frame_that_lacks_inputs_says_which() -> None:
    assert "お助け隊" in found(quote(), security).needs
    assert found(quote(), security).subsidy is None
    assert found(quote(())).needs == "見積の明細"


def test_at_most_three_notices() -> None:
    a = found(quote(past_grant=True))
    assert len([f for f in a.findings if f.level == NOTICE]) <= 3


def test_every_code_has_level_title_and_a_known_source() -> None:
    from rules.edition import documents

    for code, data in codes().items():
        assert data["level"] in LEVELS, code
        assert data["title"], code
        assert data["at"].partition("#")[0] in documents(), code


def test_three_months_end_where_the_month_does() -> None:
    issued = date(2026, 5, 31)
    assert codes_of(quote(application_date=date(2026, 8, 31), certificate_date=issued)) == {}
    late = date(2026, 8, 31) + timedelta(days=1)
    assert codes_of(quote(application_date=late, certificate_date=issued)) == {"DOCUMENT": "@certificate_date"}
