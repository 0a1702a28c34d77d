"""Makes the .docx templates. Each is an ordinary docxtpl template that a person can open and change in Word.

    python -m templates.design.build        writes templates/*.docx and templates/compiled/, byte for byte the same every time

`{{ }}` prints a value, `{%tr %}` repeats or drops a table row, `{%p %}` a paragraph; templates/content/context.py says what
there is. What the applicant still owes is a content control in red on yellow. drafts.toml says which frame has which
draft, and in which fonts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from templates.design import common_drafts, frame_drafts, page_setup
from templates.engine import compiling
from templates.files import template_folder
from templates.files.template_guard import template
from templates.lint import lint
from workbooks.files import writer

HERE = Path(__file__).parents[1]
TEMPLATES: dict[str, Callable[[], Any]] = {
    "入力用下書き": common_drafts.main_draft,
    "経費内訳・補助額計算書": common_drafts.cost_draft,
    "必要書類チェックリスト": common_drafts.document_draft,
    "賃上げ計画の表明文": common_drafts.pledge_draft,
    "資金繰り表": common_drafts.cash_draft,
    "課題・労働生産性計画": frame_drafts.normal_draft,
    "取引先アカウント按分計算書": frame_drafts.etrade_draft,
    "取引先同意書": frame_drafts.consent_draft,
    "セキュリティ対策計画": frame_drafts.security_draft,
    "事業計画書": frame_drafts.group_draft,
    "選定理由書": frame_drafts.reason_draft,
    "構成員別の経費と補助額": frame_drafts.figures_draft,
}


def built() -> dict[str, bytes]:
    """Every template by its title."""
    return {title: page_setup.saved(make()) for title, make in TEMPLATES.items()}


def build(folder: Path = HERE) -> list[Path]:
    """Writes every template over the one before, and what docxtpl makes of it; the paths of the templates."""
    paths = [folder / f"{title}.docx" for title in TEMPLATES]
    (folder / "compiled").mkdir(exist_ok=True)
    for path, data in zip(paths, built().values(), strict=True):
        writer.over(path, data)
        writer.over(template_folder.compiled(path.stem, folder), compiled(path).encode())
    return paths


def compiled(path: Path) -> str:
    """What a template prints without docxtpl (templates/engine/compiled_template.py)."""
    found = template(path)
    lint.refuse_flawed(found)
    return compiling.compiled(found).text()


if __name__ == "__main__":
    for written in build():
        print(written)
