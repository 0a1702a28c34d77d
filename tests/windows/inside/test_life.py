"""The server's life: one for each Excel, started anew where it was ended, gone with its Excel, of one size."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pyopenvba.interpreter._values import VBAArray, VBAErrorValue

from addin import functions
from tests.windows import report
from tests.windows.inside import bridge, office

CLIENT = [sys.executable, "-B", "-X", "utf8", "-m", "tests.windows.inside.client"]
MB, ARENA = 1_000_000, 1 << 20  # Python takes memory from the system by arenas


@pytest.fixture(scope="module")
def excel(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return office.load(office.built(tmp_path_factory.mktemp("xlstart") / "Hojokin.xlam"))


@pytest.fixture
def second() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start(*words: str) -> subprocess.Popen[str]:
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        started.append(subprocess.Popen([*CLIENT, *words], text=True, **pipes))
        return started[-1]

    yield start
    for program in started:
        program.kill()


def said(program: subprocess.Popen[str]) -> dict[str, Any]:
    """What a client has printed; the server prints a line of its own before."""
    assert program.stdout
    return json.loads(next(line for line in program.stdout if line.startswith("{")))


def until(done: Callable[[], bool], seconds: float = 60) -> float:
    """Waits for something, and says how long it took."""
    began = time.monotonic()
    while not done():
        assert time.monotonic() - began < seconds, "it never came"
        time.sleep(0.05)
    return time.monotonic() - began


def amount(excel: Any, cost: float) -> Any:
    return excel.interpreter.run("SUBSIDY_INVOICE", [cost, True])


def test_a_server_that_was_ended_is_started_again_by_the_next_cell(excel: Any) -> None:
    for cost in (1e6, 2e6):
        assert amount(excel, cost) == functions.invoice(cost, True)
        (server,) = bridge.children()
        bridge.end(server)
        until(lambda gone=server: not bridge.alive(gone))
        began = time.monotonic()
        assert amount(excel, cost + 1_000) == functions.invoice(cost + 1_000, True)
        took = time.monotonic() - began
        report.LINES.append(f"{report.MARK}a cell after its server was ended: {took:.1f} s")
        (new,) = bridge.children()
        assert new != server


def test_a_server_that_was_released_is_started_again(excel: Any) -> None:
    assert amount(excel, 1e6) == 750_000.0
    old = bridge.children()
    excel.run("Release")
    until(lambda: not any(map(bridge.alive, old)))
    assert amount(excel, 1e6) == 750_000.0 and bridge.children() != old


def test_two_clients_at_once_have_a_server_each(excel: Any, second: Callable[..., subprocess.Popen[str]]) -> None:
    other = second("400", "wait")
    mine = [amount(excel, 600_000.0 + n) for n in range(400)]
    answer = said(other)
    assert mine == answer["amounts"] == [functions.invoice(600_000 + n, True) for n in range(400)]
    assert len(answer["servers"]) == 1 and not set(answer["servers"]) & set(bridge.children())


def test_a_server_ends_with_its_client(second: Callable[..., subprocess.Popen[str]]) -> None:
    client = second("3", "wait")
    (server,) = said(client)["servers"]
    assert bridge.alive(server)
    client.communicate()
    took = until(lambda: not bridge.alive(server))
    report.LINES.append(f"{report.MARK}the server is gone {took:.1f} s after its client has ended")


def test_a_server_that_cannot_start_is_a_sentence(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The cells right after it ask for no start: nobody waits for thousands of them."""
    path = tmp_path_factory.mktemp("broken") / "Hojokin.xlam"
    broken = office.load(office.built(path, bridge.PYTHONW.replace("pythonw", "nopython")))
    office.asked.clear()
    for _ in range(20):
        assert amount(broken, 1e6) == VBAErrorValue(2042)
        assert "hojokin doctor" in broken.run("LastMessage")
    assert len(office.asked) < 20, "every cell asked"


@pytest.mark.windows
@pytest.mark.timeout(1_200)
def test_memory_stays_flat_over_5000_calls(excel: Any) -> None:
    """Half of them single cells, every tenth a column of a hundred, one error among them."""
    assert amount(excel, 1e6) == 750_000.0
    (server,) = bridge.children()
    sizes = []
    for n in range(5_000):
        cost: Any = 600_000.0 + n if n % 10 else VBAArray([(1, 100), (1, 1)], items=[-1.0, *[600_000.0 + n] * 99])
        amount(excel, cost)
        if n % 1_000 == 999:
            sizes.append(bridge.memory(server))
    shown = ", ".join(f"{size / MB:.1f}" for size in sizes)
    report.LINES.append(f"{report.MARK}the server's memory after 1,000 to 5,000 calls: {shown} MB")
    assert sizes[-1] - sizes[1] <= 2 * ARENA  # a leak of one object a call would be ten of them
