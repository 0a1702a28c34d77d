"""What a template's looks may do to a draft: Japanese in a font that nobody chose, changes that somebody tracked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from templates.files.docx_guard import Document
from templates.files.docx_structure import WORD
from templates.lint.scanner import TRACKED, Page

STYLES = "word/styles.xml"
EAST = ("eastAsia", "eastAsiaTheme")
LATIN = ("ascii", "asciiTheme", "hAnsi", "hAnsiTheme")


def fonts(document: Document, pages: Sequence[Page]) -> Iterator[tuple[str, str, str]]:
    """(place, text, sentence) for each font that is named for Latin letters only."""
    if STYLES in document.parts:
        root = document.xml(STYLES)
        default = root.find(f"{WORD}docDefaults/{WORD}rPrDefault/{WORD}rPr/{WORD}rFonts")
        if default is None or not _has(default, EAST):
            yield (
                "スタイル",
                "",
                "文書の既定に日本語用のフォントがありません。「フォントの設定」で日本語用のフォントを選んでください",
            )
        for style in root.iter(f"{WORD}style"):
            if any(_latin_only(f) for f in style.iter(f"{WORD}rFonts")):
                name = style.find(f"{WORD}name")
                called = name.get(f"{WORD}val", "") if name is not None else ""
                yield (
                    "スタイル",
                    called,
                    "このスタイルに日本語用のフォントがありません。「フォントの設定」で選んでください",
                )
    for page in pages:
        for paragraph in page.paragraphs:
            if any(_latin_only(f) for f in paragraph.element.iter(f"{WORD}rFonts")):
                why = "日本語用のフォントがありません。文字を選び「フォントの設定」で日本語用のフォントを選んでください"
                yield page.label, paragraph.text, why


def tracked(page: Page) -> bool:
    """Whether somebody's tracked changes are left."""
    return any(next(page.root.iter(f"{WORD}{name}"), None) is not None for name in TRACKED)


def _latin_only(font: Any) -> bool:
    return _has(font, LATIN) and not _has(font, EAST)


def _has(font: Any, slots: tuple[str, ...]) -> bool:
    return any(font.get(f"{WORD}{slot}") for slot in slots)
