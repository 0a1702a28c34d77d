"""マイナンバー: found however it is spelt, an error as a form has it, otherwise a warning; never repeated anywhere."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from stdnum.jp import in_

from addin import error_messages
from addin.cli.main import main
from addin.install import doctor
from rules.findings import ERROR, WARNING
from rules.quote import Line, Quote
from tests.books import LINE, book
from tests.mistakes import CASES
from workbooks.building import fill
from workbooks.reading.identifiers import COVER, covered, number_findings
from workbooks.reading.quote_file import open_checked

NUMBER = "123456789018"
A, B, C = NUMBER[:4], NUMBER[4:8], NUMBER[8:]
THREES = [NUMBER[n : n + 3] for n in range(0, 12, 3)]
EXAMPLES = sorted((Path(fill.__file__).parents[1] / "examples").glob("*.xlsx"))
CLEAR = [
    NUMBER,
    f"{A}-{B}-{C}",
    f"{A} {B} {C}",
    f"{A}－{B}－{C}",
    f"{A}　{B}　{C}",
    "１２３４５６７８９０１８",
    f"番号{NUMBER}です",
    f"{NUMBER}様x",
]
DASHES = "‐‑‒–—―−ー"
WIDE = [
    *(f"{A}{sign}{B}{sign}{C}" for sign in (*DASHES, *"・.．/／_＿,，|ｰ･", "\n", "\r\n", " - ", "\u2009", "- ")),
    *(sign.join(THREES) for sign in ("-", " ", "・", ".", "/", "_", "\n", "ー")),
    f"{A}{B}\n{C}",
    f"{NUMBER[:6]}\n{NUMBER[6:]}",
    f"A{NUMBER}",
    f"No{A}-{B}-{C}",
    f"x{NUMBER}x",
    f"社員2:{A}・{B}・{C}",
    "①②③④⑤⑥⑦⑧⑨⓪①⑧",
    "①②③④-5678-9018",
    "一二三四五六七八九〇一八",
    "¹²³⁴⁵⁶⁷⁸⁹⁰¹⁸",
    " ".join(NUMBER),
    f"{A}-\u200b{B}-\u200b{C}",
]
NONE = [
    "2026-10-05",
    "2026/10/05 12:30",
    "発行 20261005 から 20270331 まで",
    "03-1234-5678",
    "090-1234-5678、0120-123-456",
    "+81-90-1234-5678",
    "6000000000012",  # 13 digits
    f"1-{A}-{B}-{C}",  # a 法人番号 as some print it
    f"T1{NUMBER}",
    f"{A}-{B}-{C}-{A}",  # a card's 16 digits
    f"{A} {B} {C} {A}",
    "¥123,456,789,018",
    "123,456,789,018円",
    "1,234,567円、890,180円",
    "〒123-4567 長野市1-2-3",
    "123456789012",  # twelve digits whose check digit is wrong
    "INV202601011001x",  # a moment; as a number it would be right
]


def levels(text: str) -> list[str]:
    """The levels of what is found in a text."""
    return [f.level for f in number_findings(Quote({"business": text}, ()))]


def test_the_samples_are_what_they_say() -> None:
    assert in_.is_valid(NUMBER)
    assert in_.is_valid("202601011001")


@pytest.mark.parametrize("text", CLEAR)
def test_as_a_form_has_it_it_is_an_error(text: str) -> None:
    assert levels(text) == [ERROR]
    assert COVER in covered(text)


@pytest.mark.parametrize("text", WIDE)
def test_as_people_spell_it_it_is_a_warning(text: str) -> None:
    assert levels(text) == [WARNING]
    rest = covered(text)
    assert COVER in rest
    assert sum(c.isdigit() for c in rest) <= 1


@pytest.mark.parametrize("text", NONE)
def test_dates_amounts_and_other_numbers_are_none(text: str) -> None:
    assert levels(text) == []
    assert covered(text) == text


def test_the_examples_hold_none() -> None:
    for path in EXAMPLES:
        assert [f for f in open_checked(path)[1].findings if "マイナンバー" in f.message] == []


def test_no_case_of_another_mistake_holds_one() -> None:
    others = [case for case in CASES if case.code != "NUMBER"]
    assert others
    for case in others:
        assert [f for f in number_findings(Quote({"business": str(case)}, ())) if f.code == "NUMBER"] == [], case


def test_a_set_of_a_line_is_searched_too() -> None:
    line = Line(1, processes=frozenset((NUMBER,)), cells={"processes": "見積!G19"})
    assert [f.cell for f in number_findings(Quote({}, (line,)))] == ["見積!G19"]


@pytest.mark.parametrize("spelt", [NUMBER, f"{A}・{B}・{C}", f"x{NUMBER}", "①②③④⑤⑥⑦⑧⑨⓪①⑧"])
@pytest.mark.parametrize("name", ["business", "capital", "application_date", "industry", "email", "tax_mode"])
def test_no_command_repeats_it(name: str, spelt: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book(tmp_path / "q.xlsx", {name: spelt}, [{**LINE, "price": spelt, "functions": spelt, "note": spelt}])
    for words in (["check", str(path)], ["compare", str(path)], ["check", str(path), "--json"]):
        main(words)
        said = "".join(capsys.readouterr())
        assert spelt not in said
        assert NUMBER not in said
        assert spelt not in json.dumps(said, ensure_ascii=False)


@pytest.mark.parametrize(
    "words",
    [
        ["calc", "invoice", f"cost={NUMBER}x"],
        ["calc", f"{A}-{B}-{C}"],
        ["check", f"{A}・{B}・{C}.xlsx"],
        [f"x{NUMBER}"],
        ["calc", "invoice", "--as-of", NUMBER],
    ],
)
def test_no_refusal_repeats_it(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    said = "".join(capsys.readouterr())
    assert not any(part in said for part in (NUMBER, f"{A}-{B}", f"{A}・{B}")), said


def test_the_last_error_does_not_repeat_it() -> None:
    assert NUMBER not in error_messages.remember(f"プログラムの誤り（ValueError: x{NUMBER}）")
    assert NUMBER not in error_messages.last()


def test_long_texts_are_searched_in_a_blink() -> None:
    for text in ("1-" * 16_000, "1" * 32_000, "1\n" * 16_000, " " * 32_000, "１２３４-" * 6_000):
        covered(text)


def test_numbers_are_found_in_any_order_of_signs() -> None:
    pick = random.Random(15)
    for _ in range(300):
        first, second = pick.choices([*DASHES, *"・./_, ", "\n"], k=2)
        assert levels(f"番号 {A}{first}{B}{second}{C}") != [], (first, second)


@pytest.mark.parametrize("spelt", [NUMBER, f"{A}-{B}-{C}", f"{A} {B} {C}"])
def test_the_report_of_the_doctor_does_not_repeat_it(spelt: str) -> None:
    clean = doctor.anonymous({"USERNAME": "山田"})
    assert clean(f"C:/Users/{spelt}/x") == "C:/Users/<number>/x"
    assert clean("8f3a123456789018ab") == "8f3a123456789018ab"  # of a SHA-256
