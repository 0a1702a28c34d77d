"""Then and now: every value that two editions hold differently is told once, and a quote's amounts are those of each day."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from addin.cli.main import main
from rules.advice import edition_changes
from rules.advice.edition_changes import PAGES, changes, effects, first_day
from rules.advice.what_if import told
from rules.assess import amounts
from rules.engine.edition import Parameter, editions
from rules.frames import FRAMES
from tests import customers

OLD, NEW = date(2025, 3, 31), date(2026, 3, 30)


def values(page: Any) -> dict[Any, Any]:
    return {path: v.value for path, v in edition_changes.values(page)}


def test_the_years_are_the_editions() -> None:
    assert (first_day(2025), first_day(2026)) == (OLD, NEW)


def test_an_edition_does_not_differ_from_itself() -> None:
    assert changes(OLD, OLD) == changes(NEW, date(2026, 12, 1)) == ()


@pytest.mark.parametrize("name", PAGES)
def test_each_number_of_a_page_that_is_changed_is_found_alone(name: str) -> None:
    page: Any = editions(PAGES[name])[-1]
    whole = values(page)
    for f in fields(page):
        parameter = getattr(page, f.name)
        for inner in fields(parameter) if isinstance(parameter, Parameter) else ():
            if isinstance(old := getattr(parameter, inner.name), int) and not isinstance(old, bool):
                other = values(replace(page, **{f.name: replace(parameter, **{inner.name: old + 1})}))
                assert [path for path in whole if whole[path] != other[path]] == [(f.name, inner.name)]


def test_no_two_values_stand_at_one_place() -> None:
    for cls in PAGES.values():
        for page in editions(cls):
            found = [path for path, _ in edition_changes.values(page)]
            assert len(found) == len(set(found))


def test_what_changed_from_2025_to_2026() -> None:
    found = {
        (c.page, c.new.name if c.new else ""): (c.old and c.old.value, c.new and c.new.value) for c in changes(OLD, NEW)
    }
    assert found[("通常枠", "up_to")] == (1_499_999, 1_500_000)
    assert found[("賃上げ計画など", "per_head")] == (False, True)
    assert all(c.new is None or c.new.at for c in changes(OLD, NEW))


def test_a_quote_has_the_amounts_of_each_day() -> None:
    quote = customers.care()
    for e in effects(quote, OLD, NEW):
        module = next(f for f in FRAMES if f.label == e.label)
        assert (e.old, e.new) == tuple(amounts(told(quote, application_date=day), module).subsidy for day in (OLD, NEW))


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    quote = str(Path(__file__).parents[1] / "workbooks" / "examples" / "normal.xlsx")
    assert main(["editions", "diff", "2025", "2026", quote]) == 0
    assert "■ 通常枠: 1～3プロセスの補助上限額\n  上限 1,499,999円 → 150万円" in capsys.readouterr().out
    assert main(["editions", "diff", "2025", "2026", quote, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["old"], data["new"]) == ("2025-03-31", "2026-03-30")
    assert len(data["changes"]) == len(changes(OLD, NEW))


@pytest.mark.parametrize(
    "call", ["editions diff 2025 2027", "editions diff 25 2026", "editions show 2025 2026", "editions diff 2025"]
)
def test_a_wrong_call_is_told_in_one_line(call: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(call.split()) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
