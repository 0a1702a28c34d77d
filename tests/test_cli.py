"""The command line: exit status, one line for a wrong call, data as JSON, and no traceback whatever comes in."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from shutil import copy

import pytest

from addin.cli.main import ORDER, main, names, parser
from tests.books import LINE, book
from tests.sheet import SMALL
from workbooks.building import cached_values, fill
from workbooks.building.quote_workbook import built

EXAMPLES = Path(__file__).parent.parent / "workbooks" / "examples"


def run(*words: str) -> int:
    return main(list(words))


@pytest.mark.parametrize("name", names())
def test_each_command_has_its_row_in_the_readme_and_helps(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    rows = [row for row in page.partition("## コマンド")[2].partition("\n## ")[0].splitlines() if row.startswith("| `")]
    assert any(f"`hojokin {name}" in row or f"`{name}" in row for row in rows)
    with pytest.raises(SystemExit):
        parser([name]).parse_args([name, "--help"])
    assert capsys.readouterr().out.startswith(f"使い方: hojokin {name} ")


def test_the_help_has_every_command_in_its_order() -> None:
    assert tuple(names())[: len(ORDER)] == ORDER
    lines = [line.split()[0] for line in parser().format_help().splitlines() if line.startswith("    ")]
    assert [line for line in lines if line in names()] == list(names())


def test_a_call_imports_its_own_command_alone() -> None:
    code = "import sys; from addin.cli.main import parser; parser(['calc', 'invoice']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in loaded if name.startswith("addin.cli.commands.")] == ["addin.cli.commands.calc"]


@pytest.mark.parametrize(
    "call",
    [
        "calc invoice cost=abc small_biz=true",
        "calc invoice cost=１２ small_biz=true",
        "calc invoice cost=0.5 small_biz=true",
        "calc invoice cost=-1 small_biz=true",
        "calc invoice cost=100000000000000000 small_biz=true",
        "calc invoice cost= small_biz=true",
        "calc invoice small_biz=true",
        "calc invoice cost=1 small_biz=maybe",
        "calc invoice cost=1 small_biz=true colour=red",
        "calc invoice cost",
        "calc nothing cost=1",
        "calc invoice cost=1 small_biz=true --as-of 2020-01-01",
        "calc invoice cost=1 small_biz=true --as-of soon",
        "calc etrade cost=1 sme_accounts=2 total_accounts=1",
        "calc group members=absent.csv",
        "calc group",
        "law nothing",
        "check absent.xlsx",
        "draft absent.xlsx -o out",
        "draft absent.xlsx -o out --frame normal",
        "compare absent.xlsx",
        "nothing",
        "draft",
        "check a.xlsx extra",
        "draft a.xlsx -o",
        "calc invoice cost=1 cost=2 small_biz=true",
    ],
)
def test_a_wrong_call_says_so_in_one_line_and_ends_with_2(call: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*call.split()) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1
    assert shown.err.startswith("hojokin: ")
    assert "Traceback" not in shown.err


@pytest.mark.parametrize("call", ["nothing", "check a.xlsx extra", "draft", "draft a.xlsx -o"])
def test_a_wrong_call_is_told_in_japanese(call: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(*call.split())
    assert not any(word in capsys.readouterr().err for word in ("unrecognized", "required", "invalid", "expected"))


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 2
    assert "calc" in capsys.readouterr().err


def test_an_empty_output_folder_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", "a.xlsx", "-o", ""]) == 2
    assert "-o ." in capsys.readouterr().err


def test_build_makes_everything_twice_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a smaller workbook and one example; tests/test_workbook.py makes each shipped one anew."""
    one = {"wholesale": fill.load(EXAMPLES / "wholesale.toml")}
    monkeypatch.setattr("workbooks.building.quote_workbook.built", partial(built, SMALL))
    monkeypatch.setattr(
        "workbooks.building.build.examples",
        lambda: {name: cached_values.saved(fill.filled(data)) for name, data in one.items()},
    )
    printed: list[str] = []
    for folder in ("a", "b"):
        assert run("build", "-o", str(tmp_path / folder)) == 0
        printed.append(capsys.readouterr().out.replace(str(tmp_path / folder), ""))
    assert printed[0] == printed[1]
    assert {"Hojokin.xlam", "quote.xlsx"} <= {path.name for path in (tmp_path / "a").iterdir()}


def test_build_into_a_file_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("x")
    assert run("build", "-o", str(tmp_path / "taken")) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_calc_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("calc", "invoice", "cost=1000000", "small_biz=true", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["frame"], answer["edition"], answer["subsidy"]) == ("invoice", "2026-03-30", 750_000)
    assert all(set(step) == {"name", "label", "value", "source"} for step in answer["steps"])
    assert all(type(step["value"]) is int and step["label"] and step["source"] for step in answer["steps"])
    assert [f["code"] for f in answer["findings"]] == ["FORM"]


@pytest.mark.parametrize(
    ("call", "status", "codes"),
    [
        ("invoice cost=0 small_biz=true pc_cost=200000", 1, ["HARDONLY"]),
        ("invoice cost=1000000 small_biz=false functions=1", 0, ["ONEFUNC"]),
        ("normal cost=99999 processes=1", 0, ["FLOOR"]),
        ("normal cost=3000000 processes=3", 0, ["EDGE150"]),
        ("normal cost=3000000 processes=3 --as-of 2025-06-01", 0, []),
        ("normal cost=2999998 processes=3", 0, []),
        ("normal cost=2999999 processes=4", 0, ["LOWER"]),
        ("normal cost=3000000 processes=4", 0, []),
        ("normal cost=3000000 processes=0", 1, ["GENERIC"]),
        ("security cost=99999 small_biz=false", 0, ["FLOOR"]),
        ("security cost=100000 small_biz=false", 0, []),
    ],
)
def test_what_the_frame_itself_says(
    call: str, status: int, codes: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("calc", *call.split(), "--json") == status
    assert [f["code"] for f in json.loads(capsys.readouterr().out)["findings"]] == codes


def test_law_shows_where_three_quarters_become_four_fifths(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("law", "invoice") == 0
    lines = capsys.readouterr().out.splitlines()
    assert any("補助率（小規模事業者）" in line and "4/5" in line and "リーフレット" in line for line in lines)


def test_law_prints_every_frame_and_edition(capsys: pytest.CaptureFixture[str]) -> None:
    for day in ("2025-06-01", "2026-06-01"):
        assert run("law", "--as-of", day) == 0
        out = capsys.readouterr().out
        assert out.count("■ ") == 5
        assert "原文は未確認" in out or day.startswith("2025")


def test_the_functions_load_nothing_but_the_standard_library() -> None:
    code = (
        "before = set(sys.modules); import addin.functions\n"  # what lies in .pth files of the environment is no matter
        "own = ('rules', 'addin', 'workbooks', 'templates')\n"
        "names = {m.partition('.')[0] for m in set(sys.modules) - before}\n"
        "print(sorted(n for n in names if n not in sys.stdlib_module_names and n not in own))"
    )
    root = Path(__file__).parent.parent
    done = subprocess.run([sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(root)!r})\n{code}"],
                          capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout == "[]\n"


@pytest.fixture
def quotes(tmp_path: Path) -> dict[str, Path]:
    """The examples of three frames."""
    return {n: Path(copy(EXAMPLES / f"{n}.xlsx", tmp_path)) for n in ("normal", "etrade", "wholesale")}


def test_a_quote_is_checked_in_the_frame_it_applies_for(
    quotes: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", str(quotes["normal"])) == 0
    assert capsys.readouterr().out.splitlines()[0] == "通常枠として調べました。"
    assert run("check", str(quotes["wholesale"]), "--json") == 0
    assert json.loads(capsys.readouterr().out)["frame"] == "invoice"
    assert run("check", str(quotes["normal"]), "--frame", "電子取引類型") == 1
    assert "電子取引類型として調べました" in capsys.readouterr().out


def test_compare_names_all_five_frames_best_first(quotes: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("compare", str(quotes["etrade"]), "--json") == 0
    frames = json.loads(capsys.readouterr().out)["frames"]
    assert [f["frame"] for f in frames] == ["etrade", "normal", "invoice", "security", "group"]
    assert [f["subsidy"] for f in frames] == [1_561_897, 1_399_200, 500_000, None, None]
    assert all(f["needs"] for f in frames[3:])


def test_a_frame_that_falls_has_nothing_and_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = fill.load(EXAMPLES / "etrade.toml")
    fill.fill({**page, "inputs": {**page["inputs"], "accounts_unlimited": True}}, tmp_path / "q.xlsx")
    run("compare", str(tmp_path / "q.xlsx"), "--json")
    (fallen,) = [f for f in json.loads(capsys.readouterr().out)["frames"] if f["frame"] == "etrade"]
    assert (fallen["subsidy"], fallen["needs"], "上限の無い契約" in fallen["falls"]) == (0, "", True)
    run("compare", str(tmp_path / "q.xlsx"))
    assert any("電子取引類型" in line and fallen["falls"] in line for line in capsys.readouterr().out.splitlines())


def test_a_big_quote_is_checked(tmp_path: Path) -> None:
    member = {"name": "構成員", "small_biz": "はい", "cost": 700_000, "functions": 2, "pc_cost": 100_000}
    path = book(tmp_path / "q.xlsx", {"small_claim": "はい"}, [LINE] * 500, tables={"members": [member] * 1_000})
    done = subprocess.run(
        [sys.executable, "-m", "addin.cli", "check", str(path), "--frame", "group", "--json"],
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1) and json.loads(done.stdout)["frame"] == "group"
