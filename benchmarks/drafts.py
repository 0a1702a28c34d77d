"""1,000 drafts of distinct applicants in a cold process, ours beside plain docxtpl's, and a whole quote's drafts.

    PYTHONPATH=. python benchmarks/drafts.py [number]

Each side runs in a process of its own with the same words; exit status 1 where a goal is missed.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "workbooks" / "examples" / "wholesale.xlsx"
NUMBER, RATIO, SECONDS = 1_000, 2.5, 1.5


def words(number: int) -> list[dict[str, Any]]:
    """The words of distinct applicants."""
    from templates.content.context import context
    from tests.samples import assessment

    return [context(assessment(name=f"株式会社{n}番", capital=1_000_000 + n)) for n in range(number)]


def ours(number: int) -> float:
    """Seconds for so many drafts, with the stamp and every check, from the first import on."""
    given = words(number)
    start = time.perf_counter()
    from templates.engine.render import render
    from templates.record.provenance import provenance
    from tests.samples import assessment

    made_from = provenance(assessment())
    for n, one in enumerate(given):
        titles = list(one["drafts"])
        render(titles[n % len(titles)], one, None, made_from)
    return time.perf_counter() - start


def plain(number: int) -> float:
    """Seconds for the same drafts by docxtpl as its manual shows, escaping switched on."""
    given = words(number)
    start = time.perf_counter()
    from docxtpl import DocxTemplate
    from jinja2 import Environment

    from templates.files.template_folder import HERE

    for n, one in enumerate(given):
        titles = list(one["drafts"])
        title = titles[n % len(titles)]
        made = DocxTemplate(HERE / f"{title}.docx")
        made.render({**one, "draft": one["drafts"][title]}, Environment(autoescape=True))
        made.save(io.BytesIO())
    return time.perf_counter() - start


def process(*command: str) -> str:
    """What a fresh Python prints."""
    return subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def whole() -> float:
    """Seconds of the best of five whole commands: quote -> all drafts."""
    runs = []
    for _ in range(5):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            process("-m", "addin.cli", "draft", str(EXAMPLE), "-o", folder)
            runs.append(time.perf_counter() - start)
    return min(runs)


def main(number: int) -> int:
    """Prints the three numbers."""
    took = {side: float(process(__file__, side, str(number))) for side in ("plain", "ours")}
    for side, seconds in took.items():
        print(f"{side:<6} {number} drafts {seconds:7.2f} s  {seconds / number * 1000:6.1f} ms each")
    ratio, command = took["plain"] / took["ours"], whole()
    print(f"ratio  {ratio:.1f} (goal {RATIO})\ndraft  {command:.2f} s a command (goal {SECONDS})")
    return 0 if ratio >= RATIO and command <= SECONDS else 1


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] in (["ours"], ["plain"]):
        print({"ours": ours, "plain": plain}[arguments[0]](int(arguments[1])))
        sys.exit(0)
    sys.exit(main(int(arguments[0]) if arguments else NUMBER))
