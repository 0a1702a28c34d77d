"""A CSV of members is read by the names of its columns; without a header line, in their order.

Ten 小規模事業者, each: software 837,500, 625,000 × 4/5 = 500,000 and 212,500 × 2/3 = 141,666.67; registers 400,000 × 1/2 =
200,000: 841,666 a member, 8,416,660 in all. With PC and register exchanged (100,000 at most for a PC) it were 7,416,660.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from addin.cli.commands.calc import calculate, members
from addin.cli.main import main
from rules.engine.argument import ArgumentError
from rules.frames import group

RIGHT, EXCHANGED = 8_416_660, 7_416_660
ROW = {"cost": "837500", "small_biz": "true", "functions": "2", "pc_cost": "", "register_cost": "400000"}
NAMES = list(ROW)
SHEET = {
    "cost": "ソフトウェア等",
    "small_biz": "小規模か",
    "functions": "機能の数",
    "pc_cost": "PC等",
    "register_cost": "レジ等",
}
WIDE = {c: c + 0xFEE0 for c in range(0x21, 0x7F) if chr(c) != ","}


def written(folder: Path, names: list[str], titles: dict[str, str] | None = None) -> str:
    """Ten members with their columns in this order."""
    path = folder / "members.csv"
    head = [(titles or {}).get(name, name) for name in names]
    path.write_text("\n".join(map(",".join, [head, *[[ROW.get(n, "") for n in names]] * 10])) + "\n", "utf-8")
    return str(path)


def paid(path: str) -> int:
    return calculate(group.FRAME, [f"members={path}"], None)[0].subsidy


@pytest.mark.parametrize(
    "names",
    [NAMES, NAMES[::-1], ["cost", "small_biz", "functions", "register_cost", "pc_cost"], ["register_cost", *NAMES[:4]]],
)
@pytest.mark.parametrize(
    "titles",
    [
        None,
        SHEET,
        {n: f" {n.upper()} " for n in NAMES},
        {n: n.replace("_", " ") for n in NAMES},
        {n: n.replace("_", "-").translate(WIDE) for n in NAMES},
        {n: title.translate(WIDE) + "\u200b" for n, title in SHEET.items()},
    ],
    ids=["names", "sheet", "capitals", "spaces", "wide", "wide sheet"],
)
def test_the_order_of_the_columns_does_not_matter(
    names: list[str], titles: dict[str, str] | None, tmp_path: Path
) -> None:
    assert paid(written(tmp_path, names, titles)) == RIGHT


def test_without_a_header_the_order_is_that_of_the_arguments(tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text("837500,true,2,,400000\n" * 10, "utf-8")
    assert paid(str(path)) == RIGHT
    path.write_text("837500,小規模,2,400000,\n" * 10, "utf-8")
    assert paid(str(path)) == EXCHANGED  # nothing names the columns


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("cost,small_biz,functions,pc_cost", "「register_cost」がありません"),
        ("cost,small_biz", "「functions」「pc_cost」「register_cost」がありません"),
        ("cost,small_biz,functions,pc_cost,pc_cost", "「pc_cost」が二つあります（4列目と5列目）"),
        ("cost,small_biz,functions,pc_cost,PC等", "「pc_cost」が二つあります"),
        (
            "cost,small_biz,functions,pc_cost,resister_cost",
            "「resister_cost」は使えません。「register_cost」のことですか",
        ),
        ("cost,small,functions,pc_cost,register_cost", "「small_biz」のことですか"),
        ("経費,小規模か,機能の数,PC等,レジ等", "「経費」は使えません。使える列は cost、small_biz"),
        ("cost,small_biz,functions,pc_cost,register_cost,役割", "「役割」は使えません"),
        ("cost,small_biz,,functions,pc_cost,register_cost", "3列目の見出しが空欄です"),
        ("cost;small_biz;functions;pc_cost;register_cost", "は使えません"),
    ],
)
def test_a_column_missing_doubled_or_unknown_is_refused_with_the_nearest_name(
    header: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "members.csv"
    path.write_text(f"{header}\n" + "837500,true,2,0,400000,0\n" * 10, "utf-8")
    with pytest.raises(ArgumentError) as raised:
        members(str(path))
    assert words in raised.value.message
    assert main(["calc", "group", f"members={path}"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert words in shown.err and len(shown.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("837500円,true,2,,400000", "1行目: cost（"),
        ("837500,はい,2,,400000", "1行目: small_biz（"),
        ("837500,true,二,,400000", "1行目: functions（"),
    ],
)
def test_a_row_of_values_is_no_header_whatever_else_it_says(row: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text(f"{row}\n" * 10, "utf-8")
    with pytest.raises(ArgumentError) as raised:
        paid(str(path))
    assert words in raised.value.message


def test_commas_at_the_end_and_blank_lines_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_text(f"\n{','.join(NAMES)},,\n\n" + "837500,true,2,,400000,,\n" * 10 + ",,,,\n", "utf-8-sig")
    assert paid(str(path)) == RIGHT


@pytest.mark.parametrize("header", [",".join(NAMES) + "\n", ""])
def test_a_value_beyond_the_columns_is_refused(header: str, tmp_path: Path) -> None:
    """837,500 with a comma is two cells: every value after it would move by one column."""
    path = tmp_path / "members.csv"
    path.write_text(header + "837,500,true,2,0,400000\n", "utf-8")
    with pytest.raises(ArgumentError, match=r"より多い値「400000」"):
        members(str(path))


def test_a_file_that_is_none_or_too_large_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_bytes(b"1\n" * 600_000)
    with pytest.raises(ArgumentError, match="大きすぎます（上限1MB）"):
        members(str(tmp_path / "m.csv"))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(ArgumentError, match="を読めません"):
            members(str(tmp_path / "pipe"))
    with pytest.raises(ArgumentError, match="を読めません"):
        members(str(tmp_path))
