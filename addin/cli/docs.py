"""`make docs`: the generated parts of README.md, between markers, from the catalogue, and docs/template-names.md."""

from __future__ import annotations

from pathlib import Path

from addin.functions.catalog import catalog
from templates.lint import names
from workbooks.files import writer

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- functions: begin (make docs) -->", "<!-- functions: end -->"


def function_table() -> str:
    """The table of spreadsheet functions."""
    rows = [f"| `{f.signature}` | {f.doc} |" for f in catalog.values()]
    return "\n".join(["| 関数 | 説明 |", "|---|---|", *rows])


def updated(text: str) -> str:
    """README's text with the table of today."""
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{function_table()}\n{END}{tail}"


def main() -> None:
    """Rewrites README.md and docs/template-names.md."""
    writer.over(README, updated(README.read_text("utf-8")).encode())
    names.main()


if __name__ == "__main__":
    main()
