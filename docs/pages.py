"""`python -m docs.pages`: every page of every draft of every example as contact sheets in docs/images/ (LibreOffice, Poppler)."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from docs.pictures import IMAGES, rendered
from templates.engine.render import drafts
from workbooks.building import fill
from workbooks.reading.quote_file import assess_file

EXAMPLES = Path(fill.__file__).parents[1] / "examples"
SHOWN = (
    "normal",
    "wholesale",
    "etrade",
    "security",
    "group",
    "gaps",
)  # an example of each frame, and the one with gaps
COLUMNS, WIDTH = 6, 1900
MOST = 250_000  # bytes of a picture
SHADES = (32, 16, 8)  # fewer where a picture would be too large


def main() -> None:
    """Writes drafts-<example>.png for each."""
    for name in SHOWN:
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            book = work / f"{name}.xlsx"
            fill.fill(fill.load(EXAMPLES / f"{name}.toml"), book)
            pages = [page for path in drafts(assess_file(book), work / "drafts") for page in rendered(path, work)]
        print(name, len(pages), sheet(pages, IMAGES / f"drafts-{name}.png"))


def sheet(pages: Sequence[Image.Image], path: Path) -> int:
    """Pages side by side, small enough; the bytes of the picture."""
    cell = (max(p.width for p in pages) + 8, max(p.height for p in pages) + 8)
    rows = -(-len(pages) // COLUMNS)
    made = Image.new("RGB", (cell[0] * COLUMNS, cell[1] * rows), "#d0d0d0")
    for number, page in enumerate(pages):
        made.paste(page, ((number % COLUMNS) * cell[0] + 4, (number // COLUMNS) * cell[1] + 4))
    width = WIDTH
    while True:
        small = made.resize((width, made.height * width // made.width), Image.Resampling.LANCZOS)
        for shades in SHADES:
            small.quantize(shades).save(path, optimize=True)
            if path.stat().st_size <= MOST:
                return path.stat().st_size
        width -= 200


if __name__ == "__main__":
    main()
