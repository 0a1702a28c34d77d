"""`hojokin build`: the workbook, the examples and the templates, made anew from the rules, with their SHA-256."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path


def build(out: str | Path) -> list[tuple[Path, str]]:
    """Writes everything below `out`; the same rules give the same bytes."""
    from addin.excel import stock_module
    from addin.excel.build import build_xlam
    from addin.oxt.build import build_oxt
    from templates.build import build as build_templates
    from workbooks.build import build as build_workbook
    from workbooks.build import build_examples

    folder = Path(out)
    _made(folder)
    build_workbook(folder / "quote.xlsx")
    build_xlam(folder / "Hojokin.xlam")
    build_oxt(folder / "hojokin.oxt")
    (folder / stock_module.NAME).write_text(stock_module.text(), "utf-8", newline="\n")
    made = [
        folder / "Hojokin.xlam",
        folder / "hojokin.oxt",
        folder / stock_module.NAME,
        folder / "quote.xlsx",
        *build_examples(folder / "examples"),
        *build_templates(_made(folder / "templates")),
    ]
    return [(path, sha256(path.read_bytes()).hexdigest()) for path in made]


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
