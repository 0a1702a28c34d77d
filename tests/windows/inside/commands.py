"""Every command of the command line, in a folder of its own, on whichever system runs this:

    python -m tests.windows.inside.commands FOLDER

Prints what each command says, with the project's folder as ROOT and / in every path.
"""

from __future__ import annotations

import io
import locale
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from addin.cli.main import main
from rules.frames import FRAMES

ROOT = Path(__file__).absolute().parents[3]
EXAMPLES = ROOT / "workbooks" / "examples"
MEMBERS = "cost,small_biz,functions,pc_cost,register_cost\n1000000,true,2,100000,0\n600000,false,1,0,200000\n"
OWN, DRAFTS, BUILT = "自分の ひな形", "下書き（提出前）", "配布 物"


def calls() -> Iterator[Sequence[str | Path]]:
    """The commands in an order in which each finds what it needs."""
    yield ["--help"]
    yield []
    yield ["calc", "invoice", "cost=1000000", "small_biz=true"]
    yield ["calc", "インボイス対応類型", "cost=１００００００", "small_biz=小規模", "--json"]
    yield ["calc", "invoice", "cost=-1", "small_biz=true"]
    yield ["calc", "nope"]
    yield ["calc", "group", "members=構成員.csv"]
    yield ["calc", "group", "members=構成員 (Excel).csv"]
    yield ["law"]
    yield ["law", "normal", "--as-of", "2025-06-01"]
    for book in sorted(EXAMPLES.glob("*.xlsx")):
        yield ["check", book]
        yield ["compare", book]
        yield ["advise", book, "--today", "2026-07-01"]
        yield ["draft", book, "-o", Path(DRAFTS) / book.stem]
    book = EXAMPLES / "wholesale.xlsx"
    yield ["check", book, "--json"]
    yield ["draft", book, "-o", Path(DRAFTS) / "wholesale", "--json"]
    yield ["templates", "export", OWN]
    yield ["templates", "export", OWN]
    yield ["templates", "lint", *sorted(Path(OWN).glob("*.docx"))]
    yield ["draft", book, "-o", "自分のひな形で", "--templates", OWN]
    for draft in sorted(Path(DRAFTS, "wholesale").glob("*.docx")):
        yield ["inspect", draft, EXAMPLES / "beginner.xlsx"]
    yield ["new", "-o", "新しい見積（1）.xlsx", "--lines", "30"]
    yield ["new", "-o", "新しい見積（1）.xlsx"]
    yield ["migrate", book, "-o", "移行 済み.xlsx"]
    yield ["migrate", EXAMPLES / "group.xlsx", "-o", "複数者.xlsx", "--json"]
    yield ["inject", book, "-o", "関数 入り.xlsx"]
    yield ["advise", book, "--today", "2026-07-01", "--target", "450000", "--pay", "1=月払", "--json"]
    yield ["editions", "diff", "2025", "2026", book]
    yield ["prices", "--new", "価格表（登録）.csv"]
    yield ["prices", "価格表（登録）.csv", book, "--fill", "価格 入り.xlsx"]
    yield ["report", "--new", "実 績.csv", book]
    yield ["report", "実 績.csv", book]
    for frame in FRAMES:
        yield ["lambda", frame.name]
    yield ["build", "-o", BUILT]
    yield ["pack", "--rules", "いまの版", "--cases", ROOT / "tests" / "cases", "-o", "ルール.zip"]
    yield ["check", "無い.xlsx"]
    yield ["check", "構成員.csv"]
    yield ["draft", book, "-o", "構成員.csv"]


def said(words: Sequence[str]) -> str:
    """What a command prints to both streams, and its status; what it does not catch itself, too."""
    out = io.TextIOWrapper(io.BytesIO(), encoding=locale.getpreferredencoding(False))
    with redirect_stdout(out), redirect_stderr(out):
        try:
            code: object = main(list(words))
        except SystemExit as e:
            code = e.code
        except Exception as e:
            code = f"{type(e).__name__}: {e}"
    out.flush()
    text = out.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    return f"$ hojokin {' '.join(words)}\n{text}-> {code}\n"


if __name__ == "__main__":
    if sys.platform == "win32":
        assert (locale.getpreferredencoding(False), sys.flags.utf8_mode) == ("cp932", 0)
    folder = Path(sys.argv[1]).absolute()
    folder.mkdir()
    os.chdir(folder)
    os.environ["COLUMNS"] = "100"
    Path("構成員.csv").write_bytes(MEMBERS.encode("utf-8-sig"))
    Path("構成員 (Excel).csv").write_bytes(MEMBERS.encode("cp932"))
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    for call in calls():
        text = said([str(word) for word in call])
        print(
            text.replace(str(folder), "HERE").replace(str(ROOT), "ROOT").replace("\\\\", "/").replace("\\", "/"),
            flush=True,
        )
