"""Every frame, every step: the sheet in LibreOffice, the sheet in formulon and the rules, on many quotes.

`python -m tests.three_way 2000 7` compares that many random quotes from that seed, besides the boundary quotes. Its last
result (LibreOffice 25.2.3): 2,099 of 2,099 quotes agree in every frame and step, 1,156 s.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rules.assess import amounts
from rules.frames import FRAMES
from rules.quote import Quote
from tests import boundaries, quotes
from tests.office import recalculated
from tests.sheet import differences, shared, typed
from workbooks.building.quote_workbook import build
from workbooks.form.layout import RESULT, Size

SMALL = Size(lines=8, partners=3, members=12)  # fewer prepared rows than the shipped file, the same formulas
BATCH = 100  # quotes for one LibreOffice


def pages(count: int, seed: int) -> list[dict[str, Any]]:
    """Quotes at the boundaries of every frame, and random ones."""
    return [*boundaries.pages(), *(quotes.data(q) for q in quotes.quotes(count, seed))]


def workbook(folder: Path) -> Path:
    """A small quote workbook."""
    build(folder / "quote.xlsx", SMALL)
    return folder / "quote.xlsx"


def compared(book: Path, found: Sequence[Mapping[str, Any]], folder: Path) -> Counter[tuple[str, str]]:
    """How often each frame had an amount, none, or fell; an AssertionError where one of the three differs."""
    read = [quotes.read(dict(typed(page))) for page in found]
    jobs = [list(typed(page)) for page in found]
    calc = recalculated(book, jobs, [r.address for r in RESULT.values()], folder)
    formulon = shared()
    for quote, page, cells in zip(read, found, calc, strict=True):
        assert not quote.findings, quote.findings
        assert differences(quote, numbers(cells)) == {}, ("LibreOffice", page)
        formulon.enter(page)
        assert differences(quote, formulon.read()) == {}, ("formulon", page)
    return tally(read)


def numbers(shown: Mapping[str, Any]) -> dict[str, Any]:
    """Results by name as LibreOffice has them; a flag as a truth value, a text as none."""
    named = {name: shown[r.address] for name, r in RESULT.items()}
    return {n: _value(v, RESULT[n].kind) for n, v in named.items()}


def _value(value: Any, kind: str) -> Any:
    if value is None or isinstance(value, str):
        return None
    return bool(value) if kind == "flag" else value


def tally(read: Iterable[Quote]) -> Counter[tuple[str, str]]:
    """What came out, by frame."""
    found: Counter[tuple[str, str]] = Counter()
    for quote in read:
        for frame in FRAMES:
            a = amounts(quote, frame)
            found[
                frame.name, "falls" if a.falls else "none" if a.subsidy is None else "amount" if a.subsidy else "0"
            ] += 1
    return found


def main(count: int, seed: int) -> None:
    """Compares in batches and prints what came out."""
    start, found, total = time.perf_counter(), pages(count, seed), Counter[tuple[str, str]]()
    for at in range(0, len(found), BATCH):
        with tempfile.TemporaryDirectory() as folder:
            total += compared(workbook(Path(folder)), found[at : at + BATCH], Path(folder))
        print(
            f"{min(at + BATCH, len(found))} of {len(found)} quotes agree, {time.perf_counter() - start:.0f} s",
            flush=True,
        )
    for (frame, kind), times in sorted(total.items()):
        print(f"  {frame:<9} {kind:<7} {times}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
