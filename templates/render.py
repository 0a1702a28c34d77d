"""Assessment -> its Word drafts, and PDFs of them.

Each draft is printed from a template that was found harmless, remembers what it was made from, and is checked before it
gets its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rules.assess import Assessment
from templates import engine, paper
from templates.context import MAIN, context
from templates.folder import DraftError, placed, safe
from templates.intake import template
from templates.provenance import Provenance, provenance
from templates.shipped import ENDING, HERE, chosen

__all__ = ["DraftError", "drafts", "render"]
PLAIN = (str, int, type(None))  # and lists and dicts of them: all that a template is ever given


def drafts(a: Assessment, out_dir: Path | str, templates: Path | str | None = None) -> list[Path]:
    """Write the drafts into a folder; the path of each, new or already there.

    A file that differs (edited in Word, or made from other inputs) stays, and the new one gets a number. All are
    rendered and written beside before the first gets its name. `templates`: a folder with the user's own.
    """
    words, made_from = context(a), provenance(a)
    firm = safe(words["firm"])
    paths = chosen(list(words["drafts"]), templates)
    files = [(f"{firm}_{path.stem}", ENDING, render(path.stem, words, path, made_from)) for path in paths]
    return placed(Path(out_dir), files, "下書き")


def render(
    title: str, words: Mapping[str, Any], path: Path | None = None, made_from: Provenance | None = None
) -> bytes:
    """One draft: the same words give the same bytes."""
    found = _shipped(title) if path is None or path.parent == HERE else engine.ready(template(path))
    given = {**words, "draft": _titles(title, words)}
    _plain(given)
    return paper.pack(found.parts(given, given["draft"]["title"], made_from))


@cache
def _shipped(title: str) -> engine.Ready:
    return engine.ready(template(HERE / f"{title}{ENDING}"))


def _titles(title: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """The titles of a draft; a template of the user's own is called what its file is called."""
    known: dict[str, Any] = words["drafts"]
    if title in known:
        return known[title]
    first = known.get(MAIN) or next(iter(known.values()))
    return {**first, "title": title, "heading": title, "subtitle": title, "notes": [], "main": False}


def _plain(value: Any) -> None:
    """Nothing that does something is ever given to a template."""
    if isinstance(value, dict):
        for child in value.values():
            _plain(child)
    elif isinstance(value, list):
        for child in value:
            _plain(child)
    elif type(value) not in (*PLAIN, bool):
        raise TypeError(f"a template is given {type(value).__name__}")
