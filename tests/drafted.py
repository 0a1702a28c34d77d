"""What stands in drafts, read from their XML: no template, no builder, so that a test sees what Word sees."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from defusedxml import ElementTree

from rules.assess import Assessment
from templates.content.context import context
from templates.engine import render

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TODO = "【要記入"
OWED = "要記入"  # names the controls of what is owed


def text(data: bytes) -> str:
    """All text of a document: its head, body and foot, a table row on one line."""
    parts = _parts(data)
    names = [n for kind in ("header", "document", "footer") for n in sorted(parts) if n.startswith(f"word/{kind}")]
    return "\n".join(line for name in names for line in _blocks(_inner(ElementTree.fromstring(parts[name]))))


def texts(a: Assessment) -> dict[str, str]:
    """The text of every draft of an assessment by title."""
    words = context(a)
    return {title: text(render.render(title, words)) for title in words["drafts"]}


def controls(data: bytes, name: str = OWED) -> list[str]:
    """The texts of the content controls of one tag; of what is owed, those that wait for an answer: each has its own tag."""
    root = ElementTree.fromstring(_parts(data)["word/document.xml"])
    return ["".join(t.text or "" for t in s.iter(f"{WORD}t")) for s in root.iter(f"{WORD}sdt") if _is(s, name)]


def _is(control: Any, name: str) -> bool:
    if name == OWED:
        return next(control.iter(f"{WORD}showingPlcHdr"), None) is not None
    return any(t.get(f"{WORD}val") == name for t in control.iter(f"{WORD}tag"))


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _inner(root: Any) -> Any:
    body = root.find(f"{WORD}body")
    return root if body is None else body


def _blocks(parent: Any) -> Iterator[str]:
    for block in parent:
        if block.tag == f"{WORD}p":
            if line := _line(block):
                yield line
        elif block.tag == f"{WORD}tbl":
            for row in block.iter(f"{WORD}tr"):
                yield " | ".join("／".join(_line(p) for p in cell.iter(f"{WORD}p")) for cell in row.iter(f"{WORD}tc"))


def _line(paragraph: Any) -> str:
    signs = {f"{WORD}t": None, f"{WORD}tab": "\t", f"{WORD}br": "／"}
    found = [e for run in paragraph.iter(f"{WORD}r") for e in run if e.tag in signs]
    return "".join(signs[e.tag] or e.text or "" for e in found)
