"""`make looks`: the pages of the example workbooks and drafts as pictures in docs/images/ (LibreOffice, Poppler).

A contact sheet of all pages, one picture per sheet from the example that fills it, and the 提案書 of every frame.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from pypdf import PdfReader

from rules.frames import frame
from templates.engine.render import drafts
from workbooks.form.layout import AMOUNT, FUNCTIONS, MEMBERS, PARTNERS, PLAN, PROPOSAL, SHEETS, START
from workbooks.reading.quote_file import assess_file

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "workbooks" / "examples"
EXAMPLE = EXAMPLES / "wholesale.xlsx"
IMAGES = ROOT / "docs" / "images"
COSTS = "経費内訳・補助額計算書"
DOTS, WIDTH = 70, 2400
FRAMES = ("normal", "wholesale", "etrade", "security", "group")  # an example of each frame
PICTURED = {  # sheet -> the example that fills it, and the picture's name
    START: ("wholesale", "start"),
    PLAN: ("normal", "plan"),
    PARTNERS: ("etrade", "partners"),
    MEMBERS: ("group", "members"),
    AMOUNT: ("wholesale", "amount"),
    FUNCTIONS: ("wholesale", "functions"),
}
CLEAR, NARROW = 80, 1600  # dots per inch and the most dots across of a picture of one sheet
MOST = 200_000  # bytes of a picture
FULL_PAGE = 600  # dots across of one 提案書


def main() -> None:
    """Writes the contact sheets, and the two pictures of the README."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        files = [EXAMPLE, *drafts(assess_file(EXAMPLE, frame("invoice")), work)]
        pages = {path.stem: rendered(path, work) for path in files}
        book = pages.pop(EXAMPLE.stem)
        contact(book, IMAGES / "workbook.png")
        contact([page for found in pages.values() for page in found], IMAGES / "drafts.png")
        costs = next(found for stem, found in pages.items() if stem.endswith(COSTS))
        contact(costs[:2], IMAGES / "draft.png", 1200)
        books = {name: rendered(EXAMPLES / f"{name}.xlsx", work, CLEAR) for name in FRAMES}
        found = {name: by_sheet(work / f"{name}.pdf", books[name]) for name in FRAMES}
    pair = [found["wholesale"][AMOUNT][0], found["wholesale"][PROPOSAL][0]]
    contact(pair, IMAGES / "sheet.png", 1200)
    for sheet, (example, name) in PICTURED.items():
        contact(found[example][sheet][:2], IMAGES / f"sheet-{name}.png", NARROW)
    contact([found[name][PROPOSAL][0] for name in FRAMES], IMAGES / "sheet-proposals.png", FULL_PAGE * 4)


def by_sheet(pdf: Path, pages: Sequence[Image.Image]) -> dict[str, list[Image.Image]]:
    """The pages of each sheet: the footer names it; the 提案書 has none, so that the customer sees none."""
    texts = [page.extract_text() for page in PdfReader(pdf).pages]
    found: dict[str, list[Image.Image]] = {}
    for number, (text, page) in enumerate(zip(texts, pages, strict=True), 1):
        name = next((s for s in SHEETS if f"{s} {number} / {len(texts)}" in " ".join(text.split())), PROPOSAL)
        found.setdefault(name, []).append(page)
    return found


def rendered(path: Path, work: Path, dots: int = DOTS) -> list[Image.Image]:
    """The pages of a document."""
    fonts = {**os.environ, "FONTCONFIG_FILE": str(ROOT / "setup" / "fonts-ja.conf"), "LC_ALL": "C.UTF-8"}
    own = f"-env:UserInstallation={(work / 'profile').as_uri()}"  # beside a LibreOffice that is already open
    run(["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(path)], fonts)
    prefix = work / f"{path.stem}-page"
    run(["pdftoppm", "-r", str(dots), "-png", str(work / f"{path.stem}.pdf"), str(prefix)], fonts)
    return [Image.open(page).convert("RGB") for page in sorted(work.glob(f"{path.stem}-page*.png"))]


def run(command: list[str], environment: dict[str, str]) -> None:
    """Runs a program, which must end well; what it says does not matter."""
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def contact(pages: Sequence[Image.Image], path: Path, width: int = WIDTH) -> None:
    """Pages side by side, in rows of at most four."""
    columns = min(4, len(pages))
    cell = (max(p.width for p in pages) + 8, max(p.height for p in pages) + 8)
    rows = -(-len(pages) // columns)
    sheet = Image.new("RGB", (cell[0] * columns, cell[1] * rows), "#d0d0d0")
    for i, page in enumerate(pages):
        sheet.paste(page, ((i % columns) * cell[0] + 4, (i // columns) * cell[1] + 4))
    width = min(width, sheet.width)
    while True:
        sheet.resize((width, sheet.height * width // sheet.width)).quantize(64).save(path, optimize=True)
        if path.stat().st_size <= MOST:
            return
        width = width * 9 // 10


if __name__ == "__main__":
    main()
