"""The earlier drafts of one title in a folder, and what a person wrote into them: the newest draft first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rules.refusal import Refusal
from templates.files.output_folder import numbered
from templates.files.template_folder import ENDING
from templates.record import comparison, embedding, typed_answers
from templates.record.provenance import Provenance

if TYPE_CHECKING:
    from templates.files.docx_guard import Document


def answers(folder: Path, stem: str, made_from: Provenance) -> dict[str, typed_answers.Control]:
    """What a person wrote into the earlier drafts, by the key of its control; of two, what the newer draft says."""
    found: dict[str, typed_answers.Control] = {}
    for draft in reversed(list(_earlier(folder, stem))):
        before = embedding.read(draft)
        if not comparison.stranger(before, made_from):
            found = {**typed_answers.answers(draft.parts[embedding.body(draft.parts)], before.controls), **found}
    return found


def _earlier(folder: Path, stem: str) -> Iterator[Document]:
    """The drafts that are there, oldest first; what is no draft of ours, or cannot be read, is left alone."""
    for path in numbered(folder, stem, ENDING):
        from templates.files.docx_guard import document  # and lxml with it: only where there are any

        try:
            found = document(path)
            embedding.read(found)
        except Refusal:
            continue
        yield found
