"""What is beyond all measure is one sentence, soon: long numbers, half letters, odd groups, deep and huge rule packs."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from addin.cli.main import main
from addin.excel.dispatch import dispatch
from addin.install import rule_pages, update
from rules.engine import edition as editions
from rules.engine.edition import EditionError, build
from rules.refusal import Refusal
from tests.books import LINE, book, packed
from tests.docxs import p, parts
from tests.docxs import packed as document
from tests.fuzz.outcome import bounded
from workbooks.reading.cell_values import Mistake, real
from workbooks.reading.quote_file import open_checked

LONG = "9" * 5_000
SURROGATES = ["members=\ud800", "members=\udfff", "cost=1\ud83d", "\udbff"]


def refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The one line with which a call is refused."""
    with bounded(20):
        assert main(words) == 2
    said = capsys.readouterr().err
    assert said.startswith("hojokin: ") and said.count("\n") == 1, said
    assert "プログラムの誤り" not in said
    return said


@pytest.mark.parametrize("name", ["price", "quantity", "months", "discount", "category", "functions", "processes"])
def test_a_cell_of_thousands_of_digits_is_a_mistake_at_its_cell(name: str, tmp_path: Path) -> None:
    path = book(tmp_path / "q.xlsx", {"capital": LONG, "wage_margin": LONG}, [{**LINE, name: LONG, "contract": "月額"}])
    assert main(["check", str(path)]) == 1
    assert {f.code for f in open_checked(path)[1].findings} >= {"INPUT"}


@pytest.mark.parametrize("text", [LONG, f"-{LONG}", f"1.{LONG}", f"0.{'0' * 5000}1", "1," + "000," * 2000 + "000"])
def test_a_long_number_is_none(text: str) -> None:
    with pytest.raises(Mistake):
        real(text)


@pytest.mark.parametrize("text", [LONG, f"{LONG}.5", f"-{LONG}", f".{LONG}"])
def test_a_long_number_in_a_call_is_a_sentence(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(["calc", "invoice", f"cost={text}", "small_biz=true"], capsys)
    path = tmp_path / "m.csv"
    path.write_text(f"{text},true,2,,\n")
    refused(["calc", "group", f"members={path}"], capsys)


@pytest.mark.parametrize("word", SURROGATES)
def test_half_a_letter_is_a_sentence(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "文字の半分" in refused(["calc", "group", word], capsys)


@pytest.mark.skipif(os.name == "nt", reason="names are bytes on Linux alone")
def test_a_name_that_is_no_text_is_still_a_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.xlsx")
    assert "見つからない" in refused(["check", name], capsys)
    Path(name).write_bytes(book(tmp_path / "q.xlsx", rows=[LINE]).read_bytes())
    assert main(["check", name]) in (0, 1)


ODD: list[tuple[Any, ...]] = [
    ("group", 1_000_000.0, 2.0),
    ("group",),
    ("group", None),
    ("group", "x"),
    ("group", 1e6, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0),
    ("group", ((1e6,), (2.0,))),
    ("複数者連携デジタル化・AI導入枠", True),
    ("group", 46300.0, float("nan")),
]


@pytest.mark.parametrize("arguments", ODD)
@pytest.mark.parametrize("name", ["SUBSIDY_WHY", "SUBSIDY_EXPLAIN", "SUBSIDY_REQUIRED_COST"])
def test_a_group_that_is_no_table_is_a_sentence(name: str, arguments: tuple[Any, ...]) -> None:
    assert "プログラムの誤り" not in str(dispatch(name, arguments))


@pytest.mark.parametrize("arguments", [(), (1.0,) * 9, ((),), ((), ((1.0, 2.0),))])
@pytest.mark.parametrize(
    "name", ["SUBSIDY_INVOICE", "SUBSIDY_IS_SME", "SUBSIDY_EXPLAIN", "SUBSIDY_GROUP", "SUBSIDY_NOTHING"]
)
def test_a_wrong_count_of_arguments_is_a_sentence(name: str, arguments: tuple[Any, ...]) -> None:
    assert "プログラムの誤り" not in str(dispatch(name, arguments))


def pack(path: Path, page: str, more: str) -> Path:
    """A pack of rules whose page has something more."""
    data = (rule_pages.pages(Path(editions.__file__).parents[1])[page].read_text("utf-8") + more).encode()
    head = f'title = "x"\nchanges = []\n[files]\n"rules/{page}" = "{sha256(data).hexdigest()}"\n'
    return packed(path, {f"rules/{page}": data, "pack.toml": head.encode()})


@pytest.mark.parametrize(
    "more",
    [
        "\nx = " + "[" * 2_000 + "]" * 2_000 + "\n",
        "\nx = " + "[" * 200 + "]" * 200 + "\n",
        "\nx = " + "{a=" * 300 + "1" + "}" * 300 + "\n",
        "\n[" + ".".join(["a"] * 2_000) + "]\nb = 1\n",
        "\nx = " + "9" * 5_000 + "\n",
        "\nx = 0x" + "f" * 9_000 + "\n",
    ],
)
def test_a_pack_beyond_measure_is_a_sentence(more: str, tmp_path: Path) -> None:
    path = pack(tmp_path / "p.zip", "invoice.toml", more)
    with bounded(20), pytest.raises(Refusal) as e:
        update.changes(update._pages(Path(editions.__file__).parents[1]), update.read(path))
    assert len(str(e.value)) < 400


@pytest.mark.parametrize("rate", ["1e300000000", "1e9", "1/0", "-1/2", "1_0/3", "9" * 5_000, "0x10", "１/２", " 1/2"])
def test_a_rate_is_a_plain_fraction(rate: str) -> None:
    data = {"label": "率", "at": "flyer-2026#1", "rate": rate}
    with bounded(20), pytest.raises(EditionError):
        build(editions.Rate, data, "x")


@pytest.mark.parametrize("name", ["self", "names", "cls", "known", "spelled"])
def test_a_loop_of_any_name_is_linted(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "資金繰り表.docx"
    document(path, parts(p("{% for " + name + " in lines %}x{% endfor %}")))
    assert main(["templates", "lint", str(path)]) == 0
    assert "Traceback" not in capsys.readouterr().err


def test_our_own_mistake_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("addin.cli.commands.calc.calculate", broken)
    assert main(["calc", "invoice"]) == 2
    said = capsys.readouterr().err
    assert "プログラムの誤り" in said and "ZeroDivisionError" in said and said.count("\n") == 1
