"""The command line. argparse, since a call must answer in a blink; the one command that is called is imported."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NoReturn

from addin.cli import commands
from addin.exit_codes import DONE, WRONG
from rules.engine.argument import VALUE, ArgumentError
from rules.refusal import Refusal

ORDER = (  # of the help; a command that is not named here stands behind them
    *(
        "calc",
        "law",
        "compare",
        "check",
        "advise",
        "draft",
        "prices",
        "report",
        "build",
        "inspect",
        "templates",
        "inject",
        "lambda",
        "migrate",
    ),
    *("new", "install", "doctor", "uninstall", "update", "pack"),
)
SAID = {  # what argparse says, in Japanese
    r"unrecognized arguments: (.*)": r"余分な指定: \1",
    r"the following arguments are required: (.*)": r"足りない指定: \1",
    r"argument .*?: invalid choice: (.*?) \(choose from (.*)\)": r"\1 はありません。使えるのは \2",
    r"argument (.*?): expected .* argument": r"\1 の値がありません",
    r"argument (.*?): ignored explicit argument .*": r"\1 に値は付けられません",
    r"ambiguous option: (.*) could match (.*)": r"\1 は \2 のどれか決まりません",
}
REASONS: dict[type[OSError], str] = {
    FileExistsError: "同じ名前のものがあります",
    FileNotFoundError: "見つかりません",
    NotADirectoryError: "途中の名前がフォルダーではなくファイルです",
    IsADirectoryError: "ファイルではなくフォルダーです",
    PermissionError: "権限がないか、ほかのプログラムが開いています",
}


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a call in one Japanese line, and helps in Japanese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False)
        self._positionals.title, self._optionals.title = "指定", "オプション"
        self.add_argument("-h", "--help", action="help", help="この説明を示す")

    def format_help(self) -> str:
        """What --help prints."""
        return super().format_help().replace("usage:", "使い方:", 1)

    def error(self, message: str) -> NoReturn:
        """Refuses a wrong call; ArgumentError with what argparse says, in Japanese."""
        for english, japanese in SAID.items():
            message = re.sub(english, japanese, message)
        raise ArgumentError(
            "", VALUE, f"指定が正しくありません（{message}）。使い方は {self.prog} --help で見られます。"
        )


def main(words: Sequence[str] | None = None) -> int:
    """Runs one command. Exit status: 0 done, 1 findings of level error, 2 wrong call or unreadable file."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        said = _speakable(sys.argv[1:] if words is None else words)
        call = parser(said).parse_args(said)
        return call.run(call)
    except Refusal as e:
        return _wrong(str(e))
    except KeyboardInterrupt:
        return _wrong("途中で止めました。")
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone: nothing is left to say
        return DONE
    except OSError as e:
        reason = REASONS.get(type(e), "ディスクの空きや接続を確かめてください")
        return _wrong(f"{e.filename or 'ファイル'} を読み書きできません（{reason}）。")
    except Exception as e:  # our own mistake: no traceback reaches a user
        from addin.error_messages import bug

        return _wrong(bug(e))


def _speakable(words: Sequence[str]) -> Sequence[str]:
    """The words of a call, refused where one holds half a letter: no file system takes it."""
    for word in words:
        try:
            os.fsencode(word)
        except UnicodeEncodeError:
            shown = word.encode("utf-8", "replace").decode()
            raise ArgumentError(
                "", VALUE, f"指定「{shown}」に、文字の半分が入っています。入れ直してください。"
            ) from None
    return words


def parser(words: Sequence[str] = ()) -> Parser:
    """The command that the words begin with, and its Japanese help; every command where they begin with none."""
    top = Parser(prog="hojokin", description="デジタル化・AI導入補助金の補助額を計算し、見積から下書きを作ります。")
    top.set_defaults(run=run_help, parser=top)
    listed = top.add_subparsers(title="コマンド", metavar="コマンド")
    known = names()
    for name in [name for name in known if [name] == list(words[:1])] or known:
        module = import_module(f"{commands.__name__}.{known[name]}")
        command = listed.add_parser(name, help=module.HELP)
        command.set_defaults(run=module.run)
        module.register(command)
    return top


def names() -> dict[str, str]:
    """Every command in the order of the help, with the name of its module."""
    found = {module.name.rstrip("_"): module.name for module in iter_modules(commands.__path__)}
    return {name: found[name] for name in (*ORDER, *sorted(found.keys() - set(ORDER)))}


def run_help(call: argparse.Namespace) -> int:
    """hojokin without a command."""
    call.parser.print_help(sys.stderr)
    return WRONG


def _wrong(message: str) -> int:
    from workbooks.reading.identifiers import covered

    print("hojokin: " + covered(" ".join(message.split())), file=sys.stderr)
    return WRONG


if __name__ == "__main__":
    sys.exit(main())
