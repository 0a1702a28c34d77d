"""tests.excel.fakecom against pywin32: the same values sent and received, compared word by word."""

from __future__ import annotations

import json
from datetime import UTC
from decimal import Decimal
from typing import Any

import pytest

from tests.excel import fakecom, fakeexcel
from tests.windows import machine
from tests.windows.inside import rules
from tests.windows.report import LINES, MARK

ECHO = "tests.windows.inside.echo"


@pytest.fixture(scope="module")
def genuine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """What pywin32 did in Windows' Python."""
    fakecom.install()
    path = tmp_path_factory.mktemp("pywin32") / "answers.json"
    machine.suite("test_rules_of_pywin32.py", env={"HOJOKIN_ANSWERS": machine.windows_path(path)})
    return json.loads(path.read_text("utf-8"))


@pytest.mark.timeout(300)
def test_what_python_sends(genuine: dict[str, dict[str, str]]) -> None:
    assert list(genuine["sent"]) == rules.SENT
    differences = {text: (said, fake_sends(text)) for text, said in genuine["sent"].items() if said != fake_sends(text)}
    refused = [text for text in differences if differences[text][1] == "refused"]
    assert {t: d for t, d in differences.items() if t not in refused} == {}
    LINES.append(
        f"{MARK}pywin32 and fakecom send the same: {len(rules.SENT) - len(refused)} values; refused: {refused}"
    )
    assert refused == ["('ok', 1.0)", "((1.0, 2.0), (3.0, 4.0))"]


def fake_sends(text: str) -> str:
    """What fakecom says that VBA holds."""
    try:
        return rules.described(fakecom.call(ECHO, "answer", (text,)))
    except NotImplementedError:
        return "refused"
    except fakecom.com_error as e:
        return f"error {e.hresult}"


def test_what_arrives_in_python(genuine: dict[str, dict[str, str]]) -> None:
    names: dict[str, Any] = {**vars(fakecom), "Decimal": Decimal, "UTC": UTC}
    fake = {vba: fakecom.call(ECHO, "seen", (eval(python, names),)) for vba, python in rules.ARRIVES.items()}
    assert {vba: without_places(said) for vba, said in fake.items()} == {
        vba: without_places(said) for vba, said in genuine["arrives"].items()
    }
    LINES.append(f"{MARK}pywin32 and fakecom hand over the same: {len(fake)} values")


def without_places(said: str) -> str:
    """Without the class that pywin32 gives a date, and a memory's place."""
    return said.replace("TimeType ", "datetime ").partition(" <memory")[0]


def test_excel_s_refusal(genuine: dict[str, dict[str, str]]) -> None:
    fake = fakeexcel.refuse("なぜ")
    assert rules.kind_of(fake.args) == genuine["raised"]["refusal"]


def test_what_never_arrives_is_refused() -> None:
    from datetime import date, datetime

    fakecom.install()
    for value in ([1.0], date(2026, 7, 1), datetime(2026, 7, 1), object(), ((1.0, [2.0]),)):
        with pytest.raises(NotImplementedError):
            fakecom.call(ECHO, "seen", (value,))
