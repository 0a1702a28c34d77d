"""The rules against an oracle written from the text alone, by somebody who had not read them."""

from __future__ import annotations

from datetime import date
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from rules.engine.evaluate import columns, scalar
from rules.frames import etrade, group, invoice, normal, security
from rules.frames.contract import Frame
from tests import oracle
from tests.oracle import etrade as etrade_oracle
from tests.oracle import group as group_oracle
from tests.oracle import invoice as invoice_oracle
from tests.oracle import normal as normal_oracle
from tests.oracle import security as security_oracle

ROWS = 100_000  # per frame and edition here; `make proof` takes ten times as many
PAIRS: list[tuple[Frame, ModuleType]] = [
    (invoice.FRAME, invoice_oracle),
    (normal.FRAME, normal_oracle),
    (etrade.FRAME, etrade_oracle),
    (security.FRAME, security_oracle),
]
YEARS = {2025: date(2025, 6, 1), 2026: date(2026, 6, 1)}


def random_columns(frame: Frame, n: int, rng: np.random.Generator) -> dict[str, np.ndarray[Any, Any]]:
    """n rows of valid arguments, dense around the thresholds."""
    made: dict[str, np.ndarray[Any, Any]] = {}
    for a in frame.arguments:
        if a.kind == "flag":
            made[a.name] = rng.random(n) < 0.5
        elif a.kind == "yen":
            top = 12_000_000 if a.name == "cost" else 700_000
            wide = rng.integers(0, top, n)
            made[a.name] = np.where(rng.random(n) < 0.01, rng.integers(0, 10_000_000_001, n), wide)
        elif a.kind == "accounts":
            made[a.name] = rng.integers(1, 500, n)
        else:
            made[a.name] = rng.integers(0 if a.kind in ("count", "some_accounts") else 1, 6, n)
    if "sme_accounts" in made:
        made["sme_accounts"] = made["sme_accounts"] * 83 % (made["total_accounts"] + 1)
    return made


def differences(frame: Frame, theirs: ModuleType, year: int, n: int, seed: int) -> list[tuple[Any, ...]]:
    """Rows for which the two do not agree."""
    made = random_columns(frame, n, np.random.default_rng(seed))
    ours = columns(frame, made, YEARS[year]).tolist()
    rows = zip(*(made[a.name].tolist() for a in frame.arguments), strict=True)
    return [(row, got) for row, got in zip(rows, ours, strict=True) if theirs.subsidy(*row, year=year) != got]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(("frame", "theirs"), PAIRS, ids=[f.name for f, _ in PAIRS])
def test_random_rows_agree_with_the_oracle(frame: Frame, theirs: ModuleType, year: int) -> None:
    assert differences(frame, theirs, year, ROWS, seed=year) == []


def group_differences(year: int, n: int, seed: int) -> list[Any]:
    """Random groups for which the two do not agree."""
    rng = np.random.default_rng(seed)
    found: list[Any] = []
    for _ in range(n):
        size = int(rng.integers(8, 14))
        made = random_columns(invoice.FRAME, size, rng)
        members = list(zip(*(made[a.name].tolist() for a in invoice.ARGUMENTS), strict=True))
        b, c, heads = int(rng.integers(0, 15_000_000)), int(rng.integers(0, 5_000_000)), int(rng.integers(0, size + 1))
        chosen = heads if heads % 2 else None
        values = {"members": members, "analysis_cost": b, "admin_cost": c, "analysis_members": chosen}
        ours = scalar(group.FRAME, values, YEARS[year]).subsidy
        if ours != group_oracle.subsidy(members, b, c, chosen, year=year):
            found.append((values, ours))
    return found


@pytest.mark.parametrize("year", YEARS)
def test_random_groups_agree_with_the_oracle(year: int) -> None:
    assert group_differences(year, 1_000, seed=year) == []


def test_the_oracle_has_not_read_the_rules() -> None:
    folder = oracle.__path__[0]
    from pathlib import Path

    sources = [path.read_text("utf-8") for path in Path(folder).glob("*.py")]
    assert len(sources) == 9
    assert not any("import rules" in s or "from rules" in s for s in sources)
