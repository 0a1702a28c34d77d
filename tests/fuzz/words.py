"""Whole processes: the words of a call, with files and without, as a person or a script might type them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

from tests.fuzz import files
from tests.fuzz.outcome import IDLE, LIMITS, Said, wrong

COMMANDS = [
    "calc",
    "law",
    "check",
    "compare",
    "draft",
    "inspect",
    "templates",
    "new",
    "migrate",
    "inject",
    "lambda",
    "doctor",
]
COMMANDS += ["install", "uninstall", "update", "", "help", "ｃｈｅｃｋ", "--version"]
WORDS = [
    "invoice",
    "normal",
    "group",
    "security",
    "etrade",
    "cost=1000000",
    "small_biz=true",
    "cost=",
    "cost=" + "9" * 5000,
    "=",
    "members=x",
]
WORDS += [
    "--json",
    "-o",
    "out",
    "--as-of",
    "2026-06-01",
    "2025-13-01",
    "q.xlsx",
    "nothing.xlsx",
    "/",
    "",
    "-",
    "--",
    "é\udcff",
    "𠮷" * 120,
]
WORDS += [
    "--frame",
    "--pdfx",
    "lint",
    "export",
    "t",
    "--undo",
    "--lines",
    "-1",
    "9" * 30,
    "cost=1e6",
    "processes=3",
    "123456789018",
    "-h",
    "members=m.csv",
]
COMMAND = [sys.executable, "-B", "-m", "addin.cli"]


def case(number: int) -> str:
    """One process; what is wrong with it, or ""."""
    r = Random(f"processes {number}")
    if r.random() < 0.5:
        made = files.made(r.randrange(10**9))
        words = made.words if made.words != ["pack of rules"] else ["update", "p.zip"]
        held = made.files
    else:
        words = [r.choice(COMMANDS), *(r.choice(WORDS) for _ in range(r.randrange(6)))]
        held = {"q.xlsx": files.small(), "m.csv": files.CSV.encode()}
    for name, data in held.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(data)
    return started(words)


def started(words: list[str]) -> str:
    """What is wrong with a call in a process of its own; its time is the processor's."""
    environ = {**os.environ, "PYTHONPATH": str(files.ROOT)}
    before = sum(os.times()[2:4])
    try:
        done = subprocess.run([*COMMAND, *words], capture_output=True, timeout=IDLE, env=environ, check=False)
    except subprocess.TimeoutExpired:
        return f"{words}: it did not end"
    except ValueError:
        return ""  # no system takes such a word
    took = sum(os.times()[2:4]) - before
    said = Said(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
    slow = f"it took {took:.1f} s" if took > LIMITS.long and words[0] not in ("new", "migrate", "draft") else ""
    problem = wrong(said) or slow
    return f"{words}: {problem}" if problem else ""
