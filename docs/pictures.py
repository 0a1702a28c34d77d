"""`make looks`: every page of the example workbook and its drafts as contact sheets in docs/images/ (LibreOffice, Poppler)."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from rules.frames import frame
from templates.render import drafts
from workbooks.check import assess_file

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "workbooks" / "examples" / "wholesale.xlsx"
IMAGES = ROOT / "docs" / "images"
COSTS = "経費内訳・補助額計算書"
AMOUNT, PROPOSAL = 4, 6  # pages of 補助額 and 提案書
DOTS, WIDTH = 70, 2400


def main() -> None:
    """Writes the contact sheets, and the two pictures of the README."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        files = [EXAMPLE, *drafts(assess_file(EXAMPLE, frame("invoice")), work)]
        pages = {path.stem: rendered(path, work) for path in files}
        book = pages.pop(EXAMPLE.stem)
        contact(book, IMAGES / "workbook.png")
        contact(book[AMOUNT:PROPOSAL], IMAGES / "sheet.png", 1200)
        contact([page for found in pages.values() for page in found], IMAGES / "drafts.png")
        costs = next(found for stem, found in pages.items() if stem.endswith(COSTS))
        contact(costs[:2], IMAGES / "draft.png", 1200)


def rendered(path: Path, work: Path) -> list[Image.Image]:
    """The pages of a document."""
    fonts = {**os.environ, "FONTCONFIG_FILE": str(ROOT / "setup" / "fonts-ja.conf"), "LC_ALL": "C.UTF-8"}
    own = f"-env:UserInstallation={(work / 'profile').as_uri()}"  # beside a LibreOffice that is already open
    run(["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(path)], fonts)
    prefix = work / f"{path.stem}-page"
    run(["pdftoppm", "-r", str(DOTS), "-png", str(work / f"{path.stem}.pdf"), str(prefix)], fonts)
    return [Image.open(page).convert("RGB") for page in sorted(work.glob(f"{path.stem}-page*.png"))]


def run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def contact(pages: Sequence[Image.Image], path: Path, width: int = WIDTH) -> None:
    """Pages side by side, in rows of at most four."""
    columns = min(4, len(pages))
    cell = (max(p.width for p in pages) + 8, max(p.height for p in pages) + 8)
    rows = -(-len(pages) // columns)
    sheet = Image.new("RGB", (cell[0] * columns, cell[1] * rows), "#d0d0d0")
    for i, page in enumerate(pages):
        sheet.paste(page, ((i % columns) * cell[0] + 4, (i // columns) * cell[1] + 4))
    if sheet.width > width:
        sheet = sheet.resize((width, sheet.height * width // sheet.width))
    sheet.quantize(64).save(path, optimize=True)


if __name__ == "__main__":
    main()
