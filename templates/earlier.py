"""The earlier drafts of one title in a folder, and what a person wrote into them: the newest draft first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rules.refusal import Refusal
from templates import stale, stamp, typed
from templates.folder import numbered
from templates.intake import Document, document
from templates.provenance import Provenance
from templates.shipped import ENDING


def answers(folder: Path, stem: str, made_from: Provenance) -> dict[str, typed.Control]:
    """What a person wrote into the earlier drafts, by the key of its control; of two, what the newer draft says."""
    found: dict[str, typed.Control] = {}
    for draft in reversed(list(_earlier(folder, stem))):
        before = stamp.read(draft)
        if not stale.stranger(before, made_from):
            found = {**typed.answers(draft.parts[stamp.body(draft.parts)], before.controls), **found}
    return found


def _earlier(folder: Path, stem: str) -> Iterator[Document]:
    """The drafts that are there, oldest first; what is no draft of ours, or cannot be read, is left alone."""
    for path in numbered(folder, stem, ENDING):
        try:
            found = document(path)
            stamp.read(found)
        except Refusal:
            continue
        yield found
