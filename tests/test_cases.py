"""Every worked example: by the rules, by the spreadsheet function, and by the command line exactly as written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from addin import functions
from addin.cli.main import main
from rules.engine.argument import ArgumentError
from rules.engine.evaluate import scalar
from rules.frames import frame
from tests.cases import FRAMES, Case, cases, worked_examples

ALL = [case for name in FRAMES for case in cases(name)]
CALLS = [row for row in worked_examples() if row["where"] == "calc"]


def outcome(case: Case) -> int | str:
    """Yen, or the Excel error."""
    try:
        return scalar(frame(case.frame), case.arguments, case.as_of).subsidy
    except ArgumentError as e:
        return e.error


@pytest.mark.parametrize("case", ALL, ids=lambda c: f"{c.frame}: {c.name}")
def test_worked_example(case: Case) -> None:
    assert outcome(case) == (case.error or case.subsidy)


@pytest.mark.parametrize("case", ALL, ids=lambda c: f"{c.frame}: {c.name}")
def test_spreadsheet_function_gives_the_same(case: Case) -> None:
    names = [a.name for a in frame(case.frame).arguments]
    arguments = [case.arguments.get(name) for name in names]
    assert getattr(functions, case.frame)(*arguments, case.as_of) == (case.error or case.subsidy)


@pytest.mark.parametrize("row", CALLS, ids=lambda r: r["id"])
def test_command_line_gives_the_yen(row: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = with_members_file(row["command"], tmp_path)
    status = main(["calc", *command.split()])
    assert status in (0, 1)
    assert f"補助額: {int(row['yen']):,}円" in capsys.readouterr().out


def with_members_file(command: str, folder: Path) -> str:
    """`members=[10x 1000000 false 2 0 0]` written out as a file."""
    found = re.search(r"members=\[(\d+)x ([^\]]+)\]", command)
    if not found:
        return command
    path = folder / "members.csv"
    header = "cost,small_biz,functions,pc_cost,register_cost\n"
    path.write_text(header + (found[2].replace(" ", ",") + "\n") * int(found[1]), "utf-8")
    return command.replace(found[0], f"members={path}")


def test_every_row_of_the_worked_examples_is_reached() -> None:
    wheres = {row["where"] for row in worked_examples()}
    assert wheres == {"calc", "quote", "advice"}
    assert len(CALLS) == 69
