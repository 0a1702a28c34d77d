"""Assessment -> its Word drafts, and PDFs of them.

Each draft is printed from a template that was found harmless, remembers what it was made from, and is checked before it
gets its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from rules.assess import Assessment
from templates.content.context import MAIN, context
from templates.engine import compiled_template, printing
from templates.engine.printing import Ready
from templates.files.output_folder import DraftError, placed, safe
from templates.files.template_folder import ENDING, HERE, chosen, compiled
from templates.record import earlier_drafts, embedding, typed_answers
from templates.record.provenance import Provenance, provenance

__all__ = ["DraftError", "Drafted", "drafted", "drafts", "render"]
PLAIN = frozenset((str, int, bool, type(None)))  # and lists and dicts of them: all that a template is ever given


@dataclass(frozen=True)
class Drafted:
    """The drafts of one call, and what became of the answers that a person had written into earlier ones."""

    paths: list[Path]  # each new or already there
    taken: list[str]  # answers that the new drafts hold
    left: list[str]  # answers that found no place

    def told(self) -> list[str]:
        """Both for a person."""
        lines = (
            [f"前の下書きの入力欄に書かれていた{len(self.taken)}件を、新しい下書きに写しました。"] if self.taken else []
        )
        if self.left:
            lines.append("前の下書きに書かれていて、新しい下書きに入れる欄が無いもの（前のファイルに残っています）:")
        return lines + [f"  {what}" for what in self.left]


def drafts(a: Assessment, out_dir: Path | str, templates: Path | str | None = None) -> list[Path]:
    """The paths of `drafted`."""
    return drafted(a, out_dir, templates).paths


def drafted(a: Assessment, out_dir: Path | str, templates: Path | str | None = None) -> Drafted:
    """Write the drafts into a folder, with what a person wrote into the controls of the earlier drafts there.

    A file that differs (edited in Word, or made from other inputs) stays, and the new one gets a number. All are
    rendered and written beside before the first gets its name. `templates`: a folder with the user's own.
    """
    words, made_from = context(a), provenance(a)
    firm, folder = safe(words["firm"]), Path(out_dir)
    paths = chosen(list(words["drafts"]), templates)
    by_hand = {path.stem: earlier_drafts.answers(folder, f"{firm}_{path.stem}", made_from) for path in paths}
    words = {**words, **_still_owed(words, by_hand)}
    files, taken, left = list[tuple[str, str, bytes]](), list[str](), list[str]()
    for path in paths:
        found, parts = _parts(path.stem, words, path, made_from)
        body = embedding.body(parts)
        parts[body], placed_, not_placed = typed_answers.answered(parts[body], by_hand[path.stem])
        taken += [f"{path.stem}: {typed_answers.called(c)}" for c in placed_]
        left += [f"{path.stem}: {typed_answers.told(c)}" for c in not_placed]
        files.append((f"{firm}_{path.stem}", ENDING, found.packed(parts)))
    return Drafted(placed(folder, files, "下書き"), taken, left)


def reprinted(made_from: Provenance, a: Assessment) -> str | None:
    """The text that a draft's template prints of today's quote; None where it is not one of ours as it is now."""
    path, words = HERE / f"{made_from.template}{ENDING}", context(a)
    if made_from.template not in words["drafts"] or made_from.frame != a.frame:
        return None
    found, parts = _parts(made_from.template, words, path, None)
    return embedding.shown(parts) if found.digest == made_from.template_digest else None


def _still_owed(words: Mapping[str, Any], by_hand: Mapping[str, Mapping[str, typed_answers.Control]]) -> dict[str, Any]:
    """What is owed without what stands in an earlier draft already."""
    rows = [row for row in words["owed"] if row["name"] not in by_hand.get(row["where"], ())]
    return {"owed": rows, "owed_count": len(rows)}


def render(
    title: str, words: Mapping[str, Any], path: Path | None = None, made_from: Provenance | None = None
) -> bytes:
    """One draft: the same words give the same bytes."""
    found, parts = _parts(title, words, path, made_from)
    return found.packed(parts)


def _parts(
    title: str, words: Mapping[str, Any], path: Path | None, made_from: Provenance | None
) -> tuple[Ready, dict[str, bytes]]:
    found = _shipped(title) if path is None or path.parent == HERE else _own(path)
    given = titled(title, words)
    _plain(given)
    return found, found.parts(given, given["draft"]["title"], made_from)


@cache
def _shipped(title: str) -> Ready:
    """A shipped template as it was compiled when it was made; one that somebody changed in its place is his own."""
    path = HERE / f"{title}{ENDING}"
    blob = path.read_bytes()
    found = compiled_template.read(compiled(title).read_text("utf-8"), compiled_template.digest(blob))
    return printing.made(title, found, blob) if found else _own(path)


def _own(path: Path) -> Ready:
    from templates.engine import own_template  # and with it Word's libraries
    from templates.files.template_guard import template

    return own_template.ready(template(path))


def titled(title: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """The words of one draft: those of all, and its own titles."""
    return {**words, "draft": _titles(title, words)}


def _titles(title: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """The titles of a draft; a template of the user's own is called what its file is called."""
    known: dict[str, Any] = words["drafts"]
    if title in known:
        return known[title]
    first = known.get(MAIN) or next(iter(known.values()))
    return {**first, "title": title, "heading": title, "subtitle": title, "notes": [], "main": False}


def _plain(value: Any) -> None:
    """Nothing that does something is ever given to a template."""
    for child in cast("dict[str, object]", value).values() if type(value) is dict else cast("list[object]", value):
        kind = type(child)
        if kind in (dict, list):
            _plain(child)
        elif kind not in PLAIN:
            raise TypeError(f"a template is given {kind.__name__}")
