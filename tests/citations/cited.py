"""Every place of the 2025 documents that the project cites, with the documents of each frame spelled out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rules.frames import FRAMES
from templates.content import documents

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
DOCUMENTS = {path.stem: path for path in sorted(HERE.glob("*-2025*.txt"))}
FOLDERS = ("rules", "templates", "workbooks")
UNSEEN = re.compile("（2026年は未確認）$")  # what an edition of 2026 adds to a place of 2025


def cited() -> dict[str, set[str]]:
    """Each place, `document#place`, and the files that cite it."""
    found: dict[str, set[str]] = {}
    for file, at in (*_pages(), *_code(), *_documents()):
        document = at.partition("#")[0]
        if "-2025" in document and document != documents.OWN:
            found.setdefault(UNSEEN.sub("", at), set()).add(file)
    return found


def _pages() -> Iterator[tuple[str, str]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).glob("**/*.toml")):
            for text in _strings(tomllib.loads(path.read_text("utf-8"))):
                if re.match(r"[a-z]+-2025(-[a-z0-9]+)?#", text):
                    yield path.name, text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(item)


def _code() -> Iterator[tuple[str, str]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).glob("**/*.py")):
            for text in re.findall(r'"([a-z]+-2025(?:-[a-z0-9]+)?#[^"{}]*)"', path.read_text("utf-8")):
                yield path.name, text


def _documents() -> Iterator[tuple[str, str]]:
    """The documents to attach, in the 公募要領 of every frame that asks for them."""
    facts: dict[str, bool] = dict.fromkeys(
        ("small", "itnavi", "bonus1", "bonus2", "near", "services", "hardware", "unregistered"), True
    )
    for frame in FRAMES:
        for stage in ("apply", "wish", "report", "keep"):
            for document in documents.documents(stage, "", facts, None, frame.name):
                yield "drafts.toml", document.at
