"""What may come of one case: an answer or one sentence, soon, without much memory, and no yen that another reader denies."""

from __future__ import annotations

import contextlib
import io
import resource
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType

MEMORY = 500 << 20  # bytes
IDLE = 600  # seconds of the clock, for what waits and does nothing: a busy machine is no fault
OURS = ("Traceback", "プログラムの誤り")


class Hang(BaseException):
    """A case that does not end."""


@dataclass
class Limits:
    """Seconds of the processor: what is too long, and what has no end. They are the long run's; a busy or slow
    machine needs more, so that every test run sets them to a guard against hanging."""

    long: float = 5
    end: int = 20


LIMITS = Limits()


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str


@contextlib.contextmanager
def bounded(more: int = 0) -> Iterator[None]:
    """Ends what takes too long: by the processor's time, or by the clock where it only waits."""

    def ring(_: int, __: FrameType | None) -> None:
        raise Hang

    clock, processor = (
        (signal.SIGALRM, signal.ITIMER_REAL, IDLE),
        (signal.SIGPROF, signal.ITIMER_PROF, LIMITS.end + more),
    )
    before = [(kind, signal.signal(kind, ring)) for kind, *_ in (clock, processor)]
    for _, timer, limit in (clock, processor):
        signal.setitimer(timer, limit)
    try:
        yield
    finally:
        for _, timer, _ in (clock, processor):
            signal.setitimer(timer, 0)
        for kind, handler in before:
            signal.signal(kind, handler)


def said(words: list[str]) -> tuple[Said, str]:
    """One call of the command line in this process, and what is wrong with it; "" if nothing."""
    from addin.cli.main import main

    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    begun = time.process_time()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), bounded():
            status = main(words)
    except SystemExit as e:  # --help
        status = int(e.code or 0)
    except Hang:
        return Said(-1, "", ""), "it did not end"
    except BaseException as e:
        return Said(-1, "", ""), f"{type(e).__name__}: {e}"[:300]
    took = time.process_time() - begun
    texts = []
    for stream in (out, err):
        stream.flush()
        stream.seek(0)
        texts.append(stream.read())
    found = Said(status, *texts)
    return found, wrong(found) or (f"it took {took:.1f} s" if took > LIMITS.long else "")


def wrong(s: Said) -> str:
    """What is wrong with an answer."""
    if any(word in s.err for word in OURS) or "Traceback" in s.out:
        return s.err.strip()[-300:]
    if s.status not in (0, 1, 2):
        return f"status {s.status}"
    lines = s.err.strip().splitlines()
    refused = [line for line in lines if line.startswith("hojokin: ")]
    if s.status == 2 and len(refused) != 1 and "使い方" not in s.err:
        return f"no single sentence: {s.err[:200]!r}"
    return ""


def memory() -> int:
    """The most that this process and its children have held, in bytes."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) << 10
