"""hojokin inspect: a draft remembers what it was made from, and today's quote says what changed."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from docx import Document

from addin.cli.main import main
from rules.quote import Line
from rules.refusal import Refusal
from templates.content.context import HASH, context
from templates.engine import own_template
from templates.engine.render import drafts
from templates.files import output_folder as folder
from templates.files.docx_guard import document
from templates.files.template_guard import template
from templates.record import comparison, embedding, provenance
from tests.docxs import docx, p, packed
from tests.samples import LINES, SUBSIDY, assessment
from workbooks.building import fill
from workbooks.form import layout

EXAMPLES = Path(fill.__file__).parents[1] / "examples"


@dataclass(frozen=True)
class Longer(Line):
    """A line with a column of a later form."""

    model: str = ""


def made(folder: Path, name: str = "wholesale") -> Path:
    """A draft of an example."""
    assert main(["draft", str(EXAMPLES / f"{name}.xlsx"), "-o", str(folder)]) in (0, 1)
    return next(folder.glob("*入力用下書き.docx"))


def requoted(folder: Path, name: str) -> Path:
    """The quote of another example, as if it were this applicant's."""
    data = fill.load(EXAMPLES / "beginner.toml")
    data["inputs"]["corporate_number"] = fill.load(EXAMPLES / f"{name}.toml")["inputs"]["corporate_number"]
    fill.fill(data, folder / "q.xlsx")
    return folder / "q.xlsx"


def test_a_blank_column_of_a_later_form_changes_no_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provenance, "LATER", {"model"})
    values = {f.name: getattr(LINES[0], f.name) for f in fields(LINES[0])}
    old, same, other = (
        provenance.provenance(assessment(lines=(line, *LINES[1:])))
        for line in (LINES[0], Longer(**values), Longer(**values, model="X-1"))
    )
    assert (same.digest, same.hashes) == (old.digest, old.hashes)
    assert {key for key in old.hashes if other.hashes[key] != old.hashes[key]} == {"line.1"}


def test_a_draft_says_what_it_was_made_from(tmp_path: Path) -> None:
    a = assessment()
    for path in drafts(a, tmp_path):
        found = embedding.read(document(path))
        told = provenance.provenance(a)
        named = replace(told, template=found.template, template_digest=found.template_digest, text=found.text)
        assert found == named
        assert found.numbers["subsidy"].value == SUBSIDY
        assert path.stem.endswith(found.template)
        assert len(found.template_digest) == 64
        assert context(a)["input_hash"] == found.digest[:HASH]


def test_word_shows_the_facts_as_properties(tmp_path: Path) -> None:
    path = drafts(assessment(), tmp_path)[0]
    properties = Document(str(path)).core_properties
    assert (properties.title, properties.author, properties.language) == ("入力用下書き", "Hojokin", "ja-JP")
    assert properties.identifier == provenance.digest(assessment())
    with zipfile.ZipFile(path) as package:
        custom = fromstring(package.read(embedding.CUSTOM))
    shown = {e.get("name"): "".join(e.itertext()) for e in custom}
    assert list(shown) == list(embedding.NAMES.values())
    assert shown["規則の版"] == "2026-03-30"


def test_no_text_of_an_input_is_kept_twice(tmp_path: Path) -> None:
    path = drafts(assessment(contact_mail="nobody@aoba.example"), tmp_path)[1]
    with zipfile.ZipFile(path) as package:
        assert b"nobody@aoba.example" not in package.read(embedding.ITEM)


def test_every_change_of_a_quote_is_named() -> None:
    old, new = (
        assessment(),
        assessment(capital=5_000_000, name="別の会社", lines=(*LINES[:3], replace(LINES[3], price=6_000))),
    )
    told = {c.label: (c.old, c.new) for c in comparison.changes(provenance.provenance(old), provenance.provenance(new))}
    name = f"入力「{layout.INPUT['name'].label}」"
    assert told["資本金"] == ("10,000,000", "5,000,000")
    assert told["補助額"] == ("1,050,000", "なし")  # the total of the quote no longer agrees
    assert told["明細4「保守サポート」の金額"] == ("120,000", "144,000")
    assert told["明細5「ノートパソコン 14型」の金額"] == ("220,000", "なし")
    assert told[name][0] != told[name][1]
    assert told["入力「明細5「ノートパソコン 14型」」"][1] == "なし"
    assert not comparison.changes(provenance.provenance(old), provenance.provenance(assessment()))


def test_a_table_of_the_quote_counts() -> None:
    a = assessment()
    more = replace(a, quote=replace(a.quote, **{"plan": (LINES[0],)}))  # any row will do
    assert provenance.digest(more) != provenance.digest(a)
    assert [c.label for c in comparison.changes(provenance.provenance(a), provenance.provenance(more))] == [
        "入力「計画 1行目」"
    ]


def test_the_command_shows_the_numbers_and_compares(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = made(tmp_path)
    capsys.readouterr()
    assert main(["inspect", str(draft)]) == 0
    assert "補助額: 609,680" in capsys.readouterr().out
    assert main(["inspect", str(draft), str(EXAMPLES / "wholesale.xlsx")]) == 0
    assert "同じ入力・同じ規則から作られています" in capsys.readouterr().out
    quote = requoted(tmp_path, "wholesale")
    assert main(["inspect", str(draft), str(quote)]) == 1
    shown = capsys.readouterr().out
    assert "この下書きは古くなっています" in shown
    assert "sha256" not in shown
    lines = [line.strip() for line in shown.splitlines()]
    assert lines[1] == "補助額: 609,680 → 642,900"
    assert len(set(filter(None, lines))) == len(list(filter(None, lines)))
    assert main(["inspect", str(draft), str(quote), "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert {"name": "subsidy", "label": "補助額", "old": "609,680", "new": "642,900"} in data["changed"]
    assert len(data["digest"]) == 64


def test_a_lost_amount_is_explained_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = made(tmp_path)
    data = fill.load(EXAMPLES / "wholesale.toml")
    data["lines"][0].pop("price")
    fill.fill(data, tmp_path / "q.xlsx")
    capsys.readouterr()
    assert main(["inspect", str(draft), str(tmp_path / "q.xlsx")]) == 1
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[1].startswith("補助額が出ない理由")
    assert any(line.startswith("見積!") for line in lines[2 : lines.index("変わったもの:")])
    after = lines[lines.index("変わったもの:") + 1 :]
    assert [line.partition(":")[0] for line in after[:3]] == ["補助額", "手出し（税込）", "支払総額（税込）"]
    assert after[0] == "補助額: 609,680 → なし"


def test_another_applicants_quote_is_not_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = made(tmp_path)
    capsys.readouterr()
    assert main(["inspect", str(draft), str(EXAMPLES / "beginner.xlsx")]) == 1
    (said,) = capsys.readouterr().out.splitlines()
    assert said.startswith("別の事業者の見積です（法人番号が下書きと違います）。")


def test_a_name_alone_is_another_applicant_only_where_no_number_tells() -> None:
    def of(**inputs: Any) -> provenance.Provenance:
        return provenance.provenance(assessment(**inputs))

    assert not comparison.stranger(of(), of(name="改名した会社"))
    assert comparison.stranger(of(), of(name="改名した会社", corporate_number=None))
    assert not comparison.stranger(of(), of(corporate_number=None))


def test_a_draft_edited_by_hand_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = drafts(assessment(), tmp_path)[0]
    edited = Document(str(path))
    edited.save(str(path))
    assert main(["inspect", str(path)]) == 0
    assert "手で直されています" not in capsys.readouterr().out
    edited.paragraphs[0].add_run("直")
    edited.save(str(path))
    assert main(["inspect", str(path)]) == 0
    assert "手で直されています" in capsys.readouterr().out
    capsys.readouterr()
    again = drafts(assessment(), tmp_path)
    ((new, old),) = folder.kept(again)
    assert (new.stem, old) == (f"{path.stem}(2)", path)
    assert f"新しい「{new.name}」　残した「{path.name}」" in "\n".join(folder.told(again))


def test_other_versions_are_told(tmp_path: Path) -> None:
    found = document(drafts(assessment(), tmp_path)[0])
    told = embedding.read(found)
    assert comparison.notes(found, told) == []
    older = replace(told, program="0.0.1", template_digest="0")
    program, old = comparison.notes(found, older)
    assert "プログラムの版が違います（作成時 0.0.1" in program
    assert "テンプレート「入力用下書き」が今の配布のものと違います" in old


def test_a_draft_edited_and_saved_anew_still_tells(tmp_path: Path) -> None:
    path = drafts(assessment(), tmp_path)[0]
    edited = Document(str(path))
    edited.add_paragraph("書き足した文")
    edited.save(str(tmp_path / "直した.docx"))
    assert embedding.read(document(tmp_path / "直した.docx")) == embedding.read(document(path))


@pytest.mark.office
def test_a_draft_saved_anew_by_libreoffice_still_tells(tmp_path: Path) -> None:
    path = drafts(assessment(), tmp_path)[0]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    saved = document(tmp_path / "out" / path.name)
    assert embedding.read(saved) == embedding.read(document(path))
    assert comparison.notes(saved, embedding.read(saved)) == []  # no edit


def test_another_document_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Refusal, match="作成の記録がありません"):
        embedding.read(document(docx(tmp_path / "t.docx", p("a"))))
    assert main(["inspect", str(tmp_path / "absent.docx")]) == 2
    assert "見つからない" in capsys.readouterr().err


def test_a_record_that_was_changed_by_hand_is_refused(tmp_path: Path) -> None:
    path = drafts(assessment(), tmp_path)[0]
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[embedding.ITEM] = parts[embedding.ITEM].replace(b">1050000<", b">a<")
    with pytest.raises(Refusal, match="作成の記録が読めません"):
        embedding.read(document(packed(path, parts)))


def test_a_draft_as_a_template_loses_its_old_record(tmp_path: Path) -> None:
    path = drafts(assessment(), tmp_path)[0]
    moved = path.read_bytes().replace(b"item100", b"item123").replace(b"itemProps100", b"itemProps123")
    with zipfile.ZipFile(io.BytesIO(moved)) as package:
        parts = {
            name: package.read(name).replace(b"item100", b"item123").replace(b"Props100", b"Props123")
            for name in package.namelist()
        }
    old = packed(tmp_path / "もと.docx", parts)
    told = provenance.provenance(assessment(capital=1))
    ready = own_template.ready(template(old))
    (tmp_path / "新.docx").write_bytes(ready.packed(ready.parts({}, "t", told)))
    found = document(tmp_path / "新.docx")
    assert embedding.read(found).digest == told.digest
    assert [part for part in found.parts if part.startswith("customXml/") and "100" not in part] == []


def test_lint_and_export_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["templates", "export", str(tmp_path)]) == 0
    files = sorted(str(path) for path in tmp_path.glob("*.docx"))
    assert main(["templates", "lint", *files]) == 0
    assert capsys.readouterr().out.count("誤りはありません") == len(files)
    bad = docx(tmp_path / "悪い.docx", p("{{ fimr }}"))
    assert main(["templates", "lint", str(bad)]) == 1
    assert "「fimr」という名前はありません。「firm」ではありませんか。" in capsys.readouterr().out
    assert main(["templates"]) == 2
