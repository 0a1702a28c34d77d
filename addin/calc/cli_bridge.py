"""The Hojokin command line, found on this computer and run on a workbook. Its answers come as JSON."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from addin import places
from addin.exit_codes import DONE, FOUND, WRONG
from rules.refusal import Refusal
from workbooks.files import programs

VARIABLE = "HOJOKIN"
NAME = "hojokin"
LIMIT = 180  # seconds
# where programs lie that a desktop's own PATH may not name
USUAL = ("~/.local/bin", "/usr/local/bin", "/opt/homebrew/bin")
FOREIGN = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")
MISSING = (
    "Hojokin のコマンドが見つかりません。Windows では配布 ZIP の install.cmd を、ほかでは make setup を実行してください。"
    "別の場所に入れたときは、環境変数 HOJOKIN か、LibreOffice の設定 jp.hojokin.Settings の Command に"
    "コマンドの場所を書いてください。"
)
Words = Sequence[str]


def found(setting: str, environ: Mapping[str, str]) -> list[str]:
    """The words that start the command: as set, from the environment, on the PATH, or where it is usually installed."""
    return next(_known(setting, environ), None) or _refused()


def _known(setting: str, environ: Mapping[str, str]) -> Iterator[list[str]]:
    for told in (setting, environ.get(VARIABLE, "")):
        if told.strip():
            yield _told(told.strip())
    yield from _installed(environ)
    if path := programs.found([NAME], environ, [str(Path(f).expanduser()) for f in USUAL]):
        yield [str(path)]


def _told(text: str) -> list[str]:
    """A path as a person writes it, which may hold blanks; or a command with arguments of its own."""
    words = [text] if Path(text).is_absolute() and Path(text).exists() else _split(text)
    program = Path(words[0])
    path = program if programs.startable(program) else programs.found([program.name], os.environ)
    if path is None or (len(program.parts) > 1 and path != program):  # never one that lies where we happen to be
        raise Refusal(f"設定された Hojokin のコマンド {text} がありません。環境変数 HOJOKIN か設定を直してください。")
    return [str(path), *words[1:]]


def _split(text: str) -> list[str]:
    """The words of a command. On Windows a backslash is a part of a path; shlex then leaves the quotes on."""
    if os.name == "nt":
        return [word.strip("\"'") for word in shlex.split(text, posix=False)]
    return shlex.split(text)


def _installed(environ: Mapping[str, str]) -> Iterator[list[str]]:
    """Where `hojokin install` puts it on Windows: straight to its Python, since cmd.exe rereads names of files."""
    try:
        home = places.here(environ, Path())
    except Refusal:
        return
    python = places.scripts(home.app) / "python.exe"
    if python.exists():
        yield [str(python), "-I", "-B", "-X", "utf8", "-m", "addin.cli"]


def _refused() -> list[str]:
    raise Refusal(MISSING)


def run(command: Words, *words: str) -> dict[str, Any]:
    """The command's answer; whatever goes wrong is one Japanese sentence."""
    environ = {k: v for k, v in os.environ.items() if k not in FOREIGN} | {"PYTHONUTF8": "1"}
    try:
        done = programs.run([*command, *words, "--json"], LIMIT, environ=environ)
    except subprocess.TimeoutExpired:
        raise Refusal(f"Hojokin のコマンドが{LIMIT}秒たっても答えません。もう一度お試しください。") from None
    except OSError as e:
        raise Refusal(f"Hojokin のコマンド {command[0]} を動かせません（{e.strerror}）。") from e
    return _answer(done.code, done.out, done.err.decode("utf-8", "replace").strip())


def _answer(status: int, out: bytes, said: str) -> dict[str, Any]:
    """Status 1 means findings of level error, which are an answer, too."""
    try:
        answer = json.loads(out) if status in (DONE, FOUND) else None
    except ValueError:
        answer = None
    if isinstance(answer, dict):
        return answer  # type: ignore[return-value]
    last = (said.splitlines() or [f"終了状態 {status}"])[-1].removeprefix("hojokin: ")
    raise Refusal(last if status == WRONG and said else f"Hojokin のコマンドが失敗しました（{last}）。")
