"""Writes the extracts anew: `python -m tests.citations.extract FOLDER`, where FOLDER holds the official PDFs as text.

The text of a PDF is what `pdftotext -layout` gives. An extract holds the lines of every place that is cited, with the
numbered lines around them and the printed page of each; all else is left out.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from rules.engine.edition import documents
from tests.citations import locate
from tests.citations.cited import HERE, cited

NUMBERED = re.compile(
    "|".join(locate.NEXT.values())
)  # kept everywhere, so that an item ends where it does in the whole
FOOT = re.compile(r"(\d+)(\s+確認事項一覧に戻る)?$")


def text(path: Path) -> locate.Text:
    """An official document, page by page; the last lone number of a page is its printed number."""
    lines: list[str] = []
    pages: list[int] = []
    for page in path.read_text("utf-8").split("\f"):
        here = [re.sub(r"\s{2,}", "  ", line) for line in map(locate.plain, page.split("\n")) if line]
        number = next((int(m[1]) for line in reversed(here) if (m := FOOT.match(line))), 0)
        lines += here
        pages += [number] * len(here)
    return locate.Text(tuple(lines), tuple(pages))


def kept(whole: locate.Text, places: list[str]) -> set[int]:
    """The lines of the cited places, the heading of each item around them, and every numbered line before the last."""
    keep: set[int] = set()
    for part in (part for place in places for part in locate.parts(place)):
        for lines in locate.found(whole, part):
            keep.update(lines)
        for outer in (part[: match.end()] for match in locate.TOKEN.finditer(part)):
            keep.update(lines.start for lines in locate.found(whole, outer))
    return keep | {i for i in range(max(keep)) if NUMBERED.match(whole.lines[i]) and "...." not in whole.lines[i]}


def main(folder: Path) -> None:
    """One extract for each document that is cited and whose text is there."""
    places = sorted(cited())
    for key in sorted({place.partition("#")[0] for place in places}):
        file = documents()[key].file
        path = folder / file.replace(".pdf", ".txt")
        if not file or not path.is_file():
            print(f"{key}: no text")
            continue
        whole = text(path)
        mine = [place.partition("#")[2] for place in places if place.startswith(f"{key}#")]
        rows = [f"# {documents()[key].title}　{file}　{documents()[key].date}"]
        page = None
        for i in sorted(kept(whole, mine)):
            if whole.pages[i] != page:
                page = whole.pages[i]
                rows.append(f"{locate.PAGE}{page}〕")
            rows.append(whole.lines[i])
        (HERE / f"{key}.txt").write_text("\n".join(rows) + "\n", "utf-8")
        print(f"{key}: {len(mine)} places, {len(rows)} lines")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
