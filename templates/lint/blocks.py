"""if … endif and for … endfor of a page as a tree, and where their ends do not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from templates.lint.scanner import CLOSE, MERGE, MIDDLE, OPEN, Page, Tag
from templates.sandbox import DEPTH

DEEPEST = 15  # blocks within blocks: Python itself reads twenty
HOLDER = {"tr": "tbl", "tc": "tr"}
WHERE = {"tr": "同じ表の行", "tc": "同じ行のセル", "p": "同じ本文か同じセルの段落", "r": "同じ段落", "": "同じ段落"}
ENDS = {"if": "endif", "for": "endfor"}


@dataclass
class Block:
    """An if or a for: its tags, and what stands in each of its branches."""

    head: Tag
    branches: list[tuple[Tag, list[Block | Tag]]] = field(default_factory=list[tuple[Tag, "list[Block | Tag]"]])


def tree(page: Page) -> tuple[list[Block | Tag], list[tuple[Tag, str]]]:
    """The tags of a page as a tree, and (tag, sentence) for what does not fit."""
    top: list[Block | Tag] = []
    open_blocks: list[Block] = []
    problems: list[tuple[Tag, str]] = []
    for tag in (tag for paragraph in page.paragraphs for tag in paragraph.tags):
        here = open_blocks[-1].branches[-1][1] if open_blocks else top
        if tag.controls and tag.word in OPEN:
            block = Block(tag, [(tag, [])])
            here.append(block)
            open_blocks.append(block)
            problems += [(tag, why) for why in _deep(open_blocks)]
        elif tag.controls and tag.word in (*MIDDLE, *CLOSE):
            problems += [(tag, why) for why in _turn(tag, open_blocks)]
        elif tag.controls and tag.word in MERGE:
            problems += [] if _in_loop(open_blocks) else [(tag, f"{tag.word} は {{% for %}} の中だけで使えます")]
        elif tag.prints:
            here.append(tag)
    problems += [(b.head, f"{{% {b.head.word} %}} に対応する {ENDS[b.head.word]} がありません") for b in open_blocks]
    return top, problems


def _turn(tag: Tag, open_blocks: list[Block]) -> Iterator[str]:
    """elif, else, endif, endfor: the innermost open block takes it, if it fits."""
    if not open_blocks:
        yield f"{tag.word} に対応する始まり（if か for）がありません"
        return
    block = open_blocks[-1]
    head = block.head
    if tag.word in CLOSE:
        if tag.word != ENDS[head.word]:
            yield f"{head.word} の終わりは {ENDS[head.word]} ですが、{tag.word} があります"
        open_blocks.pop()
    else:
        if tag.word == "elif" and head.word == "for":
            yield "for の中に elif だけがあります。if から書いてください"
        if block.branches[-1][0].word == "else":
            yield "else の後に、もう一つ else か elif があります"
        block.branches.append((tag, []))
    if tag.prefix != head.prefix:
        one, other = (f"{{%{t.prefix} {t.word}" for t in (head, tag))
        yield f"「{one}」と「{other}」の印が違います。同じ印（{{%p、{{%tr など）に揃えてください"
    elif _holder(tag) is not _holder(head):
        yield f"{head.word} と {tag.word} は{WHERE[head.prefix]}に置いてください"


def _deep(open_blocks: list[Block]) -> Iterator[str]:
    if sum(b.head.word == "for" for b in open_blocks) == DEPTH + 1:
        yield f"繰り返しの重なりは{DEPTH}段までです"
    if len(open_blocks) == DEEPEST + 1:
        yield f"条件と繰り返しの重なりは{DEEPEST}段までです"


def _in_loop(open_blocks: list[Block]) -> bool:
    return any(b.head.word == "for" for b in open_blocks)


def _holder(tag: Tag) -> Any:
    """The element in which a block must begin and end."""
    if tag.prefix in HOLDER:
        return tag.paragraph.above(HOLDER[tag.prefix])
    if tag.prefix == "p":
        return tag.paragraph.element.getparent()
    return tag.paragraph.element
