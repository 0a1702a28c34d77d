"""`python -m tests.fuzz [calls|files|beside|processes] COUNT [FIRST]`: a long run; one that was cut goes on where it stood.

How far it came stands in build/fuzz/KIND-FIRST.json, what it found beside it; a find is kept by copying it to
tests/fuzz/finds, where every test run repeats it.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.fuzz import calls, files, words
from tests.fuzz.outcome import MEMORY, memory

PLACE = Path(__file__).parents[2] / "build" / "fuzz"
EVERY = 30  # seconds between two notes of how far it came
KINDS: dict[str, Callable[[int], str]] = {
    "calls": calls.case,
    "files": lambda number: files.run(files.made(number)),
    "beside": lambda number: files.run(files.beside(number)),
    "processes": words.case,
}
LONG = (("calls", 1_000_000), ("files", 50_000), ("beside", 5_000), ("processes", 1_000))  # what `make proof` asks for


def run(kind: str, count: int, first: int = 0) -> int:
    """Runs cases first … first+count-1; the number of finds."""
    PLACE.mkdir(parents=True, exist_ok=True)
    note = PLACE / f"{kind}-{first}.json"
    state = json.loads(note.read_text("utf-8")) if note.exists() else {"done": 0, "found": [], "seconds": 0.0}
    begun = told = time.monotonic()
    before = state["seconds"]
    home = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            while state["done"] < count:
                number = first + state["done"]
                if problem := KINDS[kind](number):
                    state["found"].append([number, problem])
                    print(f"{kind} {number}: {problem}", flush=True)
                state["done"] += 1
                now = time.monotonic()
                if now - told > EVERY or state["done"] == count:
                    told = now
                    state |= {"seconds": before + now - begun, "memory": max(memory(), state.get("memory", 0))}
                    note.write_text(json.dumps(state, ensure_ascii=False, indent=1), "utf-8")
        finally:
            os.chdir(home)
    print(
        f"{kind}: {state['done']:,} cases, {len(state['found'])} finds, {state['seconds']:.0f} s, {memory() >> 20} MB",
        flush=True,
    )
    return len(state["found"]) + (memory() > MEMORY)


if __name__ == "__main__":
    asked = [(sys.argv[1], int(sys.argv[2]))] if len(sys.argv) > 2 else LONG
    start = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    sys.exit(min(sum(run(kind, count, start) for kind, count in asked), 1))
