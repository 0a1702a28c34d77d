"""Sound quotes raise no false alarm, and a quote with known gaps shows exactly these."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import docx
import pytest

from rules import line_limits
from rules.checks.check import assess
from rules.checks.codes import codes
from rules.findings import NOTICE
from rules.frames import FRAMES, etrade, group, invoice, normal, security
from rules.frames.contract import Frame
from rules.quote import FUNCTIONS, Line, Partner, Quote
from templates.engine.render import drafts
from tests import books, samples
from tests.quotes import data
from workbooks.building import fill
from workbooks.reading import quote_file
from workbooks.reading.identifiers import number_findings
from workbooks.reading.portal_limits import entry_findings

EXAMPLES = Path(fill.__file__).parents[1] / "examples"
CHANGES_THE_AMOUNT = {"FORM", "ONEFUNC", "EDGE150", "LOWER", "GROUPCAP"}
PROCESSES = ("共P-01", "共P-02", "共P-03", "共P-04", "共P-05", "各業種P-06")


def sound_quote(dice: random.Random, frame: Frame = invoice.FRAME) -> Quote:
    """The sample applicant with a quote that keeps every rule of the frame."""
    small = dice.random() < 0.5
    size = {"small_claim": small, **samples.staff(5 if small else 40)}
    return samples.of(frame, **size, **MAKERS[frame](dice))


def _invoice(dice: random.Random) -> dict[str, Any]:
    tools, made = _tools(dice)
    return {"lines": (*made, *(_machine(dice, dice.choice(tools)) for _ in range(dice.randint(0, 2))))}


def _normal(dice: random.Random) -> dict[str, Any]:
    _, made = _tools(dice)
    lowest = replace(made[0], contract="買取", months=None, price=dice.randint(100_000, 3_000_000), item="業務ソフト")
    months = dice.choice(({}, {"months": samples.MONTHS}, {"months": samples.MONTHS, "near_min_wage": True}))
    return {"lines": (lowest, *made[1:]), "wage_y3": 22_000_000, **months}


def _etrade(dice: random.Random) -> dict[str, Any]:
    rows = tuple(
        Partner(0, name=f"架空商店{n}", sme=dice.random() < 0.8, accounts=dice.randint(0, 9), consent=True)
        for n in range(dice.randint(1, 30))
    )
    rows = (samples.PARTNERS[0], *rows)
    line = replace(samples.CLOUD, price=dice.randint(1_000, 300_000), months=dice.randint(1, 24))
    return {
        "partners": rows,
        "total_accounts": sum(p.accounts or 0 for p in rows) + dice.randint(1, 9),
        "lines": (line,),
    }


def _security(dice: random.Random) -> dict[str, Any]:
    return {"lines": (replace(samples.WATCH, price=dice.randint(5_000, 200_000), months=dice.randint(20, 24)),)}


def _group(dice: random.Random) -> dict[str, Any]:
    rows = tuple(
        replace(m, small_biz=dice.random() < 0.5, cost=dice.randint(1, 4_000_000), functions=dice.randint(1, 3),
                pc_cost=dice.randint(0, 300_000), analysis=True)
        for m in samples.MEMBERS
    )  # fmt: skip
    return {"members": rows, "analysis_cost": dice.randint(0, 9_000_000), "admin_cost": dice.randint(0, 4_000_000)}


MAKERS = {
    invoice.FRAME: _invoice,
    normal.FRAME: _normal,
    etrade.FRAME: _etrade,
    security.FRAME: _security,
    group.FRAME: _group,
}


def _tools(dice: random.Random) -> tuple[Sequence[str], list[Line]]:
    """Software with its options and services."""
    tools = dice.sample(("みのり会計", "みのり受発注", "みのり決済"), dice.randint(1, 3))
    made = [_software(dice, tool) for tool in tools]
    made += [_option(dice, dice.choice(tools)) for _ in range(dice.randint(0, 2))]
    made += [_service(dice, dice.choice(tools)) for _ in range(dice.randint(0, 2))]
    return tools, _not_dear(made)


def _not_dear(made: list[Line]) -> list[Line]:
    """The lines with 役務 of at most three times the software, as DEARSERVICE would have it."""
    services = [row for row in made if row.category == line_limits.SETUP]
    room = codes()["DEARSERVICE"]["times"] * min(_yen(row) for row in made if row.category == line_limits.SOFTWARE)
    hours = room // (len(services) * max(row.price or 0 for row in services)) if services else 0
    kept = [replace(row, quantity=min(row.quantity or 0, hours)) if row in services else row for row in made]
    return [row for row in kept if row.quantity]


def _yen(row: Line) -> int:
    periods = {"月額": Fraction(row.months or 0), "年額": Fraction(row.months or 0, 12)}
    return int((row.price or 0) * (row.quantity or 0) * periods.get(row.contract, Fraction(1)))


def _software(dice: random.Random, tool: str) -> Line:
    names = frozenset(dice.sample(FUNCTIONS, dice.randint(1, 3)))
    codes = frozenset(dice.sample(PROCESSES, dice.randint(1, 5)))
    contract, months = dice.choice((("月額", dice.randint(1, 24)), ("年額", dice.choice((12, 24))), ("買取", None)))
    item = f"{tool} ライセンス" if months is None else f"{tool} 利用料"
    return Line(
        0, item, tool, 1, names, codes, contract, "契約", dice.randint(1, 3), dice.randint(3_000, 90_000), months
    )


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


@pytest.mark.parametrize("frame", FRAMES, ids=lambda f: f.name)
def test_two_hundred_sound_quotes_a_frame_raise_no_alarm(frame: Frame) -> None:
    dice = random.Random(20260330)
    for _ in range(200):
        q = sound_quote(dice, frame)
        a = assess(replace(q, findings=(*number_findings(q), *entry_findings(q))), frame)
        assert a.subsidy, q
        assert {f.level for f in a.findings} <= {NOTICE}, a.findings
        assert {f.code for f in a.findings} <= CHANGES_THE_AMOUNT, a.findings


@pytest.mark.parametrize("frame", FRAMES, ids=lambda f: f.name)
def test_sound_quotes_stay_sound_through_a_file(frame: Frame, tmp_path: Path) -> None:
    dice = random.Random(7)
    for number in range(4):
        q = sound_quote(dice, frame)
        a = quote_file.assess_file(books.filled_in(tmp_path / f"{number}.xlsx", q))
        assert (a.frame, a.subsidy) == (frame.name, assess(q, frame).subsidy)
        assert {f.code for f in a.findings} <= CHANGES_THE_AMOUNT, a.findings


def test_a_sound_quote_stays_sound_through_the_shipped_form(tmp_path: Path) -> None:
    q = sound_quote(random.Random(8))
    fill.fill(quotes_data(q), tmp_path / "quote.xlsx")
    a = quote_file.assess_file(tmp_path / "quote.xlsx", invoice.FRAME)
    assert a.subsidy == assess(q, invoice.FRAME).subsidy
    assert {f.code for f in a.findings} <= CHANGES_THE_AMOUNT, a.findings


@pytest.mark.parametrize("name", ["beginner", "beginner-normal", "beginner-group"])
def test_a_beginners_mistakes_are_found_at_their_cells(name: str, tmp_path: Path) -> None:
    page = fill.load(EXAMPLES / f"{name}.toml")
    fill.fill(page, tmp_path / "quote.xlsx")
    a = quote_file.assess_file(tmp_path / "quote.xlsx")
    found = sorted((f.code, f.cell) for f in a.findings if f.level != NOTICE)
    assert found == sorted((code, books.address(place)) for code, place in page["expected"].items())


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
    files = drafts(quote_file.assess_file(EXAMPLES / f"{name}.xlsx", invoice.FRAME), tmp_path)
    assert len(files) == 5
    assert sum(text(path).count("【要記入") for path in files) == gaps


def text(path: Path) -> str:
    """All text of a Word file: body, tables, headers and footers."""
    document: Any = docx.Document(str(path))
    parts = [
        document.element.body,
        *(s.header._element for s in document.sections),
        *(s.footer._element for s in document.sections),
    ]
    return "\n".join(t.text or "" for part in parts for t in part.iter() if t.tag.endswith("}t"))
