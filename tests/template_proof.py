"""Odd texts in every box of a quote, through every template: each part as docxtpl itself makes it.

python -m tests.template_proof        the long form of tests/test_template_compiled.py, about a minute
"""

from __future__ import annotations

from templates.content.context import context
from templates.engine import render
from templates.files import template_folder
from tests.test_template_render import plain, same
from tests.test_template_torture import CASES


def main() -> None:
    """Stops at the first part that differs."""
    for name, assessment in CASES.items():
        words = context(assessment)
        for title in words["drafts"]:
            given = render.titled(title, words)
            same(render._shipped(title).parts(given), plain(template_folder.HERE / f"{title}.docx", given))
        print(f"{name}: {len(words['drafts'])} drafts, every part as docxtpl makes it", flush=True)


if __name__ == "__main__":
    main()
