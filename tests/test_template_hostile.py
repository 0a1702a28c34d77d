"""Hostile documents and templates are refused at once, each with its own Japanese sentence; nothing runs."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from jinja2.exceptions import SecurityError, UndefinedError

from rules.refusal import Refusal
from templates import sandbox
from templates.engine import own_template
from templates.files.docx_guard import document, parsed
from templates.files.template_guard import template
from tests.docxs import BODY_RELS, DOCUMENT, TYPES, p, packed, parts, types
from tests.hostile import LANGUAGE, PACKAGES, TEMPLATES, Maker, holding

WORDS = {"firm": "みほん", "lines": [{"item": str(n)} for n in range(200)], "draft": {"title": "t"}}
SECONDS = 60  # of the processor; each takes well under one, what hangs takes more


def refused(call: object, path: Path) -> str:
    """The sentence with which a file is refused, in time."""
    assert callable(call)
    start = process_time()
    with pytest.raises(Refusal) as caught:
        call(path)
    assert process_time() - start < SECONDS
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(("。", "。）"))
    return message


def printed(path: Path) -> object:
    return own_template.ready(template(path)).parts(WORDS)


@pytest.mark.parametrize(("maker", "said"), PACKAGES.values(), ids=PACKAGES)
def test_a_hostile_package_is_refused_as_a_draft_and_as_a_template(maker: Maker, said: str, tmp_path: Path) -> None:
    path = maker(tmp_path / "t.docx")
    assert said in refused(document, path)
    assert said in refused(template, path)


@pytest.mark.parametrize(("maker", "said"), TEMPLATES.values(), ids=TEMPLATES)
def test_a_template_that_reaches_out_is_refused(maker: Maker, said: str, tmp_path: Path) -> None:
    assert said in refused(template, maker(tmp_path / "t.docx"))


@pytest.mark.parametrize(("maker", "said"), LANGUAGE.values(), ids=LANGUAGE)
def test_a_template_that_would_run_something_or_never_end_is_refused(maker: Maker, said: str, tmp_path: Path) -> None:
    assert said in refused(printed, maker(tmp_path / "t.docx"))


def test_there_are_more_than_forty() -> None:
    assert len(PACKAGES) + len(TEMPLATES) + len(LANGUAGE) > 80


def test_a_plain_template_and_a_web_link_pass(tmp_path: Path) -> None:
    assert (
        "みほん".encode()
        in own_template.ready(template(holding(p("{{ firm }}"))(tmp_path / "t.docx"))).parts(WORDS)["word/document.xml"]
    )


@pytest.mark.parametrize(
    "source", ["{{ x.__class__.__mro__ }}", "{{ x.append(1) }}", "{{ x | length() + x.sort() }}", "{{ 'a'.upper() }}"]
)
def test_the_sandbox_holds_by_itself(source: str) -> None:
    with pytest.raises(SecurityError):
        sandbox.environment().from_string(source).render(x=[])


@pytest.mark.parametrize("source", ["{{ nobody }}", "{{ x.nothing }}", "{{ x.items }}", "{{ cycler }}", "{{ x.get }}"])
def test_a_name_leads_to_a_key_and_to_nothing_else(source: str) -> None:
    with pytest.raises(UndefinedError):
        sandbox.environment().from_string(source).render(x={})


def test_comments_are_no_part_of_a_template(tmp_path: Path) -> None:
    made = {**parts(p("{{ firm }}")), TYPES: types().replace(b"<Default", b"<!-- a --><?b c?><Default", 1)}
    made[DOCUMENT] = made[DOCUMENT].replace(b"<w:body>", b"<!-- <w:body> --><w:body>")
    made[DOCUMENT] = made[DOCUMENT].replace(b"<w:p>", b"<w:p><!-- {{ nobody }} </w:p> --><?a {{ b }}?>", 1)
    made[BODY_RELS] = made[BODY_RELS].replace(b"</Rel", b"<!-- a --></Rel")
    found = own_template.ready(template(packed(tmp_path / "t.docx", made))).parts({"firm": "みほん"})
    assert "みほん" in "".join(parsed(found[DOCUMENT]).itertext())
    assert b"nobody" not in found[DOCUMENT]
