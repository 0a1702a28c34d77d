"""Drafts of distinct applicants beside plain docxtpl's, from the first import on: five in a cold process, and 300 in one.

    PYTHONPATH=. python benchmarks/drafts.py [number]

Each side runs in a process of its own with the same words, one after the other and several times, since a machine is never
quiet; what counts is the ratio of their processor time, in the median. Exit status 1 where a goal is missed.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "workbooks" / "examples" / "wholesale.xlsx"
COLD, NUMBER = 5, 300  # drafts: those of one quote, and many
RUNS = {COLD: 7, NUMBER: 3}
GOALS = {COLD: 1 / 0.8, NUMBER: 12.0}  # how many times our time docxtpl takes
SECONDS = 1.5


def words(number: int) -> list[dict[str, Any]]:
    """The words of distinct applicants."""
    from templates.content.context import context
    from tests.samples import assessment

    return [context(assessment(name=f"株式会社{n}番", capital=1_000_000 + n)) for n in range(number)]


def ours(number: int) -> float:
    """Seconds for so many drafts, with the stamp and every check."""
    given = words(number)
    start = time.process_time()
    from templates.engine.render import render
    from templates.record.provenance import provenance
    from tests.samples import assessment

    made_from = provenance(assessment())
    for n, one in enumerate(given):
        titles = list(one["drafts"])
        render(titles[n % len(titles)], one, None, made_from)
    return time.process_time() - start


def plain(number: int) -> float:
    """Seconds for the same drafts by docxtpl as its manual shows, escaping switched on."""
    given = words(number)
    start = time.process_time()
    from docxtpl import DocxTemplate
    from jinja2 import Environment

    for n, one in enumerate(given):
        titles = list(one["drafts"])
        title = titles[n % len(titles)]
        made = DocxTemplate(ROOT / "templates" / f"{title}.docx")
        made.render({**one, "draft": one["drafts"][title]}, Environment(autoescape=True))
        made.save(io.BytesIO())
    return time.process_time() - start


def process(*command: str) -> str:
    """What a fresh Python prints."""
    return subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def compared(number: int, runs: int) -> float:
    """How many times longer docxtpl takes, in the median of some pairs."""
    pairs = [[float(process(__file__, side, str(number))) for side in ("plain", "ours")] for _ in range(runs)]
    theirs, mine = (median(side) for side in zip(*pairs, strict=True))
    print(f"{number:>4} drafts: docxtpl {theirs:6.2f} s, ours {mine:6.2f} s ({mine / number * 1000:5.1f} ms each)")
    return median(theirs / mine for theirs, mine in pairs)


def whole() -> float:
    """Seconds of the best of five whole commands: quote -> all drafts."""
    runs = []
    for _ in range(5):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            process("-m", "addin.cli", "draft", str(EXAMPLE), "-o", folder)
            runs.append(time.perf_counter() - start)
    return min(runs)


def main(numbers: dict[int, int]) -> int:
    """Prints each ratio, and the time of a whole command."""
    missed = 0
    for number, runs in numbers.items():
        ratio, goal = compared(number, runs), GOALS.get(number, 0)
        print(f"     ratio {ratio:.1f} (goal {goal:g})")
        missed += ratio < goal
    command = whole()
    print(f"draft  {command:.2f} s a command (goal {SECONDS})")
    return int(bool(missed) or command > SECONDS)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] in (["ours"], ["plain"]):
        print({"ours": ours, "plain": plain}[arguments[0]](int(arguments[1])))
        sys.exit(0)
    sys.exit(main({int(arguments[0]): 3} if arguments else RUNS))
