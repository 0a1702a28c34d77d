"""What is wrong with a template, in Japanese, with the text of the paragraph where it stands.

`flaws` needs the document alone; with the shape of the words (templates/lint/known_names.py) it also knows every name. A template
with a flaw of level 誤り makes no draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from templates.files.docx_guard import BadDocument, Document
from templates.files.docx_structure import WORD
from templates.lint import blocks, empty_cells, fonts, scanner, tag_rules
from templates.lint.blocks import Block
from templates.lint.expressions import Scope, check
from templates.lint.known_names import Shape
from templates.lint.scanner import Page, Paragraph, Tag

WRONG, NOTE = "誤り", "注意"
MOST = 3_000  # tags of one part: the largest of ours has 200
SHOWN = 60  # letters of a paragraph


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong: 誤り or 注意, where, and what to do."""

    level: str
    place: str  # 本文, ヘッダー …
    paragraph: str  # its text
    why: str  # a sentence without 。

    def __str__(self) -> str:
        text = " ".join(self.paragraph.split())
        shown = text if len(text) <= SHOWN else text[:SHOWN] + "…"
        return f"{self.level}: {self.place}{f'「{shown}」' if shown else ''} {self.why}。"


def flaws(document: Document, known: Shape | None = None) -> list[Flaw]:
    """Every flaw of a template in the order of the document, the wrong ones first."""
    pages = scanner.pages(document)
    found = [flaw for page in pages for flaw in _page(page, known)]
    found += [Flaw(WRONG, part, text, why) for part, text, why in tag_rules.elsewhere(document, pages)]
    found += [Flaw(NOTE, place, text, why) for place, text, why in fonts.fonts(document, pages)]
    return sorted(dict.fromkeys(found), key=lambda f: f.level == NOTE)


def refuse_flawed(document: Document) -> None:
    """Stops at a template that would not print what its author meant."""
    wrong = [flaw for flaw in flaws(document) if flaw.level == WRONG]
    if wrong:
        raise BadDocument(flawed(document, wrong))


def flawed(document: Document, wrong: Sequence[Flaw]) -> str:
    """What is wrong with a template: the first flaw, and how many more there are."""
    more = f"ほか{len(wrong) - 1}件。" if len(wrong) > 1 else ""
    return f"テンプレート「{document.name}」に{wrong[0]}{more}hojokin templates lint で確かめられます。"


def _page(page: Page, known: Shape | None) -> Iterator[Flaw]:
    if sum(len(p.tags) for p in page.paragraphs) > MOST:
        yield Flaw(WRONG, page.label, "", f"タグが多すぎます（上限{MOST:,}個）。表は {{%tr for で繰り返してください")
        return
    wrong = list(_tags(page))
    for paragraph, why in wrong:
        yield Flaw(WRONG, page.label, paragraph.text, why)
    if not page.root.tag.startswith(WORD) or page.root.prefix != "w":
        yield Flaw(WRONG, page.label, "", "Word が書く形ではないので、Word で開いて保存し直してください")
    yield from (Flaw(NOTE, page.label, p.text, why) for p in page.paragraphs for why in tag_rules.remarks(p))
    if wrong:
        yield from _named(page, known)
        return  # what follows would repeat it
    found, problems = blocks.tree(page)
    for tag, why in problems:
        yield Flaw(WRONG, page.label, tag.paragraph.text, why)
    yield from _expressions(page, found, known)
    if not problems:
        for text, why in empty_cells.emptied(page):
            yield Flaw(WRONG, page.label, text, why)
    if fonts.tracked(page):
        yield Flaw(NOTE, page.label, "", "変更履歴が残っています。下書きにもそのまま残ります")


def _tags(page: Page) -> Iterator[tuple[Paragraph, str]]:
    for paragraph in page.paragraphs:
        for why in tag_rules.faults(paragraph, page):
            yield paragraph, why


def _named(page: Page, known: Shape | None) -> Iterator[Flaw]:
    """The names that no loop could give: all that can be said of a page whose tags do not fit together."""
    if known is None:
        return
    looped = {
        word
        for p in page.paragraphs
        for tag in p.tags
        if tag.controls
        for word in re.findall(r"\bfor\s+(\w+)", tag.body, re.I)
    }
    tags_ = [tag for p in page.paragraphs for tag in p.tags if tag.prints and not tag_rules.spelling(tag)]
    for tag, why in check(tags_, Scope(known)):
        name = re.match("[「]([^」.]*)", why)
        if name and "という名前はありません" in why and name[1] not in {*looped, "loop"}:
            yield Flaw(WRONG, page.label, tag.paragraph.text, why)


def _expressions(page: Page, found: list[Block | Tag], known: Shape | None) -> Iterator[Flaw]:
    scope = Scope(known)
    spelled: dict[str, tuple[str, Tag]] = {}
    for tag, why in check(found, scope):
        yield Flaw(WRONG, page.label, tag.paragraph.text, why)
    for name, tag in scope.spelled:
        other, _ = spelled.setdefault(normalize("NFKC", name), (name, tag))
        if other != name:
            why = f"「{other}」と「{name}」は同じ名前とみなされます。どちらかに揃えてください"
            yield Flaw(WRONG, page.label, tag.paragraph.text, why)
