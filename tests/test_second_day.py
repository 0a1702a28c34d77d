"""The second day: answers typed into a draft, a new price, a new draft. Every answer is there, and no number is stale."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree

from addin.cli.main import main
from templates.engine.render import drafted, drafts
from templates.files import docx_guard
from templates.record import typed_answers
from tests.docxs import packed
from tests.samples import LINES, assessment
from workbooks.building import cached_values, fill
from workbooks.form import layout
from workbooks.reading.quote_file import assess_file

FORMS = Path(__file__).parent / "forms"
EXAMPLES = Path(fill.__file__).parents[1] / "examples"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
FRAMES = {"normal": "normal", "invoice": "gaps", "etrade": "etrade", "security": "security", "group": "group"}
EACH = pytest.mark.parametrize("frame", FRAMES)
WORDS = {i.name for i in layout.INPUTS if i.since == 3 and i.frames}  # what one frame asks a person to write


def unanswered(name: str) -> dict[str, Any]:
    """An example without the answers in words, so that its drafts ask for them."""
    data = fill.load(EXAMPLES / f"{name}.toml")
    members = [m if m["analysis"] else {**m, "role": None} for m in data.get("members", ())]
    inputs = {n: value for n, value in data["inputs"].items() if n not in WORDS}
    return {**data, "inputs": inputs, "members": members}


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the quotes whose drafts still ask."""
    folder = tmp_path_factory.mktemp("asking")
    for name in FRAMES.values():
        fill.fill(unanswered(name), folder / f"{name}.xlsx")
    return folder


def body(path: Path) -> Any:
    """The body of a draft."""
    return etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))


def controls(root: Any) -> Iterator[tuple[str, Any, str]]:
    """(tag, control, text) of each."""
    for sdt in root.iter(f"{W}sdt"):
        tag = sdt.find(f"{W}sdtPr/{W}tag").get(f"{W}val")
        yield tag, sdt, "".join(t.text or "" for t in sdt.iter(f"{W}t"))


def prompts(path: Path) -> list[str]:
    """The tags of the controls that wait for an answer."""
    return [tag for tag, _, text in controls(body(path)) if text.startswith("【要記入")]


def rewritten(path: Path, change: Callable[[Any], None]) -> None:
    """A draft as a person saves it after working on it."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    change(root)
    packed(path, {**parts, "word/document.xml": etree.tostring(root, encoding="UTF-8", standalone=True)})


def write(sdt: Any, text: str) -> None:
    """Typing into a control as Word does it: the prompt goes, its mark too."""
    for mark in sdt.findall(f"{W}sdtPr/{W}showingPlcHdr"):
        mark.getparent().remove(mark)
    first, *rest = sdt.iter(f"{W}t")
    first.text = text
    for t in rest:
        t.text = ""


def filled_in(folder: Path) -> dict[str, dict[str, str]]:
    """Every prompt of the drafts of a folder answered; by draft and tag, what was written."""
    told: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("*.docx")):
        mine = told.setdefault(path.stem, {})

        def answer(root: Any, mine: dict[str, str] = mine, stem: str = path.stem) -> None:
            for number, (tag, sdt, text) in enumerate(controls(root), 1):
                if text.startswith("【要記入"):
                    mine[tag] = f"{stem[-4:]}の{number}番目の答え、月12時間"
                    write(sdt, mine[tag])

        rewritten(path, answer)
    return {stem: mine for stem, mine in told.items() if mine}


def repriced(name: str, folder: Path) -> Path:
    """An example's quote at another price."""
    data = unanswered(name)
    if data.get("lines"):
        data["lines"][0]["price"] += 1_200
        data["inputs"].pop("quoted_gross", None)
    for member in data.get("members", [])[:1]:
        member["cost"] += 1_200
    fill.fill(data, folder / "day2.xlsx")
    return folder / "day2.xlsx"


def newest(folder: Path, stem: str) -> Path:
    """The draft of the second day."""
    found = folder / f"{stem}(2).docx"
    assert found.exists()
    return found


@EACH
def test_answers_of_the_first_day_are_there_on_the_second(
    frame: str, asking: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["draft", str(asking / f"{FRAMES[frame]}.xlsx"), "-o", str(out)]) in (0, 1)
    written = filled_in(out)
    count = sum(map(len, written.values()))
    assert count >= {"normal": 24, "invoice": 9, "etrade": 2, "security": 16, "group": 20}[frame]
    quote = repriced(FRAMES[frame], tmp_path)
    capsys.readouterr()
    assert main(["draft", str(quote), "-o", str(out), "--json"]) in (0, 1)
    told = json.loads(capsys.readouterr().out)
    assert (len(told["by_hand"]["taken"]), told["by_hand"]["left"]) == (count, [])
    for stem, answers in written.items():
        made = {tag: text for tag, _, text in controls(body(newest(out, stem)))}
        assert {tag: made[tag] for tag in answers} == answers
        assert not prompts(newest(out, stem))
    for file in told["files"]:
        assert main(["inspect", file, str(quote)]) == 0, file
        assert not docx_guard.document(Path(file)).parts["word/document.xml"].count("【要記入".encode())
    assert main(["draft", str(quote), "-o", str(out), "--json"]) in (0, 1)  # and a third time: nothing new
    assert not list(out.glob("*(3).docx"))


@EACH
def test_the_checklist_no_longer_asks_for_what_was_written(frame: str, asking: Path, tmp_path: Path) -> None:
    a = assess_file(asking / f"{FRAMES[frame]}.xlsx")
    drafts(a, tmp_path)
    count = sum(map(len, filled_in(tmp_path).values()))
    assert count
    made = drafted(a, tmp_path)
    checklist = next(path for path in made.paths if "必要書類チェックリスト" in path.stem)
    assert "未記入の項目はありません。" in "".join(body(checklist).itertext())


@EACH
def test_every_prompt_has_a_tag_of_its_own_and_a_cell(frame: str, asking: Path, tmp_path: Path) -> None:
    for path in drafts(assess_file(asking / f"{FRAMES[frame]}.xlsx"), tmp_path):
        tags = prompts(path)
        assert len(set(tags)) == len(tags), path.stem
        assert {tag for tag in tags if tag not in layout.INPUT and not tag.startswith("role:")} == set()


@pytest.mark.parametrize("frame", ["normal", "etrade", "security", "group"])
def test_an_answer_in_its_cell_stands_in_the_draft(frame: str, asking: Path, tmp_path: Path) -> None:
    a = assess_file(asking / f"{frame}.xlsx")
    waiting = {tag for path in drafts(a, tmp_path / "1") for tag in prompts(path) if tag in layout.INPUT}
    words = {
        tag: f"セルの答え{n}" for n, tag in enumerate(sorted(waiting)) if layout.INPUT[tag].kind in ("text", "long")
    }
    assert words
    answered = replace(a, quote=replace(a.quote, inputs={**a.quote.inputs, **words}))
    made = drafts(answered, tmp_path / "2")
    text = "".join("".join(body(path).itertext()) for path in made)
    assert not [tag for path in made for tag in prompts(path) if tag in words]
    assert all(word in text for word in words.values())


def test_dates_ticks_and_choices_are_taken_over_too(tmp_path: Path) -> None:
    a = assessment()
    (path,) = [p for p in drafts(a, tmp_path) if "必要書類" in p.stem]

    def work(root: Any) -> None:
        found = list(controls(root))
        date = next(sdt for tag, sdt, _ in found if tag == "作成日")
        write(date, "令和8年10月5日")
        date.find(f"{W}sdtPr/{W}date").set(f"{W}fullDate", "2026-10-05T00:00:00Z")
        for _, sdt, text in found:
            box = sdt.find(f"{W}sdtPr/{W14}checkbox")
            if box is not None and text == "☐":
                box.find(f"{W14}checked").set(f"{W14}val", "1")
                write(sdt, "☑")
            elif sdt.find(f"{W}sdtPr/{W}dropDownList") is not None:
                write(sdt, "そろった")

    rewritten(path, work)
    before = [(tag, text) for tag, _, text in controls(body(path))]
    made = drafted(assessment(capital=5_000_000), tmp_path)
    (new,) = [p for p in made.paths if "必要書類" in p.stem]
    assert new != path
    assert [(tag, text) for tag, _, text in controls(body(new))] == before
    assert made.left == []
    root = body(new)
    assert {box.get(f"{W14}val") for box in root.iter(f"{W14}checked")} == {"1"}
    assert next(root.iter(f"{W}date")).get(f"{W}fullDate") == "2026-10-05T00:00:00Z"


def test_several_lines_stay_several_lines(asking: Path, tmp_path: Path) -> None:
    a = assess_file(asking / "security.xlsx")
    path = next(p for p in drafts(a, tmp_path) if "セキュリティ" in p.stem)

    def work(root: Any) -> None:
        sdt = next(s for tag, s, _ in controls(root) if tag == "security_risks")
        write(sdt, "一行目 <&>")
        run = next(sdt.iter(f"{W}r"))
        etree.SubElement(run, f"{W}br")
        etree.SubElement(run, f"{W}t").text = "二行目{{ firm }}"

    rewritten(path, work)
    made = drafted(replace(a, quote=replace(a.quote, inputs={**a.quote.inputs, "capital": 1})), tmp_path)
    new = next(p for p in made.paths if "セキュリティ" in p.stem)
    (control,) = [c for c in typed_answers.controls(body(new)).values() if c.tag == "security_risks"]
    assert control.text == "一行目 <&>\n二行目{{ firm }}"


def test_a_calculated_number_is_never_taken_over(tmp_path: Path) -> None:
    """A template of one's own with amounts in controls: neither what stood there nor what was typed over it goes on."""
    own = tmp_path / "own"
    assert main(["templates", "export", str(own)]) == 0
    template = own / "資金繰り表.docx"
    tags = {"額": "{{ amounts[1].value }}", "待つ額": "{{ amounts[1].value }}", "メモ": "ここに書く"}

    def add(root: Any) -> None:
        first = root.find(f"{W}body")
        for tag, text in tags.items():
            prompt = "<w:showingPlcHdr/>" if tag != "額" else ""
            first.insert(
                0,
                etree.fromstring(
                    f'<w:p xmlns:w="{W[1:-1]}"><w:sdt><w:sdtPr><w:alias w:val="{tag}"/><w:tag w:val="{tag}"/>{prompt}<w:text/>'
                    f"</w:sdtPr><w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt></w:p>"
                ),
            )

    rewritten(template, add)
    out = tmp_path / "out"
    path = next(p for p in drafted(assessment(), out, own).paths if "資金繰り" in p.stem)
    rewritten(path, lambda root: write(next(s for tag, s, _ in controls(root) if tag == "メモ"), "銀行に聞く"))
    cheaper = assessment(quoted_gross=None, lines=(replace(LINES[0], price=400_000), *LINES[1:]))
    made = drafted(cheaper, out, own)
    new = next(p for p in made.paths if "資金繰り" in p.stem)
    texts = {tag: text for tag, _, text in controls(body(new))}
    assert texts["メモ"] == "銀行に聞く"
    assert texts["額"] == texts["待つ額"] == f"{cheaper.subsidy:,} 円"
    assert made.left == []
    for tag in ("額", "待つ額"):
        rewritten(new, lambda root, tag=tag: write(next(s for t, s, _ in controls(root) if t == tag), "999 円"))
    again = drafted(assessment(), out, own)
    last = next(p for p in again.paths if "資金繰り" in p.stem)
    texts = {tag: text for tag, _, text in controls(body(last))}
    assert texts["額"] == texts["待つ額"] == "1,050,000 円"
    assert [left.partition("「")[2] for left in again.left] == ["999 円」", "999 円」"]


def test_what_finds_no_place_is_named(asking: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", str(asking / "normal.xlsx"), "-o", str(tmp_path / "out")]) in (0, 1)
    filled_in(tmp_path / "out")
    data = unanswered("normal")
    for line in data["lines"]:
        line["processes"] = line.get("processes", "").replace("共P-01、", "").replace("共P-01", "共P-03") or ""
    data["inputs"]["normal_now"] = "セルに書いた別の文"
    fill.fill(data, tmp_path / "q.xlsx")
    capsys.readouterr()
    assert main(["draft", str(tmp_path / "q.xlsx"), "-o", str(tmp_path / "out")]) in (0, 1)
    told = capsys.readouterr().out
    left = told.partition("新しい下書きに入れる欄が無いもの")[2]
    assert f"課題・労働生産性計画: {layout.INPUT['normal_now'].label}「" in left
    assert f"課題・労働生産性計画: {layout.INPUT['p01_issue'].label}「" in left
    assert len(re.findall(r"^  課題・労働生産性計画: ", left, re.MULTILINE)) == 3


def test_another_applicants_draft_gives_nothing(asking: Path, tmp_path: Path) -> None:
    a = assess_file(asking / "normal.xlsx")
    drafts(a, tmp_path)
    filled_in(tmp_path)
    other = replace(a, quote=replace(a.quote, inputs={**a.quote.inputs, "corporate_number": "6000000000011"}))
    made = drafted(other, tmp_path)
    assert (made.taken, made.left) == ([], [])


def test_of_two_earlier_drafts_the_newer_speaks(asking: Path, tmp_path: Path) -> None:
    a = assess_file(asking / "etrade.xlsx")

    def priced(capital: int) -> Any:
        return replace(a, quote=replace(a.quote, inputs={**a.quote.inputs, "capital": capital}))

    def draft(number: int) -> Path:
        return next(p for p in drafted(priced(number), tmp_path).paths if "按分" in p.stem)

    def write_all(root: Any) -> None:
        for tag, sdt, text in list(controls(root)):
            if text.startswith("【要記入"):
                write(sdt, f"古い{tag}")

    first = draft(1_000_001)
    rewritten(first, write_all)
    second = draft(1_000_002)
    assert second != first
    rewritten(second, lambda root: write(next(s for tag, s, _ in controls(root) if tag == "etrade_now"), "新しい"))
    made = {tag: text for tag, _, text in controls(body(draft(1_000_003)))}
    assert (made["etrade_now"], made["etrade_effect"]) == ("新しい", "古いetrade_effect")


def test_a_draft_of_version_0_1_is_read_by_its_places(asking: Path, tmp_path: Path) -> None:
    """Its prompts all had the tag 要記入, and nothing was recorded of its controls. The drafts are those of 0.1, filled since."""
    a = assess_file(asking / "group.xlsx")
    answers = set[str]()
    for title in ("事業計画書", "選定理由書"):
        old = FORMS / f"{title}-0.1.docx"
        text = "".join(body(old).itertext())
        assert "要記入" not in text
        answers |= set(re.findall(r"答え[0-9]+です", text))
        (tmp_path / f"例示本町商店街振興組合_{title}.docx").write_bytes(old.read_bytes())
    done = drafted(a, tmp_path)
    assert {path.stem.rpartition("_")[2] for path in done.paths if path.stem.endswith("(2)")} == {
        "事業計画書(2)",
        "選定理由書(2)",
    }
    now = "".join("".join(body(path).itertext()) for path in done.paths)
    assert len(answers) == 20
    assert {text for text in answers if text not in now} == set()
    assert done.left == []


@pytest.mark.office
def test_a_draft_that_libreoffice_saved_is_read_too(asking: Path, tmp_path: Path) -> None:
    a = assess_file(asking / "normal.xlsx")
    drafts(a, tmp_path / "1")
    written = filled_in(tmp_path / "1")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = sorted(str(p) for p in (tmp_path / "1").glob("*.docx"))
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "2"), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    done = drafted(replace(a, quote=replace(a.quote, inputs={**a.quote.inputs, "capital": 1})), tmp_path / "2")
    assert (len(done.taken), done.left) == (sum(map(len, written.values())), [])


def test_word_opens_what_was_set_in(asking: Path, tmp_path: Path) -> None:
    a = assess_file(asking / "normal.xlsx")
    drafts(a, tmp_path)
    filled_in(tmp_path)
    for path in drafted(replace(a, quote=replace(a.quote, inputs={**a.quote.inputs, "capital": 1})), tmp_path).paths:
        assert Document(io.BytesIO(path.read_bytes())).paragraphs


def test_a_draft_is_stale_only_for_what_it_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Own funds stand in the 資金繰り表 alone, the URL in the 入力用下書き alone."""
    old = fill.load(EXAMPLES / "wholesale.toml")
    fill.fill(old, tmp_path / "1.xlsx")
    assert main(["draft", str(tmp_path / "1.xlsx"), "-o", str(tmp_path / "out")]) in (0, 1)
    for name, value, title, label in (
        ("own_funds", old["inputs"]["own_funds"] + 12_345, "資金繰り表", "自己資金: "),
        ("url", "https://new.example.jp/", "入力用下書き", "入力「事業者URL」"),
    ):
        fill.fill({**old, "inputs": {**old["inputs"], name: value}}, tmp_path / "2.xlsx")
        capsys.readouterr()
        for path in sorted((tmp_path / "out").glob("*.docx")):
            status = main(["inspect", str(path), str(tmp_path / "2.xlsx")])
            said = capsys.readouterr().out
            assert (status, label in said) == ((1, True) if title in path.stem else (0, False)), (path.stem, said)
            if title in path.stem:
                assert "変わったもの 1件" in said
            else:
                assert "この下書きに印字された数と文は今のものと同じです" in said


@pytest.mark.office
def test_a_proposal_tells_whether_it_is_stale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = fill.load(EXAMPLES / "etrade.toml")
    fill.fill(data, tmp_path / "1.xlsx", cached_values.save)
    assert main(["draft", str(tmp_path / "1.xlsx"), "-o", str(tmp_path / "out"), "--pdf"]) in (0, 1)
    (page,) = (tmp_path / "out").glob("*提案書.pdf")
    capsys.readouterr()
    assert main(["inspect", str(page)]) == 0
    assert "補助額: " in capsys.readouterr().out
    assert main(["inspect", str(page), str(tmp_path / "1.xlsx")]) == 0
    assert "同じ入力・同じ規則から" in capsys.readouterr().out
    fill.fill({**data, "inputs": {**data["inputs"], "own_funds": 12_345_678}}, tmp_path / "2.xlsx")
    assert main(["inspect", str(page), str(tmp_path / "2.xlsx")]) == 0
    data["lines"][0]["price"] += 1_200
    fill.fill(data, tmp_path / "3.xlsx")
    capsys.readouterr()
    assert main(["inspect", str(page), str(tmp_path / "3.xlsx")]) == 1
    said = capsys.readouterr().out
    assert "この下書きは古くなっています" in said
    assert "補助額: " in said


def test_a_pdf_of_others_is_refused_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for data in (
        b"%PDF-1.7\n",
        b"%PDF-1.7 /Keywords<FEFF0068006F006A006F006B0069006E00310041>",
        b"%PDF/Keywords<FEFF00>",
    ):
        (tmp_path / "a.pdf").write_bytes(data)
        assert main(["inspect", str(tmp_path / "a.pdf")]) == 2
        assert "「a.pdf」には作成の記録がありません" in capsys.readouterr().err
