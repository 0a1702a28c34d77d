"""Whether a cell of a template can end without a paragraph: Word calls such a file damaged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from templates.files.docx_structure import WORD
from templates.lint.scanner import CLOSE, MIDDLE, OPEN, Page, Paragraph, Tag

NOTHING, PARAGRAPH, OTHER = "", "p", "tbl"
Ends = frozenset[str]


def emptied(page: Page) -> Iterator[tuple[str, str]]:
    """(text, sentence) for each cell that could end empty, or with a table."""
    known = {p.element: p for p in page.paragraphs}
    for cell in page.root.iter(f"{WORD}tc"):
        items = [_item(child, known) for child in cell if child.tag != f"{WORD}tcPr"]
        ends, _ = _run(items, 0, frozenset([NOTHING]))
        text = "".join(t.text or "" for t in cell.iter(f"{WORD}t"))
        if NOTHING in ends:
            yield (
                text,
                "条件によってセルが空になり、Word が壊れたファイルとみなします。セルの終わりに空の段落を足してください",
            )
        elif OTHER in ends:
            yield (
                text,
                "セルが表で終わることがあり、Word が壊れたファイルとみなします。セルの終わりに空の段落を足してください",
            )


def _item(child: Any, known: dict[Any, Paragraph]) -> str | Tag:
    """A paragraph that stays, something else that stays, or a {%p %} that goes."""
    paragraph = known.get(child)
    if paragraph is None:
        return OTHER
    return next((t for t in paragraph.tags if t.prefix == "p"), PARAGRAPH)


def _run(items: Sequence[str | Tag], at: int, ends: Ends) -> tuple[Ends, int]:
    """What a row of items can end with, given what stood before it; up to the tag that closes it."""
    while at < len(items):
        item = items[at]
        at += 1
        if isinstance(item, str):
            ends = frozenset([item])
        elif item.word in OPEN:
            ends, at = _block(items, at, ends, item.word == "for")
        elif item.word in (*MIDDLE, *CLOSE):
            return ends, at - 1
    return ends, at


def _block(items: Sequence[str | Tag], at: int, before: Ends, loop: bool) -> tuple[Ends, int]:
    """An if or a for: any of its branches, or none."""
    found: Ends = frozenset()
    otherwise = False
    while True:
        ends, at = _run(items, at, before)
        found |= ends
        if at >= len(items):
            return found | before, at
        closing = items[at]
        assert isinstance(closing, Tag)  # only a tag stops _run
        at += 1
        otherwise |= closing.word == "else"
        if closing.word in CLOSE:
            return (found if otherwise and not loop else found | before if not otherwise else found), at
