"""A template printed on trial with the words of every example: what a draft would refuse, the lint says before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rules.refusal import Refusal
from templates.engine import own_template
from templates.engine.printing import Ready
from templates.engine.render import titled
from templates.files.docx_guard import Document
from templates.lint.known_names import examples
from templates.lint.lint import NOTE, WRONG, Flaw

TRIAL = "試し刷り"


def refusals(document: Document) -> list[Flaw]:
    """Why no example can be printed; or which frames' examples cannot, where others can."""
    try:
        ready = own_template.ready(document)
    except Refusal as e:
        return [Flaw(WRONG, TRIAL, "", _sentence(e))]
    tried = [(words["frame"], _refused(ready, words)) for words in _meant(document.name)]
    refused = {frame: why for frame, why in tried if why}
    if tried and len(refused) == len({frame for frame, _ in tried}) and all(why for _, why in tried):
        return [Flaw(WRONG, TRIAL, "", next(iter(refused.values())))]
    return [Flaw(NOTE, TRIAL, frame, why) for frame, why in refused.items()]


def _meant(title: str) -> Iterator[dict[str, Any]]:
    """The words of the examples whose frames have this draft; of a template of one's own, of all."""
    everything = examples()
    mine = [words for words in everything if title in words["drafts"]]
    yield from mine or everything


def _refused(ready: Ready, words: dict[str, Any]) -> str:
    try:
        ready.parts(titled(ready.name, words))
    except Refusal as e:
        return _sentence(e)
    return ""


def _sentence(e: Refusal) -> str:
    return str(e).removesuffix("。")
