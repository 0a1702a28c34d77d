"""The command line as the menu finds it, runs it, and tells its answer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from addin import messages, places
from addin.calc import cli_bridge
from rules.refusal import Refusal

FINDING = {"level": "error", "code": "INPUT", "message": "読めません。", "cell": "見積!K19", "source": ""}
NOTICE = {**FINDING, "level": "notice", "message": "確かめてください。", "cell": ""}


def program(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_where_the_command_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_bridge, "USUAL", ())
    name = "hojokin.exe" if sys.platform == "win32" else "hojokin"
    mine, other = program(tmp_path / "my programs" / name), program(tmp_path / "bin" / name)
    path = {"PATH": str(other.parent)}
    assert [Path(word) for word in cli_bridge.found("", path)] == [other]
    assert cli_bridge.found(f" {mine} ", path) == [str(mine)]
    assert cli_bridge.found("", path | {"HOJOKIN": f"'{mine}' --x"}) == [str(mine), "--x"]
    assert cli_bridge.found(str(mine), path | {"HOJOKIN": "/nowhere"}) == [str(mine)]
    with pytest.raises(Refusal, match=r"/nowhere がありません"):
        cli_bridge.found("", path | {"HOJOKIN": "/nowhere"})
    with pytest.raises(Refusal, match=r"install\.cmd を"):
        cli_bridge.found("", {"PATH": str(tmp_path)})


def test_the_installed_one_on_windows_comes_before_the_path(tmp_path: Path) -> None:
    home = {"LOCALAPPDATA": str(tmp_path / "Local"), "APPDATA": str(tmp_path / "Roaming"), "PATH": ""}
    python = program(places.scripts(places.here(home, Path()).app) / "python.exe")
    assert cli_bridge.found("", home) == [str(python), "-I", "-B", "-X", "utf8", "-m", "addin.cli"]


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("print('hojokin: 見積.xlsx を読めません。', file=sys.stderr); sys.exit(2)", "見積.xlsx を読めません。"),
        ("{}[1]", "Hojokin のコマンドが失敗しました（KeyError: 1）。"),
        ("sys.exit(9)", "Hojokin のコマンドが失敗しました（終了状態 9）。"),
        ("print('not json')", "Hojokin のコマンドが失敗しました（終了状態 0）。"),
        ("print([])", "Hojokin のコマンドが失敗しました（終了状態 0）。"),
    ],
)
def test_failures_are_one_sentence(script: str, message: str) -> None:
    with pytest.raises(Refusal) as refused:
        cli_bridge.run([sys.executable, "-c", f"import sys; {script}"], "check", "見積.xlsx")
    assert str(refused.value) == message


def test_a_command_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_bridge, "LIMIT", 1)
    with pytest.raises(Refusal, match="Hojokin のコマンドが1秒たっても答えません。もう一度お試しください。"):
        cli_bridge.run([sys.executable, "-c", "import time; time.sleep(60)"], "check", "見積.xlsx")


def test_a_program_that_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"を動かせません（.+）。$"):
        cli_bridge.run([str(tmp_path)], "check", "見積.xlsx")


def test_the_environment_of_libreoffice_stays_with_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in cli_bridge.FOREIGN:
        monkeypatch.setenv(name, "/usr/lib/libreoffice/program")
    code = f"import json, os; print(json.dumps({{'left': [n for n in {cli_bridge.FOREIGN!r} if n in os.environ]}}))"
    assert cli_bridge.run([sys.executable, "-c", code]) == {"left": []}


def test_findings_in_words() -> None:
    said = messages.check({"label": "通常枠", "findings": [FINDING, NOTICE], "missing": []}).splitlines()
    assert said == [
        "通常枠として調べました。",
        "誤り 1件、お知らせ 1件。",
        "・誤り 見積!K19 読めません。",
        "・お知らせ 確かめてください。",
    ]
    many = messages.check({"label": "通常枠", "findings": [FINDING] * 30, "missing": []}).splitlines()
    assert len(many) == messages.SHOWN + 3 and many[-1] == "（ほか20件）"


def test_frames_in_words() -> None:
    base = {"frame": "x", "label": "枠", "needs": "", "falls": "", "why": ""}
    said = messages.compare(
        {
            "late": "公表された締切がありません",
            "frames": [
                {**base, "eligible": 1_000_000, "subsidy": 750_000, "own_burden": 250_000},
                {**base, "eligible": 1, "subsidy": 0, "own_burden": None},
                {**base, "eligible": 1, "subsidy": 0, "own_burden": 1, "why": "下限に届きません"},
                {**base, "eligible": None, "subsidy": None, "own_burden": None, "needs": "構成員の表"},
            ],
        }
    )
    assert said.splitlines()[0] == "公表された締切がありません"
    assert said.splitlines()[3:] == [
        "・枠: 補助額 750,000（対象経費 1,000,000、自己負担 250,000）",
        "・枠: 補助額 0（対象経費 1、自己負担 不明）",
        "・枠: 補助額 0（対象経費 1、自己負担 1） ※下限に届きません",
        "－ 枠: 構成員の表が要ります",
    ]


def test_drafts_in_words() -> None:
    said = messages.draft({"files": ["/a/b/見積_計算書.docx", "/a/b/見積_資金.docx"], "findings": [FINDING, NOTICE]})
    assert said.splitlines() == [
        f"下書きを2つ、{Path('/a/b')} に作りました。", "見積_計算書.docx", "見積_資金.docx",
        "誤りが1件あります。「入力チェック」で確かめてください。",
    ]  # fmt: skip
