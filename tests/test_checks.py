"""What the findings say, and what a quote with mistakes pays; each code at its cell is in test_checks_cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from rules.assess import Assessment
from rules.checks.check import assess
from rules.checks.codes import codes
from rules.findings import ERROR, LEVELS, NOTICE
from rules.frames import etrade, group, invoice, normal, security
from rules.quote import Line, Quote
from tests import samples
from workbooks.reading.identifiers import masked, number_findings


def quote(lines: tuple[Line, ...] = samples.LINES, **inputs: Any) -> Quote:
    """The sound sample with some inputs replaced."""
    return samples.of(invoice.FRAME, lines=lines, **inputs)


def found(q: Quote, frame: Any = invoice.FRAME) -> Assessment:
    return assess(replace(q, findings=number_findings(q)), frame)


def codes_of(q: Quote, frame: Any = invoice.FRAME) -> dict[str, str]:
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


def test_the_yen_cut_stand_in_the_message() -> None:
    a = found(quote(changed(1, months=36)))
    (cut,) = [f for f in a.findings if f.code == "MONTHS"]
    assert "480,000円" in cut.message  # 480,000 × 3 years, of which 2 count
    assert a.expenses[0].eligible == 960_000


def test_services_keep_the_first_lines_and_lose_what_passes_the_cap() -> None:
    a = found(quote(more(BIG)))  # 160,000 + 120,000 + 1,900,000 = 2,180,000
    assert [s.eligible for s in a.expenses if s.line.category in (6, 7)] == [160_000, 120_000, 1_720_000]
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
    assert found(quote(alone), normal.FRAME).subsidy == 0
    assert "GENERIC" in codes_of(quote(alone), normal.FRAME)


def test_generic_counts_as_one_process_beside_another() -> None:
    both = found(quote(changed(1, processes=frozenset(("汎P-07", "共P-01")))), normal.FRAME)
    assert both.calculation is not None
    assert both.calculation.given["processes"] == 2


def test_a_claim_that_does_not_hold_is_reckoned_at_the_true_size() -> None:
    honest, wrong = found(quote(**samples.staff(6), small_claim=False)), found(quote(**samples.staff(6)))
    assert wrong.subsidy == honest.subsidy
    assert wrong.subsidy is not None
    assert wrong.subsidy < samples.SUBSIDY


def test_a_frame_that_lacks_inputs_says_which() -> None:
    assert "お助け隊" in found(quote(), security.FRAME).needs
    assert found(quote(), security.FRAME).subsidy is None
    assert found(quote(())).needs == "見積の明細"


def test_at_most_three_notices() -> None:
    a = found(quote(past_grant=True))
    assert len([f for f in a.findings if f.level == NOTICE]) <= 3


def test_every_code_has_level_title_and_a_known_source() -> None:
    from rules.engine.edition import documents

    for code, data in codes().items():
        assert data["level"] in LEVELS, code
        assert data["title"], code
        assert data["at"].partition("#")[0] in documents(), code


def test_three_months_end_where_the_month_does() -> None:
    issued = date(2026, 5, 31)
    assert codes_of(quote(application_date=date(2026, 8, 31), certificate_date=issued)) == {}
    late = date(2026, 8, 31) + timedelta(days=1)
    assert codes_of(quote(application_date=late, certificate_date=issued)) == {"DOCUMENT": "certificate_date"}


def messages(q: Quote, frame: Any, code: str) -> list[str]:
    return [f.message for f in found(q, frame).findings if f.code == code]


@pytest.mark.parametrize(
    ("frame", "theirs", "cause"),
    [
        (normal.FRAME, 866_666, "対象経費の全額に2/3"),
        (normal.FRAME, 715_000, "税込の支払総額の全額に1/2"),
        (etrade.FRAME, 800_000, "対象経費の全額に2/3"),
        (etrade.FRAME, 300_000, "大企業として"),
        (security.FRAME, 120_000, "対象経費の全額に1/2"),
        (group.FRAME, 9_225_000, "対象経費の全額に3/4"),
        (invoice.FRAME, 1_022_222, "小規模事業者ではない"),
        (invoice.FRAME, 1_254_000, "税込の支払総額の全額に3/4"),
        (security.FRAME, 160_001, ""),
    ],
)
def test_the_likely_cause_is_the_frames_own(frame: Any, theirs: int, cause: str) -> None:
    (said,) = messages(samples.of(frame, vendor_subsidy=theirs), frame, "FLATRATE")
    assert cause in said
    assert ("額です。" in said) == bool(cause)


def test_every_fault_of_a_frame_is_said_at_once() -> None:
    twice = (*samples.MEMBERS[:3], samples.MEMBERS[0])
    a = found(samples.of(group.FRAME, members=twice), group.FRAME)
    assert [(f.code, f.cell) for f in a.findings] == [
        ("GROUP", "members.corporate_number.4"),
        ("GROUP", "members.name.4"),
    ]
    assert a.subsidy == 0
    both = found(samples.of(security.FRAME, otasuke_number=None, otasuke_granted=True), security.FRAME)
    assert [f.cell for f in both.findings] == ["otasuke_granted", "otasuke_number"]


def test_the_months_decide_and_not_the_answer() -> None:
    rates = {"claimed": {"near_min_wage": True}, "shown": {"months": samples.MONTHS}}
    assert [found(samples.of(normal.FRAME, **c), normal.FRAME).subsidy for c in rates.values()] == [866_666, 866_666]
    undecided = {"near_min_wage": True, "months": samples.MONTHS[:2]}
    assert found(samples.of(normal.FRAME, **undecided), normal.FRAME).subsidy == 650_000


def test_what_a_frame_lacks_is_said_where_it_is_typed() -> None:
    bare = tuple(replace(x, processes=frozenset[str]()) for x in samples.LINES[:4])
    assert codes_of(samples.of(normal.FRAME, lines=bare), normal.FRAME) == {
        "INPUT": "lines.processes.1",
        "NOFUNC": "lines.processes.1",
    }
    nobody = samples.of(etrade.FRAME, partners=(), total_accounts=None, accounts_unlimited=None)
    assert codes_of(nobody, etrade.FRAME) == {"INPUT": "total_accounts"}
    assert codes_of(samples.of(security.FRAME, lines=samples.LINES), security.FRAME)["INPUT"] == "lines.functions.1"
    assert codes_of(samples.of(group.FRAME, members=()), group.FRAME) == {"INPUT": ""}


def test_of_the_notices_those_that_change_the_amount_stay() -> None:
    members = tuple(
        replace(m, cost=5_000_000, small_biz=n == 1, functions=1 if n > 8 else 2) for n, m in enumerate(samples.MEMBERS)
    )
    a = found(samples.of(group.FRAME, members=members, admin_cost=3_000_000, past_grant=True, plan=()), group.FRAME)
    assert [f.code for f in a.findings if f.level == NOTICE][:1] == ["GROUPCAP"]
    assert len([f for f in a.findings if f.level == NOTICE]) == 3


def test_a_masked_quote_holds_no_personal_number() -> None:
    note = "担当 1234-5678-9018、電話 0250-00-0000"
    held = samples.of(group.FRAME, business=note, members=(replace(samples.MEMBERS[0], role=note),), inv_work=(note,))
    shown = repr(masked(held))
    assert "5678" not in shown
    assert shown.count("0250-00-0000") == 3
    assert repr(held).count("5678") == 3
