"""Templates compiled once: what docxtpl makes of one is kept, and printed without docxtpl to the same parts."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import cache as once
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from templates.content.context import context
from templates.engine import compiled_template, compiling, own_template, render
from templates.files import template_folder
from templates.files.docx_guard import Document
from templates.files.template_guard import template
from templates.lint.known_names import examples
from templates.record import embedding
from templates.record.provenance import provenance
from tests.docxs import docx, p, packed, parts, table
from tests.samples import assessment
from tests.test_template_render import plain, same
from workbooks.files import cache, writer, zip_writer

EXAMPLES = [(n, title) for n, words in enumerate(examples()) for title in words["drafts"]]
SECRET = "ほんとうの名前"


@pytest.mark.parametrize(("number", "title"), EXAMPLES)
def test_every_example_prints_as_docxtpl_does(number: int, title: str) -> None:
    given = render.titled(title, examples()[number])
    same(render._shipped(title).parts(given), plain(template_folder.HERE / f"{title}.docx", given))


def test_a_shipped_template_is_printed_without_words_libraries() -> None:
    said = """
import sys
from tests.samples import assessment
from templates.content.context import context
from templates.engine.render import render
from templates.record import embedding
from templates.record.provenance import provenance
a = assessment()
words = context(a)
print([len(render(title, words, None, provenance(a))) > 9_000 for title in words["drafts"]])
print(sorted({"docx", "docxtpl", "lxml"} & sys.modules.keys()))
"""
    root = template_folder.HERE.parent
    ran = subprocess.run(
        [sys.executable, "-c", said], cwd=root, capture_output=True, text=True, check=True, timeout=300
    )
    assert ran.stdout.splitlines() == [str([True] * 5), "[]"]


def test_a_shipped_template_that_was_changed_in_its_place_is_taken_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "compiled").mkdir()
    known = template_folder.compiled("資金繰り表").read_text("utf-8")
    template_folder.compiled("資金繰り表", tmp_path).write_text(known, "utf-8")
    docx(tmp_path / "資金繰り表.docx", p("{{ firm }}", "殿"))
    monkeypatch.setattr(render, "HERE", tmp_path)
    monkeypatch.setattr(render, "compiled", lambda title: template_folder.compiled(title, tmp_path))
    render._shipped.cache_clear()
    words = context(assessment())
    try:
        body = zip_writer.members(render.render("資金繰り表", words))["word/document.xml"].data
    finally:
        render._shipped.cache_clear()
    assert f"{words['firm']}</w:t>".encode() in body


# --- the cache of a user's own templates ------------------------------------------------------------------------------


@pytest.fixture
def entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """A cache of this test's own; where its one entry lies."""
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", str(tmp_path))
    folder = cache.folder(os.environ)
    assert folder is not None
    return lambda: next((folder / "templates").iterdir())


def own(tmp_path: Path) -> Document:
    return template(docx(tmp_path / "t.docx", p("{{ firm }}"), table(["a", "{{ firm }}"])))


def printed(document: Document) -> dict[str, bytes]:
    """With nothing in memory."""
    own_template._kept.clear()
    found = own_template.ready(document).parts({"firm": SECRET})
    return {
        name: data for name, data in found.items() if name != embedding.CORE
    }  # python-docx makes one, with the time


@once
def _never(*_: Any) -> None:
    raise AssertionError("compiled anew")


def test_a_template_of_ones_own_is_compiled_once(
    tmp_path: Path, entry: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = own(tmp_path)
    first = printed(document)
    assert SECRET not in entry().read_text("utf-8")
    monkeypatch.setattr(compiling, "compiled", _never)
    assert printed(document) == first


def _linked(text: str) -> str:
    """An entry, whole, that leads outside."""
    body = text.partition("\n")[2]
    rels = "word/_rels/document.xml.rels"
    leading = (
        '<Relationships xmlns=\\"http://schemas.openxmlformats.org/package/2006/relationships\\"><Relationship Id=\\"r\\"'
        ' Type=\\"x/attachedTemplate\\" Target=\\"http://a.example\\" TargetMode=\\"External\\"/></Relationships>'
    )
    changed = body.replace(f'"{rels}": null', f'"{rels}": "{leading}"')
    assert changed != body
    return f"{compiled_template.digest(changed.encode())}\n{changed}"


def _with(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        body = text.partition("\n")[2]
        assert old in body
        return f"{compiled_template.digest(body.replace(old, new).encode())}\n{body.replace(old, new)}"

    return change


BROKEN: dict[str, Callable[[str], str]] = {
    "nothing": lambda _: "",
    "cut off": lambda text: text[: len(text) // 2],
    "one letter": lambda text: text.replace("{{ firm }}", "{{ form }}"),
    "no JSON": lambda _: f"{compiled_template.digest(b'[')}\n[",
    "another kind": lambda _: f"{compiled_template.digest(b'[]')}\n[]",
    "another format": _with(f'"format": {compiled_template.FORMAT}', '"format": 0'),
    "another template's": _with('"template": "', '"template": "0'),
    "a part too many": _with('"word/styles.xml": null', '"word/other.bin": null'),
    "a call": _with("{{ firm }}", "{{ firm.upper() }}"),
    "a way outside": _linked,
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_a_damaged_or_foreign_entry_is_compiled_anew(
    change: Callable[[str], str], tmp_path: Path, entry: Callable[[], Path]
) -> None:
    document = own(tmp_path)
    first, path = printed(document), entry()
    whole = path.read_text("utf-8")
    path.write_text(change(whole), "utf-8")
    assert printed(document) == first
    found = own_template._read(path, document)
    assert found is not None
    assert found.pages == compiling.compiled(document).pages


def test_a_cache_that_cannot_be_written_or_is_nowhere_stops_nothing(
    tmp_path: Path, entry: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    document = own(tmp_path)
    monkeypatch.setattr(writer, "over", full)
    first = printed(document)
    with pytest.raises(StopIteration):
        entry()
    monkeypatch.setattr(cache, "folder", lambda _: None)
    assert printed(document) == first
    monkeypatch.setattr(cache, "folder", lambda _: docx(tmp_path / "file", p("a")))
    assert printed(document) == first


def test_the_oldest_entries_go(tmp_path: Path, entry: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_template, "ON_DISK", 2)
    for text in "一二三":
        printed(template(docx(tmp_path / "t.docx", p(text))))
    assert len(list(entry().parent.iterdir())) == 2


# --- the zip ----------------------------------------------------------------------------------------------------------


def test_a_zip_is_laid_out_as_zipfile_does(tmp_path: Path) -> None:
    content = {"a.xml": b"x" * 1_000, "日本.xml": b"abc", "empty": b""}
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in content.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            package.writestr(info, data)
    assert zip_writer.packed(content) == out.getvalue()
    assert zip_writer.package(zip_writer.members(out.getvalue()).values()) == out.getvalue()
    assert {
        n: m.data for n, m in zip_writer.members(packed(tmp_path / "t.docx", parts(p("a"))).read_bytes()).items()
    } == parts(p("a"))


def test_what_a_template_has_is_copied_as_it_lies_there(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:  # nobody would store it again
        for name, data in parts(p("{{ firm }}")).items():
            package.writestr(name, data)
    ready = own_template.ready(template(path))
    told = provenance(assessment())
    found = zip_writer.members(ready.packed(ready.parts({"firm": SECRET}, "t", told)))
    assert found["word/styles.xml"].method == zipfile.ZIP_STORED
    assert found["word/document.xml"].method == zipfile.ZIP_DEFLATED
