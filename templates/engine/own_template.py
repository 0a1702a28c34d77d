"""A template of a user's own: linted each time, compiled by docxtpl at its first use, and kept as text in his cache.

An entry of the cache is taken only for the same file and the same program, whole, with no other parts than the file has and
no connection that a template may not have; its language is checked again like any other. Where it cannot be read or written,
the template is compiled anew: a cache never stops a draft.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from rules import VERSION
from templates.engine import compiled_template, printing
from templates.engine.compiled_template import FORMAT, Compiled
from templates.engine.printing import Ready
from templates.files import template_guard
from templates.files.docx_guard import BadDocument, Document
from templates.lint import lint
from workbooks.files import cache, writer

IN_MEMORY, ON_DISK = 32, 64  # templates
EMPTY = "<a/>"  # where the record will be
LARGEST = 4 * template_guard.MAX_TEMPLATE  # bytes of an entry

_kept: dict[str, Ready] = {}
_lock = threading.Lock()


def ready(document: Document) -> Ready:
    """A template that was found harmless, ready to print; from memory where the same file was before."""
    with _lock:
        found = _kept.pop(document.digest, None)
    found = found or _made(document)
    with _lock:
        _kept[document.digest] = found  # the newest last
        while len(_kept) > IN_MEMORY:
            del _kept[next(iter(_kept))]
    return found


def _made(document: Document) -> Ready:
    lint.refuse_flawed(document)
    place = cache.folder(os.environ)
    path = place / "templates" / f"{_key(document)}.txt" if place else None
    found = _read(path, document) if path else None
    with suppress(BadDocument):
        if found:
            return printing.made(document.name, found, document.fit or document.blob, document)
    from templates.engine import compiling  # and docxtpl with it

    found = compiling.compiled(document)
    made = printing.made(document.name, found, document.fit or document.blob, document)
    if path:
        _keep(path, found)
    return made


def _key(document: Document) -> str:
    """Of a file and of everything that decides what is made of it."""
    return compiled_template.digest(f"{document.digest} {FORMAT} {VERSION} {version('docxtpl')}".encode())


def _read(path: Path, document: Document) -> Compiled | None:
    """What was kept; None where it is not there, damaged, or not what this program keeps of this file."""
    try:
        if path.stat().st_size > LARGEST:
            return None
        checked, _, text = path.read_text("utf-8").partition("\n")
    except (OSError, ValueError):
        return None
    found = (
        compiled_template.read(text, document.digest) if checked == compiled_template.digest(text.encode()) else None
    )
    return found if found and _fits(found, document) else None


def _fits(found: Compiled, document: Document) -> bool:
    """Whether its parts are the file's own or text, and lead to nothing that a template may not have."""
    try:
        for parts in (found.parts, found.room):
            texts = {p: (text or EMPTY).encode() for p, text in parts.items() if text is not None}
            whole = {p: texts[p] if p in texts else document.parts[p] for p in parts}
            template_guard.harmless(replace(document, parts=whole))
    except (BadDocument, KeyError, AttributeError):
        return False
    return set(found.pages) <= set(document.parts)


def _keep(path: Path, found: Compiled) -> None:
    text = found.text()
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        writer.over(path, f"{compiled_template.digest(text.encode())}\n{text}".encode())
        for old in sorted(path.parent.glob("*.txt"), key=lambda p: p.stat().st_mtime)[:-ON_DISK]:
            old.unlink()
