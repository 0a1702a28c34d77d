"""提案書: one page whose figures, frame, dates and promises are those of the frame applied for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rules import lines, schedule
from rules.edition import edition
from rules.frames import FRAMES, frame
from tests.sheets import Desk
from workbooks import fill, layout
from workbooks.sheets import estimate, proposal

EXAMPLES = Path(fill.__file__).parent / "examples"
PAGES = {"normal": "normal", "invoice": "wholesale", "etrade": "etrade", "security": "security", "group": "group"}
OWN = {  # what only this frame promises
    "normal": "3年間、労働生産性の数値",
    "invoice": "インボイス制度への対応とツール",
    "etrade": "アカウントを無償で発行",
    "security": "セキュリティ対策の状況",
    "group": "代表事業者が構成員の労働生産性",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    found = Desk(tmp_path_factory.mktemp("proposal"))
    yield found
    found.engine.close()


def example(name: str) -> dict[str, Any]:
    data = fill.load(EXAMPLES / f"{PAGES[name]}.toml")
    inputs = {k: "、".join(v) if isinstance(v, list) else v for k, v in data["inputs"].items()}
    lines = [{k: fill.spelt(k, v) for k, v in line.items()} for line in data["lines"]]
    return {**data, "inputs": inputs, "lines": lines}


def page(desk: Desk) -> list[Any]:
    """Every text and number of the page."""
    return [desk.value(f"提案書!{letter}{row}") for row in range(1, 75) for letter in "ACFGI"]


def words(desk: Desk) -> str:
    return "\n".join(v for v in page(desk) if isinstance(v, str))


@pytest.mark.parametrize("name", PAGES)
def test_figures_and_promises_are_of_the_frame(desk: Desk, name: str) -> None:
    data = example(name)
    desk.enter(data)
    text = words(desk)
    assert frame(name).LABEL in text
    for other, promise in OWN.items():
        assert (promise in text) is (other == name or (name == "etrade" and other == "invoice")), other
    for result in ("out_gross", "out_subsidy", "out_own_burden", "out_out_of_pocket"):
        assert desk.value(layout.RESULT[result].address) in page(desk)
    assert desk.value(f"提案書!C{proposal.GRANT + 2}") == desk.value(layout.RESULT[f"out_{name}_subsidy"].address) > 0
    closing = schedule.next_deadline(name, data["inputs"]["application_date"])
    assert (f"{closing:%Y/%-m/%-d}（17時）" if closing else "公表された締切はありません") in text
    assert "後払い" in text and "採択と交付を約束するものではありません" in text and "計算の版" in text


@pytest.mark.parametrize("name", PAGES)
def test_lines_add_up_to_the_total(desk: Desk, name: str) -> None:
    desk.enter(example(name))
    amounts = [desk.value(f"提案書!I{row}") for row in range(estimate.FIRST, estimate.REST + 1)]
    total = sum(a for a in amounts if isinstance(a, float))
    assert total == desk.value(f"提案書!I{estimate.SUMS}") == desk.value(layout.RESULT["out_total"].address)


def test_the_group_s_lines_are_its_members_sums(desk: Desk) -> None:
    desk.enter(example("group"))
    items = [desk.value(f"提案書!A{estimate.FIRST + n}") for n in range(5)]
    assert items == [label for label, _ in estimate.SUMS_OF_GROUP]


def bought(*changes: dict[str, Any]) -> dict[str, Any]:
    """The invoice frame's example with its first line so many times, each changed."""
    data = example("invoice")
    inputs = {k: v for k, v in data["inputs"].items() if k != "quoted_gross"}
    return {**data, "inputs": inputs, "lines": [{**data["lines"][0], **change} for change in changes]}


def items(desk: Desk) -> list[str]:
    return [desk.value(f"提案書!A{estimate.FIRST + n}") for n in range(estimate.SHOWN)]


def test_a_line_that_does_not_count_is_marked(desk: Desk) -> None:
    desk.enter(bought({"item": "会計"}, {"item": "椅子", "contract": "リース"}, {"item": "受発注"}))
    assert items(desk)[:4] == ["会計", f"（{estimate.OUT}）椅子", "受発注", ""]
    assert estimate.OUT in desk.value(f"提案書!A{estimate.SUMS + 2}")
    desk.enter(bought({"item": "会計"}))
    assert items(desk)[:2] == ["会計", ""]
    assert desk.value(f"提案書!A{estimate.SUMS + 2}") == ""


def test_the_marks_are_of_the_frame_applied_for(desk: Desk) -> None:
    data = bought({"item": "会計"})
    desk.enter({**data, "inputs": {**data["inputs"], "frame": frame("security").LABEL}})
    assert items(desk)[0] == f"（{estimate.OUT}）会計"


def test_services_beyond_their_cap_are_marked(desk: Desk) -> None:
    service = {
        "category": "6 導入設定・マニュアル作成・導入研修",
        "contract": "買取",
        "months": None,
        "functions": None,
    }
    cap = edition(lines.Edition).services.value
    desk.enter(
        bought({"item": "会計"}, *({**service, "item": f"研修{n}", "quantity": 1, "price": cap} for n in (1, 2)))
    )
    assert items(desk)[:3] == ["会計", "研修1", f"（{estimate.OUT}）研修2"]


@pytest.mark.parametrize("count", [estimate.SHOWN, estimate.SHOWN + 1, estimate.SHOWN + 4])
def test_lines_that_do_not_fit_are_counted_summed_and_found(desk: Desk, count: int) -> None:
    changes = [{"price": 10_000 + n} for n in range(count)]
    desk.enter(bought(*changes[:-1], {**changes[-1], "contract": "リース"}))
    said, rest = (desk.value(f"提案書!{letter}{estimate.REST}") for letter in "AI")
    amounts = [desk.value(layout.LINES.cell("amount", n)) for n in range(1, count + 1)]
    left = amounts[estimate.SHOWN :]
    outside = f"　うち{estimate.OUT} 1行" if left else ""
    assert said == (f"ほか {len(left)}行（明細は「見積」シートのとおり）{outside}" if left else "")
    assert rest == (sum(left) if left else "")


def test_a_rest_that_cannot_be_known_is_a_word(desk: Desk) -> None:
    desk.enter(bought(*[{}] * estimate.SHOWN, {"price": "一万"}))
    assert desk.value(f"提案書!I{estimate.REST}") == estimate.UNKNOWN


def test_deadlines_per_frame(desk: Desk) -> None:
    for on in (date(2026, 5, 12), date(2026, 6, 16), date(2026, 8, 26), date(2026, 10, 31)):
        for f in FRAMES:
            desk.enter({"inputs": {"application_date": on, "frame": f.LABEL}})
            closing = schedule.next_deadline(f.NAME, on)
            shown = desk.value(f"提案書!C{proposal.GRANT + 5}")
            assert shown.startswith(f"{closing:%Y/%-m/%-d}（" if closing else "公表された締切はありません"), (
                f.NAME,
                on,
            )


@pytest.mark.parametrize(
    ("past", "target"), [(False, "1年後3%以上、3年間の年平均で3%以上"), (True, "1年後4%以上、3年間の年平均で4%以上")]
)
def test_the_target_of_productivity(desk: Desk, past: bool, target: str) -> None:
    desk.enter({"inputs": {"frame": "通常枠", "past_grant": past}})
    assert target in words(desk)


def test_a_raise_is_promised_only_where_it_is_asked_for(desk: Desk) -> None:
    data = example("normal")
    desk.enter(data)
    assert "年平均3.0%以上" in words(desk) and "事業場内最低賃金" in words(desk)
    inputs = {k: v for k, v in data["inputs"].items() if k != "quoted_gross"}  # it is that of all lines
    desk.enter({**data, "inputs": inputs, "lines": data["lines"][1:2]})
    assert "賃上げの計画は、この枠・この補助額では求められません" in words(desk)
    desk.enter(example("invoice"))
    assert "適用外" in words(desk)


def test_a_frame_that_falls_says_why(desk: Desk) -> None:
    data = example("etrade")
    desk.enter({**data, "inputs": {**data["inputs"], "accounts_unlimited": True}})
    assert desk.value(layout.RESULT["out_subsidy"].address) == 0
    assert "上限の無い契約は対象外" in desk.value(f"提案書!A{proposal.GRANT + 6}")


def test_an_empty_page_shows_dashes_and_no_amount(desk: Desk) -> None:
    desk.enter({})
    assert "―" in page(desk)
    assert not [v for v in page(desk) if isinstance(v, float) and v]
    assert "申請日を入れると出ます" in words(desk)
