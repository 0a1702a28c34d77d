"""The example quotes, one or more a frame: no error, no warning, and the yen of the arithmetic by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from stdnum.jp import cn

from rules.assess import Assessment
from rules.findings import NOTICE
from tests.oracle import etrade, group, invoice, normal, security
from workbooks.building import fill
from workbooks.reading import quote_file
from workbooks.reading.portal_limits import blanks

PAGES = Path(fill.__file__).parents[1] / "examples"

# by hand: frame, 補助額, 見積の合計（税抜）. Every sum stands in words at the top of the example's page.
GROUP_PARTS = {"a": 7_604_232, "b": 4_200_000, "ab": 7_604_232 + 4_200_000, "c": 600_000}
WANTED = {
    "wholesale": ("invoice", 509_680 + 100_000, 895_520),
    "manufacturer": ("invoice", 1_875_555 + 175_000 + 100_000, 3_289_400),
    "normal": ("normal", 4_284_000 * 2 // 3, 4_284_000),
    "etrade": ("etrade", 2_798_400 * 36 * 2 // (43 * 3), 2_798_400),
    "security": ("security", 374_400 * 2 // 3, 374_400),
    "group": ("group", GROUP_PARTS["ab"] + GROUP_PARTS["c"], 10_932_800 + 6_300_000 + 900_000),
}


def members(page: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of the members as the oracle takes them."""
    names = ("cost", "small_biz", "functions", "pc_cost", "register_cost")
    return [tuple(row.get(name, 0) for name in names) for row in page["members"]]


def by_oracle(name: str) -> int | None:
    """補助額 from the text alone: the eligible costs are those of the page's comment."""
    page = fill.load(PAGES / f"{name}.toml")
    match name:
        case "wholesale":
            return invoice.subsidy(639_520, True, 2, 256_000, 0)
        case "manufacturer":
            return invoice.subsidy(2_730_000, False, 3, 209_400, 350_000)
        case "normal":
            return normal.subsidy(4_284_000, 5, True)
        case "etrade":
            return etrade.subsidy(2_798_400, sum(p["accounts"] for p in page["partners"] if p["sme"]), 43)
        case "security":
            return security.subsidy(374_400, True)
        case _:
            return group.subsidy(members(page), 6_300_000, 900_000, sum(m["analysis"] for m in page["members"]))


@pytest.fixture(scope="module")
def assessed() -> dict[str, Assessment]:
    """Every example in the frame that it applies for."""
    return {name: quote_file.assess_file(PAGES / f"{name}.xlsx") for name in (*WANTED, "gaps")}


@pytest.mark.parametrize("name", WANTED)
def test_the_amounts_are_those_of_the_arithmetic(name: str, assessed: dict[str, Assessment]) -> None:
    frame, subsidy, total = WANTED[name]
    a = assessed[name]
    assert (a.frame, a.subsidy, a.total) == (frame, subsidy, total)
    assert by_oracle(name) == subsidy
    assert a.own_burden == total - subsidy
    assert a.out_of_pocket == total + total // 10 - subsidy


@pytest.mark.parametrize("name", WANTED)
def test_an_example_is_complete_and_sound(name: str, assessed: dict[str, Assessment]) -> None:
    a = assessed[name]
    assert [f for f in a.findings if f.level != NOTICE] == []
    assert blanks(a.quote) == ()
    assert (a.needs, a.falls) == ("", "")
    assert len(a.quote.plan) == 4


def test_the_parts_of_the_group_are_those_of_the_arithmetic(assessed: dict[str, Assessment]) -> None:
    c = assessed["group"].calculation
    assert c is not None
    steps = {s.name: s.value for s in c.steps}
    found = {"a": steps["base_part"], "b": steps["analysis_part"], "ab": steps["combined"], "c": steps["admin_part"]}
    assert found == GROUP_PARTS
    assert len(assessed["group"].quote.members) == 12


def test_the_gaps_are_nine(assessed: dict[str, Assessment]) -> None:
    assert len(blanks(assessed["gaps"].quote)) == 9
    assert assessed["gaps"].subsidy == WANTED["wholesale"][1]


def test_the_applicant_near_the_minimum_wage_shows_its_months(assessed: dict[str, Assessment]) -> None:
    quote = assessed["normal"].quote
    hits = [m.number for m in quote.months if 10 * (m.below or 0) >= 3 * (m.everyone or 0)]
    assert (len(quote.months), hits) == (12, [1, 2, 5, 6])


@pytest.mark.parametrize("name", WANTED)
def test_every_corporate_number_has_its_check_digit_and_one_owner(name: str) -> None:
    page = fill.load(PAGES / f"{name}.toml")
    fields = ("corporate_number", "vendor_corporate_number", "expert_corporate_number")
    numbers = [page["inputs"][f] for f in fields if f in page["inputs"]]
    numbers += [row["corporate_number"] for t in ("members", "partners") for row in page.get(t, ()) if "corporate_number" in row]  # fmt: skip
    assert all(cn.is_valid(n) and n[1:7] == "999990" for n in numbers)  # a registry office that does not exist
    assert len(set(numbers)) == len(numbers)
