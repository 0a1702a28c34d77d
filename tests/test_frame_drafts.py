"""The drafts of every frame: golden texts, whose numbers the assessment holds, and what is still owed."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields as columns
from dataclasses import is_dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from rules import consumption_tax, minimum_wage, obligations, payroll
from rules.assess import Assessment
from rules.engine.evaluate import scalar
from rules.frames import group, invoice
from templates.content import documents as material
from templates.content import narratives
from templates.content.context import context
from templates.engine.render import drafts, render
from tests import samples
from tests.applications import NAMES, made
from tests.drafted import TODO, controls, text, texts
from workbooks.form import portal_fields
from workbooks.reading import quote_file

GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = Path(quote_file.__file__).parents[1] / "examples"
RULES = Path(invoice.__file__).parents[1]
FIELDS = Path(portal_fields.__file__).with_name("portal_fields.toml")  # the words of the screens
EACH = [(name, title) for name in NAMES for title in material.titles(name)]
AMOUNT = re.compile(r"△?[0-9]{1,3}(?:,[0-9]{3})+|△?[0-9]+(?= ?円)")


@pytest.mark.parametrize(("name", "title"), EACH)
def test_a_draft_reads_as_its_golden_text(name: str, title: str) -> None:
    actual, path = text(render(title, context(made(name)))), GOLDEN / name / f"{title}.txt"
    if os.environ.get("GOLDEN") == "write":  # GOLDEN=write pytest tests/test_frame_drafts.py, then read the difference
        path.parent.mkdir(exist_ok=True)
        path.write_text(actual + "\n", encoding="utf-8")
    assert path.read_text("utf-8") == actual + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_equal_input_gives_equal_bytes(name: str) -> None:
    for title in material.titles(name):
        assert render(title, context(made(name))) == render(title, context(made(name)))


@pytest.mark.parametrize("name", NAMES)
def test_no_draft_calls_itself_a_form_or_prints_a_value_of_python(name: str) -> None:
    nothing = dict.fromkeys(samples.APPLICANT) | dict.fromkeys(samples.QUOTED) | dict.fromkeys(samples.OWN[name], ())
    blank = {k: None if k not in samples.TABLES else () for k in nothing}
    for a in (made(name), made(name, **blank), made(name, lines=())):
        for found in texts(a).values():
            assert material.official(name) in found
            for never in ("様式第", "None", "nan", "{{", "{%", "True", "False", "Fraction"):
                assert never not in found


# --- every number of a draft is known to the assessment ---------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_amount_in_a_draft_is_one_that_the_assessment_or_the_law_knows(name: str) -> None:
    a = made(name)
    known = {abs(n) for n in (*_told(a), *_computed(a), *_law())}
    for title, found in texts(a).items():
        strange = {m for m in AMOUNT.findall(found) if int(m.replace(",", "").strip("△")) not in known}
        assert not strange, title


def _told(value: Any) -> Iterator[int]:
    """Every whole number within an assessment, however deep."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | Fraction):
        yield int(value)
    elif isinstance(value, dict):
        for child in value.values():
            yield from _told(child)
    elif isinstance(value, tuple | list | frozenset):
        for child in value:
            yield from _told(child)
    elif is_dataclass(value):
        for column in columns(value):
            yield from _told(getattr(value, column.name))


def _computed(a: Assessment) -> Iterator[int]:
    """What follows from the assessment by itself."""
    each = (payroll.per_head(a.quote.inputs, n) for n in range(payroll.YEARS + 1))
    yield from (int(value) for value in each if value is not None)  # 1人当たり給与支給総額, cut to whole yen
    yield from (n for n in (a.subsidy, a.total, a.tax, a.gross, a.own_burden, a.out_of_pocket, a.eligible) if n)
    yield from (a.part(part) for part in ("cost", "pc_cost", "register_cost"))
    yield sum(s.cut for s in a.expenses)
    yield (a.quote.get("own_funds") or 0) + (a.quote.get("loan") or 0) - (a.gross or 0)
    for year in a.quote.plan:
        parts = (year.operating or 0, year.personnel or 0, year.depreciation or 0)
        yield sum(parts)
        yield int(obligations.productivity(*parts, year.employees or 1, year.hours or 1))
    if a.on and (wage := minimum_wage.in_force(a.quote.get("prefecture"), a.on)):
        yield wage.yen
        aim = minimum_wage.coming(wage.prefecture, a.on) or wage  # a promise outlives the figure of today
        goal = aim.yen + int("".join(c for c in a.quote.get("wage_margin") or "0" if c.isdigit()))
        yield from (goal, goal - (a.quote.get("office_min_wage") or 0))
    for missed, year in (("minimum_wage", 1), ("minimum_wage", 2), ("minimum_wage", 3), ("payroll", 3)):
        yield obligations.repayment(a.subsidy or 0, missed, year, a.on)
    yield from _shared(a)
    yield from _members(a)


def _shared(a: Assessment) -> Iterator[int]:
    """The 按分 of 電子取引類型."""
    own, total = sum(p.accounts or 0 for p in a.quote.partners if p.sme), a.quote.get("total_accounts")
    if total:
        yield a.part("cost") * own // total


def _members(a: Assessment) -> Iterator[int]:
    """What each member of a group gets, the sums, and the tax on each part."""
    rows = [{x.name: getattr(m, x.name) for x in group.COLUMNS} for m in a.quote.members]
    found = [scalar(invoice.FRAME, row, a.on) for row in rows]
    for step in ("within", "beyond", "pc_part", "register_part", "subsidy"):
        yield from (c.step(step) for c in found)
        yield sum(c.step(step) for c in found)
    costs = [sum(row[part] or 0 for row in rows) for part in ("cost", "pc_cost", "register_cost")]
    for cost in (*costs, sum(costs), a.quote.get("analysis_cost", 0), a.quote.get("admin_cost", 0)):
        yield from (cost, consumption_tax.tax(cost, 0, a.on), cost + consumption_tax.tax(cost, 0, a.on))


def _law() -> Iterator[int]:
    """Every number of the pages of the law, those in their sentences too."""
    for path in (*RULES.rglob("*.toml"), FIELDS):
        page = path.read_text("utf-8")
        yield from _told(tomllib.loads(page))
        yield from (int(m.replace(",", "")) for m in AMOUNT.findall(page))


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.xlsx")), ids=lambda p: p.stem)
def test_the_totals_that_the_sheet_shows_stand_in_the_drafts(path: Path, tmp_path: Path) -> None:
    filled, quote = quote_file.open_checked(path)
    a = quote_file.assess_file(path, quote_file.chosen(quote))
    shown = "\n".join(text(p.read_bytes()) for p in drafts(a, tmp_path))
    for name in ("out_total", "out_gross", "out_own_burden", "out_out_of_pocket"):
        value = filled.results[name].value if name in filled.results else None
        if isinstance(value, int | float):
            assert f"{int(value):,}" in shown, name


# --- what is owed -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_each_control_of_what_is_owed_is_a_line_of_the_checklist(name: str) -> None:
    for a in (made(name), made(name, business=None, mgmt_goal=None, application_date=None, wage_when=None)):
        words = context(a)
        found = [c for title in words["drafts"] for c in controls(render(title, words))]
        assert len(found) == words["owed_count"]
        assert all(c.startswith(TODO) for c in found)
        checklist = text(render("必要書類チェックリスト", words))
        assert all(f"☐ | {row['label']} | {row['where']} | {row['cell']}" in checklist for row in words["owed"])


def test_the_example_with_gaps_has_nine_controls_and_nine_lines() -> None:
    words = context(quote_file.assess_file(EXAMPLES / "gaps.xlsx"))
    found = [c for title in words["drafts"] for c in controls(render(title, words))]
    assert len(found) == len(words["owed"]) == 9
    checklist = text(render("必要書類チェックリスト", words))
    documents = [d for d in checklist.splitlines() if d.startswith("☐ | ") and ("未着手" in d or "そろった" in d)]
    assert checklist.count("☐ | ") - len(documents) == 9
    assert next(row["label"] for row in words["owed"]) == "確認者"


def test_the_business_is_led_with_the_firms_own_words() -> None:
    (found,) = controls(render("入力用下書き", context(made("invoice", business=None))))
    assert found.startswith("【要記入】当社は新潟県で卸売業を営む従業員5名の事業者で、〔扱う商品")
    assert "「みのり受発注」（会計・受発注）を導入し" in found


def test_what_is_too_long_is_marked() -> None:
    words = context(made("invoice", business="あ" * 255 + "超過分"))
    entry = next(f for b in words["blocks"] for f in b["entries"] if f["name"] == "business")
    assert (entry["value"], entry["tail"]) == ("あ" * 255, "超過分")
    assert "あ超過分 | 258／255字　超過" in text(render("入力用下書き", words))


# --- what the frames' own drafts say ----------------------------------------------------------------------------------


def test_the_normal_plan_has_a_row_for_each_process_and_judges_the_target() -> None:
    found = texts(made("normal"))["課題・労働生産性計画"]
    assert "共P-02／決済・債権債務・資金回収 | 【要記入: 受注・請求・入金" in found
    assert "労働生産性（円／時間） | 2,500 | 2,580 | 2,660 | 2,750" in found
    assert "実績年からの伸び | ― | 年平均 3.2% | 年平均 3.1% | 年平均 3.2%" in found
    assert "判定: この計画は目標に届いている。" in found
    assert "判定: 該当する" in found
    assert "令和6年10月 | 10 | 3 | 30.0% | 該当" in found
    low = texts(made("normal", plan=samples.PLAN[:1] * 4))["課題・労働生産性計画"]
    assert "判定: この計画は目標に届いていない。" in low
    assert "計画の数字が足りず" in texts(made("normal", plan=samples.PLAN[:2]))["課題・労働生産性計画"]


def test_the_sharing_shows_its_arithmetic_and_asks_each_partner_once() -> None:
    partners = (*samples.PARTNERS[:1], samples.PARTNERS[1].__class__(2, name="石田青果", sme=True, accounts=2))
    found = texts(made("etrade", partners=partners))
    assert "②／① | 5／10 |" in found["取引先アカウント按分計算書"]
    assert "按分後の補助対象経費 | 600,000 円 |" in found["取引先アカウント按分計算書"]
    assert "補助額 | 400,000 円 |" in found["取引先アカウント按分計算書"]
    assert "同意書が未受領の中小企業等が 1 者" in found["取引先アカウント按分計算書"]
    assert found["取引先同意書"].count("取引先　") == 1
    assert "取引先　石田青果" in found["取引先同意書"]


def test_the_security_plan_names_service_number_and_period() -> None:
    found = texts(made("security"))["セキュリティ対策計画"]
    assert "見守り隊 基本サービス | 2024-001-00 | 24か月 | 240,000 | 240,000" in found
    assert "サービスリストの番号 2024-001-00）を24か月利用する" in found
    assert "年平均成長率 1.0%以上" in found


def test_the_group_plan_has_the_five_headings_and_the_figures_add_up() -> None:
    a = made("group")
    found = texts(a)
    assert [s.heading for s in narratives.stories() if s.draft == "事業計画書"][:5] == [
        "ツールの目的と効果", "導入後の活用計画", "商業集積地・サプライチェーンの課題", "複数者の連携",
        "生産性を高める取組み",
    ]  # fmt: skip
    for heading in ("ツールの目的と効果", "導入後の活用計画", "複数者の連携", "生産性を高める取組み"):
        assert f"\n{heading}\n" in found["事業計画書"]
    assert a.calculation is not None
    assert (
        f"(a) 基盤導入経費 | 9,900,000 | 9,000,000 | 900,000 | {a.calculation.step('base_part'):,}"
        in found["事業計画書"]
    )
    assert f"| {a.subsidy:,} |" in found["構成員別の経費と補助額"]
    assert "架空1号店" in found["経費内訳・補助額計算書"]


def test_a_promise_that_binds_says_what_is_paid_back() -> None:
    a = made("normal", small_claim=False, lines=tuple(_dear(line) for line in samples.LINES[:4]), **samples.staff(50))
    found = texts(a)["賃上げ計画の表明文"]
    assert a.subsidy is not None
    assert "が求められます" in found
    assert f"{a.subsidy:,} 円" in found


@pytest.mark.parametrize(("after", "falls_short"), [(10_100_000, True), (13_000_000, False)])
def test_a_promise_below_the_duty_is_said_before_the_letter(after: int, falls_short: bool) -> None:
    """10,000,000 to 10,100,000 in three years is 0.3 % a year; to 13,000,000 9.1 %."""
    dear = tuple(_dear(line) for line in samples.LINES[:4])
    paid = {"wage_base": 10_000_000, "wage_y3": after, "wage_heads": None, "wage_heads_y3": None}
    a = made("normal", small_claim=False, lines=dear, **samples.staff(50), **paid)
    before, _, letter = texts(a)["賃上げ計画の表明文"].partition("従業員各位")
    assert ("に届きません" in before) is falls_short and "に届きません" not in letter


def test_a_promise_of_the_lowest_wage_is_held_to_the_figure_to_come() -> None:
    """新潟県: 1,050 yen until 2026-09-30, 1,108 from 2026-10-01; promised +30 is 1,138."""
    for own, said in ((1_137, "に1 円足りない"), (1_138, "に届いている")):
        found = texts(made("normal", office_min_wage=own))["賃上げ計画の表明文"]
        assert "令和8年10月1日（2026/10/1）からは1,108 円（令和8年度）" in found
        assert f"1,138 円以上（令和8年度の地域別最低賃金＋30円）。いまの額はこの目標{said}" in found


def test_in_a_group_each_member_pays_from_an_account_of_its_own() -> None:
    ways = {name: texts(made(name))["資金繰り表"] for name in ("group", "invoice")}
    assert "購入する構成員の名義の口座から、それぞれの全額を支払う" in ways["group"]
    assert "申請者名義の口座から全額を支払う" in ways["invoice"] and "構成員の名義" not in ways["invoice"]


def _dear(line: Any) -> Any:
    return line.__class__(**{**vars(line), "price": line.price * 8, "processes": line.processes | {"共P-01", "共P-05"}})


def test_no_raise_needs_no_letter() -> None:
    found = texts(made("invoice", wage_raise=False))["賃上げ計画の表明文"]
    assert "従業員各位" not in found
    assert "表明文は要りません" in found


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("IT導入支援事業者", ("資料の作成者", "報酬を得て")),
        ("行政書士", ("登録番号・職印", "作成行政書士")),
        ("申請者", ("作成者",)),
    ],
)
def test_the_role_sets_who_signs(role: str, said: tuple[str, ...]) -> None:
    for found in texts(made("normal", role=role)).values():
        assert all(words in found for words in said)
        assert ("登録番号・職印" in found) == (role == "行政書士")
