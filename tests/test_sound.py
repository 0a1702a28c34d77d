"""Sound quotes raise no false alarm, and a quote with known gaps shows exactly these."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import docx
import pytest

from rules import invoice
from rules.assess import assess
from rules.findings import NOTICE
from rules.quote import FUNCTIONS, Line, Quote
from templates.render import drafts
from tests import samples
from tests.quotes import data
from workbooks import check, fill
from workbooks.numbers import number_findings

EXAMPLES = Path(fill.__file__).parent / "examples"
CHANGES_THE_AMOUNT = {"FORM", "ONEFUNC"}


def sound_quote(dice: random.Random) -> Quote:
    """The sample applicant with lines that keep every rule."""
    tools = dice.sample(("みのり会計", "みのり受発注", "みのり決済"), dice.randint(1, 3))
    made = [_software(dice, tool) for tool in tools]
    made += [_option(dice, dice.choice(tools)) for _ in range(dice.randint(0, 2))]
    made += [_service(dice, dice.choice(tools)) for _ in range(dice.randint(0, 2))]
    made += [_machine(dice, dice.choice(tools)) for _ in range(dice.randint(0, 2))]
    lines = tuple(replace(line, number=i) for i, line in enumerate(made, 1))
    small = dice.random() < 0.5
    base = samples.quote(quoted_gross=None, vendor_subsidy=None, small_claim=small, employees=5 if small else 40)
    return replace(base, lines=lines)


def _software(dice: random.Random, tool: str) -> Line:
    names = frozenset(dice.sample(FUNCTIONS, dice.randint(1, 3)))
    contract, months = dice.choice((("月額", dice.randint(1, 24)), ("年額", dice.choice((12, 24))), ("買取", None)))
    price = dice.randint(3_000, 90_000)
    return Line(0, f"{tool} 利用料", tool, 1, names, frozenset(), contract, "契約", dice.randint(1, 3), price, months)


def _option(dice: random.Random, tool: str) -> Line:
    return Line(0, "拡張機能", tool, dice.choice((2, 3, 4)), contract="月額", unit="ID", quantity=1, price=dice.randint(500, 9_000),
                months=dice.randint(1, 12))  # fmt: skip


def _service(dice: random.Random, tool: str) -> Line:
    return Line(
        0,
        "導入設定",
        tool,
        6,
        contract="買取",
        unit="時間",
        quantity=dice.randint(1, 60),
        price=dice.randint(5_000, 10_000),
    )


def _machine(dice: random.Random, tool: str) -> Line:
    return Line(
        0,
        "機器",
        tool,
        dice.choice((8, 9)),
        contract="買取",
        unit="台",
        quantity=1,
        price=dice.randint(50_000, 400_000),
    )


def test_two_hundred_sound_quotes_raise_no_alarm() -> None:
    dice = random.Random(20260330)
    for _ in range(200):
        q = sound_quote(dice)
        a = assess(replace(q, findings=number_findings(q)), invoice)
        assert a.subsidy, q
        assert {f.level for f in a.findings} <= {NOTICE}, a.findings
        assert {f.code for f in a.findings} <= CHANGES_THE_AMOUNT, a.findings


def test_sound_quotes_stay_sound_through_a_file(tmp_path: Path) -> None:
    dice = random.Random(7)
    for number in range(5):
        q = sound_quote(dice)
        path = tmp_path / f"{number}.xlsx"
        fill.fill(quotes_data(q), path)
        a = check.assess_file(path, invoice)
        assert a.subsidy == assess(q, invoice).subsidy
        assert {f.code for f in a.findings} <= CHANGES_THE_AMOUNT, a.findings


def quotes_data(q: Quote) -> dict[str, object]:
    """The quote as a person types it."""
    made = data(q)
    made["inputs"] = {name: _typed(value) for name, value in made["inputs"].items()}
    return made


def _typed(value: object) -> object:
    if isinstance(value, Fraction):
        return float(value)
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize(("name", "gaps"), [("gaps", 9), ("wholesale", 0), ("manufacturer", 0)])
def test_missing_inputs_are_marked_once_each(name: str, gaps: int, tmp_path: Path) -> None:
    files = drafts(check.assess_file(EXAMPLES / f"{name}.xlsx", invoice), tmp_path)
    assert len(files) == 4
    assert sum(text(path).count("【要記入") for path in files) == gaps


def text(path: Path) -> str:
    """All text of a Word file: body, tables, headers and footers."""
    document = docx.Document(str(path))
    parts = [
        document.element.body,
        *(s.header._element for s in document.sections),
        *(s.footer._element for s in document.sections),
    ]
    return "\n".join(t.text or "" for part in parts for t in part.iter() if t.tag.endswith("}t"))
